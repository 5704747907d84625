"""A lock between processes: held on a file beside what it guards, and let go when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_STEP_SECONDS = 0.05
"""How often a lock that is taken is tried again: also how soon `should_stop` is seen."""
_SOON_SECONDS = 1.0
"""How long is waited before anyone is told."""


class Stopped(Exception):
    """Waiting ended because it was told to."""


def _never() -> bool:
    return False


def _silently() -> None:
    pass


@contextmanager
def held(path: Path, should_stop: Callable[[], bool] = _never, on_wait: Callable[[], None] = _silently) -> Iterator[None]:
    """Holds the lock; waits for as long as another session, or another thread, holds it.

    `on_wait` is called once where that takes more than a moment. Raises Stopped when `should_stop` says so, and OSError when the
    file can't be made. The file is never deleted: whoever waits for it would be left with a lock on nothing.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(descriptor, should_stop, on_wait)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def queued(path: Path | None) -> Iterator[None]:
    """Waits in a line with all who name the same path; in none where there is no path, or no file can be made there.

    For moments only: waiting can't be ended.
    """
    descriptor = None
    with suppress(OSError):
        if path is not None:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _take(descriptor: int, should_stop: Callable[[], bool], on_wait: Callable[[], None]) -> None:
    began = time.monotonic()
    is_told = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if should_stop():
                raise Stopped from None
        if not is_told and time.monotonic() - began >= _SOON_SECONDS:
            is_told = True
            on_wait()
        time.sleep(_STEP_SECONDS)
