"""Styled text on its way to the screen, in as few pieces as look the same: each costs some forty bytes to send."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.segment import Segment
from rich.style import Style

StyledText = tuple[str, Style]
_NOT_STRUCK = Style(strike=False)


def joined(pieces: Iterable[StyledText]) -> list[Segment]:
    """Segments of one line: what looks the same is one, and blanks take the style of their neighbour.

    But nothing is struck out except text.
    """
    runs: list[StyledText] = []
    for text, style in _with_blanks_apart(pieces):
        last, last_style = runs[-1] if runs else ("", style)
        is_blank_to_add = text.isspace() and not last_style.strike
        is_after_blank = last.isspace() and not style.strike
        if last and (is_blank_to_add or is_after_blank or last_style == style):
            runs[-1] = (last + text, last_style if is_blank_to_add else style)
        else:
            runs.append((text, style))
    return [Segment(text, style) for text, style in runs]


def _with_blanks_apart(pieces: Iterable[StyledText]) -> Iterator[StyledText]:
    """The same, with the blanks behind what is struck out on their own."""
    for text, style in pieces:
        if not style.strike:
            yield text, style
            continue
        bare = text.rstrip(" ")
        yield bare, style
        if bare != text:
            yield text[len(bare) :], style + _NOT_STRUCK
