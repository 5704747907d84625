"""Moving through the list and the article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from reader.model import ArticleId
from reader.triage.jobs import giving
from reader.triage.verbs import verdict
from reader.tui.desk import Deed, Desk

_NEARBY = 500
"""Rows among which the next unread one is sought at once; among all others while the keys wait."""


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

    def go_unread(self, step: Literal[1, -1]) -> None:
        """Moves to the nearest row, that way, that is neither read nor dismissed."""
        desk = self._desk
        if self._go_near(step):
            return
        if desk.session.answer.is_complete:
            self._go_far(step)
        elif desk.is_searching:
            self._say_none(step)
        else:
            desk.when_listed(lambda: None if self._go_near(step) else self._go_far(step))

    def _go_near(self, step: Literal[1, -1]) -> bool:
        """Moves there where it is among the next rows, or among all that were found so far while texts are read; whether it is."""
        desk = self._desk
        ids, at = desk.session.answer.ids, desk.headlines.cursor + step
        while 0 <= at < len(ids):
            end = at + step * _NEARBY
            near = ids[at:end] if step > 0 else ids[max(end + 1, 0) : at + 1][::-1]
            rows = {row.id: row for row in desk.library.rows([ArticleId(number) for number in near])}
            for offset, number in enumerate(near):
                row = rows.get(ArticleId(number))
                if row is not None and not row.mark.is_read and not row.mark.is_skipped:
                    desk.headlines.go(at + step * offset)
                    return True
            if not desk.is_searching:
                return False
            at = end
        return False

    def _go_far(self, step: Literal[1, -1]) -> None:
        """Has it sought beyond the next rows."""
        desk = self._desk
        ids, start = desk.session.answer.ids, desk.headlines.cursor + step * (_NEARBY + 1)

        def go(place: int) -> None:
            if desk.session.answer.ids is not ids:
                self.go_unread(step)
            elif place < 0:
                self._say_none(step)
            else:
                desk.headlines.go(place)

        if 0 <= start < len(ids):
            desk.when_found_out(lambda library: library.next_unjudged(ids, start, step), go)
        else:
            go(-1)

    def _say_none(self, step: Literal[1, -1]) -> None:
        self._desk.say("no unread headline below" if step > 0 else "no unread headline above")

    def _first(self, count: int | None) -> None:
        if self._desk.place == "article":
            self._desk.article.scroll_top()
        else:
            self._go_row(count or 1)

    def _last(self, count: int | None) -> None:
        if self._desk.place == "article":
            self._desk.article.scroll_bottom()
        elif count:
            self._go_row(count)
        else:
            self._desk.when_known(self._desk.headlines.go_last)

    def _go_row(self, number: int) -> None:
        """To a row by its number, from 1; as far as it is known, where texts are being read for the list."""
        desk, headlines = self._desk, self._desk.headlines
        if number <= headlines.count:
            headlines.go(number - 1)
        else:
            desk.when_known(lambda: headlines.go(number - 1))

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
