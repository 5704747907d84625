"""What has been judged since the reader was opened, and how fast: the counter on screen and the summary on leaving. Plain Python."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from reader.model import ArticleKey
from reader.triage.undo import Change
from reader.triage.verbs import QUEUED, TAG

_RECENT_SECONDS = 120.0
_LEAST_VERDICTS = 3
"""Verdicts before a pace is worth telling."""

_TAGGED = "tagged"
_DONE = (("starred", "starred"), ("skipped", "dismissed"), ("read", "read"), (QUEUED, "queued"), (_TAGGED, "tagged"), ("note", "noted"))

Judged = tuple[str, ArticleKey, str]
"""Archive, key and field: what was taken back isn't counted, what was given twice counts once."""


class Tally:
    """Counts verdicts as they reach the disk."""

    def __init__(self) -> None:
        self._judged: set[Judged] = set()
        self._times: deque[float] = deque()
        self._began: float | None = None
        self._last = 0.0
        self.unjudged: bytearray | None = None
        """For each row listed 1 where it is neither read nor dismissed, else 0, where that is known."""

    @property
    def has_begun(self) -> bool:
        """Whether anything was judged."""
        return self._began is not None

    def take(self, changes: Iterable[Change], at: float, *, is_verdict: bool) -> None:
        """Counts what a step has changed, at a time in seconds; `is_verdict` unless it was an undo or a redo."""
        for change in changes:
            spot = (change.spot.archive, change.spot.key, change.spot.field)
            if change.after is None:
                self._judged.discard(spot)
            elif change.before is None:
                self._judged.add(spot)
        self._began = at if self._began is None else self._began
        self._last = at
        if is_verdict:
            self._times.append(at)

    def words(self, now: float, *, star: str, cross: str) -> str:
        """`142 left · 38/min · ★9 ✗120`, as far as there is something to tell."""
        if not self.has_begun:
            return ""
        pace = self._pace(now)
        marks = [f"{glyph}{count:,}" for glyph, count in ((star, self._count("starred")), (cross, self._count("skipped"))) if count]
        parts = [f"{self.unjudged.count(1):,} left" if self.unjudged is not None else "", f"{pace}/min" if pace else "", " ".join(marks)]
        return " · ".join(part for part in parts if part)

    def summary(self) -> str:
        """One line on all that was done; empty where nothing was."""
        stories = len({(archive, key) for archive, key, _ in self._judged})
        if not stories or self._began is None:
            return ""
        done = ", ".join(f"{count:,} {words}" for field, words in _DONE if (count := self._count(field)))
        minutes = (self._last - self._began) / 60
        took = f" in {minutes:.0f} min" if minutes >= 1 else ""
        left = f"; {count:,} left in the list" if self.unjudged and (count := self.unjudged.count(1)) else ""
        return f"{stories:,} {'story' if stories == 1 else 'stories'}{took}: {done}{left}"

    def _count(self, field: str) -> int:
        return len({(archive, key) for archive, key, name in self._judged if name == field or (field == _TAGGED and name.startswith(TAG))})

    def _pace(self, now: float) -> int:
        """Verdicts a minute, of late."""
        while self._times and self._times[0] < now - _RECENT_SECONDS:
            self._times.popleft()
        if len(self._times) < _LEAST_VERDICTS:
            return 0
        seconds = self._times[-1] - self._times[0]
        return round((len(self._times) - 1) * 60 / seconds) if seconds >= 1 else 0
