"""What to write and where: the form, the grouping and the file of an export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar, cast

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click, Key
from textual.message import Message
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.sending.briefing import Grouping
from reader.sending.exports import ENDINGS, FORMS, GROUPINGS, Form

_LABEL_CELLS = 10
_GAP = 2


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What a person wants written."""

    form: Form
    by: Grouping | None
    file: str


class Choice(Widget, can_focus=True):
    """One of several words on a line, chosen by left and right, by its first letter, or by a click."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--label", "choice--word", "choice--chosen"}
    DEFAULT_CSS = """
    Choice { height: 1; }
    """

    class Chosen(Message):
        """Another word is chosen."""

    def __init__(self, label: str, words: Sequence[str], *, id: str) -> None:
        super().__init__(id=id)
        self._label, self._words = label, words
        self._at = 0

    @property
    def chosen(self) -> str:
        """The word that is chosen."""
        return self._words[self._at]

    def choose(self, word: str) -> None:
        """Chooses a word."""
        self._at = self._words.index(word)
        self.refresh()

    def on_key(self, event: Key) -> None:
        """Moves the choice."""
        step = {"left": -1, "right": 1, "h": -1, "l": 1, "space": 1}.get(event.key)
        initials = [word[0] for word in self._words]
        if step is not None:
            self._take((self._at + step) % len(self._words))
        elif event.character in initials:
            self._take(initials.index(event.character))
        else:
            return
        event.stop()

    def on_click(self, event: Click) -> None:
        """Chooses the word under the pointer."""
        start = _LABEL_CELLS
        for number, word in enumerate(self._words):
            if start <= event.x < start + len(word) + _GAP:
                self._take(number)
            start += len(word) + _GAP

    def _take(self, number: int) -> None:
        self._at = number
        self.refresh()
        self.post_message(self.Chosen())

    def render_line(self, y: int) -> Strip:
        """The label and the words, the chosen one set off."""
        plain, chosen = self.get_component_rich_style("choice--word"), self.get_component_rich_style("choice--chosen")
        segments = [Segment(self._label.ljust(_LABEL_CELLS), self.get_component_rich_style("choice--label"))]
        for number, word in enumerate(self._words):
            segments.append(Segment(f" {word} ", chosen if number == self._at else plain))
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)


class ExportPanel(ModalScreen[ExportWish | None]):
    """Asks; gives the wish, or None where it was left by Esc."""

    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    ExportPanel {
        align: center middle;
        #export { width: 64; max-width: 100%; height: auto; padding: 1 2; }
        #export-title, #export-keys { height: auto; }
        #export-file, #export-file:focus { height: 1; border: none; padding: 0; margin: 1 0; }
    }
    """

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count
        self._form = Choice("Form", FORMS, id="export-form")
        self._by = Choice("By", ("nothing", *GROUPINGS), id="export-by")
        self._file = Input("briefing.md", compact=True, select_on_focus=False, id="export-file")
        self._file.cursor_blink = False

    def compose(self) -> ComposeResult:
        """What is written, the choices, the file, the keys."""
        with Vertical(id="export"):
            yield Static(f"Export {self._count:,} {'article' if self._count == 1 else 'articles'}", id="export-title", markup=False)
            yield self._form
            yield self._by
            yield self._file
            yield Static("Enter writes · Tab to the choices, ← → chooses · Esc leaves", id="export-keys", markup=False)

    @on(Choice.Chosen)
    def _chosen(self, event: Choice.Chosen) -> None:
        """The file's ending follows the form."""
        event.stop()
        file = PurePath(self._file.value)
        if file.suffix in ENDINGS.values():
            self._file.value = str(file.with_suffix(ENDINGS[cast(Form, self._form.chosen)]))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """The form follows the file's ending."""
        event.stop()
        for form, ending in ENDINGS.items():
            if event.value.endswith(ending):
                self._form.choose(form)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._finish()

    def _finish(self) -> None:
        by = self._by.chosen if self._by.chosen in GROUPINGS else None
        self.dismiss(ExportWish(cast(Form, self._form.chosen), by, self._file.value))

    def on_key(self, event: Key) -> None:
        """Moves between the choices, writes, or leaves."""
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "enter":
            self._finish()
        elif event.key in ("down", "up"):
            self.focus_next() if event.key == "down" else self.focus_previous()
        else:
            return
        event.stop()
