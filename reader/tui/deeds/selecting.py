"""Picking out the articles that the next verdict is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reader.tui.desk import NO_ARTICLE, Deed, Desk


class Selecting:
    """One by one, a range, everything listed, or the rest."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self) -> Mapping[str, Deed]:
        """What each action of selecting does."""
        selection, session = self._desk.session.selection, self._desk.session
        return {
            "select": lambda count: self._select(count or 1),
            "select-range": lambda _: self._select_range(),
            "select-all": lambda _: session.when_listed(lambda ids: self._change(lambda: selection.pick(ids))),
            "invert-selection": lambda _: session.when_listed(lambda ids: self._change(lambda: selection.invert(ids))),
        }

    def _select(self, count: int) -> None:
        """Picks so many from the cursor on, and goes past them."""
        headlines, selection = self._desk.headlines, self._desk.session.selection
        ids = self._desk.session.answer.ids[headlines.cursor : headlines.cursor + count] if headlines.count else []
        for number in ids:
            selection.toggle(number)
        if not ids:
            self._desk.say(NO_ARTICLE)
        headlines.move(len(ids))
        self._desk.show_selection()

    def _select_range(self) -> None:
        headlines, selection = self._desk.headlines, self._desk.session.selection
        if selection.anchor is not None:
            headlines.settle_range(selection)
            selection.end_range()
        elif headlines.cursor_id is not None:
            selection.begin_range(headlines.cursor_id)
            self._desk.say("the selection grows with the cursor until v is pressed again")
        self._desk.show_selection()

    def _change(self, change: Callable[[], None]) -> None:
        change()
        self._desk.show_selection()
