"""One headline laid out in cells: which columns fit a width, and what stands in them. No colours, no toolkit.

    marks  time   category  headline                                       source
    ●★     03:40  World     China’s premier vows support for Myanmar…      bangkokpost.com

Whatever the text, the pieces of a row fill its width exactly: wide characters, emoji and accents are measured as the terminal
shows them, text from the article is clean, and right-to-left text can't carry its neighbours along.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from reader.model import HeadlineRow
from reader.tui.cells import fit, fit_clean

Part = Literal["mark", "star", "time", "category", "draft", "problem", "headline", "source", "missing"]
"""What a piece of a row is; the style sheet says what it looks like."""


class Piece(NamedTuple):
    """Some cells of a row."""

    text: str
    part: Part


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The marks of a list; each but the ellipsis is one cell."""

    unread: str
    skipped: str
    starred: str
    problem: str
    ellipsis: str
    thumb: str


UNICODE = Glyphs(unread="●", skipped="✗", starred="★", problem="!", ellipsis="…", thumb="▐")
ASCII = Glyphs(unread="o", skipped="x", starred="*", problem="!", ellipsis="..", thumb="|")

_MARKS = 3
_TIME = 5
_DATE = 10


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells that each column has, the blanks behind it included; 0 for a column left out."""

    width: int
    when: int
    is_dated: bool
    """Whether `when` holds the date, for lists without day headings, rather than the time."""
    category: int
    headline: int
    source: int


@lru_cache(maxsize=64)
def columns(width: int, *, is_dated: bool = False) -> Columns:
    """The columns that fit `width` cells. The headline comes first: the others appear as there is room for them."""
    when = _DATE + 1 if is_dated and width >= 44 else _TIME + 1 if not is_dated and width >= 34 else 0
    category = min(max(width // 8, 8), 14) + 1 if width >= 48 else 0
    source = min(max(width // 6, 12), 24) + 2 if width >= 80 else 0
    return Columns(width, when, is_dated, category, width - _MARKS - when - category - source, source)


def lay_out(row: HeadlineRow, within: Columns, glyphs: Glyphs = UNICODE) -> tuple[Piece, ...]:
    """The pieces of one row from left to right, `within.width` cells together."""
    if within.width < _MARKS + 4:
        return (Piece(fit(row.headline, within.width, glyphs.ellipsis), "headline"),)
    pieces = [Piece(_read_mark(row, glyphs), "mark"), Piece(f"{glyphs.starred if row.mark.is_starred else ' '} ", "star")]
    if within.when:
        pieces.append(Piece(fit(_when(row, within), within.when), "time"))
    if within.category:
        pieces.append(Piece(fit(", ".join(row.categories), within.category - 1, glyphs.ellipsis) + " ", "category"))
    flags = _flags(row, within.headline, glyphs)
    taken = sum(len(flag.text) for flag in flags)
    pieces += [*flags, Piece(fit(row.headline, within.headline - taken, glyphs.ellipsis), "headline")]
    if within.source:
        pieces.append(Piece("  " + fit(row.source or "", within.source - 2, glyphs.ellipsis, is_flush_right=True), "source"))
    return tuple(pieces)


def lay_out_missing(within: Columns) -> tuple[Piece, ...]:
    """The row of an article that has just gone."""
    indent = " " * (_MARKS + within.when + within.category)
    return (Piece(fit_clean(f"{indent}(no longer here)", within.width), "missing"),)


def _read_mark(row: HeadlineRow, glyphs: Glyphs) -> str:
    if row.mark.is_skipped:
        return glyphs.skipped
    return " " if row.mark.is_read else glyphs.unread


def _when(row: HeadlineRow, within: Columns) -> str:
    """The time, or the date, as the article writes it."""
    published = row.published
    if published is None:
        return ""
    if within.is_dated:
        return published.day.isoformat()
    return published.written[11:16] if published.has_time else ""


def _flags(row: HeadlineRow, room: int, glyphs: Glyphs) -> list[Piece]:
    """What must be said before the headline, as far as it leaves most of the room to it."""
    flags = [Piece(f"{glyphs.problem} ", "problem")] if row.has_problem and room >= 12 else []
    if row.is_draft and room >= 24:
        flags.append(Piece("draft ", "draft"))
    return flags
