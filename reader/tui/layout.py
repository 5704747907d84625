"""Where the panes stand, by the size of the terminal and the person's wish. Plain Python, no toolkit."""

from __future__ import annotations

from enum import Enum


class Layout(Enum):
    """How list and article share the screen; the values are style classes."""

    SIDE = "side"
    STACK = "stack"
    SINGLE = "single"
    TOO_SMALL = "too-small"


LEAST_WIDTH, LEAST_HEIGHT = 40, 10
SIDE_WIDTH = 100
"""Cells from which on list and article stand side by side of themselves."""
_SIDE_LEAST = 80
_STACK_LEAST = 20


def fitting(width: int, height: int, wanted: str) -> Layout:
    """The layout for a terminal of this size; what was wanted where there is room for it."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return Layout.TOO_SMALL
    if wanted == "side" and width >= _SIDE_LEAST:
        return Layout.SIDE
    if wanted == "single" or (height < _STACK_LEAST and (wanted != "auto" or width < SIDE_WIDTH)):
        return Layout.SINGLE
    if wanted == "auto" and width >= SIDE_WIDTH:
        return Layout.SIDE
    return Layout.STACK


def following(wanted: str, width: int, height: int) -> str:
    """The next wish that changes what is seen on a terminal of this size."""
    wishes = ("auto", "side", "stack", "single")
    now = fitting(width, height, wanted)
    start = wishes.index(wanted)
    turned = [*wishes[start + 1 :], *wishes[:start]]
    return next((wish for wish in turned if fitting(width, height, wish) is not now), wanted)
