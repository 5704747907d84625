"""How many articles of an answer have each value of a field, exactly: counted once an article, whatever it is called there.

The whole archive is answered from counts kept while indexing; any other answer in one pass over its articles, for all the
fields asked about together.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reader.database import Database, Row
from reader.entities.aliases import Aliases
from reader.entities.lexicon import normalise
from reader.errors import QueryInterrupted
from reader.index import ids
from reader.index.articles import fold_label, split_column
from reader.index.names import unpack
from reader.index.naming import Naming, naming_of
from reader.model import Entity, Facet, Kind
from reader.query.fold import tokens
from reader.query.phrases import says, sought

IsStale = Callable[[], bool]
"""Whether nobody wants the answer any more."""
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
_COLUMNS = {"category": "categories", "source": "source", "language": "language", "tag": "file_tags", "author": "byline"}
LABEL_FACETS = tuple(_COLUMNS)
_SPELLINGS = "spellings"
_SOME = 500
"""Articles a statement: between two of them a stale count ends."""


def never() -> bool:
    """What is always wanted."""
    return False


class FacetCounter:
    """Counts through a connection of its own."""

    def __init__(self, database: Database, own_tags: OwnTags = tuple, aliases: Callable[[], Aliases] = Aliases) -> None:
        self._database = database
        self._own_tags = own_tags
        self._aliases = aliases

    def naming(self) -> Naming:
        """What the alias file comes to now."""
        return naming_of(self._database, self._aliases())

    def of_everything(self, field: str, limit: int | None = None) -> tuple[Facet, ...]:
        """The facets of the whole archive, largest first. Any field but `day`."""
        if field in ENTITY_FACETS:
            return self._all_entities(ENTITY_FACETS[field], limit)
        if field == "tag" and (own := list(self._own_tags())):
            return _largest(self._with_own_tags(dict(self._label_counts("tag")), own), limit)
        sql = "SELECT name, articles FROM labels WHERE field = ? AND articles > 0 ORDER BY articles DESC, folded LIMIT ?"
        return tuple(Facet(*row) for row in self._database.rows(sql, (field, -1 if limit is None else limit)))

    def of(
        self, fields: Iterable[str], article_ids: array[int], limit: int | None = None, is_stale: IsStale = never
    ) -> dict[str, tuple[Facet, ...]]:
        """The facets of some articles by field, largest first. Raises QueryInterrupted once nobody wants it."""
        wanted = list(fields)
        counted = self._columns(wanted, article_ids, is_stale)
        found: dict[str, tuple[Facet, ...]] = {}
        for field in wanted:
            if field == "day":
                found[field] = _days(article_ids)[:limit]
            elif field in ENTITY_FACETS:
                kinds = ENTITY_FACETS[field]
                found[field] = _largest((pair for pair in counted.entities if pair[1].kind in kinds), limit)
            else:
                labels = self._labels(field, counted.labels[field])
                own = self._own_tags_of(article_ids) if field == "tag" else []
                found[field] = _largest(self._with_own_tags(labels, own), limit)
        return found

    def values(self, field: str, beginning: str, most: int) -> tuple[Facet, ...]:
        """The commonest values of a field with a word that begins so; all values begin with nothing."""
        if not tokens(beginning):
            return self.of_everything(field, most)
        wanted = sought(beginning, is_prefix=True)
        if field in ENTITY_FACETS:
            found: Iterable[Facet] = self._entities_with_word(ENTITY_FACETS[field], tokens(beginning)[-1], most * 50)
        else:
            found = self.of_everything(field)
        return tuple(facet for facet in found if says(facet.value, wanted))[:most]

    # -- one pass --------------------------------------------------------------------------------------------------

    def _columns(self, fields: Sequence[str], article_ids: array[int], is_stale: IsStale) -> _Counted:
        labels = [field for field in fields if field in _COLUMNS]
        has_entities = any(field in ENTITY_FACETS for field in fields)
        columns = [_COLUMNS[field] for field in labels] + ([_SPELLINGS] if has_entities else [])
        counted: list[Counter[str | None]] = [Counter() for _ in labels]
        packed: list[bytes] = []
        for rows in self._read(columns, article_ids, is_stale):
            for at, counter in enumerate(counted):
                counter.update(row[at] for row in rows)
            if has_entities:
                packed += [row[-1] for row in rows if row[-1]]
        entities = self._entities(packed, is_stale) if has_entities else ()
        return _Counted(dict(zip(labels, counted, strict=True)), entities)

    def _read(self, columns: Sequence[str], article_ids: array[int], is_stale: IsStale) -> Iterator[list[Row]]:
        for start in range(0, len(article_ids) if columns else 0, _SOME):
            if is_stale():
                raise QueryInterrupted("nobody wants this any more")
            some = article_ids[start : start + _SOME]
            yield self._database.rows(f"SELECT {', '.join(columns)} FROM articles WHERE id IN ({','.join(map(str, some))})")

    # -- labels ----------------------------------------------------------------------------------------------------

    def _labels(self, field: str, counted: Counter[str | None]) -> dict[str, tuple[str, int]]:
        """Folded label → its name and how many articles have it, from how often each content of the column occurs."""
        counts: Counter[str] = Counter()
        for content, articles in counted.items():
            for folded in {fold_label(name) for name in _names_in(field, content)}:
                counts[folded] += articles
        names: dict[str, str] = dict(self._database.rows("SELECT folded, name FROM labels WHERE field = ?", (field,)))
        return {folded: (names.get(folded, folded), count) for folded, count in counts.items()}

    def _label_counts(self, field: str) -> Iterator[tuple[str, tuple[str, int]]]:
        sql = "SELECT folded, name, articles FROM labels WHERE field = ? AND articles > 0"
        return ((folded, (name, count)) for folded, name, count in self._database.rows(sql, (field,)))

    def _own_tags_of(self, article_ids: array[int]) -> list[tuple[str, int]]:
        own = list(self._own_tags())
        there = set(article_ids) if own else set()
        return [(tag, article) for tag, article in own if article in there]

    def _with_own_tags(self, labels: Mapping[str, tuple[str, int]], own: Sequence[tuple[str, int]]) -> Iterator[Sorted]:
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
        for rows in self._read(("id", "file_tags"), array("q", articles), never):
            found.update((number, {fold_label(name) for name in split_column(content)}) for number, content in rows)
        return found

    # -- entities --------------------------------------------------------------------------------------------------

    def _entities(self, packed: Sequence[bytes], is_stale: IsStale) -> tuple[Sorted, ...]:
        """Every entity that these columns of spellings name, with how many of them do."""
        spelled: Counter[int] = Counter()
        for start in range(0, len(packed), _SOME):
            if is_stale():
                raise QueryInterrupted("nobody wants this any more")
            spelled.update(unpack(b"".join(packed[start : start + _SOME])))
        naming = self.naming()
        leaders = {number: naming.leader(entity) for number, entity in self._looked_up("SELECT id, entity FROM spellings", spelled)}
        counts: Counter[int] = Counter()
        for spelling, leader in leaders.items():
            if leader is not None:
                counts[leader] += spelled[spelling]
        for leader, again in _named_twice(packed, leaders).items():
            counts[leader] -= again
        rows = self._looked_up("SELECT id, folded, name, kind FROM entities", counts)
        untouched = ((folded, Facet(name, counts[number], kind)) for number, folded, name, kind in rows if number not in naming.shown)
        touched = (_shown(entity, counts[leader]) for leader, entity in naming.shown.items() if leader in counts)
        return (*untouched, *touched)

    def _all_entities(self, kinds: Sequence[Kind], limit: int | None) -> tuple[Facet, ...]:
        naming = self.naming()
        if not naming.leaders:
            sql = f"""SELECT name, articles, kind FROM entities WHERE articles > 0 AND kind IN ({','.join('?' * len(kinds))})
                      ORDER BY articles DESC, folded, kind LIMIT ?"""
            return tuple(Facet(*row) for row in self._database.rows(sql, (*kinds, -1 if limit is None else limit)))
        everyone = self._database.rows("SELECT folded, name, articles, kind, id FROM entities WHERE articles > 0")
        return _largest((pair for pair in self._under_own_names(everyone, naming) if pair[1].kind in kinds), limit)

    def _entities_with_word(self, kinds: Sequence[Kind], beginning: str, most: int) -> tuple[Facet, ...]:
        sql = """SELECT folded, name, articles, kind, id FROM entities WHERE articles > 0
                 AND id IN (SELECT entity FROM entity_words WHERE word >= ? AND word < ?) ORDER BY articles DESC, folded LIMIT ?"""
        rows = self._database.rows(sql, (beginning, beginning + "\U0010ffff", most))
        return _largest((pair for pair in self._under_own_names(rows, self.naming()) if pair[1].kind in kinds), None)

    def _under_own_names(self, rows: Iterable[Row], naming: Naming) -> Iterator[Sorted]:
        """Entities that the alias file leaves alone, then all that it has a hand in."""
        yield from ((folded, Facet(name, articles, kind)) for folded, name, articles, kind, number in rows if number not in naming.leaders)
        for leader, entity in naming.shown.items():
            if articles := self._articles_of(naming.members(leader)):
                yield _shown(entity, articles)

    def _articles_of(self, entities: Sequence[int]) -> int:
        found = self._database.row(f"SELECT count(DISTINCT article) FROM named WHERE entity IN ({','.join(map(str, entities))})")
        return int(found[0]) if found else 0

    def _looked_up(self, select: str, wanted: Iterable[int]) -> Iterator[Row]:
        numbers = list(wanted)
        for start in range(0, len(numbers), _SOME):
            yield from self._database.rows(f"{select} WHERE id IN ({','.join(map(str, numbers[start : start + _SOME]))})")


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one pass over the articles has found."""

    labels: Mapping[str, Counter[str | None]]
    """By field, how often each content of its column occurs."""
    entities: tuple[Sorted, ...]


def _named_twice(packed: Iterable[bytes], leaders: Mapping[int, int | None]) -> Counter[int]:
    """How often an entity was counted again for one article, because that spells it in more than one way."""
    spellings: dict[int, list[int]] = {}
    for spelling, leader in leaders.items():
        if leader is not None:
            spellings.setdefault(leader, []).append(spelling)
    many = {spelling: leader for leader, some in spellings.items() if len(some) > 1 for spelling in some}
    again: Counter[int] = Counter()
    if many:
        for column in packed:
            there = [many[spelling] for spelling in unpack(column) if spelling in many]
            if len(there) > 1:
                again.update(Counter(there) - Counter(set(there)))
    return again


def _names_in(field: str, content: str | None) -> tuple[str, ...]:
    if field in ("category", "tag"):
        return split_column(content)
    return (content,) if content else ()


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
