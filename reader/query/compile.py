"""From a parsed query to one SQL statement. Nothing here opens anything, and nothing typed becomes SQL.

Ids descend with the date, in every table and in the full-text index, so a statement that walks any of them backwards
gives the newest first and can stop after one screen. Which of them is walked decides the cost:

    words that must be there        the full-text index is walked; asking it article by article would cost ten times as much
    words of paths                  their own table is walked, where there are no others
    beginnings of words             their own table is walked, where there are no words, side by side with any other list
    names, labels or marks          the shortest of their lists that must hold it is walked
    anything else                   the timeline is walked

The other parts of the query are then asked of each article (`reader.query.conditions`). Where all ids are wanted, or how many they
are, whole lists are merged instead (`reader.query.merging`). `found` gives for each of them what
the archive has under it; `reader.query.meanings` looks it up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from reader.index.facets import ENTITY_FACETS
from reader.query.conditions import EVERYWHERE, Clock, Condition, Conditions, Found, IdRange, Listing, all_of, is_ascii, range_of
from reader.query.fold import LONGEST_BEGINNING
from reader.query.full_text import shared_lookup
from reader.query.merging import Merge, merge
from reader.query.phrases import Lookup, lookup, sought
from reader.query.tree import And, Node, Or, Pattern, Query, Sort, Term, Text, Words, walk

RELEVANCE = "bm25(search, 10.0, 4.0, 1.0, 2.0)"
"""How badly an article fits the words: a hit in the headline counts ten times as much as one in the body."""


def _alphabetically(column: str) -> str:
    """A column as it is sorted: without regard to case and accents."""
    return f"(SELECT CASE WHEN {is_ascii(column)} THEN lower({column}) ELSE alphabetical({column}) END FROM articles WHERE id = t.id)"


_ORDERS = {name: f"{_alphabetically(name)} {{}} NULLS LAST, t.id DESC" for name in ("headline", "source")}
"""Orders by a text. The timeline has the number of its beginning under the same name."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL and its values."""

    source: str
    where: str
    order: str
    params: tuple[Any, ...]
    limit: int | None
    within: IdRange
    """Where all its ids lie."""
    direction: Literal["newest", "oldest", "other"]
    """Which ids come first."""
    gathers: bool
    """Whether it gathers ids before it gives the first: then a narrower range gives it sooner."""
    ranked: Lookup | None = None
    """What a full-text table is asked, by which its articles can be ranked."""
    number: tuple[str, bool] | None = None
    """The column of numbers that order it but for articles of the same number, and whether the highest comes first."""
    merge: Merge | None = None
    """How all is found soonest, where that is asked for; and the first, where most articles would be looked at for them."""

    @property
    def is_merged_at_once(self) -> bool:
        """Whether the first ids of its merge are there at once."""
        return self.merge is not None and self.merge.is_lazy and self.direction != "other"

    def ids(self, most: int | None = None, given: str = "t.id") -> tuple[str, tuple[Any, ...]]:
        """The ids in the order of the answer; the first `most` of them. `given` is what is selected of each."""
        limits = [each for each in (self.limit, most) if each is not None]
        sql = f"SELECT {given} FROM {self.source} WHERE {self.where} ORDER BY {self.order}"
        return (f"{sql} LIMIT ?", (*self.params, min(limits))) if limits else (sql, self.params)

    def every_id(self) -> tuple[str, tuple[Any, ...]]:
        """All the ids in the order of the answer."""
        if self.merge is None or self.direction == "other" or self.limit is not None:
            return self.ids()
        return self.merge.every_id("DESC" if self.direction == "newest" else "ASC")

    def first(self, most: int) -> tuple[str, tuple[Any, ...]]:
        """The first `most` ids in the order of the answer, merged where that gives them sooner."""
        if not self.is_merged_at_once:
            return self.ids(most)
        sql, params = replace(self, limit=None).every_id()
        return f"{sql} LIMIT ?", (*params, most)

    def edge(self, most: int) -> tuple[str, tuple[Any, ...]]:
        """The number of the last of its first `most` articles; none for one without a number, and where there are fewer."""
        column, is_reversed = self.number or ("t.id", False)
        order = f"{column} {'DESC' if is_reversed else 'ASC'} NULLS LAST"
        return f"SELECT {column} FROM {self.source} WHERE {self.where} ORDER BY {order} LIMIT 1 OFFSET ?", (*self.params, most - 1)

    def up_to(self, edge: int) -> Statement:
        """The same as far as the articles' numbers don't lie beyond."""
        column, is_reversed = self.number or ("t.id", False)
        return replace(self, where=f"{self.where} AND {column} {'>=' if is_reversed else '<='} ?", params=(*self.params, edge))

    def total(self) -> tuple[str, tuple[Any, ...]]:
        """How many ids there are, whatever the limit."""
        if self.merge is not None:
            return self.merge.total()
        return f"SELECT count(*) FROM {self.source} WHERE {self.where}", self.params


def compile_query(
    query: Query, found: Mapping[Node, Found], clock: Clock, within: IdRange = EVERYWHERE, among: Sequence[int] = (), *,
    is_whole: bool = False,
) -> Statement:  # fmt: skip
    """The statement that answers the query, as far as its ids lie `within`. Saved searches must be expanded before.

    With `among` only these articles are looked at. With `is_whole` all of the ids, or their number, are asked for.
    """
    parts = query.root.children if isinstance(query.root, And) else (query.root,) if query.root else ()
    bounds = _bounds(parts, clock, within.cut(IdRange(min(among), max(among) + 1)) if among else within)
    conditions = Conditions(found, clock, bounds)
    walked = _walked(parts, found, conditions)
    asked = [walked.condition, bounds.holding(walked.id)]
    if among:
        asked.append(Condition("t.id IN (SELECT value FROM json_each(?))", (json.dumps(list(among)),)))
    asked += [conditions.of(part) for part in sorted(walked.rest, key=_slowness)]
    where = all_of([condition for condition in asked if condition.sql != "1"])
    # Nearly all articles have a word that begins so. What few of them are besides, they are not asked for one by one.
    is_crowded = walked.asked is not None and walked.asked.table == "beginnings" and bool(walked.rest)
    scores, order = _order(query, walked)
    return Statement(
        source=walked.source + scores.sql,
        where=where.sql,
        order=order,
        params=(*scores.params, *where.params),
        limit=query.limit,
        within=bounds,
        direction=_direction(query.sort, scored="score" in order or RELEVANCE in order),
        gathers=conditions.gathers,
        ranked=walked.asked,
        number=_number(query.sort),
        merge=merge(parts, found, Conditions(found, clock, bounds), bounds) if is_whole or (is_crowded and not among) else None,
    )


_VERDICTS = frozenset(map(Text, ("read", "unread", "skipped")))
_UNMARKED = frozenset(map(Text, ("new", "link", "image", "table", "entity")))
"""Values of `is:` and `has:` that ask for no mark."""


def uses_marks(query: Query) -> bool:
    """Whether the answer depends on what the user has marked."""
    terms = [node for node in walk(query.root) if isinstance(node, Term)]
    return any(term.field == "tag" or (term.field in ("is", "has") and not _UNMARKED.issuperset(term.values)) for term in terms)


def near(query: Query, found: Mapping[Node, Found], words_of: Callable[[str], tuple[str, ...]]) -> Mapping[Node, Found]:
    """What was found, for a question about a few articles: nothing is gathered from the whole archive to answer it.

    A beginning of a word is found by putting together the articles of all words that begin so. Where those words are few, each
    can be asked for by itself, and gives its newest articles at once. File names have too many, but are there to be read.
    `words_of` gives the words that begin so; none where they are many.
    """
    nearer = dict(found)
    for node, beginnings in _beginnings(query):
        known = found.get(node, Found())
        if isinstance(node, Term) and node.field == "path":
            nearer[node] = replace(known, is_near=True)
        elif not known.is_noted:
            nearer[node] = replace(known, words={text: words for text, letters in beginnings.items() if (words := words_of(letters))})
    return nearer


def looks_near(query: Query) -> bool:
    """Whether `near` may make a difference."""
    return bool(_beginnings(query))


def begins_names(query: Query) -> bool:
    """Whether it asks for names by a letter or two: so many begin so that to look them all up takes longer than the first articles may."""
    values = [value for node in walk(query.root) if isinstance(node, Term) and node.field in ENTITY_FACETS for value in node.values]
    return any(isinstance(value, Text) and value.is_prefix and len(value.text) <= LONGEST_BEGINNING for value in values)


def _beginnings(query: Query) -> list[tuple[Node, dict[str, str]]]:
    """The nodes with a beginning that takes long to look up: for each of their texts that is a single word, its token."""
    found: list[tuple[Node, dict[str, str]]] = []
    for node in walk(query.root):
        texts: Iterable[Words | Text] = ()
        if isinstance(node, Words):
            texts = (node,)
        elif isinstance(node, Term) and node.field in ("title", "body", "path"):
            texts = (value for value in node.values if isinstance(value, Text))
        begun = [each.text for each in texts if each.is_prefix]
        single = {text: token for text in begun if (token := _single(text)) and len(token) > LONGEST_BEGINNING}
        if single or (begun and isinstance(node, Term) and node.field == "path"):
            found.append((node, single))
    return found


def _single(text: str) -> str | None:
    """The token of a beginning that is looked for as one; None for any other."""
    phrases = sought(text, is_prefix=True).phrases
    return phrases[0][0] if len(phrases) == len(phrases[0]) == 1 else None


def uses_verdicts(query: Query) -> bool:
    """Whether it depends on what is read or skipped, which may be most of the archive."""
    return any(isinstance(node, Term) and node.field == "is" and not _VERDICTS.isdisjoint(node.values) for node in walk(query.root))


def reads_texts(root: Node | None) -> bool:
    """Whether asking an article means reading a text of it, which may be its file: regular expressions are not looked up."""
    return _slowness(root) > 0


def wanted_words(node: Node | None) -> Iterator[Words]:
    """The words of a query that an article is the better for."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from wanted_words(child)


# -- what is walked ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Walked:
    source: str
    id: str
    """The column whose order is the order of the walk."""
    condition: Condition
    rest: tuple[Node, ...]
    """Parts that must still be asked of each article."""
    asked: Lookup | None = None
    """What a full-text table is asked."""


def _walked(parts: tuple[Node, ...], found: Mapping[Node, Found], conditions: Conditions) -> _Walked:
    asked, rest = shared_lookup(parts, found)
    if asked is not None:
        table = asked.table
        condition = Condition(f"{table} MATCH ?", (asked.expression,))
        return _Walked(f"{table} CROSS JOIN timeline t ON t.id = {table}.rowid", f"{table}.rowid", condition, rest, asked)
    listed = [(part, listings) for part in parts if (listings := _listings(part, found))]
    if not listed:
        return _Walked("timeline t", "t.id", all_of([]), parts)
    shortest, listings = min(listed, key=lambda pair: _length(pair[0], found))
    rest = tuple(part for part in parts if part is not shortest)
    first = listings[0]
    if len(listings) == len(first.keys) == 1 and not first.kinds:
        condition = Condition(f"x.{first.column} = ?", first.keys)
        return _Walked(f"{first.table} x CROSS JOIN timeline t ON t.id = x.article", "x.article", condition, rest)
    return _Walked("timeline t", "t.id", conditions.among(listings), rest)


def _listings(part: Node, found: Mapping[Node, Found]) -> tuple[Listing, ...]:
    """The lists that together hold just what the part asks for; none where no lists do."""
    if isinstance(part, Or):
        each = [_listings(child, found) for child in part.children]
        return tuple(listing for some in each for listing in some) if all(each) else ()
    return found.get(part, Found()).listings


def _length(part: Node, found: Mapping[Node, Found]) -> int:
    return sum(found.get(node, Found()).articles for node in walk(part))


def _slowness(root: Node | None) -> int:
    """How long an article takes to be asked: 2 where its file may be read, 1 where a text of it is, else 0."""
    terms = [node for node in walk(root) if isinstance(node, Term) and any(isinstance(value, Pattern) for value in node.values)]
    return max(({"title": 1, "path": 1, "body": 2}.get(term.field, 0) for term in terms), default=0)


def _bounds(parts: tuple[Node, ...], clock: Clock, within: IdRange) -> IdRange:
    """The ids that the dates among the parts leave."""
    for part in parts:
        if isinstance(part, Term) and part.field == "date":
            within = within.cut(range_of(part, clock))
    return within


# -- order -------------------------------------------------------------------------------------------------------------


def _order(query: Query, walked: _Walked) -> tuple[Condition, str]:
    """What must be joined for the order, and the order."""
    nothing = Condition("")
    key, is_reversed = (query.sort.key, query.sort.is_reversed) if query.sort else ("date", False)
    if key == "relevance":
        worse = "DESC" if is_reversed else "ASC"
        if walked.id == "search.rowid":
            return nothing, f"{RELEVANCE} {worse}, search.rowid DESC"
        words = [sought(each.text, is_prefix=each.is_prefix) for each in wanted_words(query.root)]
        if whole := [asked.expression for each in words if (asked := lookup(each)).table == "search"]:
            # The limit keeps SQLite from moving the ranking to where it can't be computed.
            scored = f" LEFT JOIN (SELECT rowid AS id, {RELEVANCE} AS score FROM search WHERE search MATCH ? LIMIT -1) s ON s.id = t.id"
            return Condition(scored, (" OR ".join(whole),)), f"ifnull(s.score, 0) {worse}, t.id DESC"
        if words:
            # Nearly every article has a word that begins with a given letter: only where it stands in the headline says anything.
            expression = " OR ".join(lookup(each, "title").expression for each in words)
            scored = " LEFT JOIN (SELECT rowid AS id, -1 AS score FROM beginnings WHERE beginnings MATCH ? LIMIT -1) s ON s.id = t.id"
            return Condition(scored, (expression,)), f"ifnull(s.score, 0) {worse}, t.id DESC"
    if key in _ORDERS:
        return nothing, _ORDERS[key].format("DESC" if is_reversed else "ASC")
    if key == "words":
        return nothing, f"t.words {'ASC' if is_reversed else 'DESC'}, t.id DESC"
    return nothing, f"{walked.id} {'ASC' if key == 'date' and is_reversed else 'DESC'}"


def _number(sort: Sort | None) -> tuple[str, bool] | None:
    return (f"t.{sort.key}", sort.is_reversed) if sort and sort.key in _ORDERS else None


def _direction(sort: Sort | None, *, scored: bool) -> Literal["newest", "oldest", "other"]:
    if sort is None or (sort.key == "relevance" and not scored):
        return "newest"
    if sort.key == "date":
        return "oldest" if sort.is_reversed else "newest"
    return "other"
