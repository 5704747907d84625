"""Jobs over many articles on all the cores there are, in processes that an article can neither take down nor hold up for long.

    run ─ batches ─▶ threads, one a process ─ pipe ─▶ process: one article after the other, each with its deadline
                                            ◀─ pipe ─

A process that ends, or that a call into C holds past the deadline, is replaced; the article that it was at gets the fallback,
and the rest of its batch is done again. Small jobs run in the calling thread: starting a process costs more than a few hundred
articles do.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import redirect_stderr, suppress
from itertools import islice
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any, Protocol, TypeVar

from reader.index.deadline import Deadline, TooSlow

FEW = 400
"""Up to so many articles are handled without other processes."""
SECONDS = 4.0
"""How long one article may take."""

_LESSER_SECONDS = 0.5
"""How long what is done instead may take; with that the article is still done before its process is ended."""
_A_TASK = 64
"""Articles handed to a process at once."""
_AHEAD = 16
"""Batches a process that are handed out before the first is taken: the processes go on while the index is written."""
_GRACE_SECONDS = 1.0
"""How much longer a process may take to notice that an article has had its time."""
_POLL_SECONDS = 0.1
_START_SECONDS = 60.0
"""How long a process may take to begin, on however busy a machine."""
_STARTS = 3
"""After so many processes that didn't begin, a batch is done without one."""

In = TypeVar("In")
Out = TypeVar("Out")


class Work(Protocol):
    """What there is to do; it need not be in memory."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Any]: ...


ENDED = "it ends the program that reads it"
SLOW = f"it takes more than {SECONDS:.0f} seconds"


class _Lost(Exception):
    """A process is gone; `at` is the place in the batch of what it was at, None where it never began."""

    def __init__(self, at: int | None, why: str) -> None:
        super().__init__(why)
        self.at = at
        self.why = why


class Crew:
    """Runs jobs. Close it when done."""

    def __init__(self, should_stop: Callable[[], bool] = lambda: False, cores: int | None = None, seconds: float = SECONDS) -> None:
        self._should_stop = should_stop
        self._cores = cores or _cores()
        self._seconds = seconds
        self._threads: ThreadPoolExecutor | None = None
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        self._all: list[_Process] = []
        self._is_closed = False

    def get_ready(self, job: Callable[[Any], object], count: int) -> None:
        """Has the processes begin and import what a job needs, where so many articles are enough for them; once."""
        if count > FEW and self._cores > 1 and self._threads is None:
            threads = self._started_threads()
            for _ in range(self._cores):
                threads.submit(self._begin_process, job)

    def run(
        self,
        job: Callable[[Any], Out],
        work: Work,
        fallback: Callable[[Any, str], Out],
        *,
        lesser: Callable[[Any], Out] | None = None,
        to_the_end: bool = False,
        here: bool = False,
    ) -> Iterator[list[Out]]:
        """What `job` gives of each, batch after batch in order; ends early when told to stop, unless it must go `to_the_end`.

        What takes too long is done by the `lesser` job, which has a moment. `fallback` is given what a job got stuck at, and why in
        words. Jobs must be functions of a module. With `here` all is done in the calling thread, however much it is.
        """
        for batch, outcomes in self._handled((job, lesser), work, here=here):
            if self._should_stop() and not to_the_end:
                return
            if outcomes is not None:
                yield [fallback(one, out) if isinstance(out, str) else out[0] for one, out in zip(batch, outcomes, strict=True)]

    def _handled(self, job: Job[Out], work: Work, *, here: bool) -> Iterator[tuple[list[Any], list[Outcome[Out]] | None]]:
        """Each batch with its outcomes; now and then None for them while they are waited for."""
        batches = _batches(work, _A_TASK)
        if here or len(work) <= FEW or self._cores == 1:
            for batch in batches:
                yield batch, _done_here(job, batch, self._seconds)
            return
        threads = self._started_threads()
        waiting: list[tuple[list[Any], Future[list[Outcome[Out]]]]] = []
        while True:
            for batch in islice(batches, self._cores * _AHEAD - len(waiting)):
                waiting.append((batch, threads.submit(self._done_elsewhere, job, batch)))
            if not waiting:
                return
            batch, future = waiting[0]
            try:
                yield batch, future.result(_POLL_SECONDS)
                waiting.pop(0)
            except NotYet:
                yield batch, None

    def close(self) -> None:
        """Ends all processes at once: they only read."""
        self._is_closed = True
        for process in self._all:
            process.kill()
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)

    def _started_threads(self) -> ThreadPoolExecutor:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._cores, thread_name_prefix="crew")
        return self._threads

    def _begin_process(self, job: Callable[[Any], object]) -> None:
        """One process more that waits for work. One that doesn't begin is seen to when there is some."""
        process = self._process()
        try:
            process.do((job, None), [])
            self._idle.put(process)
        except _Lost:
            process.kill()

    def _done_elsewhere(self, job: Job[Out], batch: list[Any]) -> list[Outcome[Out]]:
        """The outcomes of one batch, in its order. Runs in a thread, which waits for a process."""
        found: dict[int, Outcome[Out]] = {}
        rest = list(range(len(batch)))
        starts = 0
        while rest and not self._is_closed:
            if starts == _STARTS:
                return _done_here(job, batch, self._seconds)
            process = self._process()
            try:
                found.update(zip(rest, process.do(job, [batch[number] for number in rest]), strict=True))
                rest = []
                self._idle.put(process)
            except _Lost as lost:
                process.kill()
                if lost.at is None:
                    starts += 1
                else:
                    found[rest.pop(lost.at)] = lost.why
        return [found[number] for number in sorted(found)]

    def _process(self) -> _Process:
        # To ask first whether there is one would have two threads wait for the same.
        with suppress(Empty):
            return self._idle.get_nowait()
        process = _Process(self._seconds)
        self._all.append(process)
        if self._is_closed:
            process.kill()
        return process


Job = tuple[Callable[[Any], Out], Callable[[Any], Out] | None]
"""What is to be done, and what instead where that takes too long."""
Outcome = tuple[Out] | str
"""What a job gave, or why it gave nothing."""


def _outcome(deadline: Deadline, job: Job[Out], one: Any) -> Outcome[Out]:
    whole, lesser = job
    try:
        try:
            return (deadline.run(lambda: whole(one)),)
        except TooSlow:
            if lesser is None:
                raise
            return (deadline.run(lambda: lesser(one), _LESSER_SECONDS),)
    except TooSlow:
        return SLOW
    except Exception as error:  # noqa: BLE001  # one bad file costs that file and is named
        return f"the program has a fault that it brings out ({type(error).__name__})"


def _done_here(job: Job[Out], batch: list[Any], seconds: float) -> list[Outcome[Out]]:
    with Deadline(seconds) as deadline:
        return [_outcome(deadline, job, one) for one in batch]


class _Process:
    """One process, spoken to by one thread at a time."""

    def __init__(self, seconds: float) -> None:
        _begin_tracking()
        context = get_context("spawn")
        self._seconds = seconds
        self._pipe, its_pipe = context.Pipe()
        self._steps, its_steps = context.Pipe(duplex=False)
        self._process = context.Process(target=_serve, args=(its_pipe, its_steps, seconds), daemon=True)
        self._process.start()
        its_pipe.close()
        its_steps.close()

    def do(self, job: Job[Out], batch: list[Any]) -> list[Outcome[Out]]:
        """The outcome of each. Raises _Lost when the process ends or hangs on the way."""
        begun, since = 0, time.monotonic()
        try:
            self._pipe.send((job, batch))
            while not self._pipe.poll(_POLL_SECONDS):
                if steps := self._steps_taken():
                    begun, since = begun + steps, time.monotonic()
                elif time.monotonic() - since > (self._seconds + _GRACE_SECONDS if begun else _START_SECONDS):
                    raise _Lost(begun - 1 if begun else None, SLOW)
            found: list[Outcome[Out]] = self._pipe.recv()
            self._steps_taken()
            return found
        except (EOFError, OSError) as error:
            begun += self._steps_taken()
            raise _Lost(begun - 1 if begun else None, ENDED) from error

    def kill(self) -> None:
        """Ends it wherever it is."""
        self._process.kill()
        self._process.join()

    def _steps_taken(self) -> int:
        """Articles begun since this was asked last."""
        with suppress(OSError):
            if self._steps.poll():
                return len(os.read(self._steps.fileno(), _A_TASK))
        return 0


def _begin_tracking() -> None:
    """Starts the helper of multiprocessing, where it isn't there yet, with the real stderr: a captured one has no descriptor to hand on."""
    with redirect_stderr(sys.__stderr__):
        resource_tracker.ensure_running()


def _serve(pipe: Connection, steps: Connection, seconds: float) -> None:
    """What a process does: batch after batch, until the other end of the pipe is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError), Deadline(seconds) as deadline:
        while True:
            job, batch = pipe.recv()
            found = []
            for one in batch:
                os.write(steps.fileno(), b".")
                found.append(_outcome(deadline, job, one))
            pipe.send(found)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batches(work: Iterable[In], size: int) -> Iterator[list[In]]:
    rest = iter(work)
    while batch := list(islice(rest, size)):
        yield batch
