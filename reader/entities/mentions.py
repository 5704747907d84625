"""Who, which bodies and which places an article names: `Article` → mentions.

    body ┐
    dek  ├→ mask → tokens → tagger → repair ┬→ joining → mentions
    head ┘                declared names  ──┘

Recognition never raises, whatever the text, and reads nothing but the article and the packaged lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple, Protocol

from reader.entities import scripts
from reader.entities.cues import HALVES
from reader.entities.joining import Name, country_told_by, entities_of, shown_form
from reader.entities.known_names import bracketed, with_echoes
from reader.entities.lexicon import lexicon, normalise
from reader.entities.mask import mask
from reader.entities.other_languages import borne_out
from reader.entities.repair import repaired
from reader.entities.scripts import is_basic, is_english, is_foreign
from reader.entities.tagger import Span, Tagger, tagger
from reader.entities.tokens import Tokens, tokenise
from reader.model import Article, DeclaredName, Kind, Mention

__all__ = ["NewsRecogniser", "Recogniser", "is_basic", "load"]

_GAP = "\n\n"
_LONGEST_TEXT = 400_000
"""Characters of a body that are read; what lies beyond is a book, not an article."""


class Recogniser(Protocol):
    """Whatever finds the names of an article."""

    def find(self, article: Article) -> tuple[Mention, ...]:
        """The article's mentions in order of start; those that stand only outside the body last."""


class Stretch(NamedTuple):
    """A stretch of the joined text that names something, before names are joined."""

    start: int
    end: int
    kind: Kind
    country: str | None = None
    """The country that the words before tell."""
    acronym_of: tuple[int, int] | None = None
    """Where the long form stands, for an acronym in brackets behind it."""


class NewsRecogniser:
    """The recogniser of this package: a trained tagger for Latin script, lists for the others."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger

    def find(self, article: Article) -> tuple[Mention, ...]:
        body = article.body[:_LONGEST_TEXT]
        text = _GAP.join((body, article.description or "", article.headline))
        found = self._found(text, article.declared_names, is_english(article))
        declared_names = _declared(article.declared_names, text, found) if article.declared_names else ()
        names = [*declared_names, *(_named(text, one) for one in found)]
        entities = entities_of(names)
        halves = {each for each in set(entities) if _is_half(*each, text)}
        declared = len(names) - len(found)
        inside = [
            Mention(entity, kind, text[one.start : one.end], one.start, one.end)
            for one, (entity, kind) in zip(found, entities[declared:], strict=True)
            if one.end <= len(body) and (entity, kind) not in halves
        ]
        named = {mention.entity for mention in inside}
        outside: dict[str, Mention] = {}
        for name, (entity, kind) in zip(names, entities, strict=True):
            if entity not in named and (name.order < 0 or (entity, kind) not in halves):
                outside.setdefault(entity, Mention(entity, kind, name.text, None, None))
        return (*inside, *outside.values())

    def _found(self, text: str, declared: tuple[DeclaredName, ...], english: bool) -> list[Stretch]:
        """Every name of the joined text in order, none overlapping."""
        masked = mask(text)
        if not scripts.has_foreign(masked):
            return list(self._stretches(masked, declared, english))
        listed = _plain(scripts.find(masked))
        if is_foreign(masked):
            return _merged(listed, _plain(scripts.find_latin(masked)))
        return _merged(self._stretches(masked, declared, english), listed)

    def _stretches(self, masked: str, declared: tuple[DeclaredName, ...], english: bool) -> Iterable[Stretch]:
        """The names of prose in Latin script."""
        tokens = tokenise(masked)
        spans = repaired(tokens, self._tagger.tag(tokens))
        if not english:
            spans = borne_out(tokens, spans)
        believed = [(name.name, name.kind) for name in declared if name.kind is not None]
        return _located(tokens, with_echoes(tokens, spans, believed))


def _is_half(entity: str, kind: Kind, text: str) -> bool:
    """Is it a common noun, for want of the whole name: `the Select Committee`; `the House`, where a parliament calls itself so?"""
    return kind != "person" and (entity.lower() in HALVES or (entity == "House" and "Parliament" in text))


def _located(tokens: Tokens, spans: list[Span]) -> Iterator[Stretch]:
    """Spans of words as stretches of text, with what the words round them say."""
    acronyms = bracketed(tokens, spans)
    if acronyms:
        others = (span for span in spans if span[0] not in acronyms)
        spans = sorted([*others, *((index, index + 1, long[2]) for index, long in acronyms.items())])
    ends = {span[1]: span for span in spans}
    for first, last, kind in spans:
        long = acronyms.get(first)
        acronym_of = (tokens.starts[long[0]], tokens.end(long[1] - 1)) if long else None
        country = country_told_by(_before(tokens, first, ends)) if kind == "org" else None
        yield Stretch(tokens.starts[first], tokens.end(last - 1), kind, country, acronym_of)


def _before(tokens: Tokens, first: int, ends: dict[int, Span]) -> str:
    """The name whose possessive stands before a word, or the word itself that does."""
    if first > 1 and tokens.lowers[first - 1] in ("'s", "’s") and first - 1 in ends:
        return tokens.name(*ends[first - 1][:2])
    return tokens.words[first - 1] if first else ""


def _merged(*lists: Iterable[Stretch]) -> list[Stretch]:
    """All in order of start; of two that overlap, the first and then the longer."""
    merged: list[Stretch] = []
    for one in sorted(chain.from_iterable(lists), key=lambda one: (one.start, -one.end)):
        if not merged or one.start >= merged[-1].end:
            merged.append(one)
    return merged


def _named(text: str, found: Stretch) -> Name:
    long_form = shown_form(text[found.acronym_of[0] : found.acronym_of[1]]) if found.acronym_of else None
    return Name(shown_form(text[found.start : found.end]), found.kind, found.start, found.country, long_form)


def _plain(spans: Iterable[tuple[int, int, Kind]]) -> Iterator[Stretch]:
    return (Stretch(start, end, kind) for start, end, kind in spans)


def _declared(declared: Sequence[DeclaredName], text: str, found: list[Stretch]) -> Iterator[Name]:
    """What the front matter names, of the kind it says, or that the text or the lists tell; plain words are no names."""
    kinds = {normalise(text[one.start : one.end]): one.kind for one in found}
    for one in declared:
        key, known = normalise(one.name), lexicon().known.get(one.name)
        kind = one.kind or kinds.get(key) or (known.kind if known else None)
        if key and (kind or not one.name.islower()):
            yield Name(shown_form(one.name), kind or "other", -1)


@cache
def load() -> NewsRecogniser:
    """The packaged recogniser; the first call reads its data, later ones are free."""
    lexicon()
    return NewsRecogniser(tagger())
