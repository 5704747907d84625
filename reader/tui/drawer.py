"""What lies over the bottom of the page for a while and takes every key: prompts, lists to choose from, a note.

The screen hands it each key itself, one after the other, so that keys typed ahead end up in it, or behind it, as they were typed.
"""

from __future__ import annotations

from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget


class Drawer(Vertical):
    """One thing to answer or to leave."""

    DEFAULT_CSS = """
    Drawer {
        dock: bottom;
        layer: drawers;
        width: 100%;
        height: auto;
        max-height: 80%;
        .drawer-title { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    class Closed(Message):
        """It has been answered, or left."""

        def __init__(self, drawer: Drawer) -> None:
            super().__init__()
            self.drawer = drawer

    is_open = True
    """Whether it still takes keys."""

    @property
    def is_waiting(self) -> bool:
        """Whether the keys that follow must wait until it has been told something."""
        return False

    @property
    def place_to_type(self) -> Widget | None:
        """What shows the cursor and takes what is pasted; None where nothing is typed."""
        return None

    def wants(self, key: str, character: str | None) -> bool:
        """Whether a key is this one's; any other does what it does without it."""
        return True

    def press(self, key: str, character: str | None) -> None:
        """Does what a key means here: `key` as Textual names it, `character` what it types."""
        raise NotImplementedError

    def close(self) -> None:
        """Takes no more keys, and goes."""
        if self.is_open:
            self.is_open = False
            self.post_message(self.Closed(self))

