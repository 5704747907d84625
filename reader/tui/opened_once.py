"""What every screen of the reader has in common: it is styled, laid out and painted once when it opens, and not twice."""

from __future__ import annotations

from typing import Protocol

from textual.events import Resize, ScreenResume
from textual.geometry import Size


class _Sized(Protocol):
    @property
    def outer_size(self) -> Size: ...


class OpenedOnce:
    """To be named before Textual's own class of screen, whose handlers come after these.

    Textual 8.2 styles all of a screen while it is mounted and again when it comes on top, and paints it for its size as it comes on
    top and again when it is told that size: half of a pause that is felt.
    """

    def _on_screen_resume(self, event: ScreenResume) -> None:
        """Nothing looks different for having come on top."""
        event.refresh_styles = False

    async def _on_resize(self: _Sized, event: Resize) -> None:
        """The size that it was laid out for is no news; its `size` is the terminal's own."""
        if event.size == self.outer_size:
            event.prevent_default()
