"""What every screen of the reader has in common: it is styled, laid out and painted once when it opens, and not twice."""

from __future__ import annotations

from typing import Any, Protocol

from textual._compositor import Compositor
from textual.app import App
from textual.events import Resize, ScreenResume
from textual.geometry import Size

from reader.tui.painted_map import PaintedMap


class _Screen(Protocol):
    @property
    def app(self) -> App[Any]: ...
    @property
    def outer_size(self) -> Size: ...
    @property
    def _repaint_required(self) -> bool: ...
    def refresh(self) -> object: ...


class OpenedOnce:
    """To be named before Textual's own class of screen, whose handlers come after these.

    Textual 8.2 styles all of a screen while it is mounted and again when it comes on top. It draws it for its size as it comes on top,
    again when it is told that size, and again with its next frame: most of a pause that is felt. While painting is held back it draws
    all the same, and then sends nothing of it.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._compositor: Compositor = PaintedMap()

    def _on_screen_resume(self: _Screen, event: ScreenResume) -> None:
        """Nothing looks different for having come on top; all of it is painted with the next frame."""
        event.refresh_styles = False
        self.refresh()

    def _compositor_refresh(self: _Screen) -> None:
        """Draws what has changed, but where nothing would be sent of it, or all is drawn with the frame that is due."""
        if not self.app._batch_count and not self._repaint_required:
            super()._compositor_refresh()  # type: ignore[misc]  # Textual's own class of screen comes next

    async def _on_resize(self: _Screen, event: Resize) -> None:
        """The size that it was laid out for is no news; its `size` is the terminal's own."""
        if event.size == self.outer_size:
            event.prevent_default()
