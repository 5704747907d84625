"""Where the index of an archive lives, and how it is opened, found unusable and started anew."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from reader.database import Database, connect
from reader.errors import IndexFileError, StoreError
from reader.index import schema


def index_path(cache: Path, roots: Sequence[str]) -> Path:
    """The index file of these archives: the same whatever the order they are named in."""
    name = hashlib.blake2b("\0".join(sorted(roots)).encode("utf-8", "surrogateescape"), digest_size=10).hexdigest()
    return cache / name / "index.db"


def open_for_writing(path: Path, roots: Sequence[str]) -> Database:
    """The index, made anew where it is missing, damaged or of another version.

    Raises IndexFileError when the file can't be written at all.
    """
    try:
        database = _opened(path)
        if _is_usable(database):
            _register(database, roots)
            return database
        database.close()
    except IndexFileError as error:
        if not _is_damage(error):
            raise
    discard(path)
    database = _opened(path)
    with database.transaction():
        if not _is_usable(database):
            _create(database)
    _register(database, roots)
    return database


def open_for_reading(path: Path) -> Database:
    """A connection that only reads. Raises IndexFileError when there is no index yet."""
    database = connect(path, IndexFileError, read_only=True)
    database.run("PRAGMA mmap_size = 268435456")
    return database


def discard(path: Path) -> None:
    """Deletes the index file and its companions."""
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        with suppress(FileNotFoundError):
            name.unlink()


def _opened(path: Path) -> Database:
    database = connect(path, IndexFileError)
    database.run("PRAGMA journal_mode = WAL")
    # The index is a cache: a power failure may cost it, never the archive or the marks.
    database.run("PRAGMA synchronous = OFF")
    database.run("PRAGMA cache_size = -65536")
    return database


def _is_usable(database: Database) -> bool:
    found = database.row("PRAGMA user_version")
    return found is not None and found[0] == schema.VERSION


def _create(database: Database) -> None:
    database.script(schema.SCHEMA)
    database.run_many(
        "INSERT INTO meta (name, value) VALUES (?, ?)",
        [("revision", 0), ("articles", 0), ("identity", secrets.token_hex(8))],
    )
    database.run(f"PRAGMA user_version = {schema.VERSION}")


def _register(database: Database, roots: Sequence[str]) -> None:
    known = {path for (path,) in database.rows("SELECT path FROM roots")}
    new = [(root,) for root in roots if root not in known]
    if new:
        with database.transaction():
            database.run_many("INSERT OR IGNORE INTO roots (path) VALUES (?)", new)


def _is_damage(error: StoreError) -> bool:
    return any(words in str(error) for words in ("damaged", "not a database"))
