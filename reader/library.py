"""The façade both faces use: archives, index, marks and questions behind one object. Wiring, no logic.

Each role has a connection of its own, opened on first use and used by one thread at a time:

    asking    queries and facets; `interrupt` stops it from any thread
    paging    rows for the screen, a page at a time
    marking   the user's marks
    indexing  the only writer of the index
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from threading import Event

from reader.errors import ArchiveError, UsageError
from reader.index import store
from reader.index.indexing import Indexing, Progress
from reader.index.reading import load
from reader.index.rows import Counts, RowReader
from reader.intake.folder import watch
from reader.model import UNMARKED, ArticleId, ArticleKey, Facet, HeadlineRow, OpenedArticle, Problem
from reader.query.compile import Clock
from reader.query.complete import Completion, complete
from reader.query.fields import FACETS, nearest
from reader.query.results import Asker
from reader.query.tree import Node, Query
from reader.settings import Folders
from reader.triage.marks import Marks, MarksChanged, Step, open_marks
from reader.triage.verbs import Verdict


class Library:
    """The articles of one or more archives and one person's marks on them."""

    def __init__(self, archives: Sequence[str], folders: Folders) -> None:
        """Raises ArchiveError when an archive isn't there. Opens nothing else yet."""
        self.archives = tuple(dict.fromkeys(_real(archive) for archive in archives))
        self._folders = folders
        self._index_path = store.index_path(folders.cache, self.archives)
        self._state_path = folders.state / "state.db"
        self._is_visiting = False
        self._visited_before: datetime | None = None

    # -- indexing --------------------------------------------------------------------------------------------------

    def has_index(self) -> bool:
        """Whether there is an index to read; without one, `prepare` makes an empty one."""
        return self._index_path.exists()

    def prepare(self) -> None:
        """Makes the index's file where it is missing or unusable, without reading any article."""
        store.open_for_writing(self._index_path, self.archives).close()

    def discard_index(self) -> None:
        """Deletes the index; the next `refresh` builds it anew."""
        store.discard(self._index_path)

    def refresh(self, should_stop: Callable[[], bool] = lambda: False) -> Iterator[Progress]:
        """Brings the index up to date, a step at a time. Runs on the indexing thread."""
        database = store.open_for_writing(self._index_path, self.archives)
        try:
            yield from Indexing(database, self.archives, should_stop).refresh()
        finally:
            database.close()

    def follow(self, archive: str, stop: Event, say: Callable[[str], None]) -> Iterator[Iterator[Progress]]:
        """For each change in the archive, the steps that take it into the index; ends when `stop` is set.

        Blocks between changes. Each inner iterator must be used up, on the indexing thread.
        """
        for paths in watch(archive, stop, say):
            yield self.refresh(stop.is_set) if paths is None else self._take(archive, paths, stop.is_set)

    def _take(self, archive: str, paths: Iterable[str], should_stop: Callable[[], bool]) -> Iterator[Progress]:
        database = store.open_for_writing(self._index_path, self.archives)
        try:
            yield from Indexing(database, self.archives, should_stop).take(archive, paths)
        finally:
            database.close()

    # -- asking ----------------------------------------------------------------------------------------------------

    @cached_property
    def _asker(self) -> Asker:
        self.marks.turn()  # The state file must be there before it is attached.
        return Asker(store.open_for_reading(self._index_path), self._state_path, self._body)

    def interrupt(self) -> None:
        """Stops the running question; it raises QueryInterrupted on its own thread."""
        if "_asker" in self.__dict__:
            self._asker.interrupt()

    def first_window(self, query: Query, clock: Clock, height: int) -> tuple[ArticleId, ...]:
        """The first `height` ids of the answer; fewer means that is all there are."""
        return self._asker.first_window(query, clock, height)

    def all_ids(self, query: Query, clock: Clock) -> array[int]:
        """Every id of the answer, in its order."""
        return self._asker.all_ids(query, clock)

    def facets(self, field: str, query: Query, clock: Clock, limit: int | None = None) -> tuple[Facet, ...]:
        """The values of a field in the answer, most articles first. Raises UsageError for no such field."""
        if field not in FACETS:
            near = nearest(field, FACETS)
            raise UsageError(f"no facet {field!r}" + (f"; did you mean {near}?" if near else f"; it is one of {', '.join(FACETS)}"))
        return self._asker.facets(field, query, clock, limit)

    def why_none(self, query: Query, clock: Clock) -> tuple[Node, int] | None:
        """For an answer of none: the term without which there would be most, and how many."""
        absence = self._asker.absence(query, clock)
        return (absence.term, absence.count) if absence else None

    def complete(self, text: str, cursor: int) -> Completion:
        """What could come next in the filter bar."""
        return complete(text, cursor, self._asker.values)

    # -- paging ----------------------------------------------------------------------------------------------------

    @cached_property
    def _pager(self) -> RowReader:
        return RowReader(store.open_for_reading(self._index_path))

    def counts(self) -> Counts:
        """How many articles there are, in which state of which index."""
        return self._pager.counts()

    def rows(self, ids: Sequence[ArticleId], *, with_entities: bool = False) -> tuple[HeadlineRow, ...]:
        """The rows of these ids in the order given, with their marks as they are on disk; ids that are gone are left out."""
        rows = self._pager.rows(ids, with_entities=with_entities)
        marks = self.page_marks.of((row.archive, row.key) for row in rows)
        return tuple(replace(row, mark=marks.get((row.archive, row.key), UNMARKED)) for row in rows)

    def row_of(self, key: str) -> HeadlineRow | None:
        """The row of the article with this key or path."""
        found = self._pager.id_of(key)
        return next(iter(self.rows([found], with_entities=True)), None) if found is not None else None

    def ids_of(self, keys: Sequence[ArticleKey]) -> dict[ArticleKey, ArticleId]:
        """The ids of these keys; keys that are gone are left out."""
        return self._pager.ids_of(keys)

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the archive's files."""
        return self._pager.problems()

    def open(self, row: HeadlineRow) -> OpenedArticle | Problem:
        """The article of a row, read from its file now. Safe on any thread."""
        found = load(row.archive, row.path)
        if isinstance(found, Problem):
            return found
        if isinstance(found[1], Problem):
            return found[1]
        from reader.index.workers import mentions_of

        return OpenedArticle(row, found[1], mentions_of(found[1]))

    def _body(self, archive: str, path: str) -> str:
        found = load(archive, path)
        return "" if isinstance(found, Problem) or isinstance(found[1], Problem) else found[1].body

    # -- marking ---------------------------------------------------------------------------------------------------

    @cached_property
    def marks(self) -> Marks:
        """The user's marks, for the marking thread."""
        return open_marks(self._state_path, self.archives)

    @cached_property
    def page_marks(self) -> Marks:
        """The user's marks, for the paging thread."""
        return open_marks(self._state_path, self.archives)

    def give(self, verdict: Verdict, rows: Sequence[tuple[str, ArticleKey]]) -> MarksChanged:
        """Gives a verdict on articles, as one step; on disk when it returns."""
        return self.marks.give(verdict, rows)

    def toggle(self, setting: Verdict, unsetting: Verdict, rows: Sequence[tuple[str, ArticleKey]]) -> MarksChanged:
        """Sets a mark where any of the articles lacks it, else takes it from all."""
        return self.marks.toggle(setting, unsetting, rows)

    def undo(self) -> MarksChanged | None:
        """Turns the last step back; None when there is none."""
        return self.marks.undo()

    def redo(self) -> MarksChanged | None:
        """Does the last undone step again; None when there is none."""
        return self.marks.redo()

    def steps(self) -> tuple[Step, ...]:
        """The last steps, newest first."""
        return self.marks.steps()

    def visit(self, now: datetime) -> None:
        """Notes that this person looks now, so that the next visit knows what is new."""
        self._visited_before = self.marks.visit(now)
        self._is_visiting = True

    def clock(self, now: datetime) -> Clock:
        """The clock for questions asked now."""
        return Clock(now.date(), now, self._visited_before if self._is_visiting else self.page_marks.last_visit())


def _real(archive: str) -> str:
    """An archive's real path. Raises ArchiveError when it isn't there."""
    try:
        return os.path.realpath(os.path.expanduser(archive), strict=True)
    except OSError as error:
        raise ArchiveError(f"{archive}: {error.strerror or error}; name a folder of articles, or one article") from error
