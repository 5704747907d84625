"""From a parsed query to one SQL statement. Nothing here opens anything, and nothing typed becomes SQL.

Ids descend with the date, in every table and in the full-text index, so a statement that walks any of them backwards
gives the newest first and can stop after one screen. Which of them is walked decides the cost:

    words at the top level      the full-text index drives, the other terms are asked for each hit
    a rare name or label        its own list of articles drives
    anything else               the timeline drives, each term asked for each article

`found` gives for each term with names or labels what the archive has under them; `reader.query.results` looks it up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, assert_never

from reader.index import schema
from reader.index.ids import FIRST_DATED, SQL_ORDINAL, id_range_of_days
from reader.query.dates import DateRange, Interval, resolve
from reader.query.phrases import match_expr, sought
from reader.query.tree import And, Node, Not, Or, Pattern, Query, SavedRef, Term, Text, Words, walk

_COLUMNS = {"title": ("headline",), "body": ("dek", "body")}
_RARE = 2000
"""A list of articles this short is read whole before it is asked."""

_ORDERS = {
    "date": ("t.id DESC", "t.id ASC"),
    "headline": ("(SELECT headline FROM articles WHERE id = t.id) COLLATE NOCASE ASC, t.id DESC",
                 "(SELECT headline FROM articles WHERE id = t.id) COLLATE NOCASE DESC, t.id DESC"),
    "source": ("(SELECT source FROM articles WHERE id = t.id) COLLATE NOCASE ASC, t.id DESC",
               "(SELECT source FROM articles WHERE id = t.id) COLLATE NOCASE DESC, t.id DESC"),
    "words": ("t.words DESC, t.id DESC", "t.words ASC, t.id DESC"),
}  # fmt: skip
_RELEVANCE = "bm25(search, 10.0, 4.0, 1.0, 2.0)"
"""A hit in the headline counts ten times as much as one in the body."""


@dataclass(frozen=True, slots=True)
class Clock:
    """When the question is asked."""

    today: date
    now: datetime
    last_visit: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the archive has under one term's names or labels."""

    ids: tuple[int, ...] = ()
    """Entities or labels, as the field says."""
    articles: int = 0
    """How many articles they have, at most."""
    mark_fields: tuple[str, ...] = ()
    """The user's own tags that a `tag:` term names."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL and its values. Gives ids in the order of the answer."""

    sql: str
    params: tuple[Any, ...]

    def first(self, count: int) -> Statement:
        """The same, stopping after `count` rows."""
        return Statement(f"SELECT * FROM ({self.sql}) LIMIT ?", (*self.params, count))


@dataclass(frozen=True, slots=True)
class _Condition:
    sql: str
    params: tuple[Any, ...] = ()


def compile_query(query: Query, found: Mapping[Term, Found], clock: Clock, among: Sequence[int] = ()) -> Statement:
    """The statement that answers the query. Saved searches must be expanded before.

    With `among` only of these articles, which then are all that is looked at.
    """
    compiler = _Compiler(found, clock)
    parts = query.root.children if isinstance(query.root, And) else (query.root,) if query.root else ()
    match, rest = _full_text(parts)
    conditions = [compiler.condition(part) for part in rest]
    relevance = query.sort is not None and query.sort.key == "relevance" and match is not None
    if match is not None:
        source = "search CROSS JOIN timeline t ON t.id = search.rowid"
        conditions.insert(0, _Condition("search MATCH ?", (match,)))
    else:
        source = "timeline t"
    if among:
        conditions.append(_among(among, "search.rowid" if match is not None else "t.id"))
    order = _order(query, is_matched=match is not None, is_relevance=relevance)
    where = " AND ".join(condition.sql for condition in conditions) or "1"
    params: tuple[Any, ...] = tuple(value for condition in conditions for value in condition.params)
    limit = ""
    if query.limit is not None:
        limit, params = " LIMIT ?", (*params, query.limit)
    return Statement(f"SELECT t.id FROM {source} WHERE {where} ORDER BY {order}{limit}", params)


def uses_marks(query: Query) -> bool:
    """Whether the answer depends on what the user has marked."""
    return any(isinstance(node, Term) and node.field in ("is", "has", "tag") for node in walk(query.root))


def _order(query: Query, *, is_matched: bool, is_relevance: bool) -> str:
    sort = query.sort
    if is_relevance:
        return f"{_RELEVANCE} {'DESC' if sort and sort.is_reversed else 'ASC'}, t.id DESC"
    key = sort.key if sort is not None and sort.key in _ORDERS else "date"
    order = _ORDERS[key][bool(sort and sort.key in _ORDERS and sort.is_reversed)]
    # FTS5 walks its own rowids in order, and only then without sorting.
    return order.replace("t.id", "search.rowid") if is_matched and key == "date" else order


def _full_text(parts: tuple[Node, ...]) -> tuple[str | None, list[Node]]:
    """One full-text expression for the parts that are words alone, and the parts that are left."""
    wanted, unwanted, rest = [], [], []
    for part in parts:
        is_negative = isinstance(part, Not)
        expression = _expression(part.child if isinstance(part, Not) else part)
        if expression is None:
            rest.append(part)
        elif is_negative:
            unwanted.append((part, expression))
        else:
            wanted.append(expression)
    if not wanted:
        return None, [*rest, *(part for part, _ in unwanted)]
    match = " AND ".join(wanted)
    for _, expression in unwanted:
        match = f"({match}) NOT {expression}"
    return match, rest


def _expression(node: Node) -> str | None:
    """The full-text expression of a node made of words alone, in brackets; None for any other."""
    match node:
        case Words():
            return match_expr(sought(node.text, is_prefix=node.is_prefix))
        case Term(field=("title" | "body") as name) if not any(isinstance(value, Pattern) for value in node.values):
            texts = [value for value in node.values if isinstance(value, Text)]
            return f"({' OR '.join(match_expr(sought(text.text, is_prefix=text.is_prefix), _COLUMNS[name]) for text in texts)})"
        case And() | Or():
            parts = [_expression(child) for child in node.children]
            joiner = " AND " if isinstance(node, And) else " OR "
            return None if None in parts else f"({joiner.join(part for part in parts if part)})"
        case _:
            return None


@dataclass(frozen=True, slots=True)
class _Compiler:
    found: Mapping[Term, Found]
    clock: Clock

    def condition(self, node: Node) -> _Condition:
        """What an article `t` must satisfy."""
        match node:
            case Words():
                return _matching(match_expr(sought(node.text, is_prefix=node.is_prefix)))
            case Term():
                return self._term(node)
            case Not():
                child = self.condition(node.child)
                return _Condition(f"NOT {child.sql}", child.params)
            case And() | Or():
                return _joined([self.condition(child) for child in node.children], "AND" if isinstance(node, And) else "OR")
            case SavedRef():
                raise AssertionError("saved searches are expanded before compiling")
            case _:
                assert_never(node)

    def _term(self, term: Term) -> _Condition:
        match term.field:
            case "entity" | "person" | "org" | "place":
                return _listed(self.found.get(term, Found()), "named", "entity")
            case "category" | "source" | "language" | "author":
                return _listed(self.found.get(term, Found()), "labelled", "label")
            case "tag":
                return self._tag(term)
            case "date":
                return _joined([_within(resolve(value, self.clock.today, self.clock.now, self.clock.last_visit))
                                for value in term.values if isinstance(value, DateRange)], "OR")  # fmt: skip
            case "is":
                return _joined([self._is(value.text) for value in term.values if isinstance(value, Text)], "OR")
            case "has":
                return _joined([_has(value.text) for value in term.values if isinstance(value, Text)], "OR")
            case _:
                return _joined([_text(term.field, value) for value in term.values], "OR")

    def _tag(self, term: Term) -> _Condition:
        found = self.found.get(term, Found())
        own = [_marked(name) for name in found.mark_fields]
        return _joined([_listed(found, "labelled", "label"), *own], "OR")

    def _is(self, choice: str) -> _Condition:
        match choice:
            case "unread":
                return _Condition(f"NOT {_marked('read').sql}", ("read",))
            case "new":
                visit = self.clock.last_visit
                return _Condition("t.arrived >= ?", (int(visit.timestamp() * 1000) if visit else 0,))
            case "noted":
                return _marked("note")
            case _:
                return _marked(choice)


def _among(ids: Sequence[int], column: str) -> _Condition:
    """The full-text index is bounded by the range, the timeline goes by the list."""
    return _Condition(f"{column} BETWEEN ? AND ? AND t.id IN ({','.join(map(str, ids))})", (min(ids), max(ids)))


def _joined(conditions: list[_Condition], word: str) -> _Condition:
    if not conditions:
        return _Condition("0" if word == "OR" else "1")
    sql = f" {word} ".join(condition.sql for condition in conditions)
    return _Condition(f"({sql})", tuple(value for condition in conditions for value in condition.params))


def _matching(expression: str) -> _Condition:
    return _Condition("t.id IN (SELECT rowid FROM search WHERE search MATCH ?)", (expression,))


def _marked(field: str) -> _Condition:
    return _Condition("EXISTS (SELECT 1 FROM temp.marked m WHERE m.field = ? AND m.article = t.id)", (field,))


def _listed(found: Found, table: str, column: str) -> _Condition:
    """Articles in the lists of these entities or labels."""
    if not found.ids:
        return _Condition("0")
    numbers = ",".join(map(str, found.ids))
    if found.articles <= _RARE:
        return _Condition(f"t.id IN (SELECT article FROM {table} WHERE {column} IN ({numbers}))")
    return _Condition(f"EXISTS (SELECT 1 FROM {table} x WHERE x.{column} IN ({numbers}) AND x.article = t.id)")


def _within(interval: Interval) -> _Condition:
    parts = [_Condition("t.id >= ?", (FIRST_DATED,))]
    ordinal = SQL_ORDINAL.format(id="t.id")
    if interval.first_day is not None:
        low, _ = id_range_of_days(interval.first_day, interval.first_day)
        parts += [_Condition("t.id >= ?", (low,)), _Condition(f"{ordinal} >= ?", (interval.first_day.toordinal(),))]
    if interval.end_day is not None:
        _, high = id_range_of_days(interval.end_day, interval.end_day)
        parts += [_Condition("t.id < ?", (high,)), _Condition(f"{ordinal} < ?", (interval.end_day.toordinal(),))]
    if interval.from_instant is not None:
        parts.append(_Condition("t.instant >= ?", (interval.from_instant,)))
    if interval.to_instant is not None:
        parts.append(_Condition("t.instant < ?", (interval.to_instant,)))
    return _joined(parts, "AND")


_HAS_FLAGS = {"link": schema.HAS_LINK, "image": schema.HAS_IMAGE, "table": schema.HAS_TABLE}


def _has(choice: str) -> _Condition:
    if choice == "note":
        return _marked("note")
    if choice == "entity":
        return _Condition("EXISTS (SELECT 1 FROM articles a WHERE a.id = t.id AND length(a.spellings) > 0)")
    return _Condition("t.flags & ? <> 0", (_HAS_FLAGS[choice],))


_PLACES = {
    "title": "(SELECT headline FROM articles WHERE id = t.id)",
    "path": "(SELECT f.path FROM articles a JOIN files f ON f.id = a.file WHERE a.id = t.id)",
    "body": "body_of(t.id)",
}


def _text(field: str, value: object) -> _Condition:
    """Words or a pattern in a text that no index serves, or words that one does."""
    if isinstance(value, Pattern):
        return _Condition(f"fits({_PLACES[field]}, ?)", (value.regex,))
    assert isinstance(value, Text)
    if field in _COLUMNS:
        return _matching(match_expr(sought(value.text, is_prefix=value.is_prefix), _COLUMNS[field]))
    return _Condition(f"says({_PLACES[field]}, ?, ?)", (value.text, value.is_prefix))
