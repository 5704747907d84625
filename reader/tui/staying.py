"""Rows that stay where they are though they fit the filter no longer, because they were judged in this very list. Plain Python."""

from __future__ import annotations

from array import array
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

_AT_ONCE = 8192
"""Rows looked at in one go, in which no other thread has its turn."""


@dataclass(frozen=True, slots=True)
class Staying:
    """What must not jump away when the list is asked anew by itself, as for a file that has come, or between its first rows and all."""

    judged: Set[int]
    """Those judged by now: more may come while the answer is sought."""
    before: Sequence[int]
    """The list as it was."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stays, and there was no list before."""
        return not self.judged and not self.before

    def over(self, window: Sequence[int]) -> Staying:
        """The same, where there was no list before, of the first rows of the answer: they are seen before the others."""
        return self if self.before else replace(self, before=window)

    def missing(self, ids: Sequence[int]) -> list[int]:
        """The judged rows that were listed and aren't in the new answer."""
        # Few are judged of the many that are listed: a set of all those would take sixty megabytes of a million.
        gone = set(self.judged)
        if not gone:
            return []
        for start in range(0, len(ids), _AT_ONCE):
            gone.difference_update(ids[start : start + _AT_ONCE])
            if not gone:
                return []
        return [number for number in self.before if number in gone]

    def among(self, ids: array[int], still_there: Set[int]) -> array[int]:
        """The new answer with those that are still there, each before the row it stood before."""
        if not still_there:
            return ids
        found, waiting = set(ids), list[int]()
        standing_before: dict[int, list[int]] = {}
        for number in self.before:
            if number in still_there:
                waiting.append(number)
            elif waiting and number in found:
                standing_before[number], waiting = waiting, []
        merged = array("q")
        for number in ids:
            merged.extend(standing_before.get(number, ()))
            merged.append(number)
        merged.extend(waiting)
        return merged
