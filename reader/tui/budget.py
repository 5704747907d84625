"""What laying out one article may cost, so that no article, however it is written, keeps the reader waiting."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Past any of these an article is shown in part, and says so."""

    characters: int = 400_000
    lines: int = 8_000
    """Lines of the body as written, not of the screen."""
    seconds: float = 1.5
    """In three equal parts: to parse it, to read it into blocks, to lay these out."""
    links: int = 500
    """How many are numbered and listed."""


class OverBudget(Exception):
    """The time is up: show what there is."""


class Abandoned(Exception):
    """Nobody waits for this article any more."""


class Budget:
    """The time left for one article."""

    def __init__(self, seconds: float, is_abandoned: Callable[[], bool] = lambda: False) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._is_abandoned = is_abandoned

    def again(self) -> Budget:
        """As much time, from now."""
        return Budget(self._seconds, self._is_abandoned)

    def check(self) -> None:
        """Raise Abandoned or OverBudget when it is time to stop."""
        if self.is_spent():
            raise OverBudget

    def is_spent(self) -> bool:
        """Whether the time is up. Raises Abandoned when nobody waits any more."""
        if self._is_abandoned():
            raise Abandoned
        return time.monotonic() > self._end


UNLIMITED = Budget(float("inf"))
