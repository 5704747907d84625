"""The rows of a list, fetched a page at a time as they come on screen, the most recently seen kept."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from reader.model import ArticleId, HeadlineRow

PAGE = 64
"""Rows fetched at once: a screenful, in a few milliseconds."""
KEPT = 64 * PAGE
"""Rows kept: enough for paging back and forth, little enough to forget about."""

Pager = Callable[[Sequence[ArticleId]], Iterable[HeadlineRow]]
"""Gives the rows of at most `PAGE` ids; ids that are gone are left out. Called on the UI thread; it must be quick and not raise."""


class RowPages:
    """Rows by their place in the list."""

    def __init__(self, fetch: Pager) -> None:
        self._fetch = fetch
        self._ids: Sequence[int] = array("q")
        self._rows: OrderedDict[int, HeadlineRow | None] = OrderedDict()

    def show(self, ids: Sequence[int]) -> None:
        """Serve these ids from now on; rows fetched before are still good."""
        self._ids = ids

    def row(self, index: int) -> HeadlineRow | None:
        """The row at a place; None when its article is gone."""
        article_id = self._ids[index]
        if article_id not in self._rows:
            self._fetch_page(index // PAGE)
        self._rows.move_to_end(article_id)
        return self._rows[article_id]

    def forget(self, ids: Iterable[int]) -> None:
        """Fetch these rows anew when they are next shown."""
        for article_id in ids:
            self._rows.pop(article_id, None)

    def forget_all(self) -> None:
        """Fetch every row anew when it is next shown."""
        self._rows.clear()

    def _fetch_page(self, page: int) -> None:
        missing = [ArticleId(article_id) for article_id in self._ids[page * PAGE : (page + 1) * PAGE] if article_id not in self._rows]
        while self._rows and len(self._rows) + len(missing) > KEPT:
            self._rows.popitem(last=False)
        self._rows.update(dict.fromkeys(missing))
        self._rows.update((row.id, row) for row in self._fetch(missing))
