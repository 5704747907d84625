"""The thread that reads articles: the newest one wanted, and then those beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from reader.library import Library
from reader.model import HeadlineRow
from reader.tui.budget import Abandoned
from reader.tui.lane import Lane
from reader.tui.prepared import Prepared, is_outdated, prepare

Tell = Callable[[Prepared], object]
ReadingJob = Callable[[Callable[[], bool]], object]
"""Reads something; given what says whether it is wanted no longer."""


class Reading:
    """One thing at a time, until a newer one is asked for."""

    def __init__(self, library: Library, failed: Callable[[Exception], object], *, opened: Tell, ahead: Tell) -> None:
        """`opened` is told of what was asked for, `ahead` of what wasn't yet, both on the thread."""
        self._library = library
        self._opened = opened
        self._ahead = ahead
        self._lane = Lane("reading", failed)
        self._newest = 0

    def open(self, row: HeadlineRow, width: int) -> None:
        """Opens an article, laid out at that width."""
        self._read(lambda is_stale: self._opened(prepare(self._library, row, width, is_stale)))

    def read_ahead(self, rows: Sequence[HeadlineRow], width: int, shown: Prepared | None) -> None:
        """Reads these articles ahead; before that, the one that is `shown` is opened anew where its file has changed."""

        def read(is_stale: Callable[[], bool]) -> None:
            if shown is not None and is_outdated(self._library, shown):
                self._opened(prepare(self._library, shown.row, width, is_stale))
            for row in rows:
                if is_stale():
                    return
                self._ahead(prepare(self._library, row, width, is_stale))

        self._read(read)

    def foresee(self, row: HeadlineRow, width: int) -> None:
        """Reads one more article ahead, behind what is being read."""
        self._lane.add(self._unless_newer(lambda is_stale: self._ahead(prepare(self._library, row, width, is_stale))))

    def is_busy(self) -> bool:
        """Whether anything is being read."""
        return self._lane.is_busy()

    def close(self) -> None:
        """Leaves; what is being read is dropped."""
        self._lane.close()

    def _read(self, job: ReadingJob) -> None:
        self._newest += 1
        self._lane.replace(self._unless_newer(job))

    def _unless_newer(self, job: ReadingJob) -> Callable[[], None]:
        """The job, left out, or given up, once something newer is asked for than now."""
        number = self._newest

        def run() -> None:
            with suppress(Abandoned):
                if number == self._newest:
                    job(lambda: number != self._newest)

        return run
