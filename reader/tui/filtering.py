"""The filter, from what is typed into the bar to what is asked of the list."""

from __future__ import annotations

from collections.abc import Callable

from reader.model import ArticleKey
from reader.query.chips import chips
from reader.tui.desk import Desk
from reader.tui.filter_bar import Outcome
from reader.tui.listing import Listing

_TYPED_SECONDS = 0.012
"""How long a letter of the filter waits to be painted with the first rows that it finds: less than anybody sees, more than most take."""


class Filtering:
    """Filters the list of one desk."""

    def __init__(self, desk: Desk, listing: Listing, listed: Callable[[], object]) -> None:
        """`listed` is called where the first rows for what was typed are there at once."""
        self._desk = desk
        self._listing = listing
        self._listed = listed

    def edit(self, text: str) -> None:
        """Takes the filter as it is typed, and lists what it finds."""
        query = self._desk.session.edit(text)
        self._show_parse()
        if query is not None:
            self._listing.ask(keep=False, patience=_TYPED_SECONDS)
            if not self._desk.session.is_waiting:
                self._listed()

    def take(self, text: str) -> None:
        """Takes what the bar says has come into it; what was typed key by key is known already."""
        if text == self._desk.bar.text != self._desk.session.text:
            self.edit(text)

    def end(self, outcome: Outcome) -> None:
        """Goes to the list; Enter asks anew where judged rows have stayed in it."""
        judged = self._desk.session.judged
        if outcome in ("submitted", "left"):
            self._desk.go_to("list")
        if outcome == "submitted" and judged:
            judged.clear()
            self._listing.ask(keep=True)

    def replace(self, text: str, at: ArticleKey | None = None) -> None:
        """Puts another filter into the bar and asks it, the cursor on the article `at`, or kept on its own."""
        self._desk.bar.set_text(text)
        query = self._desk.session.put(text)
        self._show_parse()
        if query is not None or at is not None:
            self._listing.ask(keep=True, at=at)

    def say_what_is_wrong(self) -> None:
        """Says it of a filter that nobody has typed here."""
        if self._desk.session.query.error is not None:
            self._show_parse()

    def _show_parse(self) -> None:
        session = self._desk.session
        self._desk.bar.show_parse(chips(session.query), session.hint)
