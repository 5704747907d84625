"""Article ids: ascending ids are ascending instants, and the day as written can be read from them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.index import ids
from reader.model import Published

DAY = datetime(2024, 11, 7, tzinfo=UTC)


def bare(day: date) -> Published:
    instant = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
    return Published(day.isoformat(), day, instant, has_time=False)


def timed(moment: datetime) -> Published:
    return Published(moment.isoformat(), moment.date(), int(moment.timestamp() * 1000), has_time=True)


moments = st.builds(
    lambda seconds, hours: (DAY + timedelta(seconds=seconds)).astimezone(timezone(timedelta(hours=hours))),
    st.integers(0, 86_399),
    st.integers(-12, 14),
)
published = st.one_of(moments.map(timed), st.just(bare(DAY.date())))


@given(st.lists(published, max_size=60))
def test_ids_of_a_day_ascend_with_the_instant_and_are_never_shared(batch: list[Published]) -> None:
    placed = ids.place([], [], batch)
    assert len(set(placed)) == len(batch)
    ordered = [one for _, one in sorted(zip(placed, batch, strict=True), key=lambda pair: pair[0])]
    assert [ids.order_of(one) for one in ordered] == sorted(ids.order_of(one) for one in batch)


@given(published)
def test_the_day_as_written_can_be_read_from_the_id(one: Published) -> None:
    assert date.fromordinal(ids.ordinal_of(ids.place([], [], [one])[0])) == one.day


@given(st.lists(published, max_size=30), st.lists(published, max_size=30))
def test_later_articles_find_their_place_between_earlier_ones(first: list[Published], second: list[Published]) -> None:
    taken = sorted(zip(ids.place([], [], first), map(ids.order_of, first), strict=True))
    try:
        known = dict(taken) | dict(zip(ids.place(taken, [], second), map(ids.order_of, second), strict=True))
    except ids.CrowdedDay:
        everything = first + second
        known = dict(zip(ids.place([], [at for at, _ in taken], everything), map(ids.order_of, everything), strict=True))
    assert len(known) == len(first) + len(second)
    assert [known[at] for at in sorted(known)] == sorted(known.values())


def test_dead_ids_are_not_used_again() -> None:
    one = timed(DAY)
    dead = ids.place([], [], [one])
    assert not set(ids.place([], dead, [one] * 5)) & set(dead)


def test_undated_articles_come_before_every_date() -> None:
    undated = ids.place([], [], [None, None])
    earliest = ids.place([], [], [bare(date(1800, 1, 1))])[0]
    assert max(undated) < earliest
    assert [ids.ordinal_of(one) for one in undated] == [0, 0]


def test_no_room_between_two_neighbours_is_said() -> None:
    low, high = ids.id_range_of_day_index(ids.order_of(timed(DAY))[0])
    slot = ids.place([], [], [timed(DAY)])[0] >> 2
    before, after = timed(DAY), timed(DAY + timedelta(milliseconds=2))
    taken = [(slot << 2, ids.order_of(before)), ((slot + 1) << 2, ids.order_of(after))]
    assert low <= slot << 2 < high
    with pytest.raises(ids.CrowdedDay) as crowded:
        ids.place(taken, [], [timed(DAY + timedelta(milliseconds=1))])
    assert crowded.value.day_index == ids.order_of(before)[0]
