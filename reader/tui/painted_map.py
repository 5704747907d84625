"""Where each pane stands, as it was painted last, so that a layout paints all that has changed since."""

from __future__ import annotations

from textual._compositor import Compositor, CompositorMap, ReflowResult
from textual.geometry import Size
from textual.widget import Widget


class PaintedMap(Compositor):
    """Textual 8.2 makes its map anew wherever a pane is looked up after one has changed, be it a scroll bar that nobody sees.

    The next layout then finds nothing changed: what went away meanwhile, such as the popup of the filter bar, stays painted over
    the page, and what was resized is not told.
    """

    def __init__(self) -> None:
        super().__init__()
        self._painted: CompositorMap = {}

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lays all out, and tells what has changed since that was done last."""
        self._full_map = self._painted
        result = super().reflow(parent, size)
        self._painted = self._full_map
        return result
