"""A list to choose from: lines drawn only where they show, a cursor that rests on those that mean something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, Literal, Protocol, TypeVar

from rich.segment import Segment
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from reader.tui.cells import fit_clean
from reader.tui.line_pane import LinePane
from reader.tui.segments import joined
from reader.tui.thumb import thumb

Part = Literal["heading", "name", "count", "bar", "note", "hit", "mark"]
"""What a piece of a line is; the style sheet says what it looks like."""
Piece = tuple[str, Part]
Value = TypeVar("Value")

_SCROLL_LINES = 3


@dataclass(frozen=True, slots=True)
class Entry(Generic[Value]):
    """One line."""

    draw: Callable[[int], Sequence[Piece]]
    """The pieces of the line, clean, for so many cells; cut or filled up to fit."""
    value: Value | None = None
    """What choosing it gives; None for a line that is only read."""


def heading(words: str) -> Entry[Value]:
    """A line that names those below it."""
    return Entry(lambda width: [(fit_clean(words, width), "heading")])


def note(words: str) -> Entry[Value]:
    """A quiet line that can't be chosen."""
    return Entry(lambda width: [(fit_clean(words, width), "note")])


class Entries(Protocol[Value]):
    """Entries that may be made only where they are looked at: thousands of names made at once are felt."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Entry[Value]: ...


class Picker(LinePane, Generic[Value], can_focus=False):
    """Entries from the first to the last, however many."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"picker--{part}" for part in ("heading", "name", "count", "bar", "note", "hit", "mark")),
        "picker--cursor",
        "picker--thumb",
    }
    DEFAULT_CSS = """
    Picker {
        scrollbar-size: 0 0;
        & > .picker--heading { text-style: bold; }
        & > .picker--cursor { text-style: reverse; }
    }
    """

    class Clicked(Message):
        """An entry was clicked; the cursor is on it."""

    class Moved(Message):
        """The cursor is on another entry."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._thumb = "|" if ascii_only else "▐"
        self._entries: Entries[Value] = ()
        self.cursor = 0
        """The line that the cursor is on."""

    @property
    def chosen(self) -> Value | None:
        """What the cursor is on."""
        return self._entries[self.cursor].value if self.cursor < len(self._entries) else None

    def show(self, entries: Entries[Value], cursor: int = 0) -> None:
        """Shows these entries, the cursor on a line or on the first below it that can be chosen."""
        self._entries = entries
        self.virtual_size = Size(self.size.width, len(entries))
        self.cursor = self._nearest(min(cursor, max(len(entries) - 1, 0)), 1)
        self._reveal()
        self.refresh()

    def move(self, step: int) -> None:
        """Moves the cursor by so many entries that can be chosen."""
        for _ in range(abs(step)):
            at = self._nearest(self.cursor + (1 if step > 0 else -1), 1 if step > 0 else -1)
            if at == self.cursor:
                break
            self.cursor = at
        self._moved()

    def page(self, pages: int) -> None:
        """Moves the cursor by so many screens."""
        self.go(self.cursor + pages * max(self.size.height - 1, 1))

    def go(self, line: int) -> None:
        """Puts the cursor on a line, or on the nearest that can be chosen."""
        at = min(max(line, 0), max(len(self._entries) - 1, 0))
        self.cursor = self._nearest(at, 1 if at >= self.cursor else -1)
        self._moved()

    def go_last(self) -> None:
        """Puts the cursor on the last entry."""
        self.go(len(self._entries) - 1)

    def _moved(self) -> None:
        self._reveal()
        self.refresh()
        self.post_message(self.Moved())

    def _nearest(self, line: int, step: int) -> int:
        """The line itself where it can be chosen, else the next that way, else the next the other way, else where the cursor is."""
        for way in (step, -step):
            at = line
            while 0 <= at < len(self._entries):
                if self._entries[at].value is not None:
                    return at
                at += way
        return self.cursor if self.cursor < len(self._entries) else 0

    def _reveal(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if self.cursor < top or height == 0:
            # The headings above the first entry belong to it.
            is_first = all(self._entries[at].value is None for at in range(self.cursor))
            self.scroll_to(y=0 if is_first else self.cursor, animate=False)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def on_resize(self) -> None:
        """Keeps the cursor in sight."""
        self.virtual_size = Size(self.size.width, len(self._entries))
        self._reveal()

    def on_click(self, event: Click) -> None:
        """Puts the cursor where the pointer is, and says so."""
        at = event.y + self.scroll_offset.y
        if at < len(self._entries) and self._entries[at].value is not None:
            self.go(at)
            self.post_message(self.Clicked())

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scrolls as the wheel does."""
        event.stop()
        self.go(self.cursor + _SCROLL_LINES)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scrolls as the wheel does."""
        event.stop()
        self.go(self.cursor - _SCROLL_LINES)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Paints what has come into sight."""
        super().watch_scroll_y(old_value, new_value)
        self.refresh()

    def line(self, y: int) -> Strip:
        """One line of the list."""
        width, height = self.size
        at = y + self.scroll_offset.y
        if at >= len(self._entries):
            return Strip.blank(width, self.plain)
        shown = thumb(self.scroll_offset.y, height, len(self._entries))
        room = width - (1 if shown else 0)
        pieces = self._entries[at].draw(room)
        if at == self.cursor and self._entries[at].value is not None:
            style = self.get_component_rich_style("picker--cursor")
            segments = [Segment(fit_clean("".join(text for text, _ in pieces), room), style)]
        else:
            segments = joined((text, self.get_component_rich_style(f"picker--{part}")) for text, part in pieces)
        strip = Strip(segments).adjust_cell_length(room, self.plain)
        if not shown:
            return strip
        style = self.get_component_rich_style("picker--thumb")
        return Strip.join([strip, Strip([Segment(self._thumb if y in shown else " ", style)], 1)])
