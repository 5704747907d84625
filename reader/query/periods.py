"""Answers laid out in time: counts by hour, day, week, month or year, each period with its name and its `date:` term.

Periods of one scale are numbered without gaps, so that a histogram is a first number and a row of counts.

    hour  24 × day + hour    day  its ordinal    week  Mondays since the year 1    month  12 × year + month    year  itself
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reader.query.dates import DateRange, read_range

Scale = Literal["hour", "day", "week", "month", "year"]
SCALES: tuple[Scale, ...] = ("hour", "day", "week", "month", "year")

_DAYS_BY_HOUR = 2
"""Days that are shown by the hour."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Period:
    """One bar: an hour, a day, a week from Monday to Sunday, a month or a year."""

    scale: Scale
    number: int

    @property
    def first_day(self) -> date:
        """The first day of it; of an hour, the day it lies in."""
        if self.scale == "year":
            return date(self.number, 1, 1)
        if self.scale == "month":
            return date(self.number // 12, self.number % 12 + 1, 1)
        return date.fromordinal({"hour": self.number // 24, "day": self.number, "week": self.number * 7 + 1}[self.scale])

    @property
    def last_day(self) -> date:
        """The last day of it."""
        first = self.first_day
        if self.scale == "year":
            return first.replace(month=12, day=31)
        if self.scale == "month":
            return first.replace(day=monthrange(first.year, first.month)[1])
        return date.fromordinal(min(first.toordinal() + 6, date.max.toordinal())) if self.scale == "week" else first

    @property
    def range(self) -> DateRange:
        """It as a value of `date:`; an hour as its day, because the language knows nothing smaller."""
        first, last = self.first_day.isoformat(), self.last_day.isoformat()
        if self.scale == "week":
            return read_range(f"{first}..{last}")
        return read_range(first[: {"month": 7, "year": 4}.get(self.scale, 10)])

    @property
    def label(self) -> str:
        """In words: `Tue 5 Nov 2024`, `4 Nov – 10 Nov 2024`, `Nov 2024`."""
        first, last = self.first_day, self.last_day
        if self.scale == "year":
            return str(first.year)
        if self.scale == "month":
            return _month(first)
        if self.scale == "week":
            return f"{first.day} {_MONTHS[first.month - 1]} – {_day(last)}"
        day = f"{_WEEKDAYS[first.weekday()]} {_day(first)}"
        return day if self.scale == "day" else f"{day}, {self.number % 24:02}:00 to {self.number % 24:02}:59"

    @property
    def mark(self) -> str:
        """What stands below the axis where it begins."""
        first = self.first_day
        if self.scale == "hour" and self.number % 24:
            return f"{self.number % 24:02}:00"
        if self.scale == "year":
            return str(first.year)
        return _month(first) if self.scale == "month" else f"{first.day} {_MONTHS[first.month - 1]}"


def spanning(first: date, last: date) -> Period:
    """The period of these days: of one day, else of a whole month or a whole year."""
    scale: Scale = "day" if first == last else "month" if (first.year, first.month) == (last.year, last.month) else "year"
    return Period(scale, number_of(scale, first.toordinal()))


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many articles fall into each of a row of periods; the first and the last hold some."""

    scale: Scale
    first: int
    """The number of the first period."""
    counts: tuple[int, ...]
    left_out: int = 0
    """Articles without a date; by the hour, those without a time as well."""

    def period(self, at: int) -> Period:
        """The period of one bar, counted from 0."""
        return Period(self.scale, self.first + at)

    @property
    def peak(self) -> int:
        """The first of the highest bars; 0 where there are none."""
        return self.counts.index(max(self.counts)) if self.counts else 0

    @property
    def total(self) -> int:
        """All articles in it."""
        return sum(self.counts)


def fitting(first: int, last: int, bars: int) -> Scale:
    """The finest scale on which the days from `first` to `last` (ordinals) need at most `bars` bars.

    By the hour only where that is two days at most.
    """
    if last - first < _DAYS_BY_HOUR and (last - first + 1) * 24 <= bars:
        return "hour"
    return next((scale for scale in SCALES[1:] if number_of(scale, last) - number_of(scale, first) < bars), "year")


def histogram(scale: Scale, days: Iterable[tuple[int, int]]) -> Histogram:
    """The histogram of (ordinal of a day, how many articles), 0 for articles without one. For any scale but hours."""
    counted: Counter[int] = Counter()
    left_out = 0
    for ordinal, count in days:
        if ordinal:
            counted[number_of(scale, ordinal)] += count
        else:
            left_out += count
    return _in_a_row(scale, counted, left_out)


def hourly(times: Iterable[tuple[int, int | None]]) -> Histogram:
    """The histogram by hour of (ordinal of the day, hour); the hour is None where no time is known."""
    listed = list(times)
    counted = Counter(ordinal * 24 + hour for ordinal, hour in listed if hour is not None)
    return _in_a_row("hour", counted, len(listed) - counted.total())


def number_of(scale: Scale, ordinal: int) -> int:
    """The number of the period that a day lies in; by the hour, that of its first."""
    if scale == "hour":
        return ordinal * 24
    if scale == "day":
        return ordinal
    if scale == "week":
        return (ordinal - 1) // 7
    day = date.fromordinal(ordinal)
    return day.year if scale == "year" else day.year * 12 + day.month - 1


def squeezed(counts: Sequence[int], most: int) -> list[int]:
    """The counts in at most `most` bars of as many neighbours each, the last one perhaps of fewer."""
    together = -(-len(counts) // most) if most > 0 else 1
    return [sum(counts[at : at + together]) for at in range(0, len(counts), together)] if counts else []


def _in_a_row(scale: Scale, counted: Counter[int], left_out: int) -> Histogram:
    if not counted:
        return Histogram(scale, 0, (), left_out)
    first = min(counted)
    return Histogram(scale, first, tuple(counted[number] for number in range(first, max(counted) + 1)), left_out)


def _day(day: date) -> str:
    return f"{day.day} {_month(day)}"


def _month(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"
