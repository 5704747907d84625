"""newsboat's cache.db: which stories are read, and their flags.

newsboat's flags are letters that a person gives a meaning to. Each becomes the tag `flag-x`, or a star where its letter is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reader.database import connect
from reader.imports.remembered import ImportFileError, Remembered


def stories(path: Path, star_flags: str) -> Iterator[Remembered]:
    """Every story of the cache that isn't deleted. Raises ImportFileError."""
    database = connect(path, ImportFileError, read_only=True)
    try:
        database.run("PRAGMA trusted_schema = OFF")
        for rows in database.chunks("SELECT url, guid, unread, flags FROM rss_item WHERE NOT coalesce(deleted, 0)"):
            for url, guid, unread, flags in rows:
                yield _story(str(url or ""), str(guid or ""), not unread, str(flags or ""), star_flags)
    finally:
        database.close()


def _story(url: str, guid: str, is_read: bool, flags: str, star_flags: str) -> Remembered:
    letters = sorted({flag for flag in flags if flag.isalpha()})
    return Remembered(
        links=tuple(link for link in (url, guid) if link),
        is_read=is_read,
        is_starred=any(flag in star_flags for flag in letters),
        tags=tuple(f"flag-{flag}" for flag in letters if flag not in star_flags),
    )
