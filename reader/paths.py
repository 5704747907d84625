"""Paths as SQLite can hold them, and the keys that are made of them.

A name that is not UTF-8 has lone surrogates, which SQLite's text may not. Where several archives are open, articles of two of
them may have one key: one of the two is then listed by a longer key, its archive before it. Which of them depends on what
else is open, so marks are kept by its own key, the one it has where its archive is open alone.
"""

from __future__ import annotations

import os

from reader.model import ArticleKey

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


def long_key(archive: str, key: str) -> ArticleKey:
    """The key with its archive before it."""
    return ArticleKey(f"{path_key(archive)}/{key}")


def own_key(archive: str, key: str) -> ArticleKey:
    """The key without its archive before it, if that is there."""
    return ArticleKey(key.removeprefix(f"{path_key(archive)}/"))
