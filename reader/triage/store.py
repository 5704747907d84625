"""The file of one person's marks: opened, checked, mended and copied. What is in it is `marks`' business.

    opened      made where there is none, brought up to this version (a copy is kept), checked where that takes no time
    damaged     copied aside under a dated name; what can be read goes into a new file in its place
    not usable  a stand-in in memory shows what can be read; nothing can be marked until the file can be opened
    each day    a copy

Safe on any thread; the connections it gives belong to one thread each.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from reader.database import Database, connect, connect_memory, file_trouble, identity
from reader.errors import StateError
from reader.locks import held
from reader.mounts import is_on_network
from reader.paths import stored_path
from reader.triage import backups
from reader.triage.salvage import salvage, take_all
from reader.triage.schema import STEPS, TABLES

_CHECKED_BYTES = 16 * 1024 * 1024
"""A larger file is only checked when the day's copy is made: reading all of it would hold the first screen up."""

_TABLES_ARE_THERE = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE 0" for table in TABLES)
"""Fails where one is missing; reads none."""

Say = Callable[[str], None]


class StateFile:
    """One person's state file, as one program sees it."""

    def __init__(self, path: Path, archives: Sequence[str], say: Say, steps: Sequence[str] = STEPS) -> None:
        """Opens nothing yet. `say` is told in one line what has happened to the file."""
        self.path = path
        self._archives = archives
        self.copies = path.with_name("backups")
        """The folder of the daily copies."""
        self._say = say
        self._steps = steps
        self._mutex = threading.Lock()
        self._anchor: Database | None = None
        """A connection that nobody uses, to know the file by once it was found sound."""
        self._stand_in: Database | None = None
        self._checked_bytes = _CHECKED_BYTES
        self._copied_on: date | None = None

    def open(self) -> Database:
        """A connection to the file, or to its stand-in where the file can't be used, which is said once."""
        with self._mutex:
            if self._stand_in is None and (self._anchor is None or not self._anchor.is_current()):
                self._begin()
            if self._stand_in is not None:
                return connect_memory(self._stand_in.uri, self.path, StateError)
        database = self._connected()
        database.guard(self.path.with_name("state.queue"))
        return database

    def edition(self) -> object:
        """Which file `open` would open: a connection to another is out of date."""
        stand_in = self._stand_in
        if stand_in is not None:
            return stand_in.uri
        try:
            return identity(self.path)
        except OSError:
            return None

    def mend(self) -> None:
        """What was read doesn't fit together: checks all of the file, whatever its size, and mends it."""
        with self._mutex:
            self._checked_bytes = sys.maxsize
            self._begin()

    def require(self) -> None:
        """Raises StateError where nothing can be marked now. A file that couldn't be used is tried again first."""
        with self._mutex:
            if self._stand_in is not None:
                self._anchor = self._sound()
                self._stand_in = None
                self._say("marks can be made again")

    def close(self) -> None:
        """Leaves all marks in the file itself, with nothing beside it that has to be copied too."""
        with self._mutex, suppress(StateError):
            if self._anchor is not None:
                self._anchor.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def let_go(self) -> None:
        """Closes the file, which is opened anew where it is asked for again."""
        with self._mutex:
            anchor, self._anchor = self._anchor, None
            if anchor is not None:
                anchor.close()

    def back_up(self, today: date) -> None:
        """Makes the day's copy where it isn't there; a failure is said, once, and stops nothing."""
        if self._copied_on == today:
            return
        self._copied_on = today
        try:
            self.open().close()
            if self._stand_in is not None:
                return
            if backups.is_due(self.copies, today):
                with self._locked():
                    self._back_up(today)
        except StateError as error:
            self._say(f"no copy of the marks could be made today: {error}")

    # -- opening ---------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        before = self._anchor
        try:
            self._anchor = self._sound()
            if before is not None:
                before.close()
        except StateError as error:
            self._stand_in = self._readable()
            self._say(f"marks can't be made: {error}")

    def _sound(self) -> Database:
        """The file, of this version and knowing the archives. Raises StateError where that can't be."""
        self._make_sound()
        database = self._connected()
        database.guard(self.path.with_name("state.queue"))
        self._register(database)
        return database

    def _make_sound(self) -> None:
        try:
            with closing(self._connected()) as database:
                if self._version(database) == len(self._steps):
                    self._check(database)
                    return
        except StateError as error:
            if error.trouble != "damaged":
                raise
        with self._locked():
            try:
                with closing(self._connected()) as database:
                    self._bring_up(database)
                    self._check(database)
            except StateError as error:
                if error.trouble != "damaged":
                    raise
                self._mend()

    def _connected(self) -> Database:
        database = connect(self.path, StateError)
        try:
            self._version(database)
            # WAL shares memory between its readers, which two machines can't.
            is_shared = is_on_network(os.path.realpath(self.path.parent))
            database.run(f"PRAGMA journal_mode = {'DELETE' if is_shared else 'WAL'}")
            # A star on screen is a star on disk: each commit waits for the disk, and for the folder too.
            database.run("PRAGMA synchronous = EXTRA")
        except StateError:
            database.close()
            raise
        return database

    def _version(self, database: Database) -> int:
        """The file's version; 0 for a new one. Raises StateError for a file that must be left as it is."""
        found = database.row("PRAGMA user_version")
        version = int(found[0]) if found else 0
        if version > len(self._steps):
            raise StateError(
                f"{self.path}: a newer Dateline wrote it (state version {version}, this one knows {len(self._steps)}); update Dateline"
            )
        if not version and database.row("SELECT 1 FROM sqlite_master"):
            raise StateError(f"{self.path}: another program's database is in its place; move it away")
        return version

    def _bring_up(self, database: Database) -> None:
        """Makes the tables, or brings those of an older version up to this one; a copy is kept of what was."""
        version = self._version(database)
        if version == len(self._steps):
            return
        if version:
            backups.back_up(database, self.copies, date.today(), f"version_{version}")
        with database.transaction():
            self._take_steps(database, version)

    def _take_steps(self, database: Database, version: int) -> None:
        for step in self._steps[version:]:
            database.script(step)
        database.run(f"PRAGMA user_version = {len(self._steps)}")

    def _register(self, database: Database) -> None:
        known = {path for (path,) in database.rows("SELECT path FROM archives")}
        new = [(path,) for path in map(stored_path, self._archives) if path not in known]
        if new:
            with database.transaction():
                database.run_many("INSERT OR IGNORE INTO archives (path) VALUES (?)", new)

    def _check(self, database: Database) -> None:
        database.rows(_TABLES_ARE_THERE)
        if os.path.getsize(self.path) <= self._checked_bytes:
            database.check()

    def _back_up(self, today: date) -> None:
        try:
            with closing(self._connected()) as database:
                if backups.is_due(self.copies, today) and database.row("SELECT 1 FROM steps LIMIT 1"):
                    backups.back_up(database, self.copies, today)
        except StateError as error:
            if error.trouble != "damaged":
                raise
            self._mend()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """While this session alone may put a file in the place of another."""
        try:
            with held(self.path.with_name("state.lock")):
                yield
        except OSError as error:
            raise StateError(f"{self.path}: {file_trouble(error)}") from error

    # -- mending ---------------------------------------------------------------------------------------------------

    def _mend(self) -> None:
        """Puts a file of all that can be read in the place of the damaged one, and says so."""
        aside = self._copy_aside()
        part, recovered = self.path.with_name("recovering.part"), self.path.with_name("recovered.db")
        with self._writing_stopped():
            if _is_newer(recovered, self.path):
                # A session ended between the last two of these steps.
                self._replace_by(recovered)
                self._say(f"the file of marks was damaged: what was saved of it before is in its place; the old file is kept as {aside}")
                return
            with suppress(FileNotFoundError):
                part.unlink()
            with closing(connect(part, StateError)) as new:
                new.run("PRAGMA journal_mode = DELETE")
                with new.transaction():
                    self._take_steps(new, 0)
                marks = salvage(self.path, backups.copies(self.copies), new)
            backups.put(part, recovered)
            self._replace_by(recovered)
        self._say(f"the file of marks was damaged: {marks:,} could be saved; the old file is kept as {aside}")

    def _copy_aside(self) -> Path:
        aside = self.path.with_name(f"{self.path.stem}.damaged-{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}.db")
        for ending in ("", "-wal"):
            with suppress(FileNotFoundError):
                _keep(f"{self.path}{ending}", f"{aside}{ending}")
        return aside

    @contextmanager
    def _writing_stopped(self) -> Iterator[None]:
        """Keeps other sessions from marking until they can see that the file was replaced; as far as damage lets it."""
        with closing(connect(self.path, StateError)) as database:
            try:
                database.run("BEGIN IMMEDIATE")
            except StateError as error:
                if error.trouble != "damaged":
                    raise
            yield

    def _replace_by(self, recovered: Path) -> None:
        # The journal goes first: it must never be taken for the new file's.
        for ending in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.unlink(f"{self.path}{ending}")
        backups.put(recovered, self.path)

    # -- a stand-in ------------------------------------------------------------------------------------------------

    def _readable(self) -> Database:
        """What can be read of a file that can't be used, in memory; no marks where nothing can."""
        memory = connect_memory(f"file:/dateline-{secrets.token_hex(8)}?vfs=memdb", self.path, StateError)
        with memory.transaction():
            self._take_steps(memory, 0)
        with suppress(StateError, OSError):
            self._take_into(memory)
        self._register(memory)
        return memory

    def _take_into(self, memory: Database) -> None:
        if not take_all(self.path, memory, read_only=True):
            # In a folder that can't be written the journal can't be read where it is.
            with TemporaryDirectory() as folder:
                copy = Path(folder) / self.path.name
                for ending in ("", "-wal"):
                    with suppress(FileNotFoundError):
                        shutil.copy2(f"{self.path}{ending}", f"{copy}{ending}")
                take_all(copy, memory)


def _is_newer(path: Path, than: Path) -> bool:
    """Whether there is such a file, and it was written last. One that somebody has put in its place since is not undone."""
    with suppress(FileNotFoundError):
        return path.stat().st_mtime_ns >= than.stat().st_mtime_ns
    return False


def _keep(path: str, name: str) -> None:
    """A second name for a file that is about to lose its first; a copy where the file system has no second names."""
    try:
        os.link(path, name)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(path, name)
