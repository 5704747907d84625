"""Asking the index: the first screen of an answer, then all of it, then what is in it.

Belongs to one thread; `interrupt` alone may be called from another, and makes the running question raise
QueryInterrupted. Marks are joined from the user's state file, kept as a table of article ids in memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from reader.database import Database, attach
from reader.entities.aliases import Aliases
from reader.entities.lexicon import normalise, synonyms
from reader.index.facets import ENTITY_FACETS, FacetCounter
from reader.index.naming import Naming
from reader.index.rows import RowReader
from reader.model import ArticleId, ArticleKey, Facet
from reader.query.compile import Clock, Found, Statement, compile_query, uses_marks
from reader.query.fields import FACETS
from reader.query.fold import tokens
from reader.query.own_tags import own_tags
from reader.query.patterns import fits
from reader.query.phrases import says, sought
from reader.query.tree import And, Node, Pattern, Query, Term, Text, walk
from reader.triage.verbs import TAG

BodyOf = Callable[[str, str], str]
"""The body of an article, by archive and path; empty when it can't be read."""

_MARKED = "CREATE TEMP TABLE IF NOT EXISTS marked (field TEXT, article INTEGER, PRIMARY KEY (field, article)) WITHOUT ROWID"


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
        self._marks_seen: tuple[object, ...] | None = None
        database.run("PRAGMA temp_store = MEMORY")
        database.run(_MARKED)
        database.function("fits", 2, _fits)
        database.function("says", 3, _says)
        database.function("body_of", 1, self._body)
        self._has_state = state is not None
        if state is not None:
            attach(database, state, "state")

    def interrupt(self) -> None:
        """Stops whatever is being asked."""
        self._database.interrupt()

    def first_window(self, query: Query, clock: Clock, height: int) -> tuple[ArticleId, ...]:
        """The first `height` ids of the answer, in its order; fewer means that is all there are."""
        statement = self._compiled(query, clock).first(height)
        return tuple(ArticleId(row[0]) for row in self._database.rows(statement.sql, statement.params))

    def all_ids(self, query: Query, clock: Clock) -> array[int]:
        """Every id of the answer, in its order."""
        statement = self._compiled(query, clock)
        found: array[int] = array("q")
        for chunk in self._database.chunks(statement.sql, statement.params):
            found.extend(row[0] for row in chunk)
        return found

    def among(self, ids: Sequence[ArticleId], query: Query, clock: Clock) -> set[int]:
        """Which of these few articles are in the answer."""
        if not ids:
            return set()
        statement = self._compiled(query, clock, ids)
        return {row[0] for row in self._database.rows(statement.sql, statement.params)}

    def unjudged(self, ids: Sequence[int]) -> set[int]:
        """Those of the articles that are neither read nor dismissed."""
        self._refresh_marks()
        judged = {row[0] for row in self._database.rows("SELECT article FROM temp.marked WHERE field IN ('read', 'skipped')")}
        return set(ids) - judged

    def articles_of(self, ids: Sequence[int]) -> dict[int, tuple[str, ArticleKey]]:
        """The archive and key of each of these ids; ids that are gone are left out."""
        return self._reader.articles_of(ids)

    def facets(self, field: str, query: Query, clock: Clock, limit: int | None) -> tuple[Facet, ...]:
        """How many articles of the answer have each value of a field, most first."""
        if query.root is None and query.limit is None and field != "day":
            return self._counter.of_everything(field, limit)
        return self._counter.of([field], self.all_ids(query, clock), limit)[field]

    def values(self, field: str, beginning: str, most: int) -> tuple[Facet, ...]:
        """The commonest values of a field that have a word beginning so, for completion."""
        return self._counter.values(field, beginning, most) if field in FACETS else ()

    def absence(self, query: Query, clock: Clock) -> Absence | None:
        """The one term whose removal would give the most articles, for an answer of none."""
        if not isinstance(query.root, And):
            return None
        best: Absence | None = None
        for left_out in query.root.children:
            rest = [child for child in query.root.children if child is not left_out]
            root = rest[0] if len(rest) == 1 else And(tuple(rest))
            count = len(self.all_ids(Query(root), clock))
            if count > (best.count if best else 0):
                best = Absence(left_out, count)
        return best

    def _compiled(self, query: Query, clock: Clock, among: Sequence[ArticleId] = ()) -> Statement:
        found = {node: self._found(node) for node in walk(query.root) if isinstance(node, Term)}
        if uses_marks(query):
            self._refresh_marks()
        return compile_query(query, found, clock, among)

    # -- names and labels ------------------------------------------------------------------------------------------

    def _found(self, term: Term) -> Found:
        if term.field in ENTITY_FACETS:
            return self._found_entities(term)
        if term.field in ("category", "source", "language", "author", "tag"):
            return self._found_labels(term)
        return Found()

    def _found_entities(self, term: Term) -> Found:
        kinds = ENTITY_FACETS[term.field]
        naming = self._counter.naming()
        ids = naming.widened(number for value in term.values if isinstance(value, Text) for number in self._entities(value, naming))
        if not ids:
            return Found()
        rows = self._database.rows(f"SELECT id, articles, kind FROM entities WHERE id IN ({','.join(map(str, ids))})")
        rows = [row for row in rows if naming.kind(row[0], row[2]) in kinds]
        return Found(tuple(row[0] for row in rows), sum(row[1] for row in rows))

    def _entities(self, value: Text, naming: Naming) -> set[int]:
        """Entities with the value as their name, as an alias, or as whole words of their name."""
        wanted = sought(value.text, is_prefix=value.is_prefix)
        found = {number for number, entity in naming.shown.items() if says(entity.name, wanted)}
        for name in {value.text, *synonyms(value.text)}:
            found |= {row[0] for row in self._database.rows("SELECT id FROM entities WHERE folded = ?", (normalise(name),))}
        *whole, last = wanted.phrases[0]
        each = ["SELECT entity FROM entity_words WHERE word = ?"] * len(whole)
        each.append("SELECT entity FROM entity_words WHERE word >= ? AND word < ?")
        end = last + "\U0010ffff" if wanted.is_prefix else last + "\0"
        sql = f"SELECT id, name FROM entities WHERE id IN ({' INTERSECT '.join(each)})"
        rows = self._database.rows(sql, (*whole, last, end))
        return found | {number for number, name in rows if says(name, wanted)}

    def _found_labels(self, term: Term) -> Found:
        rows = self._database.rows("SELECT id, name, folded, articles FROM labels WHERE field = ?", (term.field,))
        fitting = [row for row in rows if any(_label_fits(term.field, row[1], row[2], value) for value in term.values)]
        own = self._own_tags(term) if term.field == "tag" else ()
        return Found(tuple(row[0] for row in fitting), sum(row[3] for row in fitting), own)

    def _own_tags(self, term: Term) -> tuple[str, ...]:
        if not self._has_state:
            return ()
        rows = self._database.rows("SELECT DISTINCT field FROM state.marks WHERE field LIKE 'tag:%'")
        names = [row[0].removeprefix(TAG) for row in rows]
        return tuple(TAG + name for name in names if any(_label_fits("tag", name, " ".join(tokens(name)), value) for value in term.values))

    # -- marks -----------------------------------------------------------------------------------------------------

    def _refresh_marks(self) -> None:
        """Brings `marked` up to the state file and the index, as of now."""
        if not self._has_state:
            return
        counts = self._reader.counts()
        turn = self._database.row("SELECT max(turned) FROM state.steps")
        seen = (counts.identity, counts.revision, turn and turn[0])
        if seen == self._marks_seen:
            return
        self._database.run("DELETE FROM temp.marked")
        self._database.run(
            """INSERT OR IGNORE INTO temp.marked (field, article)
               SELECT m.field, a.id FROM state.marks m JOIN state.archives x ON x.id = m.archive
               JOIN main.roots r ON r.path = x.path JOIN main.articles a ON a.key = m.key
               JOIN main.files f ON f.id = a.file AND f.root = r.id"""
        )
        self._marks_seen = seen

    def _body(self, article_id: int) -> str:
        sql = """SELECT r.path, f.path FROM articles a JOIN files f ON f.id = a.file JOIN roots r ON r.id = f.root WHERE a.id = ?"""
        found = self._database.row(sql, (article_id,))
        return self._body_of(found[0], found[1]) if found else ""


def _fits(text: str | None, regex: str) -> bool:
    return text is not None and fits(regex, text)


def _says(text: str | None, words: str, is_prefix: bool) -> bool:
    return text is not None and says(text, sought(words, is_prefix=is_prefix))


def _label_fits(field: str, name: str, folded: str, value: object) -> bool:
    """Whether a label is what the value says: a language with its regions, a source or author by words, others whole."""
    if isinstance(value, Pattern):
        return _fits(name, value.regex)
    assert isinstance(value, Text)
    if field in ("source", "author"):
        return _says(name, value.text, value.is_prefix)
    sought = " ".join(tokens(value.text)) or value.text.casefold()
    if value.is_prefix:
        return folded.startswith(sought)
    return folded == sought or (field == "language" and folded.startswith(sought + " "))
