"""What the index knows of the files of one archive, fetched for those alone that are asked about.

A folder's fingerprint is kept while the index holds just what was in the folder when it was taken. Whatever is written of a file
takes away, in the same transaction, the fingerprints of its folder and of all folders around it; the next look at the whole
archive gives them back. So a program that is killed at any moment leaves no fingerprint that says too much.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from reader.database import Database, Row, batches, placeholders
from reader.intake.folder import Stamp
from reader.paths import StoredPath, shown_path, stored_path

_A_LOOK = 64
"""Rows fetched at once of a folder: most hold few articles, and of what lies deeper only the first is wanted."""
_BEYOND_NAMES = b"\xff" * 256
"""No name on a disk is that long."""


class KnownStamps:
    """One archive's articles as `reader.intake.folder.Known`; `root` is the archive's number in the index."""

    def __init__(self, database: Database, root: int) -> None:
        self._database = database
        self.root = root

    @cached_property
    def was_empty(self) -> bool:
        """Whether nothing was known when it was first asked: then no folder needs to be asked about."""
        return self._database.row("SELECT 1 FROM files WHERE root = ? LIMIT 1", (self.root,)) is None

    def fingerprint(self, folder: str) -> bytes | None:
        """The folder's fingerprint when it held just what is known of it; None where nobody knows."""
        if self.was_empty:
            return None
        found = self._database.row("SELECT fingerprint FROM folders WHERE root = ? AND path = ?", (self.root, stored_path(folder)))
        return found[0] if found else None

    def stamps(self, paths: Sequence[str]) -> dict[str, Stamp]:
        """Those of the paths that are articles."""
        found: dict[str, Stamp] = {}
        for some in batches(paths):
            sql = f"SELECT path, size, mtime FROM files WHERE root = ? AND size >= 0 AND path IN ({placeholders(some)})"
            found.update(map(_stamp, self._database.rows(sql, (self.root, *map(stored_path, some)))))
        return found

    def at(self, path: str) -> dict[str, Stamp]:
        """The article at a path, and all articles below it."""
        found = self.stamps([path])
        for low, high in _ranges(_prefix(path)):
            found.update(map(_stamp, self._between(low, high)))
        return found

    def in_folder(self, folder: str) -> tuple[dict[str, Stamp], set[str]]:
        """The articles directly in a folder, and the names of the folders there that any lie in; what those hold is leapt over."""
        prefix = _prefix(folder)
        found: dict[str, Stamp] = {}
        folders: set[str] = set()
        if self.was_empty:
            return found, folders
        for low, high in _ranges(prefix):
            start: StoredPath | None = low
            while start is not None:
                deeper = self._until_deeper(prefix, start, high, found)
                if deeper is not None:
                    folders.add(deeper)
                start = None if deeper is None else _after(prefix + deeper, low)
        return found, folders

    def forget(self, paths: Iterable[str]) -> None:
        """Takes away the fingerprints of all folders that these files lie in; in the transaction that writes of the files."""
        rows = ((self.root, stored_path(folder)) for folder in folders_around(paths))
        self._database.run_many("DELETE FROM folders WHERE root = ? AND path = ?", rows)

    def _until_deeper(self, prefix: str, low: StoredPath, high: StoredPath, found: dict[str, Stamp]) -> str | None:
        """Adds articles of a folder in their order, up to the first that lies deeper; gives the name of the folder it lies in."""
        for row in self._between(low, high, _A_LOOK):
            path, stamp = _stamp(row)
            name, is_deeper, _ = path[len(prefix) :].partition("/")
            if is_deeper:
                return name
            found[path] = stamp
        return None

    def _between(self, low: StoredPath, high: StoredPath, size: int = 4096) -> Iterator[Row]:
        sql = "SELECT path, size, mtime FROM files WHERE root = ? AND path >= ? AND path < ? AND size >= 0 ORDER BY path"
        for rows in self._database.chunks(sql, (self.root, low, high), size):
            yield from rows


def folders_around(paths: Iterable[str]) -> set[str]:
    """All folders that these files lie in, however deep, and the archive."""
    folders: set[str] = set()
    for path in paths:
        while path:
            path = path.rpartition("/")[0]
            if path in folders:
                break
            folders.add(path)
    return folders


def _prefix(folder: str) -> str:
    return f"{folder}/" if folder else ""


def _ranges(prefix: str) -> Iterator[tuple[StoredPath, StoredPath]]:
    """Where all paths with a prefix lie that ends a folder's name: those that are text, then those that can only be bytes."""
    as_text = stored_path(prefix)
    if isinstance(as_text, str):
        # SQLite sorts all bytes after all text.
        yield as_text, _after(prefix[:-1], as_text) if prefix else b""
    as_bytes = os.fsencode(prefix)
    yield as_bytes, _after(prefix[:-1], as_bytes) if prefix else _BEYOND_NAMES


def _after(folder: str, like: StoredPath) -> StoredPath:
    """The first path after all that lie below a folder, of the same type as another: `0` comes after `/`."""
    return f"{folder}0" if isinstance(like, str) else os.fsencode(f"{folder}0")


def _stamp(row: Row) -> tuple[str, Stamp]:
    path, size, mtime = row
    return shown_path(path), (size, mtime)
