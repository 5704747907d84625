"""One headline laid out in cells: which columns fit a width, and what stands in them. No colours, no toolkit.

    marks  time   category  headline                                       source
    ●★◆    03:40  World     ✎ #later China’s premier vows support for…     bangkokpost.com
                            …the premier vowed support for the border towns

Whatever the text, the pieces of a row fill its width exactly: wide characters, emoji and accents are measured as the terminal
shows them, text from the article is clean, and right-to-left text can't carry its neighbours along.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from rich.cells import cell_len

from reader.clean import clean_line
from reader.model import HeadlineRow
from reader.settings.table import DEFAULT_COLUMNS
from reader.tui.cells import fit, fit_clean
from reader.tui.day_lines import name_of_day
from reader.tui.tag_colours import TagRole, role_of

Part = (
    Literal["mark", "star", "select", "time", "category", "draft", "problem", "note", "queued", "new", "watched", "headline", "source"]
    | Literal["missing", "rule", "snippet", "hit"]
    | TagRole
)
"""What a piece of a row is; the style sheet says what it looks like."""


class Piece(NamedTuple):
    """Some cells of a row."""

    text: str
    part: Part


class Heading(NamedTuple):
    """Some cells of the line above the rows of one day."""

    text: str
    part: Literal["day", "day-count"]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The marks of a list; each but the ellipsis is one cell."""

    unread: str
    skipped: str
    starred: str
    selected: str
    problem: str
    noted: str
    queued: str
    watched: str
    ellipsis: str
    thumb: str


UNICODE = Glyphs(
    unread="●", skipped="✗", starred="★", selected="◆", problem="!", noted="✎", queued="≡", watched="◉", ellipsis="…", thumb="▐"
)  # fmt: skip
ASCII = Glyphs(
    unread="o", skipped="x", starred="*", selected="+", problem="!", noted="n", queued="q", watched="@", ellipsis="..", thumb="|"
)  # fmt: skip

_ISOLATE = "\u2068"
"""What a text with right-to-left letters in it begins with."""
_DASHES = 4
"""Before what a rule says, where there is room for them."""
_MARKS = 4
_ROOM_FOR_TAGS = 30
"""Cells of the headline from which on a third of them may be tags."""
_TIME = 5
_DATE = 10

_Cells = Callable[[int, bool], int]
"""The cells that a column is given in a list of this width, with dates or times; 0 where there is no room for it."""


def _from(least: int, cells: Callable[[int], int]) -> _Cells:
    """A column of so many cells in lists of at least this width."""
    return lambda width, _: cells(width) if width >= least else 0


_CELLS: Mapping[str, _Cells] = {
    "marks": lambda width, is_dated: _MARKS - 1,
    "time": lambda width, is_dated: (_DATE if width >= 44 else 0) if is_dated else (_TIME if width >= 34 else 0),
    "category": _from(48, lambda width: min(max(width // 8, 8), 14)),
    "headline": lambda width, is_dated: 0,
    "source": _from(80, lambda width: min(max(width // 6, 12), 24)),
    "author": _from(80, lambda width: min(max(width // 6, 12), 24)),
    "tags": _from(60, lambda width: min(max(width // 8, 8), 16)),
    "language": _from(50, lambda width: 3),
    "words": _from(60, lambda width: 6),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a list and their cells, the blanks between them included."""

    width: int
    cells: tuple[tuple[str, int], ...]
    """Name and cells of each column from left to right; those that there is no room for are left out."""
    is_dated: bool
    """Whether the time is a date, for lists without day headings."""

    @property
    def before(self) -> int:
        """The cells before the headline."""
        names = [name for name, _ in self.cells]
        return sum(cells for _, cells in self.cells[: names.index("headline")])


@lru_cache(maxsize=64)
def columns(width: int, *, is_dated: bool = False, order: tuple[str, ...] = DEFAULT_COLUMNS) -> Columns:
    """The columns that fit `width` cells. The headline comes first: the others appear as there is room for them."""
    at = order.index("headline")
    least = max(20, width // 3)
    shown: dict[str, int] = {}
    # Marks first: they are never left out, so the others must leave them room wherever they stand.
    for number, name in sorted(enumerate(order), key=lambda column: column[1] != "marks"):
        cells = _CELLS[name](width, is_dated)
        # A column before the headline is followed by one blank, one behind it stands two blanks off.
        needed = cells + (1 if number < at else 2)
        if cells and (name == "marks" or sum(shown.values()) + needed + least <= width):
            shown[name] = needed
    shown["headline"] = width - sum(shown.values())
    return Columns(width, tuple((name, shown[name]) for name in order if name in shown), is_dated)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a row is in its list, whatever its article says."""

    is_selected: bool = False
    is_new: bool = False
    """Whether it must be said that it came since the last visit."""
    is_watched: bool = False
    """Whether it came while the reader was open, and fits what is watched."""


_PLAIN = Standing()


def lay_out(row: HeadlineRow, within: Columns, glyphs: Glyphs = UNICODE, standing: Standing = _PLAIN) -> tuple[Piece, ...]:
    """The pieces of one row from left to right, `within.width` cells together."""
    if within.width < _MARKS + 4:
        return (Piece(fit(row.headline, within.width, glyphs.ellipsis), "headline"),)
    pieces: list[Piece] = []
    is_behind = False
    for name, cells in within.cells:
        if name == "headline":
            pieces += _headline(row, cells, within, glyphs, standing)
            is_behind = True
        elif name == "marks":
            pieces += _marks(row, cells, glyphs, is_selected=standing.is_selected)
        else:
            is_last = is_behind and name == within.cells[-1][0]
            pieces.append(_label(row, name, cells, within, glyphs, is_behind=is_behind, is_last=is_last))
    return tuple(pieces)


def lay_out_day(ordinal: int, rows: int, width: int, glyphs: Glyphs = UNICODE, *, has_count: bool) -> tuple[Heading, ...]:
    """A day's heading: its name and, where that is known and there is room, how many rows stand beneath it."""
    name = name_of_day(ordinal, short=width < 32)
    count = f"{rows:,} " if has_count else ""
    if width - len(count) < len(name) + 2:
        count = ""
    return Heading(fit_clean(f" {name}", width - len(count), glyphs.ellipsis), "day"), Heading(count, "day-count")


def weight_of(row: HeadlineRow) -> Literal["headline", "unread", "skipped"]:
    """What the headline of a row looks like."""
    if row.mark.is_skipped:
        return "skipped"
    return "headline" if row.mark.is_read else "unread"


def lay_out_missing(within: Columns) -> tuple[Piece, ...]:
    """The row of an article that has just gone."""
    return (Piece(fit_clean(" " * within.before + "(no longer here)", within.width), "missing"),)


def blank(within: Columns) -> tuple[Piece, ...]:
    """A line beneath a headline that says nothing."""
    return (Piece(" " * within.width, "snippet"),)


def lay_out_rule(words: str, width: int, glyphs: Glyphs = UNICODE) -> Piece:
    """The line between what is new and what was there: `──── words ────`."""
    words = clean_line(words)
    said = fit_clean(words, min(len(words), max(width - 4, 1)), glyphs.ellipsis)
    dashes = "─" * min(max((width - len(said) - 2) // 2, 1), _DASHES)
    return Piece(fit_clean(f"{dashes} {said} ".ljust(width, "─"), width), "rule")


def lay_out_snippet(text: str, hits: Sequence[tuple[int, int]], within: Columns, glyphs: Glyphs = UNICODE) -> tuple[Piece, ...]:
    """The line beneath a headline: a sentence, beginning where it does, with its hits: `(start, end)` in order."""
    shown = fit(text, within.width - within.before, glyphs.ellipsis)
    shift = shown.startswith(_ISOLATE)
    # What was cut off, or made harmless, is no hit any more.
    kept = next((at for at, (was, now) in enumerate(zip(text, shown[shift:], strict=False)) if was != now), len(text))
    pieces = [Piece(" " * within.before, "snippet")]
    at = 0
    for start, end in hits:
        if end <= kept:
            pieces += [Piece(shown[at : start + shift], "snippet"), Piece(shown[start + shift : end + shift], "hit")]
            at = end + shift
    return (*pieces, Piece(shown[at:], "snippet"))


def _headline(row: HeadlineRow, cells: int, within: Columns, glyphs: Glyphs, standing: Standing) -> list[Piece]:
    flags = _flags(row, cells, glyphs, standing)
    if cells >= _ROOM_FOR_TAGS and not any(name == "tags" for name, _ in within.cells):
        flags += _tags(row, cells // 3)
    return [*flags, Piece(fit(row.headline, cells - sum(cell_len(flag.text) for flag in flags), glyphs.ellipsis), "headline")]


def _marks(row: HeadlineRow, cells: int, glyphs: Glyphs, *, is_selected: bool) -> list[Piece]:
    """Whether it is read, starred and selected; a blank behind, or two before where they stand behind the headline."""
    read, star, select = _read_mark(row, glyphs), glyphs.starred if row.mark.is_starred else " ", glyphs.selected if is_selected else " "
    if cells == _MARKS:
        return [Piece(read, "mark"), Piece(star, "star"), Piece(f"{select} ", "select")]
    return [Piece(f"  {read}", "mark"), Piece(star, "star"), Piece(select, "select")]


def _label(row: HeadlineRow, name: str, cells: int, within: Columns, glyphs: Glyphs, *, is_behind: bool, is_last: bool) -> Piece:
    """A column that is one text; the last one behind the headline ends at the edge."""
    text, part = _text(row, name, within), _PARTS[name]
    if is_behind:
        return Piece("  " + fit(text, cells - 2, glyphs.ellipsis, is_flush_right=is_last), part)
    return Piece(fit(text, cells - 1, glyphs.ellipsis) + " ", part)


_PARTS: Mapping[str, Part] = {
    "time": "time", "category": "category", "source": "source", "author": "source", "tags": "category", "language": "time", "words": "time",
}  # fmt: skip
"""What each column looks like."""


def _text(row: HeadlineRow, name: str, within: Columns) -> str:
    match name:
        case "time":
            return _when(row, within)
        case "category":
            return ", ".join(row.categories)
        case "author":
            return row.byline or ""
        case "tags":
            return " ".join(row.mark.tags)
        case "language":
            return row.language or ""
        case "words":
            return f"{row.words:>6,}"
        case _:
            return row.source or ""


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


def _flags(row: HeadlineRow, room: int, glyphs: Glyphs, standing: Standing) -> list[Piece]:
    """What must be said before the headline, as far as it leaves most of the room to it."""
    flags = [Piece(f"{glyphs.watched} ", "watched")] if standing.is_watched and room >= 8 else []
    if standing.is_new and room >= 24:
        flags.append(Piece("new ", "new"))
    if row.has_problem and room >= 12:
        flags.append(Piece(f"{glyphs.problem} ", "problem"))
    if row.is_draft and room >= 24:
        flags.append(Piece("draft ", "draft"))
    if row.mark.note and room >= 12:
        flags.append(Piece(f"{glyphs.noted} ", "note"))
    if row.mark.is_queued and room >= 12:
        flags.append(Piece(f"{glyphs.queued} ", "queued"))
    return flags


def _tags(row: HeadlineRow, room: int) -> list[Piece]:
    """The reader's own tags, as many as fit."""
    tags: list[Piece] = []
    for tag in row.mark.tags:
        piece = Piece(f"#{clean_line(tag)} ", role_of(tag))
        room -= cell_len(piece.text)
        if room < 0:
            break
        tags.append(piece)
    return tags
