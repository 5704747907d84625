"""An end to what takes too long in a thread that can't be told to stop: an exception raised in it from another.

It reaches Python code only; a single call into C that doesn't return needs a process that can be killed (`crew`).
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

_LOOKED_AT_SECONDS = 0.1

Out = TypeVar("Out")


class TooSlow(BaseException):
    """Raised in the thread whose job has had its time; no `except Exception` on the way takes it for a fault of what is read."""


class Deadline:
    """Gives each job of the thread that enters it so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._due: float | None = None
        self._lock = threading.Lock()
        self._is_left = threading.Event()
        self._thread = 0

    def __enter__(self) -> Self:
        self._thread = threading.get_ident()
        threading.Thread(target=self._watch, name="deadline", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._is_left.set()

    def run(self, job: Callable[[], Out], seconds: float | None = None) -> Out:
        """What the job gives. Raises TooSlow when its time, or the `seconds` it has in place of that, is over."""
        with self._lock:
            self._due = time.monotonic() + (self._seconds if seconds is None else seconds)
        try:
            return job()
        finally:
            # Once the lock is held here the exception has been raised, or never will be.
            with self._lock:
                self._due = None

    def _watch(self) -> None:
        while not self._is_left.wait(_LOOKED_AT_SECONDS):
            with self._lock:
                if self._due is not None and time.monotonic() >= self._due:
                    self._due = None
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), ctypes.py_object(TooSlow))
