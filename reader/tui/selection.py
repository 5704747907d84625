"""What is picked out of the list for the next verdict: single articles, and a range that grows with the cursor. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set


class Selection:
    """Articles by id: they stay picked when the list is asked anew, and count only where they are listed."""

    def __init__(self) -> None:
        self._picked: set[int] = set()
        self._spread: frozenset[int] = frozenset()
        self.anchor: int | None = None
        """The article that a range begins with, while it grows."""

    @property
    def ids(self) -> Set[int]:
        """All that is selected, listed or not."""
        return self._picked | self._spread

    def __bool__(self) -> bool:
        return bool(self._picked or self._spread)

    def among(self, listed: Sequence[int]) -> list[int]:
        """Those selected that are listed, in the list's order."""
        selected = self.ids
        return [number for number in listed if number in selected] if selected else []

    def toggle(self, number: int) -> None:
        """Picks an article, or leaves it out where it is picked."""
        self.end_range()
        self._picked ^= {number}

    def pick(self, numbers: Iterable[int]) -> None:
        """Picks these as well."""
        self._picked.update(numbers)

    def begin_range(self, number: int) -> None:
        """Lets a range grow from this article on."""
        self.end_range()
        self.anchor, self._spread = number, frozenset((number,))

    def spread_over(self, numbers: Iterable[int]) -> None:
        """Makes these, and no others, the range that grows."""
        self._spread = frozenset(numbers)

    def end_range(self) -> None:
        """Keeps what the range covers; it grows no further."""
        self._picked |= self._spread
        self.anchor, self._spread = None, frozenset()

    def invert(self, listed: Sequence[int]) -> None:
        """Picks what is listed and not selected, and nothing else."""
        selected = self.ids
        self.clear()
        self._picked = {number for number in listed if number not in selected}

    def clear(self) -> bool:
        """Selects nothing; whether anything was selected."""
        was_any = bool(self)
        self._picked, self._spread, self.anchor = set(), frozenset(), None
        return was_any
