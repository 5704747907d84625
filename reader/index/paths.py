"""Paths as SQLite can hold them. A name that is not UTF-8 has lone surrogates, which its text may not."""

from __future__ import annotations

import os

StoredPath = str | bytes
"""Text where the name is UTF-8, else the name's own bytes."""


def stored_path(path: str) -> StoredPath:
    """A path as it goes into the database."""
    if path.isascii():
        return path
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def shown_path(stored: StoredPath) -> str:
    """A path as it came out of the database."""
    return os.fsdecode(stored) if isinstance(stored, bytes) else stored


def path_key(path: str) -> str:
    """A path as an article's key: the same path gives the same key, and any terminal or file can hold it."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
