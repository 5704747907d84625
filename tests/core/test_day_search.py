"""Where days lie in a list in the order of dates, told by its ids alone."""

from __future__ import annotations

from array import array
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.index import ids
from reader.model import Published
from reader.tui.day_search import row_of_days

DAY = date(2024, 3, 15)


def listed(*published: Published | None, is_newest_first: bool = True) -> array[int]:
    """The ids of articles with these dates, in order."""
    by_day: dict[int, list[Published | None]] = {}
    for one in published:
        by_day.setdefault(ids.order_of(one)[0], []).append(one)
    placed = [number for some in by_day.values() for number in ids.place([], [], some)]
    return array("q", sorted(placed, reverse=is_newest_first))


def on(day: str, hours_east: int = 0, hour: int = 12) -> Published:
    moment = datetime.fromisoformat(day).replace(hour=hour, tzinfo=timezone(timedelta(hours=hours_east)))
    return Published(moment.isoformat(), moment.date(), int(moment.astimezone(UTC).timestamp() * 1000), has_time=True)


@pytest.mark.parametrize(
    ("first", "last", "newest_first", "oldest_first"),
    [
        ("2024-03-15", "2024-03-15", 2, 2),
        ("2024-03-01", "2024-03-31", 1, 1),
        ("2024-01-01", "2024-12-31", 0, 1),
        ("2024-03-16", "2024-03-19", 2, 4),
        ("2024-05-01", "2024-05-01", 0, 5),
        ("2024-02-01", "2024-02-29", 4, 1),
        ("2019-01-01", "2019-12-31", 4, 1),
        ("0001-01-01", "0001-01-01", 4, 1),
        ("9999-12-31", "9999-12-31", 0, 5),
    ],
)
def test_days_begin_where_they_are_listed_first(first: str, last: str, newest_first: int, oldest_first: int) -> None:
    """With gaps between the days, and an undated article, which is listed below or above all others."""
    all_days = [on("2024-04-02"), on("2024-03-20"), on("2024-03-15", hour=9), on("2024-03-15", hour=7), on("2024-03-01"), None]
    wanted = date.fromisoformat(first), date.fromisoformat(last)
    assert row_of_days(listed(*all_days), *wanted) == newest_first
    assert row_of_days(listed(*all_days, is_newest_first=False), *wanted) == oldest_first


def test_nothing_dated_is_nowhere() -> None:
    assert row_of_days(listed(), DAY, DAY) is None
    assert row_of_days(listed(None, None), DAY, DAY) is None


def test_one_row_is_gone_to_from_either_side() -> None:
    assert [row_of_days(listed(on("2024-03-15")), date(year, 1, 1), date(year, 1, 1)) for year in (2020, 2030)] == [0, 0]


def test_a_day_as_written_may_stand_among_those_of_the_next() -> None:
    """In Kiribati it is the 16th already while in Honolulu it is still the 14th."""
    some = listed(on("2024-03-16", hours_east=14, hour=0), on("2024-03-14", hours_east=-10, hour=23), on("2024-03-15", hour=8))
    days = [date.fromordinal(ids.ordinal_of(number)) for number in some]
    assert [day.day for day in days] == [16, 14, 15]
    assert [row_of_days(some, day, day) for day in days] == [0, 1, 2]


instants = st.builds(
    lambda day, hour, east: on((DAY + timedelta(days=day)).isoformat(), east, hour),
    st.integers(0, 9),
    st.integers(0, 23),
    st.integers(-12, 14),
)


@settings(max_examples=150)
@given(st.lists(st.none() | instants, max_size=12), st.integers(-3, 12), st.integers(0, 3), st.booleans())
def test_it_is_found_as_by_looking_at_every_row(published: list[Published | None], start: int, length: int, is_newest_first: bool) -> None:
    some = listed(*published, is_newest_first=is_newest_first)
    first, last = DAY + timedelta(days=start), DAY + timedelta(days=start + length)
    days = {row: ids.ordinal_of(number) for row, number in enumerate(some) if number >= ids.FIRST_DATED}
    within = [row for row, day in days.items() if first.toordinal() <= day <= last.toordinal()]
    beyond = [row for row, day in days.items() if (day < first.toordinal() if some[0] > some[-1] else day > last.toordinal())]
    assert row_of_days(some, first, last) == next(iter(within or beyond or list(days)[-1:]), None)
