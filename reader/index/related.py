"""Stories about the same thing: those that share names and headline words that few stories have, each with what it shares.

    weight of a name or word = log(all stories / stories that have it)

What many stories have says nothing, and is not even looked up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log
from typing import Literal

from reader.database import Database
from reader.errors import QueryInterrupted
from reader.index.ids import FIRST_DATED
from reader.index.names import unpack
from reader.index.naming import Naming
from reader.model import ArticleId
from reader.query.fold import is_spaceless, tokens
from reader.query.phrases import Sought, match_expr

Side = Literal["later", "earlier", "undated", "other language"]
"""Where a story stands to the one it is related to."""

_MATCHING = "SELECT rowid FROM search WHERE search MATCH ?"
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, search, row)"
_MOST_NAMES, _MOST_WORDS = 16, 8
"""So many of the rarest are looked up."""
_NAME_IN, _WORD_IN = 4, 12
"""A name counts as rare where at most one story in four has it; a word, one in twelve."""
_MOST_STORIES = 20_000
"""What more stories have is not rare, however large the archive."""
_SHORTEST_WORD = 4
_LEAST = 0.3
"""The share of the closest story's weight that any other must have."""
_MOST = 30


@dataclass(frozen=True, slots=True)
class Kin:
    """A story related to another."""

    article: ArticleId
    side: Side
    shares: tuple[str, ...]
    """What both have, rarest first."""


@dataclass(frozen=True, slots=True)
class _Trait:
    """A name or a word that few stories have."""

    name: str
    articles: int
    sql: str
    """Selects the stories that have it."""
    params: tuple[str, ...] = ()


class Relations:
    """Finds related stories through one connection."""

    def __init__(self, database: Database, naming: Naming) -> None:
        self._database = database
        self._naming = naming
        database.run(_VOCABULARY)
        found = database.row("SELECT value FROM meta WHERE name = 'articles'")
        self._articles = max(int(found[0]) if found else 0, 1)

    def of(self, article: ArticleId, is_stale: Callable[[], bool]) -> tuple[Kin, ...]:
        """The stories closest to one, closest first. Raises QueryInterrupted once nobody wants them."""
        row = self._database.row("SELECT headline, language, spellings FROM articles WHERE id = ?", (article,))
        if row is None:
            return ()
        names = self._names(row[2])
        weights: dict[int, float] = defaultdict(float)
        shares: dict[int, list[str]] = defaultdict(list)
        for trait in [*names, *self._words(row[0], names)]:
            if is_stale():
                raise QueryInterrupted("nobody wants this any more")
            for story in self._stories(trait):
                weights[story] += log(self._articles / trait.articles)
                shares[story].append(trait.name)
        weights.pop(article, None)
        closest = sorted(weights, key=lambda story: (-weights[story], -story))
        kept = [story for story in closest[: _MOST * 2] if weights[story] >= weights[closest[0]] * _LEAST]
        return self._told(article, row[1], kept, shares)

    def _told(self, article: int, language: str | None, stories: list[int], shares: dict[int, list[str]]) -> tuple[Kin, ...]:
        sql = f"SELECT id, language FROM articles WHERE id IN ({','.join(map(str, stories))})"
        languages: dict[int, str | None] = dict(self._database.rows(sql))
        found = [story for story in stories if story in languages][:_MOST]
        return tuple(Kin(ArticleId(story), _side(article, story, language, languages[story]), tuple(shares[story])) for story in found)

    def _names(self, packed: bytes | None) -> list[_Trait]:
        """The rare names of an article that others have too, rarest first."""
        spellings = ",".join(map(str, unpack(packed)))
        rows = self._database.rows(f"SELECT DISTINCT entity FROM spellings WHERE id IN ({spellings})")
        leaders = {leader for (entity,) in rows if (leader := self._naming.leader(entity)) is not None}
        sql = f"SELECT id, name, articles FROM entities WHERE id IN ({','.join(map(str, leaders))})"
        traits = [self._name(*found) for found in self._database.rows(sql)]
        return self._rarest(traits, _NAME_IN, _MOST_NAMES)

    def _name(self, leader: int, name: str, articles: int) -> _Trait:
        shown = self._naming.shown.get(leader)
        members = self._naming.members(leader)
        if shown is not None or len(members) > 1:
            sql = f"SELECT count(DISTINCT article) FROM named WHERE entity IN ({','.join(map(str, members))})"
            counted = self._database.row(sql)
            name, articles = shown.name if shown is not None else name, int(counted[0]) if counted else 0
        return _Trait(name, articles, f"SELECT DISTINCT article FROM named WHERE entity IN ({','.join(map(str, members))})")

    def _words(self, headline: str, names: list[_Trait]) -> list[_Trait]:
        """The rare words of a headline that no name has, and that other headlines have too."""
        in_names = {word for name in names for word in tokens(name.name)}
        words = {word for word in tokens(headline) if is_spaceless(word) or (len(word) >= _SHORTEST_WORD and word.isalpha())}
        traits = []
        for word in sorted(words - in_names):
            found = self._database.row("SELECT doc FROM temp.vocabulary WHERE term = ?", (word,))
            if found is not None:
                expression = match_expr(Sought(((word,),), is_prefix=False), ("headline", "dek"))
                traits.append(_Trait(word, found[0], _MATCHING, (expression,)))
        return self._rarest(traits, _WORD_IN, _MOST_WORDS)

    def _rarest(self, traits: list[_Trait], one_in: int, most: int) -> list[_Trait]:
        limit = min(max(self._articles // one_in, 2), _MOST_STORIES)
        rare = sorted((trait for trait in traits if 1 < trait.articles <= limit), key=lambda trait: (trait.articles, trait.name))
        return rare[:most]

    def _stories(self, trait: _Trait) -> Iterator[int]:
        for rows in self._database.chunks(trait.sql, trait.params):
            yield from (row[0] for row in rows)


def _side(article: int, story: int, language: str | None, other: str | None) -> Side:
    if language and other and language.partition("-")[0] != other.partition("-")[0]:
        return "other language"
    if min(article, story) < FIRST_DATED:
        return "undated"
    return "later" if story > article else "earlier"
