"""SQLite behind one small class: the only place where sqlite3's errors are seen.

A `Database` is one connection and belongs to one thread at a time; only `interrupt` may be called from another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reader.errors import QueryInterrupted, StoreError

Row = tuple[Any, ...]
Params = Sequence[Any]

BUSY_SECONDS = 5.0
"""How long a writer waits for another before it gives up."""


class Database:
    """One open database file, every failure told as `failure`."""

    def __init__(self, connection: sqlite3.Connection, path: Path, failure: type[StoreError]) -> None:
        self._connection = connection
        self.path = path
        self._failure = failure

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        """Every row of the answer."""
        try:
            return self._connection.execute(sql, params).fetchall()
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def row(self, sql: str, params: Params = ()) -> Row | None:
        """The first row of the answer, or None."""
        try:
            found: Row | None = self._connection.execute(sql, params).fetchone()
            return found
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def chunks(self, sql: str, params: Params = (), size: int = 4096) -> Iterator[list[Row]]:
        """The answer in lists of at most `size` rows, so that a long one never sits in memory whole."""
        with self._told():
            cursor = self._connection.execute(sql, params)
        while True:
            with self._told():
                rows = cursor.fetchmany(size)
            if not rows:
                return
            yield rows

    def run(self, sql: str, params: Params = ()) -> int:
        """Runs one statement; gives how many rows it changed."""
        try:
            return self._connection.execute(sql, params).rowcount
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def insert(self, sql: str, params: Params = ()) -> int:
        """Runs one INSERT; gives the new row's id."""
        try:
            return self._connection.execute(sql, params).lastrowid or 0
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def run_many(self, sql: str, params: Iterable[Params]) -> None:
        """Runs one statement for each set of values."""
        try:
            self._connection.executemany(sql, params)
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def script(self, sql: str) -> None:
        """Runs several statements, each on its own."""
        with self._told():
            for statement in _statements(sql):
                self._connection.execute(statement)

    def function(self, name: str, arity: int, body: Callable[..., Any]) -> None:
        """Makes a Python function callable from SQL; `body` must be pure."""
        with self._told():
            self._connection.create_function(name, arity, body, deterministic=True)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: waits up to BUSY_SECONDS for another writer."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with self._told():
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            raise
        self.run("COMMIT")

    def interrupt(self) -> None:
        """Stops the running query with QueryInterrupted; safe from any thread, and harmless when nothing runs."""
        self._connection.interrupt()

    def close(self) -> None:
        with self._told():
            self._connection.close()

    # A context manager would read better in every method above, and cost more than most of the statements they run.
    def _failed(self, error: sqlite3.Error) -> StoreError:
        if "interrupted" in str(error):
            return QueryInterrupted("a newer question took over")
        return self._failure(_advice(self.path, error))

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._failed(error) from error


_ADVICE = {
    "locked": "another program has held it for too long; try again",
    "full": "the disk is full; make room and try again",
    "readonly": "it can't be written; check its owner and permissions",
    "unable to open": "it can't be opened; check the folder's permissions and free space",
    "malformed": "it is damaged",
    "not a database": "it is not a database",
}


def _advice(path: Path, error: sqlite3.Error) -> str:
    said = str(error)
    advice = next((words for sign, words in _ADVICE.items() if sign in said), said)
    return f"{path}: {advice}"


def connect(path: Path, failure: type[StoreError], *, read_only: bool = False) -> Database:
    """Opens (and, unless read only, makes) the database file. Autocommit: changes need `transaction`."""
    uri = f"file:{_uri_path(path)}?mode={'ro' if read_only else 'rwc'}"
    try:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise failure(_advice(path, error)) from error
    except OSError as error:
        raise failure(f"{path}: {error.strerror or error}") from error
    return Database(connection, path, failure)


def attach(database: Database, path: Path, name: str) -> None:
    """Makes the tables of another database file visible as `name.table`."""
    database.run(f"ATTACH DATABASE ? AS {name}", (f"file:{_uri_path(path)}?mode=rw",))


def _uri_path(path: Path) -> str:
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _statements(sql: str) -> Iterator[str]:
    """Splits a script at the semicolons that end a statement."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
