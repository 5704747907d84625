"""What a terminal would show: the cells that a stream of bytes leaves behind, drawn by `pyte`."""

from __future__ import annotations

import re
from copy import deepcopy

import pyte

from tests.escapes import Token

_DRAWN = re.compile(rb"\x1b(?:\[\??[0-9;]*[@A-Za-z]|[78DEM])")


class Screen:
    """The cells a person would see, drawn from all that has been written so far."""

    def __init__(self, columns: int, rows: int) -> None:
        self._cells = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._cells)
        self._behind: tuple[object, object] | None = None
        """What the usual screen shows while the other one, for programs that fill it, is in front; `pyte` has only one."""

    @property
    def lines(self) -> list[str]:
        """One string a row, blanks at the end taken off."""
        return [line.rstrip() for line in self._cells.display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column, from 0."""
        return self._cells.cursor.y, self._cells.cursor.x

    def is_reverse(self, row: int, column: int) -> bool:
        return bool(self._cells.buffer[row][column].reverse)

    def is_bold(self, row: int, column: int) -> bool:
        return bool(self._cells.buffer[row][column].bold)

    def background(self, row: int, column: int) -> str:
        """A colour's name or six hex digits."""
        return str(self._cells.buffer[row][column].bg)

    def resize(self, columns: int, rows: int) -> None:
        self._cells.resize(rows, columns)

    def draw(self, token: Token) -> None:
        """Takes in what has an effect on cells; `pyte` would print parts of the sequences it doesn't know."""
        if token.sent == b"\x1b[?1049h":
            self._behind = self._behind or (deepcopy(self._cells.buffer), deepcopy(self._cells.cursor))
            self._cells.erase_in_display(2)
        elif token.sent == b"\x1b[?1049l" and self._behind is not None:
            self._cells.buffer, self._cells.cursor = self._behind
            self._cells.dirty.update(range(self._cells.lines))
            self._behind = None
        elif token.kind in ("text", "control") or _DRAWN.fullmatch(token.sent):
            self._stream.feed(token.sent)
