"""Verdicts on articles, and taking them back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from reader.triage.jobs import Job, dismiss, giving, toggling
from reader.triage.verbs import verdict
from reader.tui.deeds.moving import Moving
from reader.tui.desk import Deed, Desk
from reader.tui.steps_panel import StepsPanel


class Judging:
    """Read, star, dismiss, one by one or all at once; undo, redo, and the history of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._moving = Moving(desk)

    def table(self) -> Mapping[str, Deed]:
        """What each action of judging does."""
        return {
            "toggle-read": lambda count: self._judge(toggling(verdict("read"), verdict("unread")), count),
            "star": lambda count: self._judge(toggling(verdict("star"), verdict("unstar")), count),
            "dismiss": lambda count: self._judge(dismiss, count, goes_on=True),
            "read-listed": lambda _: self._read_listed(),
            "read-above": lambda _: self._read_above(),
            "undo": lambda _: self._desk.work.undo(),
            "redo": lambda _: self._desk.work.redo(),
            "history": lambda _: self._desk.when_marked(self._show_history),
        }

    def _judge(self, job: Job, count: int | None, *, goes_on: bool = False) -> None:
        """Judges; after a single article, or a counted row of them, goes on to the next unread where that is wanted."""
        ids = self._desk.targets(count)
        self._desk.judge(job, ids if count is not None else None)
        if ids and (count is not None or len(ids) == 1) and (goes_on or self._desk.settings.advance):
            if len(ids) > 1:
                self._desk.headlines.move(len(ids) - 1)
            self._moving.go_unread(1)

    def _read_listed(self) -> None:
        self._desk.session.when_listed(lambda ids: self._desk.judge(giving(verdict("read")), ids))

    def _read_above(self) -> None:
        at = self._desk.headlines.cursor
        self._desk.judge(giving(verdict("read")), self._desk.session.answer.ids[: at + 1])

    def _show_history(self) -> None:
        past = self._desk.library.past()
        if past is not None:
            self._desk.open_drawer(StepsPanel(past, datetime.now().astimezone(), self._go_to_step))

    def _go_to_step(self, step: int) -> None:
        self._desk.work.mark("go back", lambda marks: marks.go_to(step))
