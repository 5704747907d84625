"""Reading the index: rows by id, articles by key, facets, problems. One thread at a time; nothing here writes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reader.clean import clean_name
from reader.database import Database, Row, batches, placeholders
from reader.entities.aliases import Aliases
from reader.entities.lexicon import normalise
from reader.index import ids, schema
from reader.index.labels import split_column
from reader.index.names import unpack
from reader.index.naming import Naming, Namings
from reader.model import ArticleId, ArticleKey, Entity, HeadlineRow, Mention, Problem, Published
from reader.paths import long_key, path_key, shown_path, stored_path

_COLUMNS = """t.id, t.instant, t.words, t.flags, a.key, a.written, a.headline, a.categories, a.file_tags, a.language, a.source,
              a.origin_url, a.byline, a.description, a.spellings, f.path, r.path"""
_JOINED = "timeline t JOIN articles a USING (id) JOIN files f ON f.id = a.file JOIN roots r ON r.id = f.root"

_STANDS_IN = re.compile("[ \ufffd\u2400-\u2421]")
"""What `clean_name` shows in the place of something else."""
_BEYOND = "\U0010ffff"
"""Sorts after every letter."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in the index: for the position, and to see whether it changed."""

    articles: int
    revision: int
    identity: str
    """Differs between two indexes even where all else is equal: ids of one mean nothing in the other."""


class RowReader:
    """Rows of the index through a connection of its own."""

    def __init__(self, database: Database, aliases: Callable[[], Aliases] = Aliases) -> None:
        self._database = database
        self._aliases = aliases
        self._namings = Namings(database, aliases)

    def close(self) -> None:
        """Lets go of its files; nothing can be asked of it any more."""
        self._database.close()

    def counts(self) -> Counts:
        """How many articles there are, and which state of which index this is."""
        found: dict[str, Any] = dict(self._database.rows("SELECT name, value FROM meta"))
        return Counts(found["articles"], found["revision"], found["identity"])

    def last_file(self) -> int:
        """The number of the file that was taken in last; 0 for none."""
        found = self._database.row("SELECT value FROM meta WHERE name = ?", (schema.LAST_FILE,))
        return int(found[0]) if found else 0

    def come_since(self, file: int) -> tuple[ArticleId, ...]:
        """The articles of the files taken in after that one, as far as their names are known."""
        sql = "SELECT a.id FROM files f JOIN articles a ON a.id = f.article WHERE f.id > ? AND a.spellings IS NOT NULL"
        return tuple(ArticleId(row[0]) for row in self._database.rows(sql, (file,)))

    def rows(self, wanted: Sequence[ArticleId], *, with_entities: bool = False) -> tuple[HeadlineRow, ...]:
        """The rows of these ids in the order given, unmarked; ids that are gone are left out."""
        found: dict[int, Row] = {}
        for some in batches(wanted):
            sql = f"SELECT {_COLUMNS} FROM {_JOINED} WHERE t.id IN ({placeholders(some)})"
            found.update((row[0], row) for row in self._database.rows(sql, some))
        present = [found[article_id] for article_id in wanted if article_id in found]
        names = self._names(row[14] for row in present) if with_entities else {}
        return tuple(_row(row, names) for row in present)

    def id_of(self, key: str) -> ArticleId | None:
        """The article with this key; where a path is given, the article of that path; else the one whose key is shown like this."""
        for column, wanted in (("a.key", path_key(key)), ("f.path", stored_path(key))):
            sql = f"SELECT a.id FROM articles a JOIN files f ON f.id = a.file WHERE {column} = ? ORDER BY a.id DESC LIMIT 1"
            found = self._database.row(sql, (wanted,))
            if found:
                return ArticleId(found[0])
        return self._id_of_shown(key)

    def _id_of_shown(self, shown: str) -> ArticleId | None:
        """The one article whose key is shown so, where something else stands for what in it can't be shown."""
        stand_in = _STANDS_IN.search(shown)
        if stand_in is None or clean_name(shown) != shown:
            return None
        before = shown[: stand_in.start()]
        rows = self._database.rows("SELECT id, key FROM articles WHERE key >= ? AND key < ?", (before, before + _BEYOND))
        found = [article_id for article_id, key in rows if clean_name(key) == shown]
        return ArticleId(found[0]) if len(found) == 1 else None

    def ids_of(self, keys: Iterable[ArticleKey]) -> dict[ArticleKey, ArticleId]:
        """The ids of these keys; keys that are gone are left out."""
        wanted = list(keys)
        found: dict[ArticleKey, ArticleId] = {}
        for some in batches(wanted):
            sql = f"SELECT key, id FROM articles WHERE key IN ({placeholders(some)})"
            found.update(self._database.rows(sql, some))
        return found

    def long_keys(self, articles: Iterable[tuple[str, ArticleKey]]) -> dict[tuple[str, ArticleKey], ArticleKey]:
        """Those of these articles, each an archive and its own key there, that are listed by a longer key, with that."""
        articles_of = {long_key(archive, key): (archive, key) for archive, key in articles}
        found: dict[tuple[str, ArticleKey], ArticleKey] = {}
        for some in batches(list(articles_of)):
            sql = f"SELECT key FROM articles WHERE key IN ({placeholders(some)})"
            found.update((articles_of[key], key) for (key,) in self._database.rows(sql, some))
        return found

    def links(self) -> Iterator[tuple[str, ArticleKey, str]]:
        """Archive, key and link of every article that has a link."""
        sql = """SELECT r.path, a.key, a.origin_url FROM articles a JOIN files f ON f.id = a.file JOIN roots r ON r.id = f.root
                 WHERE a.origin_url IS NOT NULL"""
        for chunk in self._database.chunks(sql):
            yield from ((shown_path(root), ArticleKey(key), link) for root, key, link in chunk)

    def articles_of(self, wanted: Sequence[int]) -> dict[int, tuple[str, ArticleKey]]:
        """The archive and key of each of these ids; ids that are gone are left out."""
        archives = {number: shown_path(path) for number, path in self._database.rows("SELECT id, path FROM roots")}
        sql = f"SELECT t.id, f.root, a.key FROM {_JOINED} WHERE t.id IN ({{}})"
        return {row[0]: (archives[row[1]], ArticleKey(row[2])) for row in self._looked_up(sql, wanted)}

    def entities_within(self, low: int, high: int) -> set[int]:
        """The numbers of all entities that the articles from id `low` on, below `high`, name."""
        rows = self._database.rows("SELECT spellings FROM articles WHERE id >= ? AND id < ?", (low, high))
        spellings = {spelling for row in rows for spelling in unpack(row[0])}
        sql = "SELECT entity FROM spellings WHERE id IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self._database.rows(sql, (json.dumps(list(spellings)),))}

    def problems(self) -> tuple[Problem, ...]:
        """Every file's problems, by path and line."""
        sql = """SELECT f.path, p.line, p.what, p.effect FROM problems p JOIN files f ON f.id = p.file
                 ORDER BY f.path, p.line, p.what"""
        return tuple(Problem(shown_path(row[0]), *row[1:]) for row in self._database.rows(sql))

    def _entities_of(self, spellings: Iterable[int]) -> dict[int, int]:
        return dict(self._looked_up("SELECT id, entity FROM spellings WHERE id IN ({})", spellings))

    def _entities(self, entities: Iterable[int]) -> dict[int, Entity]:
        rows = self._looked_up("SELECT id, name, kind FROM entities WHERE id IN ({})", entities)
        return {row[0]: Entity(row[1], row[2]) for row in rows}

    def _names(self, packed: Iterable[bytes | None]) -> dict[int, Entity]:
        """The entity of each spelling that these columns hold."""
        spellings = {spelling for column in packed for spelling in unpack(column)}
        naming = self._namings.now()
        leaders = {spelling: naming.leader(entity) for spelling, entity in self._entities_of(spellings).items()}
        entities = {**self._entities({leader for leader in leaders.values() if leader is not None}), **naming.shown}
        return {spelling: entities[leader] for spelling, leader in leaders.items() if leader is not None}

    def called(self, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """The mentions under the names that the archive has for them, without those to be ignored."""
        naming, aliases = self._namings.now(), self._aliases()
        calls: dict[Entity, Entity | None] = {}
        found = []
        for mention in mentions:
            entity = Entity(mention.entity, mention.kind)
            if entity not in calls:
                calls[entity] = self._call(entity, naming, aliases)
            if (called := calls[entity]) is not None:
                found.append(mention._replace(entity=called.name, kind=called.kind))
        return tuple(found)

    def _call(self, entity: Entity, naming: Naming, aliases: Aliases) -> Entity | None:
        row = self._database.row("SELECT id, name FROM entities WHERE folded = ? AND kind = ?", (normalise(entity.name), entity.kind))
        if row is None:
            return aliases.apply(entity)
        number, name = row
        if number not in naming.leaders:
            return Entity(name, entity.kind)
        leader = naming.leaders[number]
        return None if leader is None else naming.shown.get(leader) or self._entities([leader])[leader]

    def _looked_up(self, sql: str, wanted: Iterable[int]) -> Iterator[Row]:
        for some in batches(list(wanted)):
            yield from self._database.rows(sql.format(placeholders(some)), some)


def _row(row: Row, names: Mapping[int, Entity]) -> HeadlineRow:
    (article_id, instant, words, flags, key, written, headline, categories, file_tags, language, source,
     origin_url, byline, description, spellings, path, root) = row  # fmt: skip
    published = None
    if written is not None:
        published = Published(written, date.fromordinal(ids.ordinal_of(article_id)), instant, bool(flags & schema.HAS_TIME))
    entities = dict.fromkeys(names[spelling] for spelling in unpack(spellings) if spelling in names) if names else {}
    return HeadlineRow(
        id=ArticleId(article_id), key=ArticleKey(key), path=shown_path(path), archive=shown_path(root), headline=headline,
        published=published, categories=split_column(categories), file_tags=split_column(file_tags), language=language, source=source,
        origin_url=origin_url, byline=byline, description=description, words=words, is_draft=bool(flags & schema.IS_DRAFT),
        has_problem=bool(flags & schema.HAS_PROBLEM), entities=tuple(entities),
    )  # fmt: skip
