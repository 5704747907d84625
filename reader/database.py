"""SQLite behind one small class: the only place where sqlite3's errors are seen.

A `Database` is one connection and belongs to one thread at a time; only `interrupt` may be called from another.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from reader.errors import QueryInterrupted, QueryTooLong, StoreError
from reader.locks import queued

Row = tuple[Any, ...]
Params = Sequence[Any]

Value = TypeVar("Value")

BUSY_SECONDS = 5.0
"""How long a writer waits for another before it gives up, its time in a queue included."""
_MOST_VALUES = 500
"""In one statement: every SQLite takes more."""
_FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""What goes wrong in SQLite; the second where the text of its own message is damage."""
_STEPS_TO_A_LOOK = 10_000
"""Of SQLite's, some milliseconds, between two questions whether to stop."""
_TURN_SECONDS = 0.001
"""Between two tries to begin to write."""


class Database:
    """One open database file, every failure told as `failure`."""

    def __init__(self, connection: sqlite3.Connection, path: Path, uri: str, failure: type[StoreError]) -> None:
        self._connection = connection
        self.path = path
        self.uri = uri
        """What `attach` takes to open the same file again."""
        self._failure = failure
        self._file: tuple[int, int] | None = None
        self._queue: Path | None = None

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        """Every row of the answer."""
        try:
            return self._connection.execute(sql, params).fetchall()
        except _FAULTS as error:
            raise self._failed(error) from error

    def row(self, sql: str, params: Params = ()) -> Row | None:
        """The first row of the answer, or None."""
        try:
            found: Row | None = self._connection.execute(sql, params).fetchone()
            return found
        except _FAULTS as error:
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
        except _FAULTS as error:
            raise self._failed(error) from error

    def insert(self, sql: str, params: Params = ()) -> int:
        """Runs one INSERT; gives the new row's id."""
        try:
            return self._connection.execute(sql, params).lastrowid or 0
        except _FAULTS as error:
            raise self._failed(error) from error

    def run_many(self, sql: str, params: Iterable[Params]) -> None:
        """Runs one statement for each set of values."""
        try:
            self._connection.executemany(sql, params)
        except _FAULTS as error:
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
        """All or nothing: waits while those before it in the queue write; where another holds the file, for BUSY_SECONDS in all."""
        self._begin()
        try:
            if not self.is_current():
                raise self._replaced()
            yield
            self.run("COMMIT")
        except BaseException:
            # What stopped the transaction may have ended it already, or may stop this too; the file takes care of the rest.
            with suppress(*_FAULTS):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            raise

    def _begin(self) -> None:
        """Begins to write. SQLite's own way of waiting is not fair: among many writers some would never have their turn."""
        end = time.monotonic() + BUSY_SECONDS
        self.run("PRAGMA busy_timeout = 0")
        try:
            with queued(self._queue):
                while not self._has_begun(is_last_try=time.monotonic() >= end):
                    time.sleep(_TURN_SECONDS)
        finally:
            self.run(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")

    def _has_begun(self, *, is_last_try: bool) -> bool:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except _FAULTS as error:
            if is_last_try or getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
                raise self._failed(error) from error
            return False
        return True

    def guard(self, queue: Path) -> None:
        """From now on a transaction fails where the file at the path is no longer the one that was opened.

        Writers that name the same `queue`, a file of no other use, take their turn in the order they came.
        """
        with self._told_of_files():
            self._file = identity(self.path)
        self._queue = queue

    def is_current(self) -> bool:
        """Whether the file at the path is still the one that `guard` saw; True for a file that isn't guarded."""
        if self._file is None:
            return True
        try:
            return self._file == identity(self.path)
        except OSError:
            return False

    def check(self) -> None:
        """Raises the failure, with the trouble `damaged`, where the file isn't what SQLite wrote. Reads all of it."""
        found = self.row("PRAGMA quick_check(1)")
        if found != ("ok",):
            raise damaged(self._failure(f"{self.path}: it is damaged"))

    def copy_to(self, other: Database) -> None:
        """Makes the other database the same as this one is at this moment, whatever others write meanwhile."""
        with self._told():
            self._connection.backup(other._connection)

    def compact(self, should_stop: Callable[[], bool]) -> bool:
        """Writes the file anew without the room that is free in its pages; others read on. False if told to stop, which it soon does.

        It takes as much of the disk again while it runs.
        """
        self._connection.set_progress_handler(lambda: int(should_stop()), _STEPS_TO_A_LOOK)
        try:
            self.run("VACUUM")
        except QueryInterrupted:
            return False
        finally:
            self._connection.set_progress_handler(None, 0)
        return True

    def interrupt(self) -> None:
        """Stops the running query with QueryInterrupted; safe from any thread, and harmless when nothing runs."""
        # Its own thread may have closed it a moment ago.
        with suppress(sqlite3.ProgrammingError):
            self._connection.interrupt()

    def close(self) -> None:
        with self._told():
            self._connection.close()

    # A context manager would read better in every method above, and cost more than most of the statements they run.
    def _failed(self, error: Exception) -> StoreError:
        if "interrupted" in str(error):
            return QueryInterrupted("a newer question took over")
        if any(sign in str(error) for sign in _SIGNS_OF_LENGTH):
            return QueryTooLong("the query has more terms than can be asked at once; commas within one field take more: tag:a,b,c")
        return _failure_of(self.path, error, self._failure)

    def _replaced(self) -> StoreError:
        error = self._failure(f"{self.path}: it has been moved or replaced; try again")
        error.trouble = "replaced"
        return error

    @contextmanager
    def _told_of_files(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._failure(f"{self.path}: {file_trouble(error)}") from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except _FAULTS as error:
            raise self._failed(error) from error


_ADVICE = {
    sqlite3.SQLITE_BUSY: "another program has held it for too long; try again",
    sqlite3.SQLITE_LOCKED: "another program has held it for too long; try again",
    sqlite3.SQLITE_PROTOCOL: "another program has held it for too long; try again",
    sqlite3.SQLITE_FULL: "the disk is full; make room and try again",
    sqlite3.SQLITE_READONLY: "it can't be written; check its owner and permissions",
    sqlite3.SQLITE_PERM: "it can't be written; check its owner and permissions",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened; check the folder's permissions and free space",
    sqlite3.SQLITE_IOERR: "the disk could not be read or written; check it, and its free space",
}
_FILE_ADVICE = {
    errno.EROFS: "its file system can only be read; name a place that can be written (XDG_STATE_HOME, XDG_CACHE_HOME)",
    errno.EACCES: "it can't be written; check its owner and permissions",
    errno.EPERM: "it can't be written; check its owner and permissions",
    errno.ENOSPC: "the disk is full; make room and try again",
    errno.EDQUOT: "your share of the disk is used up; make room and try again",
}
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SIGNS_OF_DAMAGE = ("no such table", "no such column", "could not decode to utf-8", "unsupported file format")
"""What SQLite says of a file that is sound as such but has lost what it held; versions are compared before tables are asked."""
_SIGNS_OF_LENGTH = ("too many terms", "tree is too large", "too many SQL variables", "stack overflow")
"""What SQLite says of a statement that is longer than it takes."""


def _failure_of(path: Path, error: Exception, failure: type[StoreError]) -> StoreError:
    full_code = getattr(error, "sqlite_errorcode", 0)
    code = full_code & 0xFF
    said = str(error).splitlines()[0] if str(error) else "it can't be used"
    # A file that the system would let us write is only read by SQLite when its first bytes name a format of the future.
    is_misread = full_code == sqlite3.SQLITE_READONLY and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if code in _DAMAGE or is_misread or isinstance(error, UnicodeDecodeError) or said.lower().startswith(_SIGNS_OF_DAMAGE):
        return damaged(failure(f"{path}: it is damaged"))
    return failure(f"{path}: {_ADVICE.get(code, said)}")


def file_trouble(error: OSError) -> str:
    """What is wrong, and what to do where that is known."""
    return _FILE_ADVICE.get(error.errno or 0) or (error.strerror or str(error)).lower()


def damaged(error: StoreError) -> StoreError:
    """The error, saying that only a new file will do."""
    error.trouble = "damaged"
    return error


def connect(path: Path, failure: type[StoreError], *, read_only: bool = False) -> Database:
    """Opens (and, unless read only, makes) the database file. Autocommit: changes need `transaction`."""
    uri = f"file:{_uri_path(path)}?mode={'ro' if read_only else 'rwc'}"
    try:
        if not read_only:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Database(_connected(uri), path, uri, failure)
    except _FAULTS as error:
        raise _failure_of(path, error, failure) from error
    except OSError as error:
        raise failure(f"{path}: {file_trouble(error)}") from error


def connect_memory(uri: str, path: Path, failure: type[StoreError]) -> Database:
    """A database without a file: one for all connections of this process by that `uri`, until the last of them is closed.

    `path` is what failures name.
    """
    try:
        return Database(_connected(uri), path, uri, failure)
    except _FAULTS as error:
        raise _failure_of(path, error, failure) from error


def placeholders(values: Sized) -> str:
    """A question mark for each of the values, for `IN (…)`."""
    return ",".join("?" * len(values))


def batches(values: Sequence[Value], size: int = _MOST_VALUES) -> Iterator[Sequence[Value]]:
    """The values in their order, few enough at a time for one statement."""
    return (values[start : start + size] for start in range(0, len(values), size))


def attach(database: Database, uri: str, name: str) -> None:
    """Makes the tables of another database visible as `name.table`."""
    database.run(f"ATTACH DATABASE ? AS {name}", (uri,))


def _connected(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _uri_path(path: Path) -> str:
    return quote(os.fsencode(path.absolute()))


def identity(path: Path) -> tuple[int, int]:
    """Which file is at the path: no other has the same while any connection to it is open. Raises OSError."""
    found = os.stat(path)
    return found.st_dev, found.st_ino


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
