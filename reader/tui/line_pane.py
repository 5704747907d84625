"""A pane painted line by line, of which only the lines that look different are sent again."""

from __future__ import annotations

from typing import Self

from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip


class LinePane(ScrollView, inherit_bindings=False):
    """Remembers what each line of the screen shows.

    Textual sends a whole widget again when its style, its focus or a reactive value has changed. A line costs a quarter of a
    kilobyte, and mostly few have changed: on a slow connection that is the difference between at once and soon.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        self._lines_shown: dict[int, Strip] = {}
        """What the lines of the screen show, or will show with the next paint; one that is missing is to be laid out anew."""
        self._size_shown = Size(0, 0)
        """The size that they are for."""
        self._plain: Style | None = None
        super().__init__(id=id, classes=classes)

    def line(self, y: int) -> Strip:
        """The line of the screen, counted from the top of the pane, as wide as the pane, as it should be now."""
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

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Paints what looks different. Textual would style the pane and all its parts anew: half of what a change of panes took."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of the content, for Textual's own way of painting, and to find out what is beneath the mouse."""
        self._keep_to(self.size)
        return self._line_shown(y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the pane.

        Where it has neither border nor padding, Textual's way of drawing these is left out: it takes longer than laying the lines
        out does.
        """
        size = self.size
        if self.gutter or not size:
            return super().render_lines(crop)
        self._keep_to(size)
        _, background = self.background_colors
        strips = [self._line_shown(y) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.column_span != (0, size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _keep_to(self, size: Size) -> None:
        """Forgets lines of another size."""
        if self._size_shown != size:
            self._lines_shown.clear()
            self._size_shown = size

    def _line_shown(self, y: int) -> Strip:
        strip = self._lines_shown.get(y)
        if strip is None:
            strip = self._lines_shown[y] = self.line(y)
        return strip

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Has the lines that look different painted anew where everything was asked for, else what was asked for."""
        if layout or recompose or not repaint or (not regions and self._size_shown != self.size):
            self._lines_shown.clear()
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        if regions:
            for region in regions:
                for y in region.line_range:
                    self._lines_shown.pop(y, None)
            return super().refresh(*regions)
        width, height = self.size
        changed = {y: line for y in range(height) if (line := self.line(y)) != self._lines_shown.get(y)}
        self._lines_shown.update(changed)
        return super().refresh(*(Region(0, y, width, 1) for y in changed)) if changed else self
