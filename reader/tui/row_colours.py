"""The colours of rows, by query: known for what has been on screen, wanted for what comes there. No toolkit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reader.model import ArticleId

_KEPT = 8192
"""Rows whose colours are kept; beyond it all are asked for anew."""


class RowColours:
    """What is known of the colours of rows."""

    def __init__(self) -> None:
        self._known: dict[ArticleId, str | None] = {}
        self._stale: set[ArticleId] = set()
        self._wanted: set[ArticleId] = set()

    def of(self, row: ArticleId) -> str | None:
        """The colour that a row was last known to have; where it isn't sure, it is wanted from now on."""
        if row not in self._known or row in self._stale:
            self._wanted.add(row)
        return self._known.get(row)

    @property
    def is_wanting(self) -> bool:
        """Whether there are colours to be asked for."""
        return bool(self._wanted)

    def take_wanted(self) -> tuple[ArticleId, ...]:
        """The rows whose colours are to be asked for, newest first; they are not given again unless they are painted again."""
        wanted, self._wanted = self._wanted, set()
        return tuple(sorted(wanted, reverse=True))

    def learn(self, colours: Mapping[ArticleId, str | None]) -> set[ArticleId]:
        """Takes colours; gives the rows that look different by them."""
        if len(self._known) > _KEPT:
            self._known.clear()
        changed = {row for row, colour in colours.items() if self._known.get(row) != colour}
        self._known.update(colours)
        self._stale.difference_update(colours)
        return changed

    def forget(self, rows: Iterable[ArticleId]) -> None:
        """These rows may have other colours now."""
        self._stale.update(row for row in rows if row in self._known)

    def forget_all(self) -> None:
        """Any row may have another colour now."""
        self._stale.update(self._known)
