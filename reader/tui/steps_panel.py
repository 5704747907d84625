"""The past steps in words, newest first; choosing one goes back to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from reader.triage.marks import Step
from reader.tui.panel import Panel, Row

BEGINNING = 0
"""The step before all others."""


class StepsPanel(Panel):
    """History: what was done, what was undone, and where one is in it."""

    def __init__(self, steps: Sequence[Step], now: datetime, go_to: Callable[[int], object]) -> None:
        super().__init__()
        self._steps = steps
        self._go_to = go_to
        undone = frozenset(index for index, step in enumerate(steps) if step.is_undone)
        self.lines.show(_rows(steps, now), len(undone), undone)
        self.entitle("Steps, newest first · Enter goes back to one, or on to it · Esc closes")

    def choose(self) -> None:
        """Goes to the step under the cursor."""
        at = self.lines.cursor
        self._go_to(self._steps[at].id if at < len(self._steps) else BEGINNING)
        self.close()


def _rows(steps: Sequence[Step], now: datetime) -> list[Row]:
    current = next((step.id for step in steps if not step.is_undone), BEGINNING)
    rows = [(when(step.at, now), f"{step.said}{_state(step, current)}") for step in steps]
    return [*rows, (" " * 12, "before all of these" + ("  ← you are here" if current == BEGINNING else ""))]


def _state(step: Step, current: int) -> str:
    if step.is_undone:
        return "  (undone)"
    return "  ← you are here" if step.id == current else ""


def when(at: datetime, now: datetime) -> str:
    """A time in twelve cells: the time of day today, else the date before it."""
    local = at.astimezone(now.tzinfo)
    return f"{local:%H:%M}".rjust(12) if local.date() == now.date() else f"{local:%d %b %H:%M}".rjust(12)
