"""What is done to one article at a time, in whichever process: reading it, and finding what it names."""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from reader.entities import spacy_model
from reader.entities.lexicon import normalise
from reader.entities.mentions import Recogniser
from reader.entities.mentions import load as load_recogniser
from reader.index.deadline import Deadline, TooSlow
from reader.index.reading import Reading, load, read, read_beginning
from reader.intake.folder import Stamp
from reader.model import Article, ArticleId, Entity, Mention, Problem

File = tuple[str, str, Stamp]
"""An archive, a path in it, and the stamp the file had when it was found."""
Pending = tuple[ArticleId, str, str]
"""An article whose names are not known yet: its id, archive and path."""

_OPENING_SECONDS = 4.0
"""How long looking for the names of an article that is opened may take; indexing gives it no more."""
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.-]{1,9}")


class Named(NamedTuple):
    """What one article names."""

    article: ArticleId
    entities: tuple[Entity, ...] = ()
    """Most mentioned first."""
    shorts: tuple[tuple[Entity, str], ...] = ()
    """Entities with what else the article calls them: what they are found by, too, and by what they are joined across articles."""


def read_file(file: File) -> Reading:
    """One file read and parsed."""
    archive, path, stamp = file
    return read(archive, path, stamp)


def read_beginning_of_file(file: File) -> Reading:
    """The beginning of one file that takes too long, read and parsed."""
    archive, path, stamp = file
    return read_beginning(archive, path, stamp)


def require_recogniser() -> None:
    """Raises UsageError where the recogniser that is asked for can't be had; better than that every article is without names."""
    if spacy_model.wanted():
        _recogniser()


def name_article(pending: Pending) -> Named:
    """The entities of one article, most mentioned first."""
    article_id, archive, path = pending
    found = load(archive, path)
    if isinstance(found, Problem) or isinstance(found[1], Problem):
        return Named(article_id)
    mentions = mentions_of(found[1])
    return Named(article_id, entities_of(mentions), shorts_of(mentions))


def mentions_of(article: Article) -> tuple[Mention, ...]:
    """Every mention in the article, by the recogniser of this process."""
    return _recogniser().find(article)


def mentions_in_time(article: Article) -> tuple[Mention, ...]:
    """`mentions_of`, or none where that takes too long, for one who waits."""
    with Deadline(_OPENING_SECONDS) as deadline:
        try:
            return deadline.run(lambda: mentions_of(article))
        except TooSlow:
            return ()


def entities_of(mentions: Iterable[Mention]) -> tuple[Entity, ...]:
    """The entities that are mentioned, most mentioned first."""
    counted = Counter((mention.entity, mention.kind) for mention in mentions)
    return tuple(Entity(name, kind) for (name, kind), _ in counted.most_common())


def shorts_of(mentions: Iterable[Mention]) -> tuple[tuple[Entity, str], ...]:
    """What else the article calls those that it names, each once; a person's surname alone says nothing."""
    called = {
        (Entity(mention.entity, mention.kind), " ".join(mention.text.split()))
        for mention in mentions
        if mention.text != mention.entity and (mention.kind == "org" or _ACRONYM.fullmatch(mention.text) or _is_name_of_two(mention))
    }
    found = ((entity, short) for entity, short in called if normalise(short) not in ("", normalise(entity.name)))
    return tuple(sorted(found, key=lambda each: (each[0].name, each[1])))


def _is_name_of_two(mention: Mention) -> bool:
    return mention.kind == "person" and " " in mention.text


@lru_cache(maxsize=1)
def _recogniser() -> Recogniser:
    model = spacy_model.wanted()
    recogniser = spacy_model.load(model) if model else load_recogniser()
    # What it knows stays to the end: looking through it for garbage would take longer than what is looked for.
    gc.freeze()
    return recogniser
