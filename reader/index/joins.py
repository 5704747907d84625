"""Which entities are one across articles: a name that the archive uses for one longer name and for no other.

An article that calls a body by two names shows that the shorter one is short for the longer one. Where at least two articles
show it, and hardly any shows another longer name for it, all articles that only have the shorter one mean that body, too:

    MLC ─────────────┬→ Mekong Law Centre of Laos      `joined` of the first two is the third, whose articles `together` are all of theirs
    Mekong Law Centre ┘

What is joined follows from the counts alone: the order in which articles came doesn't matter, and taking them out takes it back.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from reader.database import Database

_LEAST = 2
"""Articles that must show what a name is short for."""
_SHARE = 0.95
"""How many of those that show anything must agree."""

Parents = dict[int, int]
"""Entity → the one that it is joined to, which may be joined to a third."""


def parents_of(database: Database) -> Parents:
    """Every entity that is joined to another."""
    return dict(database.rows("SELECT id, joined FROM entities WHERE joined IS NOT NULL"))


def root_of(parents: Mapping[int, int], entity: int) -> int:
    """The entity that stands for this one. Ends, because what an entity is joined to has a longer name."""
    while entity in parents:
        entity = parents[entity]
    return entity


class Joiner:
    """Keeps `joined` and `together` of the entities in step with the spellings, as part of the writer's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def settle(self, changed: Iterable[tuple[int, Collection[int]]], spellings: Iterable[int]) -> None:
        """Takes in articles that came (1) or went (-1), each with the entities it names, whose `spellings` have been counted anew."""
        parents = parents_of(self._database)
        entities: set[int] = set()
        together: Counter[int] = Counter()
        for sign, some in changed:
            entities.update(some)
            for root in {root_of(parents, entity) for entity in some}:
                together[root] += sign
        self._database.run_many("UPDATE entities SET together = together + ? WHERE id = ?", [(by, root) for root, by in together.items()])
        self._join(parents, self._shorts(entities, spellings))

    def _shorts(self, entities: Iterable[int], spellings: Iterable[int]) -> set[str]:
        """The folded names of which it may have changed what they are short for."""
        of_spellings = "SELECT short FROM spellings WHERE short IS NOT NULL AND id IN (SELECT value FROM json_each(?))"
        of_entities = """SELECT folded FROM entities WHERE id IN (SELECT value FROM json_each(?))
                         AND EXISTS (SELECT 1 FROM spellings WHERE short = folded)"""
        with_country = "SELECT substr(folded, 1, instr(folded, ' (') - 1) FROM entities WHERE id IN (SELECT value FROM json_each(?))"
        numbers = json.dumps(sorted(entities))
        found = {short for (short,) in self._database.rows(of_spellings, (json.dumps(sorted(spellings)),))}
        found.update(short for sql in (of_entities, with_country) for (short,) in self._database.rows(sql, (numbers,)))
        return found - {""}

    def _join(self, parents: Parents, shorts: Iterable[str]) -> None:
        """Joins the entities of these names to what they are short for now, and counts anew what that changes."""
        changed: dict[int, int | None] = {}
        for short in shorts:
            for entity, kind in self._database.rows("SELECT id, kind FROM entities WHERE folded = ?", (short,)):
                longer = self._longer(short, kind)
                if longer != parents.get(entity):
                    changed[entity] = longer
        if not changed:
            return
        self._database.run_many("UPDATE entities SET joined = ? WHERE id = ?", [(longer, entity) for entity, longer in changed.items()])
        after = {entity: longer for entity, longer in {**parents, **changed}.items() if longer is not None}
        roots = {root_of(some, entity) for some in (parents, after) for entity in changed}
        self._count(roots, after)
        self._database.run_many("UPDATE entities SET together = 0 WHERE id = ?", [(entity,) for entity in after.keys() & changed.keys()])

    def _longer(self, short: str, kind: str) -> int | None:
        """The one entity that this name is short for, if there is one."""
        if kind == "person" and " " not in short:
            return None
        shown = """SELECT e.id, e.folded, e.kind, max(s.articles) FROM spellings s JOIN entities e ON e.id = s.entity
                   WHERE s.short = ? AND s.articles > 0 GROUP BY e.id"""
        rows = self._database.rows(shown, (short,))
        longer, folded, of_kind, articles = max(rows, key=lambda row: (row[3], row[1], row[2]), default=(0, "", "", 0))
        is_agreed = articles >= max(_LEAST, _SHARE * sum(row[3] for row in rows))
        is_longer = of_kind == kind and len(folded) > len(short)
        return longer if is_agreed and is_longer and self._is_of_one_country(short, kind, longer) else None

    def _is_of_one_country(self, short: str, kind: str, longer: int) -> bool:
        """Is it no body of the kind that every state has, or do all countries but one hardly count?"""
        sql = "SELECT id, articles FROM entities WHERE folded > ? AND folded < ? AND kind = ?"
        articles: dict[int, int] = dict(self._database.rows(sql, (f"{short} (", f"{short} )", kind)))
        return not articles or articles.get(longer, 0) >= _SHARE * sum(articles.values())

    def _count(self, roots: Iterable[int], parents: Parents) -> None:
        """Counts the articles that name an entity or what is joined to it."""
        members: defaultdict[int, list[int]] = defaultdict(list)
        for entity in parents:
            members[root_of(parents, entity)].append(entity)
        count = """UPDATE entities SET together = (
                       SELECT count(DISTINCT article) FROM named WHERE entity IN (SELECT value FROM json_each(?))
                   ) WHERE id = ?"""
        self._database.run_many(count, [(json.dumps([root, *members[root]]), root) for root in roots])
