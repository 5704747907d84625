"""One line to be typed, asked for at the foot of the screen."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.clean import clean_line


class AskLine(ModalScreen[str | None]):
    """Asks; gives what was typed, or None where the question was left by Esc. Keys typed ahead are taken in order."""

    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    AskLine {
        #ask { dock: bottom; height: 1; }
        #ask-question { width: auto; max-width: 70%; height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #ask-answer, #ask-answer:focus { width: 1fr; height: 1; border: none; padding: 0; }
    }
    """

    def __init__(self, question: str, answer: str = "") -> None:
        """`answer` stands there already, and the first letter typed replaces it."""
        super().__init__()
        self._question = clean_line(question)
        self._input = Input(clean_line(answer), compact=True, select_on_focus=True, id="ask-answer")
        self._input.cursor_blink = False

    def compose(self) -> ComposeResult:
        """The question, and room for the answer."""
        with Horizontal(id="ask"):
            yield Static(self._question, id="ask-question", markup=False)
            yield self._input

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value)

    def on_key(self, event: Key) -> None:
        """Esc leaves. Letters come here only when they were typed before there was a line to take them."""
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "enter":
            self.dismiss(self._input.value)
        elif event.character and event.is_printable:
            self._take(event.character)
        else:
            return
        event.stop()

    def _take(self, letter: str) -> None:
        if self._input.select_on_focus and not self._input.has_focus:
            self._input.clear()
        self._input.select_on_focus = False
        self._input.replace(letter, *sorted(self._input.selection))
