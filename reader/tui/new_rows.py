"""What came since the person last looked: which articles, since when, and how that is said in a list. Plain Python.

A line parts the new from the old where that is true: below the rows at the top that are all new. New rows further down, as late
arrivals with an early date are, each say so themselves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import neg

from reader.tui.day_lines import MONTHS, WEEKDAYS

_AT_ONCE = 1024
_STEPS = 32
"""Looking for one id in a long list takes about so many times as long as looking at one id of it."""
_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class NewRows:
    """What is new in one list."""

    ids: frozenset[int] = frozenset()
    leading: int = 0
    """So many rows at the top of the list are new, the next one isn't."""
    words: str = ""
    """What the line below them says; empty for no line."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new in the archive."""

    ids: frozenset[int] = frozenset()
    since: datetime | None = None
    """When the person looked last; None for never, and then nothing is new."""

    def among(self, listed: Sequence[int], now: datetime, *, is_newest_first: bool, is_all: bool) -> NewRows:
        """What is new of the `listed`; `is_all` says that these are all there are in the archive. Only newest first has a line."""
        if not self.ids or self.since is None:
            return NewRows()
        leading = self._leading(listed) if is_newest_first else 0
        if not leading or leading == len(listed):
            return NewRows(self.ids, leading)
        count = len(self.ids) if is_all else self._count(listed)
        counted = f"{leading:,}" if leading >= count else f"{leading:,} of {count:,}"
        return NewRows(self.ids, leading, f"new since {moment(self.since, now)} ({counted})")

    def _leading(self, listed: Sequence[int]) -> int:
        for start in range(0, len(listed), _AT_ONCE):
            some = listed[start : start + _AT_ONCE]
            if not self.ids.issuperset(some):
                return start + next(place for place, number in enumerate(some) if number not in self.ids)
        return len(listed)

    def _count(self, listed: Sequence[int]) -> int:
        """How many are new of ids that descend."""
        if len(self.ids) * _STEPS < len(listed):
            return sum(_has(listed, number) for number in self.ids)
        return len(self.ids.intersection(listed))


def _has(listed: Sequence[int], number: int) -> bool:
    at = bisect_left(listed, -number, key=neg)
    return at < len(listed) and listed[at] == number


def moment(then: datetime, now: datetime) -> str:
    """A past moment as people say it: `18:42`, `yesterday 18:42`, `Monday 18:42`, `5 November 18:42`, `5 November 2023`."""
    then = then.astimezone(now.tzinfo)
    days = now.date() - then.date()
    time = f"{then:%H:%M}"
    if not days:
        return time
    if days == timedelta(days=1):
        return f"yesterday {time}"
    if timedelta(0) < days <= _WEEK:
        return f"{WEEKDAYS[then.weekday()]} {time}"
    day = f"{then.day} {MONTHS[then.month - 1]}"
    return f"{day} {time}" if then.year == now.year else f"{day} {then.year}"
