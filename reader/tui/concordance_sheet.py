"""Words in context: the answer as lines of what was sought, one hit below the other, so that the eye runs down them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import on
from textual.message import Message

from reader.clean import clean_line
from reader.model import ArticleId
from reader.query.contexts import Context
from reader.tui.cells import fit_clean
from reader.tui.picker import Entry, Picker, Piece, note
from reader.tui.sheet import Sheet

_DATE = 11
_WIDE = 64
"""Cells from which there is room for the date."""
_AHEAD = 300
"""Hits that are read beyond the cursor."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A hit and the story that it stands in."""

    article: ArticleId
    day: str
    """ISO 8601, or nothing."""
    context: Context


class ConcordanceSheet(Sheet[ArticleId]):
    """The hits of the answer, in its order, the word sought in one column; more of it is read as the cursor comes near its end."""

    DEFAULT_CSS = """
    ConcordanceSheet .sheet { max-width: 100%; max-height: 100%; }
    """

    @dataclass
    class Quoted(Message):
        """More hits are known."""

        quotes: tuple[Quote, ...]
        title: str
        is_done: bool

    def __init__(
        self, title: str, read_on: Callable[[], object], open_story: Callable[[ArticleId], object], *, ascii_only: bool = False
    ) -> None:
        """`read_on` has some more stories read, which is answered with `Quoted`."""
        super().__init__(title, "Enter open  Esc back", ascii_only=ascii_only)
        self._read_on = read_on
        self._open_story = open_story
        self._entries: list[Entry[ArticleId]] = []
        self._is_reading = False
        self._is_done = False

    def on_mount(self) -> None:
        """Shows that reading has begun."""
        self.picker.show([note(" reading…")])
        self.is_filled = False
        self._read_ahead()

    def _read_ahead(self) -> None:
        """Has more read where little is left below the cursor."""
        if not self._is_reading and not self._is_done and len(self._entries) < self.picker.cursor + _AHEAD:
            self._is_reading = True
            self._read_on()

    @on(Picker.Moved)
    def _moved(self) -> None:
        self._read_ahead()

    @on(Quoted)
    def _quoted(self, event: Quoted) -> None:
        event.stop()
        self._is_reading, self._is_done = False, event.is_done
        self._entries += [Entry(_drawn(quote), quote.article) for quote in event.quotes]
        self.entitle(event.title)
        waiting = " the words stand in no text here" if event.is_done else " reading…"
        self.picker.show(self._entries or [note(waiting)], self.picker.cursor)
        self._read_ahead()
        if self._entries or self._is_done:
            self.filled()

    def choose(self, value: ArticleId) -> None:
        """Opens the story."""
        self._open_story(value)


def _drawn(quote: Quote) -> Callable[[int], Sequence[Piece]]:
    before, hit, behind = (_cleaned(part) for part in (quote.context.before, quote.context.hit, quote.context.behind))

    def draw(width: int) -> Sequence[Piece]:
        date: list[Piece] = [(f" {quote.day:<{_DATE - 1}}", "count")] if width >= _WIDE else []
        room = width - (_DATE if date else 0)
        left = room * 2 // 5
        right = max(room - left - cell_len(hit), 0)
        return [*date, (" " + _tail(before, left - 1), "note"), (hit, "hit"), (fit_clean(behind, right), "name")]

    return draw


def _tail(text: str, width: int) -> str:
    """The end of a text on exactly so many cells."""
    while cell_len(text) > width:
        text = text[max((cell_len(text) - width) // 2, 1) :]
    return " " * (width - cell_len(text)) + text


def _cleaned(text: str) -> str:
    """Clean, the blanks at its ends kept: they part the hit from its neighbours."""
    return clean_line(f"|{text}|")[1:-1]
