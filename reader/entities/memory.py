"""What has been worked out before, kept at hand within bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

_UNKNOWN: Any = object()


class Memory(dict[Key, Value]):
    """What a function gave for each key it was asked; those that were not asked while `most` others were are forgotten.

    A dict, because asking one costs a third of a cached call. Ask through `memory.__getitem__`, bound beforehand where it counts:
    a subscript of a subclass of dict looks the method up each time. Keys have to be short.
    """

    __slots__ = ("_earlier", "_function", "_most")

    def __init__(self, function: Callable[[Key], Value], most: int) -> None:
        super().__init__()
        self._function = function
        self._most = most
        self._earlier: dict[Key, Value] = {}
        """What was known when this was full last, and has not been asked since."""

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._most:
            self._earlier = dict(self)
            self.clear()
        # In one step, because several threads may ask.
        earlier = self._earlier.pop(key, _UNKNOWN)
        found = self[key] = self._function(key) if earlier is _UNKNOWN else earlier
        return found
