"""Prose into words: where they stand, where sentences open, which lines shout or are titles.

Names begin with capitals, so only the words near one are told apart: of a longer stretch without any, the first words and the last.
Offsets are characters of the text given. Only Latin-script capitals matter to what reads this.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass, field
from sys import intern

from reader.entities.cues import (
    ABBREVIATIONS,
    BODY_CONNECTORS,
    CONNECTED_HEADS,
    CONNECTORS,
    DAYS,
    DEMONYMS,
    GLUE,
    PARTICLES,
    SENTENCE_OPENERS,
)
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
_REMEMBERED = 20_000
_REMEMBERED_CAPITALS = 10_000
"""Fewer, for names are new in every article: of an archive of a million they would only take memory."""
_SHORT_STRETCH = 24
"""Characters of a stretch without capitals that is kept whole; no more than can join two halves of a name."""
_ELIDED = "⋯"
"""Stands for the midst of a longer one."""
_LONGEST_GLUED = 40
_LOOSE = frozenset(["", *' \n.,;:!?()[]"“”-–—/…$€£#*>'])
_UPPER = "".join(map(chr, (code for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())))
_CAPITAL = re.compile(rf"([{_UPPER}](?:\.(?:[A-Z]\.){{1,20}}|\w{{0,100}}(?:[&'’\u0300-\u036f](?![sSzZ]\b)\w{{1,100}}){{0,8}}))")
_GLUED = re.compile(r"(?:\w{1,100}(?:[&'’]\w{1,100}){0,8}[&'’]?)\Z")

_LINKS = GLUE | CONNECTORS | BODY_CONNECTORS
_NEVER_ALONE = DAYS | DEMONYMS.keys()

PROSE, TITLE_CASE, SHOUTED = 0, 1, 2
"""What a line is: ordinary, a title with most words capitalised, or all capitals."""


@dataclass(slots=True)
class Tokens:
    """A text in words, those far from any capital left out. `\\n` is a word of its own where a line break ends a sentence."""

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
        if first >= last or last > len(self.words):
            return ""
        if last == first + 1:
            return self.words[first]
        written = self.text[self.starts[first] : self.starts[last - 1] + len(self.words[last - 1])]
        return written if written.isprintable() and "  " not in written else " ".join(written.split())


def tokenise(text: str) -> Tokens:
    """The words of `text` in order, those of long stretches without a capital left out but for the first and the last."""
    text = _mark_breaks(text)
    pieces = _CAPITAL.split(text)
    pieces.append("")
    words: list[str] = []
    starts: list[int] = []
    capitals: list[int] = []
    position = 0

    def add(piece: str, start: int) -> None:
        found, offsets = _known(piece) if len(piece) <= _SHORT_STRETCH else _split(piece)
        words.extend(found)
        for offset in offsets:
            starts.append(start + offset)

    for stretch, capital in zip(pieces[::2], pieces[1::2], strict=True):
        if stretch != " ":
            if stretch[-1:] not in _LOOSE and capital:
                glued = _glued(stretch, capital)
                stretch, capital = stretch[: len(stretch) - len(glued)], glued + capital
            if len(stretch) > _SHORT_STRETCH:
                head, tail = stretch.find(" ", 2), stretch.rfind(" ", 0, -2) + 1
                if 0 < head < tail - 1:
                    add(stretch[:head], position)
                    # Of a break in the midst both lines are told that they are longer than they look.
                    midst = (_ELIDED, "\n", _ELIDED) if stretch.find("\n", head, tail) >= 0 else (_ELIDED,)
                    words.extend(midst)
                    starts.extend([position + head] * len(midst))
                    add(stretch[tail:], position + tail)
                else:
                    add(stretch, position)
            else:
                add(stretch, position)
        position += len(stretch)
        if capital:
            capitals.append(len(words))
            words.append(capital)
            starts.append(position)
            position += len(capital)
    lowers = words.copy()
    for index in capitals:
        words[index], lowers[index] = _cased(words[index])
    breaks = _places_of("\n", words)
    tokens = Tokens(text, words, lowers, starts, _sentence_starts(words, lowers), capitals, breaks)
    _mark_zones(tokens)
    return tokens


def _glued(stretch: str, capital: str) -> str:
    """What stands directly before a capital and is part of its word: `i`Phone, `d’`Ivoire, `5`G; `'`S."""
    if stretch[-1] in "'’" and capital in ("S", "Z"):
        return stretch[-1]
    match = _GLUED.search(stretch, max(0, len(stretch) - _LONGEST_GLUED))
    return match[0] if match else ""


def _split(piece: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The words of a piece of text, and where each begins in it."""
    only = piece.strip(" ")
    if only.isalpha() and len(only) < _SHORT_STRETCH:
        return (only,), (piece.index(only),)
    words = tuple(map(intern, _TOKEN.findall(piece)))
    offsets, end = [], 0
    for word in words:
        offsets.append(piece.index(word, end))
        end = offsets[-1] + len(word)
    return words, tuple(offsets)


_known = Memory(_split, _REMEMBERED).__getitem__
"""Most of a text has been met before; and words that are the same objects in every article are found faster in every table."""


def _find_cased(word: str) -> tuple[str, str]:
    return word, word.lower()


_cased = Memory(_find_cased, _REMEMBERED_CAPITALS).__getitem__
"""A word as it was met first, and in lower case."""


def _places_of(mark: str, words: list[str]) -> list[int]:
    """Where a mark stands among the words."""
    found: list[int] = []
    index = -1
    with suppress(ValueError):
        while True:
            index = words.index(mark, index + 1)
            found.append(index)
    return found


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
    opens = [True, *map(_ENDS.__contains__, words)]
    for stop in _places_of(".", words):
        if stop and (len(words[stop - 1]) == 1 or lowers[stop - 1] in ABBREVIATIONS):
            opens[stop + 1] = False
    opens.pop()
    return opens


def _mark_zones(tokens: Tokens) -> None:
    capitals = tokens.capitals
    start = first = 0
    for end in [*tokens.breaks, len(tokens.words)]:
        last = bisect_left(capitals, end, first)
        if last - first > 2 and 2 * (last - first) >= end - start - 4:
            _mark_zone(tokens, start, end)
        start, first = end + 1, last


def _mark_zone(tokens: Tokens, start: int, end: int) -> None:
    """Says what a line is that has many capitals."""
    if _ELIDED in tokens.words[start:end]:
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

    Lines that shout or are titles are left out; so are single words that name nothing: days, peoples, letters, and what
    mostly opens sentences, such as *The* and *However*, where it does.
    """
    return [
        (start, end)
        for start, end in _joined_capitals(tokens)
        if start not in tokens.zones and not (end - start == 1 and _is_never_name(tokens, start))
    ]


def _is_never_name(tokens: Tokens, index: int) -> bool:
    lower = tokens.lowers[index]
    return len(lower) == 1 or lower in _NEVER_ALONE or (tokens.opens[index] and lower in SENTENCE_OPENERS)


def _joined_capitals(tokens: Tokens) -> list[tuple[int, int]]:
    words, lowers, count = tokens.words, tokens.lowers, len(tokens.words)
    found: list[tuple[int, int]] = []
    start = end = -_MAX_GAP - 1
    for index in tokens.capitals:
        if index != end and (index - end > _MAX_GAP or lowers[end] not in _LINKS or not _is_joined(tokens, end, index)):
            if end > 0:
                found.append((start, end))
            start = index
            while start > max(end, 0) and lowers[start - 1] in PARTICLES:
                start -= 1
        end = index + 1
        if end < count and words[end].isdigit():
            end += 1
    if end > 0:
        found.append((start, end))
    return found


def _is_joined(tokens: Tokens, end: int, start: int) -> bool:
    """May the words between two capitalised ones be part of one name?"""
    for index in range(end, start):
        word = tokens.lowers[index]
        if word in GLUE:
            if tokens.end(index - 1) != tokens.starts[index] or tokens.end(index) != tokens.starts[index + 1]:
                return False
        elif word not in CONNECTORS and not (word in BODY_CONNECTORS and tokens.lowers[index - 1] in CONNECTED_HEADS):
            return False
    return not (tokens.lowers[start - 1] == "." and tokens.opens[start])
