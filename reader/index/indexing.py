"""Bringing the index up to date with the archives: what is new is read newest first, a batch a transaction.

Belongs to one thread at a time. Killed at any moment it goes on where it was: a file that is not in the index with its
present stamp is read, and an article whose names are missing gets them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import replace

from reader.database import Database
from reader.index.additions import known_digests
from reader.index.articles import ArticleWriter
from reader.index.crew import Crew, Work
from reader.index.reading import Reading
from reader.index.stamps import KnownStamps
from reader.index.work_list import ArchiveWork, FoundFiles, WorkList
from reader.index.workers import File, Named, Pending, name_article, read_beginning_of_file, read_file, require_recogniser
from reader.intake.folder import FolderDiff, Stamp, changes, changes_at
from reader.intake.likely_days import ANY_DAY, latest_day
from reader.model import IndexChange, Problem, Progress
from reader.paths import shown_path

_BATCH = 4096
"""Articles a transaction: what full-text search gathers of fewer it would have to put together again and again."""
_FIRST_BATCH = 256
"""The newest articles are committed early, so that they can be read while the rest is indexed."""
_NAMED_BATCH = 2048
"""Articles a transaction when their names are stored, which takes longer to find."""

_EARLY = 500
"""Files that are listed before all others because they have just changed; where there are more they come in their turn."""
_FOLDERS_AHEAD = 4
"""Folders whose new files are listed before all others are looked at: for each, all of the index is asked whether they have moved."""

ShouldStop = Callable[[], bool]
Told = Callable[[str], Collection[str]]
"""Where an archive has changed since this was asked last: paths that `changes_at` understands. They are told of once more later."""


class Indexing:
    """Keeps one index in step with its archives."""

    def __init__(
        self, database: Database, roots: Sequence[str], should_stop: ShouldStop = lambda: False, told: Told = lambda _: ()
    ) -> None:
        """`told` is asked now and then in the course of long work, so that a file that has just been written need not wait for its end."""
        self._database = database
        self._writer = ArticleWriter(database)
        numbers = {shown_path(path): number for number, path in database.rows("SELECT id, path FROM roots")}
        self._known = {root: KnownStamps(database, numbers[root]) for root in roots}
        self._should_stop = should_stop
        self._told = told

    def refresh(self, roots: Sequence[str] = ()) -> Iterator[Progress]:
        """Looks at every file of some archives, or of all; reads what is new or changed, then recognises names; a step at a time."""
        crew = Crew(self._should_stop)
        work = WorkList(self._database)
        problems: dict[str, list[Problem]] = {}
        try:
            for root in roots or self._known:
                problems[root] = yield from self._look_through(root, work, crew)
            if self._should_stop():
                return
            yield from self._read(work, crew)
            if self._should_stop():
                return
            for root, found in problems.items():
                self._writer.set_unreadable(root, found)
            yield from self._name(work, crew)
        finally:
            crew.close()
        if not self._should_stop():
            self._writer.compact(self._should_stop)

    def take(self, root: str, paths: Iterable[str]) -> Iterator[Progress]:
        """Reads only these paths again (new, changed or gone), as a watcher names them."""
        work = WorkList(self._database)
        known = self._known[root]
        for difference in changes_at(root, paths, known):
            work.add(known.root, difference)
        crew = Crew(self._should_stop)
        try:
            yield from self._read(work, crew)
            yield from self._name(work, crew)
        finally:
            crew.close()

    # -- looking ---------------------------------------------------------------------------------------------------

    def _look_through(self, root: str, work: WorkList, crew: Crew) -> Generator[Progress, None, list[Problem]]:
        """Puts down what there is to do; gives what could not be looked at. A crew that will have work gets ready meanwhile.

        The newest articles are read on the way: of an archive of which nothing is known as soon as it is sure which these are, else
        those in the first folders that hold any.
        """
        known = self._known[root]
        problems: list[Problem] = []
        found = 0
        folders_ahead = 0 if known.was_empty else _FOLDERS_AHEAD
        day = ANY_DAY if known.was_empty else ""
        for difference in changes(root, known, self._should_stop):
            if folders_ahead and 0 < len(difference.found) <= _EARLY:
                folders_ahead -= 1
                difference = yield from self._ahead(root, difference, crew)
            work.add(known.root, difference)
            problems += difference.problems
            found += len(difference.found)
            crew.get_ready(read_file, found)
            # No folder that comes now may hold later days than this one.
            if found >= _FIRST_BATCH and latest_day(difference.folder) < day:
                day = latest_day(difference.folder)
                if newest := work.newest(known.root, root, day, _FIRST_BATCH):
                    yield from self._read_newest(root, newest, found, work, crew)
                    day = ""
            yield from self._overtaking(work, crew)
        return problems

    def _read_newest(self, root: str, newest: FoundFiles, found: int, work: WorkList, crew: Crew) -> Iterator[Progress]:
        readings = _read_at_once(newest, crew)
        if len(readings) == len(newest):
            work.finish(newest)
            yield Progress("reading", work.done, found, self._apply(root, readings, [], crew))

    def _ahead(self, root: str, difference: FolderDiff, crew: Crew) -> Generator[Progress, None, FolderDiff]:
        """Lists what was found in a folder; gives what is left: files with the bytes of a known one, which may have moved."""
        readings = _read_at_once([(root, path, stamp) for path, stamp in difference.found.items()], crew)
        known = known_digests(self._database, self._known[root].root, [reading.digest for reading in readings])
        new = [reading for reading in readings if reading.article is not None and reading.digest not in known]
        if new:
            yield Progress("reading", len(new), len(new), self._apply(root, new, [], crew))
        listed = {reading.path for reading in new}
        return replace(difference, found={path: stamp for path, stamp in difference.found.items() if path not in listed})

    def _overtaking(self, work: WorkList, crew: Crew) -> Iterator[Progress]:
        """Lists the few files that have changed in the course of long work, before it goes on."""
        for root, known in self._known.items():
            paths = self._told(root)
            if not paths:
                continue
            found, gone = self._few_differences(root, paths)
            readings = _read_at_once([(root, path, stamp) for path, stamp in found.items()], crew)
            if len(readings) == len(found) and (found or gone):
                work.overtake(known.root, [*found, *gone])
                yield Progress("reading", len(readings), len(readings), self._apply(root, readings, gone, crew))

    def _few_differences(self, root: str, paths: Collection[str]) -> tuple[dict[str, Stamp], list[str]]:
        """The files at these places that were added or changed, and those that are gone; none where there are many."""
        found: dict[str, Stamp] = {}
        gone: list[str] = []
        for difference in changes_at(root, paths, self._known[root]):
            found |= difference.found
            gone += difference.gone
            if len(found) + len(gone) > _EARLY:
                return {}, []
        return found, gone

    # -- reading ---------------------------------------------------------------------------------------------------

    def _read(self, work: WorkList, crew: Crew) -> Iterator[Progress]:
        total = work.done + work.settle()
        done = work.done
        for root, known in self._known.items():
            one = work.of(known.root, root)
            for change, count in self._read_one(root, one, crew):
                done += count
                yield Progress("reading", done, total, change)
                yield from self._overtaking(work, crew)
            if not self._should_stop():
                one.keep_fingerprints()

    def _read_one(self, root: str, work: ArchiveWork, crew: Crew) -> Iterator[tuple[IndexChange, int]]:
        yield from self._take_out(root, work.gone_for_good())
        yield from self._put_in(root, work, work.maybe_moved, crew)
        if not self._should_stop():
            yield from self._take_out(root, work.gone_after_all())
            yield from self._put_in(root, work, work.others, crew)

    def _take_out(self, root: str, gone: Iterable[Sequence[str]]) -> Iterator[tuple[IndexChange, int]]:
        for paths in gone:
            yield self._writer.apply(root, [], paths), len(paths)

    def _put_in(self, root: str, work: ArchiveWork, files: FoundFiles, crew: Crew) -> Iterator[tuple[IndexChange, int]]:
        """A file that has moved goes with the one that is gone into one transaction, so that it keeps its key and with it its marks."""
        batch: list[Reading] = []
        size = _FIRST_BATCH
        for readings in crew.run(read_file, files, _unreadable, lesser=read_beginning_of_file):
            batch += readings
            if len(batch) >= size:
                yield self._replace(root, batch, work.moved(batch), crew)
                batch, size = [], _BATCH
            if self._should_stop():
                break
        if batch:
            yield self._replace(root, batch, work.moved(batch), crew)

    def _replace(self, root: str, readings: list[Reading], gone: Sequence[str], crew: Crew) -> tuple[IndexChange, int]:
        return self._apply(root, readings, gone, crew), len(readings) + len(gone)

    def _apply(self, root: str, readings: list[Reading], removed: Sequence[str], crew: Crew) -> IndexChange:
        gone = set(removed)
        crowded = [path for path in self._writer.crowded(root, readings) if path not in gone]
        if crowded:
            stamps = self._known[root].stamps(crowded)
            again = [(root, path, stamps[path]) for path in crowded]
            for anew in crew.run(read_file, again, _unreadable, lesser=read_beginning_of_file, to_the_end=True):
                readings = readings + anew
        return self._writer.apply(root, readings, removed)

    # -- naming ----------------------------------------------------------------------------------------------------

    def _name(self, work: WorkList, crew: Crew) -> Iterator[Progress]:
        pending = self._writer.pending()
        if pending:
            require_recogniser()
        done = 0
        batch: list[Named] = []
        for named in crew.run(name_article, pending, self._nameless):
            batch += named
            if len(batch) >= _NAMED_BATCH or self._should_stop():
                yield self._set_names(batch, done := done + len(batch), len(pending))
                yield from self._overtaking(work, crew)
                batch = []
            if self._should_stop():
                return
        if batch:
            yield self._set_names(batch, done := done + len(batch), len(pending))

    def _nameless(self, pending: Pending, why: str) -> Named:
        self._writer.add_problem(pending[0], f"what it names was not looked for, because {why}", "read in part")
        return Named(pending[0])

    def _set_names(self, batch: Sequence[Named], done: int, total: int) -> Progress:
        return Progress("naming", done, max(total, done), IndexChange(self._writer.set_names(batch)))


def _read_at_once(files: Work, crew: Crew) -> list[Reading]:
    """All of some files, in this thread: processes would have to begin first. Fewer when told to stop."""
    return [each for some in crew.run(read_file, files, _unreadable, lesser=read_beginning_of_file, here=True) for each in some]


def _unreadable(file: File, why: str) -> Reading:
    _, path, stamp = file
    return Reading(path, stamp, b"", None, (Problem(path, None, f"not read, because {why}", "skipped"),))
