"""The file that an index is kept in: where it lives, how it is found unusable and begun anew, and its one writer at a time.

An index can always be made again from the archive, so nothing here is mended: what can't be used is thrown away.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from reader.database import Database, connect, damaged, file_trouble, identity
from reader.errors import IndexFileError
from reader.index import schema
from reader.locks import held
from reader.mounts import is_on_network
from reader.paths import stored_path

Say = Callable[[str], None]
ShouldStop = Callable[[], bool]

_DAMAGE = "what was known of the archive was damaged; it is made anew"
_DAMAGE_ELSEWHERE = "what is known of the archive is damaged; only who keeps it can make it anew, with `dateline index --rebuild`"


def index_path(cache: Path, roots: Sequence[str]) -> Path:
    """The index file of these archives: the same whatever the order they are named in."""
    name = hashlib.blake2b("\0".join(sorted(roots)).encode("utf-8", "surrogateescape"), digest_size=10).hexdigest()
    return cache / name / "index.db"


class IndexFile:
    """The index of some archives. Safe on any thread; the connections it gives belong to one thread each."""

    def __init__(self, cache: Path, roots: Sequence[str], say: Say, *, is_shared: bool = False) -> None:
        """Opens nothing yet. `say` is told in one line what becomes of the file.

        A shared one may be in a folder that only somebody else can write to; then it is read and nothing more.
        """
        self._wanted = index_path(cache, roots)
        self._is_shared = is_shared
        self._is_foreign = False
        self._roots = roots
        self._say = say
        self._is_spoilt = False
        self._private: TemporaryDirectory[str] | None = None
        self._place: Path | None = None

    @property
    def path(self) -> Path:
        """The file: in the cache, or in a folder that ends with this program where the cache can't be written."""
        if self._place is None:
            try:
                _make_place(self._wanted, is_shared=self._is_shared)
                self._place = self._wanted
            except OSError as error:
                if self._is_shared and os.access(self._wanted, os.R_OK):
                    self._is_foreign, self._place = True, self._wanted
                    return self._place
                self._private = TemporaryDirectory(prefix="dateline-")
                self._place = Path(self._private.name) / self._wanted.name
                why = (error.strerror or str(error)).lower()
                self._say(f"{self._wanted.parent}: {why}; what is known of the archive is kept elsewhere, and only until you leave")
        return self._place

    @property
    def is_foreign(self) -> bool:
        """Whether somebody else keeps it."""
        return bool(self.path) and self._is_foreign

    def exists(self) -> bool:
        """Whether there is a file to read."""
        return self.path.exists()

    def edition(self) -> object:
        """Which file is there: a connection to another is out of date."""
        try:
            return identity(self.path)
        except OSError:
            return None

    def reading(self) -> Database:
        """A connection that only reads; the index is made, empty, where there is none.

        Raises IndexFileError, with the trouble `damaged` where the file is of another version.
        """
        if not self.exists():
            self.prepare()
        # Not mapped into memory: that is no faster where the system has the file cached, and each connection would count its share.
        database = connect(self.path, IndexFileError, read_only=True)
        if not _is_usable(database):
            raise damaged(IndexFileError(f"{self.path}: another version of Dateline made it"))
        return database

    def prepare(self) -> None:
        """Makes the file where it is missing or unusable, without reading any article."""
        with self.writing():
            pass

    @contextmanager
    def writing(self, should_stop: ShouldStop = lambda: False) -> Iterator[Database]:
        """The only connection, of all sessions, that writes now; waits for that of another session.

        Raises IndexFileError where the file can't be written, and `locks.Stopped` when told to stop waiting.
        """
        self._refuse_foreign()
        try:
            with held(self.path.with_name("index.lock"), should_stop, self._say_waiting):
                if self._is_spoilt:
                    self._discard()
                database = _opened_or_new(self.path, self._roots, is_shared=self._is_shared)
                try:
                    yield database
                finally:
                    database.close()
        except OSError as error:
            raise IndexFileError(f"{self.path}: {file_trouble(error)}") from error

    def require(self) -> None:
        """Raises IndexFileError where what is found out would not be kept, and where somebody else keeps it."""
        try:
            _make_place(self._wanted, is_shared=self._is_shared)
        except OSError as error:
            if self._is_shared and os.access(self._wanted, os.R_OK):
                self._refuse_foreign()
            raise IndexFileError(f"{self._wanted.parent}: {file_trouble(error)}") from error

    def discard(self) -> None:
        """Deletes the file; whoever writes next begins anew.

        Raises IndexFileError where it can't be deleted, and for one that somebody else keeps.
        """
        self._refuse_foreign()
        try:
            with held(self.path.with_name("index.lock"), on_wait=self._say_waiting):
                self._discard()
        except OSError as error:
            raise IndexFileError(f"{self.path}: {file_trouble(error)}") from error

    def spoil(self) -> None:
        """What was read doesn't fit together: whoever writes next begins anew; where somebody else keeps it, it is only said."""
        if not self._is_spoilt:
            self._is_spoilt = True
            self._say(_DAMAGE_ELSEWHERE if self.is_foreign else _DAMAGE)

    def _refuse_foreign(self) -> None:
        if self.is_foreign:
            raise IndexFileError(f"{self.path}: somebody else keeps this index; only they can bring it up to date, with `dateline index`")

    def _discard(self) -> None:
        self._is_spoilt = False
        _delete(self.path)

    def _say_waiting(self) -> None:
        self._say("another Dateline is reading the archive; what it has found so far is here")


def _make_place(path: Path, *, is_shared: bool) -> None:
    """Raises OSError where the file or its folder can't be written. Never opens the file: closing it would end SQLite's locks."""
    path.parent.mkdir(mode=0o755 if is_shared else 0o700, parents=True, exist_ok=True)
    os.close(os.open(path.with_name("index.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644 if is_shared else 0o600))
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _opened_or_new(path: Path, roots: Sequence[str], *, is_shared: bool) -> Database:
    """The index, made anew where it is missing, damaged or of another version."""
    try:
        database = _opened(path, is_shared=is_shared)
        if _is_usable(database):
            _register(database, roots)
            return database
        database.close()
    except IndexFileError as error:
        if error.trouble != "damaged":
            raise
    _delete(path)
    database = _opened(path, is_shared=is_shared)
    with database.transaction():
        _create(database)
    _register(database, roots)
    return database


def _delete(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            os.unlink(f"{path}{ending}")


def _opened(path: Path, *, is_shared: bool) -> Database:
    database = connect(path, IndexFileError)
    try:
        # Whoever reads a WAL needs to write beside it: no way across machines, nor for people who may only read.
        database.run(f"PRAGMA journal_mode = {'DELETE' if is_shared or is_on_network(os.path.realpath(path)) else 'WAL'}")
        # The index is a cache: a power failure may cost it, never the archive or the marks.
        database.run("PRAGMA synchronous = OFF")
        database.run("PRAGMA cache_size = -65536")
    except IndexFileError:
        database.close()
        raise
    return database


def _is_usable(database: Database) -> bool:
    return database.row("PRAGMA user_version") == (schema.VERSION,)


def _create(database: Database) -> None:
    database.script(schema.SCHEMA)
    database.run_many(
        "INSERT INTO meta (name, value) VALUES (?, ?)",
        [("revision", 0), ("articles", 0), (schema.LAST_FILE, 0), ("identity", secrets.token_hex(8))],
    )
    database.run(f"PRAGMA user_version = {schema.VERSION}")


def _register(database: Database, roots: Sequence[str]) -> None:
    known = {path for (path,) in database.rows("SELECT path FROM roots")}
    new = [(root,) for root in map(stored_path, roots) if root not in known]
    if new:
        with database.transaction():
            database.run_many("INSERT OR IGNORE INTO roots (path) VALUES (?)", new)
