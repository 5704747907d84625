"""Regular expressions, as far as they can be answered in bounded time.

Python's matcher can need longer than the universe for twenty characters of pattern, and nothing can stop it meanwhile, nor
does any other thread run. So what can explode is refused when it is read, what repeats without end is given one, and a text
is searched a stretch at a time: as many places as make bounded work, each with all behind it that a match there can see.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache, partial

from reader.errors import UsageError

MAX_LENGTH = 200
"""Characters of a pattern."""
REACHES = (1_000, 100)
"""How often, at most, what repeats without end does so: the first of these where that isn't too much work."""
MAX_WORK = 20_000_000
"""Steps in one stretch of a text, as far as they can be foreseen: some tenths of a second at the worst."""

_PART = re.compile(
    r"""(?P<escape>\\.) | \[\^?\]?(?:\\.|[^\]\\])*\] | (?P<open>\((?P<kind>\?(?::|=|!|<=|<!|P?<\w+>)?)?)
      | (?P<close>\)) | (?P<bar>\|) | (?P<repeat>[*+?]|\{(?P<least>[0-9]*)(?P<to>,?)(?P<most>[0-9]*)\})(?P<manner>[?+]?) | .""",
    re.VERBOSE | re.DOTALL,
)


class BadPattern(UsageError):
    """A regular expression that is malformed or that could run for ever; the message says which."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A pattern that has an end wherever it repeats."""

    pattern: re.Pattern[str]
    sight: int
    """Characters that a match takes or looks at from its first one on, at most."""
    stride: int
    """Characters from which on matches are looked for at once; no fewer than it sees."""

    def fits(self, text: str) -> bool:
        """Whether it matches somewhere in `text`."""
        for start in range(0, len(text) + 1, self.stride):
            end = start + self.stride
            # A match from `end` on may be one only because the text is cut; the next stretch tells.
            found = self.pattern.search(text, start, end + self.sight)
            if found is not None and found.start() < end:
                return True
        return False


@lru_cache(maxsize=64)
def compile_pattern(regex: str) -> Bounded:
    """`regex` ready to search with, without regard to case. Raises BadPattern."""
    if len(regex) > MAX_LENGTH:
        raise BadPattern(f"a regular expression has at most {MAX_LENGTH} characters")
    _compiled(regex)
    for reach in REACHES:
        work, sight = _measure(regex, reach)
        stride = MAX_WORK // (work + sight)
        if stride >= sight:
            return Bounded(_compiled(_PART.sub(partial(_with_end, reach=reach), regex)), sight, stride)
    raise BadPattern("too many repeats and choices: it could take for ever")


def fits(regex: str, text: str) -> bool:
    """Whether `regex` matches somewhere in `text`."""
    return compile_pattern(regex).fits(text)


def _compiled(regex: str) -> re.Pattern[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(regex, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise BadPattern(f"not a regular expression: {error}") from error


@dataclass(slots=True)
class _Group:
    """An open bracket, or the whole pattern."""

    start: int = 0
    """Where it stands in the pattern."""
    choices: int = 1
    repeats: bool = False
    """Whether something inside it repeats, or it chooses."""


def _measure(regex: str, reach: int) -> tuple[int, int]:
    """The ways to match from one place, and how many characters from there on are looked at, where what repeats without end
    repeats `reach` times. Raises BadPattern.

    The ways multiply along the pattern: a repeat by its counts, a group by its choices. A repeat of something that itself
    repeats or chooses is refused outright: its ways grow with the power of the text's length.
    """
    # One character for each of the pattern's, and for `$` a line end with what is behind it.
    work, sight = 1, len(regex) + 2
    width = 1
    groups = [_Group()]
    is_after_branching = False
    for part in _PART.finditer(regex):
        if part["escape"]:
            _check_escape(part["escape"])
        elif part["open"]:
            _check_bracket(part["kind"])
            groups.append(_Group(part.start()))
        elif part["bar"]:
            groups[-1].choices += 1
        elif part["repeat"]:
            if is_after_branching and part["repeat"] != "?":
                raise BadPattern("a repeat of what itself repeats or chooses could take for ever")
            groups[-1].repeats = True
            least, most = _counts(part, reach)
            work *= most + (least == 0)
            sight += most * width
        is_after_branching = False
        width = 1
        if part["close"] and len(groups) > 1:
            inner = groups.pop()
            work *= inner.choices
            is_after_branching = inner.repeats or inner.choices > 1
            groups[-1].repeats |= is_after_branching
            width = part.end() - inner.start
    return work, sight


def _check_escape(escape: str) -> None:
    if escape[1] in "123456789":
        raise BadPattern("references to groups could take for ever")


def _check_bracket(kind: str | None) -> None:
    if kind == "?":
        raise BadPattern("of the brackets with (? only (?: (?= (?! (?<= (?<! and named groups are understood")


def _is_endless(repeat: re.Match[str]) -> bool:
    return repeat["repeat"] in ("*", "+") or bool(repeat["to"] and not repeat["most"])


def _counts(repeat: re.Match[str], reach: int) -> tuple[int, int]:
    """How often a repeat repeats, at least and at most; one without end `reach` times more than at least."""
    least = int(repeat["least"] or 0) if repeat["repeat"][0] == "{" else int(repeat["repeat"] == "+")
    if _is_endless(repeat):
        return least, least + reach
    if repeat["repeat"] == "?":
        return 0, 1
    return least, int(repeat["most"] or least)


def _with_end(part: re.Match[str], reach: int) -> str:
    """A part of a pattern; one that repeats without end is given one."""
    if not part["repeat"] or not _is_endless(part):
        return part[0]
    least, most = _counts(part, reach)
    return f"{{{least},{most}}}{part['manner']}"
