"""What the words and terms of a query come to in this archive: which entities, labels and marks, and how many articles.

Looked up once for each state of the archive, the marks and the alias file; typing on asks again for the newest term alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import TypeGuard

from reader.database import Database, Row, placeholders
from reader.entities.lexicon import normalise, synonyms
from reader.index.facets import ENTITY_FACETS
from reader.index.labels import fold_label
from reader.index.naming import Naming
from reader.index.sorting import alphabetical
from reader.model import Kind
from reader.paths import shown_path
from reader.query.conditions import MARK_FIELDS, Condition, Found, Listing, is_ascii
from reader.query.marked import Marked
from reader.query.patterns import fits
from reader.query.phrases import Sought, match_expr, says, says_joined, sought
from reader.query.tree import Node, Pattern, Query, Term, Text, Value, Words, walk
from reader.triage.verbs import TAG

_MOST_KEPT = 500
"""Meanings remembered; a session of typing comes to fewer."""
_MANY = 2_000
"""Of more entities it is asked neither of what kind they are nor how many articles have them: that takes longer than to find
the first articles."""
_BEYOND = "\U0010ffff"
"""Sorts after every letter."""


class Meanings:
    """Looks meanings up through the connection that asks."""

    def __init__(self, database: Database, marked: Marked, naming: Callable[[], Naming]) -> None:
        self._database = database
        self._marked = marked
        self._naming = naming
        self._state: object = None
        self._known: dict[Node, Found] = {}

    def of(self, query: Query, state: object, named: Set[int] | None = None) -> Mapping[Node, Found]:
        """The meaning of each word and term; `state` differs whenever meanings may.

        With `named` a question about articles that name no other entities than these: of all others nothing is looked up.
        """
        if state != self._state or len(self._known) > _MOST_KEPT:
            self.forget()
            self._state = state
        asked = (node for node in walk(query.root) if isinstance(node, Words | Term))
        if named is None:
            return {node: self._meaning(node) for node in asked}
        near = self._naming().widened(named) | named
        return {node: self._entities(node, near) if _is_of_names(node) else self._meaning(node) for node in asked}

    def forget(self) -> None:
        """Has every meaning looked up anew."""
        self._known.clear()

    def _meaning(self, node: Words | Term) -> Found:
        if isinstance(node, Term) and node.field == "is" and not self._marked.is_whole():
            # It will mean more as soon as more verdicts are known.
            return self._looked_up(node)
        if node not in self._known:
            self._known[node] = self._looked_up(node)
        return self._known[node]

    def _looked_up(self, node: Words | Term) -> Found:
        if isinstance(node, Words):
            return Found(is_noted=self._marked.is_noted(match_expr(sought(node.text, is_prefix=node.is_prefix))))
        if _is_of_names(node):
            return self._entities(node)
        if node.field in ("category", "source", "language", "author", "tag"):
            return self._labels(node)
        if node.field in ("is", "has"):
            return self._marks([MARK_FIELDS.get(value.text) for value in node.values if isinstance(value, Text)])
        return Found()

    def _marks(self, fields: Iterable[str | None]) -> Found:
        known = tuple(dict.fromkeys(field for field in fields if field is not None))
        if None in fields or not known:
            return Found()
        return Found((Listing("temp.marked", "field", known),), self._marked.count(known))

    # -- entities --------------------------------------------------------------------------------------------------

    def _entities(self, term: Term, among: Set[int] | None = None) -> Found:
        """Those of the entities that are called so, or of these few."""
        naming, kinds = self._naming(), ENTITY_FACETS[term.field]
        values = [value for value in term.values if isinstance(value, Text)]
        called = _either([self._called(value) for value in values])
        if among is not None:
            few = "WHERE id IN (SELECT value FROM json_each(?))"
            called = Condition(f"SELECT id FROM ({called.sql}) {few}", (*called.params, json.dumps(list(among))))
        ids = set(json.loads(self._database.rows(f"SELECT json_group_array(id) FROM ({called.sql})", called.params)[0][0]))
        left_alone = sorted(ids - naming.leaders.keys())
        if len(left_alone) > _MANY:
            found = Found((Listing("named", "entity", tuple(left_alone), () if term.field == "entity" else kinds),), self._articles())
        else:
            found = self._of_kinds(left_alone, kinds)
        return self._with_ruled(found, ids, values, naming, kinds)

    def _of_kinds(self, entities: Sequence[int], kinds: Sequence[Kind]) -> Found:
        sql = f"""SELECT ifnull(sum(articles), 0), json_group_array(id) FROM entities
                  WHERE id IN (SELECT value FROM json_each(?)) AND kind IN ({placeholders(kinds)})"""
        articles, ids = self._database.rows(sql, (json.dumps(entities), *kinds))[0]
        keys = tuple(json.loads(ids))
        return Found((Listing("named", "entity", keys),), articles) if keys else Found()

    def _with_ruled(self, found: Found, ids: set[int], values: Sequence[Text], naming: Naming, kinds: Sequence[Kind]) -> Found:
        """What was found, and those that are called so, or one with any that is, where the index or the alias file joins or renames."""
        wanted = [sought(value.text, is_prefix=value.is_prefix) for value in values]
        called = ids & naming.leaders.keys()
        called |= {number for number, entity in naming.shown.items() if any(says(entity.name, each) for each in wanted)}
        sql = "SELECT id, articles, kind FROM entities WHERE id IN (SELECT value FROM json_each(?))"
        rows = self._database.rows(sql, (json.dumps(sorted(naming.widened(called))),))
        rows = [row for row in rows if naming.kind(row[0], row[2]) in kinds]
        keys = tuple(row[0] for row in rows)
        if not keys:
            return found
        return Found((*found.listings, Listing("named", "entity", keys)), found.articles + sum(row[1] for row in rows))

    def _articles(self) -> int:
        return int(self._database.rows("SELECT value FROM meta WHERE name = 'articles'")[0][0])

    def _called(self, value: Text) -> Condition:
        """Selects entities with the value as their name, as what articles call them for short, as an alias, or as whole words of any."""
        wanted = sought(value.text, is_prefix=value.is_prefix)
        names = json.dumps(sorted({normalise(name) for name in (value.text, *synonyms(value.text))}))
        sql = """SELECT id FROM entities WHERE folded IN (SELECT value FROM json_each(?))
                 UNION ALL SELECT entity FROM spellings WHERE short IN (SELECT value FROM json_each(?)) AND articles > 0"""
        named = Condition(sql, (names, names))
        return _either([named, *(self._with_words(phrase, wanted) for phrase in wanted.phrases)])

    def _with_words(self, phrase: tuple[str, ...], wanted: Sought) -> Condition:
        """Selects entities whose name has these words, one after the other."""
        *whole, last = phrase
        each = ["SELECT entity FROM entity_words WHERE word = ?"] * len(whole)
        each.append("SELECT entity FROM entity_words WHERE word >= ? AND word < ?")
        params = (*whole, last, last + (_BEYOND if wanted.is_prefix else "\0"))
        if not whole:
            return Condition(each[0], params)
        sql = f"""SELECT entity, name FROM spellings WHERE articles > 0 AND entity IN ({' INTERSECT '.join(each)})"""
        rows = self._database.rows(sql, params)
        said = [number for number, name in rows if says(name, wanted)]
        return Condition("SELECT value FROM json_each(?)", (json.dumps(said),))

    # -- labels ----------------------------------------------------------------------------------------------------

    def _labels(self, term: Term) -> Found:
        rows = {row[0]: row for value in term.values for row in self._labels_of(term.field, value)}
        own = self._own_tags(term.values) if term.field == "tag" else ()
        # An article has one source and one language.
        labelled = Listing("labelled", "label", tuple(rows), are_apart=term.field in ("source", "language"))
        listings = (labelled, Listing("temp.marked", "field", own))
        articles = sum(row[1] for row in rows.values()) + (self._marked.count(own) if own else 0)
        return Found(tuple(listing for listing in listings if listing.keys), articles)

    def _labels_of(self, field: str, value: Value) -> Iterator[Row]:
        """(label, articles): a source or author by its words, others whole, a language with its regions."""
        select = "SELECT id, articles, name FROM labels WHERE field = ?"
        if isinstance(value, Pattern):
            yield from (row for row in self._database.rows(select, (field,)) if fits(value.regex, row[2]))
        elif isinstance(value, Text) and field in ("source", "author"):
            yield from self._saying(field, sought(value.text, is_prefix=value.is_prefix))
        elif isinstance(value, Text):
            for low, high in _ranges(field, value):
                yield from self._database.rows(f"{select} AND folded >= ? AND folded < ?", (field, low, high))

    def _saying(self, field: str, wanted: Sought) -> Iterator[Row]:
        """Labels with these words. Folded they are their words; a joined form can stand in few, which are looked at."""
        end = "" if wanted.is_prefix else " "
        words = [f" {' '.join(phrase)}{end}" for phrase in wanted.phrases]
        letters = [phrase[0] for phrase in wanted.phrases if len(phrase) == 1]
        # All are read in any case, which takes half the time without the index.
        sql = f"""SELECT id, articles, name, is_sure FROM (
                      SELECT id, articles, name, folded, {_any_in("' ' || folded || ' '", words)} AS is_sure
                      FROM labels NOT INDEXED WHERE field = ?
                  ) WHERE is_sure OR ({_IS_JOINED} AND {_any_in("replace(folded, ' ', '')", letters)})"""
        rows = self._database.rows(sql, (*words, field, *letters))
        yield from (row for row in rows if row[3] or says_joined(row[2], wanted))

    def _own_tags(self, values: Iterable[Value]) -> tuple[str, ...]:
        ranges = [each for value in values if isinstance(value, Text) for each in _ranges("tag", value)]
        folded = {name: fold_label(name.removeprefix(TAG)) for name in self._marked.tags()}
        return tuple(name for name, label in folded.items() if any(low <= label < high for low, high in ranges))


def _is_of_names(node: Words | Term) -> TypeGuard[Term]:
    return isinstance(node, Term) and node.field in ENTITY_FACETS


_IS_JOINED = f"(instr(name, '-') OR instr(name, '''') OR NOT {is_ascii('name')})"
"""Whether a name may have words with signs among their letters."""


def _any_in(text: str, sought_for: Sequence[str]) -> str:
    """That any of so many values stands in a text of SQL."""
    return f"({' OR '.join([f'instr({text}, ?)'] * len(sought_for)) or '0'})"


def _either(selects: Sequence[Condition]) -> Condition:
    """Selects what any of them selects."""
    return Condition(" UNION ALL ".join(each.sql for each in selects), tuple(value for each in selects for value in each.params))


def _ranges(field: str, value: Text) -> list[tuple[str, str]]:
    """Half-open ranges of folded labels that the value asks for."""
    label = fold_label(value.text)
    if value.is_prefix:
        return [(label, label + _BEYOND)]
    whole = (label, label + "\0")
    return [whole, (label + " ", label + " " + _BEYOND)] if field == "language" else [whole]


# -- what statements call ----------------------------------------------------------------------------------------------


def register(database: Database, body_of: Callable[[int], str]) -> None:
    """Makes the functions that compiled statements use known to a connection."""
    database.function("fits", 2, _fits)
    database.function("says", 3, _says)
    database.function("body_of", 1, body_of)
    database.function("alphabetical", 1, alphabetical)


def _fits(text: str | bytes | None, regex: str) -> bool:
    return text is not None and fits(regex, _as_text(text))


def _says(text: str | bytes, words: str, is_prefix: bool) -> bool:
    return says(shown_path(text), _sought(words, is_prefix))


@lru_cache(maxsize=8)
def _sought(words: str, is_prefix: bool) -> Sought:
    return sought(words, is_prefix=is_prefix)


def _as_text(text: str | bytes) -> str:
    """Paths that are not UTF-8 are kept as bytes."""
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
