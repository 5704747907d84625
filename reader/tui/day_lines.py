"""Where the day headings stand in a list of headlines: lines of the screen to rows of the answer, and back.

    index   line
            0   Thursday 7 November 2024
    0       1   ● 18:20  …
    1       2   ● 03:40  …
            3   Wednesday 6 November 2024
    2       4     12:05  …

One more line, a rule, may stand before any row: below it is what was there before. Where there are no headings a row may have
several lines. Days are read from the ids alone, with no look at the index; of a million rows in a sixth of a second, so those
of a long list are sought where nobody waits for it. Plain Python, no toolkit.
"""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from operator import add, neg

from reader.index.ids import FIRST_DATED, SLOT_BITS, id_range_of_day_index, ordinal_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
UNDATED = "Undated"
MARGIN = 2
"""Lines kept in sight above and below the cursor."""
LEAST_FOR_STICKY = 4
"""Lines of the list from which on the first may be spent on the day."""

_NOWHERE = sys.maxsize
_MANY_A_DAY = 20
"""So many articles a day, and finding where each day ends is quicker than looking at every article."""

_LOW_BYTE = 0 if sys.byteorder == "little" else 7
_SHIFT_OF_BYTE = bytes(byte & 3 for byte in range(256))
_RUN = re.compile(rb"(.)\1*", re.DOTALL)


def name_of_day(ordinal: int, *, short: bool = False) -> str:
    """`Thursday 7 November 2024`, or `Thu 7 Nov 2024`; `Undated` for 0."""
    if ordinal == 0:
        return UNDATED
    day = date.fromordinal(ordinal)
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    if short:
        weekday, month = weekday[:3], month[:3]
    return f"{weekday} {day.day} {month} {day.year}"


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one list, in its order: a day that comes again is another one."""

    starts: array[int]
    """The index of the first row of each."""
    ordinals: array[int]
    """Which day it is; 0 for undated."""
    lines: array[int]
    """The line of its heading, where there is no rule above."""


def days_of(ids: Sequence[int]) -> Days:
    """The days of a list whose ids ascend or descend."""
    starts, ordinals = _days(ids) if ids else (array("q"), array("q"))
    return Days(starts, ordinals, array("q", map(add, starts, count())))


_NO_DAYS = days_of(())


class DayLines:
    """The lines of one list: a heading before each run of rows of one day, or no headings at all."""

    def __init__(
        self, ids: Sequence[int], *, has_headings: bool = True, days: Days | None = None, rule_before: int = 0, row_lines: int = 1
    ) -> None:
        """`ids` ascend or descend wherever headings are asked for; `days` are theirs, where they are known already.

        The rule stands before the row `rule_before`, above the heading of its day; there is none before the first row, nor behind
        the last. Only rows without headings may have more than one line.
        """
        self.count = len(ids)
        self.row_lines = row_lines
        its_days = (days or days_of(ids)) if has_headings else _NO_DAYS
        self._starts, self._ordinals, self._lines = its_days.starts, its_days.ordinals, its_days.lines
        has_rule = 0 < rule_before < self.count
        self._ruled = rule_before if has_rule else _NOWHERE
        self._rule = rule_before + bisect_left(self._starts, rule_before) if has_rule else _NOWHERE

    @property
    def has_headings(self) -> bool:
        """Whether there is any heading."""
        return bool(self._starts)

    @property
    def total(self) -> int:
        """Lines in all."""
        return self.count * self.row_lines + len(self._starts) + (self._rule != _NOWHERE)

    def line_of(self, index: int) -> int:
        """The first line of a row."""
        return index * self.row_lines + bisect_right(self._starts, index) + (index >= self._ruled)

    def index_at(self, line: int) -> int:
        """The row at a line; for a heading or the rule, the row beneath it."""
        line = self._unruled(line)
        above = bisect_right(self._lines, line)
        return (line - above + (above > 0 and self._lines[above - 1] == line)) // self.row_lines

    def top_for(self, index: int, height: int) -> int:
        """The line to show first, so that a row of a list just begun is read best on a screen of this height."""
        line = self.line_of(index)
        return 0 if line < height - MARGIN else self.settled_top(line - height // 3, height)

    def settled_top(self, top: int, height: int) -> int:
        """The line nearest to `top` that can be shown first: a row that the day above it would hide makes room for its own heading."""
        last = max(self.total - height, 0)
        if self.has_headings and height >= LEAST_FOR_STICKY and 0 < top < last and self.is_heading(top + 1):
            top += 1
        return min(max(top, 0), last)

    def is_rule(self, line: int) -> bool:
        """Whether the rule stands at a line."""
        return line == self._rule

    def is_heading(self, line: int) -> bool:
        """Whether a heading stands at a line."""
        unruled = self._unruled(line)
        above = bisect_right(self._lines, unruled)
        return above > 0 and self._lines[above - 1] == unruled and line != self._rule

    def is_row(self, line: int) -> bool:
        """Whether a row stands at a line."""
        return not self.is_rule(line) and not self.is_heading(line)

    def day_at(self, line: int) -> tuple[int, int]:
        """The day that a line belongs to, as an ordinal (0: undated), and how many rows stand under its heading.

        The rule belongs to the day of what is beneath it.
        """
        at = bisect_right(self._lines, self._unruled(line)) - 1
        end = self._starts[at + 1] if at + 1 < len(self._starts) else self.count
        return self._ordinals[at], end - self._starts[at]

    def _unruled(self, line: int) -> int:
        """The line as it would be counted without the rule; for the rule itself, what is beneath it."""
        return line - (line > self._rule)


def _days(ids: Sequence[int]) -> tuple[array[int], array[int]]:
    """The index of the first row of each run of one day, and that day's ordinal."""
    held = ids if isinstance(ids, array) else array("q", ids)
    starts, ordinals = array("q"), array("q")
    previous = -1
    are_few = len(held) < _MANY_A_DAY * (abs(held[0] - held[-1]) >> (SLOT_BITS + 2))
    for start in range(len(held)) if are_few else _places_to_look(held):
        ordinal = ordinal_of(held[start])
        if ordinal != previous:
            starts.append(start)
            ordinals.append(ordinal)
            previous = ordinal
    return starts, ordinals


def _places_to_look(ids: array[int]) -> Iterator[int]:
    """Indexes among which are all those where the day changes: where a UTC day begins, or its distance to the day as written changes."""
    is_newest_first = ids[0] > ids[-1]
    at, length = 0, 0
    while at < len(ids):
        low, high = _range_of_day(ids[at])
        near = min(len(ids), at + 2 * length + 64)
        until = near if not low <= ids[near - 1] < high else len(ids)
        if is_newest_first:
            end = bisect_right(ids, -low, at, until, key=neg)
        else:
            end = bisect_left(ids, high, at, until)
        yield at
        if low:
            yield from _changes_of_shift(ids, at, end)
        at, length = end, end - at


def _range_of_day(article_id: int) -> tuple[int, int]:
    """The half-open range of the ids that share the UTC day of this one."""
    day_index = article_id >> (SLOT_BITS + 2) if article_id >= FIRST_DATED else 0
    return id_range_of_day_index(day_index)


def _changes_of_shift(ids: array[int], start: int, end: int) -> Iterable[int]:
    """Where, within one UTC day, the day as written begins to differ from it in another way."""
    # Slicing, translating and counting bytes is the quickest look at every id that plain Python has.
    shifts = ids[start:end].tobytes()[_LOW_BYTE :: ids.itemsize].translate(_SHIFT_OF_BYTE)
    if shifts.count(shifts[0]) == end - start:
        return ()
    return (start + run.start() for run in _RUN.finditer(shifts))
