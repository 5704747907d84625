"""Where lines break: at blanks, between the characters of scripts that are written without them, never inside a character.

Widths are cells of the terminal. Nothing here knows of styles: `wrap` works on the bare text and gives ranges, and `slice_runs`
cuts the styled runs along them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len, split_graphemes

from reader.clean import isolate
from reader.tui.lines import BREAK_HERE, Run, Runs

_SQUARE = (
    "\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\uffe0-\uffe6"
    "\U0001b000-\U0001b2ff\U00020000-\U0003fffd"
)
"""Han, kana, bopomofo and Yi with their punctuation; Korean is written with blanks and breaks there."""
_MARKS = "\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_OPENERS = "(\\[{“‘〈《「『【〔〖〘〝（［｛｢"
_CLOSERS = (
    ")\\]}”’〉》」』】〕〗〙〟）］｝｣、。，．・：；？！｡､･,.:;!?%‰…‥°々〻ー〜゛゜ヽヾゝゞ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶｧｨｩｪｫｬｭｮｯｰ"
)
_DASHES = "—–"
_LETTERS = f"[^ \n{BREAK_HERE}{_SQUARE}{_OPENERS}{_DASHES}]"
_PIECE = re.compile(f"(?:{_LETTERS}*[{_OPENERS}]+)*(?:[{_SQUARE}][{_MARKS}]*|{_LETTERS}+)?[{_CLOSERS}]*[{_DASHES}]*")
"""What may not be broken: a word, or one square character, with the brackets, stops and dashes that cling to it."""
_NARROW = re.compile("[ -~\u00a0-\u00ac\u00ae-\u024f\u0386-\u03ff\u0400-\u0482\u048a-\u052f\u2013\u2014\u2018-\u201d\u2026\u20ac]*")
"""Characters of one cell each that break at blanks and after dashes alone: most of the text in the world's news."""

Range = tuple[int, int]


def wrap(text: str, width: int) -> list[Range]:
    """The lines of `text`, none wider than `width` cells: (start, end) of each, blanks at the break left out.

    `\\n` ends a line. A word wider than the line is broken between characters. An empty text has no lines.
    """
    lines: list[Range] = []
    start = 0
    for hard_line in text.split("\n"):
        end = start + len(hard_line)
        lines.extend(_wrap_line(text, start, end, width))
        start = end + 1
    return lines


def _wrap_line(text: str, start: int, end: int, width: int) -> Iterator[Range]:
    narrow = _NARROW.match(text, start, end)
    if narrow and narrow.end() == end:
        return _wrap_narrow(text, start, end, width)
    return _wrap_pieces(text, start, end, width)


def _wrap_narrow(text: str, start: int, end: int, width: int) -> Iterator[Range]:
    while start < end:
        if text[start] == " ":
            start += 1
            continue
        stop = start + width
        if stop >= end:
            stop = end
        elif text[stop] != " ":
            stop = max(text.rfind(mark, start, stop) + 1 for mark in (" ", *_DASHES)) or stop
        line_end = stop
        while text[line_end - 1] == " ":
            line_end -= 1
        yield start, line_end
        start = stop


def _wrap_pieces(text: str, start: int, end: int, width: int) -> Iterator[Range]:
    line_start = line_end = start
    used = 0
    for found in _PIECE.finditer(text, start, end):
        piece_start, piece_end = found.span()
        if piece_start == piece_end:
            continue
        cells = cell_len(found[0])
        gap = text.count(" ", line_end, piece_start) if used else 0
        if used and used + gap + cells <= width:
            line_end, used = piece_end, used + gap + cells
            continue
        if used:
            yield line_start, line_end
        line_start, line_end, used = piece_start, piece_end, cells
        if cells > width:
            *full, (line_start, line_end) = _chop(text, piece_start, piece_end, width)
            yield from full
            used = cell_len(text[line_start:line_end])
    if line_end > line_start:
        yield line_start, line_end


def _chop(text: str, start: int, end: int, width: int) -> list[Range]:
    """Ranges of at most `width` cells, cut between grapheme clusters."""
    part = text[start:end]
    if part.isascii():
        return [(place, min(place + width, end)) for place in range(start, end, width)] or [(start, end)]
    lines: list[Range] = []
    line_start, used = start, 0
    for cluster_start, _, cells in split_graphemes(part)[0]:
        if used and used + cells > width:
            lines.append((line_start, start + cluster_start))
            line_start, used = start + cluster_start, 0
        used += cells
    lines.append((line_start, end))
    return lines


def fold(text: str, width: int) -> list[str]:
    """`text`, one line with its blanks, in parts of at most `width` cells; one empty part for an empty text."""
    if cell_len(text) <= width:
        return [text]
    return [text[start:end] for start, end in _chop(text, 0, len(text), width)]


def cut(text: str, width: int) -> str:
    """`text` on at most `width` cells, with an ellipsis at the end where something is missing."""
    if cell_len(text) <= width:
        return text
    start, end = _chop(text, 0, len(text), max(width - 1, 1))[0]
    return text[start:end].rstrip() + "…"


def slice_runs(runs: Runs, ranges: Iterable[Range]) -> Iterator[Runs]:
    """The parts of `runs` that lie in each of `ranges`, which ascend; marks of possible breaks left out."""
    index, before = 0, 0
    for start, end in ranges:
        parts: list[Run] = []
        while index < len(runs):
            run = runs[index]
            text = run.text[max(start - before, 0) : end - before].replace(BREAK_HERE, "")
            if text:
                parts.append(run if text == run.text else run.saying(text))
            if before + len(run.text) > end:
                break
            before += len(run.text)
            index += 1
        yield tuple(parts)


def text_of(runs: Runs) -> str:
    """The words of `runs`, without their styles."""
    return "".join(run.text for run in runs)


def isolated(runs: Runs) -> Runs:
    """The runs of one line as `isolate` would have them: right-to-left words kept apart from what stands beside them."""
    text = text_of(runs)
    shown = isolate(text)
    return runs if shown == text else (Run(shown[0]), *runs, Run(shown[-1]))
