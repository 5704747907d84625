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
        """Esc leaves."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
