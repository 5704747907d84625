"""One thread that does jobs in order."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

from reader.errors import QueryInterrupted

Job = Callable[[], object]

_LEAVE_SECONDS = 0.3
"""How long leaving waits for a job whose outcome nobody will see."""


class Lane:
    """Does jobs one after the other; a job may be replaced by a newer one before it begins.

    The thread begins with the first job, and never keeps the program from ending.
    """

    def __init__(self, name: str, failed: Callable[[Exception], object]) -> None:
        """`failed` is told, on the lane's thread, of what a job raises; not of a question that a newer one interrupted."""
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._failed = failed
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._newest = 0
        self._unfinished = 0
        self._drops = False
        self._lock = threading.Lock()

    def add(self, job: Job) -> None:
        """Does the job after all before it."""
        self._waiting.put(job)
        with self._lock:
            self._unfinished += 1
            if self._thread.ident is None:
                self._thread.start()

    def replace(self, job: Job) -> Callable[[], bool]:
        """Does the job unless a newer one comes first; the result says whether one has."""
        self._newest += 1
        number = self._newest
        self.add(lambda: job() if number == self._newest else None)
        return lambda: number != self._newest

    def is_busy(self) -> bool:
        """Whether anything is being done or waits."""
        return self._unfinished > 0

    def close(self) -> None:
        """Drops the jobs that wait; the one that runs has a moment to end."""
        self._drops = True
        self._end(_LEAVE_SECONDS)

    def finish(self) -> None:
        """Waits until everything asked for is done."""
        self._end(None)

    def _end(self, seconds: float | None) -> None:
        self._waiting.put(None)
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None and not self._drops:
            try:
                job()
            except QueryInterrupted:
                pass
            except Exception as error:  # noqa: BLE001  # a bug ends the program, but not silently and not on this thread
                self._failed(error)
            finally:
                with self._lock:
                    self._unfinished -= 1
