"""The order of the list, by key."""

from __future__ import annotations

from collections.abc import Mapping

from reader.query.refine import sorted_by
from reader.query.tree import Sort
from reader.tui.desk import Deed, Desk
from reader.tui.sort_panel import SortPanel


class Sorting:
    """Choosing an order."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self) -> Mapping[str, Deed]:
        """What each action of sorting does."""
        return {"sort": lambda _: self._ask()}

    def _ask(self) -> None:
        self._desk.open_drawer(SortPanel(self._desk.session.query.sort or Sort("date"), self._sort))

    def _sort(self, sort: Sort) -> None:
        self._desk.filter_by(sorted_by(self._desk.session.filter, sort))
