"""Where days lie in a list that is in the order of dates: found by its ids alone, with no look at the index. Plain Python."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from datetime import date
from operator import neg

from reader.index.ids import FIRST_DATED, id_range_of_days, ordinal_of


def row_of_days(ids: array[int], first: date, last: date) -> int | None:
    """The row where the days from `first` to `last` begin, as listed; where none of them is listed, where what lies beyond begins.

    The last row with a date where the list ends sooner, None where no row has one. The ids ascend or descend.
    """
    is_newest_first = len(ids) > 1 and ids[0] > ids[-1]
    low, high = id_range_of_days(first, last)
    if is_newest_first:
        # The first id below a bound.
        near, far, end = (bisect_left(ids, 1 - bound, key=neg) for bound in (high, low, FIRST_DATED))
        start = 0
    else:
        near, far, start = (bisect_left(ids, bound) for bound in (low, high, FIRST_DATED))
        end = len(ids)
    if start == end:
        return None
    # Days as written don't quite ascend with the ids: those of one day may stand among those of the next.
    days = range(first.toordinal(), last.toordinal() + 1)
    row = next((row for row in range(near, far) if ordinal_of(ids[row]) in days), None)
    if row is None:
        row = next((row for row in range(near, end) if (ordinal_of(ids[row]) < days.start) is is_newest_first), end - 1)
    return row
