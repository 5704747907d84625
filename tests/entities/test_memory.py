"""What is kept at hand: never wrong, never too much, and what is asked again and again is worked out once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.entities.memory import Memory

MOST = 6


@given(st.lists(st.integers(0, 20)))
def test_it_gives_what_the_function_gives(keys: list[int]) -> None:
    ask = Memory(lambda key: key * key, MOST).__getitem__
    assert [ask(key) for key in keys] == [key * key for key in keys]


def test_what_is_asked_often_is_worked_out_once_however_much_else_is_asked() -> None:
    worked_out: list[int] = []
    memory = Memory(lambda key: worked_out.append(key) or key, MOST)
    for rare in range(1, 100):
        memory[0]
        memory[rare]
        assert len(memory) <= MOST
    assert worked_out.count(0) == 1
