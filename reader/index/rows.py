"""Reading the index: rows by id, articles by key, facets, problems. One thread at a time; nothing here writes."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reader.database import Database, Row
from reader.index import ids, schema
from reader.index.articles import split_column
from reader.index.names import unpack
from reader.index.paths import shown_path
from reader.model import ArticleId, ArticleKey, Entity, Facet, HeadlineRow, Kind, Problem, Published
from reader.query.fold import tokens
from reader.query.phrases import says, sought

_COLUMNS = """t.id, t.instant, t.words, t.flags, a.key, a.written, a.headline, a.categories, a.file_tags, a.language, a.source,
              a.origin_url, a.byline, a.description, a.spellings, f.path, r.path"""
_JOINED = "timeline t JOIN articles a USING (id) JOIN files f ON f.id = a.file JOIN roots r ON r.id = f.root"

ENTITY_FACETS: Mapping[str, tuple[Kind, ...]] = {
    "entity": ("person", "org", "place", "other"),
    "person": ("person",),
    "org": ("org",),
    "place": ("place",),
}
LABEL_FACETS = ("category", "source", "language", "tag", "author")


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in the index: for the position, and to see whether it changed."""

    articles: int
    revision: int
    identity: str
    """Differs between two indexes even where all else is equal: ids of one mean nothing in the other."""


class RowReader:
    """Rows of the index through a connection of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self) -> Counts:
        """How many articles there are, and which state of which index this is."""
        found: dict[str, Any] = dict(self._database.rows("SELECT name, value FROM meta"))
        return Counts(found["articles"], found["revision"], found["identity"])

    def rows(self, wanted: Sequence[ArticleId], *, with_entities: bool = False) -> tuple[HeadlineRow, ...]:
        """The rows of these ids in the order given, unmarked; ids that are gone are left out."""
        found: dict[int, Row] = {}
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            sql = f"SELECT {_COLUMNS} FROM {_JOINED} WHERE t.id IN ({','.join('?' * len(some))})"
            found.update((row[0], row) for row in self._database.rows(sql, some))
        present = [found[article_id] for article_id in wanted if article_id in found]
        names = self._names(row[14] for row in present) if with_entities else {}
        return tuple(_row(row, names) for row in present)

    def id_of(self, key: str) -> ArticleId | None:
        """The article with this key; where a path is given, the article of that path."""
        for column in ("a.key", "f.path"):
            sql = f"SELECT a.id FROM articles a JOIN files f ON f.id = a.file WHERE {column} = ? ORDER BY a.id DESC LIMIT 1"
            found = self._database.row(sql, (key,))
            if found:
                return ArticleId(found[0])
        return None

    def ids_of(self, keys: Iterable[ArticleKey]) -> dict[ArticleKey, ArticleId]:
        """The ids of these keys; keys that are gone are left out."""
        wanted = list(keys)
        found: dict[ArticleKey, ArticleId] = {}
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            sql = f"SELECT key, id FROM articles WHERE key IN ({','.join('?' * len(some))})"
            found.update(self._database.rows(sql, some))
        return found

    def problems(self) -> tuple[Problem, ...]:
        """Every file's problems, by path and line."""
        sql = """SELECT f.path, p.line, p.what, p.effect FROM problems p JOIN files f ON f.id = p.file
                 ORDER BY f.path, p.line, p.what"""
        return tuple(Problem(shown_path(row[0]), *row[1:]) for row in self._database.rows(sql))

    def all_facets(self, field: str, limit: int | None) -> tuple[Facet, ...]:
        """The facets of the whole archive, from counts kept while indexing; largest first."""
        cut = -1 if limit is None else limit
        if field in LABEL_FACETS:
            sql = "SELECT name, articles FROM labels WHERE field = ? AND articles > 0 ORDER BY articles DESC, folded LIMIT ?"
            return tuple(Facet(*row) for row in self._database.rows(sql, (field, cut)))
        kinds = ENTITY_FACETS[field]
        sql = f"""SELECT name, articles, kind FROM entities WHERE articles > 0 AND kind IN ({','.join('?' * len(kinds))})
                  ORDER BY articles DESC, folded LIMIT ?"""
        return tuple(Facet(*row) for row in self._database.rows(sql, (*kinds, cut)))

    def values(self, field: str, beginning: str, most: int) -> tuple[Facet, ...]:
        """The commonest values of a field with a word that begins so; all values begin with nothing."""
        words = tokens(beginning)
        if not words:
            return self.all_facets(field, most)
        if field in LABEL_FACETS:
            sql = "SELECT name, articles, NULL FROM labels WHERE field = ? ORDER BY articles DESC, folded"
            rows = self._database.rows(sql, (field,))
        else:
            rows = self._entities_with_word(field, words[-1], most * 50)
        wanted = sought(beginning, is_prefix=True)
        return tuple(Facet(row[0], row[1], row[2]) for row in rows if says(row[0], wanted))[:most]

    def _entities_with_word(self, field: str, beginning: str, most: int) -> list[Row]:
        kinds = ENTITY_FACETS[field]
        sql = f"""SELECT name, articles, kind FROM entities WHERE articles > 0 AND kind IN ({','.join('?' * len(kinds))})
                  AND id IN (SELECT entity FROM entity_words WHERE word >= ? AND word < ?) ORDER BY articles DESC, folded LIMIT ?"""
        return self._database.rows(sql, (*kinds, beginning, beginning + "\U0010ffff", most))

    def facets_of(self, field: str, article_ids: array[int], limit: int | None) -> tuple[Facet, ...]:
        """The facets of some articles, counted now; largest first, days newest first."""
        if field == "day":
            return _days(article_ids)[:limit]
        if field in LABEL_FACETS:
            return self._label_facets(field, article_ids, limit)
        return self._entity_facets(ENTITY_FACETS[field], article_ids, limit)

    def _label_facets(self, field: str, article_ids: array[int], limit: int | None) -> tuple[Facet, ...]:
        counted: Counter[int] = Counter()
        wanted = set(article_ids)
        sql = "SELECT x.label, x.article FROM labels l JOIN labelled x ON x.label = l.id WHERE l.field = ?"
        for chunk in self._database.chunks(sql, (field,)):
            counted.update(label for label, article in chunk if article in wanted)
        names: dict[int, str] = dict(self._database.rows("SELECT id, name FROM labels WHERE field = ?", (field,)))
        return _largest(((names[label], count, None) for label, count in counted.items()), limit)

    def _entity_facets(self, kinds: Sequence[Kind], article_ids: array[int], limit: int | None) -> tuple[Facet, ...]:
        counted: Counter[int] = Counter()
        for packed in self._packed(article_ids):
            counted.update(packed)
        by_entity: Counter[int] = Counter()
        entity_of = self._entities_of(counted)
        for spelling, count in counted.items():
            if spelling in entity_of:
                by_entity[entity_of[spelling]] += count
        named = self._entities(by_entity)
        found = ((named[entity], count) for entity, count in by_entity.items() if entity in named)
        return _largest(((each.name, count, each.kind) for each, count in found if each.kind in kinds), limit)

    def _packed(self, article_ids: array[int]) -> Iterator[array[int]]:
        for start in range(0, len(article_ids), 500):
            some = article_ids[start : start + 500]
            sql = f"SELECT spellings FROM articles WHERE id IN ({','.join('?' * len(some))})"
            for (packed,) in self._database.rows(sql, some):
                yield unpack(packed)

    def _entities_of(self, spellings: Iterable[int]) -> dict[int, int]:
        return dict(self._looked_up("SELECT id, entity FROM spellings WHERE id IN ({})", spellings))

    def _entities(self, entities: Iterable[int]) -> dict[int, Entity]:
        rows = self._looked_up("SELECT id, name, kind FROM entities WHERE id IN ({})", entities)
        return {row[0]: Entity(row[1], row[2]) for row in rows}

    def _names(self, packed: Iterable[bytes | None]) -> dict[int, Entity]:
        """The entity of each spelling that these columns hold."""
        spellings = {spelling for column in packed for spelling in unpack(column)}
        entity_of = self._entities_of(spellings)
        entities = self._entities(set(entity_of.values()))
        return {spelling: entities[entity] for spelling, entity in entity_of.items()}

    def _looked_up(self, sql: str, wanted: Iterable[int]) -> Iterator[Row]:
        numbers = list(wanted)
        for start in range(0, len(numbers), 500):
            some = numbers[start : start + 500]
            yield from self._database.rows(sql.format(",".join("?" * len(some))), some)


def _row(row: Row, names: Mapping[int, Entity]) -> HeadlineRow:
    (article_id, instant, words, flags, key, written, headline, categories, file_tags, language, source,
     origin_url, byline, description, spellings, path, root) = row  # fmt: skip
    published = None
    if written is not None:
        published = Published(written, date.fromordinal(ids.ordinal_of(article_id)), instant, bool(flags & schema.HAS_TIME))
    entities = dict.fromkeys(names[spelling] for spelling in unpack(spellings) if spelling in names) if names else {}
    return HeadlineRow(
        id=ArticleId(article_id), key=ArticleKey(key), path=shown_path(path), archive=root, headline=headline, published=published,
        categories=split_column(categories), file_tags=split_column(file_tags), language=language, source=source,
        origin_url=origin_url, byline=byline, description=description, words=words, is_draft=bool(flags & schema.IS_DRAFT),
        has_problem=bool(flags & schema.HAS_PROBLEM), entities=tuple(entities),
    )  # fmt: skip


def _largest(found: Iterable[tuple[str, int, Kind | None]], limit: int | None) -> tuple[Facet, ...]:
    ordered = sorted(found, key=lambda facet: (-facet[1], facet[0].casefold(), facet[0]))
    return tuple(Facet(*facet) for facet in ordered[:limit])


def _days(article_ids: array[int]) -> tuple[Facet, ...]:
    counted = Counter(map(ids.ordinal_of, article_ids))
    undated = counted.pop(0, 0)
    found = [Facet(date.fromordinal(day).isoformat(), count) for day, count in counted.items()]
    found.sort(key=lambda facet: (-facet.count, facet.value))
    return (*found, Facet("undated", undated)) if undated else tuple(found)


