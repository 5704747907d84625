"""Writing what articles name: entities, their spellings, and who is named where. Part of the indexing thread's transaction.

An entity is a folded name and a kind; a spelling is one way that articles write it, in full or in short. Each article keeps the
ids of its spellings, so its names can be taken back exactly, and each entity is shown under its commonest full spelling.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.database import Database
from reader.entities.lexicon import normalise
from reader.index.joins import Joiner
from reader.model import Entity
from reader.query.fold import joined_forms, tokens

if TYPE_CHECKING:
    from reader.index.workers import Named

_REMEMBERED = 200_000
"""Spellings whose ids are kept at hand; beyond it they are looked up anew."""


class NameWriter:
    """Writes names through the connection of the one writer of the index."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._joiner = Joiner(database)
        self._ids: dict[tuple[Entity, str | None], tuple[int, int]] = {}
        """Of names met before, in full or with what they are called for short: the ids of the spelling and of its entity."""
        self._removed: list[tuple[int, set[int]]] = []
        """Of articles taken out: -1, and what they named."""
        self._unspelled: set[int] = set()
        """Spellings that articles taken out had."""
        self._new_words: set[tuple[str, int]] = set()
        """What entities are to be found by from now on."""

    def add(self, found: Iterable[Named]) -> None:
        """Stores what articles name that have no names stored yet."""
        spelled: Counter[int] = Counter()
        added: list[tuple[int, set[int]]] = []
        named: list[tuple[int, int]] = []
        columns: list[tuple[bytes, int]] = []
        for article_id, entities, shorts in found:
            ids = [self._ids_of(entity) for entity in dict.fromkeys(entities)]
            in_short = [self._ids_of(entity, short) for entity, short in shorts]
            spellings = [spelling for spelling, _ in (*ids, *in_short)]
            added.append((1, {entity_id for _, entity_id in ids}))
            spelled.update(spellings)
            named += [(entity_id, article_id) for entity_id in added[-1][1]]
            columns.append((array("I", spellings).tobytes(), article_id))
            for (_, entity_id), (_, short) in zip(in_short, shorts, strict=True):
                self._new_words.update((word, entity_id) for word in tokens(short))
        # In order of the key, so that each page of the table is visited once.
        self._database.run_many("INSERT OR IGNORE INTO named (entity, article) VALUES (?, ?)", sorted(named))
        self._database.run_many("INSERT OR IGNORE INTO entity_words (word, entity) VALUES (?, ?)", sorted(self._new_words))
        self._new_words.clear()
        self._database.run_many("UPDATE articles SET spellings = ? WHERE id = ?", columns)
        self._count(spelled, Counter(entity_id for entity_id, _ in named), 1)
        self._joiner.settle(added, spelled)

    def remove(self, article_id: int, packed: bytes | None) -> None:
        """Takes back what one article names; `settle` ends it."""
        spellings = unpack(packed)
        if not spellings:
            return
        sql = f"SELECT id, entity FROM spellings WHERE id IN ({','.join(map(str, spellings))})"
        entities = {entity for _, entity in self._database.rows(sql)}
        self._database.run_many("DELETE FROM named WHERE entity = ? AND article = ?", [(entity, article_id) for entity in entities])
        self._count(Counter(spellings), Counter(entities), -1)
        self._removed.append((-1, entities))
        self._unspelled.update(spellings)

    def settle(self) -> None:
        """What follows from all that was taken out, at the end of the transaction that did it."""
        if self._removed:
            removed, unspelled = self._removed, self._unspelled
            self._removed, self._unspelled = [], set()
            self._unlearn(unspelled)
            self._joiner.settle(removed, unspelled)

    def _unlearn(self, spellings: Iterable[int]) -> None:
        """Entities are not found any more by what no article calls them for short."""
        sql = """SELECT s.name, s.entity, e.name FROM spellings s JOIN entities e ON e.id = s.entity
                 WHERE s.short IS NOT NULL AND s.articles <= 0 AND s.id IN (SELECT value FROM json_each(?))"""
        gone: list[tuple[str, int]] = []
        for short, entity, name in self._database.rows(sql, (json.dumps(sorted(spellings)),)):
            others = self._database.rows("SELECT name FROM spellings WHERE entity = ? AND articles > 0", (entity,))
            gone += [(word, entity) for word in set(tokens(short)).difference(*(_words(each) for (each,) in [(name,), *others]))]
        self._database.run_many("DELETE FROM entity_words WHERE word = ? AND entity = ?", gone)

    def forget(self) -> None:
        """Drops what is kept at hand: a transaction that made it was taken back."""
        self._ids.clear()
        self._removed, self._unspelled = [], set()
        self._new_words.clear()

    def _ids_of(self, entity: Entity, short: str | None = None) -> tuple[int, int]:
        """The ids of the spelling and of the entity: of its full name, or of what it is called for short."""
        known = self._ids.get((entity, short))
        if known is None:
            if len(self._ids) >= _REMEMBERED:
                self._ids.clear()
            known = self._ids[entity, short] = self._stored(entity, short)
        return known

    def _stored(self, entity: Entity, short: str | None) -> tuple[int, int]:
        entity_id = self._entity_id(entity)
        name = entity.name if short is None else short
        spelled = self._database.row("SELECT id FROM spellings WHERE entity = ? AND name = ?", (entity_id, name))
        if spelled is not None:
            return spelled[0], entity_id
        new = "INSERT INTO spellings (entity, name, short, articles) VALUES (?, ?, ?, 0)"
        return self._database.insert(new, (entity_id, name, None if short is None else normalise(short))), entity_id

    def _entity_id(self, entity: Entity) -> int:
        folded = normalise(entity.name)
        found = self._database.row("SELECT id FROM entities WHERE folded = ? AND kind = ?", (folded, entity.kind))
        if found is not None:
            return int(found[0])
        new = "INSERT INTO entities (folded, kind, name, articles, together) VALUES (?, ?, ?, 0, 0)"
        entity_id = self._database.insert(new, (folded, entity.kind, entity.name))
        self._new_words.update((word, entity_id) for word in _words(entity.name))
        return entity_id

    def _count(self, spellings: Counter[int], entities: Counter[int], sign: int) -> None:
        change = "UPDATE {} SET articles = articles + ? WHERE id = ?"
        self._database.run_many(change.format("spellings"), [(sign * count, number) for number, count in spellings.items()])
        self._database.run_many(change.format("entities"), [(sign * count, number) for number, count in entities.items()])
        self._settle(entities)

    def _settle(self, entities: Iterable[int]) -> None:
        """Each entity is shown under its commonest full spelling, never in capitals where another exists."""
        self._database.run_many(
            """UPDATE entities SET name = coalesce((SELECT name FROM spellings WHERE entity = entities.id AND short IS NULL AND articles > 0
               ORDER BY name = upper(name) AND length(name) > 5, articles DESC, name LIMIT 1), name)
               WHERE id = ? AND (SELECT count(*) FROM spellings WHERE entity = entities.id) > 1""",
            [(entity,) for entity in entities],
        )


def _words(name: str) -> set[str]:
    return {*tokens(name), *joined_forms(name)}


def unpack(packed: bytes | None) -> array[int]:
    """The spelling ids of an article's `spellings` column."""
    spellings = array("I")
    spellings.frombytes(packed or b"")
    return spellings
