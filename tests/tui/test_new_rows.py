"""What is new in a list: where the line below it stands, what it says, and when there is none."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime, timedelta, timezone

import pytest

from reader.tui.new_rows import NewRows, News, moment

NOW = datetime(2024, 11, 7, 12, tzinfo=UTC)
SINCE = datetime(2024, 11, 6, 18, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("listed", "new", "leading", "words"),
    [
        pytest.param([9, 8, 7, 6], {9, 8}, 2, "new since yesterday 18:42 (2)", id="all that is new stands at the top"),
        pytest.param([9, 8, 7, 6], {9, 8, 6}, 2, "new since yesterday 18:42 (2 of 3)", id="a late arrival stands below"),
        pytest.param([9, 8, 7], {8}, 0, "", id="the first row is old: no line says what isn't so"),
        pytest.param([9, 8], {9, 8}, 2, "", id="nothing old to part from"),
        pytest.param([9, 8], set(), 0, "", id="nothing new"),
        pytest.param([], {3}, 0, "", id="nothing listed"),
    ],
)
def test_the_line_stands_below_the_rows_at_the_top_that_are_all_new(listed: list[int], new: set[int], leading: int, words: str) -> None:
    found = News(frozenset(new), SINCE).among(listed, NOW, is_newest_first=True, is_all=False)
    assert (found.leading, found.words) == (leading, words)


def test_a_long_list_is_counted_as_a_short_one_is() -> None:
    listed = array("q", range(50_000, 0, -1))
    for new in (range(49_990, 50_001), range(45_000, 50_001), [50_000, 3, 60_000]):
        found = News(frozenset(new), SINCE).among(listed, NOW, is_newest_first=True, is_all=False)
        there = sum(number <= 50_000 for number in new)
        leading = 1 if there == 2 else there
        assert (found.leading, found.words.partition("(")[2]) == (leading, f"{leading:,}{'' if there != 2 else ' of 2'})")


def test_in_another_order_there_is_no_line() -> None:
    assert News(frozenset({9}), SINCE).among([9, 8], NOW, is_newest_first=False, is_all=True) == NewRows(frozenset({9}))


def test_on_the_first_visit_nothing_is_new() -> None:
    assert News(frozenset({9}), None).among([9, 8], NOW, is_newest_first=True, is_all=True) == NewRows()


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(hours=2), "10:00"),
        (timedelta(hours=13), "yesterday 23:00"),
        (timedelta(days=3), "Monday 12:00"),
        (timedelta(days=6), "Friday 12:00"),
        (timedelta(days=7), "31 October 12:00"),
        (timedelta(days=400), "4 October 2023"),
        (-timedelta(days=1), "8 November 12:00"),
    ],
)
def test_a_moment_is_said_as_people_say_it(ago: timedelta, said: str) -> None:
    assert moment(NOW - ago, NOW) == said


def test_a_moment_is_said_in_the_time_of_the_person() -> None:
    there = timezone(timedelta(hours=9))
    assert moment(SINCE, NOW.astimezone(there)) == "03:42"
