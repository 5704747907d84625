"""The first headlines, painted before the toolkit that paints everything else is loaded: that takes longer than all they need.

    last look ──┐
    index ──────┴▶ first light ── Thrift ──▶ terminal
                                     └─ handed on to the driver, which then sends no cell again that shows what it should

What the list looked like, and where it stood, is remembered from the last time on a terminal of this kind and size. Where
nothing is remembered, or the list would begin in another way, the screen comes up as a whole, a little later. Imports no Textual.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

from reader import __version__
from reader.errors import ReaderError
from reader.library import Library
from reader.model import ArticleId, HeadlineRow
from reader.query.compile import reads_texts
from reader.query.refine import settled
from reader.query.saved import expand
from reader.settings import Settings
from reader.tui import headline_rows
from reader.tui.ascii_signs import ASCII_SIGNS, lacks_unicode
from reader.tui.day_lines import DayLines
from reader.tui.pen import erases
from reader.tui.place import Kept, parse_place
from reader.tui.thrift import Thrift
from reader.tui.thumb import thumb

_FILE = "look.json"
_DEPENDS_ON = ("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "TMUX", "LANG", "LC_ALL", "LC_CTYPE")
"""What of the environment changes how the list looks."""
_MOST_CELLS = 10_000
_NOW = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]


@dataclass(frozen=True, slots=True)
class LastLook:
    """Where the list stood, in cells, and what its parts looked like."""

    where: str
    """The kind and the size of the terminal, and the settings, that all this holds for."""
    left: int
    top: int
    width: int
    height: int
    parts: Mapping[str, str]
    """By part, as SGR writes it, without the letter; `blank` is the list where nothing stands."""


def whereabouts(settings: Settings, layout: str) -> str:
    """What a look holds for. Raises OSError where there is no terminal."""
    size = os.get_terminal_size(sys.__stderr__.fileno() if sys.__stderr__ else 2)
    marks = [os.environ.get(name, "") for name in _DEPENDS_ON]
    kept = (settings.theme, settings.ascii, settings.low_bandwidth, settings.columns, layout)
    return json.dumps([__version__, size.columns, size.lines, *map(str, kept), *marks])


def last_look(folder: Path) -> LastLook | None:
    """The look that was remembered; None where there is none that can be read."""
    try:
        found: Any = json.loads((folder / _FILE).read_text("utf-8"))
        look = LastLook(**found)
        are_cells = all(isinstance(cells, int) and 0 <= cells < _MOST_CELLS for cells in (look.left, look.top, look.width, look.height))
        return look if are_cells and all(isinstance(value, str) for value in look.parts.values()) else None
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return None


def remember(folder: Path, look: LastLook) -> None:
    """Keeps the look for the next start. A folder that can't be written to costs only time then."""
    fresh = folder / f"{_FILE}.{os.getpid()}.new"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.write_text(json.dumps(asdict(look)), "utf-8")
        fresh.replace(folder / _FILE)


class FirstLight:
    """A terminal that shows the first headlines already, and takes no notice of keys but to keep them."""

    def __init__(self, descriptor: int, thrift: Thrift) -> None:
        self.thrift = thrift
        """What the terminal shows."""
        self.size = os.get_terminal_size(descriptor)
        """Columns and lines."""
        self._descriptor = descriptor
        self.attributes = termios.tcgetattr(descriptor)
        """The terminal's own modes, for its driver to put back in the end."""
        self._is_lit = True

    def begin(self) -> None:
        """Has keys kept as they are typed, unseen, and signals end the program in order."""
        modes = termios.tcgetattr(self._descriptor)
        modes[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        modes[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        termios.tcsetattr(self._descriptor, termios.TCSANOW, modes)
        for number in _NOW:
            signal.signal(number, _leave)

    def send(self, written: str) -> None:
        """Writes to the terminal what it doesn't show already."""
        data = self.thrift.spend(written).encode("utf-8", "replace")
        while data:
            data = data[os.write(self._descriptor, data) :]

    def hand_over(self) -> None:
        """From here on the driver answers for the terminal."""
        self._is_lit = False

    def put_out(self) -> None:
        """Gives the terminal back as it was, unless that is somebody else's by now."""
        if self._is_lit:
            self._is_lit = False
            with suppress(OSError, termios.error):
                self.send("\x1b[0m\x1b[?25h\x1b[?1049l")
                termios.tcsetattr(self._descriptor, termios.TCSANOW, self.attributes)


def first_light(library: Library, settings: Settings, wanted_filter: str, folder: Path) -> FirstLight | None:
    """Shows the first headlines; None, and nothing done, where they can't be known so soon."""
    try:
        if sys.__stderr__ is None or not sys.__stderr__.isatty() or not library.has_index():
            return None
        kept = Kept(wanted_filter) if wanted_filter else parse_place(library.page_marks.place())
        look = last_look(folder)
        where = whereabouts(settings, kept.layout or settings.layout)
        if look is None or look.where != where:
            return None
        lines = list(_lines(library, settings, kept, look))
        if not lines:
            return None
        light = FirstLight(sys.__stderr__.fileno(), Thrift(erases=erases(os.environ)))
    except (ReaderError, OSError, termios.error, LookupError):
        return None
    light.begin()
    try:
        frame = "".join(f"\x1b[{look.top + at + 1};{look.left + 1}H{line}" for at, line in enumerate(lines))
        ground = f"\x1b[0m\x1b[{look.parts['blank']}m" if look.parts["blank"] else ""
        light.send(f"\x1b[?1049h\x1b[?25l{ground}\x1b[2J\x1b[?2026h{frame}\x1b[H\x1b[?2026l")
    except BaseException:
        light.put_out()
        raise
    return light


def _lines(library: Library, settings: Settings, kept: Kept, look: LastLook) -> Iterator[str]:
    """The lines of the list; none where they wouldn't be the ones that it begins with."""
    query = expand(settled(kept.filter), settings.searches)
    if query.sort is not None or reads_texts(query.root):
        return
    clock = library.clock(datetime.now().astimezone())
    ids: Sequence[int] = library.first_window(query, clock, look.height)
    under_cursor = library.ids_of([kept.key]).get(kept.key) if kept.key is not None else ids[0]
    is_complete = len(ids) < look.height
    if under_cursor not in ids and not is_complete:
        ids, is_complete = library.all_ids(query, clock), True
    if under_cursor is None or under_cursor not in ids:
        return
    days = DayLines(ids)
    top = days.top_for(ids.index(under_cursor), look.height)
    ascii_only = lacks_unicode(os.environ) if settings.ascii is None else settings.ascii
    shown = [ids[days.index_at(line)] for line in range(top, min(top + look.height, days.total)) if days.is_row(line)]
    rows = {row.id: row for row in library.rows([ArticleId(each) for each in shown])}
    painter = _Painter(days, ids, rows, settings, look, ascii_only, is_complete)
    covered = thumb(top, look.height, days.total if is_complete else sys.maxsize)
    for y in range(look.height):
        line = painter.line(top + y, is_top=not y, under_cursor=under_cursor, is_thumb=y in covered)
        yield line.translate(ASCII_SIGNS) if ascii_only else line


class _Painter:
    """Paints lines of one list."""

    def __init__(
        self,
        days: DayLines,
        ids: Sequence[int],
        rows: Mapping[ArticleId, HeadlineRow],
        settings: Settings,
        look: LastLook,
        ascii_only: bool,
        is_complete: bool,
    ) -> None:
        self._days = days
        self._ids = ids
        self._rows = rows
        self._parts = look.parts
        self._glyphs = headline_rows.ASCII if ascii_only else headline_rows.UNICODE
        self._within = headline_rows.columns(look.width - 1, order=settings.columns)
        self._is_complete = is_complete

    def line(self, line: int, *, is_top: bool, under_cursor: int, is_thumb: bool) -> str:
        """A line in its colours; the one at the top of the screen always names its day."""
        is_row = line < self._days.total and not is_top and self._days.is_row(line)
        article = self._ids[self._days.index_at(line)] if is_row else None
        painted = "".join(self._sent(text, part, article == under_cursor) for text, part in self._pieces(line, article, is_top))
        return painted + (self._sent(self._glyphs.thumb, "thumb") if is_thumb else self._sent(" ", "blank"))

    def _pieces(self, line: int, article: int | None, is_top: bool) -> Iterator[tuple[str, str]]:
        """What stands in a line, and what each piece is."""
        if line >= self._days.total:
            yield " " * self._within.width, "blank"
        elif article is None:
            is_last = self._days.day_at(line) == self._days.day_at(self._days.total - 1)
            day, width = self._days.day_at(line), self._within.width
            yield from headline_rows.lay_out_day(*day, width, self._glyphs, has_count=self._is_complete or not is_last)
        else:
            row = self._rows[ArticleId(article)]
            for text, part in headline_rows.lay_out(row, self._within, self._glyphs):
                yield text, headline_rows.weight_of(row) if part == "headline" else part

    def _sent(self, text: str, part: str, is_cursor: bool = False) -> str:
        look = self._parts.get(f"cursor-{part}", self._parts["cursor"]) if is_cursor else self._parts[part]
        return f"\x1b[0;{look}m{text}"


def _leave(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number if number == signal.SIGINT else 0)
