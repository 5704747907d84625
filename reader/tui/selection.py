"""What is picked out of the list for the next verdict: single articles, and a range that grows with the cursor. Plain Python."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain


class Selection:
    """Articles by id: they stay picked when the list is asked anew, and count only where they are listed."""

    def __init__(self) -> None:
        self._picked: set[int] = set()
        self._spread: set[int] = set()
        """What the range that grows covers, but for what is picked anyway."""
        self._over: tuple[Sequence[int], int, int, int] = array("q"), 0, 0, 0
        """The list in which it covers that, the place of its beginning there, and the first and the end of what it covers."""
        self.anchor: int | None = None
        """The article that a range begins with, while it grows."""

    def __len__(self) -> int:
        """How many are selected, listed or not."""
        return len(self._picked) + len(self._spread)

    def __contains__(self, number: object) -> bool:
        return number in self._picked or number in self._spread

    def __iter__(self) -> Iterator[int]:
        return chain(self._picked, self._spread)

    def toggle(self, number: int) -> None:
        """Picks an article, or leaves it out where it is picked."""
        self.end_range()
        self._picked ^= {number}

    def pick(self, numbers: Iterable[int]) -> None:
        """Picks these as well."""
        self._picked.update(numbers)
        self._spread -= self._picked

    def begin_range(self, number: int) -> None:
        """Lets a range grow from this article on."""
        self.end_range()
        self.anchor, self._spread = number, {number} - self._picked

    def grow(self, listed: Sequence[int], place: int) -> None:
        """Lets the range that grows cover all that is listed from its beginning to this place; ends it where that is not listed.

        In the same list as before, only what is between the two places is looked at.
        """
        if self.anchor is None:
            return
        over, anchor, first, end = self._over
        if over is not listed:
            try:
                anchor = listed.index(self.anchor)
            except ValueError:
                self.end_range()
                return
            self._spread, first, end = {self.anchor} - self._picked, anchor, anchor + 1
        new_first, new_end = min(anchor, place), max(anchor, place) + 1
        for gone in (listed[first:new_first], listed[new_end:end]):
            self._spread.difference_update(gone)
        for come in (listed[new_first:first], listed[end:new_end]):
            self._spread.update(come if not self._picked else (number for number in come if number not in self._picked))
        self._over = listed, anchor, new_first, new_end

    def end_range(self) -> None:
        """Keeps what the range covers; it grows no further."""
        self._picked = self._picked | self._spread if self._picked else self._spread
        self._forget_range()

    def invert(self, listed: Sequence[int]) -> None:
        """Picks what is listed and not selected, and nothing else."""
        self._picked = {number for number in listed if number not in self}
        self._forget_range()

    def clear(self) -> bool:
        """Selects nothing; whether anything was selected."""
        was_any = len(self) > 0
        self._picked = set()
        self._forget_range()
        return was_any

    def _forget_range(self) -> None:
        self.anchor, self._spread, self._over = None, set(), (array("q"), 0, 0, 0)
