"""The day and time an article says it was published, from whatever text says so.

Nothing is converted: the day is the day as written, in whatever zone that was. A value whose time or offset is broken
still gives its day; a day that is not in the calendar, or lies before 1800, gives nothing.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from reader.intake.months import MONTHS
from reader.model import Published

EARLIEST_YEAR = 1800
_LONGEST_OFFSET = timedelta(hours=14)
_MAX_CHARACTERS = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1)

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?=\D|$)")
_DOTTED = re.compile(r"(\d{1,2})\.[ ]?(\d{1,2})\.[ ]?(\d{4})(?!\d)")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년][ ]?(\d{1,2})\s?[月월][ ]?(\d{1,2})\s?[日일号]?")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[ -]?(?:de[ ]|of[ ])?([^\W\d_]+)\.?,?[ -]?(?:de[ ]|of[ ])?(\d{4})(?!\d)")
_MONTH_DAY_YEAR = re.compile(r"([^\W\d_]+)\.?[ ](\d{1,2})(?:st|nd|rd|th)?,?[ ](\d{4})(?!\d)")
_CTIME = re.compile(r"([^\W\d_]+)[ ]+(\d{1,2})[ ](\d{1,2}:\d{2}(?::\d{2})?)[ ](?:([A-Z]{3,4})[ ])?(\d{4})(?!\d)")
_TIME = re.compile(
    r"(?:[ \t,]*(?:[T@–-]|at\b|um\b|à\b)?[ \t]*)"
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?!\d)"
    r"(?:[ ]?([AaPp])\.?[Mm]\b\.?)?"
    r"[ ]*(.*)",
    re.DOTALL,
)
_COMPACT_TIME = re.compile(r"T?(\d{2})(\d{2})(\d{2})?()()[ ]?(Z|[+-].*)?$")
_OFFSET = re.compile(r"(?:UTC|GMT)?[ ]?([+-])(\d{1,2}):?(\d{2})?(?::\d{2})?(?=[\s(\[,]|$)")
_UNIX_SECONDS = re.compile(r"1\d{9}$|[1-9]\d{8}$")
_UNIX_MILLISECONDS = re.compile(r"1\d{12}$")

_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "WET": 0, "WEST": 1, "BST": 1, "MSK": 3, "JST": 9, "KST": 9,
}  # fmt: skip
"""Hours ahead of UTC for the zone names that press offices and mail programs write."""
_ZONE_NAME = re.compile(r"([A-Z]{1,4})\b")


def parse_published(text: str) -> Published | None:
    """What `text` says of a date, and of a time if it has one; None where it says nothing that can be trusted."""
    text = text.strip()
    if len(text) > _MAX_CHARACTERS:
        return None
    if found := _ISO.match(text) or _COMPACT.match(text):
        return _published(_day(found[1], found[2], found[3]), text[found.end() :])
    if _UNIX_SECONDS.match(text):
        return _from_unix(int(text) * 1000)
    if _UNIX_MILLISECONDS.match(text):
        return _from_unix(int(text))
    return _parse_words(text)


def bare(day: date | None) -> Published | None:
    """A day without a time, as a file's name gives it."""
    if day is None:
        return None
    return Published(day.isoformat(), day, (day - _EPOCH_DAY).days * 86_400_000, has_time=False)


def _parse_words(text: str) -> Published | None:
    """A date with its month in words, or its day first, anywhere in a short text."""
    if found := _CTIME.search(text):
        zone = found[4] or text[found.end() :].strip()
        return _published(_day(found[5], found[1], found[2]), f"{found[3]} {zone}")
    for pattern, year, month, day in _WORDED:
        if found := pattern.search(text):
            published = _published(_day(found[year], found[month], found[day]), text[found.end() :])
            if published:
                return published
    if found := _SLASHED.search(text):
        return _published(_unambiguous_day(found[3], found[1], found[2]), text[found.end() :])
    if found := _ISO.search(text):
        return _published(_day(found[1], found[2], found[3]), text[found.end() :])
    return None


_WORDED = ((_EAST_ASIAN, 1, 2, 3), (_DOTTED, 3, 2, 1), (_DAY_MONTH_YEAR, 3, 2, 1), (_MONTH_DAY_YEAR, 3, 1, 2))
"""Patterns and which of their groups is the year, the month and the day."""


def _day(year: str, month: str, day: str) -> date | None:
    """The day, if the calendar has it; the month as a number or a name."""
    number = int(month) if month.isdecimal() else MONTHS.get(month.casefold())
    if number is None or int(year) < EARLIEST_YEAR:
        return None
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _unambiguous_day(year: str, first: str, second: str) -> date | None:
    """`25/12/2024` and `12/25/2024` can be read in one way only; `5/6/2024` is not guessed at."""
    if int(first) > 12 or first == second:
        return _day(year, second, first)
    if int(second) > 12:
        return _day(year, first, second)
    return None


def _published(day: date | None, rest: str) -> Published | None:
    """The day with the time that `rest` holds; the day alone where that time is broken."""
    if day is None:
        return None
    found = _COMPACT_TIME.match(rest) or _TIME.match(rest)
    if not found:
        return bare(day)
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if half := found[5]:
        if not 1 <= hour <= 12:
            return bare(day)
        hour = hour % 12 + (12 if half in "Pp" else 0)
    fraction = found[4] or ""
    if hour > 23 or minute > 59 or second > 59:
        return bare(day)
    zone = (found[6] or "").strip()
    if zone[:1] in "-:" and zone and not _OFFSET.match(zone):
        return bare(day)
    microsecond = int(fraction[:6].ljust(6, "0")) if fraction else 0
    moment = datetime(day.year, day.month, day.day, hour, minute, second, microsecond, _offset(zone))
    return _from_moment(moment, bool(fraction))


@lru_cache(maxsize=256)
def _offset(zone: str) -> timezone | None:
    """The offset a time is followed by; None where there is none, or one that no place on earth has."""
    if not zone:
        return None
    if found := _OFFSET.match(zone):
        distance = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        if distance > _LONGEST_OFFSET:
            return None
        return timezone(-distance if found[1] == "-" else distance)
    if (named := _ZONE_NAME.match(zone)) and named[1] in _ZONES:
        return timezone(timedelta(hours=_ZONES[named[1]]))
    return None


def _from_moment(moment: datetime, has_fraction: bool) -> Published:
    if not has_fraction:
        written = moment.isoformat()
    else:
        written = moment.isoformat(timespec="microseconds" if moment.microsecond % 1000 else "milliseconds")
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    since = aware - _EPOCH
    instant = (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000
    return Published(written, moment.date(), instant, has_time=True)


def _from_unix(milliseconds: int) -> Published:
    return _from_moment(_EPOCH + timedelta(milliseconds=milliseconds), has_fraction=bool(milliseconds % 1000))
