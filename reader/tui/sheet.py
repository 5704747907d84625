"""A sheet over the page: a title, a list to choose from, and the keys that count on it. Esc takes it away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.widgets import Static

from reader.clean import clean_line
from reader.tui.keymap import spelling
from reader.tui.modal import Modal
from reader.tui.picker import Picker, Value


class Sheet(Modal[None], Generic[Value], inherit_bindings=False):
    """What glances at who, where and when have in common."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    Sheet {
        align: center middle;
        .sheet { width: 100%; max-width: 84; height: 100%; max-height: 32; }
        .sheet-line { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        Picker { height: 1fr; margin: 0 1; }
    }
    """

    def __init__(self, title: str, keys: str, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._heading = Static(clean_line(title), classes="sheet-line sheet-title", markup=False)
        self._keys = keys
        self.picker: Picker[Value] = Picker(ascii_only=ascii_only)
        self._moves: Mapping[str, Callable[[], object]] = {
            **dict.fromkeys(("j", "down"), lambda: self.picker.move(1)),
            **dict.fromkeys(("k", "up"), lambda: self.picker.move(-1)),
            **dict.fromkeys(("pgdn", "space", "ctrl+d"), lambda: self.picker.page(1)),
            **dict.fromkeys(("pgup", "b", "ctrl+u"), lambda: self.picker.page(-1)),
            **dict.fromkeys(("home", "g"), lambda: self.picker.go(0)),
            **dict.fromkeys(("end", "G"), lambda: self.picker.go_last()),
            **dict.fromkeys(("escape", "q"), self.dismiss),
            "enter": self._choose,
        }

    def compose(self) -> ComposeResult:
        """The title, what the sheet has above its list, the list, the keys."""
        with Vertical(classes="sheet"):
            yield self._heading
            yield from self.above()
            yield self.picker
            yield from self.below()
            yield Static(self._keys, classes="sheet-line sheet-keys", markup=False)

    def above(self) -> ComposeResult:
        """Lines between the title and the list."""
        return iter(())

    def below(self) -> ComposeResult:
        """Lines between the list and the keys."""
        return iter(())

    def entitle(self, title: str) -> None:
        """Puts another title above; also before the sheet is there."""
        self._heading.update(clean_line(title), layout=False)

    def choose(self, value: Value) -> None:
        """Does what choosing an entry is for."""
        raise NotImplementedError

    def press(self, key: str) -> bool:
        """Does what a key of this sheet alone means; whether it means anything."""
        return False

    def on_key(self, event: Key) -> None:
        """Moves, chooses and leaves; the sheet's own keys first."""
        if self.focused is not None:
            return
        key = spelling(event.key, event.character)
        if not self.press(key):
            move = self._moves.get(key)
            if move is None:
                return
            move()
        event.stop()
        event.prevent_default()

    @on(Picker.Clicked)
    def _clicked(self) -> None:
        self._choose()

    def _choose(self) -> None:
        chosen = self.picker.chosen
        if chosen is not None:
            self.choose(chosen)
