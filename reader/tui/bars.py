"""Counts as bars made of characters: lying, standing, and a whole row of them on one line. No toolkit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Strokes:
    """What bars are drawn with."""

    lying: str
    """From the least to a full cell, growing to the right."""
    standing: str
    """From the least to a full cell, growing upwards."""
    nothing: str
    """Stands for no article at all, so that a gap isn't taken for the end."""


UNICODE = Strokes("▏▎▍▌▋▊▉█", "▁▂▃▄▅▆▇█", "·")
ASCII = Strokes("#", ".:|#", " ")


def strokes(*, ascii_only: bool) -> Strokes:
    """What to draw bars with."""
    return ASCII if ascii_only else UNICODE


def lying(count: int, most: int, width: int, within: Strokes = UNICODE) -> str:
    """A bar of at most `width` cells, `most` filling it; anything but nothing shows."""
    if count <= 0 or most <= 0 or width <= 0:
        return ""
    steps = len(within.lying)
    filled = max(round(min(count, most) / most * width * steps), 1)
    full, part = divmod(filled, steps)
    return within.lying[-1] * full + (within.lying[part - 1] if part else "")


def standing(count: int, most: int, height: int, within: Strokes = UNICODE) -> tuple[str, ...]:
    """A bar of `height` cells, from the top one down; anything but nothing shows."""
    steps = len(within.standing)
    filled = max(round(min(count, most) / most * height * steps), 1) if count > 0 and most > 0 else 0
    cells = [min(max(filled - row * steps, 0), steps) for row in range(height)]
    return tuple(within.standing[cell - 1] if cell else " " for cell in reversed(cells))


def row_of_bars(counts: Sequence[int], within: Strokes = UNICODE) -> str:
    """A cell for each count."""
    most = max(counts, default=0)
    return "".join(standing(count, most, 1, within)[0] if count else within.nothing for count in counts)
