"""Who, where and when an answer is about: read beside the list, on a thread and a connection of its own.

Every question takes `is_stale`, asked between statements, and raises QueryInterrupted once it says yes; `interrupt` ends the
statement that runs.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reader.database import Database
from reader.entities.aliases import Aliases
from reader.entities.lexicon import normalise
from reader.index import ids
from reader.index.facets import ENTITY_FACETS, FacetCounter, OwnTags, never
from reader.index.labels import fold_label
from reader.index.names import unpack
from reader.index.naming import Naming
from reader.index.related import Kin, Relations
from reader.index.tallies import IsStale, read_columns
from reader.model import KINDS, ArticleId, Entity, Facet
from reader.query.periods import Histogram, Period, Scale, fitting, histogram, hourly

_COMPANY = 40
"""Names that a card shows of those an entity is named with."""
_LATEST = 20
"""Stories that a card shows."""

Value = tuple[str, Facet]
"""A value of a field."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The stories that two values have in common."""

    here: int
    """In the answer asked about."""
    everywhere: int
    first: date | None
    """Of those here, else of all; None where none has a date."""
    last: date | None


@dataclass(frozen=True, slots=True)
class Card:
    """What the archive knows of one entity."""

    entity: Entity
    spellings: tuple[Facet, ...]
    """How articles write it, commonest first."""
    articles: array[int]
    """The stories that name it, newest first."""
    company: tuple[Facet, ...]
    """Who and what else they name, commonest first."""

    @property
    def latest(self) -> tuple[ArticleId, ...]:
        """The newest of its stories."""
        return tuple(ArticleId(number) for number in self.articles[:_LATEST])


class Insight:
    """Answers what is in an answer. Belongs to one thread; `interrupt` may be called from any."""

    def __init__(self, database: Database, own_tags: OwnTags, aliases: Callable[[], Aliases]) -> None:
        self._database = database
        self._own_tags = own_tags
        self._counter = FacetCounter(database, own_tags, aliases)

    def close(self) -> None:
        """Lets go of its files; nothing can be asked of it any more."""
        self._database.close()

    def interrupt(self) -> None:
        """Stops whatever is being read."""
        self._database.interrupt()

    def facets(
        self, fields: Sequence[str], article_ids: array[int] | None, is_stale: IsStale = never
    ) -> Iterator[tuple[str, tuple[Facet, ...]]]:
        """The facets of some articles, or of all, by field, as they become known: entities come together."""
        entities = [field for field in fields if field in ENTITY_FACETS]
        steps = [[field] for field in fields if field not in entities]
        steps.insert(0 if fields[0] in entities else 1, entities)
        for some in steps:
            if article_ids is None:
                yield from ((field, self._counter.of_everything(field)) for field in some)
            else:
                yield from self._counter.of(some, article_ids, None, is_stale).items()

    def names(self, article_ids: array[int], is_stale: IsStale = never) -> tuple[Facet, ...]:
        """Every entity that these articles name, commonest first."""
        return self._counter.of(["entity"], article_ids, None, is_stale)["entity"]

    def timeline(self, article_ids: array[int], bars: int, scale: Scale | None = None, is_stale: IsStale = never) -> Histogram:
        """When these articles were published: on `scale`, or on the finest that needs at most so many bars.

        Hours are only chosen where most of them have one.
        """
        days = Counter(map(ids.ordinal_of, article_ids))
        dated = [day for day in days if day]
        chosen = scale or (fitting(min(dated), max(dated), bars) if dated else "day")
        if chosen == "hour":
            by_hour = hourly((ordinal, hour) for _, ordinal, hour in self._times(article_ids, is_stale))
            if scale == "hour" or 2 * by_hour.left_out < len(article_ids):
                return by_hour
            chosen = "day"
        return histogram(chosen, days.items())

    def within(self, period: Period, article_ids: array[int], is_stale: IsStale = never) -> array[int]:
        """Those of the articles that were published in a period."""
        first, last = period.first_day.toordinal(), period.last_day.toordinal()
        of_days = array("q", (number for number in article_ids if first <= ids.ordinal_of(number) <= last))
        if period.scale != "hour":
            return of_days
        times = self._times(of_days, is_stale)
        return array("q", (number for number, ordinal, hour in times if hour is not None and ordinal * 24 + hour == period.number))

    def shared(self, one: Value, other: Value, article_ids: array[int] | None) -> Shared:
        """How many stories have both, in an answer or in the whole archive, and from when to when."""
        both = self._stories_with(*one) & self._stories_with(*other)
        here = both if article_ids is None else both.intersection(article_ids)
        days = sorted(day for day in map(ids.ordinal_of, here or both) if day)
        ends = (date.fromordinal(days[0]), date.fromordinal(days[-1])) if days else (None, None)
        return Shared(len(here), len(both), *ends)

    def card(self, wanted: Entity, is_stale: IsStale = never) -> Card | None:
        """What there is to know of an entity; None for one that no story names."""
        wanted = self._standing(wanted)
        stories = self._stories(wanted)
        if not stories:
            return None
        newest_first = array("q", sorted(stories, reverse=True))
        company = [facet for facet in self.names(newest_first, is_stale) if (facet.value, facet.kind) != (wanted.name, wanted.kind)]
        return Card(wanted, self.spellings(wanted), newest_first, tuple(company[:_COMPANY]))

    def named(self, name: str, among: Sequence[Entity] = ()) -> Entity | None:
        """The entity of that name: of `among` where one of them has it, else the commonest in the archive."""
        key = normalise(name)
        near = next((entity for entity in among if normalise(entity.name) == key), None)
        if near is not None:
            return near
        naming = self._counter.naming()
        renamed = next((found for kind in KINDS if (found := naming.find(Entity(name, kind))) is not None), None)
        if renamed is not None:
            return naming.shown[renamed]
        row = self._database.row("SELECT name, kind FROM entities WHERE folded = ? AND articles > 0 ORDER BY articles DESC", (key,))
        return self._standing(Entity(*row)) if row else None

    def spellings(self, entity: Entity) -> tuple[Facet, ...]:
        """How the archive's articles write it, commonest first."""
        members = ",".join(map(str, self._members(entity)))
        sql = f"""SELECT name, sum(articles) FROM spellings WHERE entity IN ({members}) AND articles > 0
                  GROUP BY name ORDER BY sum(articles) DESC, name"""
        return tuple(Facet(*row) for row in self._database.rows(sql))

    def cast(self, article: ArticleId) -> tuple[Facet, ...]:
        """Everyone and everything that an article names, most mentioned there first, each with its stories in the archive."""
        row = self._database.row("SELECT spellings FROM articles WHERE id = ?", (article,))
        spellings = unpack(row[0]) if row else ()
        numbers = ",".join(map(str, spellings))
        naming = self._counter.naming()
        entity_of: dict[int, int] = dict(self._database.rows(f"SELECT id, entity FROM spellings WHERE id IN ({numbers})"))
        leaders = dict.fromkeys(naming.leader(entity_of[spelling]) for spelling in spellings if spelling in entity_of)
        rows = self._database.rows(f"SELECT id, name, kind FROM entities WHERE id IN ({','.join(map(str, filter(None, leaders)))})")
        named = {number: Entity(name, kind) for number, name, kind in rows} | dict(naming.shown)
        found = (named[leader] for leader in leaders if leader in named)
        return tuple(Facet(entity.name, len(self._stories(entity)), entity.kind) for entity in found)

    def related(self, article: ArticleId, is_stale: IsStale = never) -> tuple[Kin, ...]:
        """Stories that share rare names and words with this one, closest first."""
        return Relations(self._database, self._counter.naming()).of(article, is_stale)

    # -- entities --------------------------------------------------------------------------------------------------

    def _members(self, entity: Entity) -> tuple[int, ...]:
        """The ids under which the index knows an entity."""
        naming = self._counter.naming()
        leader = naming.find(entity)
        if leader is None:
            leader = self._leader(entity, naming)
        return naming.members(leader) if leader is not None else ()

    def _leader(self, entity: Entity, naming: Naming) -> int | None:
        """The entity that stands for one by that name, which the alias file has no hand in."""
        row = self._database.row("SELECT id FROM entities WHERE folded = ? AND kind = ?", (normalise(entity.name), entity.kind))
        return naming.leader(row[0]) if row and naming.is_left_alone(row[0]) else None

    def _standing(self, entity: Entity) -> Entity:
        """The entity that the archive joins this one to, or else itself."""
        naming = self._counter.naming()
        leader = self._leader(entity, naming) if naming.find(entity) is None else None
        row = self._database.row("SELECT name, kind FROM entities WHERE id = ?", (leader,)) if leader in naming.groups else None
        return Entity(*row) if row else entity

    def _stories(self, entity: Entity) -> set[int]:
        members = ",".join(map(str, self._members(entity)))
        found: set[int] = set()
        for rows in self._database.chunks(f"SELECT article FROM named WHERE entity IN ({members})"):
            found.update(row[0] for row in rows)
        return found

    def _stories_with(self, field: str, facet: Facet) -> set[int]:
        if field in ENTITY_FACETS:
            return self._stories(Entity(facet.value, facet.kind or "other"))
        folded = fold_label(facet.value)
        sql = "SELECT article FROM labelled WHERE label = (SELECT id FROM labels WHERE field = ? AND folded = ?)"
        found = {row[0] for row in self._database.rows(sql, (field, folded))}
        own = self._own_tags() if field == "tag" else ()
        return found | {article for tag, article in own if fold_label(tag) == folded}

    # -- times -----------------------------------------------------------------------------------------------------

    def _times(self, article_ids: array[int], is_stale: IsStale) -> Iterator[tuple[int, int, int | None]]:
        """(article, ordinal of its day, hour as written or None) for each article."""
        for rows in read_columns(self._database, "id, written", article_ids, is_stale):
            for number, written in rows:
                yield number, ids.ordinal_of(number), int(written[11:13]) if written and len(written) > 10 else None
