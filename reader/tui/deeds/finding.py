"""Finding words in the open article."""

from __future__ import annotations

from collections.abc import Mapping

from reader.model import HeadlineRow
from reader.tui.desk import Deed, Desk
from reader.tui.find_line import FindLine, Position


class Finding:
    """Finds in the article, from wherever the keys go to."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self) -> Mapping[str, Deed]:
        """What each action of finding does."""
        return {"find": lambda _: self._find()}

    def _find(self) -> None:
        row = self._desk.row_or_say()
        if row is not None:
            self._desk.go_to("article")
            self._desk.open_drawer(FindLine(self._seek, self._step, lambda: self._is_in(row)))

    def _is_in(self, row: HeadlineRow) -> bool:
        """Whether the keys still go to this article."""
        open_row = self._desk.open_row
        return self._desk.place == "article" and open_row is not None and open_row.id == row.id

    def _seek(self, text: str) -> Position:
        self._desk.article.find(text)
        return self._desk.article.hit_position

    def _step(self, step: int) -> Position:
        article = self._desk.article
        _ = article.next_hit() if step > 0 else article.previous_hit()
        return article.hit_position
