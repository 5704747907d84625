"""When a screen is painted for the first time: once there is a list to paint, or nobody wants to wait for it any longer."""

from __future__ import annotations

from textual.screen import Screen

_PATIENCE_SECONDS = 1.0
"""How long the first list is waited for before the screen is painted without it."""


class FirstPaint:
    """Holds back what Textual would paint of one screen: over a first light a blank screen would be a flicker."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._is_held = False

    def hold(self) -> None:
        """Paints nothing from now on, but not for ever."""
        self._is_held = True
        self._screen.app._begin_batch()
        self._screen.set_timer(_PATIENCE_SECONDS, self.begin)

    def begin(self) -> None:
        """Paints the screen, unless that has begun."""
        if self._is_held:
            self._is_held = False
            self._screen.app._end_batch()
            self._screen.refresh()
