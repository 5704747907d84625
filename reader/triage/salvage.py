"""Taking out of a damaged state file what can still be read, row by row.

Every fact is there twice, as a mark and in the journal, and a third time in the newest copy; a row that one of them has lost is
taken from the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from pathlib import Path

from reader.database import Database, Row, connect, placeholders
from reader.errors import StateError
from reader.triage.schema import tables_of

_FROM_JOURNAL = """
INSERT OR IGNORE INTO marks (archive, key, field, value)
SELECT archive, key, field, value FROM (
    SELECT j.archive, j.key, j.field, CASE ifnull(a.state, s.state) WHEN 'done' THEN j.after ELSE j.before END AS value,
        max(CASE ifnull(a.state, s.state) WHEN 'done' THEN s.id ELSE -s.id END)
    FROM journal j JOIN steps s ON s.id = j.step LEFT JOIN apart a ON a.step = j.step AND a.archive = j.archive
    GROUP BY j.archive, j.key, j.field
) WHERE value IS NOT NULL
"""
"""The last word on each fact: what the newest step that is done there has left, else what the oldest one found."""


def salvage(damaged: Path, copies: Iterable[Path], new: Database) -> int:
    """Fills `new`, which has the tables and no rows; gives how many marks it holds then."""
    is_whole = take_all(damaged, new)
    if not is_whole:
        with new.transaction():
            new.run(_FROM_JOURNAL)
        for copy in copies:
            if take_all(copy, new):
                break
    found = new.row("SELECT count(*) FROM marks")
    return found[0] if found else 0


def take_all(path: Path, new: Database, *, read_only: bool = False) -> bool:
    """Adds the rows of every table that can be read and aren't there yet; whether all could be read to their end."""
    try:
        old = connect(path, StateError, read_only=read_only)
    except StateError:
        return False
    try:
        with new.transaction():
            known = {row[0] for row in new.rows("SELECT id FROM steps")}
            wholes = [_take(old, new, table, known) for table in tables_of(_version(old))]
            return all(wholes)
    finally:
        with suppress(StateError):
            old.close()


def _version(old: Database) -> int:
    """The file's version; 0 where that can't be read."""
    with suppress(StateError):
        found = old.row("PRAGMA user_version")
        return int(found[0]) if found else 0
    return 0


def _take(old: Database, new: Database, table: str, known: Set[int]) -> bool:
    """One table: from its beginning as far as it goes, and then from its end.

    Of the steps that were `known` before it is known too where they aren't the same in all archives: an older file knows less.
    """
    described = new.rows(f"PRAGMA table_info({table})")
    columns = [row[1] for row in described if _has(old, table, row[1])]
    key = [row[1] for row in described if row[5]]
    sql = f"SELECT {', '.join(columns)} FROM {table} ORDER BY "
    add = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({placeholders(columns)})"
    passed_over = known if table == "apart" else frozenset[int]()
    if _add(new, add, old, sql + ", ".join(key), passed_over):
        return True
    _add(new, add, old, sql + ", ".join(f"{column} DESC" for column in key), passed_over)
    return False


def _has(old: Database, table: str, column: str) -> bool:
    """Whether an older version had the column; True where that can't be read, so that what is missing comes out as damage."""
    try:
        described = old.rows(f"PRAGMA table_info({table})")
    except StateError:
        return True
    return not described or any(row[1] == column for row in described)


def _add(new: Database, add: str, old: Database, sql: str, passed_over: Set[int]) -> bool:
    """Adds rows, but those whose first value is passed over; whether all could be read."""
    for row in (rows := _Readable(old, sql)):
        if passed_over and row[0] in passed_over:
            continue
        # A row whose values the table doesn't take is damage too.
        with suppress(StateError):
            new.run(add, row)
    return rows.is_whole


class _Readable:
    """The rows of an answer up to the first that can't be read."""

    def __init__(self, old: Database, sql: str) -> None:
        self._old = old
        self._sql = sql
        self.is_whole = False

    def __iter__(self) -> Iterator[Row]:
        with suppress(StateError):
            for rows in self._old.chunks(self._sql, size=1):
                yield from rows
            self.is_whole = True
