"""One line that says what just happened, in the place of the keys, until there is nothing to say any more."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from reader.clean import clean_line
from reader.tui.cells import fit

_SECONDS = 5.0


class StatusLine(Widget):
    """What was done, what went wrong, how far indexing is."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    StatusLine {
        dock: bottom;
        height: 1;
        display: none;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.said = ""
        """What is on the line; empty when the keys are."""
        self._timer: Timer | None = None

    def say(self, words: str, *, seconds: float | None = _SECONDS, is_wrong: bool = False) -> None:
        """Shows `words` for so many seconds, or until something else is said or `clear` is called."""
        if self._timer is not None:
            self._timer.stop()
        self.said = clean_line(words)
        self.set_class(is_wrong, "-wrong")
        self.display = True
        self.refresh()
        self._timer = self.set_timer(seconds, self.clear) if seconds is not None else None

    def clear(self) -> None:
        """Gives the line back to the keys."""
        self.said = ""
        self.display = False

    def render_line(self, y: int) -> Strip:
        return Strip([Segment(fit(f" {self.said}", self.size.width), self.rich_style)], self.size.width)
