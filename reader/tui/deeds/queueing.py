"""The reading queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.model import ArticleKey, HeadlineRow
from reader.triage.jobs import giving, toggling
from reader.triage.verbs import verdict
from reader.tui.desk import Deed, Desk
from reader.tui.queue_panel import QueuePanel

_QUEUED = "is:queued"


class Queueing:
    """Adding to the queue, and looking at it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self) -> Mapping[str, Deed]:
        """What each action of the queue does."""
        return {
            "queue": self._queue,
            "show-queue": lambda _: self._desk.when_marked(self._show),
        }

    def _queue(self, count: int | None) -> None:
        self._desk.judge(toggling(verdict("queue"), verdict("unqueue")), self._desk.targets(count) if count is not None else None)

    def _show(self) -> None:
        self._desk.open_drawer(QueuePanel(self._rows(), read=self._read, reorder=self._reorder, take_out=self._take_out))

    def _rows(self) -> Sequence[HeadlineRow]:
        """What is queued, in its order; articles that are gone are left out."""
        library = self._desk.library
        keys = [key for _, key in library.queue()]
        ids = library.ids_of(keys)
        return library.rows([ids[key] for key in keys if key in ids])

    def _read(self, row: HeadlineRow) -> None:
        """Goes into an article, with the whole queue listed where the list hasn't got it."""
        if self._desk.find(row.key):
            self._desk.go_to("article")
        else:
            self._desk.filter_by(_QUEUED, row.key)

    def _reorder(self, rows: Sequence[HeadlineRow]) -> None:
        order: list[tuple[str, ArticleKey]] = [(row.archive, row.key) for row in rows]
        self._desk.work.mark("mark", lambda marks: marks.reorder(order))

    def _take_out(self, row: HeadlineRow) -> None:
        self._desk.judge(giving(verdict("unqueue")), [row.id])
