"""What is done to one article at a time, in whichever process: reading it, and finding what it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from reader.entities.mentions import Recogniser
from reader.entities.mentions import load as load_recogniser
from reader.index.reading import Reading, load, read, read_beginning
from reader.intake.folder import Stamp
from reader.model import Article, ArticleId, Entity, Mention, Problem

File = tuple[str, str, Stamp]
"""An archive, a path in it, and the stamp the file had when it was found."""
Pending = tuple[ArticleId, str, str]
"""An article whose names are not known yet: its id, archive and path."""
Named = tuple[ArticleId, tuple[Entity, ...]]


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
        return article_id, ()
    return article_id, entities_of(mentions_of(found[1]))


def mentions_of(article: Article) -> tuple[Mention, ...]:
    """Every mention in the article, by the recogniser of this process."""
    return _recogniser().find(article)


def entities_of(mentions: Iterable[Mention]) -> tuple[Entity, ...]:
    """The entities that are mentioned, most mentioned first."""
    counted = Counter(Entity(mention.entity, mention.kind) for mention in mentions)
    return tuple(entity for entity, _ in counted.most_common())


@lru_cache(maxsize=1)
def _recogniser() -> Recogniser:
    return load_recogniser()
