"""Bring together what the tagger cut: firms joined by `&`, bodies and what they are of, for or from, names that go on."""

from __future__ import annotations

from collections.abc import Collection

from reader.entities import cues
from reader.entities.features import classes
from reader.entities.tagger import Span
from reader.entities.tokens import Tokens

_GOES_ON = frozenset(["as", "a", "an", "the"])
"""Between the two parts of `Committee to Make Xan` as a `Centre of Y`."""
_NAMED_AFTER = frozenset("flp")
"""Lists of what a court is not called after: first and last names, places."""


def with_firms(tokens: Tokens, spans: list[Span]) -> list[Span]:
    """`spans` with what `&` joins in one piece: `Allen & Overy` is a firm, unless both are places or people's full names."""
    if "&" not in tokens.text:
        return spans
    found: list[Span] = []
    for first, last, kind in spans:
        if found and found[-1][1] == first - 1 and tokens.words[first - 1] == "&" and is_firm(found[-1], (first, last, kind)):
            found[-1] = (found[-1][0], last, "org")
            continue
        if kind != "place" and first > 1 and tokens.words[first - 1] == "&" and tokens.words[first - 2].istitle():
            first, kind = max(first - 2, found[-1][1] if found else 0), "org"
        if kind != "place" and tokens.words[last : last + 1] == ["&"] and tokens.name(last + 1, last + 2).istitle():
            last, kind = last + 2, "org"
        if not found or first >= found[-1][1]:
            found.append((first, last, kind))
    return found


def is_firm(left: Span, right: Span) -> bool:
    """Is it one name that `&` joins, and not two?"""
    both_places = left[2] == right[2] == "place"
    both_full_names = left[2] == right[2] == "person" and left[1] - left[0] > 1 and right[1] - right[0] > 1
    return not (both_places or both_full_names)


def grown(tokens: Tokens, span: Span, ends: Collection[int]) -> Span:
    """What stands round a name and belongs to it: `Bank of` America, Washington`, D.C.`, `Tan` Boon Khai, `Protection from` Harm Court.

    `ends` says behind which words other names end.
    """
    first, last, kind = span
    if kind == "person":
        return (first - 1, last, kind) if first and tokens.words[first - 1] == "Tan" else span
    if kind == "org":
        return (first - 2, last, kind) if first - 1 not in ends and _is_called_from(tokens, first, last) else span
    if tokens.words[last + 1 : last + 2] in (["D.C."], ["DC"]) and tokens.words[last] == ",":
        return first, last + 2, kind
    opener = first - 2 if tokens.lowers[first - 1] != "the" else first - 3
    if opener >= 0 and tokens.lowers[opener + 1] == "of" and tokens.words[opener].istitle() and tokens.lowers[opener] in cues.ORG_OPENERS:
        return opener, last, "org"
    return span


def _is_called_from(tokens: Tokens, first: int, last: int) -> bool:
    """Does the name of a body begin two words before, as in `Protection from` Harassment Court?"""
    if first < 2 or tokens.lowers[first - 1] not in ("from", "against") or tokens.lowers[last - 1] not in cues.ORG_HEADS:
        return False
    opener = tokens.words[first - 2]
    return opener.istitle() and not tokens.opens[first - 2] and _NAMED_AFTER.isdisjoint(classes(opener))


def rejoined(tokens: Tokens, spans: list[Span]) -> list[Span]:
    """Spans in order, with a committee's purpose in one piece: `Committee to Make Xan as a Centre of Y`; none overlapping."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if kept and span[0] < kept[-1][1]:
            continue
        if kept and _goes_on(tokens, kept[-1], span):
            kept[-1] = (kept[-1][0], span[1], "org")
        else:
            kept.append(span)
    return kept


def _goes_on(tokens: Tokens, span: Span, after: Span) -> bool:
    first, last, _ = span
    if tokens.lowers[last] != "as" or tokens.lowers[first] not in cues.CONNECTED_HEADS or tokens.lowers[first + 1] != "to":
        return False
    return _GOES_ON.issuperset(tokens.lowers[last : after[0]])
