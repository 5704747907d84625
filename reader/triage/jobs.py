"""What keys and commands do to marks, as jobs that are given the marks and the articles: each writes one step.

A job touches nothing but what it is given, so it can be done on any thread, and a second time where the file was replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reader.triage.marks import Article, Marks, MarksChanged
from reader.triage.verbs import TAG, Verdict

Job = Callable[[Marks, Sequence[Article]], MarksChanged]


def giving(verdict: Verdict) -> Job:
    """Gives a verdict on every article."""
    return lambda marks, articles: marks.give(verdict, articles)


def toggling(setting: Verdict, unsetting: Verdict) -> Job:
    """Sets a mark where any of the articles lacks it, else takes it from all."""
    return lambda marks, articles: marks.toggle(setting, unsetting, articles)


def dismiss(marks: Marks, articles: Sequence[Article]) -> MarksChanged:
    """Skips articles; what was dismissed isn't unread any more."""
    return marks.change([(*article, field, "1") for article in articles for field in ("skipped", "read")], "Dismissed")


def tagging(names: Sequence[str], *, take_away: bool = False) -> Job:
    """Gives tags to every article, or takes them from it."""
    past = f"{'Untagged' if take_away else 'Tagged'} {', '.join(names)}:"
    value = None if take_away else "1"
    return lambda marks, articles: marks.change([(*article, TAG + name, value) for article in articles for name in names], past)


def noting(text: str) -> Job:
    """Leaves a note on every article; no text takes it away."""
    past = "Noted" if text else "Took the note from"
    return lambda marks, articles: marks.change([(*article, "note", text or None) for article in articles], past)
