"""What is read as a publication date, and what isn't."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.intake.dates import parse_published

WRITTEN = [
    ("2024-11-07T03:40:41.985Z", "2024-11-07T03:40:41.985+00:00"),
    ("2024-11-07T03:40:41.000Z", "2024-11-07T03:40:41.000+00:00"),
    ("2024-11-07T03:40:41Z", "2024-11-07T03:40:41+00:00"),
    ("2024-11-07T03:40:41.123456+01:00", "2024-11-07T03:40:41.123456+01:00"),
    ("2024-11-07 9:56:58 -0400", "2024-11-07T09:56:58-04:00"),
    ("2024-11-07 10:11 -4", "2024-11-07T10:11:00-04:00"),
    ("2024-11-07 10:11", "2024-11-07T10:11:00"),
    ("2024-11-07 10:11:12 UTC", "2024-11-07T10:11:12+00:00"),
    ("2024-11-07 10:11:12 EST", "2024-11-07T10:11:12-05:00"),
    ("2024-11-07T10:11:12+0530", "2024-11-07T10:11:12+05:30"),
    ("2024-11-07T10:11:12+08:00[Asia/Shanghai]", "2024-11-07T10:11:12+08:00"),
    ("2024-11-07 03:04 PM", "2024-11-07T15:04:00"),
    ("2024-11-07 12:04 am", "2024-11-07T00:04:00"),
    ("2024-11-07", "2024-11-07"),
    ("2024-1-7", "2024-01-07"),
    ("2024/11/07", "2024-11-07"),
    ("2024.11.07", "2024-11-07"),
    ("20241107", "2024-11-07"),
    ("20241107T101112Z", "2024-11-07T10:11:12+00:00"),
    ("07.11.2024", "2024-11-07"),
    ("25/12/2024", "2024-12-25"),
    ("12/25/2024", "2024-12-25"),
    ("Thu, 07 Nov 2024 18:30:22 +0200", "2024-11-07T18:30:22+02:00"),
    ("Thu, 07 Nov 2024 18:30:22 GMT", "2024-11-07T18:30:22+00:00"),
    ("Thu Nov  7 18:30:22 2024", "2024-11-07T18:30:22"),
    ("Thu Nov  7 18:30:22 CET 2024", "2024-11-07T18:30:22+01:00"),
    ("Thu Nov 7 18:30:22 2024 -0800", "2024-11-07T18:30:22-08:00"),
    ("November 7, 2024", "2024-11-07"),
    ("Nov. 7th, 2024 3:04 PM", "2024-11-07T15:04:00"),
    ("Published on 7 November 2024", "2024-11-07"),
    ("7. November 2024", "2024-11-07"),
    ("7 novembre 2024", "2024-11-07"),
    ("7 de noviembre de 2024", "2024-11-07"),
    ("7 ноября 2024", "2024-11-07"),
    ("2024年11月7日 10:11", "2024-11-07T10:11:00"),
    ("2024년 11월 7일", "2024-11-07"),
    ("1730943641", "2024-11-07T01:40:41+00:00"),
    ("1730943641985", "2024-11-07T01:40:41.985+00:00"),
    # the day stays where time or offset is broken
    ("2024-11-07 16:30-:00+16:30", "2024-11-07"),
    ("2024-11-07 00:10::00", "2024-11-07"),
    ("2024-11-07T24:00:00", "2024-11-07"),
    ("2024-11-07T10:61:00", "2024-11-07"),
    ("2024-11-07T10:11:12+16:30", "2024-11-07T10:11:12"),
    ("2024-11-07 whenever", "2024-11-07"),
]
NO_DATE = [
    "",
    "unknown",
    "0000-00-00",
    "2024-02-30",
    "2024-13-01",
    "1066-10-14",
    "5/6/2024",
    "2024",
    "March 2024",
    "12 Foo 2024",
    "9" * 5000,
]


@pytest.mark.parametrize(("text", "written"), WRITTEN)
def test_a_date_is_kept_as_written(text: str, written: str) -> None:
    published = parse_published(text)
    assert published is not None
    assert published.written == written
    assert published.has_time == ("T" in written)
    assert published.day.isoformat() == written[:10]


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_published(text) is None


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2024-11-07", "2024-11-07T00:00:01"),
        ("2024-11-07T10:00:00+02:00", "2024-11-07T09:00:00Z"),
        ("2024-11-06T23:30:00-10:00", "2024-11-07T10:00:00"),
        ("1850-01-01", "1969-12-31T23:59:59.500Z"),
    ],
)
def test_instants_order_dates_with_and_without_time_and_offset(earlier: str, later: str) -> None:
    first, second = parse_published(earlier), parse_published(later)
    assert first is not None
    assert second is not None
    assert first.instant < second.instant


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789-/:.+TZ年月日 NovamPM,", max_size=40))
def test_no_text_raises(text: str) -> None:
    published = parse_published(text)
    assert published is None or published.written.startswith(published.day.isoformat())


@settings(max_examples=100, deadline=None)
@given(st.dates(min_value=date(1800, 1, 1)))
def test_every_day_of_the_calendar_is_read_back(day: date) -> None:
    published = parse_published(day.isoformat())
    assert published is not None
    assert (published.day, published.has_time) == (day, False)
