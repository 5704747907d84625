"""What is known beforehand: how names are compared, the world's places, and the word lists.

The files in `data/` are read once, on first use, and never written. Nothing here knows of articles.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from reader.entities.cues import DEMONYMS
from reader.entities.word_lists import WordLists
from reader.model import Kind

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u200b": "", "\u00ad": ""})
_MARKS = re.compile(r"[*_`\\]")
_POSSESSIVE = re.compile(r" ?'(?:[sz])?$")
_ARTICLE = re.compile(r"^(?:the|an?) +(?=\S)")
_INITIAL_DOT = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$)")
_FIRST_WORD = re.compile(r"[^ .-]*")
_PLAIN_WORDS = re.compile("[a-z0-9]+(?: [a-z0-9]+)+").fullmatch
_HYPHEN = re.compile(r" ?- ?")
_EDGES = " \t\n\"'.,;:!?()[]{}*_#-|/\\"

PlaceRank = Literal["C", "K", "T"]
"""Country, capital or other large town."""


@lru_cache(maxsize=16_000)
def normalise(name: str) -> str:
    """The key under which two spellings of a name are one.

    Case, width, curly quotes, possessives, a leading article, dots of initials, Markdown marks and spacing don't count.
    """
    key = unicodedata.normalize("NFKC", name).translate(_STRAIGHT).casefold().strip(_EDGES)
    if key.isalnum():
        return key
    if _PLAIN_WORDS(key):
        return _ARTICLE.sub("", key)
    key = " ".join(_MARKS.sub("", key).split())
    key = _ARTICLE.sub("", _POSSESSIVE.sub("", key))
    return _HYPHEN.sub("-", _INITIAL_DOT.sub("", key)).strip(_EDGES)


@dataclass(frozen=True, slots=True)
class Known:
    """A name of the lists: what it is called in English and what it is."""

    name: str
    kind: Kind
    rank: PlaceRank | None = None
    also: str | None = None
    """Of a place: which of the lists of `words` hold its name too, by prefix; None where that was not looked up."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists, ready for look-up."""

    words: WordLists
    """Common words, first names, last names and places, in small letters."""
    known: dict[str, Known]
    """By the name as written; case tells `US` from `us`."""
    first_words: set[str] = field(default_factory=set)
    """What the listed names of several words begin with."""
    sure_openers: set[str] = field(default_factory=set)
    """The same of countries and of the names listed by hand."""
    spellings: dict[str, frozenset[str]] = field(default_factory=dict)
    """English name → all its other spellings."""


@cache
def lexicon() -> Lexicon:
    """The packaged lists; the first call takes some milliseconds."""
    data = resources.files("reader.entities") / "data"
    found = Lexicon(WordLists((data / "words.bin").read_bytes()), {})
    for known, variants in _places(gzip.decompress((data / "places.tsv.gz").read_bytes()).decode()):
        _add(found, known, variants)
    for known, variants in _hand_written((data / "known.tsv").read_text("utf-8")):
        _add(found, known, variants)
    return found


def _add(found: Lexicon, known: Known, variants: list[str]) -> None:
    listed = found.known
    earlier = found.spellings.get(known.name)
    found.spellings[known.name] = earlier.union(variants) if earlier else frozenset(variants)
    for spelling in (known.name, *variants):
        if spelling not in listed:
            listed[spelling] = known
        if " " in spelling or "-" in spelling:
            first_word = _FIRST_WORD.match(spelling)[0]  # type: ignore[index]  # the pattern may be empty, so that it always matches
            found.first_words.add(first_word)
            if known.rank in ("C", None):
                found.sure_openers.add(first_word)


def _hand_written(text: str) -> Iterator[tuple[Known, list[str]]]:
    for line in text.splitlines():
        if not line.startswith("#"):
            kind, name, *variants = line.split("\t")
            yield Known(name, kind), variants[0].split("|") if variants else []  # type: ignore[arg-type]  # a test reads every line


def _places(text: str) -> Iterator[tuple[Known, list[str]]]:
    for line in text.splitlines():
        ranks, name, _code, variants = line.split("\t")
        yield Known(name, "place", ranks[0], ranks[1:]), variants.split("|") if variants else []  # type: ignore[arg-type]  # the builder writes C, K, T


@cache
def _by_key() -> dict[str, Known]:
    by_key: dict[str, Known] = {}
    for spelling, known in lexicon().known.items():
        by_key.setdefault(normalise(spelling), known)
    return by_key


def country_of(demonym: str) -> str | None:
    """`Chinese` → `China`, `Thais` → `Thailand`; None for what is no demonym."""
    word = demonym.lower()
    return DEMONYMS.get(word) or (DEMONYMS.get(word[:-1]) if word.endswith("s") else None)


def synonyms(text: str) -> frozenset[str]:
    """Every other name known for what `text` names: spellings, acronyms, scripts; for a demonym, its country's.

    Empty for a name that the lists don't hold.
    """
    key = normalise(text)
    known = _by_key().get(key) or _by_key().get(normalise(country_of(key) or ""))
    if known is None:
        return frozenset()
    return frozenset({known.name, *lexicon().spellings[known.name]} - {text})
