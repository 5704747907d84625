"""The words worth quoting of an article: what people said in it, and the sentences that name somebody."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_TITLES = r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt))(?<!\b(?:Mrs|Gen|Col|Sen|Rep|Gov|Rev))"
_END = re.compile(rf"(?:{_TITLES}\.|[!?…])[\"”“’»)\]]*\s+(?=[\"“„‘«(]?[^\W\d_a-zß-ÿ])|[。！？][」』”]?")
"""Where a sentence ends: not behind a title or an initial, and before something that can begin one, which is no small letter."""
_SPEECH = re.compile(r"“[^“”\n]{20,400}”|„[^„“\n]{20,400}“|«[^«»\n]{20,400}»|\"[^\"\n]{20,400}\"|「[^「」\n]{10,200}」")
_MOST_READ = 40_000
"""Characters of a body; news says what matters before."""
_LONGEST = 600


def speech(words: str, most: int) -> list[str]:
    """The first sentences with somebody's own words in quotation marks."""
    return _first((sentence for sentence in sentences(words) if _SPEECH.search(sentence)), most)


def naming(words: str, names: Collection[str], most: int) -> list[str]:
    """The first sentences that hold one of these names, spelled so."""
    return _first((sentence for sentence in sentences(words) if any(name in sentence for name in names)), most)


def sentences(words: str) -> Iterator[str]:
    """The sentences of plain text; a quotation of several is not cut."""
    for paragraph in words[:_MOST_READ].split("\n"):
        quoted = [found.span() for found in _SPEECH.finditer(paragraph)]
        start = 0
        for end in _END.finditer(paragraph):
            if not any(low < end.start() and end.start() + len(end[0].rstrip()) < high for low, high in quoted):
                yield paragraph[start : end.end()].strip()
                start = end.end()
        if rest := paragraph[start:].strip():
            yield rest


def _first(found: Iterator[str], most: int) -> list[str]:
    """The first of them that are short enough to be quoted."""
    kept: list[str] = []
    for sentence in found:
        if len(sentence) <= _LONGEST and sentence not in kept:
            kept.append(sentence)
            if len(kept) == most:
                break
    return kept
