"""A note on an article, written in place or in the person's own editor. Leaving keeps what is written; undo takes it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static, TextArea

from reader.clean import clean
from reader.tui.drawer import Drawer

_TAB = "    "


class NoteText(TextArea):
    """Lines of text, typed into through `type_key`; what is pasted is made harmless."""

    DEFAULT_CSS = "NoteText, NoteText:focus { height: 8; border: none; padding: 0 1; background-tint: transparent; }"

    def __init__(self, text: str) -> None:
        super().__init__(clean(text), soft_wrap=True, show_line_numbers=False, compact=True)
        self.cursor_blink = False
        self.move_cursor(self.document.end)
        self._edits: Mapping[str, Callable[[], None]] = {
            "left": self.action_cursor_left,
            "right": self.action_cursor_right,
            "up": self.action_cursor_up,
            "down": self.action_cursor_down,
            "ctrl+left": self.action_cursor_word_left,
            "ctrl+right": self.action_cursor_word_right,
            "home": self.action_cursor_line_start,
            "ctrl+a": self.action_cursor_line_start,
            "end": self.action_cursor_line_end,
            "pageup": self.action_cursor_page_up,
            "pagedown": self.action_cursor_page_down,
            "backspace": self.action_delete_left,
            "delete": self.action_delete_right,
            "ctrl+w": self.action_delete_word_left,
            "ctrl+u": self.action_delete_to_start_of_line,
            "ctrl+k": self.action_delete_to_end_of_line,
        }

    def type_key(self, key: str, character: str | None) -> None:
        """Edits the text as a key does; a key that edits nothing is left out."""
        typed = {"enter": "\n", "tab": _TAB}.get(key, character)
        if key in self._edits:
            self._edits[key]()
        elif typed is not None and (typed.isprintable() or typed == "\n"):
            self.replace(typed, *self.selection)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(clean(event.text), *self.selection)


class NoteDrawer(Drawer):
    """The note of one article."""

    def __init__(
        self, headline: str, text: str, *, keep: Callable[[str], object], edit_outside: Callable[[str], str | None]
    ) -> None:
        """`keep` takes the text as it is left; `edit_outside` gives what another program made of it, None where there is none."""
        super().__init__()
        self._before = text
        self._keep = keep
        self._edit_outside = edit_outside
        title = f"Note · Esc keeps it · ctrl+e opens $EDITOR · ctrl+g leaves it as it was · {headline}"
        self._title = Static(" ".join(clean(title).split()), classes="drawer-title", markup=False)
        self._area = NoteText(text)

    def compose(self) -> ComposeResult:
        """What it is on, and the text."""
        yield self._title
        yield self._area

    @property
    def place_to_type(self) -> Widget:
        return self._area

    @property
    def text(self) -> str:
        """The note as it is."""
        return self._area.text

    def press(self, key: str, character: str | None) -> None:
        """Edits, keeps, opens the editor, or leaves all as it was."""
        if key == "escape":
            self._leave()
        elif key == "ctrl+g":
            self.close()
        elif key == "ctrl+e":
            edited = self._edit_outside(self.text)
            if edited is not None:
                self._area.text = clean(edited)
                self._area.move_cursor(self._area.document.end)
        else:
            self._area.type_key(key, character)

    def _leave(self) -> None:
        if self.text.strip() != clean(self._before).strip():
            self._keep(self.text.strip())
        self.close()
