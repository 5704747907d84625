"""The threads that keep the index in step with the archive, all the time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from functools import partial

from reader.errors import ReaderError
from reader.library import Library
from reader.model import Progress
from reader.tui.work_messages import Answered, Indexed, IndexingDone, Post, Said

_LEAVE_SECONDS = 0.5
"""How long leaving waits for indexing, which goes on where it was when it is killed."""

_GIVEN_TIMES = 10
"""So many times as long as upkeep has worked it waits, at most, for what a person waits for."""
_GIVEN_SECONDS = 0.1
"""How long it waits at most at a time."""
_FIRST_SECONDS = 2.0
"""How long it waits at most for the first list."""
_STEP_SECONDS = 0.005

_MOST_REBUILDS = 3
"""How many times one session makes a damaged index anew: where it breaks more often than that, the disk is to blame."""


class Upkeep:
    """Follows every archive of one library on a thread of its own; they write the index one at a time."""

    def __init__(
        self, library: Library, post: Post, failed: Callable[[Exception], object], stop: threading.Event, is_waited: Callable[[], bool]
    ) -> None:
        """`post` takes Indexed for each step and IndexingDone, `failed` what went wrong, both on the threads; `stop` ends them.

        `is_waited` says whether a person waits for anything.
        """
        self._library = library
        self._post = post
        self._failed = failed
        self._stop = stop
        self._is_waited = is_waited
        self._at_work_since = time.monotonic()
        self._threads: list[threading.Thread] = []
        self._turn = threading.Lock()
        self._is_rebuilding = False
        self._rebuilt = 0
        """How many times the index was made anew."""

    def start(self) -> None:
        """Brings the index up to date and keeps it so."""
        for archive in self._library.archives:
            self._start(partial(self._follow, archive))

    def rescan(self) -> None:
        """Looks at the whole archive now."""
        self._start(partial(self._index, self._library.refresh(self._stop.is_set)))

    def rebuild(self) -> bool:
        """Makes the index anew, because it is damaged; False where that has been done so often that it helps nothing."""
        if not self._is_rebuilding:
            if self._rebuilt == _MOST_REBUILDS:
                return False
            self._is_rebuilding = True
            self._rebuilt += 1
            self._library.spoil_index()
            self._start(partial(self._rebuild, self._library.refresh(self._stop.is_set)))
        return True

    def close(self) -> None:
        """Waits a moment for the threads to end, once they have been told to stop."""
        end = time.monotonic() + _LEAVE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _start(self, job: Callable[[], object]) -> None:
        thread = threading.Thread(target=self._guarded, args=(job,), name="indexing", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _guarded(self, job: Callable[[], object]) -> None:
        try:
            job()
        except Exception as error:  # noqa: BLE001  # a bug ends the program, but not silently and not on this thread
            self._failed(error)

    def _follow(self, archive: str) -> None:
        # The whole list first: a million ids take three times as long while the same process begins to watch a million files.
        self._wait(_FIRST_SECONDS)
        for steps in self._library.follow(archive, self._stop, self._say, self._give_way):
            self._index(steps)

    def _give_way(self) -> None:
        """Waits a moment where a person waits: a million ids take twice as long while a million files are looked at in the same process."""
        self._wait(min(_GIVEN_SECONDS, _GIVEN_TIMES * (time.monotonic() - self._at_work_since)))
        self._at_work_since = time.monotonic()

    def _wait(self, seconds: float) -> None:
        """Waits for so long at most, as long as a person waits."""
        end = time.monotonic() + seconds
        while self._is_waited() and time.monotonic() < end and not self._stop.wait(_STEP_SECONDS):
            pass

    def _say(self, words: str) -> None:
        self._post(Said(words))

    def _rebuild(self, steps: Iterable[Progress]) -> None:
        try:
            self._index(steps)
        finally:
            # Behind what the old index could not answer any more: that says nothing against the new one.
            self._post(Answered(self._end_rebuilding))

    def _end_rebuilding(self) -> None:
        self._is_rebuilding = False

    def _index(self, steps: Iterable[Progress]) -> None:
        with self._turn:
            try:
                for progress in steps:
                    self._post(Indexed(progress))
            except ReaderError as error:
                self._failed(error)
        self._post(IndexingDone())
