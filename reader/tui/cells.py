"""Text on an exact number of terminal cells, whatever it is made of. No toolkit."""

from __future__ import annotations

from rich.cells import cell_len, split_graphemes

from reader.clean import clean_line, isolate

ELLIPSIS = "…"
_HANGING = "\u200c\u200d"
"""Joiners at the end of a text would draw in what stands behind it."""
_LONGEST_MEASURED = 600
"""Characters of a text that can matter on a line: a headline of a megabyte is measured no further."""


def fit(text: str, width: int, ellipsis: str = ELLIPSIS, *, is_flush_right: bool = False) -> str:
    """Text from outside on exactly `width` cells: made harmless, cut with an ellipsis or filled with blanks."""
    return fit_clean(clean_line(text[:_LONGEST_MEASURED]), width, ellipsis, is_flush_right=is_flush_right)


def fit_clean(text: str, width: int, ellipsis: str = ELLIPSIS, *, is_flush_right: bool = False) -> str:
    """`fit` for text that is clean already."""
    if width <= 0:
        return ""
    text = text.rstrip(_HANGING)
    cells = len(text) if text.isascii() else cell_len(text)
    if cells > width:
        text = _cut(text, width - len(ellipsis)) + ellipsis[:width]
        cells = cell_len(text)
    blanks = " " * (width - cells)
    return blanks + isolate(text) if is_flush_right else isolate(text) + blanks


def _cut(text: str, width: int) -> str:
    """As many whole characters of `text`, accents and joined emoji included, as fit `width` cells."""
    spans, _ = split_graphemes(text)
    used, end = 0, 0
    for _, after, cells in spans:
        if used + cells > width:
            break
        used, end = used + cells, after
    return text[:end].rstrip(_HANGING + " ")
