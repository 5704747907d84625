"""The façade both faces use: archives, index, marks and questions behind one object. Wiring, no logic.

Each role has a connection of its own, opened on first use and used by one thread at a time:

    asking    queries and facets; `interrupt` stops it from any thread
    looking   who, where and when an answer is about; `interrupt_insight` stops it from any thread
    paging    rows for the screen, a page at a time
    marking   the user's marks
    indexing  the only writer of the index
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Literal, TypeVar

from reader.database import attach
from reader.entities.alias_file import AliasFile
from reader.errors import ArchiveError, IndexFileError, StateError, StoreError, UsageError
from reader.index.rows import Counts, RowReader
from reader.index.store import IndexFile
from reader.locks import Stopped
from reader.model import UNMARKED, ArticleId, ArticleKey, Facet, HeadlineRow, Mark, OpenedArticle, Problem, Progress
from reader.query.conditions import Clock
from reader.query.fields import FACETS, nearest
from reader.query.own_tags import own_tags
from reader.query.results import Asker, Tell
from reader.query.tree import Node, Query
from reader.reopened import Reopened
from reader.settings import Folders
from reader.triage.jobs import Job
from reader.triage.marks import Article, Marks, MarksChanged
from reader.triage.past import Past
from reader.triage.store import StateFile
from reader.triage.verbs import Verdict

if TYPE_CHECKING:
    from reader.index.indexing import Indexing, Told
    from reader.index.insight import Insight
    from reader.query.complete import Completion

# What reads articles (parsers, the recogniser, processes) is imported where it is first needed: the first screen of
# headlines comes from the index alone, and is there a third sooner.

Done = TypeVar("Done")

_CLOCK_SLACK = timedelta(hours=2)
"""A clock that goes back by more was set back by someone."""


class Library:
    """The articles of one or more archives and one person's marks on them."""

    def __init__(self, archives: Sequence[str], folders: Folders) -> None:
        """Raises ArchiveError when an archive isn't there. Opens nothing else yet."""
        self.archives = tuple(dict.fromkeys(_real(archive) for archive in archives))
        self._folders = folders
        self._unsaid: list[str] = []
        """What nobody could be told yet."""
        self.say: Callable[[str], None] = self._unsaid.append
        """Told in one line what has become of the files kept here; on any thread. A face sets it before it asks for anything."""
        self.on_paging_trouble: Callable[[StoreError], None] | None = None
        """Told why there is nothing on the page, by a face that paints and so can't be stopped by an error."""
        self._index = IndexFile(
            folders.index or folders.cache, self.archives, lambda words: self.say(words), is_shared=folders.index is not None
        )
        self._state = StateFile(folders.state / "state.db", self.archives, lambda words: self.say(words))
        self.alias_file = AliasFile.of(folders.settings)
        self._asking = Reopened(self._open_asker, lambda: (self._index.edition(), self._state.edition()))
        self._looking = Reopened(self._open_insight, lambda: (self._index.edition(), self._state.edition()))
        self._paging = Reopened(self._open_pager, self._index.edition)
        self._reading = Reopened(self._open_pager, self._index.edition)
        self._marking = Reopened(lambda: self._open_marks(self._marked_keys), self._state.edition)
        self._marked_keys = Reopened(self._open_pager, self._index.edition)
        self._paged_marks = Reopened(lambda: self._open_marks(self._paging), self._state.edition)
        self._is_visiting = False
        self._visited_before: datetime | None = None

    def _open_asker(self) -> Asker:
        return Asker(self._index.reading(), self._state_uri(), self._body, self.alias_file.aliases)

    def _open_insight(self) -> Insight:
        database = self._index.reading()
        attach(database, self._state_uri(), "state")
        from reader.index.insight import Insight

        return Insight(database, partial(own_tags, database), self.alias_file.aliases)

    def _state_uri(self) -> str:
        """Where the marks are, in a file that was found sound."""
        with closing(self._state.open()) as database:
            return database.uri

    def _open_pager(self) -> RowReader:
        return RowReader(self._index.reading(), self.alias_file.aliases)

    def _open_marks(self, pager: Reopened[RowReader]) -> Marks:
        def long_keys(articles: Iterable[Article]) -> Mapping[Article, ArticleKey]:
            # What was marked is on disk, whatever has become of the index.
            with suppress(StoreError):
                return pager.get().long_keys(articles) if len(self.archives) > 1 else {}
            return {}

        return Marks(self._state.open(), self.archives, long_keys)

    def speak_to(self, say: Callable[[str], None]) -> None:
        """Has `say` told of everything from now on, and of what nobody could be told so far."""
        self.say = say
        while self._unsaid:
            say(self._unsaid.pop(0))

    def another(self) -> Library:
        """One more on the same archives and marks, with connections of its own, for a thread of its own, which lets go of it."""
        found = Library(self.archives, self._folders)
        found.say = self.say
        return found

    def close(self) -> None:
        """Leaves the marks' file complete. Call it last; what is open stays usable."""
        self._state.close()

    def let_go(self) -> None:
        """Closes every file, on the one thread that has used this; it opens them anew where it is asked again."""
        for opened in (self._asking, self._looking, self._paging, self._reading, self._marking, self._marked_keys, self._paged_marks):
            opened.close()
        self._state.let_go()

    # -- indexing --------------------------------------------------------------------------------------------------

    def has_index(self) -> bool:
        """Whether there is an index to read; without one, `prepare` makes an empty one."""
        return self._index.exists()

    def keeps_index(self) -> bool:
        """Whether the index can be changed from here; a shared one may be somebody else's."""
        return not self._index.is_foreign

    def require_index(self) -> None:
        """Raises IndexFileError where the index can't be kept, or somebody else keeps it."""
        self._index.require()

    def prepare(self) -> None:
        """Makes the index's file where it is missing or unusable, without reading any article."""
        self._index.prepare()

    def discard_index(self) -> None:
        """Deletes the index; the next `refresh` builds it anew."""
        self._index.discard()

    def spoil_index(self) -> None:
        """After an IndexFileError that says `damaged`: the next `refresh` builds the index anew."""
        self._index.spoil()

    def refresh(self, should_stop: Callable[[], bool] = lambda: False, archives: Sequence[str] = ()) -> Iterator[Progress]:
        """Brings the index up to date with some of the archives, or with all, a step at a time. Runs on the indexing thread.

        Waits while another session does so; ends early when `should_stop` says so. A damaged index is made anew, once.
        Nothing is done where somebody else keeps the index.
        """
        return self._refreshed(should_stop, archives)

    def _refreshed(self, should_stop: Callable[[], bool], archives: Sequence[str], told: Told = lambda _: ()) -> Iterator[Progress]:
        if not self.keeps_index():
            return
        try:
            yield from self._steps(lambda indexing: indexing.refresh(archives), should_stop, told)
        except IndexFileError as error:
            if error.trouble != "damaged":
                raise
            self._index.spoil()
            yield from self._steps(lambda indexing: indexing.refresh(), should_stop)

    def _steps(
        self, work: Callable[[Indexing], Iterator[Progress]], should_stop: Callable[[], bool], told: Told = lambda _: ()
    ) -> Iterator[Progress]:
        from reader.index.indexing import Indexing

        try:
            with self._index.writing(should_stop) as database:
                yield from work(Indexing(database, self.archives, should_stop, told))
        except Stopped:
            return

    def follow(
        self, archive: str, stop: Event, say: Callable[[str], None], give_way: Callable[[], None] = lambda: None
    ) -> Iterator[Iterator[Progress]]:
        """For each change in the archive, the steps that take it into the index; ends when `stop` is set.

        Blocks between changes. Each inner iterator must be used up, on the indexing thread. There are none, but one of no steps,
        where somebody else keeps the index. `give_way` is called now and then in the course of long work.
        """
        if not self.keeps_index():
            yield iter(())
            return
        from reader.intake.folder import Watch

        watch = Watch(archive, stop, say)

        def told(root: str) -> Collection[str]:
            give_way()
            return watch.meanwhile() if root == archive else ()

        for paths in watch:
            if paths is None:
                yield self._refreshed(stop.is_set, [archive], told)
            else:
                yield self._take(archive, paths, stop.is_set)

    def _take(self, archive: str, paths: Iterable[str], should_stop: Callable[[], bool]) -> Iterator[Progress]:
        try:
            yield from self._steps(lambda indexing: indexing.take(archive, paths), should_stop)
        except IndexFileError as error:
            if error.trouble != "damaged":
                raise
            self._index.spoil()
            yield from self.refresh(should_stop)

    # -- asking ----------------------------------------------------------------------------------------------------

    def interrupt(self) -> None:
        """Stops the running question; it raises QueryInterrupted on its own thread."""
        if asker := self._asking.peek():
            asker.interrupt()

    def first_window(self, query: Query, clock: Clock, height: int) -> tuple[ArticleId, ...]:
        """The first `height` ids of the answer; fewer means that is all there are."""
        return self._asking.get().first_window(query, clock, height)

    def all_ids(self, query: Query, clock: Clock) -> array[int]:
        """Every id of the answer, in its order; not to be changed."""
        return self._asking.get().all_ids(query, clock)

    def as_found(self, query: Query, clock: Clock, tell: Tell) -> array[int]:
        """`all_ids` for an answer that takes long; `tell` hears of it as it grows."""
        return self._asking.get().as_found(query, clock, tell)

    def among(self, ids: Sequence[ArticleId], query: Query, clock: Clock) -> set[int]:
        """Which of these few articles are in the answer; quick, however many there are in all."""
        return self._asking.get().among(ids, query, clock)

    def facets(self, field: str, query: Query, clock: Clock, limit: int | None = None) -> tuple[Facet, ...]:
        """The values of a field in the answer, most articles first. Raises UsageError for no such field."""
        if field not in FACETS:
            near = nearest(field, FACETS)
            raise UsageError(f"no facet {field!r}" + (f"; did you mean {near}?" if near else f"; it is one of {', '.join(FACETS)}"))
        return self._asking.get().facets(field, query, clock, limit)

    def count(self, query: Query, clock: Clock) -> int:
        """How many articles are in the answer."""
        return self._asking.get().count(query, clock)

    def come_since(self, file: int) -> tuple[ArticleId, ...]:
        """The articles of the files taken in after that one (`last_file`), as far as their names are known."""
        return self._asking.get().come_since(file)

    def unjudged(self, ids: Sequence[int]) -> bytearray:
        """For each of the articles 1 where it is neither read nor dismissed, else 0."""
        return self._asking.get().unjudged(ids)

    def next_unjudged(self, ids: Sequence[int], start: int, step: Literal[1, -1]) -> int:
        """The place of the nearest of the articles from `start` on, down or up, that is neither read nor dismissed; -1 for none."""
        return self._asking.get().next_unjudged(ids, start, step)

    def still_there(self, ids: Sequence[int]) -> set[int]:
        """Those of the articles that the index still has."""
        return set(self._asking.get().articles_of(ids))

    def why_none(self, query: Query, clock: Clock) -> tuple[Node, int] | None:
        """For an answer of none: the term without which there would be most, and how many."""
        absence = self._asking.get().absence(query, clock)
        return (absence.term, absence.count) if absence else None

    def complete(self, text: str, cursor: int, saved: Iterable[str] = ()) -> Completion:
        """What could come next in the filter bar; `saved` are the names of kept searches."""
        from reader.query.complete import complete

        return complete(text, cursor, self._asking.get().values, saved)

    def foresee(self, text: str, cursor: int) -> None:
        """Reads the lists of what has several names where a filter by one is begun: the first answer would wait .15 s for them."""
        from reader.entities.lexicon import synonyms
        from reader.query.complete import is_of_name

        if is_of_name(text, cursor):
            synonyms(text)

    # -- looking closer --------------------------------------------------------------------------------------------

    def insight(self) -> Insight:
        """Who, where and when an answer is about, for the looking thread."""
        return self._looking.get()

    def interrupt_insight(self) -> None:
        """Stops what the looking thread reads; it raises QueryInterrupted there."""
        if insight := self._looking.peek():
            insight.interrupt()

    # -- paging ----------------------------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """How many articles there are, in which state of which index."""
        return self._paged(lambda: self._paging.get().counts(), Counts(0, 0, ""))

    def last_file(self) -> int:
        """The number of the file that was taken into the index last."""
        return self._paged(lambda: self._paging.get().last_file(), 0)

    def rows(self, ids: Sequence[ArticleId], *, with_entities: bool = False) -> tuple[HeadlineRow, ...]:
        """The rows of these ids in the order given, with their marks as they are on disk; ids that are gone are left out."""
        nothing: tuple[HeadlineRow, ...] = ()
        rows = self._paged(lambda: self._paging.get().rows(ids, with_entities=with_entities), nothing)
        unmarked: dict[tuple[str, ArticleKey], Mark] = {}
        marks = self._paged(lambda: self.page_marks.of((row.archive, row.key) for row in rows), unmarked)
        return tuple(replace(row, mark=marks.get((row.archive, row.key), UNMARKED)) for row in rows)

    def row_of(self, key: str) -> HeadlineRow | None:
        """The row of the article with this key or path."""
        found = self._paging.get().id_of(key)
        return next(iter(self.rows([found], with_entities=True)), None) if found is not None else None

    def ids_of(self, keys: Sequence[ArticleKey]) -> dict[ArticleKey, ArticleId]:
        """The ids of these keys; keys that are gone are left out."""
        return self._paged(lambda: self._paging.get().ids_of(keys), {})

    def links(self) -> Iterator[tuple[str, ArticleKey, str]]:
        """Archive, key and link of every article that has a link."""
        return self._paging.get().links()

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the archive's files."""
        return self._paging.get().problems()

    def _paged(self, job: Callable[[], Done], nothing: Done) -> Done:
        try:
            return job()
        except StoreError as error:
            if self.on_paging_trouble is None:
                raise
            self.on_paging_trouble(error)
            return nothing

    def open(self, row: HeadlineRow) -> OpenedArticle | Problem:
        """The article of a row, read from its file now, with what it names, as far as that is found in time, for the reading thread."""
        read = self.read(row)
        if isinstance(read, Problem):
            return read
        from reader.index.workers import mentions_in_time

        mentions = mentions_in_time(read.article)
        # The article is there to be read, whatever has become of the index.
        with suppress(StoreError):
            mentions = self._reading.get().called(mentions)
        return replace(read, mentions=mentions)

    def read(self, row: HeadlineRow) -> OpenedArticle | Problem:
        """`open` without looking for names, which takes most of its time."""
        from reader.index.reading import load_in_time

        found = load_in_time(row.archive, row.path)
        if isinstance(found, Problem):
            return found
        return found[1] if isinstance(found[1], Problem) else OpenedArticle(row, found[1], ())

    def _body(self, archive: str, path: str) -> str:
        from reader.index.reading import load

        found = load(archive, path)
        return "" if isinstance(found, Problem) or isinstance(found[1], Problem) else found[1].body

    # -- marking ---------------------------------------------------------------------------------------------------

    @property
    def marks(self) -> Marks:
        """The user's marks, for the marking thread."""
        return self._marking.get()

    def tags(self) -> dict[str, int]:
        """The user's tags, each with its number of articles."""
        return self._paged(lambda: self.page_marks.tags(), {})

    def queue(self) -> tuple[Article, ...]:
        """The reading queue, in the order it is to be read."""
        nothing: tuple[Article, ...] = ()
        return self._paged(lambda: self.page_marks.queue(), nothing)

    def past(self) -> Past | None:
        """The past steps, newest first; None where they can't be read now."""
        return self._paged(lambda: self.page_marks.past(), None)

    @property
    def page_marks(self) -> Marks:
        """The user's marks, for the paging thread."""
        return self._paged_marks.get()

    def mark(self, job: Callable[[Marks], Done]) -> Done:
        """Does a job on the marks, a second time on a new file where the one that was open is no longer in its place."""
        # Only once it was opened is it known whether the file can be used.
        self._marking.get()
        self._state.require()
        self._state.back_up(date.today())
        try:
            return job(self.marks)
        except StateError as error:
            if error.trouble == "":
                raise
            if error.trouble == "damaged":
                self._state.mend()
        return job(self.marks)

    def judge(self, ids: Sequence[int], job: Job) -> MarksChanged:
        """Does a job on the marks of these articles, as one step; those that are gone are left out. Runs on the marking thread."""
        articles = self._articles(ids)
        return self.mark(lambda marks: job(marks, articles))

    def _articles(self, ids: Sequence[int]) -> list[Article]:
        found = self._marked_keys.get().articles_of(ids)
        return [found[number] for number in ids if number in found]

    def give(self, verdict: Verdict, rows: Sequence[tuple[str, ArticleKey]]) -> MarksChanged:
        """Gives a verdict on articles, as one step; on disk when it returns."""
        return self.mark(lambda marks: marks.give(verdict, rows))

    def change(self, facts: Sequence[tuple[str, ArticleKey, str, str | None]], past: str) -> MarksChanged:
        """Writes marks of any fields on any articles, as one step; `past` says what they were ("Tagged later:")."""
        return self.mark(lambda marks: marks.change(facts, past))

    def undo(self) -> MarksChanged | None:
        """Turns the last step back; None when there is none."""
        return self.mark(Marks.undo)

    def redo(self) -> MarksChanged | None:
        """Does the last undone step again; None when there is none."""
        return self.mark(Marks.redo)

    def visit(self, now: datetime) -> None:
        """Notes that this person looks now, so that the next visit knows what is new; makes the day's copy of the marks."""
        self._state.back_up(now.date())
        before = self.marks.last_visit()
        if before is not None and before > now + _CLOCK_SLACK:
            self.say(f"the clock says {now:%Y-%m-%d %H:%M}, but you were here at {before:%Y-%m-%d %H:%M}; is it right?")
        # First, because other threads ask meanwhile, and this visit is not what they mean.
        self._visited_before, self._is_visiting = before, True
        self.marks.visit(now)

    def clock(self, now: datetime) -> Clock:
        """The clock for questions asked now."""
        return Clock(now.date(), now, self._visited_before if self._is_visiting else self.page_marks.last_visit())


def _real(archive: str) -> str:
    """An archive's real path. Raises ArchiveError when it isn't there."""
    if not archive:
        raise ArchiveError("an archive without a name; name a folder of articles, or one article (. is this folder)")
    try:
        return os.path.realpath(os.path.expanduser(archive), strict=True)
    except OSError as error:
        raise ArchiveError(f"{archive}: {error.strerror or error}; name a folder of articles, or one article") from error
