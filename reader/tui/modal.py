"""A screen over the page, taken away once and for good."""

from __future__ import annotations

from collections.abc import Callable

from textual._styles_cache import StylesCache
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType

from reader.tui.opened_once import OpenedOnce


class Modal(OpenedOnce, ModalScreen[ScreenResultType]):
    """Textual takes away whatever is on top each time a screen is dismissed: a key pressed twice would take the page away too."""

    is_filled = True
    """Whether what its keys are about is there."""
    _when_filled: Callable[[], object] | None = None

    def when_filled(self, then: Callable[[], object]) -> None:
        """Does `then`, the last that was asked for, once what the keys are about is there, or the screen is gone."""
        self._when_filled = then
        if self.is_filled:
            self.filled()

    def filled(self) -> None:
        """What the keys are about is there."""
        self.is_filled = True
        then, self._when_filled = self._when_filled, None
        if then is not None:
            then()

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Takes this screen away, unless it is gone already or another lies over it."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_unmount(self) -> None:
        """Lets go of what was painted: Textual 8.2 remembers, by a cache keyed on itself, the lines of a thousand widgets that are gone."""
        self.filled()
        StylesCache.get_inner_outer.cache_clear()
