"""What became of the marks, in the words of the status line. No toolkit."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reader.model import ArticleKey
from reader.triage.marks import MarksChanged

HeadlinesOf = Callable[[Iterable[ArticleKey]], list[str]]

_MOST_NAMED = 2
_CELLS_OF_A_NAME = 32


def told(changed: MarksChanged, verb: str, undo_key: str, headlines_of: HeadlinesOf) -> str:
    """What a step, an undo or a redo has done, and what it has left alone, by its headlines."""
    said = changed.said
    if verb == "undo":
        said = f"undone: {said}"
    elif verb == "redo":
        said = f"done again: {said}"
    elif verb == "mark":
        said = f"{said} · {undo_key} undoes" if changed.changes else "nothing to change: it is so already"
    return said + _left_alone(changed, headlines_of)


def _left_alone(changed: MarksChanged, headlines_of: HeadlinesOf) -> str:
    keys = list(dict.fromkeys(spot.key for spot in changed.skipped))
    if not keys:
        return ""
    named = [_short(headline) for headline in headlines_of(keys[:_MOST_NAMED])]
    others = len(keys) - len(named)
    names = ", ".join(named) + (f" and {others:,} more" if named and others else "")
    return f" · left alone, changed since: {names or f'{len(keys):,}'}"


def _short(headline: str) -> str:
    return headline if len(headline) <= _CELLS_OF_A_NAME else f"{headline[: _CELLS_OF_A_NAME - 1]}…"
