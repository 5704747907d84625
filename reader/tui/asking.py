"""The thread that asks the index: the newest question of the list, and behind it whatever else is to be known."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from reader.errors import QueryInterrupted
from reader.library import Library
from reader.query.compile import reads_texts
from reader.query.tree import Query
from reader.tui.day_lines import days_of
from reader.tui.first_rows import FirstRows
from reader.tui.lane import Lane
from reader.tui.staying import Staying
from reader.tui.work_messages import Answered, AnswerReady, Counted, Post, WindowReady

Found = TypeVar("Found")

_PAINTED_SECONDS = 0.05
"""How long all that an answer has waits for its first rows to be painted."""


class Asking:
    """One question of the list at a time: a newer one interrupts whatever is being asked."""

    def __init__(self, library: Library, post: Post, failed: Callable[[Exception], object], stop: threading.Event) -> None:
        """`post` takes the answers, `failed` what went wrong, both on the thread; once `stop` is set nothing is asked again."""
        self._library = library
        self._post = post
        self._stop = stop
        self._lane = Lane("asking", failed)
        self._asked = 0
        """The generation of the newest question."""
        self._answered = 0
        """The generation of the question that was answered last, or could not be."""
        self._go_on = threading.Event()

    # -- the list --------------------------------------------------------------------------------------------------

    def ask(self, generation: int, query: Query, height: int, staying: Staying, patience: float) -> WindowReady | None:
        """Answers with WindowReady, Counted and AnswerReady; gives the first rows itself where they are there within the `patience`.

        Only a list that is another one is counted ahead: where rows stay that fit no longer, there are more of them.
        """
        self._asked = generation
        self._go_on.set()
        self._library.interrupt()
        first: FirstRows[WindowReady] = FirstRows(patience)
        self._lane.replace(lambda: self._answer_once(generation, query, height, staying, first))
        return first.wait()

    def go_on(self) -> None:
        """The first rows are painted: all the others may take turns with the interface now."""
        self._go_on.set()

    def is_asking(self) -> bool:
        """Whether the newest question is still to be answered."""
        return self._answered != self._asked

    def _answer_once(self, generation: int, query: Query, height: int, staying: Staying, first: FirstRows[WindowReady]) -> None:
        try:
            self._answer(generation, query, height, staying, first)
        finally:
            self._answered = generation

    def _answer(self, generation: int, query: Query, height: int, staying: Staying, first: FirstRows[WindowReady]) -> None:
        clock = self._library.clock(datetime.now().astimezone())
        if reads_texts(query.root):
            ids = self._library.as_found(query, clock, lambda ids, bodies: self._post(WindowReady(generation, ids, bodies)))
        else:
            window = self._library.first_window(query, clock, height)
            self._go_on.clear()
            event = WindowReady(generation, window)
            if not first.give(event):
                self._post(event)
            is_all = len(window) < height
            if not is_all and generation == self._asked:
                self._go_on.wait(_PAINTED_SECONDS)
            if generation != self._asked:
                # An interrupt between two statements stops neither.
                return
            if not is_all and staying.is_empty:
                self._post(Counted(generation, self._library.count(query, clock)))
            staying = staying.over(window)
            ids = array("q", window) if is_all else self._library.all_ids(query, clock)
        if missing := staying.missing(ids):
            ids = staying.among(ids, self._library.still_there(missing))
        self._post(AnswerReady(generation, ids, days_of(ids) if query.is_by_date else None))
        if not ids and query.root is not None:
            self._post(AnswerReady(generation, ids, killer=self._library.why_none(query, clock)))

    # -- behind it -------------------------------------------------------------------------------------------------

    def add(self, job: Callable[[], object]) -> None:
        """Does the job behind all before it, unless a question of the list interrupts it."""
        self._lane.add(job)

    def add_for_now(self, job: Callable[[], object]) -> None:
        """Does the job, unless the list is asked something else before."""
        asked = self._asked
        self._lane.add(lambda: job() if asked == self._asked else None)

    def find_out(self, job: Callable[[], Found], then: Callable[[Found], object]) -> None:
        """Answers with Answered, which tells what the job gives; done again behind a question of the list that has interrupted it.

        No question of the list waits behind it.
        """

        def run() -> None:
            if self.is_asking() and not self._stop.is_set():
                self._lane.add(run)
                return
            try:
                self._post(Answered(partial(then, job())))
            except QueryInterrupted:
                if not self._stop.is_set():
                    self._lane.add(run)

        self._lane.add(run)

    def is_busy(self) -> bool:
        """Whether anything is being asked."""
        return self._lane.is_busy()

    def close(self) -> None:
        """Leaves; what is being asked is dropped."""
        self._lane.close()
