"""How many articles of an answer have each value of a field, exactly: counted once an article, whatever it is called there.

The whole archive is answered from counts kept while indexing, any other answer by counting now.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from reader.database import Database, Row, placeholders
from reader.entities.aliases import Aliases
from reader.entities.lexicon import normalise
from reader.index import ids
from reader.index.labels import fold_label, split_column
from reader.index.naming import Naming, Namings
from reader.index.tallies import IsStale, Labels, looked_up, read_columns, tally
from reader.model import Entity, Facet, Kind
from reader.query.fold import tokens
from reader.query.phrases import says, sought

OwnTags = Callable[[], Iterable[tuple[str, int]]]
"""(tag, article) for each of the user's own tags."""
Sorted = tuple[str, Facet]
"""A facet behind what it is sorted by among its equals: its folded name."""

ENTITY_FACETS: Mapping[str, tuple[Kind, ...]] = {
    "entity": ("person", "org", "place", "other"),
    "person": ("person",),
    "org": ("org",),
    "place": ("place",),
}

def never() -> bool:
    """What is always wanted."""
    return False


class FacetCounter:
    """Counts through a connection of its own."""

    def __init__(self, database: Database, own_tags: OwnTags = tuple, aliases: Callable[[], Aliases] = Aliases) -> None:
        self._database = database
        self._own_tags = own_tags
        self._namings = Namings(database, aliases)

    def naming(self) -> Naming:
        """Which entities are one now, and what they are called."""
        return self._namings.now()

    def of_everything(self, field: str, limit: int | None = None) -> tuple[Facet, ...]:
        """The facets of the whole archive, largest first. Any field but `day`."""
        if field in ENTITY_FACETS:
            return self._all_entities(ENTITY_FACETS[field], limit)
        if field == "tag" and (own := list(self._own_tags())):
            return _largest(self._with_own_tags(self._kept_labels("tag"), own), limit)
        sql = "SELECT name, articles FROM labels WHERE field = ? AND articles > 0 ORDER BY articles DESC, folded LIMIT ?"
        return tuple(Facet(*row) for row in self._database.rows(sql, (field, -1 if limit is None else limit)))

    def of(
        self, fields: Iterable[str], article_ids: array[int], limit: int | None = None, is_stale: IsStale = never
    ) -> dict[str, tuple[Facet, ...]]:
        """The facets of some articles by field, largest first. Raises QueryInterrupted once nobody wants it."""
        counted = tally(self._database, article_ids, is_stale)
        entities: list[Sorted] | None = None
        found: dict[str, tuple[Facet, ...]] = {}
        for field in fields:
            if field == "day":
                found[field] = _days(article_ids)[:limit]
            elif field in ENTITY_FACETS:
                if entities is None:
                    naming = self.naming()
                    entities = self._entities(counted.entities(naming), naming)
                found[field] = _largest((pair for pair in entities if pair[1].kind in ENTITY_FACETS[field]), limit)
            else:
                own = self._own_tags_of(article_ids) if field == "tag" else []
                found[field] = _largest(self._with_own_tags(counted.labels(field), own), limit)
        return found

    def values(self, field: str, beginning: str, most: int) -> tuple[Facet, ...]:
        """The commonest values of a field with a word that begins so, in their names or in what else they are called."""
        words = tokens(beginning)
        if not words:
            return self.of_everything(field, most)
        wanted = sought(beginning, is_prefix=True)
        if field in ENTITY_FACETS:
            found = self._entities_with_word(ENTITY_FACETS[field], words[-1], most * 50)
            return tuple(facet for facet in found if len(words) == 1 or says(facet.value, wanted))[:most]
        return tuple(facet for facet in self.of_everything(field) if says(facet.value, wanted))[:most]

    # -- labels ----------------------------------------------------------------------------------------------------

    def _kept_labels(self, field: str) -> Labels:
        sql = "SELECT folded, name, articles FROM labels WHERE field = ? AND articles > 0"
        return {folded: (name, count) for folded, name, count in self._database.rows(sql, (field,))}

    def _own_tags_of(self, article_ids: array[int]) -> list[tuple[str, int]]:
        own = list(self._own_tags())
        there = set(article_ids) if own else set()
        return [(tag, article) for tag, article in own if article in there]

    def _with_own_tags(self, labels: Labels, own: Sequence[tuple[str, int]]) -> Iterator[Sorted]:
        """The labels of files, and the tags of the user among them; an article that has a tag from both counts once."""
        counts = Counter({folded: count for folded, (_, count) in labels.items()})
        names = {folded: name for folded, (name, _) in labels.items()}
        tagged = {(fold_label(tag), article): tag for tag, article in own}
        of_files = self._file_tags({article for _, article in tagged})
        for (folded, article), tag in tagged.items():
            names.setdefault(folded, tag)
            counts[folded] += folded not in of_files.get(article, ())
        return ((folded, Facet(names[folded], count)) for folded, count in counts.items())

    def _file_tags(self, articles: Iterable[int]) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for rows in read_columns(self._database, "id, file_tags", list(articles), never):
            found.update((number, {fold_label(name) for name in split_column(content)}) for number, content in rows)
        return found

    # -- entities --------------------------------------------------------------------------------------------------

    def _entities(self, counts: Mapping[int, int], naming: Naming) -> list[Sorted]:
        """The entities that were counted."""
        rows = looked_up(self._database, "SELECT id, folded, name, kind FROM entities", counts)
        found = [(folded, Facet(name, counts[number], kind)) for number, folded, name, kind in rows if number not in naming.shown]
        return found + [_shown(entity, counts[leader]) for leader, entity in naming.shown.items() if leader in counts]

    def _all_entities(self, kinds: Sequence[Kind], limit: int | None) -> tuple[Facet, ...]:
        naming = self.naming()
        if naming.is_as_indexed:
            sql = f"""SELECT name, together, kind FROM entities WHERE together > 0 AND kind IN ({placeholders(kinds)})
                      ORDER BY together DESC, folded, kind LIMIT ?"""
            return tuple(Facet(*row) for row in self._database.rows(sql, (*kinds, -1 if limit is None else limit)))
        everyone = self._database.rows("SELECT folded, name, together, kind, id FROM entities WHERE together > 0")
        return _largest((pair for pair in self._under_own_names(everyone, naming) if pair[1].kind in kinds), limit)

    def _entities_with_word(self, kinds: Sequence[Kind], beginning: str, most: int) -> tuple[Facet, ...]:
        sql = """SELECT folded, name, together, kind, id FROM entities WHERE together > 0
                 AND id IN (SELECT entity FROM entity_words WHERE word >= ? AND word < ?) ORDER BY together DESC, folded LIMIT ?"""
        rows = self._database.rows(sql, (beginning, beginning + "\U0010ffff", most))
        return _largest((pair for pair in self._under_own_names(rows, self.naming()) if pair[1].kind in kinds), None)

    def _under_own_names(self, rows: Iterable[Row], naming: Naming) -> Iterator[Sorted]:
        """Entities that the alias file leaves alone, then all that it has a hand in."""
        yield from ((folded, Facet(name, articles, kind)) for folded, name, articles, kind, number in rows if naming.is_left_alone(number))
        for leader, entity in naming.shown.items():
            if articles := self._articles_of(naming.members(leader)):
                yield _shown(entity, articles)

    def _articles_of(self, entities: Sequence[int]) -> int:
        found = self._database.row(f"SELECT count(DISTINCT article) FROM named WHERE entity IN ({','.join(map(str, entities))})")
        return int(found[0]) if found else 0


def _shown(entity: Entity, count: int) -> Sorted:
    return normalise(entity.name), Facet(entity.name, count, entity.kind)


def _largest(found: Iterable[Sorted], limit: int | None) -> tuple[Facet, ...]:
    ordered = sorted(found, key=lambda pair: (-pair[1].count, pair[0], pair[1].kind or ""))
    return tuple(facet for _, facet in ordered[:limit])


def _days(article_ids: array[int]) -> tuple[Facet, ...]:
    counted = Counter(map(ids.ordinal_of, article_ids))
    undated = counted.pop(0, 0)
    found = [Facet(date.fromordinal(day).isoformat(), count) for day, count in counted.items()]
    found.sort(key=lambda facet: (-facet.count, facet.value))
    return (*found, Facet("undated", undated)) if undated else tuple(found)
