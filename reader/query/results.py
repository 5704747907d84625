"""Asking the index: the first screen of an answer, then all of it, then what is in it.

Belongs to one thread; `interrupt` alone may be called from another, and makes the running question raise
QueryInterrupted.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Literal

from reader.database import Database, attach, batches
from reader.entities.aliases import Aliases
from reader.errors import QueryInterrupted
from reader.index.facets import FacetCounter
from reader.index.rows import RowReader
from reader.model import ArticleId, ArticleKey, Facet
from reader.paths import shown_path
from reader.query.compile import Statement, begins_names, compile_query, looks_near, near, uses_marks, uses_verdicts, wanted_words
from reader.query.conditions import EVERYWHERE, Clock, IdRange
from reader.query.everything import Everything
from reader.query.fields import FACETS
from reader.query.marked import Marked
from reader.query.meanings import Meanings, register
from reader.query.own_tags import own_tags
from reader.query.phrases import Lookup
from reader.query.tree import And, Node, Not, Query, Term, Text, all_of, any_of
from reader.query.word_list import WordList

BodyOf = Callable[[str, str], str]
"""The body of an article, by archive and path; empty when it can't be read."""

Tell = Callable[["array[int]", int], object]
"""Hears which ids were found so far, and how many bodies were read for it."""

_TOLD_SECONDS = 0.25
_SLICES = (1_000, 10_000, 200_000)
"""Articles from the beginning of an answer that are searched first, and next, and so on, before all the others are."""
_NEARBY = 4_000
"""Articles from the beginning whose names are looked up by themselves: most letters begin names of sixty of so many."""
_UNJUDGED_AT_ONCE = 8192
"""Articles whose marks are looked at in one go, in which no other thread has its turn."""
_FAR = 16 * _UNJUDGED_AT_ONCE
"""So many at a time are looked at by themselves, twice as many each time; then all verdicts there are, which takes a third of the time."""
_MOST_RANKED = 15_000
"""Articles that can be ranked by how well they fit while somebody types."""
_MOST_SUSPECTS = 12
"""Terms of an empty answer that are tried as its cause: each takes as long as a question."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Why nothing was found: without this term there would be so many."""

    term: Node
    count: int


class Asker:
    """Answers queries through a connection of its own."""

    def __init__(self, database: Database, state: str | None, body_of: BodyOf, aliases: Callable[[], Aliases] = Aliases) -> None:
        self._database = database
        self._reader = RowReader(database)
        self._counter = FacetCounter(database, partial(own_tags, database) if state is not None else tuple, aliases)
        self._body_of = body_of
        self._aliases = aliases
        self._interrupts = 0
        self._progress: _Progress | None = None
        database.run("PRAGMA temp_store = MEMORY")
        if state is not None:
            attach(database, state, "state")
        self._marked = Marked(database, has_state=state is not None)
        self._meanings = Meanings(database, self._marked, self._counter.naming)
        self._words = WordList(database)
        self._everything = Everything(database)
        register(database, self._body)
        database.function("found", 1, self._find)

    def close(self) -> None:
        """Lets go of its files; nothing can be asked of it any more."""
        self._database.close()

    def interrupt(self) -> None:
        """Stops whatever is being asked, at once in a statement, else before the next one."""
        self._interrupts += 1
        self._database.interrupt()

    def first_window(self, query: Query, clock: Clock, height: int) -> tuple[ArticleId, ...]:
        """The first `height` ids of the answer, in its order; fewer means that is all there are."""
        go_on = self._question()
        most = height if query.limit is None else min(height, query.limit)
        found: tuple[ArticleId, ...] = ()
        for part in self._parts(query, clock):
            go_on()
            found += self._first(part, clock, most - len(found), go_on)
            if len(found) >= most:
                break
        return found

    def _first(self, query: Query, clock: Clock, most: int, go_on: Callable[[], None]) -> tuple[ArticleId, ...]:
        if begins_names(query) and query.is_by_date and len(ids := self._named_nearby(query, clock, most)) == most:
            return ids
        whole = self._compiled(query, clock, marked_from=EVERYWHERE.high)
        lacks_marks = uses_verdicts(query) and not self._marked.is_whole()
        if lacks_marks and whole.direction != "newest":
            lacks_marks, whole = False, self._compiled(query, clock)
        if whole.number is not None:
            edge = self._database.row(*whole.edge(most))
            return self._ids(whole.up_to(edge[0]) if edge and edge[0] is not None else whole, most)
        sizes = _SLICES if whole.gathers or lacks_marks else _SLICES[:1] if looks_near(query) else ()
        if whole.is_merged_at_once and not lacks_marks:
            sizes = ()
        if not sizes or whole.direction == "other":
            return self._ids(whole, most)
        found: tuple[ArticleId, ...] = ()
        for at, within in enumerate(self._slices(whole, sizes)):
            go_on()
            is_near = at == 0 and within != whole.within
            found += self._ids(self._compiled(query, clock, within, is_near=is_near), most - len(found))
            if len(found) >= most:
                break
        return found

    def _named_nearby(self, query: Query, clock: Clock, most: int) -> tuple[ArticleId, ...]:
        """The first ids as far as they are among the first of all articles, for which only the names that those have are looked up."""
        within = next(self._slices(compile_query(query, {}, clock), (_NEARBY,)))
        named = self._reader.entities_within(within.low, within.high)
        return self._ids(self._compiled(query, clock, within, named=named), most)

    def all_ids(self, query: Query, clock: Clock) -> array[int]:
        """Every id of the answer, in its order; not to be changed."""
        go_on = self._question()
        if query.root is None and query.is_by_date and query.limit is None:
            counts = self._reader.counts()
            ids = self._everything.ids((counts.identity, counts.revision), go_on)
            return ids if query.is_newest_first else array("q", reversed(ids))
        found: array[int] = array("q")
        for part in self._parts(query, clock):
            for chunk in self._database.chunks(*self._compiled(part, clock, is_whole=True).every_id()):
                go_on()
                found.extend(row[0] for row in chunk)
        return found[: query.limit]

    def as_found(self, query: Query, clock: Clock, tell: Tell) -> array[int]:
        """`all_ids` for an answer that takes long (`reads_texts`): `tell` hears of the first at once, of others now and then."""
        go_on = self._question()
        whole = self._compiled(query, clock)
        given = "t.id" if whole.direction == "other" else "found(t.id)"
        found: array[int] = array("q")
        self._progress = _Progress(tell, is_newest_first=whole.direction == "newest")
        try:
            for chunk in self._database.chunks(*whole.ids(given=given)):
                go_on()
                found.extend(row[0] for row in chunk)
        finally:
            self._progress = None
        return found

    def among(self, ids: Sequence[ArticleId], query: Query, clock: Clock) -> set[int]:
        """Which of these few articles are in the answer."""
        if not ids:
            return set()
        return {row[0] for row in self._database.rows(*self._compiled(query, clock, among=ids).ids())}

    def count(self, query: Query, clock: Clock) -> int:
        """How many articles are in the answer."""
        if query.root is None and query.limit is None:
            return self._reader.counts().articles
        self._question()
        found = self._database.row(*self._compiled(query, clock, is_whole=True).total())
        count: int = found[0] if found else 0
        return count if query.limit is None else min(count, query.limit)

    def come_since(self, file: int) -> tuple[ArticleId, ...]:
        """The articles of the files taken in after that one, as far as their names are known."""
        return self._reader.come_since(file)

    def unjudged(self, ids: Sequence[int]) -> bytearray:
        """For each of the articles 1 where it is neither read nor dismissed, else 0: a byte of memory, where an id would take sixty."""
        go_on = self._question()
        self._refresh_verdicts(0)
        return self._unjudged(ids, go_on)

    def next_unjudged(self, ids: Sequence[int], start: int, step: Literal[1, -1]) -> int:
        """The place of the nearest article from `start` on, down or up, that is neither read nor dismissed; -1 for none.

        As many verdicts are looked up as it takes to find it.
        """
        go_on = self._question()
        size = _UNJUDGED_AT_ONCE
        while 0 <= start < len(ids):
            begin, end = (start, start + size) if step > 0 else (max(start + 1 - size, 0), start + 1)
            some = ids[begin:end]
            self._refresh_verdicts(0 if size > _FAR else min(some))
            found = self._unjudged(some, go_on)
            place = found.find(1) if step > 0 else found.rfind(1)
            if place >= 0:
                return begin + place
            start += step * size
            size = 2 * size if size < _FAR else len(ids)
        return -1

    def _refresh_verdicts(self, low: int) -> None:
        counts = self._reader.counts()
        self._marked.refresh_marks((counts.identity, counts.revision), self._marked.turn(), low)

    def _unjudged(self, ids: Sequence[int], go_on: Callable[[], None]) -> bytearray:
        found = bytearray()
        for some in batches(ids, _UNJUDGED_AT_ONCE):
            go_on()
            found += self._marked.unjudged(some)
        return found

    def articles_of(self, ids: Sequence[int]) -> dict[int, tuple[str, ArticleKey]]:
        """The archive and key of each of these ids; ids that are gone are left out."""
        return self._reader.articles_of(ids)

    def facets(self, field: str, query: Query, clock: Clock, limit: int | None) -> tuple[Facet, ...]:
        """How many articles of the answer have each value of a field, most first."""
        if query.root is None and query.limit is None and field != "day":
            return self._counter.of_everything(field, limit)
        interrupts = self._interrupts
        return self._counter.of([field], self.all_ids(query, clock), limit, lambda: self._interrupts != interrupts)[field]

    def values(self, field: str, beginning: str, most: int) -> tuple[Facet, ...]:
        """The commonest values of a field that have a word beginning so, for completion."""
        return self._counter.values(field, beginning, most) if field in FACETS else ()

    def absence(self, query: Query, clock: Clock) -> Absence | None:
        """The one term whose removal would give the most articles, for an answer of none."""
        if not isinstance(query.root, And):
            return None
        go_on = self._question()
        best: Absence | None = None
        for left_out in query.root.children[:_MOST_SUSPECTS]:
            go_on()
            rest = Query(all_of([child for child in query.root.children if child is not left_out]))
            found = self._database.row(*self._compiled(rest, clock, is_whole=True).total())
            if found and found[0] > (best.count if best else 0):
                best = Absence(left_out, found[0])
        return best

    def _question(self) -> Callable[[], None]:
        """To be called between the steps of the question that begins now: raises QueryInterrupted after an `interrupt`."""
        interrupts = self._interrupts

        def go_on() -> None:
            if self._interrupts != interrupts:
                raise QueryInterrupted("a newer question took over")

        return go_on

    def _compiled(
        self, query: Query, clock: Clock, within: IdRange = EVERYWHERE, among: Sequence[ArticleId] = (), *, marked_from: int | None = None,
        is_near: bool = False, is_whole: bool = False, named: Set[int] | None = None,
    ) -> Statement:  # fmt: skip
        """The statement of the query; of what is marked below `marked_from`, which is where `within` begins, it may not know.

        With `is_near` that is few articles, which are rather looked at than looked up; with `is_whole` all, or their number.
        Those articles name no other entities than the `named`.
        """
        counts = self._reader.counts()
        index, turn = (counts.identity, counts.revision), self._marked.turn()
        if uses_marks(query):
            low = within.low if marked_from is None else marked_from
            self._marked.refresh_marks(index, turn, low if uses_verdicts(query) else EVERYWHERE.high)
        self._marked.refresh_notes(index, turn)
        found = self._meanings.of(query, (index, turn, self._aliases()), named)
        meant = near(query, found, self._words.beginning_with) if is_near else found
        return compile_query(query, meant, clock, within, among, is_whole=is_whole)

    def _parts(self, query: Query, clock: Clock) -> tuple[Query, ...]:
        """Queries whose answers, one after the other, are the answer: two where there are too many articles to be ranked.

        Words that so many articles have say little. Where the headline has one comes first, then the others, each newest first.
        """
        if query.root is None or query.sort is None or query.sort.key != "relevance":
            return (query,)
        ranked = self._compiled(query, clock).ranked
        in_headline = any_of([Term("title", (Text(word.text, is_prefix=word.is_prefix),)) for word in wanted_words(query.root)])
        if in_headline is None or ranked is None or not self._finds_many(ranked):
            return (query,)
        parts = [Query(all_of([query.root, part]), limit=query.limit) for part in (in_headline, Not(in_headline))]
        return (parts[1], parts[0]) if query.sort.is_reversed else (parts[0], parts[1])

    def _finds_many(self, asked: Lookup) -> bool:
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {asked.table} WHERE {asked.table} MATCH ? LIMIT ?)"
        found = self._database.row(sql, (asked.expression, _MOST_RANKED + 1))
        return found is not None and found[0] > _MOST_RANKED

    def _ids(self, statement: Statement, most: int) -> tuple[ArticleId, ...]:
        return tuple(ArticleId(row[0]) for row in self._database.rows(*statement.first(most)))

    def _slices(self, statement: Statement, sizes: Sequence[int]) -> Iterator[IdRange]:
        """Ranges that together are all of the statement's, in the order of its answer: of so many articles, then of all others."""
        is_newest_first = statement.direction == "newest"
        condition = statement.within.holding("id")
        sql = f"SELECT id FROM timeline WHERE {condition.sql} ORDER BY id {'DESC' if is_newest_first else 'ASC'} LIMIT 1 OFFSET ?"
        near, far = (statement.within.high, statement.within.low) if is_newest_first else (statement.within.low, statement.within.high)
        for offset in sizes:
            row = self._database.row(sql, (*condition.params, offset))
            if row is None:
                break
            yield _between(near, row[0])
            near = row[0]
        yield _between(near, far)

    def _find(self, article_id: int) -> int:
        """Takes each id as it is found: a cursor gives a row only when it has looked for the next, which may take minutes."""
        if self._progress is not None:
            self._progress.find(article_id)
        return article_id

    def _body(self, article_id: int) -> str:
        sql = """SELECT r.path, f.path FROM articles a JOIN files f ON f.id = a.file JOIN roots r ON r.id = f.root WHERE a.id = ?"""
        found = self._database.row(sql, (article_id,))
        if self._progress is not None:
            self._progress.read_body()
        return self._body_of(shown_path(found[0]), shown_path(found[1])) if found else ""


def _between(one: int, other: int) -> IdRange:
    return IdRange(min(one, other), max(one, other))


class _Progress:
    """How far an answer is that takes long."""

    def __init__(self, tell: Tell, *, is_newest_first: bool) -> None:
        self._found: list[int] = []
        self._is_newest_first = is_newest_first
        self._bodies = 0
        self._tell = tell
        self._due = monotonic() + _TOLD_SECONDS

    def find(self, article_id: int) -> None:
        """Takes an id of the answer, in any order; the first is told of at once."""
        self._found.append(article_id)
        self._report(is_due=len(self._found) == 1)

    def read_body(self) -> None:
        """Counts a body that is read to see whether its article fits."""
        self._bodies += 1
        self._report(is_due=False)

    def _report(self, *, is_due: bool) -> None:
        if is_due or monotonic() >= self._due:
            self._due = monotonic() + _TOLD_SECONDS
            self._tell(array("q", sorted(self._found, reverse=self._is_newest_first)), self._bodies)
