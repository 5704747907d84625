"""What is done to one article at a time, in whichever process: reading it, and finding what it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from reader.entities.mentions import Recogniser
from reader.entities.mentions import load as load_recogniser
from reader.index.reading import Reading, load, read, read_beginning
from reader.intake.folder import Stamp
from reader.model import Article, ArticleId, Entity, Mention, Problem

File = tuple[str, str, Stamp]
"""An archive, a path in it, and the stamp the file had when it was found."""
Pending = tuple[ArticleId, str, str]
"""An article whose names are not known yet: its id, archive and path."""

_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.-]{1,9}")


class Named(NamedTuple):
    """What one article names."""

    article: ArticleId
    entities: tuple[Entity, ...] = ()
    """Most mentioned first."""
    acronyms: tuple[tuple[Entity, str], ...] = ()
    """Entities with the letters that the article calls them by: what they are found by, too."""



def read_file(file: File) -> Reading:
    """One file read and parsed."""
    archive, path, stamp = file
    return read(archive, path, stamp)


def read_beginning_of_file(file: File) -> Reading:
    """The beginning of one file that takes too long, read and parsed."""
    archive, path, stamp = file
    return read_beginning(archive, path, stamp)


def name_article(pending: Pending) -> Named:
    """The entities of one article, most mentioned first."""
    article_id, archive, path = pending
    found = load(archive, path)
    if isinstance(found, Problem) or isinstance(found[1], Problem):
        return Named(article_id)
    mentions = mentions_of(found[1])
    return Named(article_id, entities_of(mentions), acronyms_of(mentions))


def mentions_of(article: Article) -> tuple[Mention, ...]:
    """Every mention in the article, by the recogniser of this process."""
    return _recogniser().find(article)


def entities_of(mentions: Iterable[Mention]) -> tuple[Entity, ...]:
    """The entities that are mentioned, most mentioned first."""
    counted = Counter(Entity(mention.entity, mention.kind) for mention in mentions)
    return tuple(entity for entity, _ in counted.most_common())


def acronyms_of(mentions: Iterable[Mention]) -> tuple[tuple[Entity, str], ...]:
    """The letters by which entities are called that have longer names, each once."""
    called = {
        (Entity(mention.entity, mention.kind), mention.text)
        for mention in mentions
        if mention.text != mention.entity and _ACRONYM.fullmatch(mention.text)
    }
    return tuple(sorted(called, key=lambda each: (each[0].name, each[1])))


@lru_cache(maxsize=1)
def _recogniser() -> Recogniser:
    return load_recogniser()
