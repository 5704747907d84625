"""Day headings among a million ids: where they stand, exactly and quickly."""

from __future__ import annotations

from array import array
from datetime import date
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.index.ids import FIRST_DATED, SLOT_BITS, id_range_of_days, ordinal_of
from reader.tui.day_lines import DayLines, name_of_day

DAY = 1 << (SLOT_BITS + 2)
FIRST = id_range_of_days(date(2024, 11, 4), date(2024, 11, 4))[0]


def article_id(day: int, slot: int, shift: int) -> int:
    """An id `day` UTC days after the first, written `shift - 1` days off it; one without a date for a day below 0."""
    return FIRST + day * DAY + slot * 4 + shift if day >= 0 else slot * 4 + 1


ids = st.lists(st.builds(article_id, st.integers(-1, 4), st.integers(0, 40), st.integers(0, 2)), unique_by=lambda i: i >> 2, max_size=60)


def lines_by_hand(listed: list[int]) -> list[tuple[str, int]]:
    """Every line of the list, from a plain look at every id."""
    lines: list[tuple[str, int]] = []
    for ordinal, group in groupby(enumerate(listed), key=lambda place: ordinal_of(place[1])):
        lines.append(("day", ordinal))
        lines.extend(("row", index) for index, _ in group)
    return lines


def lines_of(days: DayLines) -> list[tuple[str, int]]:
    return [("day", days.day_at(line)[0]) if days.is_heading(line) else ("row", days.index_at(line)) for line in range(days.total)]


@given(ids, st.booleans())
def test_a_heading_stands_wherever_the_day_as_written_changes(some: list[int], is_newest_first: bool) -> None:
    listed = sorted(some, reverse=is_newest_first)
    assert lines_of(DayLines(array("q", listed))) == lines_by_hand(listed)


@given(ids)
def test_lines_and_rows_lead_back_to_each_other(some: list[int]) -> None:
    listed = sorted(some, reverse=True)
    days = DayLines(listed)
    for index in range(len(listed)):
        line = days.line_of(index)
        assert days.index_at(line) == index
        assert not days.is_heading(line)
        assert days.day_at(line)[0] == ordinal_of(listed[index])


@given(ids)
def test_a_heading_knows_how_many_rows_stand_under_it(some: list[int]) -> None:
    days = DayLines(sorted(some, reverse=True))
    headings = [line for line in range(days.total) if days.is_heading(line)]
    assert sum(days.day_at(line)[1] for line in headings) == len(some)


def test_the_row_under_a_heading_is_the_next_one() -> None:
    days = DayLines([article_id(1, 0, 1), article_id(0, 0, 1)])
    assert [days.index_at(line) for line in range(4)] == [0, 0, 1, 1]


def test_without_headings_lines_are_rows() -> None:
    days = DayLines([5, 9, FIRST, 1], has_headings=False)
    assert not days.has_headings
    assert lines_of(days) == [("row", 0), ("row", 1), ("row", 2), ("row", 3)]


def test_a_million_rows_are_not_looked_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    monkeypatch.setattr("reader.tui.day_lines.ordinal_of", lambda each: looked_at.append(each) or ordinal_of(each))
    listed = array("q", (FIRST + day * DAY + slot * 4 + 1 for day in range(3649, -1, -1) for slot in range(273, -1, -1)))
    days = DayLines(listed)
    assert days.total == len(listed) + 3650
    assert len(looked_at) == 3650


@pytest.mark.parametrize(
    ("day", "name", "short"),
    [
        (date(2024, 11, 7), "Thursday 7 November 2024", "Thu 7 Nov 2024"),
        (date(1800, 1, 1), "Wednesday 1 January 1800", "Wed 1 Jan 1800"),
        (None, "Undated", "Undated"),
    ],
)
def test_days_are_named_in_full(day: date | None, name: str, short: str) -> None:
    ordinal = day.toordinal() if day else 0
    assert name_of_day(ordinal) == name
    assert name_of_day(ordinal, short=True) == short


def test_undated_articles_stand_last() -> None:
    days = DayLines([article_id(0, 3, 1), FIRST_DATED - 3, 1])
    assert lines_of(days)[-3:] == [("day", 0), ("row", 1), ("row", 2)]


@given(ids, st.integers(0, 60))
def test_a_rule_stands_above_its_row_and_the_heading_of_its_day(some: list[int], at: int) -> None:
    listed = sorted(some, reverse=True)
    days = DayLines(listed, rule_before=at)
    expected = lines_by_hand(listed)
    if 0 < at < len(listed):
        line = expected.index(("row", at))
        line -= expected[line - 1][0] == "day"
        assert days.is_rule(line)
        assert days.index_at(line) == at
        assert days.day_at(line)[0] == ordinal_of(listed[at])
        expected.insert(line, ("row", at))
    assert lines_of(days) == expected
    assert [days.index_at(days.line_of(index)) for index in range(len(listed))] == list(range(len(listed)))
    assert all(days.is_row(days.line_of(index)) for index in range(len(listed)))
    assert sum(days.is_rule(line) for line in range(days.total)) == (0 < at < len(listed))


def test_a_row_may_have_two_lines() -> None:
    days = DayLines([5, 9, FIRST], has_headings=False, row_lines=2)
    assert lines_of(days) == [("row", 0), ("row", 0), ("row", 1), ("row", 1), ("row", 2), ("row", 2)]
    assert [days.line_of(index) for index in range(3)] == [0, 2, 4]
