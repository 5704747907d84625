"""The least that a Textual program can be: what the reader's start is compared with.

python -m tests.bench.one_line_app
"""

from textual.app import App, ComposeResult
from textual.widgets import Static

LINE = "One line, and nothing else."


class OneLine(App[None]):
    """Shows one line until it is told to quit."""

    def compose(self) -> ComposeResult:
        yield Static(LINE)


if __name__ == "__main__":
    OneLine().run()
