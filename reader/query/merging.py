"""All of an answer at once: sorted lists of ids, merged as they are walked. Nothing typed becomes SQL.

Every list comes in the order of its ids by itself, and SQLite merges such lists without keeping or sorting any of them, in a
tenth of the time that it takes to ask each article of one whether it is in the others:

    government -category:sport is:unread    search EXCEPT labelled EXCEPT marked
    source:e                                labelled UNION ALL labelled UNION ALL labelled
    since:2024 (g OR is:starred)            beginnings UNION marked INTERSECT timeline

SQL reads that from left to right and has no brackets for it, so a query that would need some has no merge.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reader.database import placeholders
from reader.query.conditions import Condition, Conditions, Found, IdRange, Listing, all_of, spelt_out
from reader.query.full_text import shared_lookup, text_lookup
from reader.query.phrases import Lookup, lookup, match_expr
from reader.query.tree import And, Node, Not, Or, Term, Text, Words

Joiner = Literal["INTERSECT", "EXCEPT", "UNION", "UNION ALL"]

_MOST_LISTS = 16
"""Of one term that are merged; to gather more takes less."""
_NOT_GONE = "rowid NOT IN (SELECT id FROM ghosts)"
"""That an article a full-text table knows is still there. Few are gone; to look for each in the timeline takes three times as long."""
_IN_TIMELINE = frozenset(map(Text, ("new", "link", "image", "table")))
"""Values of `is:` and `has:` that an article's row of the timeline answers."""
_UNREAD = (Text("unread"),)
_WITH_ENTITY = (Text("entity"),)


@dataclass(frozen=True, slots=True)
class Ids:
    """SQL that selects ids, each once and in their order, without saying so; and its values."""

    sql: str
    params: tuple[Any, ...]
    gathered: str = ""
    """Where all are gathered before the first is there: what is gathered, in any order and some of it twice."""


Steps = tuple[tuple[Joiner, Ids], ...]
"""Ids, each with how they join what those before them come to; the first with UNION, to nothing."""


@dataclass(frozen=True, slots=True)
class Merge:
    """All ids of an answer."""

    steps: Steps
    labels: tuple[int | str, ...] = ()
    """Where it is all articles of these labels, of which none has two: the index has counted them."""

    @property
    def is_lazy(self) -> bool:
        """Whether its first ids are there before any list is walked to its end, and none of many lists holds them up."""
        return not any(ids.gathered for _, ids in self.steps) and all(joiner in ("INTERSECT", "EXCEPT") for joiner, _ in self.steps[1:])

    def every_id(self, order: Literal["ASC", "DESC"]) -> tuple[str, tuple[Any, ...]]:
        """The ids, each once, ascending or descending."""
        first, *others = self.steps
        sql = first[1].sql + "".join(f" {joiner} {ids.sql}" for joiner, ids in others)
        return f"{sql} ORDER BY 1 {order}", tuple(value for _, ids in self.steps for value in ids.params)

    def total(self) -> tuple[str, tuple[Any, ...]]:
        """How many they are."""
        if self.labels:
            return "SELECT ifnull(sum(articles), 0) FROM labels WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(self.labels),)
        first = self.steps[0][1]
        if first.gathered and len(self.steps) == 1:
            return f"SELECT count(DISTINCT article) FROM ({first.gathered})", first.params
        sql, params = self.every_id("DESC")
        return f"SELECT count(*) FROM ({sql})", params


def merge(parts: Sequence[Node], found: Mapping[Node, Found], conditions: Conditions, bounds: IdRange) -> Merge | None:
    """The merge for articles within the bounds that are all of the parts ask for; None where there is none."""
    steps = _Merging(found, conditions, bounds).all_of(parts)
    return Merge(steps, _labels(parts, found)) if steps else None


def _labels(parts: Sequence[Node], found: Mapping[Node, Found]) -> tuple[int | str, ...]:
    """The labels that a query asks for alone, where no article has two of them; none for any other query."""
    listings = found.get(parts[0], Found()).listings if len(parts) == 1 else ()
    if len(listings) != 1 or listings[0].table != "labelled" or not (listings[0].are_apart or len(listings[0].keys) == 1):
        return ()
    return listings[0].keys


class _Merging:
    """Finds the steps of one question. None stands for what has none."""

    def __init__(self, found: Mapping[Node, Found], conditions: Conditions, bounds: IdRange) -> None:
        self._found = found
        self._conditions = conditions
        self._bounds = bounds

    def all_of(self, parts: Sequence[Node]) -> Steps | None:
        """The steps to the articles that are all of this."""
        wanted: list[Ids] = []
        while (shared := shared_lookup(parts, self._found))[0] is not None:
            parts = shared[1]
            wanted.append(self._matching(shared[0]))
        tests = [part for part in parts if self._is_test(part)]
        first: Steps = ()
        unwanted: list[Ids] = []
        for part in parts:
            if part in tests:
                continue
            steps = self._unwanted(part) if _is_negative(part) else self._of(part)
            if steps is None:
                return None
            if _is_negative(part):
                unwanted += [ids for _, ids in steps]
            elif len(steps) == 1:
                wanted.append(steps[0][1])
            elif not first:
                first = steps
            elif listings := self._found.get(part, Found()).listings:
                wanted.append(self._gathered(listings))
            else:
                return None
        if tests or not (wanted or first):
            wanted.append(self._in_timeline(all_of([self._conditions.of(part) for part in tests])))
        steps = first or (("UNION", wanted.pop(0)),)
        return (*steps, *(("INTERSECT", ids) for ids in wanted), *(("EXCEPT", ids) for ids in unwanted))

    def _any_of(self, parts: Sequence[Node]) -> Steps | None:
        """The steps to the articles that are any of this."""
        each = [self._of(part) for part in parts]
        known = [steps for steps in each if steps is not None]
        if len(known) < len(each) or sum(not _is_union(steps) for steps in known) > 1:
            return None
        first, *others = sorted(known, key=_is_union)
        return (*first, *(("UNION", ids) for steps in others for _, ids in steps))

    def _unwanted(self, part: Node) -> Steps | None:
        """The steps to what the part, which is negative, leaves out: each is to be left out by itself."""
        if not isinstance(part, Not):
            return (("UNION", self._listed(Listing("temp.marked", "field", ("read",)), "read")),)
        steps = self._of(part.child)
        return steps if steps is not None and _is_union(steps) else None

    def _of(self, node: Node) -> Steps | None:
        asked = text_lookup(node, self._found)
        if asked is not None:
            return (("UNION", self._matching(asked)),)
        match node:
            case Or():
                return self._any_of(node.children)
            case And():
                return self.all_of(node.children)
            case Words():
                return self._noted(node)
            case Term(field="has", values=values) if values == _WITH_ENTITY:
                return (("UNION", self._with_entity()),)
            case Term() if listings := self._found.get(node, Found()).listings:
                return self._lists(listings)
            case _ if _is_negative(node) or self._is_test(node):
                return self.all_of((node,))
            case _:
                return None

    def _is_test(self, part: Node) -> bool:
        """Whether a look at its row of the timeline tells whether an article is what the part asks for."""
        if isinstance(part, Not):
            return self._is_test(part.child)
        if not isinstance(part, Term) or part.field in ("title", "body", "path"):
            return False
        if part.field in ("is", "has"):
            return _IN_TIMELINE.issuperset(part.values)
        # Of a name or label that the archive doesn't have there are no lists.
        return part.field == "date" or not self._found.get(part, Found()).listings

    # -- lists of ids --------------------------------------------------------------------------------------------------

    def _matching(self, asked: Lookup) -> Ids:
        bounds = self._bounds.holding("rowid")
        sql = f"SELECT rowid FROM {asked.table} WHERE {asked.table} MATCH ? AND {bounds.sql} AND {_NOT_GONE}"
        return Ids(sql, (asked.expression, *bounds.params))

    def _noted(self, words: Words) -> Steps:
        """Of words that stand in a note."""
        wanted, bounds = spelt_out(words, self._found[words]), self._bounds.holding("rowid")
        in_notes = Ids(f"SELECT rowid FROM temp.notes WHERE notes MATCH ? AND {bounds.sql}", (match_expr(wanted), *bounds.params))
        return (("UNION", self._matching(lookup(wanted))), ("UNION", in_notes))

    def _in_timeline(self, tested: Condition) -> Ids:
        bounds = self._bounds.holding("t.id")
        return Ids(f"SELECT t.id FROM timeline t WHERE {bounds.sql} AND {tested.sql}", (*bounds.params, *tested.params))

    def _with_entity(self) -> Ids:
        bounds = self._bounds.holding("id")
        return Ids(f"SELECT id FROM articles WHERE length(spellings) > 0 AND {bounds.sql}", bounds.params)

    def _lists(self, listings: Sequence[Listing]) -> Steps:
        if any(listing.kinds for listing in listings) or sum(len(listing.keys) for listing in listings) > _MOST_LISTS:
            return (("UNION", self._gathered(listings)),)
        joiner: Joiner = "UNION ALL" if len(listings) == 1 and listings[0].are_apart else "UNION"
        return tuple((joiner, self._listed(listing, key)) for listing in listings for key in listing.keys)

    def _listed(self, listing: Listing, key: int | str) -> Ids:
        bounds = self._bounds.holding("article")
        return Ids(f"SELECT article FROM {listing.table} WHERE {listing.column} = ? AND {bounds.sql}", (key, *bounds.params))

    def _gathered(self, listings: Sequence[Listing]) -> Ids:
        """Of lists that are too many to be merged, or that would have to be merged in brackets.

        Gathered in the order of the ids, a step at a time: to sort them would take less, but nothing could interrupt that.
        """
        each = [self._unsorted(listing) for listing in listings]
        gathered = " UNION ALL ".join(ids.sql for ids in each)
        params = tuple(value for ids in each for value in ids.params)
        return Ids(f"SELECT t.id FROM timeline t WHERE t.id IN ({gathered})", params, gathered)

    def _unsorted(self, listing: Listing) -> Condition:
        bounds = self._bounds.holding("article")
        keys, params = "SELECT value FROM json_each(?)", (json.dumps(listing.keys), *listing.kinds)
        if listing.kinds:
            # Asked of each entity, and not of each article that names it.
            keys = f"SELECT id FROM entities WHERE id IN ({keys}) AND kind IN ({placeholders(listing.kinds)})"
        sql = f"SELECT article FROM {listing.table} WHERE {listing.column} IN ({keys}) AND {bounds.sql}"
        return Condition(sql, (*params, *bounds.params))


def _is_negative(part: Node) -> bool:
    return isinstance(part, Not) or (isinstance(part, Term) and part.field == "is" and part.values == _UNREAD)


def _is_union(steps: Steps) -> bool:
    return all(joiner in ("UNION", "UNION ALL") for joiner, _ in steps)
