"""A pane painted line by line, of which only the lines that look different are sent again."""

from __future__ import annotations

from typing import Self

from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip


class LinePane(ScrollView, inherit_bindings=False):
    """Remembers what each line of the screen shows.

    Textual sends a whole widget again when its style, its focus or a reactive value has changed. A line costs a quarter of a
    kilobyte, and mostly few have changed: on a slow connection that is the difference between at once and soon.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        self._painted: dict[int, Strip] = {}
        self._ready: dict[int, Strip] = {}
        """Lines laid out to be compared, and not painted yet."""
        self._plain: Style | None = None
        super().__init__(id=id, classes=classes)

    def line(self, y: int) -> Strip:
        """The line of the screen, counted from the top of the pane, as it should be now."""
        raise NotImplementedError

    @property
    def plain(self) -> Style:
        """The pane's own style: `rich_style`, which asks every pane around it each time."""
        if self._plain is None:
            self._plain = self.rich_style
        return self._plain

    def notify_style_update(self) -> None:
        """Forgets what was styled otherwise."""
        super().notify_style_update()
        self._plain = None
        self._ready.clear()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Paints what looks different. Textual would style the pane and all its parts anew: half of what a change of panes took."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paints a line, and remembers it."""
        ready = self._ready.pop(y, None)
        self._painted[y] = self.line(y) if ready is None else ready
        return self._painted[y]

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Has the lines that look different painted anew where everything was asked for, else what was asked for."""
        self._ready.clear()
        if regions or layout or recompose or not repaint or not self._painted:
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        width, height = self.size
        self._ready = {y: line for y in range(height) if (line := self.line(y)) != self._painted.get(y)}
        return super().refresh(*(Region(0, y, width, 1) for y in self._ready)) if self._ready else self
