"""Rows as lines on one stream: tables and tsv. Nothing an article says can act on a terminal from here."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from reader.clean import clean, clean_blanks, clean_line, clean_name
from reader.errors import StoreError
from reader.model import HeadlineRow, Problem

_AROUND = 60
"""Characters of a query that are shown on either side of what is wrong in it."""


class OutputError(StoreError):
    """What takes the answer can't: a full disk, a closed descriptor."""


def tsv_line(values: Sequence[object]) -> str:
    """One line of tab-separated values; a tab or a line end inside a value becomes a blank."""
    return "\t".join(clean_blanks(str(value)) for value in values)


def columns(row: HeadlineRow) -> list[str]:
    """The columns of `list --format tsv`: published, key, headline, categories, source, language, path."""
    when = row.published.written if row.published else ""
    key, path = clean_name(row.key), clean_name(row.path)
    return [when, key, row.headline, ", ".join(row.categories), row.source or "", row.language or "", path]


def list_line(row: HeadlineRow, width: int | None) -> str:
    """A line for a person: date, marks, category, headline, source, a draft called one; cut to `width` cells where there is one."""
    when = row.published.written[:16].replace("T", " ") if row.published else "undated"
    marks = ("·" if row.mark.is_read else "●") + ("★" if row.mark.is_starred else " ")
    category = clean_line(row.categories[0]) if row.categories else ""
    headline = ("draft: " if row.is_draft else "") + clean_line(row.headline)
    source = f"  ({clean_line(row.source)})" if row.source else ""
    return cut(f"{when:<16} {marks} {category:<12.12} {headline}{source}", width)


def problem_line(problem: Problem) -> str:
    """`path:line: what (effect)`."""
    line = f":{problem.line}" if problem.line else ""
    return f"{clean_name(problem.path)}{line}: {clean_line(f'{problem.what} ({problem.effect})')}"


def cut(line: str, width: int | None) -> str:
    """At most `width` terminal cells of `line`, an ellipsis where something is missing."""
    if width is None or len(line) * 2 <= width:
        return line
    from rich.cells import cell_len, set_cell_size

    return line if cell_len(line) <= width else set_cell_size(line, width - 1).rstrip() + "…"


def pointed(text: str, start: int, end: int) -> str:
    """Two lines: the part of `text` around a span, and marks below the span."""
    from rich.cells import cell_len

    first, last = max(start - _AROUND, 0), min(end, start + _AROUND)
    before = ("…" if first else "") + clean_blanks(text[first:start])
    spanned, after = clean_blanks(text[start:last]), clean_blanks(text[last : last + _AROUND])
    more = "…" if last + _AROUND < len(text) else ""
    return f"  {before}{spanned}{after}{more}\n  {' ' * cell_len(before)}{'^' * max(1, cell_len(spanned))}"


def terminal_width() -> int | None:
    """The width to cut lines for people at; None when nobody looks."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def say(message: str) -> None:
    """Tells a person something, on stderr, if that is open."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(clean(message), file=sys.stderr)


def emit(line: str) -> None:
    """Writes one line of the answer. Bytes, because an answer is UTF-8 whatever the locale says."""
    with answering():
        sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")


def finish() -> None:
    """Sees to it that all of the answer is written. Raises OutputError where it can't be."""
    if sys.stdout is not None:
        with answering():
            sys.stdout.flush()


@contextmanager
def answering() -> Iterator[None]:
    """What writes the answer: raises OutputError where that can't be, BrokenPipeError where nobody wants more of it."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"the answer can't be written: {error.strerror or error}") from error
