"""The past steps in words, newest first; choosing one goes back to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from reader.triage.past import Past
from reader.tui.panel import Panel, Row

BEGINNING = 0
"""The step before all others."""


class StepsPanel(Panel):
    """History: what was done, what was undone, and where one is in it."""

    def __init__(self, past: Past, now: datetime, go_to: Callable[[int], object]) -> None:
        super().__init__()
        self._past = past
        self._go_to = go_to
        self.lines.show(_Rows(past, now), past.here, past.undone)
        self.entitle("Steps, newest first · Enter goes back to one, or on to it · Esc closes")

    def choose(self) -> None:
        """Goes to the step under the cursor."""
        at = self.lines.cursor
        self._go_to(self._past[at].id if at < len(self._past) else BEGINNING)
        self.close()


class _Rows:
    """A line for each step, and one for the time before the first."""

    def __init__(self, past: Past, now: datetime) -> None:
        self._past = past
        self._now = now
        self._here = past.here

    def __len__(self) -> int:
        return len(self._past) + 1

    def __getitem__(self, at: int) -> Row:
        here = "  ← you are here" if at == self._here else ""
        if at == len(self._past):
            return " " * 12, f"before all of these{here}"
        step = self._past[at]
        return when(step.at, self._now), step.said + ("  (undone)" if step.is_undone else here)


def when(at: datetime | None, now: datetime) -> str:
    """A time in twelve cells: the time of day today, else the date before it; blanks for none."""
    if at is None:
        return " " * 12
    local = at.astimezone(now.tzinfo)
    return f"{local:%H:%M}".rjust(12) if local.date() == now.date() else f"{local:%d %b %H:%M}".rjust(12)
