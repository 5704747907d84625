"""Which articles the last few changes were about, so that who knows the index as it was then need not ask for all of them again.

Kept in one row of `meta`, as there are few: articles that came, that went, and that have another key, each with its revision.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from reader.database import Database

_MOST = 500
"""Articles that are remembered; a change to more of them is one to all."""
_ROW = "lately"

Index = tuple[str, int]
"""Which index, and at which revision."""

Changed = list[tuple[int, int]]
"""Revisions, ascending, each with an article."""


def note(database: Database, revision: int, articles: Iterable[int]) -> None:
    """Remembers the articles that a revision is about; in the transaction that makes it."""
    complete_since, changed = _remembered(database) or (revision - 1, [])
    changed += ((revision, article) for article in articles)
    if len(changed) > _MOST:
        # The revision that is forgotten last is forgotten whole.
        complete_since = changed[-_MOST - 1][0]
        changed = [(when, article) for when, article in changed if when > complete_since]
    database.run("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (_ROW, json.dumps([complete_since, changed])))


def differing(database: Database, known: Index, now: Index) -> list[int] | None:
    """The articles that came, went or have another key between two states of the index; None where nobody remembers."""
    if known == now:
        return []
    remembered = _remembered(database) if known[0] == now[0] and known[1] < now[1] else None
    if remembered is None or known[1] < remembered[0]:
        return None
    return [article for when, article in remembered[1] if when > known[1]]


def _remembered(database: Database) -> tuple[int, Changed] | None:
    """From which revision on all is remembered, and what."""
    found = database.row("SELECT value FROM meta WHERE name = ?", (_ROW,))
    if found is None:
        return None
    complete_since, changed = json.loads(found[0])
    return complete_since, [(when, article) for when, article in changed]
