"""Dates in words: what they are read as, and the days and instants they come to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.query.dates import DATE_WORDS, BadDate, DateRange, Interval, When, finished_part, read_range, resolve

TODAY = date(2024, 3, 14)
"""A Thursday."""
NOW = datetime(2024, 3, 14, 15, 30, tzinfo=timezone(timedelta(hours=1)))
LAST_VISIT = datetime(2024, 3, 12, 8, 0, tzinfo=UTC)


def days(first: str | None, last: str | None) -> Interval:
    """Both ends included, as a person says it."""
    return Interval(date.fromisoformat(first) if first else None, date.fromisoformat(last) + timedelta(days=1) if last else None)


def instant(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def resolved(text: str, last_visit: datetime | None = LAST_VISIT) -> Interval:
    return resolve(read_range(text), TODAY, NOW, last_visit)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-03-15", "2024-03-15", "2024-03-15"),
        ("today", "2024-03-14", "2024-03-14"),
        ("Today", "2024-03-14", "2024-03-14"),
        ("yesterday", "2024-03-13", "2024-03-13"),
        ("thursday", "2024-03-14", "2024-03-14"),
        ("wednesday", "2024-03-13", "2024-03-13"),
        ("friday", "2024-03-08", "2024-03-08"),
        ("7d", "2024-03-07", None),
        ("2w", "2024-02-29", None),
        ("1m", "2024-02-14", None),
        ("3m", "2023-12-14", None),
        ("1y", "2023-03-14", None),
        ("0d", "2024-03-14", None),
        ("2024-03-01..2024-03-15", "2024-03-01", "2024-03-15"),
        ("2024-01..2024-02", "2024-01-01", "2024-02-29"),
        ("2024-03..", "2024-03-01", None),
        ("..2024-03", None, "2024-03-31"),
        ("14d..7d", "2024-02-29", "2024-03-07"),
        ("7d..7d", "2024-03-07", "2024-03-07"),
        (">=2024-02", "2024-02-01", None),
        (">2024-02", "2024-03-01", None),
        ("<=2024-02", None, "2024-02-29"),
        ("<2024-02", None, "2024-01-31"),
        ("monday..today", "2024-03-11", "2024-03-14"),
    ],
)
def test_a_value_is_the_whole_period_it_names(text: str, first: str | None, last: str | None) -> None:
    assert resolved(text) == days(first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-03-15..2024-03-01", "2024-03-01", "2024-03-15"),
        ("7d..14d", "2024-02-29", "2024-03-07"),
        ("monday..friday", "2024-03-11", "2024-03-15"),
        ("friday..monday", "2024-03-08", "2024-03-11"),
        ("2024-03-13..monday", "2024-03-13", "2024-03-18"),
    ],
)
def test_the_ends_of_a_range_are_put_in_order(text: str, first: str, last: str) -> None:
    assert resolved(text) == days(first, last)


def test_hours_roll_and_are_instants() -> None:
    start = instant(NOW - timedelta(hours=24))
    assert resolved("24h") == resolved(">=24h") == Interval(from_instant=start)
    assert resolved("<24h") == Interval(to_instant=start)
    assert resolved("<=24h") == Interval(to_instant=start + 1)
    assert resolved("48h..yesterday") == Interval(from_instant=instant(NOW - timedelta(hours=48)), end_day=TODAY)


def test_the_last_visit_is_an_instant() -> None:
    assert resolved("lastvisit") == Interval(from_instant=instant(LAST_VISIT))
    assert resolved("<lastvisit") == Interval(to_instant=instant(LAST_VISIT))


def test_who_was_never_here_finds_everything_since_and_nothing_before() -> None:
    since, before = resolved("lastvisit", None).from_instant, resolved("<lastvisit", None).to_instant
    year_one = instant(datetime(1, 1, 2, tzinfo=UTC))
    assert since is not None
    assert since < year_one
    assert before is not None
    assert before < year_one


def test_today_follows_the_argument_alone() -> None:
    assert resolve(read_range("today"), date(1999, 12, 31), NOW, None) == days("1999-12-31", "1999-12-31")


def test_month_ends_are_clamped() -> None:
    assert resolve(read_range("1m"), date(2024, 3, 31), NOW, None) == days("2024-02-29", None)
    assert resolve(read_range("1y"), date(2024, 2, 29), NOW, None) == days("2023-02-28", None)


@pytest.mark.parametrize("text", ["999999d", "999999w", "999999m", "999999y"])
def test_long_ago_is_the_first_day_there_is(text: str) -> None:
    assert resolved(text) == Interval(first_day=date.min)


def test_the_last_year_there_is_ends() -> None:
    assert resolved("9999") == Interval(date(9999, 1, 1), date.max)


@pytest.mark.parametrize(
    "text",
    ["", "..", "2024-13", "2024-00", "2024-03-00", "2024-00-15", "2024-02-30", "0000", "2024-1", "2024-3-1", "24", "20240315", "tomorrow",
     "7", "7x", "7 d", "-7d", ">", ">=", "2024..2025..2026", "=2024", "2024-03-15T10:00", "１d", "1234567d", "..<2024"],
)  # fmt: skip
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadDate) as raised:
        read_range(text)
    assert str(raised.value)


@pytest.mark.parametrize(
    ("text", "finished"),
    [
        ("", ""), ("2", ""), ("202", ""), ("2024-", "2024"), ("2024-1", "2024"), ("2024-03-", "2024-03"), ("2024-03-1", "2024-03"),
        ("2024-03.", "2024-03"), ("..", ""), ("2024..2", "2024.."), ("2024..2025-0", "2024..2025"), (">", ""), (">=", ""), (">=20", ""),
        (">=2024-0", ">=2024"), ("tod", ""), ("YEST", ""), ("7", ""), ("last", ""),
        ("x", None), ("x..2024-0", None), ("2024-13..", None), ("x..", None), ("2024..2025..2", None),
        ("2024-13", None), ("2024-00", None), ("2024-3x", None), ("2024..x", None), (">x", None), ("2024-13-", None),
    ],
)  # fmt: skip
def test_a_half_typed_date_keeps_what_is_finished(text: str, finished: str | None) -> None:
    assert finished_part(text) == finished


WHENS = st.one_of(
    st.sampled_from(DATE_WORDS),
    st.builds("{}{}".format, st.integers(0, 999), st.sampled_from("hdwmy")),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).flatmap(lambda day: st.sampled_from([str(day)[:4], str(day)[:7], str(day)])),
)
SIGNS = st.sampled_from([">=", ">", "<=", "<"])
RANGES = st.one_of(WHENS, st.builds("{}{}".format, SIGNS, WHENS), st.builds("{}..{}".format, WHENS, WHENS))


@settings(max_examples=200)
@given(RANGES)
def test_a_range_reads_back_from_its_own_words(text: str) -> None:
    assert read_range(str(read_range(text))) == read_range(text)


@settings(max_examples=200)
@given(RANGES, st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_every_range_comes_to_an_interval_on_every_day(text: str, today: date) -> None:
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC) if 150 < today.year < 9999 else NOW
    interval = resolve(read_range(text), today, now, LAST_VISIT)
    if interval.first_day and interval.end_day:
        assert interval.first_day <= interval.end_day


@pytest.mark.parametrize("today", [date.min, TODAY, date.max])
def test_every_pair_of_words_comes_to_an_interval_at_the_ends_of_time_too(today: date) -> None:
    ends = ("0d", "999999w", "24h", "0001", "0001-01-01", "2024-02", "9999", "9999-12", "9999-12-27", "9999-12-31")
    for first, last in product((*DATE_WORDS, *ends), repeat=2):
        interval = resolve(read_range(f"{first}..{last}"), today, NOW, LAST_VISIT)
        if interval.first_day and interval.end_day:
            assert interval.first_day <= interval.end_day, (first, last)


@settings(max_examples=200)
@given(st.text(max_size=12) | st.lists(st.sampled_from(["2024", "-0", "..", ">", "=", ".", "7", "mon", "x"]), max_size=5).map("".join))
def test_no_text_raises_anything_but_bad_date(text: str) -> None:
    finished = finished_part(text)
    if finished:
        read_range(finished)
    try:
        read_range(text)
    except BadDate:
        return
    assert read_range(text) == read_range(text.casefold())


def test_since_is_told_from_a_bound() -> None:
    assert DateRange(When("7d"), None).is_since
    assert not DateRange(When("2024"), None).is_since
    assert not DateRange(When("7d"), None, skips_start=True).is_since
