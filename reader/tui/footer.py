"""One line with the keys that count now, as many as fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.actions import ACTIONS, Action
from reader.keys import Place, places
from reader.tui.keymap import FILTER_KEYS, Keymap

_GAP = "  "


@dataclass(frozen=True, slots=True)
class _Hint:
    """One key and what it does."""

    key: str
    title: str
    action: str | None = None

    @property
    def cells(self) -> int:
        return cell_len(self.key) + 1 + cell_len(self.title)


class Footer(Widget):
    """The keys of the place that has the focus, from the action table and the live keymap. A click does what the key does."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--key", "footer--title", "footer--pending"}
    DEFAULT_CSS = """
    Footer {
        dock: bottom;
        height: 1;
        & > .footer--key { text-style: bold; }
    }
    """

    place: reactive[Place] = reactive("list")
    """Where the keys go to."""
    pending: reactive[str] = reactive("")
    """What has been typed of a sequence."""

    aside: reactive[str] = reactive("")
    """What stands at the right end where nothing is pending, such as how far judging is."""

    @dataclass
    class Pressed(Message):
        """A key was clicked."""

        action: str

    def __init__(self, keymap: Keymap, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._keymap = keymap

    def render_line(self, y: int) -> Strip:
        """The keys from the left, and what is pending or else to be told at the right end."""
        key, title = self.get_component_rich_style("footer--key"), self.get_component_rich_style("footer--title")
        segments = [Segment(" ", title)]
        for hint in self._shown():
            segments += [Segment(hint.key, key), Segment(f" {hint.title}{_GAP}", title)]
        strip = Strip(segments).adjust_cell_length(self.size.width, title)
        if not self._at_the_end:
            return strip
        start = max(self.size.width - cell_len(self._at_the_end), 0)
        style = self.get_component_rich_style("footer--pending") if self.pending else title
        return Strip.join([strip.crop(0, start), Strip([Segment(self._at_the_end, style)])])

    @property
    def _at_the_end(self) -> str:
        """What stands at the right end; empty for nothing."""
        said = self.pending or self.aside
        return f" {said} " if said else ""

    def _shown(self) -> list[_Hint]:
        """The hints that fit, the first of them most worth knowing."""
        room, shown = self.size.width - 1 - cell_len(self._at_the_end), []
        for hint in self._hints():
            room -= hint.cells + len(_GAP)
            if room + len(_GAP) < 0:
                break
            shown.append(hint)
        return shown

    def _hints(self) -> list[_Hint]:
        if self.place == "filter":
            return [_Hint(key, title) for key, title in FILTER_KEYS]
        actions = sorted((action for action in ACTIONS if action.footer and self.place in places(action)), key=_footer_place)
        return [_Hint(labels[0], action.title, action.id) for action in actions if (labels := self._keymap.labels_of(action.id))]

    def on_click(self, event: Click) -> None:
        """Do what the key under the pointer does."""
        at = 1
        for hint in self._shown():
            if at <= event.x < at + hint.cells and hint.action:
                self.post_message(self.Pressed(hint.action))
                return
            at += hint.cells + len(_GAP)


def _footer_place(action: Action) -> int:
    return action.footer
