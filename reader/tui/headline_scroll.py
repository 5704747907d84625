"""A cursor over rows that stand under their days, and which of their lines are in sight. What the rows say is not known here."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from textual.events import Click, Resize

from reader.model import ArticleId
from reader.tui.day_lines import LEAST_FOR_STICKY, MARGIN, DayLines
from reader.tui.headline_messages import CursorMoved, RowOpened
from reader.tui.line_pane import LinePane
from reader.tui.thumb import line_at


class HeadlineScroll(LinePane):
    """Keys are not its business: the screen calls `move`, `page` and their kin."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._ids: Sequence[int] = array("q")
        self._lines = DayLines(self._ids)
        self._cursor = -1
        self._is_placed = True

    @property
    def count(self) -> int:
        """How many rows are listed."""
        return self._lines.count

    @property
    def cursor(self) -> int:
        """The place of the cursor, from 0; -1 when nothing is listed."""
        return self._cursor

    @property
    def cursor_id(self) -> ArticleId | None:
        """The article under the cursor."""
        return ArticleId(self._ids[self._cursor]) if self._cursor >= 0 else None

    @property
    def a_key_away(self) -> tuple[ArticleId, ...]:
        """The articles that one key leads to from the one under the cursor: below and above, the last and the first."""
        places = (self._cursor + 1, self._cursor - 1, self.count - 1, 0) if self._cursor >= 0 else ()
        others = dict.fromkeys(index for index in places if 0 <= index < self.count and index != self._cursor)
        return tuple(ArticleId(self._ids[index]) for index in others)

    # Moving

    def go(self, index: int) -> None:
        """Put the cursor on a row, or as near as there is one, and bring it into sight."""
        if not self.count:
            return
        index = min(max(index, 0), self.count - 1)
        if index != self._cursor:
            old, self._cursor = self._cursor, index
            for changed in (old, index):
                for line in range(self._lines.row_lines):
                    self.refresh_line(self._lines.line_of(changed) + line)
            self.post_message(CursorMoved(self.cursor_id, index))
        self._reveal()

    def move(self, rows: int) -> None:
        """Move the cursor so many rows down, or up where negative."""
        self.go(self._cursor + rows)

    def go_last(self) -> None:
        """To the last row."""
        self.go(self.count - 1)

    def page(self, pages: int) -> None:
        """Move so many screens down or up, one line of the old screen kept in sight."""
        self._move_lines(pages * max(self.size.height - 1 - self._sticky_lines, 1))

    def half(self, halves: int) -> None:
        """Move so many half screens down or up."""
        self._move_lines(halves * max(self.size.height // 2, 1))

    def _move_lines(self, lines: int) -> None:
        """Move the cursor and what is on screen together."""
        if not self.count:
            return
        line = self._lines.line_of(self._cursor)
        target = min(max(line + lines, 0), self._lines.total - 1)
        index = self._lines.index_at(target)
        if index == self._cursor:
            index += 1 if lines > 0 else -1
        index = min(max(index, 0), self.count - 1)
        self._scroll(self._top + self._lines.line_of(index) - line)
        self.go(index)

    # Scrolling

    @property
    def _top(self) -> int:
        """The first line in sight."""
        return self.scroll_offset.y

    @property
    def _sticky_lines(self) -> int:
        """Lines at the top of the screen that name the day whatever is scrolled."""
        return int(self._lines.has_headings and self.size.height >= LEAST_FOR_STICKY)

    def _screen_line(self) -> int:
        """The line of the screen that the cursor is on; it may lie outside."""
        return self._lines.line_of(self._cursor) - self._top

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=self._lines.settled_top(top, self.size.height), animate=False, force=True)

    def _place(self, line_on_screen: int | None) -> None:
        """Scroll so that the cursor is on this line of the screen, or where it is read best."""
        self._is_placed = bool(self.size.height)
        cursor, height = max(self._cursor, 0), self.size.height
        self._scroll(self._lines.top_for(cursor, height) if line_on_screen is None else self._lines.line_of(cursor) - line_on_screen)

    def _reveal(self) -> None:
        """Scroll as little as brings the cursor into sight, with its margin."""
        height = self.size.height
        line = self._lines.line_of(self._cursor)
        margin = min(MARGIN, (height - 1) // 3)
        highest, lowest = line - max(margin, self._sticky_lines), line + self._lines.row_lines + margin - height
        if not lowest <= self._top <= highest:
            self._scroll(highest if self._top > highest else lowest)

    def on_resize(self, _: Resize) -> None:
        """Keep the cursor in sight if it was, or find its place once there is a screen."""
        if self._cursor < 0:
            return
        if not self._is_placed:
            self._place(None)
        else:
            self._reveal()

    def on_click(self, event: Click) -> None:
        """A click moves the cursor, a click on the row under the cursor opens it; one beside the rows scrolls there."""
        line = self._top + event.y
        if event.x == self.size.width - 1:
            self._scroll(line_at(event.y, self.size.height, self._lines.total))
            return
        if line >= self._lines.total or not self._lines.is_row(line) or event.y < self._sticky_lines:
            return
        index = self._lines.index_at(line)
        if index == self._cursor:
            self.post_message(RowOpened(index))
        self.go(index)
