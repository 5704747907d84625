"""A watchdog for the interface: `python -m tests.loop_watch FILE ARGUMENTS…` is `dateline ARGUMENTS…`, its pauses written to FILE.

A callback asks the event loop to be called again at once, all the time. As late as it comes, as late would a key. While it is
late, another thread looks at what holds it up.

    with PtySession([sys.executable, "-m", "tests.loop_watch", str(file), str(archive)]) as session: ...
    longest = max(pauses(file), key=lambda pause: pause.milliseconds)
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
import traceback
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

_TICK_SECONDS = 0.004
_LEAST_SECONDS = 0.010
"""Shorter pauses aren't worth a word."""
_DEPTH = 14
"""So many of the calls in which the loop is held up are told."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which nothing on the screen could have answered."""

    began: float
    """By `time.perf_counter`, which all processes share."""
    milliseconds: float
    worked: float
    """Milliseconds of it that the interface's own thread was computing: the rest it waited, for the disk, a lock or a turn."""
    where: tuple[str, ...]
    """What it was doing when it was looked at last, the innermost call at the end; empty for a pause too short to be caught."""


def pauses(file: Path, since: float = 0.0, until: float = float("inf")) -> list[Pause]:
    """The pauses that were written to a file, of those that began within a time."""
    found = [Pause(**json.loads(line)) for line in file.read_text().splitlines()]
    return [pause for pause in found if since <= pause.began < until]


class LoopWatch:
    """Measures one event loop, which belongs to the thread that makes this."""

    def __init__(self, loop: asyncio.AbstractEventLoop, file: IO[str]) -> None:
        self._loop = loop
        self._file = file
        self._thread = threading.get_ident()
        self._due = time.perf_counter()
        self._computed = time.thread_time()
        self.where: tuple[str, ...] = ()
        """What holds the loop up now."""
        loop.call_soon(self._tick)
        threading.Thread(target=self._look, daemon=True).start()

    def _tick(self) -> None:
        late, worked = time.perf_counter() - self._due, time.thread_time() - self._computed
        if late >= _LEAST_SECONDS:
            pause = Pause(self._due, round(1000 * late, 1), round(1000 * worked, 1), self.where)
            self._file.write(json.dumps(asdict(pause)) + "\n")
        self.where = ()
        self._due = time.perf_counter() + _TICK_SECONDS
        self._computed = time.thread_time()
        self._loop.call_later(_TICK_SECONDS, self._tick)

    def _look(self) -> None:
        """On a thread of its own, until the loop is closed: what the loop is doing, whenever it is late."""
        while not self._loop.is_closed():
            time.sleep(_LEAST_SECONDS / 2)
            if time.perf_counter() - self._due >= _LEAST_SECONDS:
                frame = sys._current_frames().get(self._thread)
                self.where = tuple(_told(traceback.extract_stack(frame)))[-_DEPTH:]


def _told(stack: Iterable[traceback.FrameSummary]) -> Iterable[str]:
    return (f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}" for frame in stack)


class _Watching(asyncio.DefaultEventLoopPolicy):
    """Watches the main thread's loop."""

    def __init__(self, file: IO[str]) -> None:
        super().__init__()
        self._file = file

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        loop = super().new_event_loop()
        if threading.current_thread() is threading.main_thread():
            LoopWatch(loop, self._file)
        return loop


def main(file: str, arguments: list[str]) -> int:
    """Runs the reader; gives its exit code."""
    from reader.cli.main import run

    with Path(file).open("a", buffering=1) as written:
        asyncio.set_event_loop_policy(_Watching(written))
        return run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
