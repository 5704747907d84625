"""Whose file it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reader.imports import elfeed, newsboat
from reader.imports.remembered import ImportFileError, Remembered

SOURCES = ("newsboat", "elfeed")
_SQLITE = b"SQLite format 3\0"


def source_of(path: Path) -> str:
    """Which program the file is from, by its beginning. Raises ImportFileError where it can't be read or is neither's."""
    try:
        with path.open("rb") as file:
            beginning = file.read(4096)
    except OSError as error:
        raise ImportFileError(f"{path}: {error.strerror or error}") from error
    if beginning.startswith(_SQLITE):
        return "newsboat"
    if beginning.lstrip().startswith((b"(", b";", b"#s(", b"[")):
        return "elfeed"
    raise ImportFileError(f"{path}: neither newsboat's cache.db nor elfeed's index")


def stories_of(path: Path, source: str, star_flags: str) -> Iterator[Remembered]:
    """Every story that the file remembers. Raises ImportFileError on the way."""
    return newsboat.stories(path, star_flags) if source == "newsboat" else elfeed.stories(path)
