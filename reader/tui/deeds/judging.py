"""Verdicts on articles, and taking them back."""

from __future__ import annotations

from collections.abc import Mapping

from reader.triage.verbs import verdict
from reader.tui.desk import Deed, Desk


class Judging:
    """Read, star, undo, redo."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self) -> Mapping[str, Deed]:
        """What each action of judging does."""
        return {
            "toggle-read": lambda _: self._toggle("read", "unread"),
            "star": lambda _: self._toggle("star", "unstar"),
            "undo": lambda _: self._desk.work.undo(),
            "redo": lambda _: self._desk.work.redo(),
        }

    def _toggle(self, setting: str, unsetting: str) -> None:
        row = self._desk.row()
        if row is not None:
            self._desk.work.toggle(verdict(setting), verdict(unsetting), [(row.archive, row.key)])
