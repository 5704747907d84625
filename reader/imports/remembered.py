"""What another program remembers of one story, and which marks that makes here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reader.errors import StoreError, UsageError
from reader.imports.links import normalised
from reader.model import ArticleKey, Mark
from reader.triage.verbs import TAG, tag_name

Article = tuple[str, ArticleKey]
"""An archive and the key of one of its articles."""

Fact = tuple[str, ArticleKey, str, str | None]
"""What `Marks.change` takes: archive, key, field and value."""


class ImportFileError(StoreError):
    """The file of the other program can't be read."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """One story as the other program knows it."""

    links: tuple[str, ...]
    """Any of these may be the article's."""
    is_read: bool
    is_starred: bool = False
    tags: tuple[str, ...] = ()

    @property
    def says_anything(self) -> bool:
        """Whether there is a mark to take over."""
        return self.is_read or self.is_starred or bool(self.tags)


@dataclass(slots=True)
class Matched:
    """What a file says about the articles that are here."""

    stories: int = 0
    """Stories in the file that are read, starred or tagged."""
    found: int = 0
    """Those of them that are here."""
    facts: dict[Article, dict[str, str]] = field(default_factory=dict)
    """The marks of each article, by field."""


def match(stories: Iterable[Remembered], articles: Iterable[tuple[str, ArticleKey, str]]) -> Matched:
    """The marks that the stories make on articles, which are given with their links."""
    by_link: dict[str, list[Article]] = {}
    for archive, key, link in articles:
        by_link.setdefault(normalised(link), []).append((archive, key))
    matched = Matched()
    for story in stories:
        if not story.says_anything:
            continue
        matched.stories += 1
        here = {article for link in story.links for article in by_link.get(normalised(link), ())}
        matched.found += bool(here)
        for article in here:
            matched.facts.setdefault(article, {}).update(_facts(story))
    return matched


def new_facts(matched: Matched, marks: Mapping[Article, Mark]) -> list[Fact]:
    """The marks that articles don't have yet."""
    found: list[Fact] = []
    for article, facts in matched.facts.items():
        here = _held(marks.get(article, Mark()))
        found += [(*article, name, value) for name, value in facts.items() if name not in here]
    return found


def told(facts: Sequence[Fact]) -> list[str]:
    """How many articles would get each mark, most first: `412 read`, `12 tag:later`."""
    counted: dict[str, int] = {}
    for _, _, name, _ in facts:
        counted[name] = counted.get(name, 0) + 1
    return [f"{count:,} {name}" for name, count in sorted(counted.items(), key=lambda each: (-each[1], each[0]))]


def _facts(story: Remembered) -> Iterator[tuple[str, str]]:
    if story.is_read:
        yield "read", "1"
    if story.is_starred:
        yield "starred", "1"
    for tag in story.tags:
        try:
            yield TAG + tag_name(tag.replace(",", " ")), "1"
        except UsageError:
            # A name that is no tag here is of no use to anyone.
            continue


def _held(mark: Mark) -> set[str]:
    flags = {"read": mark.is_read, "starred": mark.is_starred}
    return {name for name, is_set in flags.items() if is_set} | {TAG + tag for tag in mark.tags}
