"""The reading queue: what is to be read, in which order, how long it takes, and what fits the time there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reader.model import HeadlineRow
from reader.triage.reading import fitting, minutes
from reader.tui.panel import Panel

_KEYS = "Enter reads · J K move · a takes out · 20 says what fits 20 minutes · Esc closes"
_MOST_MINUTES = 999


class QueuePanel(Panel):
    """Articles that wait to be read."""

    def __init__(
        self,
        rows: Sequence[HeadlineRow],
        *,
        read: Callable[[HeadlineRow], object],
        reorder: Callable[[Sequence[HeadlineRow]], object],
        take_out: Callable[[HeadlineRow], object],
    ) -> None:
        super().__init__()
        self._rows = list(rows)
        self._read = read
        self._reorder = reorder
        self._take_out = take_out
        self._room = 0
        """The minutes there are; 0 for no matter how many."""
        self._show(0)

    @property
    def rows(self) -> Sequence[HeadlineRow]:
        """The queue as it is shown."""
        return self._rows

    def choose(self) -> None:
        """Reads the article under the cursor."""
        if self._rows:
            self._read(self._rows[self.lines.cursor])
            self.close()

    def press_other(self, key: str) -> None:
        """Moves an article, takes one out, or takes the minutes that there are."""
        at = self.lines.cursor
        if key in ("J", "K"):
            self._move(at, 1 if key == "J" else -1)
        elif key == "a" and self._rows:
            self._take_out(self._rows.pop(at))
            self._show(at)
        elif key.isdecimal() and key.isascii():
            self._room = min(self._room * 10 + int(key), _MOST_MINUTES)
            self._show(at)
        elif key == "backspace":
            self._room //= 10
            self._show(at)

    def _move(self, at: int, step: int) -> None:
        to = at + step
        if 0 <= to < len(self._rows):
            self._rows[at], self._rows[to] = self._rows[to], self._rows[at]
            self._reorder(self._rows)
            self._show(to)

    def _show(self, cursor: int) -> None:
        lengths = [minutes(row.words) for row in self._rows]
        chosen = fitting(lengths, self._room) if self._room else list(range(len(lengths)))
        left_out = frozenset(range(len(lengths))) - frozenset(chosen)
        fits = [("> " if index in chosen else "  ") if self._room else "" for index in range(len(lengths))]
        self.lines.show(
            [(f"{fit}{length:>3} min", row.headline) for fit, length, row in zip(fits, lengths, self._rows, strict=True)], cursor, left_out
        )
        taken = sum(lengths[index] for index in chosen)
        if not self._rows:
            self.entitle("The reading queue is empty; `a` on a headline adds it. Esc closes.")
        elif self._room:
            self.entitle(f"{len(chosen)} of {len(lengths)} fit {self._room} min: {taken} min · {_KEYS}")
        else:
            self.entitle(f"{len(lengths)} to read, {taken} min · {_KEYS}")
