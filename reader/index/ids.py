"""Article ids that say when: ascending ids are ascending instants, and the day as written can be read from the id.

Every table and the full-text index keep rows in id order, so "newest first" needs no sorting anywhere and the first
screen of any answer is found without looking at the rest.

    id = (day index << SLOT_BITS | slot) << 2 | shift

`day index` counts UTC days, `slot` orders the articles of one day, `shift` is the day as written minus the UTC day
(plus one). Undated articles have the lowest ids of all. The shape keeps the ids of neighbouring articles close: the
full-text tables store differences, and a byte less of each is a tenth of their size. So the times of a day lie within the
first `_CLOSE` slots, 1.3 seconds apart; a day that is too crowded for that is placed anew over all of its slots.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from reader.model import ArticleId, Published

SLOT_BITS = 20
SLOTS = 1 << SLOT_BITS
"""Slots a day: also the most articles of one day."""
_TIMED = SLOTS // 2
"""Where the times of a day begin; bare days lie below, so they come before the times of their day."""
_CLOSE = 1 << 16
"""Slots over which the times of a day are spread as long as they find room there."""
_DAY_OFFSET = 1 << 14
"""Day index of 1800-01-01, so that all ids below it are free for undated articles."""
_EPOCH = date(1800, 1, 1).toordinal()
_UNIX_EPOCH = date(1970, 1, 1).toordinal()
_MS_A_DAY = 86_400_000

FIRST_DATED = _DAY_OFFSET << (SLOT_BITS + 2)
"""Every id below this belongs to an article without a date."""

Order = tuple[int, int, int]
"""Sorts articles exactly: (day index, bare before timed, instant)."""


class CrowdedDay(Exception):
    """No id is free between two neighbours; the day's articles must be placed anew, together."""

    def __init__(self, day_index: int) -> None:
        super().__init__(day_index)
        self.day_index = day_index


def order_of(published: Published | None) -> Order:
    """What articles are sorted by; undated ones before all others."""
    if published is None:
        return (0, 0, 0)
    return (_day_index(published.instant), int(published.has_time), published.instant)


def _day_index(instant: int) -> int:
    return instant // _MS_A_DAY + _UNIX_EPOCH - _EPOCH + _DAY_OFFSET


def id_range_of_days(first: date, last: date) -> tuple[int, int]:
    """The half-open id range that holds every article whose day as written lies in [first, last]; it may hold others.

    One UTC day more on either side, because an offset can move the written day.
    """
    low = first.toordinal() - 1 - _EPOCH + _DAY_OFFSET
    high = last.toordinal() + 2 - _EPOCH + _DAY_OFFSET
    return max(low, _DAY_OFFSET) << (SLOT_BITS + 2), max(high, _DAY_OFFSET) << (SLOT_BITS + 2)


def id_range_of_day_index(day_index: int) -> tuple[int, int]:
    """The half-open id range of one UTC day; day index 0 stands for the undated articles."""
    if day_index == 0:
        return 0, FIRST_DATED
    return day_index << (SLOT_BITS + 2), (day_index + 1) << (SLOT_BITS + 2)


def ordinal_of(article_id: int) -> int:
    """The proleptic ordinal of the day as written; 0 for an undated article."""
    if article_id < FIRST_DATED:
        return 0
    return (article_id >> (SLOT_BITS + 2)) + (article_id & 3) - 1 - _DAY_OFFSET + _EPOCH


SQL_ORDINAL = f"(({{id}} >> {SLOT_BITS + 2}) + ({{id}} & 3) + {_EPOCH - _DAY_OFFSET - 1})"
"""`ordinal_of` as SQL over `{id}`, for ids not below FIRST_DATED."""


def place(taken: Iterable[tuple[int, Order]], dead: Iterable[int], published: Iterable[Published | None]) -> list[ArticleId]:
    """Ids for new articles of one day index, in the order given.

    `taken` are that day's articles, ascending, with their order; `dead` are ids that must not be used again.
    Raises CrowdedDay when two neighbours leave no room for one between them; with nothing taken it never does.
    """
    pairs = list(taken)
    slots = [pair[0] >> 2 for pair in pairs]
    orders = [pair[1] for pair in pairs]
    closed = {article_id >> 2 for article_id in dead}
    new = list(published)
    # Where all of a day is gone, it is there to be placed anew.
    spread = _TIMED if (slots[-1] % SLOTS >= _TIMED + _CLOSE if slots else closed) else _CLOSE
    placed: dict[int, ArticleId] = {}
    for at in sorted(range(len(new)), key=lambda n: order_of(new[n])):
        placed[at] = _place_one(slots, orders, closed, new[at], spread)
    return [placed[at] for at in range(len(new))]


def _place_one(slots: list[int], orders: list[Order], closed: set[int], published: Published | None, spread: int) -> ArticleId:
    order = order_of(published)
    at = bisect_right(orders, order)
    low, high = id_range_of_day_index(order[0])
    after = slots[at - 1] if at else (low >> 2) - 1 + (order[0] == 0)
    before = slots[at] if at < len(slots) else high >> 2
    slot = _free(max(_wanted(order, published, spread), after + 1), before, 1, closed)
    if slot is None:
        slot = _free(before - 1, after, -1, closed)
    if slot is None:
        raise CrowdedDay(order[0])
    slots.insert(at, slot)
    orders.insert(at, order)
    shift = 1 if published is None else published.day.toordinal() - (order[0] - _DAY_OFFSET + _EPOCH) + 1
    return ArticleId(slot << 2 | min(max(shift, 0), 3))


def _free(start: int, end: int, step: int, closed: set[int]) -> int | None:
    """The first slot from `start` towards `end` (exclusive) that is not closed."""
    return next((slot for slot in range(start, end, step) if slot not in closed), None)


def _wanted(order: Order, published: Published | None, spread: int) -> int:
    """The slot an article would have on an empty day whose times lie over `spread` slots."""
    if published is None:
        return 1
    within = published.instant % _MS_A_DAY
    return (order[0] << SLOT_BITS) + (_TIMED + within * spread // _MS_A_DAY if published.has_time else 0)
