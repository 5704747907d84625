"""What has been judged since the reader was opened, and how fast: the counter on screen and the summary on leaving. Plain Python."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reader.triage.undo import Change
from reader.triage.verbs import QUEUED, TAG

_RECENT_SECONDS = 120.0
_LEAST_VERDICTS = 3
"""Verdicts before a pace is worth telling."""

_TAGGED = "tagged"
_DONE = (("starred", "starred"), ("skipped", "dismissed"), ("read", "read"), (QUEUED, "queued"), (_TAGGED, "tagged"), ("note", "noted"))

Stories = set[int]
"""Articles by the hash of their archive and key: a million are counted in a third of the memory that their keys take."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The articles that a step has given a mark, and taken one from, by the field of the mark."""

    given: Mapping[str, Stories]
    taken: Mapping[str, Stories]


def judged(changes: Iterable[Change]) -> Judged:
    """What a step has changed, as a tally takes it. Of a hundred thousand articles it takes a while, on whatever thread."""
    given: defaultdict[str, Stories] = defaultdict(set)
    taken: defaultdict[str, Stories] = defaultdict(set)
    for change in changes:
        story, field = hash((change.spot.archive, change.spot.key)), change.spot.field
        if change.after is None:
            given[field].discard(story)
            taken[field].add(story)
        elif change.before is None:
            taken[field].discard(story)
            given[field].add(story)
    return Judged(given, taken)


class Tally:
    """Counts verdicts as they reach the disk."""

    def __init__(self) -> None:
        self._judged: defaultdict[str, Stories] = defaultdict(set)
        """By field: what was taken back isn't counted, what was given twice counts once."""
        self._times: deque[float] = deque()
        self._began: float | None = None
        self._last = 0.0
        self.unjudged: bytearray | None = None
        """For each row listed 1 where it is neither read nor dismissed, else 0, where that is known."""

    @property
    def has_begun(self) -> bool:
        """Whether anything was judged."""
        return self._began is not None

    def take(self, step: Judged, at: float, *, is_verdict: bool) -> None:
        """Counts what a step has changed, at a time in seconds; `is_verdict` unless it was an undo or a redo."""
        for field, stories in step.taken.items():
            self._judged[field] -= stories
        for field, stories in step.given.items():
            self._judged[field] |= stories
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
        stories = len(set().union(*self._judged.values()))
        if not stories or self._began is None:
            return ""
        done = ", ".join(f"{count:,} {words}" for field, words in _DONE if (count := self._count(field)))
        minutes = (self._last - self._began) / 60
        took = f" in {minutes:.0f} min" if minutes >= 1 else ""
        left = f"; {count:,} left in the list" if self.unjudged and (count := self.unjudged.count(1)) else ""
        return f"{stories:,} {'story' if stories == 1 else 'stories'}{took}: {done}{left}"

    def _count(self, field: str) -> int:
        if field == _TAGGED:
            return len(set().union(*(stories for name, stories in self._judged.items() if name.startswith(TAG))))
        return len(self._judged[field])

    def _pace(self, now: float) -> int:
        """Verdicts a minute, of late."""
        while self._times and self._times[0] < now - _RECENT_SECONDS:
            self._times.popleft()
        if len(self._times) < _LEAST_VERDICTS:
            return 0
        seconds = self._times[-1] - self._times[0]
        return round((len(self._times) - 1) * 60 / seconds) if seconds >= 1 else 0
