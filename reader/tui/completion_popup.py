"""What could come next, in a small list over the page, beneath the word being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.tui.cells import fit, fit_clean

if TYPE_CHECKING:
    from reader.query.complete import Completion, Option

WIDTH = 48
_SHARE = 4
"""The popup takes one in so many lines of the screen: what is being filtered must stay in sight."""
_LEAST_LINES = 3


class CompletionPopup(Widget):
    """The options of one completion; none is chosen until the person moves to it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"completion-popup--chosen", "completion-popup--detail"}
    DEFAULT_CSS = """
    CompletionPopup {
        display: none;
        overlay: screen;
        constrain: inside inflect;
        width: auto;
        height: auto;
        & > .completion-popup--chosen { text-style: reverse; }
    }
    """

    class Clicked(Message):
        """An option was clicked."""

        def __init__(self, option: Option) -> None:
            super().__init__()
            self.option = option

    def __init__(self) -> None:
        super().__init__()
        self.completion: Completion | None = None
        """What is offered; None when nothing is."""
        self._chosen = -1

    @property
    def is_open(self) -> bool:
        """Whether anything is offered."""
        return self.completion is not None

    @property
    def chosen(self) -> Option | None:
        """The option moved to."""
        return self.completion.options[self._chosen] if self.completion and self._chosen >= 0 else None

    def offer(self, completion: Completion) -> None:
        """Offer these options, none of them chosen."""
        lines = self._lines
        self.completion = completion if completion.options else None
        self._chosen = -1
        self.display = self.is_open
        self.refresh(layout=self._lines != lines)

    def close(self) -> None:
        """Offer nothing."""
        self.completion = None
        self._chosen = -1
        self.display = False

    def move(self, options: int) -> None:
        """Choose the option so many further down, or up; above the first none is chosen, below the last it is the last."""
        if self.completion:
            self._chosen = min(max(self._chosen + options, -1), len(self.completion.options) - 1)
            self.refresh()

    def get_content_width(self, container: object, viewport: object) -> int:
        """As wide as it may be: options that change with each letter shall not make it jump."""
        return min(WIDTH, self.app.size.width)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """A line for each option, as far as there is room."""
        return self._lines

    @property
    def _lines(self) -> int:
        room = max(self.app.size.height // _SHARE, _LEAST_LINES)
        return min(room, len(self.completion.options)) if self.completion else 0

    @property
    def _first(self) -> int:
        """The option on the first line."""
        return max(self._chosen - self.size.height + 1, 0)

    def render_line(self, y: int) -> Strip:
        """One option: what it is, and how many articles it would find or what it means."""
        width, at = self.size.width, self._first + y
        if self.completion is None or at >= len(self.completion.options):
            return Strip.blank(width, self.rich_style)
        option = self.completion.options[at]
        is_chosen = at == self._chosen
        style = self.get_component_rich_style("completion-popup--chosen") if is_chosen else self.rich_style
        detail = style if is_chosen else self.get_component_rich_style("completion-popup--detail")
        count = f" {option.count:,} " if option.count is not None else " "
        label_width = max(min(width * 3 // 5, 24), width - len(count) - 8) if option.count is not None else min(20, width // 2)
        help_width = width - 1 - label_width - len(count)
        return Strip(
            [
                Segment(fit_clean(" " + fit(option.label, label_width), label_width + 1), style),
                Segment(fit(option.help, help_width) + count, detail),
            ],
            width,
        )

    def on_click(self, event: Click) -> None:
        """Take the option under the pointer."""
        event.stop()
        at = self._first + event.y
        if self.completion and at < len(self.completion.options):
            self.post_message(self.Clicked(self.completion.options[at]))
