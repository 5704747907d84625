"""Which entities are one, renamed, or none: what the index joins across articles, and over it the reader's own word.

The index stays as the articles have it, so that a change to the alias file shows at once and costs no reading.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from reader.database import Database, Row, batches, placeholders
from reader.entities.aliases import Aliases
from reader.entities.lexicon import normalise
from reader.index.joins import parents_of, root_of
from reader.model import Entity, Kind


@dataclass(frozen=True, slots=True)
class Naming:
    """Which entity stands for which, of those that are in the index now; an entity that isn't here stands for itself."""

    leaders: Mapping[int, int | None] = field(default_factory=dict)
    """Entity → the one that stands for it; None for one to be ignored."""
    groups: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Each that stands for others, or is called otherwise → all that it stands for."""
    shown: Mapping[int, Entity] = field(default_factory=dict)
    """Of these, what those are called that the alias file has a hand in."""

    @property
    def is_as_indexed(self) -> bool:
        """Has the alias file no say in anything?"""
        return not self.shown and None not in self.leaders.values()

    def leader(self, entity: int) -> int | None:
        """The entity that stands for this one; None where it is to be ignored."""
        return self.leaders.get(entity, entity)

    def is_left_alone(self, entity: int) -> bool:
        """Is it counted and called as the index does?"""
        leader = self.leader(entity)
        return leader is not None and leader not in self.shown

    def kind(self, entity: int, found: Kind) -> Kind:
        """The kind of an entity that was found to be of kind `found`."""
        leader = self.leaders.get(entity)
        return self.shown[leader].kind if leader is not None and leader in self.shown else found

    def members(self, leader: int) -> tuple[int, ...]:
        """Every entity that this one stands for."""
        return self.groups.get(leader, (leader,))

    def find(self, wanted: Entity) -> int | None:
        """The entity that is shown so, where the alias file has a hand in it."""
        key = normalise(wanted.name)
        return next((number for number, entity in self.shown.items() if entity.kind == wanted.kind and normalise(entity.name) == key), None)

    def widened(self, entities: Iterable[int]) -> set[int]:
        """These entities with all that are one with any of them, without the ignored."""
        leaders = {leader for entity in entities if (leader := self.leader(entity)) is not None}
        return {member for leader in leaders for member in self.members(leader)}


class Namings:
    """The naming of one index, made anew when the index or the aliases have changed."""

    def __init__(self, database: Database, aliases: Callable[[], Aliases]) -> None:
        self._database = database
        self._aliases = aliases
        self._known: tuple[Row | None, Aliases, Naming] | None = None

    def now(self) -> Naming:
        """As it is now."""
        revision, aliases = self._database.row("SELECT value FROM meta WHERE name = 'revision'"), self._aliases()
        if self._known is None or self._known[0] != revision or self._known[1] is not aliases:
            self._known = revision, aliases, naming_of(self._database, aliases)
        return self._known[2]


def naming_of(database: Database, aliases: Aliases) -> Naming:
    """What is one in this index, as it is now, and as the aliases have it."""
    parents = parents_of(database)
    roots = {entity: root_of(parents, entity) for entity in parents}
    roots.update((root, root) for root in set(roots.values()))
    leaders: dict[int, int | None] = dict(roots)
    shown, told = _told(database, aliases, leaders)
    shown.update(_left(database, roots, leaders, told))
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for entity, leader in leaders.items():
        if leader is not None:
            groups[leader].append(entity)
    return Naming(leaders, {leader: tuple(members) for leader, members in groups.items()}, shown)


def _told(database: Database, aliases: Aliases, leaders: dict[int, int | None]) -> tuple[dict[int, Entity], set[int]]:
    """Puts the reader's word into `leaders`; what those are called that stand for others, and every entity that it is about."""
    keys = sorted({*aliases.canonical, *aliases.kinds, *aliases.ignored})
    shown: dict[int, Entity] = {}
    told: set[int] = set()
    firsts: dict[tuple[str, str], int] = {}
    for some in batches(keys):
        sql = f"SELECT id, name, kind FROM entities WHERE folded IN ({placeholders(some)}) ORDER BY id"
        for number, name, kind in database.rows(sql, some):
            told.add(number)
            entity = aliases.apply(Entity(name, kind))
            if entity is None:
                leaders[number] = None
                continue
            leader = firsts.setdefault((normalise(entity.name), entity.kind), number)
            leaders[number] = leader
            shown[leader] = entity
    return shown, told


def _left(database: Database, roots: Mapping[int, int], leaders: dict[int, int | None], told: set[int]) -> dict[int, Entity]:
    """What the index joins goes where the one that stands for it went; where another of them was told apart, the rest is called as ever."""
    for entity in roots.keys() - told:
        leaders[entity] = leaders[roots[entity]]
    left = {roots[entity] for entity in told & roots.keys()} - told
    rows = database.rows("SELECT id, name, kind FROM entities WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(left)),))
    return {number: Entity(name, kind) for number, name, kind in rows}
