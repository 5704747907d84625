"""One line of text that is typed into key by key, as the screen hands the keys on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from textual import events
from textual.widgets import Input

from reader.clean import clean_line


class TypedLine(Input):
    """An input that `type_key` edits at once, so that what is typed ahead never overtakes it; what is pasted becomes harmless."""

    DEFAULT_CSS = "TypedLine, TypedLine:focus { width: 1fr; height: 1; border: none; padding: 0; background-tint: transparent; }"

    def __init__(self, text: str = "", **about: Any) -> None:
        """`about` is what an Input takes."""
        super().__init__(clean_line(text), select_on_focus=False, compact=True, **about)
        self.cursor_blink = False
        if self.value:
            self.cursor_position = len(self.value)
        self._edits: Mapping[str, Callable[[], None]] = {
            "left": self.action_cursor_left,
            "right": self.action_cursor_right,
            "ctrl+left": self.action_cursor_left_word,
            "ctrl+right": self.action_cursor_right_word,
            "home": self.action_home,
            "ctrl+a": self.action_home,
            "end": self.action_end,
            "ctrl+e": self.action_end,
            "backspace": self.action_delete_left,
            "delete": self.action_delete_right,
            "ctrl+d": self.action_delete_right,
            "ctrl+w": self.action_delete_left_word,
            "ctrl+u": self.action_delete_left_all,
            "ctrl+k": self.action_delete_right_all,
        }

    def type_key(self, key: str, character: str | None) -> bool:
        """Edits the text as a key does; whether the key edits anything."""
        if key in self._edits:
            self._edits[key]()
        elif character is not None and character.isprintable():
            self.replace(character, *sorted(self.selection))
        else:
            return False
        return True

    def _on_paste(self, event: events.Paste) -> None:
        """Takes every line of what is pasted, as one; the widget's own handler would take the first as it is."""
        event.prevent_default()
        event.stop()
        self.replace(clean_line(event.text), *sorted(self.selection))
