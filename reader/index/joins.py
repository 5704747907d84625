"""Which entities are one across articles: a name that the archive uses for one longer name and for no other.

An article that calls a body by two names shows what the shorter one is short for. Where at least two articles show it, and
hardly any shows another longer name for it, the articles that only have the shorter one mean that body, too:

    MLC ─────────┐
                 ├─→ Mekong Law Centre of Laos      the first two are `joined` to the third, whose articles `together` are all of theirs
    Law Centre ──┘

A ministry or a parliament, which every state has, is that of one country where the archive seldom tells that of another, and most
articles with the bare name also name the country. People are joined by their first and last names, never by surnames.

What is joined follows from the counts alone: the order in which articles came doesn't matter, and taking them out takes it back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

from reader.database import Database, Row

_LEAST = 2
"""Articles that must show what a name is short for."""
_SHARE = 0.85
"""How many of those that show anything must agree; one in ten shows a name that was cut or misspelled."""
_AT_HOME = 0.75
"""How many of a ministry's articles must give it the same country, and how many of those that give none must name that country."""

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
        of_entities = """SELECT folded FROM entities e WHERE id IN (SELECT value FROM json_each(?))
                         AND (EXISTS (SELECT 1 FROM spellings WHERE short = e.folded)
                              OR EXISTS (SELECT 1 FROM entities WHERE folded > e.folded || ' (' AND folded < e.folded || ' )'))"""
        with_country = "SELECT substr(folded, 1, instr(folded, ' (') - 1) FROM entities WHERE id IN (SELECT value FROM json_each(?))"
        numbers = json.dumps(sorted(entities))
        found = {short for (short,) in self._database.rows(of_spellings, (json.dumps(sorted(spellings)),))}
        found.update(short for sql in (of_entities, with_country) for (short,) in self._database.rows(sql, (numbers,)))
        return found - {""}

    def _join(self, parents: Parents, shorts: set[str]) -> None:
        """Joins the entities of these names to what they are short for now, and counts anew what that changes."""
        after = dict(parents)
        changed: set[int] = set()
        # Longer names first: what a name is short for depends on what the longer ones are short for.
        waiting = [(-len(short), short) for short in shorts]
        heapify(waiting)
        while waiting:
            _, short = heappop(waiting)
            for entity, kind in self._database.rows("SELECT id, kind FROM entities WHERE folded = ?", (short,)):
                longer = self._longer(entity, short, kind, after)
                if longer != after.get(entity):
                    changed.add(entity)
                    after.pop(entity, None)
                    after.update({entity: longer} if longer is not None else {})
                    for other in self._shorts_of(_group(after, entity)):
                        heappush(waiting, (-len(other), other))
        self._database.run_many("UPDATE entities SET joined = ? WHERE id = ?", [(after.get(entity), entity) for entity in changed])
        self._count({root_of(some, entity) for some in (parents, after) for entity in changed}, after)

    def _shorts_of(self, entities: Collection[int]) -> set[str]:
        """The folded names that any of these is called by for short."""
        sql = "SELECT short FROM spellings WHERE short IS NOT NULL AND entity IN (SELECT value FROM json_each(?))"
        return {short for (short,) in self._database.rows(sql, (json.dumps(sorted(entities)),))}

    def _longer(self, entity: int, short: str, kind: str, parents: Parents) -> int | None:
        """The one entity that this one's name is short for, if there is one."""
        sql = "SELECT id, folded, articles FROM entities WHERE folded > ? AND folded < ? AND kind = ? AND articles > 0"
        of_countries = self._database.rows(sql, (f"{short} (", f"{short} )", kind))
        return self._of_country(entity, short, of_countries) if of_countries else self._shown(short, kind, parents)

    def _shown(self, short: str, kind: str, parents: Parents) -> int | None:
        """The longer name that articles show this one to be short for."""
        sql = """SELECT e.id, e.folded, max(s.articles) FROM spellings s JOIN entities e ON e.id = s.entity
                 WHERE s.short = ? AND s.articles > 0 AND e.kind = ? AND length(e.folded) > length(s.short) GROUP BY e.id"""
        rows = self._database.rows(sql, (short, kind))
        articles: Counter[int] = Counter()
        for longer, _, count in rows:
            articles[root_of(parents, longer)] += count
        root, most = articles.most_common(1)[0] if articles else (0, 0)
        if most < max(_LEAST, _SHARE * articles.total()):
            return None
        _, folded, likeliest = max((count, folded, longer) for longer, folded, count in rows if root_of(parents, longer) == root)
        return likeliest if kind != "person" or _lacks_middle(short, folded) else None

    def _of_country(self, entity: int, short: str, of_countries: Sequence[Row]) -> int | None:
        """The body of that one country, of a name that bodies of every state have, where the articles with the bare name name it, too."""
        most, folded, longer = max((articles, folded, number) for number, folded, articles in of_countries)
        if most < max(_LEAST, _AT_HOME * sum(row[2] for row in of_countries)):
            return None
        sql = """SELECT count(*), count(p.entity) FROM named n LEFT JOIN named p ON p.article = n.article AND p.entity =
                 (SELECT id FROM entities WHERE folded = ? AND kind = 'place') WHERE n.entity = ?"""
        ((bare, there),) = self._database.rows(sql, (folded[len(short) + 2 :], entity))
        return longer if there and there >= _AT_HOME * bare else None

    def _count(self, roots: Collection[int], parents: Parents) -> None:
        """Counts the articles that name an entity or what is joined to it; none for what is joined itself."""
        count = """UPDATE entities SET together = (
                       SELECT count(DISTINCT article) FROM named WHERE entity IN (SELECT value FROM json_each(?))
                   ) WHERE id = ?"""
        groups = {root: _group(parents, root) for root in roots}
        self._database.run_many(count, [(json.dumps(sorted(group)), root) for root, group in groups.items()])
        joined = {entity for root, group in groups.items() for entity in group if entity != root}
        self._database.run_many("UPDATE entities SET together = 0 WHERE id = ?", [(entity,) for entity in joined])


def _lacks_middle(short: str, long: str) -> bool:
    """Is a person's first and last name in both?"""
    words, others = short.split(), long.split()
    return len(words) > 1 and (words[0], words[-1]) == (others[0], others[-1])


def _group(parents: Parents, entity: int) -> set[int]:
    """An entity with all that are joined to it."""
    group, found = {entity}, {entity}
    while found:
        found = {other for other, longer in parents.items() if longer in found}
        group |= found
    return group
