"""Bringing the index up to date with the archives: what is new is read newest first, a batch a transaction.

Belongs to one thread at a time. Killed at any moment it goes on where it was: a file that is not in the index with its
present stamp is read, and an article whose names are missing gets them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from reader.database import Database
from reader.index.articles import ArticleWriter
from reader.index.crew import Crew
from reader.index.paths import shown_path
from reader.index.reading import Reading
from reader.index.workers import File, Named, Pending, name_article, read_beginning_of_file, read_file
from reader.intake.folder import FolderDiff, Stamp, changes, changes_at
from reader.model import IndexChange, Problem, Progress

_BATCH = 2048
"""Articles a transaction."""
_FIRST_BATCH = 256
"""The newest articles are committed early, so that they can be read while the rest is indexed."""

ShouldStop = Callable[[], bool]


class Indexing:
    """Keeps one index in step with its archives."""

    def __init__(self, database: Database, roots: Sequence[str], should_stop: ShouldStop = lambda: False) -> None:
        self._database = database
        self._writer = ArticleWriter(database)
        self._roots = roots
        self._should_stop = should_stop

    def refresh(self) -> Iterator[Progress]:
        """Looks at every file, reads what is new or changed, then recognises names; a step at a time."""
        diffs = []
        for root in self._roots:
            difference = changes(root, self._known(root), self._should_stop)
            if difference is None:
                return
            diffs.append((root, difference))
            self._writer.set_unreadable(root, difference.problems)
        crew = Crew(self._should_stop)
        try:
            yield from self._read(diffs, crew)
            yield from self._name(crew)
        finally:
            crew.close()

    def take(self, root: str, paths: Iterable[str]) -> Iterator[Progress]:
        """Reads only these paths again (new, changed or gone), as a watcher names them."""
        difference = changes_at(root, paths, self._known(root))
        crew = Crew(self._should_stop)
        try:
            yield from self._read([(root, difference)], crew)
            yield from self._name(crew)
        finally:
            crew.close()

    def _known(self, root: str) -> dict[str, Stamp]:
        sql = "SELECT f.path, f.size, f.mtime FROM files f JOIN roots r ON r.id = f.root WHERE r.path = ? AND f.size >= 0"
        return {shown_path(path): (size, mtime) for path, size, mtime in self._database.rows(sql, (root,))}

    # -- reading ---------------------------------------------------------------------------------------------------

    def _read(self, diffs: Sequence[tuple[str, FolderDiff]], crew: Crew) -> Iterator[Progress]:
        total = sum(len(each.added) + len(each.changed) + len(each.removed) for _, each in diffs)
        done = 0
        for root, each in diffs:
            for change, count in self._read_one(root, each, crew):
                done += count
                yield Progress("reading", done, total, change)

    def _read_one(self, root: str, difference: FolderDiff, crew: Crew) -> Iterator[tuple[IndexChange, int]]:
        stamps = difference.stamps
        newest_first = sorted(stamps, key=lambda path: _guess(path, stamps[path]), reverse=True)
        removed = list(difference.removed)
        known = self._known(root) if removed else {}
        sizes_gone = {known[path][0] for path in removed if path in known}
        # What may have moved goes with what is gone into one transaction, so that it keeps its key and with it its marks.
        newest_first.sort(key=lambda path: stamps[path][0] not in sizes_gone)
        files: list[File] = [(root, path, stamps[path]) for path in newest_first]
        batch: list[Reading] = []
        size = max(_FIRST_BATCH, sum(stamps[path][0] in sizes_gone for path in newest_first))
        for readings in crew.run(read_file, files, _unreadable, lesser=read_beginning_of_file):
            batch += readings
            if len(batch) >= size:
                yield self._apply(root, batch, removed, crew), len(batch) + len(removed)
                batch, removed, size = [], [], _BATCH
            if self._should_stop():
                break
        if batch or removed:
            yield self._apply(root, batch, removed, crew), len(batch) + len(removed)

    def _apply(self, root: str, readings: list[Reading], removed: Sequence[str], crew: Crew) -> IndexChange:
        crowded = self._writer.crowded(root, readings)
        if crowded:
            known = self._known(root)
            again = [(root, path, known[path]) for path in crowded]
            for anew in crew.run(read_file, again, _unreadable, lesser=read_beginning_of_file, to_the_end=True):
                readings = readings + anew
        return self._writer.apply(root, readings, removed)

    # -- naming ----------------------------------------------------------------------------------------------------

    def _name(self, crew: Crew) -> Iterator[Progress]:
        total = self._writer.pending_count()
        done = 0
        while (pending := self._writer.pending(_BATCH * 4)) and not self._should_stop():
            batch: list[Named] = []
            for named in crew.run(name_article, pending, self._nameless):
                batch += named
                if len(batch) >= _BATCH or self._should_stop():
                    yield self._set_names(batch, done := done + len(batch), total)
                    batch = []
                if self._should_stop():
                    return
            if batch:
                yield self._set_names(batch, done := done + len(batch), total)

    def _nameless(self, pending: Pending, why: str) -> Named:
        self._writer.add_problem(pending[0], f"what it names was not looked for, because {why}", "read in part")
        return Named(pending[0])

    def _set_names(self, batch: Sequence[Named], done: int, total: int) -> Progress:
        return Progress("naming", done, max(total, done), IndexChange(self._writer.set_names(batch)))


def _unreadable(file: File, why: str) -> Reading:
    _, path, stamp = file
    return Reading(path, stamp, b"", None, (Problem(path, None, f"not read, because {why}", "skipped"),))


_DATE_IN_PATH = re.compile(r"(?<!\d)((?:18|19|20)\d\d)(?:[-_/.]?(\d\d))?(?:[-_/.]?(\d\d))?(?!\d)")


def _guess(path: str, stamp: Stamp) -> str:
    """When a file is likely to be from, before it is read: by its path, else by its time."""
    found = _DATE_IN_PATH.search(path)
    if found:
        return "".join(part or "00" for part in found.groups())
    return datetime.fromtimestamp(stamp[1] / 1e9, UTC).strftime("%Y%m%d")
