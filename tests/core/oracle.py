"""The filter language answered naively, for tests to compare the index with: every article is looked at, one by one.

Written from the language's description and from nothing of `reader.query` but the shape of a parsed query. Where words
are compared, a text is laid out between bars:

    laid_out("The U.S.-China talks in 中国人")   |the|us|china|talks|in|中国人|

A word stands there between its bars, a beginning only behind its first; in scripts without spaces any part of a run does.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from reader.model import UNMARKED, Article, Entity, Mark
from reader.query.dates import DateRange
from reader.query.tree import And, Node, Not, Or, Pattern, Query, SavedRef, Term, Text, Value, Words

ALIASES = {
    "us": "united states", "usa": "united states", "america": "united states", "american": "united states",
    "chinese": "china", "burma": "myanmar", "ecb": "european central bank",
}  # fmt: skip
"""Other names for the entities of the tests' archives, as a person would know them."""

_SPACELESS = ("ก๛", "ກໟ", "က႟", "ក៿", "ぁヿ", "一鿿", "가힣")
"""First and last characters of Thai, Lao, Burmese, Khmer, kana, Han and Hangul."""
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Story:
    """An article with what is known of it besides its file."""

    article: Article
    id: int
    arrived: int
    """Milliseconds since 1970."""
    mark: Mark = UNMARKED

    @property
    def entities(self) -> set[Entity]:
        return {Entity(name.name, name.kind or "other") for name in self.article.declared_names}


@dataclass(frozen=True, slots=True)
class Now:
    """When the question is asked, and when this person was last here."""

    moment: datetime
    last_visit: datetime | None

    @property
    def today(self) -> date:
        return self.moment.date()


def answer(query: Query, stories: Iterable[Story], now: Now) -> list[Story]:
    """The stories that fit, in order; for `sort:relevance` in any order."""
    found = [story for story in stories if query.root is None or holds(query.root, story, now)]
    key, is_reversed = (query.sort.key, query.sort.is_reversed) if query.sort else ("date", False)
    # Each sort keeps the order that the one before it made among equals.
    found.sort(key=_newness, reverse=not (key == "date" and is_reversed))
    if key == "words":
        found.sort(key=lambda story: story.article.words, reverse=not is_reversed)
    elif key in ("headline", "source"):
        found.sort(key=lambda story: alphabetical(_named(story, key) or ""), reverse=is_reversed)
        found.sort(key=lambda story: _named(story, key) is None)
    return found[: query.limit]


def facets(field: str, stories: Iterable[Story]) -> Counter[tuple[str, str | None]]:
    """How many of the stories have each value of the field, by the value as compared and its kind."""
    return Counter(value for story in stories for value in set(_values(field, story)))


def alphabetical(text: str) -> str:
    """What a text is sorted by: neither case nor accents count."""
    return _folded(text)


def as_compared(label: str) -> str:
    """What is equal for two labels that a person would call the same."""
    return laid_out(label) if laid_out(label) != "|" else label.casefold()


@cache
def laid_out(text: str) -> str:
    folded = re.sub(r"(?<!\w)((?:[^\W\d_]\.)+[^\W\d_]?)(?!\w)", lambda dotted: _acronym(dotted[0]), _folded(text))
    return "|" + "".join(_with_bars(folded))


def says(text: str, wanted: str, *, is_prefix: bool) -> bool:
    """Whether the words stand in the text."""
    needles = [_needle(laid_out(wanted), is_prefix)]
    if len(wanted.split()) == 1:
        needles += [_needle(f"|{joined}|", is_prefix) for joined in _joined(wanted)]
    return any(needle in place for needle in needles for place in (laid_out(text), *(f"|{joined}|" for joined in _joined(text))))


def holds(node: Node, story: Story, now: Now) -> bool:
    """Whether the story is what the node asks for."""
    match node:
        case Words():
            return any(says(text, node.text, is_prefix=node.is_prefix) for text in _everywhere(story))
        case Term():
            return any(_has(node.field, value, story, now) for value in node.values)
        case Not():
            return not holds(node.child, story, now)
        case And():
            return all(holds(child, story, now) for child in node.children)
        case Or():
            return any(holds(child, story, now) for child in node.children)
        case SavedRef():
            raise AssertionError("saved searches are expanded before")


# -- order -------------------------------------------------------------------------------------------------------------


def _newness(story: Story) -> tuple[int, int, int]:
    """Undated before all, a bare day before the times of its day; what is equal then, as the index has it."""
    published = story.article.published
    return (published.instant, int(published.has_time), story.id) if published else (-(2**62), 0, story.id)


def _named(story: Story, key: str) -> str | None:
    return story.article.headline if key == "headline" else story.article.source


# -- values ------------------------------------------------------------------------------------------------------------


def _everywhere(story: Story) -> Iterator[str]:
    article = story.article
    yield from (article.headline, article.body)
    yield from (text for text in (article.description, article.byline, story.mark.note) if text)
    yield from (*article.categories, *article.tags, *(name.name for name in article.declared_names))


def _labels(field: str, story: Story) -> tuple[str, ...]:
    article = story.article
    if field == "category":
        return article.categories
    if field == "tag":
        return article.tags + story.mark.tags
    only = {"source": article.source, "language": article.language, "author": article.byline}[field]
    return (only,) if only else ()


def _values(field: str, story: Story) -> Iterator[tuple[str, str | None]]:
    if field == "day":
        yield (story.article.published.day.isoformat() if story.article.published else "undated"), None
    elif field in ("entity", "person", "org", "place"):
        yield from ((as_compared(entity.name), entity.kind) for entity in story.entities if field in ("entity", entity.kind))
    else:
        yield from ((as_compared(label), None) for label in _labels(field, story))


def _has(field: str, value: Value, story: Story, now: Now) -> bool:
    article = story.article
    if isinstance(value, DateRange):
        return _is_within(value, story, now)
    texts = {
        "title": [article.headline],
        "body": [text for text in (article.body, article.description) if text is not None],
        "path": [article.path],
        "source": _labels("source", story),
        "author": _labels("author", story),
    }.get(field)
    if isinstance(value, Pattern):
        assert texts is not None, field
        return any(re.search(value.regex, text, re.IGNORECASE) for text in texts)
    if texts is not None:
        return any(says(text, value.text, is_prefix=value.is_prefix) for text in texts)
    if field in ("is", "has"):
        return _is(value.text, story, now)
    if field in ("category", "tag", "language"):
        return any(_is_label(field, label, value) for label in _labels(field, story))
    return any(_is_called(entity.name, value) for entity in story.entities if field in ("entity", entity.kind))


def _is_label(field: str, label: str, value: Text) -> bool:
    there, wanted = as_compared(label), as_compared(value.text)
    if value.is_prefix:
        return there.startswith(wanted.removesuffix("|"))
    return there == wanted or (field == "language" and there.startswith(wanted))


def _is_called(name: str, value: Text) -> bool:
    alias = ALIASES.get(value.text.replace(".", "").casefold())
    return says(name, value.text, is_prefix=value.is_prefix) or name.casefold() == alias


def _is(choice: str, story: Story, now: Now) -> bool:
    mark, body = story.mark, story.article.body
    return {
        "unread": not mark.is_read,
        "read": mark.is_read,
        "starred": mark.is_starred,
        "skipped": mark.is_skipped,
        "queued": mark.is_queued,
        "new": now.last_visit is None or story.arrived >= now.last_visit.timestamp() * 1000,
        "noted": mark.note is not None,
        "note": mark.note is not None,
        "link": bool(re.search(r"(?<!!)\[[^\]]*\]\(|://", body)),
        "image": "![" in body,
        "table": "|---" in body,
        "entity": bool(story.entities),
    }[choice]


# -- words -------------------------------------------------------------------------------------------------------------


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    kept = [letter for letter in decomposed if not "\u0300" <= letter <= "\u036f" and unicodedata.category(letter) != "Cf"]
    return unicodedata.normalize("NFC", "".join(kept).translate(_PLAIN))


def _acronym(dotted: str) -> str:
    return dotted.replace(".", "") + ("." if dotted.endswith(".") else "")


@cache
def _is_spaceless(letter: str) -> bool:
    return any(ends[0] <= letter <= ends[1] for ends in _SPACELESS)


def _with_bars(text: str) -> Iterator[str]:
    before = ""
    for letter in text:
        if _is_spaceless(letter):
            now = "run"
        else:
            now = "word" if letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc") else ""
        if before and now != before:
            yield "|"
        if now:
            yield letter
        before = now
    if before:
        yield "|"


def _needle(laid: str, is_prefix: bool) -> str:
    core = laid.strip("|")
    starts_anywhere, ends_anywhere = _is_spaceless(core[0]), is_prefix or _is_spaceless(core[-1])
    return ("" if starts_anywhere else "|") + core + ("" if ends_anywhere else "|")


@cache
def _joined(text: str) -> list[str]:
    """The hyphenated words of two or three parts, and O'Names, as one word each."""
    found = re.findall(r"(?<![\w'.-])(?:[^\W_]+(?:-[^\W_]+){1,2}|o'[^\W\d_]{2,})(?![\w-])", _folded(text))
    return [word for match in found if not (word := re.sub("[-']", "", match)).isdecimal()]


# -- dates -------------------------------------------------------------------------------------------------------------

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _is_within(period: DateRange, story: Story, now: Now) -> bool:
    """Both ends included, unless skipped; where they stand in the wrong order, as if they stood in the right one."""
    published = story.article.published
    if published is None:
        return False
    start, end = (_reach(str(when), now) if when else None for when in (period.start, period.end))
    if start and end and _day(end[0], now) < _day(start[0], now):
        if period.end in _WEEKDAYS:
            while _day(end[0], now) < _day(start[0], now):
                end = (end[0] + timedelta(days=7), end[1] + timedelta(days=7))
        else:
            start, end = end, start

    def at(moment: date) -> date | int:
        """What of the article compares with the moment."""
        return published.instant if isinstance(moment, datetime) else published.day

    def compared(moment: date) -> date | int:
        return int(moment.timestamp() * 1000) if isinstance(moment, datetime) else moment

    if start:
        edge = start[1] if period.skips_start else start[0]
        there, bound = at(edge), compared(edge)
        if there < bound or (period.skips_start and there == bound):  # type: ignore[operator]  # both days or both instants
            return False
    if end:
        edge = end[0] if period.skips_end else end[1]
        there, bound = at(edge), compared(edge)
        if there > bound or (period.skips_end and there == bound):  # type: ignore[operator]  # both days or both instants
            return False
    return True


def _day(moment: date, now: Now) -> date:
    return moment.astimezone(now.moment.tzinfo).date() if isinstance(moment, datetime) else moment


def _reach(when: str, now: Now) -> tuple[date, date]:
    """The first and the last day that the words name; a moment twice for what is no whole day."""
    if when in ("today", "yesterday"):
        day = now.today - timedelta(days=when == "yesterday")
        return day, day
    if when in _WEEKDAYS:
        day = next(day for back in range(7) if _WEEKDAYS[(day := now.today - timedelta(days=back)).weekday()] == when)
        return day, day
    if when == "lastvisit":
        visit = now.last_visit or datetime(1, 1, 2, tzinfo=now.moment.tzinfo)
        return visit, visit
    if when[-1] == "h":
        moment = now.moment - timedelta(hours=int(when[:-1]))
        return moment, moment
    if when[-1] in "dw":
        day = now.today - timedelta(days=int(when[:-1]) * (7 if when[-1] == "w" else 1))
        return day, day
    if when[-1] in "my":
        day = _months_before(now.today, int(when[:-1]) * (12 if when[-1] == "y" else 1))
        return day, day
    return _calendar(when)


def _months_before(day: date, months: int) -> date:
    """The same day of the month, or the month's last."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


@cache
def _calendar(when: str) -> tuple[date, date]:
    days = [date(2020, 1, 1) + timedelta(days=number) for number in range(366 * 8)]
    fitting = [day for day in days if day.isoformat().startswith(when)]
    return fitting[0], fitting[-1]


def ids(stories: Sequence[Story]) -> list[int]:
    return [story.id for story in stories]


def parts(query: Query) -> tuple[Node, ...]:
    """All that must hold, each on its own."""
    return query.root.children if isinstance(query.root, And) else (query.root,) if query.root else ()


def without(query: Query, term: Node) -> Query:
    """All of the query but one of its parts, in any number and order."""
    rest = [child for child in parts(query) if child is not term]
    return Query(rest[0] if len(rest) == 1 else And(tuple(rest)))
