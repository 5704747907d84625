"""The values that cross layers: frozen, typed, and free of behaviour that needs a file or a database.

Nothing here opens anything. Text in these values is as the article has it: it is stored raw and
made harmless where it is shown (`reader.clean`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, NewType

ArticleKey = NewType("ArticleKey", str)
"""Names an article for ever: its own id where that is unique in the archive, else its path."""

ArticleId = NewType("ArticleId", int)
"""Names an article within one index only. Ids ascend with the published instant, so newest first is descending."""

EntityId = NewType("EntityId", int)

Kind = Literal["person", "org", "place", "other"]
KINDS: tuple[Kind, ...] = ("person", "org", "place", "other")

BodyForm = Literal["markdown", "plain"]

Effect = Literal["skipped", "read as text", "read in part", "changed", "ignored"]
"""What a problem did: `skipped` is the only one that leaves no article behind."""


@dataclass(frozen=True, slots=True)
class Published:
    """When an article says it was published, never converted to another time zone."""

    written: str
    """ISO 8601: `2024-11-05` when no time is known, else date and time, with the offset only if one was written."""
    day: date
    """The day as written."""
    instant: int
    """Milliseconds since 1970 in UTC; midnight for a bare day; a time without an offset counts as UTC."""
    has_time: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one of the user's files, said so that it can be mended."""

    path: str
    line: int | None
    """Counted from 1; None where no line is to blame."""
    what: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class DeclaredName:
    """A person, organisation or place that the front matter itself names."""

    name: str
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Article:
    """One file, parsed."""

    path: str
    """Relative to its archive, with `/`; undecodable bytes as surrogate escapes."""
    headline: str
    """One line; the file's name made readable where the file has no title. Never empty."""
    body: str
    """The text below the front matter and without the headline; `\\n` line ends; Liquid, shortcodes and HTML already Markdown."""
    body_form: BodyForm
    published: Published | None = None
    declared_key: str | None = None
    """`code`, `id`, `guid` or `uuid` of the front matter."""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """The file's own tags; the user's tags are marks."""
    language: str | None = None
    source: str | None = None
    """Who published it: the `source` field, else the host of `origin_url`."""
    origin_url: str | None = None
    byline: str | None = None
    description: str | None = None
    declared_names: tuple[DeclaredName, ...] = ()
    is_draft: bool = False
    words: int = 0
    """Words of the body, counting each Chinese, Japanese or Korean character as one half."""
    problems: tuple[Problem, ...] = ()


class Mention(NamedTuple):
    """One span of text that names an entity. A tuple, because every article makes dozens."""

    entity: str
    """The entity's canonical name within this article."""
    kind: Kind
    text: str
    """As spelled there, titles and possessives left out."""
    start: int | None
    """Characters from the start of `Article.body`; None for a name that only the headline, description or front matter has."""
    end: int | None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place under its canonical name."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Mark:
    """All that one user has said of one article."""

    is_read: bool = False
    is_starred: bool = False
    is_skipped: bool = False
    is_queued: bool = False
    tags: tuple[str, ...] = ()
    """The user's own words, sorted."""
    note: str | None = None


UNMARKED = Mark()


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """What the list and the machine output show of an article, without its body."""

    id: ArticleId
    key: ArticleKey
    path: str
    archive: str
    """The archive's folder or file, absolute."""
    headline: str
    published: Published | None
    categories: tuple[str, ...] = ()
    file_tags: tuple[str, ...] = ()
    language: str | None = None
    source: str | None = None
    origin_url: str | None = None
    byline: str | None = None
    description: str | None = None
    words: int = 0
    is_draft: bool = False
    has_problem: bool = False
    entities: tuple[Entity, ...] = ()
    mark: Mark = field(default=UNMARKED)


@dataclass(frozen=True, slots=True)
class OpenedArticle:
    """One article read from its file, with what it names."""

    row: HeadlineRow
    article: Article
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a field and how many of the articles asked about have it."""

    value: str
    count: int
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class IndexChange:
    """What one step of indexing did."""

    revision: int
    added: tuple[ArticleKey, ...] = ()
    changed: tuple[ArticleKey, ...] = ()
    removed: tuple[ArticleKey, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed or self.problems)


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of indexing done."""

    stage: Literal["reading", "naming"]
    done: int
    total: int
    change: IndexChange
