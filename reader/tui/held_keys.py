"""Keys typed ahead of what they are about: held until the list that was asked for is there, so that none falls on another one."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

HELD_SECONDS = 2.0
"""A key is held for as long as this, and then left out: nobody means it any more."""

Pressed = TypeVar("Pressed")


class HeldKeys(Generic[Pressed]):
    """The keys in the order they were typed, each pressed as soon as it may be."""

    def __init__(self, must_wait: Callable[[], bool], press: Callable[[Pressed], Awaitable[None]]) -> None:
        self._must_wait = must_wait
        self._press = press
        self._keys: deque[Pressed] = deque()

    def __len__(self) -> int:
        return len(self._keys)

    async def take(self, pressed: Pressed) -> None:
        """Presses a key after all before it."""
        self._keys.append(pressed)
        await self.release()

    async def release(self) -> None:
        """Presses what is held, as far as nothing has to be waited for."""
        while self._keys and not self._must_wait():
            await self._press(self._keys.popleft())

    def leave_out(self) -> int:
        """Forgets what is held; how many keys that were."""
        count = len(self._keys)
        self._keys.clear()
        return count
