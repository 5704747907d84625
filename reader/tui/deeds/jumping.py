"""Going to a date in the list, which stays as it is: nothing is asked for it, so a million rows are as quick as ten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime

from reader.errors import UsageError
from reader.index.ids import ordinal_of
from reader.model import ArticleId
from reader.query.dates import DATE_WORDS, days_of
from reader.query.periods import Period, spanning
from reader.tui.day_search import row_of_days
from reader.tui.desk import Deed, Desk
from reader.tui.prompt import Offer, Prompt


class Jumping:
    """Asking for a date, and going there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self) -> Mapping[str, Deed]:
        """What each action of jumping does."""
        return {"go-to-date": lambda _: self._ask()}

    def go_to_words(self, words: str) -> str | None:
        """Goes to a date in words; what is wrong with it, or None."""
        try:
            self.go(self._period(words))
        except UsageError as error:
            return str(error)
        return None

    def go(self, period: Period) -> None:
        """Puts the cursor where a period begins in the list. Raises UsageError where the list is in another order."""
        if other_order := self._other_order():
            raise UsageError(other_order)
        self._desk.when_listed(lambda: self._go(period))

    def _other_order(self) -> str:
        """Why there are no days to go to; nothing, where the list is in the order of dates."""
        sort = self._desk.session.query.sort
        if sort is None or sort.key == "date":
            return ""
        key = next(iter(self._desk.keymap.labels_of("sort")), ":sort")
        return f"listed by {sort.key}, not by date; {key} changes it"

    def _go(self, period: Period) -> None:
        desk = self._desk
        ids = desk.session.answer.ids
        row = self._row(period)
        if row is None:
            desk.complain(self._why_no_days())
            return
        day = date.fromordinal(ordinal_of(ids[row]))
        if not period.first_day <= day <= period.last_day:
            desk.say(f"nothing is listed from {period.label}; the nearest is from {spanning(day, day).label}")
        desk.headlines.go(row)

    def _row(self, period: Period) -> int | None:
        """The row where a period begins in the list."""
        return row_of_days(self._desk.session.answer.ids, period.first_day, period.last_day)

    # -- asking for it ---------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        def tell(text: str) -> None:
            prompt.say(self._label(text) if text else self._span())
            self._foresee(text)

        prompt = Prompt("go to date: ", self.go_to_words, offers=self._offers, edited=tell, said=self._span())
        self._desk.open_drawer(prompt)

    def _foresee(self, words: str) -> None:
        """Has the article made ready that these words lead to."""
        with suppress(UsageError):
            if not self._other_order() and (row := self._row(self._period(words))) is not None:
                self._desk.foresee(ArticleId(self._desk.session.answer.ids[row]))

    def _span(self) -> str:
        """The dates that there are to go to, as they could be typed; or why there are none."""
        if other_order := self._other_order():
            return other_order
        ids = self._desk.session.answer.ids
        ends = (row_of_days(ids, date.min, date.min), row_of_days(ids, date.max, date.max))
        days = sorted(ordinal_of(ids[row]) for row in ends if row is not None)
        return f"listed: {date.fromordinal(days[0])} to {date.fromordinal(days[-1])}" if days else self._why_no_days()

    def _why_no_days(self) -> str:
        return "nothing listed has a date" if self._desk.session.answer.ids else "there are no stories here"

    def _offers(self, text: str) -> Sequence[Offer]:
        """The words for days that begin so."""
        begun = text.strip().casefold()
        fitting = [word for word in DATE_WORDS if begun and word.startswith(begun)]
        return [Offer(word, word, self._label(word)) for word in fitting]

    def _label(self, words: str) -> str:
        """What words mean now; nothing, where they mean nothing."""
        try:
            return self._period(words).label
        except UsageError:
            return ""

    def _period(self, words: str) -> Period:
        """The day, month or year that words mean now. Raises UsageError."""
        clock = self._desk.library.clock(datetime.now().astimezone())
        return spanning(*days_of(words.strip(), clock.today, clock.now, clock.last_visit))
