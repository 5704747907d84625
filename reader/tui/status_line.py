"""One line that says what just happened, in the place of the keys, until there is nothing to say any more."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from reader.clean import clean_line
from reader.tui.cells import fit

_SECONDS = 5.0
_FOLDERS = re.compile(r"(?<!\S)(?:/[^\s/]+)+/(?=[^\s/])")
"""The folders of a path: what a line has no room for before it cuts what was said of the file."""


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

    aside: reactive[str] = reactive("")
    """What stands at the right end, as far as there is room for it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.said = ""
        """What was said last, while it holds."""
        self.progress = ""
        """How far a long job is: shown while nothing else is said."""
        self._link: str | None = None
        self._timer: Timer | None = None

    def say(self, words: str, *, seconds: float | None = _SECONDS, is_wrong: bool = False, link: str | None = None) -> None:
        """Shows `words` for so many seconds, or until something else is said or `clear` is called.

        `link`, an address that `safe_url` has passed, is where a click in the terminal leads (OSC 8).
        """
        if self._timer is not None:
            self._timer.stop()
        self.said = clean_line(words)
        self._link = link
        self.set_class(is_wrong, "-wrong")
        self._timer = self.set_timer(seconds, self.clear) if seconds is not None else None
        self._show()

    def tell_progress(self, words: str) -> None:
        """Shows how far a long job is; nothing once it is done."""
        self.progress = clean_line(words)
        self._show()

    def clear(self) -> None:
        """Gives the line back to the job that runs, or to the keys."""
        self.said = ""
        self._link = None
        self.remove_class("-wrong")
        self._show()

    def _show(self) -> None:
        self.display = bool(self.said or self.progress)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line, cut to fit."""
        style = self.rich_style.update_link(self._link) if self._link else self.rich_style
        width, words = self.size.width, f" {self.said or self.progress}"
        if cell_len(words) > width:
            words = _FOLDERS.sub("…/", words)
        aside = f" {self.aside} " if self.aside and cell_len(words) + cell_len(self.aside) + 2 <= width else ""
        return Strip([Segment(fit(words, width - cell_len(aside)), style), Segment(aside, self.rich_style)], width)
