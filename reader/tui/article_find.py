"""Finding words in an article as it is laid out: across line ends, in any case, with or without accents."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from reader.tui.lines import Line, Overlay

_SAME = str.maketrans("’‘ʼ“”„«»‐‑–—\u00a0", "'''\"\"\"\"\"---- ")
_ISOLATES = "\u2068\u2069"
_WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u3190-\ua4cf\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f]")
"""Scripts written without blanks: a word is found anywhere in them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One occurrence, in one part for each line it stands on."""

    parts: tuple[tuple[int, int, int], ...]
    """(line, start, end): characters of that line's text."""

    @property
    def line(self) -> int:
        return self.parts[0][0]


class Hits:
    """The hits in one laid-out article, and which of them the reader has gone to."""

    def __init__(self, hits: Sequence[Hit] = ()) -> None:
        self._hits = tuple(hits)
        self._current: int | None = None
        self._by_line: dict[int, list[tuple[int, int, int]]] = {}
        for index, hit in enumerate(self._hits):
            for line, start, end in hit.parts:
                self._by_line.setdefault(line, []).append((start, end, index))

    def __len__(self) -> int:
        return len(self._hits)

    @property
    def number(self) -> int:
        """The hit gone to, counted from 1; 0 for none."""
        return 0 if self._current is None else self._current + 1

    @property
    def current(self) -> Hit | None:
        """The hit gone to."""
        return None if self._current is None else self._hits[self._current]

    @property
    def lines(self) -> Set[int]:
        """The lines on which something is marked."""
        return self._by_line.keys()

    def go(self, number: int) -> None:
        """Be at that hit; at none where there are fewer."""
        self._current = number - 1 if 0 < number <= len(self._hits) else None

    def step(self, step: int, top: int) -> Hit | None:
        """The hit so many further on, or back, going round at the ends; without one yet, the nearest from line `top`."""
        if not self._hits:
            return None
        if self._current is None:
            above = sum(hit.line < top for hit in self._hits)
            self._current = (above if step > 0 else above - 1) % len(self._hits)
        else:
            self._current = (self._current + step) % len(self._hits)
        return self._hits[self._current]

    def on_line(self, line: int) -> list[Overlay]:
        """What is marked of a line."""
        return [(start, end, "hit-current" if index == self._current else "hit") for start, end, index in self._by_line.get(line, ())]


class _Folded(dict[int, str]):
    """What each character is taken for: its small letter without accents; nothing for an accent alone."""

    def __missing__(self, code: int) -> str:
        char = unicodedata.normalize("NFKD", chr(code))[:1].casefold()[:1]
        folded = "" if unicodedata.combining(chr(code)) or chr(code) in _ISOLATES else char.translate(_SAME)
        self[code] = folded
        return folded


def phrase_pattern(text: str) -> re.Pattern[str] | None:
    """Finds `text` as it is typed, anywhere, any white space for white space; None when nothing is typed."""
    words = text.translate(_Folded()).split()
    return re.compile(r"\s+".join(map(re.escape, words))) if words else None


def words_pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Finds each of the phrases as whole words, or as the start of one where it ends in `*`; None for none."""
    longest_first = sorted(set(phrases), key=len, reverse=True)
    patterns = [pattern for phrase in longest_first if (pattern := _whole_words(phrase))]
    return re.compile("|".join(patterns)) if patterns else None


def _whole_words(phrase: str) -> str:
    """A pattern for one phrase; empty for one that says nothing."""
    words = phrase.rstrip("* ").translate(_Folded()).split()
    if not words:
        return ""
    before = "" if _WITHOUT_BLANKS.match(words[0]) else r"(?<!\w)"
    after = "" if phrase.endswith("*") or _WITHOUT_BLANKS.match(words[-1][-1]) else r"(?!\w)"
    return before + r"\s+".join(map(re.escape, words)) + after


def find_hits(lines: Sequence[Line], pattern: re.Pattern[str]) -> tuple[Hit, ...]:
    """Every occurrence in `lines`, from the top. Gutters are not searched."""
    table = _Folded()
    return tuple(hit for first, paragraph in _paragraphs(lines) for hit in _paragraph_hits(first, paragraph, pattern, table))


def _paragraphs(lines: Sequence[Line]) -> Iterator[tuple[int, Sequence[Line]]]:
    """Lines that belong together, with the number of their first."""
    first = 0
    for index, line in enumerate(lines):
        if line.joint is None:
            yield first, lines[first : index + 1]
            first = index + 1


def _paragraph_hits(first: int, lines: Sequence[Line], pattern: re.Pattern[str], table: _Folded) -> Iterator[Hit]:
    words = [line.text[line.gutter :] for line in lines]
    text = "".join(part + (line.joint or "") for part, line in zip(words, lines, strict=True))
    folded = text.translate(table)
    found = [match.span() for match in pattern.finditer(folded)]
    if not found:
        return
    origins = _origins(text, folded, table)
    starts = [0]
    for part, line in zip(words, lines, strict=True):
        starts.append(starts[-1] + len(part) + len(line.joint or ""))
    for start, end in found:
        begin, stop = (start, end) if origins is None else (origins[start], origins[end])
        parts: list[tuple[int, int, int]] = []
        for index in range(bisect_right(starts, begin) - 1, len(lines)):
            if starts[index] >= stop:
                break
            shift = lines[index].gutter - starts[index]
            line_end = min(stop, starts[index] + len(words[index]))
            parts.append((first + index, max(begin, starts[index]) + shift, line_end + shift))
        yield Hit(tuple(parts))


def _origins(text: str, folded: str, table: _Folded) -> list[int] | None:
    """Which character of `text` each of `folded` comes from, and its end; None where they agree one by one.

    The accents that follow a letter lie before the next one's origin, so they belong to a hit that ends with it.
    """
    if len(text) == len(folded):
        return None
    origins = [index for index, char in enumerate(text) for _ in table[ord(char)]]
    return [*origins, len(text)]
