"""Connections that outlive the files behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar


class Closing(Protocol):
    """What has files open."""

    def close(self) -> None:
        """Lets go of them."""


Opened = TypeVar("Opened", bound=Closing)


class Reopened(Generic[Opened]):
    """What one thread reads a file through: opened on first use, and anew once another file is in its place."""

    def __init__(self, open_it: Callable[[], Opened], edition: Callable[[], object]) -> None:
        """`edition` says which file is there now; it is asked before each use, so it must be quick."""
        self._open = open_it
        self._edition = edition
        self._opened: tuple[Opened, object] | None = None

    def get(self) -> Opened:
        """What to read through now."""
        edition = self._edition()
        if self._opened is None or self._opened[1] != edition:
            before = self._opened
            # The old file is let go of last: another could be taken for it while nobody has it open.
            self._opened = (self._open(), edition)
            if before is not None:
                before[0].close()
        return self._opened[0]

    def peek(self) -> Opened | None:
        """What was given last, whatever has become of its file."""
        return self._opened[0] if self._opened else None

    def close(self) -> None:
        """Lets go of what is open; it is opened anew where it is asked for again."""
        if self._opened is not None:
            opened, self._opened = self._opened[0], None
            opened.close()
