"""The way of a key through a screen over the page: when all that it leads to is done.

    key ─▶ what has the focus ─▶ what that stands in ─▶ the screen      each with a queue of its own
"""

from __future__ import annotations

from collections.abc import Callable

from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

_ROUNDS = 2
"""The key, and behind it what it has the widget with the focus send: Enter in a line that is typed, say."""


def when_done(screen: Screen[object], then: Callable[[], object]) -> None:
    """Does `then` once all keys that were sent to a screen have been pressed, and what they changed is known to it."""
    _go_along(screen, screen.focused or screen, _ROUNDS, then)


def _go_along(screen: Screen[object], start: Widget, rounds: int, then: Callable[[], object]) -> None:
    """Follows the key from what has the focus up to the screen; what is gone meanwhile has nothing more to do."""

    def leave(node: DOMNode | None) -> None:
        if node is not None and node is not screen:
            go_on_from(node.parent)
        elif rounds > 1:
            _go_along(screen, start, rounds - 1, then)
        else:
            then()

    def go_on_from(node: DOMNode | None) -> None:
        if node is None or not node.call_later(leave, node):
            leave(None)

    go_on_from(start)
