"""What undoing a step means, as pure functions over journal rows. Nothing here opens a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reader.model import ArticleKey

Value = str | None
"""What a field of a mark holds; None where it isn't set."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One field of one article's mark."""

    archive: str
    key: ArticleKey
    field: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one article's mark, before and after a step."""

    spot: Spot
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Plan:
    """What an undo or a redo will write, and what it must leave alone."""

    writes: tuple[Change, ...]
    skipped: tuple[Spot, ...]
    """Changed since by another step or another session."""


def plan(changes: Iterable[Change], now: Mapping[Spot, Value]) -> Plan:
    """Turns each change back where its value still is what the step left; names the others."""
    writes, skipped = [], []
    for change in changes:
        if now.get(change.spot) == change.after:
            writes.append(Change(change.spot, change.after, change.before))
        else:
            skipped.append(change.spot)
    return Plan(tuple(writes), tuple(skipped))


def forwards(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The same changes seen from their end, so that `plan` does them again."""
    return tuple(Change(change.spot, change.after, change.before) for change in changes)
