"""Time in bars, and filters with a term more or less."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query.contexts import contexts, words_in
from reader.query.dates import DateRange, Interval, resolve
from reader.query.periods import SCALES, Period, Scale, fitting, histogram, hourly, number_of, squeezed
from reader.query.refine import held, toggled, within
from reader.query.syntax import parse

TODAY = date(2024, 11, 15)
NOW = datetime(2024, 11, 15, 12, tzinfo=UTC)
days = st.dates().map(date.toordinal)


def interval_of(period: DateRange) -> Interval:
    return resolve(period, TODAY, NOW, None)


@given(st.sampled_from(SCALES), days)
def test_a_day_lies_in_its_period_and_the_date_term_says_exactly_that(scale: Scale, ordinal: int) -> None:
    period = Period(scale, number_of(scale, ordinal))
    assert period.first_day.toordinal() <= ordinal <= period.last_day.toordinal()
    interval = interval_of(period.range)
    assert interval.first_day == period.first_day
    assert interval.end_day is None or interval.end_day.toordinal() == period.last_day.toordinal() + 1
    assert parse(f"date:{period.range}", final=True).error is None
    assert period.label
    assert period.mark


@given(st.sampled_from(SCALES[1:]), st.lists(st.tuples(st.one_of(st.just(0), st.integers(738000, 739500)), st.integers(1, 9)), max_size=30))
def test_a_histogram_loses_nothing_and_is_as_long_as_it_must_be(scale: Scale, counted: list[tuple[int, int]]) -> None:
    found = histogram(scale, counted)
    assert found.left_out == sum(count for day, count in counted if not day)
    assert found.total == sum(count for day, count in counted if day)
    if found.counts:
        assert found.counts[0] > 0 < found.counts[-1]
        assert found.counts[found.peak] == max(found.counts)
        assert sum(squeezed(found.counts, 7)) == found.total
        assert len(squeezed(found.counts, 7)) <= 7


@given(days, st.integers(0, 40_000), st.integers(1, 400))
def test_the_scale_that_fits_is_the_finest(first: int, span: int, bars: int) -> None:
    last = min(first + span, date.max.toordinal())
    scale = fitting(first, last, bars)
    if scale not in ("hour", "year"):
        assert number_of(scale, last) - number_of(scale, first) < bars
    for finer in SCALES[1 : SCALES.index(scale)]:
        assert scale == "hour" or number_of(finer, last) - number_of(finer, first) >= bars


@pytest.mark.parametrize(
    ("first", "last", "bars", "scale"),
    [
        ("2024-11-05", "2024-11-05", 60, "hour"),
        ("2024-11-05", "2024-11-05", 12, "day"),
        ("2024-11-05", "2024-11-06", 60, "hour"),
        ("2024-11-01", "2024-11-30", 60, "day"),
        ("2024-01-01", "2024-11-30", 60, "week"),
        ("2020-01-01", "2024-11-30", 60, "month"),
        ("1990-01-01", "2024-11-30", 60, "year"),
        ("1800-01-01", "2024-11-30", 60, "year"),
    ],
)
def test_scales(first: str, last: str, bars: int, scale: str) -> None:
    assert fitting(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal(), bars) == scale


@pytest.mark.parametrize(
    ("scale", "label", "mark", "term"),
    [
        ("hour", "Thu 7 Nov 2024, 00:00 to 00:59", "7 Nov", "2024-11-07"),
        ("day", "Thu 7 Nov 2024", "7 Nov", "2024-11-07"),
        ("week", "4 Nov – 10 Nov 2024", "4 Nov", "2024-11-04..2024-11-10"),
        ("month", "Nov 2024", "Nov 2024", "2024-11"),
        ("year", "2024", "2024", "2024"),
    ],
)
def test_periods_are_told_in_words(scale: Scale, label: str, mark: str, term: str) -> None:
    period = Period(scale, number_of(scale, date(2024, 11, 7).toordinal()))
    assert (period.label, period.mark, str(period.range)) == (label, mark, term)


def test_hours_are_as_written_and_bare_days_are_left_out() -> None:
    day = date(2024, 11, 7).toordinal()
    found = hourly([(day, 22), (day, None), (day + 1, 1), (day, 22)])
    assert (found.counts, found.left_out, found.period(0).label) == ((2, 0, 0, 1), 1, "Thu 7 Nov 2024, 22:00 to 22:59")


@pytest.mark.parametrize(
    ("before", "leaving_out", "after"),
    [
        ("", False, 'person:"Li Qiang"'),
        ("flood", False, 'flood person:"Li Qiang"'),
        ("flood OR dam", False, '(flood OR dam) person:"Li Qiang"'),
        ("flood sort:words limit:5", True, 'flood -person:"Li Qiang" sort:words limit:5'),
        ('person:"Li Qiang" flood', False, "flood"),
        ('-person:"Li Qiang" flood', False, 'flood person:"Li Qiang"'),
        ('person:"Li Qiang" flood', True, 'flood -person:"Li Qiang"'),
        ("@morning flood", False, '@morning flood person:"Li Qiang"'),
        ('flood "unclosed', False, 'flood person:"Li Qiang"'),
    ],
)
def test_a_value_is_added_left_out_or_taken_back(before: str, leaving_out: bool, after: str) -> None:
    assert toggled(before, "person", "Li Qiang", leaving_out=leaving_out) == after


def test_what_a_filter_says_of_single_values() -> None:
    assert held('flood person:"Li Qiang" -category:sport place:Lyon,Marseille (tag:a OR tag:b)') == {
        ("person", "Li Qiang"): "with",
        ("category", "sport"): "without",
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("flood", "flood date:2024-11"),
        ("date:2024 flood", "flood date:2024-11"),
        ("since:2024-10-05", "date:2024-11"),
        ("date:2024-11-07", "date:2024-11-07 date:2024-11"),
        ("-date:2024", "-date:2024 date:2024-11"),
        ("24h", "24h date:2024-11"),
        ("since:24h", "since:24h date:2024-11"),
    ],
)
def test_a_period_takes_the_place_of_one_that_holds_it(before: str, after: str) -> None:
    november = Period("month", 2024 * 12 + 10).range
    assert within(before, november, interval_of) == after


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("dock*", "The dockers went home.", [("The ", "dockers", " went home.")]),
        ("-dock", "The dock.", []),
        ('person:"Li Qiang" -flood', "Then Li\nQiang left the flood.", [("Then ", "Li Qiang", " left the flood.")]),
        ("flood OR dam", "Dam.\n\nA flood.", [("", "Dam", "."), ("A ", "flood", ".")]),
        ("category:world", "The world.", []),
        ("", "Anything.", []),
        ("杭州", "今天杭州茶农试采秋茶。", [("今天", "杭州", "茶农试采秋茶。")]),
    ],
)
def test_words_stand_in_their_context(query: str, text: str, found: list[tuple[str, str, str]]) -> None:
    wanted = words_in(parse(query, final=True))
    assert [(each.before, each.hit, each.behind) for each in contexts(text, wanted, 40)] == found
