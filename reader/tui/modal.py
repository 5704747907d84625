"""A screen over the page, taken away once."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType


class Modal(ModalScreen[ScreenResultType]):
    """Textual takes away whatever is on top each time a screen is dismissed: a key pressed twice would take the page away too."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Takes this screen away, unless it is gone already or another lies over it."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
