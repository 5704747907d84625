"""Text into a file of the person's own: a safe name for it, all of it or nothing, and nothing overwritten unasked."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from datetime import date
from itertools import dropwhile
from pathlib import Path
from secrets import token_hex

from reader.clean import clean
from reader.errors import SendingError

_LONGEST_NAME = 80
"""Bytes; every file system takes 255, but nobody wants to read them."""
_MOST_READ = 300
_PARTS_OF_WORDS = "LMN"
"""Categories of characters: letters, the marks that go with them, numbers."""


class FileExists(SendingError):
    """There is a file already, and nobody has said that it may go."""


def safe_name(day: date | None, headline: str, ending: str) -> str:
    """A file's name out of a date and a headline: `2024-11-07-premier-vows-support.md`.

    Letters, digits and hyphens of any script, whatever the headline holds; never hidden, never an option, never a folder.
    """
    letters = unicodedata.normalize("NFC", clean(headline[:_MOST_READ]).lower())
    words = "".join(letter if unicodedata.category(letter)[0] in _PARTS_OF_WORDS else " " for letter in letters).split()
    spelt = [word for written in words if (word := _without_leading_marks(written))]
    stem = "-".join([*([day.isoformat()] if day else []), *spelt]) or "article"
    return stem.encode()[:_LONGEST_NAME].decode("utf-8", "ignore").rstrip("-") + ending


def _without_leading_marks(word: str) -> str:
    """A word from its first letter or digit on: a mark without a letter would hang on whatever stands before the name."""
    return "".join(dropwhile(lambda letter: unicodedata.category(letter)[0] == "M", word))


def destination(typed: str, default_name: str, forbidden: Iterable[str]) -> Path:
    """The file that a person means: `~` for the home, a folder for `default_name` in it.

    Raises SendingError for no name, for a folder that isn't there, and within one of `forbidden`, the archives.
    """
    if not typed.strip() or "\0" in typed:
        raise SendingError("a file's name is missing")
    path = Path(os.path.expanduser(typed.strip()))
    # Not pathlib's own questions: they raise for a name that is too long, a closed folder and links in a circle.
    if os.path.isdir(path) or typed.rstrip().endswith("/"):
        path /= default_name
    folder = Path(os.path.realpath(path.parent))
    if not os.path.isdir(folder):
        raise SendingError(f"no such folder: {path.parent}")
    for archive in map(Path, forbidden):
        if folder == archive or archive in folder.parents or Path(os.path.realpath(path)) == archive:
            raise SendingError(f"the archive is never written to: {path}")
    return path


def write(path: Path, lines: Iterable[str], *, may_replace: bool = False) -> int:
    """Writes `lines`, each with a line end; gives how many there were. The file is there whole or not at all.

    Raises FileExists where there is one, unless it may be replaced, and SendingError where it can't be written.
    """
    if not may_replace and os.path.lexists(path):
        raise FileExists(f"there already: {path}")
    try:
        return _write_beside(path, lines, may_replace)
    except FileExistsError as error:
        raise FileExists(f"there already: {path}") from error
    except OSError as error:
        raise SendingError(f"{error.strerror or error}: {path}") from error


def _write_beside(path: Path, lines: Iterable[str], may_replace: bool) -> int:
    unfinished = path.parent / f".dateline-{token_hex(8)}"
    count = 0
    try:
        with open(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666), "w", encoding="utf-8", errors="replace") as file:
            for line in lines:
                file.write(line + "\n")
                count += 1
            file.flush()
            os.fsync(file.fileno())
        if may_replace:
            os.replace(unfinished, path)
        else:
            _put_in_place(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _put_in_place(unfinished: Path, path: Path) -> None:
    """Gives a file its name unless another has it. Raises FileExistsError."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        # No hard links there (FAT, some network shares): the name is taken first, then filled.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        os.replace(unfinished, path)
