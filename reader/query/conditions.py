"""What an article must satisfy, as SQL over `t`, its row of the timeline. Nothing typed becomes SQL.

A condition is asked of each article where that is a single step into a kept list. Where it is many steps, or a search,
the ids that satisfy it are gathered first: only those within the ids that the question is about, so that a question about
the newest articles gathers little however much the archive holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, assert_never

from reader.database import placeholders
from reader.index import schema
from reader.index.ids import FIRST_DATED, SQL_ORDINAL, id_range_of_days
from reader.model import Kind
from reader.query.dates import DateRange, Interval, resolve
from reader.query.phrases import Lookup, Sought, lookup, match_expr, sought
from reader.query.tree import And, Node, Not, Or, Pattern, SavedRef, Term, Text, Value, Words

_FEW_KEYS = 3
"""Up to so many lists are asked for each article."""
_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Clock:
    """When the question is asked."""

    today: date
    now: datetime
    last_visit: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Lists of articles that the index or the marks keep: all of these keys together."""

    table: str
    column: str
    keys: tuple[int | str, ...]
    kinds: tuple[Kind, ...] = ()
    """Of the keys only entities of these kinds; of any kind where none is said."""
    are_apart: bool = False
    """Whether no article is listed under two of the keys."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the archive has under one term or word."""

    listings: tuple[Listing, ...] = ()
    """Where its articles are listed; none for a term that is asked of each article."""
    articles: int = 0
    """How many articles are listed there, at most."""
    is_noted: bool = False
    """Whether the word stands in a note of the user's."""
    is_near: bool = False
    """Whether the text is at hand, and is to be looked at instead of the full-text table: see `compile.near`."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """All words that begin as one of its own does, by that beginning, where they are known and few."""


@dataclass(frozen=True, slots=True)
class IdRange:
    """The ids from `low` on, below `high`."""

    low: int = 0
    high: int = 2**62

    def cut(self, other: IdRange) -> IdRange:
        """What both hold."""
        return IdRange(max(self.low, other.low), min(self.high, other.high))

    def holding(self, column: str) -> Condition:
        """That a column of ids lies within."""
        bounds = [Condition(f"{column} >= ?", (self.low,))] if self.low > EVERYWHERE.low else []
        bounds += [Condition(f"{column} < ?", (self.high,))] if self.high < EVERYWHERE.high else []
        return all_of(bounds)


EVERYWHERE = IdRange()


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL that is true or false, in brackets where it needs them, and its values."""

    sql: str
    params: tuple[Any, ...] = ()


class Conditions:
    """Makes the conditions of one question, which is about the ids `within` alone."""

    def __init__(self, found: Mapping[Node, Found], clock: Clock, within: IdRange) -> None:
        self._found = found
        self._clock = clock
        self._within = within
        self.gathers = False
        """Whether any condition made so far gathers ids before the first article is looked at."""

    def of(self, node: Node) -> Condition:
        """What an article must satisfy to be what the node asks for."""
        match node:
            case Words():
                return self._words(node)
            case Term():
                return self._term(node)
            case Not():
                child = self.of(node.child)
                return Condition(f"NOT {child.sql}", child.params)
            case And():
                return all_of([self.of(child) for child in node.children])
            case Or():
                return any_of([self.of(child) for child in node.children])
            case SavedRef():
                raise AssertionError("saved searches are expanded before compiling")
            case _:
                assert_never(node)

    def among(self, listings: tuple[Listing, ...]) -> Condition:
        """That the article is in one of the lists; all their ids are gathered."""
        self.gathers = True
        parts = [self._ids_of(listing) for listing in listings]
        params = tuple(value for part in parts for value in part.params)
        return Condition(f"t.id IN ({' UNION ALL '.join(part.sql for part in parts)})", params)

    def _words(self, words: Words) -> Condition:
        found = self._found.get(words, Found())
        wanted = spelt_out(words, found)
        if found.is_noted:
            return self._matching(lookup(wanted), match_expr(wanted))
        return self._matching(lookup(wanted))

    def _matching(self, asked: Lookup, *in_notes: str) -> Condition:
        """That the article is what a full-text table finds, or a note on it fits an expression."""
        self.gathers = True
        bounds = self._within.holding("rowid")
        sql = f"SELECT rowid FROM {asked.table} WHERE {asked.table} MATCH ? AND {bounds.sql}" + _OR_IN_NOTES * len(in_notes)
        return Condition(f"t.id IN ({sql})", (asked.expression, *bounds.params, *in_notes))

    def _term(self, term: Term) -> Condition:
        found = self._found.get(term, Found())
        if found.listings:
            return any_of([self._listed(listing) for listing in found.listings])
        match term.field:
            case "date":
                return any_of([_within(_interval(value, self._clock)) for value in term.values])
            case "is":
                return any_of([self._is(value) for value in term.values])
            case "has":
                return any_of([_has(value) for value in term.values])
            case ("title" | "body" | "path") as name:
                return any_of([self._text(name, value, found) for value in term.values])
            case _:
                return NOTHING

    def _listed(self, listing: Listing) -> Condition:
        if len(listing.keys) > _FEW_KEYS or listing.kinds:
            return self.among((listing,))
        sql = f"EXISTS (SELECT 1 FROM {listing.table} x WHERE x.{listing.column} IN ({placeholders(listing.keys)}) AND x.article = t.id)"
        return Condition(sql, listing.keys)

    def _ids_of(self, listing: Listing) -> Condition:
        bounds = self._within.holding("article")
        keys = "(SELECT value FROM json_each(?))"
        sql = f"SELECT article FROM {listing.table} WHERE {listing.column} IN {keys} AND {bounds.sql}"
        if listing.kinds:
            sql += f" AND (SELECT kind FROM entities WHERE id = entity) IN ({placeholders(listing.kinds)})"
        return Condition(sql, (json.dumps(listing.keys), *bounds.params, *listing.kinds))

    def _is(self, value: Value) -> Condition:
        assert isinstance(value, Text)
        if value.text == "unread":
            return Condition(f"NOT {_marked('read').sql}", ("read",))
        if value.text == "new":
            visit = self._clock.last_visit
            return Condition("t.arrived >= ?", (int(visit.timestamp() * 1000) if visit else 0,))
        return _marked(MARK_FIELDS[value.text])

    def _text(self, field: Literal["title", "body", "path"], value: Value, found: Found) -> Condition:
        if isinstance(value, Pattern):
            return any_of([Condition(f"fits({place}, ?)", (value.regex,)) for place in _PLACES[field]])
        assert isinstance(value, Text)
        if found.is_near:
            return any_of([Condition(f"says({place}, ?, ?)", (value.text, value.is_prefix)) for place in _PLACES[field]])
        return self._matching(lookup(spelt_out(value, found), field))


NOTHING = Condition("0")
_OR_IN_NOTES = " UNION ALL SELECT rowid FROM temp.notes WHERE notes MATCH ?"

MARK_FIELDS = {"read": "read", "starred": "starred", "skipped": "skipped", "queued": "queued", "noted": "note", "note": "note"}
"""The field of a mark, by the value of `is:` or `has:` that asks for it."""
_HAS_FLAGS = {"link": schema.HAS_LINK, "image": schema.HAS_IMAGE, "table": schema.HAS_TABLE}
_PLACES = {
    "title": ("(SELECT headline FROM articles WHERE id = t.id)",),
    "path": ("(SELECT f.path FROM articles a JOIN files f ON f.id = a.file WHERE a.id = t.id)",),
    "body": ("(SELECT description FROM articles WHERE id = t.id)", "body_of(t.id)"),
}
"""The texts of each field."""


def spelt_out(words: Words | Text, found: Found) -> Sought:
    """What the words look for: where it is known what words begin as the last does, those."""
    wanted = sought(words.text, is_prefix=words.is_prefix)
    known = found.words.get(words.text) if words.is_prefix else None
    return Sought(tuple((word,) for word in known), is_prefix=False) if known else wanted


def all_of(conditions: list[Condition]) -> Condition:
    """All of them; true where there are none."""
    return _joined(conditions, "AND") if conditions else Condition("1")


def any_of(conditions: list[Condition]) -> Condition:
    """At least one of them; false where there are none."""
    return _joined(conditions, "OR") if conditions else NOTHING


def is_ascii(column: str) -> str:
    """That a text has no character beyond ASCII: a tenth of the cost of a pattern that says so."""
    return f"length({column}) = length(CAST({column} AS BLOB))"


def range_of(term: Term, clock: Clock) -> IdRange:
    """Ids that hold every article of a `date:` term, and others."""
    ranges = [_ids_within(_interval(value, clock)) for value in term.values]
    return IdRange(min(each.low for each in ranges), max(each.high for each in ranges))


def _joined(conditions: list[Condition], word: str) -> Condition:
    if len(conditions) == 1:
        return conditions[0]
    return Condition(f"({f' {word} '.join(each.sql for each in conditions)})", tuple(value for each in conditions for value in each.params))


def _marked(field: str) -> Condition:
    return Condition("EXISTS (SELECT 1 FROM temp.marked m WHERE m.field = ? AND m.article = t.id)", (field,))


def _has(value: Value) -> Condition:
    assert isinstance(value, Text)
    if value.text == "note":
        return _marked("note")
    if value.text == "entity":
        return Condition("EXISTS (SELECT 1 FROM articles a WHERE a.id = t.id AND length(a.spellings) > 0)")
    return Condition("t.flags & ? <> 0", (_HAS_FLAGS[value.text],))


def _interval(value: Value, clock: Clock) -> Interval:
    assert isinstance(value, DateRange)
    return resolve(value, clock.today, clock.now, clock.last_visit)


def _within(interval: Interval) -> Condition:
    parts = [Condition("t.id >= ?", (FIRST_DATED,))]
    ordinal = SQL_ORDINAL.format(id="t.id")
    if interval.first_day is not None:
        parts.append(Condition(f"{ordinal} >= ?", (interval.first_day.toordinal(),)))
    if interval.end_day is not None:
        parts.append(Condition(f"{ordinal} < ?", (interval.end_day.toordinal(),)))
    if interval.from_instant is not None:
        parts.append(Condition("t.instant >= ?", (interval.from_instant,)))
    if interval.to_instant is not None:
        parts.append(Condition("t.instant < ?", (interval.to_instant,)))
    return all_of(parts)


def _ids_within(interval: Interval) -> IdRange:
    firsts = [interval.first_day, _day_of(interval.from_instant)]
    lasts = [interval.end_day, _day_of(interval.to_instant)]
    low = max((id_range_of_days(day, day)[0] for day in firsts if day), default=FIRST_DATED)
    high = min((id_range_of_days(day, day)[1] for day in lasts if day), default=EVERYWHERE.high)
    return IdRange(low, high)


def _day_of(instant: int | None) -> date | None:
    """The day in UTC; the first or last there is for an instant beyond."""
    if instant is None:
        return None
    ordinal = instant // _DAY + date(1970, 1, 1).toordinal()
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
