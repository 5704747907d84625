"""Prose into words: where they stand, where sentences open, which lines shout or are titles.

Offsets are characters of the text given. Only Latin-script capitals matter to what reads this.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import accumulate, chain, compress, count
from operator import is_not, itemgetter

from reader.entities.cues import ABBREVIATIONS, BODY_CONNECTORS, CONNECTORS, GLUE, ORG_HEADS, PARTICLES, SENTENCE_OPENERS
from reader.entities.memory import Memory

_TOKEN = re.compile(
    r"[A-Z]\.(?:[A-Z]\.){1,20}"  # U.S., D.C.
    r"|\w{1,100}(?:[&'’\u0300-\u036f](?![sSzZ]\b)\w{1,100}){0,8}"  # words; O'Brien and AT&T whole
    r"|['’][sSzZ]\b"
    r"|\n|\S"
)
_ENDS = frozenset('.!?:;\n•|#>“"«…')
_LINE_MARKS = ("#", ">", "-", "•", "|", "+")
_SHORT_LINE = 45
_MAX_GAP = 3
_REMEMBERED, _LONGEST_KNOWN = 30_000, 60

PROSE, TITLE_CASE, SHOUTED = 0, 1, 2
"""What a line is: ordinary, a title with most words capitalised, or all capitals."""


@dataclass(slots=True)
class Tokens:
    """A text in words. `\\n` is a word of its own where a line break ends a sentence."""

    text: str
    words: list[str]
    lowers: list[str]
    starts: list[int]
    opens: list[bool]
    """Does a sentence open with this word?"""
    capitals: list[int]
    """The indexes of the words with a capital, ascending."""
    breaks: list[int]
    """The indexes of the line breaks, ascending."""
    zones: dict[int, int] = field(default_factory=dict)
    """Word index → TITLE_CASE or SHOUTED, for the words of such lines; others are prose."""

    def end(self, index: int) -> int:
        return self.starts[index] + len(self.words[index])

    def name(self, first: int, last: int) -> str:
        """Words `[first, last)` as one name: single spaces, hyphens as written. Empty where there are no such words."""
        if last > len(self.words):
            return ""
        if last == first + 1:
            return self.words[first]
        return one_line(self.text[self.starts[first] : self.starts[last - 1] + len(self.words[last - 1])])


def one_line(written: str) -> str:
    """A name as written, with single spaces."""
    return written if written.isprintable() and "  " not in written else " ".join(written.split())


def tokenise(text: str) -> Tokens:
    """The words of `text` in order."""
    text = _mark_breaks(text)
    known = [_known(chunk) if len(chunk) <= _LONGEST_KNOWN else _chunk(chunk) for chunk in text.split(" ")]
    words = list(chain.from_iterable(map(_WORDS, known)))
    lowers = list(chain.from_iterable(map(_LOWERS, known)))
    chunk_starts = accumulate(map(_WIDTH, known), initial=0)
    starts = [start + offset for start, offsets in zip(chunk_starts, map(_OFFSETS, known), strict=False) for offset in offsets]
    capitals = list(compress(count(), map(is_not, words, lowers)))
    tokens = Tokens(text, words, lowers, starts, _sentence_starts(words, lowers), capitals, list(_places_of("\n", words)))
    _mark_zones(tokens)
    return tokens


_Chunk = tuple[list[str], list[str], list[int], int]
"""What stands between two spaces: its words, the same in lower case, where in it each begins, and its length with the space behind.

A word and its lower case are one object where they are equal.
"""
_WORDS, _LOWERS, _OFFSETS, _WIDTH = map(itemgetter, range(4))


def _chunk(text: str) -> _Chunk:
    if text.isalpha() and len(text) <= _LONGEST_KNOWN:
        lower = text.lower()
        return [text], [text if text == lower else lower], [0], len(text) + 1
    words = _TOKEN.findall(text)
    lowers = [word if word == (lower := word.lower()) else lower for word in words]
    offsets, end = [], 0
    for word in words:
        offsets.append(text.index(word, end))
        end = offsets[-1] + len(word)
    return words, lowers, offsets, len(text) + 1


_known = Memory(_chunk, _REMEMBERED).__getitem__
"""Most of a text has been met before; and words that are the same objects in every article are found faster in every table."""


def _places_of(mark: str, words: list[str]) -> Iterator[int]:
    """Where a mark stands among the words."""
    index = -1
    with suppress(ValueError):
        while True:
            yield (index := words.index(mark, index + 1))


def _mark_breaks(text: str) -> str:
    """`\\n` stays only where it ends a sentence: before a blank line, after a short line, round a list or table row."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    pieces = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        stripped = line.strip()
        after = after.strip()
        is_break = len(stripped) < _SHORT_LINE or not after or stripped.startswith(_LINE_MARKS) or after.startswith(_LINE_MARKS)
        pieces.append(line + ("\n" if is_break else " "))
    return "".join(pieces)[:-1]


def _sentence_starts(words: list[str], lowers: list[str]) -> list[bool]:
    opens = [True, *map(_ENDS.__contains__, words)][: len(words)]
    for stop in _places_of(".", words[:-1]):
        if stop and (len(words[stop - 1]) == 1 or lowers[stop - 1] in ABBREVIATIONS):
            opens[stop + 1] = False
    return opens


def _mark_zones(tokens: Tokens) -> None:
    start = 0
    for index in [*tokens.breaks, len(tokens.words)]:
        _mark_zone(tokens, start, index)
        start = index + 1


def _mark_zone(tokens: Tokens, start: int, end: int) -> None:
    capitals = tokens.capitals[bisect_left(tokens.capitals, start) : bisect_left(tokens.capitals, end)]
    if len(capitals) < 3 or 2 * len(capitals) < end - start - 4:
        return
    words = [word for word in tokens.words[start:end] if word[0].isalpha() and len(word) > 1]
    shouted = sum(word.isupper() for word in words)
    if shouted >= 0.8 * len(words):
        zone = SHOUTED
    elif end - start <= 25 and tokens.words[end - 1] not in (".", "”", '"') and _is_title_case(words):
        zone = TITLE_CASE
    else:
        return
    tokens.zones.update(dict.fromkeys(range(start, end), zone))


def _is_title_case(words: list[str]) -> bool:
    long_words = [word for word in words if len(word) > 3]
    return len(words) >= 5 and len(long_words) >= 3 and all(not word.islower() for word in long_words)


def segments(tokens: Tokens) -> list[tuple[int, int]]:
    """The stretches `[start, end)` that may hold names: capitalised words and what can join them.

    Lines that shout or are titles are left out, and single words that open sentences, such as *The* and *However*.
    """
    return [
        (start, end)
        for start, end in _joined_capitals(tokens)
        if start not in tokens.zones and not (end - start == 1 and tokens.opens[start] and tokens.lowers[start] in SENTENCE_OPENERS)
    ]


def _joined_capitals(tokens: Tokens) -> list[tuple[int, int]]:
    words, lowers = tokens.words, tokens.lowers
    found: list[tuple[int, int]] = []
    start = end = -1
    for index in tokens.capitals:
        if end < 0 or index - end > _MAX_GAP or not _is_joined(tokens, end, index):
            if end >= 0:
                found.append((start, end))
            start = index
            while start > max(end, 0) and lowers[start - 1] in PARTICLES:
                start -= 1
        end = index + 1
        if end < len(words) and words[end].isdigit():
            end += 1
    if end >= 0:
        found.append((start, end))
    return found


def _is_joined(tokens: Tokens, end: int, start: int) -> bool:
    """May the words between two capitalised ones be part of one name?"""
    for index in range(end, start):
        word = tokens.lowers[index]
        if word in GLUE:
            if tokens.end(index - 1) != tokens.starts[index] or tokens.end(index) != tokens.starts[index + 1]:
                return False
        elif word not in CONNECTORS and not (word in BODY_CONNECTORS and tokens.lowers[index - 1] in ORG_HEADS):
            return False
    return not (tokens.lowers[start - 1] == "." and tokens.opens[start])
