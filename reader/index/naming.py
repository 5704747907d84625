"""The reader's own word on names, put over an index that doesn't know of it: which entities are one, renamed, or none.

The index stays as the articles have it, so that a change to the alias file shows at once and costs no reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reader.database import Database
from reader.entities.aliases import Aliases
from reader.entities.lexicon import normalise
from reader.model import Entity, Kind


@dataclass(frozen=True, slots=True)
class Naming:
    """What the alias file changes of the entities that are in the index now; empty for an empty file."""

    leaders: Mapping[int, int | None] = field(default_factory=dict)
    """Entity → the one that stands for it; None for one to be ignored."""
    shown: Mapping[int, Entity] = field(default_factory=dict)
    """What each entity that stands for others, or was renamed, is called."""

    def leader(self, entity: int) -> int | None:
        """The entity that stands for this one; None where it is to be ignored."""
        return self.leaders.get(entity, entity)

    def kind(self, entity: int, found: Kind) -> Kind:
        """The kind of an entity that was found to be of kind `found`."""
        leader = self.leaders.get(entity)
        return self.shown[leader].kind if leader is not None else found

    def members(self, leader: int) -> tuple[int, ...]:
        """Every entity that this one stands for."""
        return tuple(entity for entity, other in self.leaders.items() if other == leader) or (leader,)

    def find(self, wanted: Entity) -> int | None:
        """The entity that is shown so, where the alias file has a hand in it."""
        key = normalise(wanted.name)
        return next((number for number, entity in self.shown.items() if entity.kind == wanted.kind and normalise(entity.name) == key), None)

    def widened(self, entities: Iterable[int]) -> set[int]:
        """These entities with all that are one with any of them, without the ignored."""
        leaders = {leader for entity in entities if (leader := self.leader(entity)) is not None}
        return leaders | {entity for entity, leader in self.leaders.items() if leader in leaders}


def naming_of(database: Database, aliases: Aliases) -> Naming:
    """What the aliases come to in this index, as it is now."""
    keys = sorted({*aliases.canonical, *aliases.kinds, *aliases.ignored})
    leaders: dict[int, int | None] = {}
    shown: dict[int, Entity] = {}
    firsts: dict[tuple[str, str], int] = {}
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        sql = f"SELECT id, name, kind FROM entities WHERE folded IN ({','.join('?' * len(some))}) ORDER BY id"
        for number, name, kind in database.rows(sql, some):
            entity = aliases.apply(Entity(name, kind))
            if entity is None:
                leaders[number] = None
                continue
            leader = firsts.setdefault((normalise(entity.name), entity.kind), number)
            leaders[number] = leader
            shown[leader] = entity
    return Naming(leaders, shown)
