"""Names in other languages of Latin script: the tagger learned English, so of what it finds there only what lists bear out is kept.

In German every noun has a capital, and everywhere the words that open a sentence are unknown to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reader.entities import cues
from reader.entities.features import classes
from reader.entities.lexicon import lexicon
from reader.entities.tagger import Span
from reader.entities.tokens import Tokens

_OF_THE = frozenset(["das", "der", "des", "dos"])
"""Small words of names, but not as the first of them: `Anzahl der Apps` is nobody."""


def borne_out(tokens: Tokens, spans: list[Span]) -> list[Span]:
    """Those of the spans, or of their parts between small words, that a list, a first name or the word of a body bears out."""
    kept: list[Span] = []
    for span in spans:
        whole = _borne_out(tokens, span)
        kept += [whole] if whole else filter(None, (_borne_out(tokens, part) for part in _parts(tokens, span)))
    surnames = {tokens.words[last - 1] for first, last, kind in kept if kind == "person"}
    taken = {first for first, _, _ in kept}
    again = [(first, last, kind) for first, last, kind in spans if first not in taken and tokens.name(first, last) in surnames]
    return sorted([*kept, *((first, last, "person") for first, last, _ in again)])


def _parts(tokens: Tokens, span: Span) -> Iterator[Span]:
    """The runs of words with a capital."""
    first, last, kind = span
    for is_small, places in groupby(range(first, last), lambda index: tokens.words[index] == tokens.lowers[index]):
        if not is_small:
            run = list(places)
            yield run[0], run[-1] + 1, "person" if kind == "person" or "f" in classes(tokens.words[run[0]]) else kind


def _borne_out(tokens: Tokens, span: Span) -> Span | None:
    first, last, kind = span
    if tokens.words[first] == tokens.lowers[first]:
        return None
    name = tokens.name(first, last)
    known = lexicon().known.get(name)
    if known is not None:
        return first, last, known.kind
    faces = classes(tokens.words[first])
    if last - first == 1:
        return None
    small = {lower for word, lower in zip(tokens.words[first:last], tokens.lowers[first:last], strict=True) if word == lower}
    is_whole = small <= cues.PARTICLES and tokens.lowers[first + 1] not in _OF_THE
    if kind == "person" and is_whole and "f" in faces and not tokens.opens[first]:
        return span
    return span if kind == "org" and (tokens.lowers[last - 1] in cues.ORG_HEADS or "&" in tokens.words[first:last]) else None
