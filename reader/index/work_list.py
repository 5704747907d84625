"""What is to be read and what is gone, gathered while archives are looked through: lists that may be long, and so lie on disk.

They are temporary tables of the connection that writes the index, and end with it.

    add ...  ─▶  found, gone, looked  ─ settle ─▶  queue: what may have moved first, then the newest
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import overload

from reader.database import Database, Row
from reader.index.additions import marks
from reader.index.paths import shown_path, stored_path
from reader.index.reading import Reading
from reader.index.workers import File
from reader.intake.folder import FolderDiff, Stamp

_PAGE = 2048
_DATE_IN_PATH = re.compile(r"(?<!\d)((?:18|19|20)\d\d)(?:[-_/.]?(\d\d))?(?:[-_/.]?(\d\d))?(?!\d)")
_TABLES = """
DROP TABLE IF EXISTS temp.found;
DROP TABLE IF EXISTS temp.gone;
DROP TABLE IF EXISTS temp.looked;
DROP TABLE IF EXISTS temp.queue;
CREATE TEMP TABLE found (root INTEGER, path, size INTEGER, mtime INTEGER, likely_from TEXT, PRIMARY KEY (root, path)) WITHOUT ROWID;
CREATE TEMP TABLE gone (place INTEGER PRIMARY KEY, root INTEGER, path, size INTEGER, may_have_moved INTEGER, UNIQUE (root, path));
CREATE TEMP TABLE looked (root INTEGER, path, fingerprint BLOB, PRIMARY KEY (root, path)) WITHOUT ROWID;
CREATE TEMP TABLE queue (place INTEGER PRIMARY KEY, root INTEGER, path, size INTEGER, mtime INTEGER, may_have_moved INTEGER);
"""
_SETTLE = """
UPDATE temp.gone SET may_have_moved = (root, size) IN (SELECT root, size FROM temp.found);
INSERT INTO temp.queue (root, path, size, mtime, may_have_moved)
    SELECT root, path, size, mtime, (root, size) IN (SELECT root, size FROM temp.gone) AS may_have_moved
    FROM temp.found ORDER BY root, may_have_moved DESC, likely_from DESC, path;
DELETE FROM temp.found;
"""


class WorkList:
    """The work on all archives of one index. Archives go by their numbers in it."""

    def __init__(self, database: Database) -> None:
        """Empty; there is one at a time on a connection."""
        self._database = database
        database.script(_TABLES)

    def add(self, root: int, difference: FolderDiff) -> None:
        """Takes in what is to be done so that the index knows a folder as it is."""
        if difference.found:
            rows = [(root, stored_path(path), *stamp, _likely_from(path, stamp)) for path, stamp in difference.found.items()]
            self._database.run_many("INSERT OR REPLACE INTO temp.found VALUES (?, ?, ?, ?, ?)", rows)
        if difference.gone:
            gone = [(root, stored_path(path), size) for path, (size, _) in difference.gone.items()]
            self._database.run_many("INSERT OR IGNORE INTO temp.gone (root, path, size) VALUES (?, ?, ?)", gone)
        if difference.fingerprint is not None:
            looked = (root, stored_path(difference.folder), difference.fingerprint)
            self._database.run("INSERT OR REPLACE INTO temp.looked VALUES (?, ?, ?)", looked)

    def settle(self) -> int:
        """Puts the work in order, when all of it is there; gives how many files it is about."""
        self._database.script(_SETTLE)
        found = self._database.row("SELECT (SELECT count(*) FROM temp.queue) + (SELECT count(*) FROM temp.gone)")
        return found[0] if found else 0

    def of(self, root: int, archive: str) -> ArchiveWork:
        """The work on one archive, when it is in order."""
        return ArchiveWork(self._database, root, archive)


class ArchiveWork:
    """What is to be done so that the index knows one archive as it is."""

    def __init__(self, database: Database, root: int, archive: str) -> None:
        self._database = database
        self._root = root
        self.maybe_moved = _Queue(database, root, archive, may_have_moved=True)
        """The files to be read first: they may be gone ones in another place."""
        self.others = _Queue(database, root, archive, may_have_moved=False)
        """The files to be read then, in the order in which to read them."""

    def gone_for_good(self) -> Iterator[list[str]]:
        """The files that are gone and have not moved: no file that was found is of their size. A batch at a time."""
        return self._gone(may_have_moved=False)

    def gone_after_all(self) -> Iterator[list[str]]:
        """The files that are gone and were not said to have moved. Ask when all that may have moved was read."""
        return self._gone(may_have_moved=True)

    def moved(self, readings: Iterable[Reading]) -> list[str]:
        """The files that are gone and of which the readings have the same bytes. None is said twice."""
        digests = list({reading.digest for reading in readings if reading.digest})
        places: list[Row] = []
        for start in range(0, len(digests), _PAGE // 4):
            some = digests[start : start + _PAGE // 4]
            sql = f"""SELECT g.place, g.path FROM files f JOIN temp.gone g ON g.root = f.root AND g.path = f.path
                      WHERE f.digest IN ({marks(some)}) AND f.root = ? AND g.may_have_moved"""
            places += self._database.rows(sql, (*some, self._root))
        self._database.run_many("DELETE FROM temp.gone WHERE place = ?", ((place,) for place, _ in places))
        return [shown_path(path) for _, path in places]

    def keep_fingerprints(self) -> None:
        """Has the index know the folders' fingerprints, now that it says what they hold."""
        if self._database.row("SELECT 1 FROM temp.looked WHERE root = ? LIMIT 1", (self._root,)):
            with self._database.transaction():
                self._database.run("INSERT OR REPLACE INTO folders SELECT * FROM temp.looked WHERE root = ?", (self._root,))

    def _gone(self, *, may_have_moved: bool) -> Iterator[list[str]]:
        sql = "SELECT place, path FROM temp.gone WHERE root = ? AND may_have_moved = ? AND place > ? ORDER BY place LIMIT ?"
        last = 0
        while rows := self._database.rows(sql, (self._root, may_have_moved, last, _PAGE)):
            last = rows[-1][0]
            yield [shown_path(path) for _, path in rows]


class _Queue(Sequence[File]):
    """The files of one archive to be read, a page in memory at a time."""

    def __init__(self, database: Database, root: int, archive: str, *, may_have_moved: bool) -> None:
        self._database = database
        self._archive = archive
        sql = "SELECT min(place), count(*) FROM temp.queue WHERE root = ? AND may_have_moved = ?"
        self._first, self._length = database.rows(sql, (root, may_have_moved))[0]

    def __len__(self) -> int:
        return int(self._length)

    def __iter__(self) -> Iterator[File]:
        for start in range(0, len(self), _PAGE):
            yield from self[start : start + _PAGE]

    @overload
    def __getitem__(self, at: int) -> File: ...

    @overload
    def __getitem__(self, at: slice) -> list[File]: ...

    def __getitem__(self, at: int | slice) -> File | list[File]:
        if isinstance(at, int):
            place = range(len(self))[at]
            return self[place : place + 1][0]
        start, stop, _ = at.indices(len(self))
        sql = "SELECT path, size, mtime FROM temp.queue WHERE place >= ? AND place < ? ORDER BY place"
        rows = self._database.rows(sql, (self._first + start, self._first + stop))
        return [(self._archive, shown_path(path), (size, mtime)) for path, size, mtime in rows]


def _likely_from(path: str, stamp: Stamp) -> str:
    """When a file is likely to be from, before it is read: by its path, else by its time."""
    found = _DATE_IN_PATH.search(path)
    if found:
        return "".join(part or "00" for part in found.groups())
    return datetime.fromtimestamp(stamp[1] / 1e9, UTC).strftime("%Y%m%d")
