"""How long articles take to read, and which of them fit the time there is."""

from __future__ import annotations

from collections.abc import Sequence

WORDS_A_MINUTE = 230


def minutes(words: int) -> int:
    """Minutes of reading, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def fitting(lengths: Sequence[int], room: int) -> list[int]:
    """Which of these many minutes fit into `room` together, taken in order, those too long for what is left passed over."""
    chosen = []
    for index, length in enumerate(lengths):
        if length <= room:
            chosen.append(index)
            room -= length
    return chosen
