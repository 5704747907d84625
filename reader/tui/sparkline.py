"""The timeline of the answer on one line, which can stay on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.query.periods import Histogram, squeezed
from reader.tui.bars import row_of_bars, strokes


class Sparkline(Widget):
    """First day, a cell for each period, last day, and the peak."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"sparkline--bars", "sparkline--words"}  # noqa: RUF012  # as Textual declares it
    DEFAULT_CSS = """
    Sparkline { height: 1; }
    """

    @dataclass
    class Counted(Message):
        """The answer is counted."""

        histogram: Histogram

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._strokes = strokes(ascii_only=ascii_only)
        self._histogram: Histogram | None = None
        """None until the answer is counted."""

    def on_sparkline_counted(self, event: Counted) -> None:
        """Shows another answer."""
        event.stop()
        self._histogram = event.histogram
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line, its words given up one after the other where there is no room for them."""
        words = self.get_component_rich_style("sparkline--words")
        bars = self.get_component_rich_style("sparkline--bars")
        before, drawn, behind = self._told(self.size.width)
        return Strip([Segment(before, words), Segment(drawn, bars), Segment(behind, words)]).adjust_cell_length(self.size.width, words)

    def _told(self, width: int) -> tuple[str, str, str]:
        found = self._histogram
        if found is None:
            return "", "", ""
        if not found.counts:
            return " no dates" if found.left_out else " no stories", "", ""
        first, last = found.period(0), found.period(len(found.counts) - 1)
        peak = f"peak {found.period(found.peak).label} ({found.counts[found.peak]:,})"
        before, behind = f" {first.mark} ", f" {last.mark}"
        if cell_len(before + behind + peak) + 3 + len(found.counts) <= width:
            behind += f"   {peak}"
        return before, row_of_bars(squeezed(found.counts, max(width - len(before + behind), 1)), self._strokes), behind
