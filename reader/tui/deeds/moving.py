"""Moving through the list and the article."""

from __future__ import annotations

from collections.abc import Mapping

from reader.model import ArticleId
from reader.triage.jobs import giving
from reader.triage.verbs import verdict
from reader.tui.desk import Deed, Desk

_UNREAD_PAGE = 500
"""Rows looked at a time for the next unread one."""


class Moving:
    """Lines, pages, ends, and the next unread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self) -> Mapping[str, Deed]:
        """What each action of moving does."""
        headlines, article = self._desk.headlines, self._desk.article
        return {
            "next": lambda count: headlines.move(count or 1),
            "previous": lambda count: headlines.move(-(count or 1)),
            "line-down": lambda count: article.scroll_lines(count or 1),
            "line-up": lambda count: article.scroll_lines(-(count or 1)),
            "scroll-down": lambda count: article.scroll_lines(count or 1),
            "scroll-up": lambda count: article.scroll_lines(-(count or 1)),
            "first": self._first,
            "last": self._last,
            "page-on": self._page_on,
            "page-back": lambda count: article.scroll_pages(-(count or 1)),
            "page-down": lambda count: self._page(count or 1),
            "page-up": lambda count: self._page(-(count or 1)),
            "half-down": lambda count: self._half(count or 1),
            "half-up": lambda count: self._half(-(count or 1)),
            "next-unread": lambda _: self.go_unread(1),
            "previous-unread": lambda _: self.go_unread(-1),
        }

    def go_unread(self, step: int) -> bool:
        """Moves to the nearest row, that way, that is neither read nor dismissed; whether there is one."""
        desk = self._desk
        ids = desk.session.answer.ids
        at = desk.headlines.cursor + step
        while 0 <= at < len(ids):
            end = at + step * _UNREAD_PAGE
            some = ids[at:end] if step > 0 else ids[max(end + 1, 0) : at + 1][::-1]
            rows = {row.id: row for row in desk.library.rows([ArticleId(number) for number in some])}
            for offset, number in enumerate(some):
                row = rows.get(ArticleId(number))
                if row is not None and not row.mark.is_read and not row.mark.is_skipped:
                    desk.headlines.go(at + step * offset)
                    return True
            at = end
        desk.say("no unread headline below" if step > 0 else "no unread headline above")
        return False

    def _first(self, count: int | None) -> None:
        if self._desk.place == "article":
            self._desk.article.scroll_top()
        else:
            self._desk.headlines.go(count - 1 if count else 0)

    def _last(self, count: int | None) -> None:
        if self._desk.place == "article":
            self._desk.article.scroll_bottom()
        elif count:
            self._desk.headlines.go(count - 1)
        else:
            self._desk.headlines.go_last()

    def _page(self, pages: int) -> None:
        if self._desk.place == "article":
            self._desk.article.scroll_pages(pages)
        else:
            self._desk.headlines.page(pages)

    def _half(self, halves: int) -> None:
        if self._desk.place == "article":
            self._desk.article.scroll_half_pages(halves)
        else:
            self._desk.headlines.half(halves)

    def _page_on(self, _: int | None) -> None:
        """Pages the article; at its end marks it read and goes on."""
        desk = self._desk
        if desk.article.article is None or not desk.article.at_end:
            desk.article.scroll_pages(1)
            return
        row = desk.open_row
        if row is not None and not row.mark.is_read:
            desk.judge(giving(verdict("read")), [row.id])
        self.go_unread(1)
