"""What to write and where: the form, the grouping and the file of an export.

    Export 14 articles
    Form   markdown  html  csv  jsonl
    By     nothing  day  category  entity
    File   briefing.md▏
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar, cast

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.clean import clean_line
from reader.sending.briefing import Grouping
from reader.sending.exports import ENDINGS, FORMS, GROUPINGS, Form
from reader.tui.drawer import Drawer
from reader.tui.typed_line import TypedLine

_LABEL_CELLS = 6
_KEYS = "Enter writes · Tab goes on, ← → chooses · Esc leaves"


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What a person wants written."""

    form: Form
    by: Grouping | None
    file: str


class Choice(Widget):
    """One of several words on a line, chosen by left and right, by its first letter, or by a click."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--label", "choice--word", "choice--chosen"}
    DEFAULT_CSS = """
    Choice {
        height: 1;
        & > .choice--chosen { text-style: bold reverse; }
    }
    """

    class Chosen(Message):
        """A word was clicked."""

    def __init__(self, label: str, words: Sequence[str]) -> None:
        super().__init__()
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

    def press(self, key: str, character: str | None) -> None:
        """Moves the choice, if the key means that."""
        step = {"left": -1, "right": 1, "h": -1, "l": 1, "space": 1}.get(key)
        if step is not None:
            self.choose(self._words[(self._at + step) % len(self._words)])
        elif word := next((word for word in self._words if character and word.startswith(character)), None):
            self.choose(word)

    def on_click(self, event: Click) -> None:
        """Chooses the word under the pointer."""
        start = _LABEL_CELLS
        for word in self._words:
            if start <= event.x < start + len(word) + 2:
                self.choose(word)
                self.post_message(self.Chosen())
            start += len(word) + 2

    def render_line(self, y: int) -> Strip:
        """The label and the words, the chosen one set off."""
        plain, chosen = self.get_component_rich_style("choice--word"), self.get_component_rich_style("choice--chosen")
        words = [Segment(f" {word} ", chosen if number == self._at else plain) for number, word in enumerate(self._words)]
        label = Segment(self._label.ljust(_LABEL_CELLS), self.get_component_rich_style("choice--label"))
        return Strip([label, *words]).adjust_cell_length(self.size.width, self.rich_style)


class ExportPanel(Drawer):
    """Asks what to write."""

    DEFAULT_CSS = """
    ExportPanel {
        padding: 0 1;
        Horizontal { height: 1; }
        #export-label { width: 7; }
        .export-said { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, count: int, answer: Callable[[ExportWish], str | None]) -> None:
        """`answer` takes the wish and gives what is wrong with it, or None."""
        super().__init__()
        self._title = f"Export {count:,} article{'' if count == 1 else 's'}"
        self._answer = answer
        self._form = Choice("Form", FORMS)
        self._by = Choice("By", ("nothing", *GROUPINGS))
        self._file = TypedLine("briefing.md")
        self._label = Static("File", id="export-label", classes="-current", markup=False)
        self._said = Static(_KEYS, classes="export-said", markup=False)
        self._row = 2
        """Which of form, grouping and file the keys are for."""

    def compose(self) -> ComposeResult:
        """What is written, the choices, the file, the keys."""
        yield Static(self._title, classes="drawer-title", markup=False)
        yield self._form
        yield self._by
        with Horizontal():
            yield self._label
            yield self._file
        yield self._said

    @property
    def place_to_type(self) -> Widget:
        return self._file

    def press(self, key: str, character: str | None) -> None:
        """Goes from row to row, chooses, types, writes or leaves."""
        if key == "escape":
            self.close()
        elif key == "enter":
            self._finish()
        elif key in ("tab", "down", "shift+tab", "up"):
            self._go((self._row + (1 if key in ("tab", "down") else -1)) % 3)
        elif self._row == 2:
            self._file.type_key(key, character)
            self._follow_ending()
        else:
            (self._form, self._by)[self._row].press(key, character)
            self._follow_form()

    def _go(self, row: int) -> None:
        self._row = row
        for number, widget in enumerate((self._form, self._by, self._label)):
            widget.set_class(number == row, "-current")

    def _finish(self) -> None:
        by = self._by.chosen if self._by.chosen in GROUPINGS else None
        wrong = self._answer(ExportWish(cast(Form, self._form.chosen), by, self._file.value))
        if wrong is None:
            self.close()
        else:
            self._said.update(clean_line(wrong))

    @on(Choice.Chosen)
    def _follow_form(self) -> None:
        """The file's ending follows the form."""
        file = PurePath(self._file.value)
        if file.suffix in ENDINGS.values():
            self._file.value = str(file.with_suffix(ENDINGS[cast(Form, self._form.chosen)]))
            self._file.cursor_position = len(self._file.value)

    @on(Input.Changed)
    def _follow_ending(self) -> None:
        """The form follows the file's ending."""
        for form, ending in ENDINGS.items():
            if self._file.value.endswith(ending):
                self._form.choose(form)
