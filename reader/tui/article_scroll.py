"""Moving through an article: by lines, by pages, with the wheel. What the lines say is not known here."""

from __future__ import annotations

from textual import events

from reader.tui.line_pane import LinePane

_PAGE_OVERLAP = 2
_WHEEL_LINES = 3


class ArticleScroll(LinePane):
    """Keys are not its business: the screen calls `scroll_lines` and its kin."""

    def scroll_lines(self, count: int) -> None:
        """Move so many lines down, or up where it is negative."""
        self._go_to(self.scroll_offset.y + count)

    def scroll_pages(self, count: int) -> None:
        """Move so many pages down, or up; two lines stay in sight."""
        self.scroll_lines(count * max(self.size.height - _PAGE_OVERLAP, 1))

    def scroll_half_pages(self, count: int) -> None:
        """Move so many half pages down, or up."""
        self.scroll_lines(count * max(self.size.height // 2, 1))

    def scroll_top(self) -> None:
        """Move to the first line."""
        self._go_to(0)

    def scroll_bottom(self) -> None:
        """Move to the last line."""
        self._go_to(self.max_scroll_y)

    def _go_to(self, line: int) -> None:
        self.scroll_to(y=min(max(line, 0), self.max_scroll_y), animate=False, force=True)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Textual's own way needs a scroll bar of its own."""
        event.stop()
        event.prevent_default()
        self.scroll_lines(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Likewise."""
        event.stop()
        event.prevent_default()
        self.scroll_lines(-_WHEEL_LINES)
