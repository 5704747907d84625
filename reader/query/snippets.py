"""The sentence of an article that says most of what a filter looks for, cut to a width, its hits marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.model import Article
from reader.query.phrases import Sought, Span, hits

LOOKED_THROUGH = 100_000
"""Characters of a body: a snippet from further down tells little of the article."""
_SENTENCE = re.compile(r".+?(?:[.!?…][\"'”’»)]*(?=\s|$)|[。！？။។]|$)", re.DOTALL)
_ADDRESS = re.compile(r"\W*https?://\S+")
_LED_BY = 0.3
"""Of the width, what stands before the first hit at most."""
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """One line of an article."""

    text: str
    hits: tuple[Span, ...]
    """Where in `text` what is sought stands: `(start, end)` in order."""


def snippet(article: Article, wanted: Sequence[Sought], width: int) -> Snippet | None:
    """The sentence with the most of `wanted`, the first of equals, in at most `width` characters.

    None where nothing of it stands below the headline.
    """
    best: tuple[int, str] = (0, "")
    for sentence in _sentences(article):
        said = sum(bool(hits(sentence, [each])) for each in wanted)
        if said > best[0]:
            best = (said, sentence)
        if said == len(wanted):
            break
    return _cut(best[1], wanted, width) if best[0] else None


def _sentences(article: Article) -> Iterator[str]:
    for paragraph in ((article.description or ""), *article.body[:LOOKED_THROUGH].split("\n\n")):
        for sentence in _SENTENCE.finditer(paragraph):
            line = " ".join(sentence.group().split())
            if line and not _ADDRESS.fullmatch(line):
                yield line


def _cut(line: str, wanted: Sequence[Sought], width: int) -> Snippet:
    """The line from a little before its first hit on, in whole words where it has any."""
    found = hits(line, wanted)
    start = _start(line, found[0][0], width)
    text = (_CUT if start else "") + line[start:]
    if len(text) > width:
        end = text.rfind(" ", width // 2, width)
        text = text[: end if end > 0 else width - 1].rstrip() + _CUT
    shift = start - bool(start)
    last = len(text) - text.endswith(_CUT)
    return Snippet(text, tuple((first - shift, min(end - shift, last)) for first, end in found if start <= first and first - shift < last))


def _start(line: str, first_hit: int, width: int) -> int:
    if first_hit <= width * _LED_BY or len(line) <= width:
        return 0
    earliest = first_hit - int(width * _LED_BY)
    at_word = line.find(" ", earliest, first_hit)
    return at_word + 1 if at_word >= 0 else earliest
