"""The sums of clues, asked by several threads: an article is opened while others are looked through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reader.entities.clues import Summing
from reader.entities.tokens import tokenise

TOKENS = tokenise("On Monday Ana Petrov met the mayor of Lower Tessel.")
SPANS = [(0, len(TOKENS.words))]


def summing() -> Summing:
    return Summing(sum, lambda clue, _: clue, 0)


@pytest.mark.parametrize("part", ["_own", "_left", "_right", "_states_of"])
def test_a_word_that_another_thread_is_half_through_with_is_no_other_word(part: str) -> None:
    wanted = summing().of(TOKENS, SPANS)
    sums = summing()
    find: Callable[..., Any] = getattr(sums, part)
    others: list[Any] = []

    def interrupted(*question: Any) -> Any:
        found = find(*question)
        if not others:
            others.append(None)
            others[0] = sums.of(TOKENS, SPANS)
        return found

    setattr(sums, part, interrupted)
    assert sums.of(TOKENS, SPANS) == wanted
    assert others == [wanted]
