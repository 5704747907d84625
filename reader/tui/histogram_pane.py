"""A histogram with a cursor on one of its bars: as wide as its bars need, scrolled where they need more."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from reader.query.periods import Histogram
from reader.tui.bars import standing, strokes
from reader.tui.cells import fit_clean
from reader.tui.line_pane import LinePane

_WIDEST_BAR = 6
_GUTTER = 8
"""Cells for the numbers of the axis."""
_AXIS_LINES = 2


class HistogramPane(LinePane, can_focus=False):
    """The bars from the first period to the last, the axis below them."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"histogram-pane--bar", "histogram-pane--chosen", "histogram-pane--axis"}
    DEFAULT_CSS = """
    HistogramPane { scrollbar-size: 0 0; }
    """

    class Clicked(Message):
        """A bar was clicked; the cursor is on it."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._strokes = strokes(ascii_only=ascii_only)
        self._rule, self._corner = ("-", "+") if ascii_only else ("─", "└")
        self.histogram = Histogram("day", 0, ())
        self._most = 0
        """The height of its highest bar: not sought for each bar, of which there may be a hundred thousand."""
        self.cursor = 0
        """The bar that is looked at, counted from 0."""
        self._first = 0
        """The first bar that shows."""

    def show(self, histogram: Histogram, cursor: int) -> None:
        """Shows a histogram, the cursor on one of its bars."""
        self.histogram = histogram
        self._most = max(histogram.counts, default=0)
        self.go(cursor)

    def go(self, bar: int) -> None:
        """Puts the cursor on a bar, or on the nearest end."""
        self.cursor = min(max(bar, 0), max(len(self.histogram.counts) - 1, 0))
        room = self._room
        last_first = max(len(self.histogram.counts) - room, 0)
        self._first = min(max(self._first, self.cursor - room + 1), self.cursor, last_first)
        self.refresh()

    @property
    def bars_that_fit(self) -> int:
        """How many bars of one cell there is room for."""
        return max(self.size.width - _GUTTER - 1, 1)

    @property
    def _cells(self) -> int:
        """The cells of one bar, the gap behind it included."""
        return min(max(self.bars_that_fit // max(len(self.histogram.counts), 1), 1), _WIDEST_BAR)

    @property
    def _room(self) -> int:
        """How many bars show at a time."""
        return max(self.bars_that_fit // self._cells, 1)

    def on_resize(self) -> None:
        """Keeps the cursor in sight."""
        self.virtual_size = Size(*self.size)
        self.go(self.cursor)

    def on_click(self, event: Click) -> None:
        """Puts the cursor on the bar under the pointer, and says so."""
        at = self._first + (event.x - _GUTTER) // self._cells
        if event.x >= _GUTTER and at < len(self.histogram.counts):
            self.go(at)
            self.post_message(self.Clicked())

    def line(self, y: int) -> Strip:
        """One line of the bars or of the axis."""
        width, height = self.size
        rows = height - _AXIS_LINES
        axis = self.get_component_rich_style("histogram-pane--axis")
        if y < rows:
            segments = [Segment(self._scale(y, rows), axis), *self._bars(y, rows)]
        elif y == rows:
            segments = [Segment(f"{'0 ':>{_GUTTER - 1}}{self._corner}{self._rule * (self._shown * self._cells)}", axis)]
        else:
            segments = [Segment(" " * _GUTTER + fit_clean(self._marks(), max(width - _GUTTER, 0)), axis)]
        return Strip(segments).adjust_cell_length(width, self.plain)

    @property
    def _shown(self) -> int:
        return min(len(self.histogram.counts) - self._first, self._room)

    def _scale(self, y: int, rows: int) -> str:
        """The number at the left: the highest at the top, its half at half height where that is whole."""
        if y == 0 and self._most:
            return f"{self._most:>{_GUTTER - 2},}  "
        if rows >= 6 and y * 2 == rows and self._most >= 10 and self._most % 2 == 0:
            return f"{self._most // 2:>{_GUTTER - 2},}  "
        return " " * _GUTTER

    def _bars(self, y: int, rows: int) -> list[Segment]:
        plain = self.get_component_rich_style("histogram-pane--bar")
        chosen = self.get_component_rich_style("histogram-pane--chosen")
        cells, gap = (self._cells - 1, " ") if self._cells > 1 else (1, "")
        segments: list[Segment] = []
        for at in range(self._first, self._first + self._shown):
            character = standing(self.histogram.counts[at], self._most, rows, self._strokes)[y]
            segments.append(Segment(character * cells + gap, self._style(chosen if at == self.cursor else plain)))
        return segments

    def _style(self, style: Style) -> Style:
        return self.plain + style

    def _marks(self) -> str:
        """The names of periods under the bars that begin them, as many as stand apart."""
        marks = ""
        for at in range(self._first, self._first + self._shown):
            column = (at - self._first) * self._cells
            mark = self.histogram.period(at).mark
            if column >= len(marks) + (2 if marks else 0) and column + len(mark) <= self._shown * self._cells + len(mark) // 2:
                marks = marks.ljust(column) + mark
        return marks
