"""What is left of a fault of the program's own: a report that can be sent to others, because no article's text is in it.

An error's message may quote what was read, and so may the values of variables; only the kinds of errors and the lines of the
program where they passed are written down.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir

from reader import __version__

EXIT = 70
"""The exit code of a program that met a fault of its own."""

_KEPT = 10
_FRAMES = 40
"""Frames told of one error: the first and the last half of them."""


def write_report(error: BaseException, folder: Path) -> Path | None:
    """Writes the report into the folder, or where temporary files go; None where nothing can be written."""
    text = "\n".join(_lines(error)) + "\n"
    for place in (folder, Path(gettempdir())):
        path = place / f"crash-{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}.txt"
        with suppress(OSError):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(path, "x", encoding="utf-8", errors="backslashreplace", opener=_private) as file:
                file.write(text)
            _drop_old(folder)
            return path
    return None


def in_one_line(report: Path | None) -> str:
    """What is said of it."""
    where = f"the report for its makers is {report}" if report else "no report of it could be written"
    return f"dateline stopped because of a fault of its own; every mark you saw is kept; {where}"


def _lines(error: BaseException) -> Iterator[str]:
    yield f"Dateline {__version__}, {datetime.now().astimezone().isoformat(timespec='seconds')}"
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, Textual {_textual()}, {platform.platform()}"
    yield f"TERM={os.environ.get('TERM', '')} LANG={os.environ.get('LANG', '')} LC_ALL={os.environ.get('LC_ALL', '')}"
    yield "What was read, and what was typed, is not in this report."
    link: BaseException | None = error
    seen: set[int] = set()
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield ""
        yield f"{type(link).__module__}.{type(link).__qualname__}"
        yield from _frames(link)
        link = link.__cause__ or link.__context__


def _frames(error: BaseException) -> Iterator[str]:
    frames = traceback.extract_tb(error.__traceback__)
    left_out = len(frames) - _FRAMES
    for number, frame in enumerate(frames):
        if left_out > 0 and number == _FRAMES // 2:
            yield f"  … {left_out:,} more"
        if left_out <= 0 or not _FRAMES // 2 <= number < len(frames) - _FRAMES // 2:
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"


def _textual() -> str:
    if "textual" not in sys.modules:
        return "not loaded"
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("textual")
    except PackageNotFoundError:
        return "of unknown version"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _drop_old(folder: Path) -> None:
    for old in sorted(folder.glob("crash-*.txt"))[:-_KEPT]:
        old.unlink(missing_ok=True)
