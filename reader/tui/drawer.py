"""What lies over the bottom of the page for a while and takes every key: prompts, lists to choose from, a note.

The screen hands it each key itself, one after the other, so that keys typed ahead end up in it, or behind it, as they were typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import events
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from reader.clean import clean_line


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
    def place_to_type(self) -> Widget | None:
        """What shows the cursor and takes what is pasted; None where nothing is typed."""
        return None

    def press(self, key: str, character: str | None) -> None:
        """Does what a key means here: `key` as Textual names it, `character` what it types."""
        raise NotImplementedError

    def close(self) -> None:
        """Takes no more keys, and goes."""
        if self.is_open:
            self.is_open = False
            self.post_message(self.Closed(self))


class Line(Input):
    """One line of text that is typed into through `type_key`; what is pasted becomes one line too, and harmless."""

    DEFAULT_CSS = "Line, Line:focus { width: 1fr; height: 1; border: none; padding: 0; background-tint: transparent; }"

    def __init__(self, text: str = "", *, placeholder: str = "") -> None:
        super().__init__(clean_line(text), placeholder=placeholder, select_on_focus=False, compact=True)
        self.cursor_blink = False
        self.cursor_position = len(self.value)
        self._edits: Mapping[str, Callable[[], None]] = {
            "left": self.action_cursor_left,
            "right": self.action_cursor_right,
            "home": self.action_home,
            "ctrl+a": self.action_home,
            "end": self.action_end,
            "ctrl+e": self.action_end,
            "backspace": self.action_delete_left,
            "delete": self.action_delete_right,
            "ctrl+w": self.action_delete_left_word,
            "ctrl+u": self.action_delete_left_all,
            "ctrl+k": self.action_delete_right_all,
        }

    def type_key(self, key: str, character: str | None) -> None:
        """Edits the text as a key does; a key that edits nothing is left out."""
        if key in self._edits:
            self._edits[key]()
        elif character is not None and character.isprintable():
            self.insert_text_at_cursor(character)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(clean_line(event.text), *sorted(self.selection))
