"""What a word or phrase of a query looks for: as tokens, as an FTS5 expression, and as places in a text to mark.

The three agree with `fold.index_text` by construction: all are made of the same tokens. Raw text never reaches FTS5;
tokens hold letters and digits alone, and each phrase stands in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reader.query.fold import ACRONYM_DOT, TOKEN, fold, is_spaceless, joined_forms, joined_in, pairs, tokens

NOWHERE = "\u2400"
"""A token that no text has."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Any of some phrases, each a run of neighbouring tokens."""

    phrases: tuple[tuple[str, ...], ...]
    is_prefix: bool
    """Whether the last token of each phrase is only a beginning."""


@dataclass(frozen=True, slots=True)
class PlacedToken:
    """A token and the characters of the raw text that it came from."""

    token: str
    start: int
    end: int


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


def says(text: str, wanted: Sought) -> bool:
    """Whether `wanted` stands in `text`, as full-text search would find it."""
    plain = tokens(text)
    joined = [[form] for form in joined_forms(text)]
    return any(_has_phrase(part, phrase, wanted.is_prefix) for phrase in wanted.phrases for part in (plain, *joined))


def hits(text: str, wanted: Iterable[Sought]) -> tuple[tuple[int, int], ...]:
    """Where in `text` any of `wanted` stands: `(start, end)` in order, overlaps made one."""
    plain, joined = _placed_tokens(text)
    parts = (plain, *([form] for form in joined))
    return tuple(_merged(sorted(span for one in wanted for part in parts for span in _spans(part, one))))


def _phrase_starts(there: Sequence[str], phrase: Sequence[str], is_prefix: bool) -> Iterator[int]:
    """Where in the tokens `there` the phrase begins."""
    *whole, last = phrase
    for at in range(len(there) - len(whole)):
        final = there[at + len(whole)]
        if (final.startswith(last) if is_prefix else final == last) and list(there[at : at + len(whole)]) == whole:
            yield at


def _has_phrase(there: Sequence[str], phrase: Sequence[str], is_prefix: bool) -> bool:
    return next(_phrase_starts(there, phrase, is_prefix), None) is not None


def _spans(placed: Sequence[PlacedToken], wanted: Sought) -> Iterator[tuple[int, int]]:
    there = [one.token for one in placed]
    for phrase in wanted.phrases:
        for at in _phrase_starts(there, phrase, wanted.is_prefix):
            yield placed[at].start, _end(placed[at + len(phrase) - 1 :], phrase[-1])


def _end(placed: Sequence[PlacedToken], last: str) -> int:
    """Where a phrase that ends with `last` in the first of `placed` ends: of a pair sought by its first character, there."""
    is_half = is_spaceless(last) and len(last) < len(placed[0].token)
    return placed[1].start if is_half else placed[0].end


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _placed_tokens(text: str) -> tuple[list[PlacedToken], list[PlacedToken]]:
    """The tokens of `text`, and its joined forms."""
    plain: list[PlacedToken] = []
    joined: list[PlacedToken] = []
    for chunk in re.finditer(r"\S+", text):
        folded = _PlacedText.fold(chunk.group(), chunk.start())
        joined.extend(folded.token(form, start, end) for form, start, end in joined_in(folded.text))
        folded = folded.without_dots()
        for run in TOKEN.finditer(folded.text):
            parts = pairs(run.group()) if is_spaceless(run.group()) else [run.group()]
            plain.extend(folded.token(part, at, at + len(part)) for at, part in enumerate(parts, run.start()))
    return plain, joined


@dataclass(frozen=True, slots=True)
class _PlacedText:
    """Folded text, with where each character starts and ends in the raw text."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def fold(cls, raw: str, offset: int) -> _PlacedText:
        text = fold(raw)
        if raw.isascii():
            return cls(text, range(offset, offset + len(raw)), range(offset + 1, offset + len(raw) + 1))
        letters = [(letter, at) for at, character in enumerate(raw, offset) for letter in fold(character)]
        if "".join(letter for letter, _ in letters) != text:
            # Characters that compose with their neighbours have no places of their own.
            return cls(text, [offset] * len(text), [offset + len(raw)] * len(text))
        starts = [at for _, at in letters]
        return cls(text, starts, _ends(starts, offset + len(raw)))

    def token(self, token: str, start: int, end: int) -> PlacedToken:
        return PlacedToken(token, self.starts[start], self.ends[end - 1])

    def without_dots(self) -> _PlacedText:
        dots = {match.start() for match in ACRONYM_DOT.finditer(self.text)}
        kept = [at for at in range(len(self.text)) if at not in dots]
        text = "".join(self.text[at] for at in kept)
        return _PlacedText(text, [self.starts[at] for at in kept], [self.ends[at] for at in kept]) if dots else self


def _ends(starts: Sequence[int], end: int) -> list[int]:
    """Each character reaches to where the next other one starts, over the marks that folding dropped between."""
    ends: list[int] = []
    for start, following in zip(reversed(starts), reversed([*starts, end][1:]), strict=True):
        ends.append(ends[-1] if following == start else following)
    return ends[::-1]
