"""Dates in words: what a person writes after `date:`, and the days it comes to.

    2024   2024-03   2024-03-15     the whole year, month, day
    today  yesterday                calendar days
    monday … sunday                 the latest such day, today included
    7d  2w  3m  1y                  the day so many days, weeks, months, years ago; alone: since that day
    24h                             the instant so many hours ago; alone: since then
    lastvisit                       the instant this person last left; alone: since then
    a..b   a..   ..b                both ends included
    >=a  >a  <=b  <b                since, after, until, before

Reading (`read_range`) and reckoning (`resolve`) are apart, so that a kept search means `7d` anew each day. The clock is
never read here: today, now and the last visit are arguments.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NewType

from reader.errors import UsageError

When = NewType("When", str)
"""One checked date in words, lower case: `2024-03`, `7d`, `monday`, `lastvisit`."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DATE_WORDS = ("today", "yesterday", *WEEKDAYS, "lastvisit")

_WRITTEN = "2024-03-15, 2024-03, 7d, today, monday"
_CALENDAR = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_AGO = re.compile(r"([0-9]{1,6})([hdwmy])")
_HALF_WRITTEN = re.compile(r"([0-9]{4}(?:-[0-9]{2})?)-[0-9]?")
_OPENING = re.compile(r"[<>]=?|(?P<first>.*?)\.\.", re.DOTALL)
"""What stands before the date that is being typed."""
_BEFORE_ALL_TIME = -(2**63)


class BadDate(UsageError):
    """Words that name no date; the message says how it is written."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """A period in words. At least one end is there."""

    start: When | None
    end: When | None
    skips_start: bool = False
    """Begins after the whole of `start`."""
    skips_end: bool = False
    """Ends before any of `end`."""

    @property
    def is_since(self) -> bool:
        """Whether it is one word that alone means everything since then: `7d`, `24h`, `lastvisit`."""
        return self.start is not None and self.end is None and not self.skips_start and _is_open(self.start)

    def __str__(self) -> str:
        """As one value of `date:`, in its shortest spelling."""
        if self.start is None:
            return f"{'<' if self.skips_end else '<='}{self.end}"
        if self.end is None:
            return f"{'>' if self.skips_start else '>='}{self.start}"
        if self.start == self.end and not _is_open(self.start):
            return self.start
        return f"{self.start}..{self.end}"


@dataclass(frozen=True, slots=True)
class Interval:
    """What an article's day and instant must satisfy; None is no bound. Instants are milliseconds since 1970, UTC."""

    first_day: date | None = None
    end_day: date | None = None
    """Exclusive."""
    from_instant: int | None = None
    to_instant: int | None = None
    """Exclusive."""


def read_range(text: str) -> DateRange:
    """The period that one value of `date:` names. Raises BadDate."""
    for sign in (">=", "<=", ">", "<"):
        if text.startswith(sign):
            return bounded(sign, read_when(text.removeprefix(sign)))
    first, dots, last = text.partition("..")
    if dots:
        if not first and not last:
            raise BadDate("a range needs a date on one side of ..")
        return DateRange(read_when(first) if first else None, read_when(last) if last else None)
    when = read_when(text)
    return DateRange(when, None if _is_open(when) else when)


def bounded(sign: str, when: When) -> DateRange:
    """The period on one side of `when`; `sign` is `>=`, `>`, `<=` or `<`."""
    if sign.startswith(">"):
        return DateRange(when, None, skips_start=sign == ">")
    return DateRange(None, when, skips_end=sign == "<")


def read_when(text: str, *, written: str = f"{_WRITTEN} or a..b") -> When:
    """One date in words. Raises BadDate, which says how it is `written`."""
    word = text.casefold()
    if word in DATE_WORDS or _AGO.fullmatch(word):
        return When(word)
    if _CALENDAR.fullmatch(word) is None:
        raise BadDate(f"“{text}” is no date: write {written}")
    try:
        _calendar_period(word)
    except ValueError:
        raise BadDate(f"there is no date {text}") from None
    return When(word)


def finished_part(text: str) -> str | None:
    """What of a half-typed value can be used already: `2024-03-1` → `2024-03`.

    Empty when nothing can yet (`yest`); None when no further typing could make it a date.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return finished_when(text)
    first = opening["first"]
    finished = finished_when(text[opening.end() :])
    if finished is None or (first and not _is_when(first)):
        return None
    return opening.group() + finished if first or finished else ""


def finished_when(text: str) -> str | None:
    """`finished_part` for a value that is no range."""
    half = _HALF_WRITTEN.fullmatch(text)
    candidate = half.group(1) if half else text.removesuffix(".")
    if not candidate:
        return ""
    if _is_when(candidate):
        return candidate
    could_become = re.fullmatch("[0-9]{1,6}", candidate) or any(word.startswith(candidate.casefold()) for word in DATE_WORDS)
    return "" if could_become and not half else None


def days_of(text: str, today: date, now: datetime, last_visit: datetime | None) -> tuple[date, date]:
    """The first and the last day that one date in words covers; of an instant, its day. Raises BadDate."""
    when = read_when(text, written=_WRITTEN)
    if when == "lastvisit" and last_visit is None:
        raise BadDate("you were never here before")
    period = _Clock(today, now, last_visit).period(when)
    return period.first, period.last


def resolve(period: DateRange, today: date, now: datetime, last_visit: datetime | None) -> Interval:
    """The days and instants of `period`.

    `now` and `last_visit` are aware; who was never here has everything since the last visit. Ends in the wrong order
    are put right, and a weekday at the end of a range is the first one on or after its start.
    """
    clock = _Clock(today, now, last_visit)
    start = clock.period(period.start) if period.start else None
    end = clock.period(period.end) if period.end else None
    if start and end and end.first < start.first:
        if period.end in WEEKDAYS:
            end = _weeks_later(end, start.first)
        else:
            start, end = end, start
    return _interval(start, end, period.skips_start, period.skips_end)


def _is_when(text: str) -> bool:
    try:
        read_when(text)
    except BadDate:
        return False
    return True


def _is_open(when: When) -> bool:
    """Whether `when` alone means everything since then."""
    return when == "lastvisit" or _AGO.fullmatch(when) is not None


@dataclass(frozen=True, slots=True)
class _Period:
    """The days that one When covers; an instant covers the day it falls on."""

    first: date
    last: date
    instant: int | None = None


@dataclass(frozen=True, slots=True)
class _Clock:
    today: date
    now: datetime
    last_visit: datetime | None

    def period(self, when: When) -> _Period:
        if when == "lastvisit":
            return self._visit()
        if when in WEEKDAYS:
            return self._days_ago((self.today.weekday() - WEEKDAYS.index(when)) % 7)
        if when in DATE_WORDS:
            return self._days_ago(DATE_WORDS.index(when))
        if ago := _AGO.fullmatch(when):
            return self._ago(int(ago.group(1)), ago.group(2))
        return _calendar_period(when)

    def _visit(self) -> _Period:
        if self.last_visit is None:
            return _Period(date.min, date.min, _BEFORE_ALL_TIME)
        return self._at(self.last_visit)

    def _ago(self, count: int, unit: str) -> _Period:
        if unit == "h":
            return self._at(self.now - timedelta(hours=count))
        if unit in "dw":
            return self._days_ago(count * (7 if unit == "w" else 1))
        return self._months_ago(count * (12 if unit == "y" else 1))

    def _at(self, moment: datetime) -> _Period:
        day = moment.astimezone(self.now.tzinfo).date()
        return _Period(day, day, int(moment.timestamp() * 1000))

    def _days_ago(self, days: int) -> _Period:
        day = self.today - timedelta(days=days) if days < self.today.toordinal() else date.min
        return _Period(day, day)

    def _months_ago(self, months: int) -> _Period:
        year, month = divmod(self.today.year * 12 + self.today.month - 1 - months, 12)
        if year < date.min.year:
            return _Period(date.min, date.min)
        day = date(year, month + 1, min(self.today.day, monthrange(year, month + 1)[1]))
        return _Period(day, day)


def _weeks_later(weekday: _Period, earliest: date) -> _Period:
    """The first such weekday on or after `earliest`, which is later than `weekday`; the last day there is where none comes any more."""
    weeks = -((weekday.first - earliest).days // 7)
    day = date.fromordinal(min(weekday.first.toordinal() + 7 * weeks, date.max.toordinal()))
    return _Period(day, day)


def _calendar_period(text: str) -> _Period:
    """The days of a year, month or day. Raises ValueError for one that the calendar lacks."""
    match [int(part) for part in text.split("-")]:
        case [year]:
            return _Period(date(year, 1, 1), date(year, 12, 31))
        case [year, month]:
            return _Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        case numbers:
            return _Period(date(*numbers), date(*numbers))


def _interval(start: _Period | None, end: _Period | None, skips_start: bool, skips_end: bool) -> Interval:
    first_day = end_day = from_instant = to_instant = None
    if start and start.instant is not None:
        from_instant = start.instant + skips_start
    elif start:
        first_day = _day_after(start.last) if skips_start else start.first
    if end and end.instant is not None:
        to_instant = end.instant + (not skips_end)
    elif end:
        end_day = end.first if skips_end else _day_after(end.last)
    return Interval(first_day, end_day, from_instant, to_instant)


def _day_after(day: date) -> date:
    """The next day; the last day there is follows itself."""
    return day if day == date.max else day + timedelta(days=1)
