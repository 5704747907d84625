"""What is known beforehand: how names are compared, the world's places, and the word lists.

The files in `data/` are read once, on first use, and never written. Nothing here knows of articles.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal

from reader.entities.cues import DEMONYMS
from reader.entities.wordset import WordSet
from reader.model import Kind

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u200b": "", "\u00ad": ""})
_EDGES = " \t\n\"'.,;:!?()[]{}*_#-|/\\"

PlaceRank = Literal["C", "K", "T"]
"""Country, capital or other large town."""


def normalise(name: str) -> str:
    """The key under which two spellings of a name are one.

    Case, width, curly quotes, possessives, a leading article, dots of initials, Markdown marks and spacing don't count.
    """
    key = unicodedata.normalize("NFKC", name).translate(_STRAIGHT).casefold()
    key = re.sub(r"[*_`]", "", re.sub(r"\s+", " ", key)).strip(_EDGES)
    key = re.sub(r"'(?:[sz])?$", "", key)
    key = re.sub(r"^(?:the|an?) +(?=\S)", "", key)
    key = re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$)", "", key)
    return re.sub(r" ?- ?", "-", key).strip(_EDGES)


@dataclass(frozen=True, slots=True)
class Known:
    """A name of the lists: what it is called in English and what it is."""

    name: str
    kind: Kind
    rank: PlaceRank | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists, ready for look-up."""

    words: WordSet
    """Members by prefix: `c:` common word, `f:` first name, `l:` last name, `p:` place; all lower case."""
    known: dict[str, Known]
    """By the name as written; case tells `US` from `us`."""
    keys: dict[str, Known] = field(default_factory=dict)
    """The same by `normalise`d name, for what a person types."""
    spellings: dict[str, frozenset[str]] = field(default_factory=dict)
    """English name → all its other spellings."""


@cache
def lexicon() -> Lexicon:
    """The packaged lists; the first call takes some milliseconds."""
    data = resources.files("reader.entities") / "data"
    found = Lexicon(WordSet((data / "words.bloom").read_bytes()), {})
    for known, variants in _places(gzip.decompress((data / "places.tsv.gz").read_bytes()).decode()):
        found.spellings[known.name] = frozenset(variants)
        for spelling in (known.name, *variants):
            found.known.setdefault(spelling, known)
    return found


def _places(text: str) -> Iterator[tuple[Known, list[str]]]:
    for line in text.splitlines():
        rank, name, _code, variants = line.split("\t")
        yield Known(name, "place", rank), variants.split("|") if variants else []  # type: ignore[arg-type]  # the builder writes C, K, T


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
