"""Where the day headings stand in a list of headlines: lines of the screen to rows of the answer, and back.

    index   line
            0   Thursday 7 November 2024
    0       1   ● 18:20  …
    1       2   ● 03:40  …
            3   Wednesday 6 November 2024
    2       4     12:05  …

Days are read from the ids alone, so a million rows cost a few milliseconds and no look at the index. Plain Python, no toolkit.
"""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from reader.index.ids import SLOT_BITS, id_range_of_day_index, ordinal_of
from reader.model import ArticleId

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
UNDATED = "Undated"

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


class DayLines:
    """The lines of one list: a heading before each run of rows of one day, or no headings at all."""

    def __init__(self, ids: Sequence[ArticleId], *, has_headings: bool = True) -> None:
        """`ids` ascend or descend wherever headings are asked for."""
        self.count = len(ids)
        self._starts, self._ordinals = _days(ids) if has_headings and ids else (array("q"), array("q"))
        self._lines = array("q", (start + before for before, start in enumerate(self._starts)))

    @property
    def has_headings(self) -> bool:
        """Whether there is any heading."""
        return bool(self._starts)

    @property
    def total(self) -> int:
        """Lines in all."""
        return self.count + len(self._starts)

    def line_of(self, index: int) -> int:
        """The line of a row."""
        return index + bisect_right(self._starts, index)

    def index_at(self, line: int) -> int:
        """The row at a line; for a heading, the row beneath it."""
        above = bisect_right(self._lines, line)
        return line - above + (above > 0 and self._lines[above - 1] == line)

    def is_heading(self, line: int) -> bool:
        """Whether a heading stands at a line."""
        above = bisect_right(self._lines, line)
        return above > 0 and self._lines[above - 1] == line

    def day_at(self, line: int) -> tuple[int, int]:
        """The day that a line belongs to, as an ordinal (0: undated), and how many rows stand under its heading."""
        at = bisect_right(self._lines, line) - 1
        end = self._starts[at + 1] if at + 1 < len(self._starts) else self.count
        return self._ordinals[at], end - self._starts[at]


def _days(ids: Sequence[ArticleId]) -> tuple[array[int], array[int]]:
    """The index of the first row of each run of one day, and that day's ordinal."""
    ascending = ids if isinstance(ids, array) else array("q", ids)
    is_newest_first = ascending[0] > ascending[-1]
    if is_newest_first:
        ascending = ascending[::-1]
    starts, ordinals = _ascending_days(ascending)
    if not is_newest_first:
        return starts, ordinals
    ends = array("q", [*starts[1:], len(ascending)])
    return array("q", (len(ascending) - end for end in reversed(ends))), ordinals[::-1]


def _ascending_days(ids: array[int]) -> tuple[array[int], array[int]]:
    """`_days` of ascending ids: one step for each UTC day, unless the days as written alternate within it."""
    starts, ordinals = array("q"), array("q")
    at = 0
    while at < len(ids):
        day_index = 0 if ordinal_of(ids[at]) == 0 else ids[at] >> (SLOT_BITS + 2)
        end = bisect_left(ids, id_range_of_day_index(day_index)[1], at)
        for start in _runs(ids, at, end) if day_index else (at,):
            ordinal = ordinal_of(ids[start])
            if not ordinals or ordinals[-1] != ordinal:
                starts.append(start)
                ordinals.append(ordinal)
        at = end
    return starts, ordinals


def _runs(ids: array[int], start: int, end: int) -> Sequence[int]:
    """Where, within one UTC day, the day as written begins to differ from it in another way."""
    shifts = ids[start:end].tobytes()[_LOW_BYTE :: ids.itemsize].translate(_SHIFT_OF_BYTE)
    if shifts.count(shifts[0]) == len(shifts):
        return (start,)
    return [start + run.start() for run in _RUN.finditer(shifts)]
