"""Rows that stay where they are though they fit the filter no longer, because they were judged in this very list. Plain Python."""

from __future__ import annotations

from array import array
from collections.abc import Sequence, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Staying:
    """What must not jump away when the list is asked anew by itself, as for a file that has come."""

    judged: Set[int]
    before: Sequence[int]
    """The list as it was."""

    def missing(self, ids: Sequence[int]) -> list[int]:
        """The judged rows that were listed and aren't in the new answer."""
        found = set(ids)
        return [number for number in self.before if number in self.judged and number not in found]

    def among(self, ids: array[int], still_there: Set[int]) -> array[int]:
        """The new answer with those that are still there, each behind the row it stood behind."""
        if not still_there:
            return ids
        found, followers, above = set(ids), dict[int | None, list[int]](), None
        for number in self.before:
            if number in found:
                above = number
            elif number in still_there:
                followers.setdefault(above, []).append(number)
        merged = array("q", followers.get(None, []))
        for number in ids:
            merged.append(number)
            merged.extend(followers.get(number, []))
        return merged
