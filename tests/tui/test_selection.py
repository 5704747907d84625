"""What is picked out of a list, against sets that are made anew at every step."""

from __future__ import annotations

from array import array

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reader.tui.selection import Selection

NUMBERS = range(12)
LISTS = st.lists(st.sampled_from(NUMBERS), unique=True, min_size=1)


class SelectingAgainstSets(RuleBasedStateMachine):
    """One selection, in lists that change."""

    def __init__(self) -> None:
        super().__init__()
        self.selection = Selection()
        self.listed = array("q", NUMBERS)
        self.picked: set[int] = set()
        self.anchor: int | None = None
        self.covered: set[int] = set()

    def end(self) -> None:
        self.picked |= self.covered
        self.anchor, self.covered = None, set()

    @rule(listed=LISTS)
    def list_others(self, listed: list[int]) -> None:
        self.listed = array("q", listed)

    @rule(data=st.data())
    def go_somewhere(self, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(self.listed) - 1))
        self.selection.grow(self.listed, place)
        if self.anchor is not None and self.anchor not in self.listed:
            self.end()
        elif self.anchor is not None:
            ends = sorted((self.listed.index(self.anchor), place))
            self.covered = set(self.listed[ends[0] : ends[1] + 1])

    @rule(number=st.sampled_from(NUMBERS))
    def begin(self, number: int) -> None:
        self.selection.begin_range(number)
        self.end()
        self.anchor, self.covered = number, {number}

    @rule()
    def end_range(self) -> None:
        self.selection.end_range()
        self.end()

    @rule(number=st.sampled_from(NUMBERS))
    def toggle(self, number: int) -> None:
        self.selection.toggle(number)
        self.end()
        self.picked ^= {number}

    @rule(numbers=LISTS)
    def pick(self, numbers: list[int]) -> None:
        self.selection.pick(numbers)
        self.picked.update(numbers)

    @rule()
    def invert(self) -> None:
        self.selection.invert(self.listed)
        self.end()
        self.picked = set(self.listed) - self.picked

    @rule()
    def clear(self) -> None:
        assert self.selection.clear() == bool(self.picked | self.covered)
        self.picked, self.anchor, self.covered = set(), None, set()

    @invariant()
    def the_same_are_selected(self) -> None:
        selected = self.picked | self.covered
        assert sorted(self.selection) == sorted(selected)
        assert len(self.selection) == len(selected)
        assert {number for number in NUMBERS if number in self.selection} == selected


TestSelectingAgainstSets = SelectingAgainstSets.TestCase
TestSelectingAgainstSets.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
