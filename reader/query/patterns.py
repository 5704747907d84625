"""Regular expressions, as far as they can be answered in bounded time.

Python's matcher can need longer than the universe for twenty characters of pattern, and nothing can stop it meanwhile. So
what can explode is refused when it is read, and what is left is searched through overlapping windows of the text, whose
size bounds the work.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache

from reader.errors import UsageError

MAX_LENGTH = 200
"""Characters of a pattern."""
WINDOW = 200
"""Characters searched at once; any match of up to half as many is found."""
MAX_WORK = 10 * WINDOW**2
"""Ways to match from one place: two open repeats and a few options."""

_PART = re.compile(
    r"""(?P<escape>\\.) | \[\^?\]?(?:\\.|[^\]\\])*\] | (?P<open>\((?P<kind>\?(?::|=|!|<=|<!|P?<\w+>)?)?)
      | (?P<close>\)) | (?P<bar>\|) | (?P<repeat>[*+?]|\{(?P<least>\d*)(?P<to>,?)(?P<most>\d*)\})[?+]? | .""",
    re.VERBOSE | re.DOTALL,
)


class BadPattern(UsageError):
    """A regular expression that is malformed or that could run for ever; the message says which."""


@lru_cache(maxsize=64)
def compile_pattern(regex: str) -> re.Pattern[str]:
    """`regex` ready to search with, without regard to case. Raises BadPattern."""
    _check(regex)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(regex, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise BadPattern(f"not a regular expression: {error}") from error


def fits(regex: str, text: str) -> bool:
    """Whether `regex` matches somewhere in `text`."""
    pattern = compile_pattern(regex)
    starts = range(0, max(len(text) - WINDOW // 2, 1), WINDOW // 2)
    return any(pattern.search(text, start, start + WINDOW) for start in starts)


@dataclass(slots=True)
class _Group:
    """An open bracket, or the whole pattern."""

    choices: int = 1
    repeats: bool = False
    """Whether something inside it repeats, or it chooses."""


def _check(regex: str) -> None:
    """Refuses what takes more than MAX_WORK. Raises BadPattern.

    The ways to match multiply along the pattern: a repeat by its counts, a group by its choices. A repeat of something
    that itself repeats or chooses is refused outright: its ways grow with the power of the text's length.
    """
    if len(regex) > MAX_LENGTH:
        raise BadPattern(f"a regular expression has at most {MAX_LENGTH} characters")
    work = 1
    groups = [_Group()]
    is_after_branching = False
    for part in _PART.finditer(regex):
        if part["escape"]:
            _check_escape(part["escape"])
        elif part["open"]:
            _check_bracket(part["kind"])
            groups.append(_Group())
        elif part["bar"]:
            groups[-1].choices += 1
        elif part["repeat"]:
            if is_after_branching and part["repeat"] != "?":
                raise BadPattern("a repeat of what itself repeats or chooses could take for ever")
            groups[-1].repeats = True
            work *= _ways(part)
        is_after_branching = False
        if part["close"] and len(groups) > 1:
            inner = groups.pop()
            work *= inner.choices
            is_after_branching = inner.repeats or inner.choices > 1
            groups[-1].repeats |= is_after_branching
    if work > MAX_WORK:
        raise BadPattern("too many repeats and choices: it could take for ever")


def _check_escape(escape: str) -> None:
    if escape[1] in "123456789":
        raise BadPattern("references to groups could take for ever")


def _check_bracket(kind: str | None) -> None:
    if kind == "?":
        raise BadPattern("of the brackets with (? only (?: (?= (?! (?<= (?<! and named groups are understood")


def _ways(repeat: re.Match[str]) -> int:
    """How many counts a repeat can try."""
    if repeat["repeat"] in "*+":
        return WINDOW
    if repeat["repeat"] == "?":
        return 2
    if not repeat["to"]:
        return 1
    if not repeat["most"]:
        return WINDOW
    return min(max(int(repeat["most"]) - int(repeat["least"] or 0) + 1, 1), WINDOW)
