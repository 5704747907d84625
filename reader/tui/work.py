"""Everything that takes time, off the UI thread: questions, articles, marks, indexing. Values go in, messages come out.

Each lane is one thread with its own connection, so what it runs can be waited for and interrupted:

    asking    the newest question only, which a newer one interrupts; behind it completions, colours and counts
    reading   the newest article only, then its neighbours
    looking   who, where and when, the newest look on each topic only
    marking   every mark, first in first out
    indexing  the archive, all the time
    sending   exports, one after the other
"""

from __future__ import annotations

import threading
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from reader.errors import ReaderError
from reader.library import Library
from reader.model import ArticleId, HeadlineRow
from reader.query.highlights import Rules, colours_of
from reader.query.tree import Query
from reader.triage.jobs import Job
from reader.triage.marks import Marks, MarksChanged
from reader.tui.asking import Asking
from reader.tui.lane import Lane
from reader.tui.prepared import Prepared
from reader.tui.reading import Reading
from reader.tui.staying import Staying
from reader.tui.tally import judged
from reader.tui.upkeep import Upkeep
from reader.tui.work_messages import (
    Answered,
    ArticleOpened,
    Coloured,
    Completed,
    Crashed,
    Marked,
    MarkedElsewhere,
    Post,
    ReadAhead,
    Said,
    WindowReady,
    WorkFailed,
)

if TYPE_CHECKING:
    from reader.index.insight import Insight
    from reader.index.tallies import IsStale
    from reader.query.complete import Completion

Found = TypeVar("Found")


class Work:
    """The lanes of one open reader."""

    def __init__(self, library: Library, post: Post) -> None:
        self._library = library
        self._post = post
        library.on_paging_trouble = self._failed
        self._stop = threading.Event()
        self._asking = Asking(library, post, self._failed, self._stop)
        self._reading = Reading(
            library, self._failed, opened=lambda read: post(ArticleOpened(read)), ahead=lambda read: post(ReadAhead(read))
        )
        self._looking = Lane("looking", self._failed)
        self._looks: dict[str, int] = {}
        """How many jobs each topic has had."""
        self._marking = Lane("marking", self._failed)
        self.untold: deque[Marked] = deque()
        """Marks that are on disk, whose messages nobody has taken yet."""
        self._sending = Lane("sending", self._failed)
        self._upkeep = Upkeep(library, post, self._failed, self._stop, self._is_waited)
        self._seen_turn = 0

    def _failed(self, error: Exception) -> None:
        self._post(WorkFailed(error) if isinstance(error, ReaderError) else Crashed(error))

    def _say(self, words: str) -> None:
        self._post(Said(words))

    def _is_waited(self) -> bool:
        """Whether a person waits for the list or an article."""
        return self._asking.is_busy() or self._reading.is_busy()

    def is_idle(self) -> bool:
        """Whether nothing is being asked, read or marked."""
        return not any(lane.is_busy() for lane in (self._asking, self._reading, self._looking, self._marking, self._sending))

    # -- asking ----------------------------------------------------------------------------------------------------

    def ask(
        self, generation: int, query: Query, height: int, staying: Staying, *, patience: float = 0.0
    ) -> WindowReady | None:
        """Answers with WindowReady, Counted, then AnswerReady, in which what is `staying` stays. Interrupts the question before.

        Gives the first rows itself where they are there within the `patience`, in seconds: mostly they are within three thousandths,
        and can be painted together with the letter that they answer. Then `go_on` is to be called once they are painted.
        """
        return self._asking.ask(generation, query, height, staying, patience)

    def go_on(self) -> None:
        """The first rows are painted: all the others may take turns with the interface now."""
        self._asking.go_on()

    def is_asking(self) -> bool:
        """Whether the newest question is still to be answered."""
        return self._asking.is_asking()

    def find(self, query: Query, then: Callable[[array[int]], object]) -> None:
        """Answers with Answered: every id that fits the query. Shares the lane of questions, behind them."""
        self.find_out(lambda library: library.all_ids(query, library.clock(_now())), then)

    def find_completion(self, text: str, cursor: int, saved: Iterable[str], then: Callable[[Completion], object]) -> None:
        """Answers with Answered: what could come at the cursor in a filter."""
        names = tuple(saved)
        self.find_out(lambda library: library.complete(text, cursor, names), then)

    def find_out(self, job: Callable[[Library], Found], then: Callable[[Found], object]) -> None:
        """Answers with Answered: what the job makes of the library's questions. Shares the lane of questions, behind them."""
        self._asking.find_out(partial(job, self._library), then)

    def find_unjudged(self, ids: Sequence[int], then: Callable[[bytearray], object], is_wanted: Callable[[], bool]) -> None:
        """Answers with Answered: which of the articles are neither read nor dismissed, as 1 and 0; nothing where that is not wanted."""
        self.find_out(lambda library: library.unjudged(ids) if is_wanted() else bytearray(), then)

    # -- reading ---------------------------------------------------------------------------------------------------

    def open_article(self, row: HeadlineRow, width: int) -> None:
        """Answers with ArticleOpened, laid out at that width, unless a newer article is asked for first."""
        self._reading.open(row, width)

    def read_ahead(self, rows: Sequence[HeadlineRow], width: int, shown: Prepared | None = None) -> None:
        """Answers with ReadAhead for each of these rows, until an article is asked for.

        And before that with ArticleOpened, where the file of an article that was `shown` as it was read ahead has changed since.
        """
        self._reading.read_ahead(rows, width, shown)

    def foresee(self, row: HeadlineRow, width: int) -> None:
        """Answers with ReadAhead, behind what is being read, until an article is asked for."""
        self._reading.foresee(row, width)

    # -- completing ------------------------------------------------------------------------------------------------

    def complete(self, serial: int, text: str, cursor: int, saved: Iterable[str] = ()) -> None:
        """Answers with Completed, unless the list is asked something else before. Shares the lane of questions, behind them."""
        self._asking.add_for_now(lambda: self._post(Completed(serial, self._library.complete(text, cursor, saved))))
        self._asking.add_for_now(lambda: self._library.foresee(text, cursor))

    # -- colouring -------------------------------------------------------------------------------------------------

    def colour(self, ids: Sequence[ArticleId], rules: Rules) -> None:
        """Answers with Coloured, unless a question interrupts it. Shares the lane of questions, behind them."""
        self._asking.add(lambda: self._colour(ids, rules))

    def _colour(self, ids: Sequence[ArticleId], rules: Rules) -> None:
        clock = self._library.clock(_now())
        self._post(Coloured(colours_of(ids, rules, lambda some, query: self._library.among(some, query, clock))))

    # -- looking closer --------------------------------------------------------------------------------------------

    def look(self, topic: str, job: Callable[[Insight, IsStale], object]) -> None:
        """Does the job beside all else, unless a newer one on the same topic comes first; it tells what it finds itself."""
        number = self._looks[topic] = self._looks.get(topic, 0) + 1

        def is_stale() -> bool:
            return self._stop.is_set() or number != self._looks[topic]

        self._looking.add(lambda: None if is_stale() else job(self._library.insight(), is_stale))

    def look_away(self, *topics: str) -> None:
        """Ends the jobs on these topics: nobody wants to know any more."""
        for topic in topics:
            self._looks[topic] = self._looks.get(topic, 0) + 1

    # -- marking ---------------------------------------------------------------------------------------------------

    def judge(self, ids: Sequence[int], job: Job) -> None:
        """Does a job on the marks of these articles as one step; answers with Marked once it is on disk."""
        self._mark("mark", lambda: self._library.judge(ids, job))

    def mark(self, verb: str, job: Callable[[Marks], MarksChanged | None]) -> None:
        """Does any job on the marks; answers with Marked, under that verb."""
        self._mark(verb, lambda: self._library.mark(job))

    def keep_place(self, place: str) -> None:
        """Remembers where the person is."""
        self._marking.add(lambda: self._library.mark(lambda marks: marks.keep_place(place)))

    def undo(self) -> None:
        """Answers with Marked; its `changed` is None where there is nothing to undo."""
        self._mark("undo", self._library.undo)

    def redo(self) -> None:
        """Answers with Marked; its `changed` is None where there is nothing to do again."""
        self._mark("redo", self._library.redo)

    def when_marked(self, then: Callable[[], object]) -> None:
        """Answers with Answered once all that was asked for before is on disk."""
        self._marking.add(lambda: self._post(Answered(then)))

    def is_marking(self) -> bool:
        """Whether a mark that was asked for is not on disk yet."""
        return self._marking.is_busy()

    def look_for_marks(self) -> None:
        """Answers with MarkedElsewhere where another session has marked something since last time."""
        self._marking.add(self._compare_turn)

    def visit(self) -> None:
        """Notes that the person looks now, and that marks made from now on by others are news."""
        self._marking.add(self._begin_visit)

    def _begin_visit(self) -> None:
        self._library.speak_to(self._say)
        self._library.visit(_now())
        self._seen_turn = self._library.marks.turn()

    def _mark(self, verb: str, job: Callable[[], MarksChanged | None]) -> None:
        def run() -> None:
            changed = job()
            self._compare_turn(changed)
            changes = changed.changes if changed is not None else ()
            marked = Marked(changed, verb, judged(changes), {change.spot.key for change in changes})
            self.untold.append(marked)
            self._post(marked)

        self._marking.add(run)

    def _compare_turn(self, own: MarksChanged | None = None) -> None:
        """Tells what others have marked since it was looked last, before a change of one's own or beside it."""
        since, self._seen_turn = self._seen_turn, self._library.marks.turn()
        is_own_alone = own is not None and bool(own.changes) and self._seen_turn == since + 1
        if self._seen_turn != since and not is_own_alone:
            self._post(MarkedElsewhere({key for _, key in self._library.marks.changed_since(since)}))

    # -- sending ---------------------------------------------------------------------------------------------------

    def send(self, job: Callable[[Library, Callable[[], bool]], str]) -> None:
        """Does a long job with a library of its own, and answers with Said. The job asks now and then whether it must stop."""

        def run() -> None:
            library = self._library.another()
            try:
                said = job(library, self._stop.is_set)
            finally:
                library.let_go()
            self._say(said)

        self._sending.add(run)

    # -- indexing --------------------------------------------------------------------------------------------------

    def start_indexing(self) -> None:
        """Brings the index up to date and keeps it so, with Indexed for each step."""
        self._upkeep.start()

    def rescan(self) -> None:
        """Looks at the whole archive now."""
        self._upkeep.rescan()

    def rebuild(self) -> bool:
        """Makes the index anew, because it is damaged; False where that has been done so often that it helps nothing."""
        return self._upkeep.rebuild()

    # -- leaving ---------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Tells everything that goes on to come to its end; `close` waits for it."""
        self._stop.set()
        self._library.interrupt()
        self._library.interrupt_insight()

    def close(self) -> None:
        """Leaves: every mark asked for is written, everything else is dropped."""
        self.leave()
        self._marking.finish()
        self._asking.close()
        self._reading.close()
        self._sending.close()
        self._looking.close()
        self._library.close()
        self._upkeep.close()


def _now() -> datetime:
    return datetime.now().astimezone()
