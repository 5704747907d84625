"""Copies of a state file: one a day and one before each migration, the newest few kept.

They are numbered, so that a clock set back can't make an old copy pass for a new one.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import date
from pathlib import Path

from reader.database import Database, connect, file_trouble
from reader.errors import StateError

KEPT = 7

_NAME = re.compile(r"state-(\d{6})-(\d{4}-\d\d-\d\d)(?:-\w+)?\.db")


def copies(folder: Path) -> list[Path]:
    """The copies there are, newest first."""
    with suppress(OSError):
        return sorted((path for path in folder.iterdir() if _NAME.fullmatch(path.name)), reverse=True)
    return []


def is_due(folder: Path, today: date) -> bool:
    """Whether the newest copy is of another day."""
    newest = next(iter(copies(folder)), None)
    return newest is None or f"-{today.isoformat()}" not in newest.name


def back_up(database: Database, folder: Path, today: date, reason: str = "") -> None:
    """Adds a copy of the database, complete and sound or not at all, and drops the oldest past KEPT.

    Raises StateError: with the trouble `damaged` where the database is.
    """
    newest = next(iter(copies(folder)), None)
    number = int(newest.name.split("-")[1]) + 1 if newest else 1
    path = folder / f"state-{number:06}-{today.isoformat()}{f'-{reason}' if reason else ''}.db"
    part = path.with_name("copying.part")
    try:
        with suppress(FileNotFoundError):
            part.unlink()
        copy = connect(part, StateError)
        try:
            database.copy_to(copy)
            copy.run("PRAGMA journal_mode = DELETE")
            copy.check()
        finally:
            copy.close()
        put(part, path)
    except OSError as error:
        raise StateError(f"{path}: {file_trouble(error)}") from error
    finally:
        with suppress(OSError):
            part.unlink()
    for old in copies(folder)[KEPT:]:
        with suppress(OSError):
            old.unlink()


def put(part: Path, path: Path) -> None:
    """Gives a finished file its name, in place of any other; on disk when it returns."""
    _sync(part)
    os.replace(part, path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
