"""The reader's own word on names, ready to be asked: it beats whatever the recogniser found. `alias_text` reads and changes its file."""

from __future__ import annotations

from dataclasses import dataclass, field

from reader.entities.lexicon import normalise
from reader.model import Entity, Kind


@dataclass(frozen=True, slots=True)
class Aliases:
    """What the file says, ready to be asked."""

    canonical: dict[str, str] = field(default_factory=dict)
    """`normalise`d variant or name → the name to show."""
    kinds: dict[str, Kind] = field(default_factory=dict)
    """`normalise`d name to show → its kind, where the file tells one."""
    ignored: frozenset[str] = frozenset()
    """`normalise`d names that are no entities."""

    def apply(self, entity: Entity) -> Entity | None:
        """`entity` as the reader wants it: under its canonical name and kind; None where it is to be ignored."""
        key = normalise(entity.name)
        name = self.canonical.get(key, entity.name)
        if key in self.ignored or normalise(name) in self.ignored:
            return None
        return Entity(name, self.kinds.get(normalise(name), entity.kind))


NO_ALIASES = Aliases()
