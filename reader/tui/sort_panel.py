"""The orders that a list can have; choosing the one that it has turns it round."""

from __future__ import annotations

from collections.abc import Callable

from reader.query.fields import SORTS
from reader.query.tree import Sort
from reader.tui.panel import Panel, Row

_NAMES = [choice.name for choice in SORTS]
_WIDEST = max(map(len, _NAMES))


class SortPanel(Panel):
    """A line for each order."""

    def __init__(self, now: Sort, sort_by: Callable[[Sort], object]) -> None:
        super().__init__()
        self._now = now
        self._sort_by = sort_by
        self.lines.show([_row(at, now) for at in range(len(SORTS))], _NAMES.index(now.key))
        self.entitle("Order of the list · Enter chooses, the one it has is turned round · Esc closes")

    def choose(self) -> None:
        """Sorts by what is under the cursor."""
        name = _NAMES[self.lines.cursor]
        self._sort_by(Sort(name, name == self._now.key and not self._now.is_reversed))
        self.close()


def _row(at: int, now: Sort) -> Row:
    is_now = _NAMES[at] == now.key
    turned = ", turned round" if is_now and now.is_reversed else ""
    return f"{_NAMES[at]:<{_WIDEST}}", f"{SORTS[at].help}{turned}{'  ← now' if is_now else ''}"
