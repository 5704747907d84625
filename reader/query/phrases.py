"""What a word or phrase of a query looks for: as tokens, as an FTS5 expression, and as places in a text to mark.

The three agree with `fold.index_text` by construction: all are made of the same tokens. Raw text never reaches FTS5;
tokens hold letters and digits alone, and each phrase stands in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reader.query.fold import (
    ACRONYM_DOT,
    IN_BODY,
    IN_HEADLINE,
    IN_NAMES,
    LONGEST_BEGINNING,
    TOKEN,
    fold,
    is_spaceless,
    joined_forms,
    joined_in,
    pairs,
    tokens,
)

Span = tuple[int, int]

NOWHERE = "\u2400"
"""A token that no text has."""
_COLUMNS = {"title": ("headline",), "body": ("dek", "body")}
"""Of the full-text table, by the field that looks there alone."""
_PLACES = {"title": (IN_HEADLINE,), "body": (IN_BODY,)}
"""The same of the table of beginnings."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Any of some phrases, each a run of neighbouring tokens."""

    phrases: tuple[tuple[str, ...], ...]
    is_prefix: bool
    """Whether the last token of each phrase is only a beginning."""


def sought(text: str, *, is_prefix: bool = False) -> Sought:
    """What `text` looks for; what holds no word is found nowhere.

    A hyphenated word is also sought in its joined form, so that *e-mail* finds *email*. Where `text` ends within a script
    without spaces, its last pair is enough; a single such character is the beginning of a pair.
    """
    phrase = tokens(text) or [NOWHERE]
    if is_spaceless(phrase[-1]):
        is_prefix = len(phrase) < 2 or len(phrase[-2]) != 2 or not is_spaceless(phrase[-2])
        phrase = phrase if is_prefix else phrase[:-1]
    joined = joined_forms(text) if len(text.split()) == 1 else []
    others = [(form,) for form in joined if len(form) == sum(map(len, phrase))]
    return Sought((tuple(phrase), *others), is_prefix)


def match_expr(wanted: Sought, columns: Collection[str] = ()) -> str:
    """The FTS5 expression for `wanted`, in brackets, in any of `columns`, or in all of the table's."""
    star = " *" if wanted.is_prefix else ""
    either = " OR ".join(f'"{" ".join(phrase)}"{star}' for phrase in wanted.phrases)
    return f"({{{' '.join(columns)}}} : ({either}))" if columns else f"({either})"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A question to one of the full-text tables."""

    table: Literal["search", "paths", "beginnings"]
    expression: str
    """In brackets."""


def lookup(wanted: Sought, field: Literal["title", "body", "path"] | None = None) -> Lookup:
    """Where `wanted` is looked up, in the part of an article that a field asks about, or in all of it."""
    if field == "path":
        return Lookup("paths", match_expr(wanted))
    if not wanted.is_prefix or any(len(phrase) > 1 or len(phrase[0]) > LONGEST_BEGINNING for phrase in wanted.phrases):
        return Lookup("search", match_expr(wanted, _COLUMNS[field] if field else ()))
    places = _PLACES[field] if field else (IN_HEADLINE, IN_BODY, IN_NAMES)
    letters = [f'"{place}{phrase[0]}"' for phrase in wanted.phrases for place in places]
    return Lookup("beginnings", f"({' OR '.join(letters)})")


def says(text: str, wanted: Sought) -> bool:
    """Whether `wanted` stands in `text`, as full-text search would find it."""
    plain = tokens(text)
    return any(_has_phrase(plain, phrase, wanted.is_prefix) for phrase in wanted.phrases) or says_joined(text, wanted)


def says_joined(text: str, wanted: Sought) -> bool:
    """Whether `wanted` is a joined form of a word of `text`. Such a form is one token: no longer phrase stands in it."""
    words = [phrase for phrase in wanted.phrases if len(phrase) == 1]
    return bool(words) and any(_has_phrase([form], word, wanted.is_prefix) for form in joined_forms(text) for word in words)


def hits(text: str, wanted: Iterable[Sought]) -> tuple[Span, ...]:
    """Where in `text` any of `wanted` stands: `(start, end)` in order, overlaps made one."""
    laid_out = _LaidOut(text)
    return tuple(_merged(sorted(span for one in wanted for phrase in one.phrases for span in laid_out.spans(phrase, one.is_prefix))))


def _phrase_starts(there: Sequence[str], phrase: Sequence[str], is_prefix: bool) -> Iterator[int]:
    """Where in the tokens `there` the phrase begins."""
    *whole, last = phrase
    for at in range(len(there) - len(whole)):
        final = there[at + len(whole)]
        if (final.startswith(last) if is_prefix else final == last) and list(there[at : at + len(whole)]) == whole:
            yield at


def _has_phrase(there: Sequence[str], phrase: Sequence[str], is_prefix: bool) -> bool:
    return next(_phrase_starts(there, phrase, is_prefix), None) is not None


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class _LaidOut:
    """A text cut at its spaces, with the tokens of each stretch; only stretches that hold a hit are placed exactly."""

    def __init__(self, text: str) -> None:
        self.stretches = [(match.group(), match.start()) for match in re.finditer(r"\S+", text)]
        self.tokens: list[str] = []
        self.homes: list[tuple[int, int]] = []
        """For each token its stretch, and which of the tokens there it is."""
        self.placed: dict[int, list[Span]] = {}
        """By stretch, where its tokens stand."""
        for number, (raw, _) in enumerate(self.stretches):
            found = tokens(raw)
            self.tokens.extend(found)
            self.homes.extend((number, at) for at in range(len(found)))

    def spans(self, phrase: Sequence[str], is_prefix: bool) -> Iterator[Span]:
        for first in _phrase_starts(self.tokens, phrase, is_prefix):
            last = first + len(phrase) - 1
            # A pair that is sought by its first character ends where the next pair begins.
            is_half = is_spaceless(phrase[-1]) and len(phrase[-1]) < len(self.tokens[last])
            start, end = self._place(first)[0], self._place(last + 1)[0] if is_half else self._place(last)[1]
            yield start, max(end, start + 1)
        if len(phrase) == 1:
            yield from self._joined_spans(phrase, is_prefix)

    def _joined_spans(self, phrase: Sequence[str], is_prefix: bool) -> Iterator[Span]:
        for raw, offset in self.stretches:
            if raw.isalnum() or not any(_has_phrase([form], phrase, is_prefix) for form in joined_forms(raw)):
                continue
            placed = _PlacedText.fold(raw, offset)
            for form, start, end in joined_in(placed.text):
                if _has_phrase([form], phrase, is_prefix):
                    yield placed.span(start, end)

    def _place(self, token: int) -> Span:
        number, at = self.homes[token]
        if number not in self.placed:
            self.placed[number] = _token_spans(*self.stretches[number])
        return self.placed[number][at]


def _token_spans(raw: str, offset: int) -> list[Span]:
    """The characters that each token of a stretch without spaces came from."""
    placed = _PlacedText.fold(raw, offset).without_dots()
    spans: list[Span] = []
    for run in TOKEN.finditer(placed.text):
        parts = pairs(run.group()) if is_spaceless(run.group()) else [run.group()]
        spans.extend(placed.span(at, at + len(part)) for at, part in enumerate(parts, run.start()))
    return spans


@dataclass(frozen=True, slots=True)
class _PlacedText:
    """Folded text, with where each character starts and ends in the raw text."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def fold(cls, raw: str, offset: int) -> _PlacedText:
        text = fold(raw)
        clusters = list(raw) if "".join(map(fold, raw)) == text else _clusters(raw)
        starts: list[int] = []
        for cluster in clusters:
            starts.extend([offset] * len(fold(cluster)))
            offset += len(cluster)
        # Marks in an order of their own can still fold otherwise together: then nothing smaller than the whole is sure.
        return cls(text, starts, _ends(starts, offset)) if len(starts) == len(text) else cls._whole(text, offset - len(raw), offset)

    @classmethod
    def _whole(cls, text: str, start: int, end: int) -> _PlacedText:
        return cls(text, [start] * len(text), [end] * len(text))

    def span(self, start: int, end: int) -> Span:
        """The raw characters of `text[start:end]`."""
        return self.starts[start], self.ends[end - 1]

    def without_dots(self) -> _PlacedText:
        """The same without the dots inside acronyms."""
        dots = {match.start() for match in ACRONYM_DOT.finditer(self.text)}
        kept = [at for at in range(len(self.text)) if at not in dots]
        return _PlacedText("".join(self.text[at] for at in kept), [self.starts[at] for at in kept], [self.ends[at] for at in kept])


def _clusters(raw: str) -> list[str]:
    """`raw` cut where its parts fold apart as they do together: a kana stays with its mark, the jamo of a syllable together."""
    clusters: list[str] = []
    for character in raw:
        if clusters and fold(clusters[-1] + character) != fold(clusters[-1]) + fold(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _ends(starts: Sequence[int], end: int) -> list[int]:
    """Each character reaches to where the next other one starts, over the marks that folding dropped between."""
    ends: list[int] = []
    for start, following in zip(reversed(starts), reversed([*starts, end][1:]), strict=True):
        ends.append(ends[-1] if following == start else following)
    return ends[::-1]
