"""Reading and recognising on all the cores there are, in processes that an article can't take down with it.

Small jobs run in the calling thread: starting processes costs more than a few hundred articles do.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from reader.entities.mentions import Recogniser
from reader.entities.mentions import load as load_recogniser
from reader.index.reading import Reading, load, read
from reader.intake.folder import Stamp
from reader.model import Article, ArticleId, Entity, Mention, Problem

FEW = 400
"""Up to so many articles are handled without other processes."""
_A_TASK = 64
"""Articles handed to a process at once."""

In = TypeVar("In")
Out = TypeVar("Out")

File = tuple[str, str, Stamp]
"""An archive, a path in it, and the stamp the file had when it was found."""
Pending = tuple[ArticleId, str, str]
"""An article whose names are not known yet: its id, archive and path."""
Named = tuple[ArticleId, tuple[Entity, ...]]


def read_files(files: Sequence[File]) -> list[Reading]:
    """Each file read and parsed, in the order given."""
    return [read(archive, path, stamp) for archive, path, stamp in files]


def name_articles(articles: Sequence[Pending]) -> list[Named]:
    """The entities of each article, most mentioned first."""
    return [(article_id, _entities_in(archive, path)) for article_id, archive, path in articles]


def mentions_of(article: Article) -> tuple[Mention, ...]:
    """Every mention in the article, by the recogniser of this process."""
    return _recogniser().find(article)


def entities_of(mentions: Iterable[Mention]) -> tuple[Entity, ...]:
    """The entities that are mentioned, most mentioned first."""
    counted = Counter(Entity(mention.entity, mention.kind) for mention in mentions)
    return tuple(entity for entity, _ in counted.most_common())


@lru_cache(maxsize=1)
def _recogniser() -> Recogniser:
    return load_recogniser()


def _entities_in(archive: str, path: str) -> tuple[Entity, ...]:
    found = load(archive, path)
    if isinstance(found, Problem) or isinstance(found[1], Problem):
        return ()
    return entities_of(mentions_of(found[1]))


class Crew:
    """Runs jobs over many articles, in processes where there are enough of them. Close it when done."""

    def __init__(self, cores: int | None = None) -> None:
        self._cores = cores or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else cores or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def run(self, job: Callable[[list[In]], list[Out]], work: Sequence[In], fallback: Callable[[In], Out]) -> Iterator[list[Out]]:
        """The results of `job`, batch after batch in order. An article that kills its process gets `fallback`."""
        if len(work) <= FEW or self._cores == 1:
            for batch in _batches(work, _A_TASK):
                yield job(batch)
            return
        waiting: list[tuple[list[In], Future[list[Out]]]] = []
        for batch in _batches(work, _A_TASK):
            waiting.append((batch, self._submit(job, batch)))
            if len(waiting) > self._cores * 2:
                yield self._outcome(job, *waiting.pop(0), fallback)
        while waiting:
            yield self._outcome(job, *waiting.pop(0), fallback)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _submit(self, job: Callable[[list[In]], list[Out]], batch: list[In]) -> Future[list[Out]]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._cores, get_context("spawn"), initializer=_leave_signals_to_the_parent)
        try:
            return self._pool.submit(job, batch)
        except BrokenProcessPool:
            self.close()
            return self._submit(job, batch)

    def _outcome(
        self, job: Callable[[list[In]], list[Out]], batch: list[In], future: Future[list[Out]], fallback: Callable[[In], Out]
    ) -> list[Out]:
        try:
            return future.result()
        except BrokenProcessPool:
            self.close()
        # Something in this batch took the process down: one at a time shows which.
        outcomes: list[Out] = []
        for one in batch:
            try:
                outcomes += self._submit(job, [one]).result()
            except BrokenProcessPool:
                self.close()
                outcomes.append(fallback(one))
        return outcomes


def _leave_signals_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _batches(work: Sequence[In], size: int) -> Iterator[list[In]]:
    rest = iter(work)
    while batch := list(islice(rest, size)):
        yield batch
