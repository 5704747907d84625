"""A drawer with lines to move through: the past steps, the reading queue."""

from __future__ import annotations

from collections.abc import Container
from typing import ClassVar, Protocol

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static

from reader.clean import clean_line
from reader.tui.cells import fit
from reader.tui.drawer import Drawer
from reader.tui.line_pane import LinePane

Row = tuple[str, str]
"""What stands at the left, in its own width, and what is said."""


class Rows(Protocol):
    """Rows that may be made only where they show."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Row: ...


_MOVES = {"j": 1, "down": 1, "k": -1, "up": -1}
_FAR = 1_000_000


class PanelLines(LinePane, can_focus=False):
    """The lines, one of them under the cursor; those set back are told by their colour and by their words."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"panel-lines--cursor", "panel-lines--back"}
    DEFAULT_CSS = """
    PanelLines {
        height: auto;
        max-height: 16;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > .panel-lines--cursor { text-style: reverse; }
    }
    """

    class Clicked(Message):
        """A line was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows = ()
        self.set_back: Container[int] = ()
        """The lines that count less."""
        self.cursor = 0

    def show(self, rows: Rows, cursor: int, set_back: Container[int] = ()) -> None:
        """Shows these lines, the cursor on one of them."""
        is_other_height = len(rows) != len(self.rows)
        self.rows, self.set_back = rows, set_back
        self.cursor = max(min(cursor, len(rows) - 1), 0)
        self.virtual_size = Size(self.size.width, len(rows))
        self.refresh(layout=is_other_height)
        self._reveal()

    def go(self, index: int) -> None:
        """Puts the cursor on a line, or as near as there is one."""
        self.cursor = max(min(index, len(self.rows) - 1), 0)
        self._reveal()
        self.refresh()

    def on_resize(self) -> None:
        """Keeps the cursor in sight."""
        self._reveal()

    def _reveal(self) -> None:
        top, height = self.scroll_offset.y, max(self.size.height, 1)
        if not top <= self.cursor < top + height:
            self.scroll_to(y=self.cursor if self.cursor < top else self.cursor - height + 1, animate=False, force=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """A line for each row."""
        return max(len(self.rows), 1)

    def line(self, y: int) -> Strip:
        """One row in two columns."""
        width, at = self.scrollable_content_region.width, self.scroll_offset.y + y
        if at >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        left, says = self.rows[at]
        part = "cursor" if at == self.cursor else "back" if at in self.set_back else None
        style = self.get_component_rich_style(f"panel-lines--{part}") if part else self.rich_style
        text = f" {left}  "
        return Strip([Segment(text + fit(says, max(width - len(text), 0)), style)]).adjust_cell_length(width, style)

    def on_click(self, event: Click) -> None:
        """Tells which line was clicked."""
        at = self.scroll_offset.y + event.y
        if at < len(self.rows):
            self.post_message(self.Clicked(at))


class Panel(Drawer):
    """Lines under a title that says the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = PanelLines()
        self._title = Static(classes="drawer-title", markup=False)

    def compose(self) -> ComposeResult:
        """The title above the lines."""
        yield self._title
        yield self.lines

    @property
    def title(self) -> str:
        """What stands above the lines."""
        return str(self._title.content)

    def entitle(self, words: str) -> None:
        """Says something above the lines."""
        self._title.update(clean_line(words))

    def press(self, key: str, character: str | None) -> None:
        """Moves, chooses or leaves."""
        page = max(self.lines.size.height - 1, 1)
        moves = {**_MOVES, "pagedown": page, "pageup": -page, "G": _FAR, "end": _FAR, "home": -_FAR}
        pressed = character if character is not None and character.isprintable() and character != " " else key
        if pressed in moves:
            self.lines.go(self.lines.cursor + moves[pressed])
        elif key == "escape" or pressed == "q":
            self.close()
        elif key == "enter":
            self.choose()
        else:
            self.press_other(pressed)

    def choose(self) -> None:
        """Does what the line under the cursor is for."""
        raise NotImplementedError

    def press_other(self, key: str) -> None:
        """Does what a key means in this panel alone."""

    @on(PanelLines.Clicked)
    def _clicked(self, event: PanelLines.Clicked) -> None:
        event.stop()
        if event.index == self.lines.cursor:
            self.choose()
        else:
            self.lines.go(event.index)
