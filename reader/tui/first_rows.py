"""Something asked of a thread that is mostly there at once: waited for a moment, else sent on when it comes. No toolkit."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future, InvalidStateError
from typing import Generic, TypeVar

Found = TypeVar("Found")


class FirstRows(Generic[Found]):
    """One answer on its way from one thread to another, which waits for it so long and no longer."""

    def __init__(self, patience: float) -> None:
        """`patience` in seconds; without any nobody waits."""
        self._patience = patience
        self._future: Future[Found] = Future()
        if not patience:
            self._future.cancel()

    def give(self, found: Found) -> bool:
        """Whether somebody has waited for it. Otherwise it is to be sent."""
        try:
            self._future.set_result(found)
        except InvalidStateError:
            return False
        return True

    def wait(self) -> Found | None:
        """The answer; None where it will be sent."""
        try:
            return self._future.result(self._patience)
        except (TimeoutError, CancelledError):
            # It may have come this very moment.
            return None if self._future.cancel() or self._future.cancelled() else self._future.result()
