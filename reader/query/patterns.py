"""Regular expressions, as far as they can be answered in bounded time.

Python's matcher can need longer than the universe for twenty characters of pattern, and nothing can stop it meanwhile, nor
does any other thread run. So what can explode is refused when it is read, what repeats without end is given one, and a text
is searched a stretch at a time: as many places as make bounded work, each with all behind it that a match there can see.
Where that would be a short stretch, it is searched place by place.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache, partial

from reader.errors import UsageError

MAX_LENGTH = 200
"""Characters of a pattern."""
REACHES = {1_000: 50_000, 100: 1_000_000}
"""How often, at most, what repeats without end does so, by the steps that it may take from one place: the first that it keeps
to. What mustn't follow, `(?!.*x)`, is looked for as far only. A million steps are some thousandths of a second."""
MAX_STRETCH = 50_000_000
"""Steps in one stretch of a text, as far as they can be foreseen: two or three tenths of a second at the worst."""

_PART = re.compile(
    r"""(?P<escape>\\.) | \[\^?\]?(?:\\.|[^\]\\])*\] | (?P<open>\((?P<kind>\?(?::|=|!|<=|<!|P?<\w+>)?)?)
      | (?P<close>\)) | (?P<bar>\|) | (?P<repeat>[*+?]|\{(?!\})(?P<least>[0-9]*)(?P<to>,?)(?P<most>[0-9]*)\})(?P<manner>[?+]?) | .""",
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
    """Characters from which on matches are looked for at once; where it is 1, no more than one is tried in one call."""

    def fits(self, text: str) -> bool:
        """Whether it matches somewhere in `text`."""
        find = self.pattern.match if self.stride == 1 else self.pattern.search
        for start in range(0, len(text) + 1, self.stride):
            end = start + self.stride
            # A match from `end` on may be one only because the text is cut; the next stretch tells.
            found = find(text, start, end + self.sight)
            if found is not None and found.start() < end:
                return True
        return False


@lru_cache(maxsize=64)
def compile_pattern(regex: str) -> Bounded:
    """`regex` ready to search with, without regard to case. Raises BadPattern."""
    if len(regex) > MAX_LENGTH:
        raise BadPattern(f"a regular expression has at most {MAX_LENGTH} characters")
    _compiled(regex)
    for reach, most_steps in REACHES.items():
        steps, sight = _measure(regex, reach)
        if steps <= most_steps:
            stride = MAX_STRETCH // steps - sight
            bounded = _compiled(_PART.sub(partial(_with_end, reach=reach), regex))
            # What a stretch sees beyond its end is searched again in the next; place by place nothing is, but slowly.
            return Bounded(bounded, sight, stride if stride > sight // 4 else 1)
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
    """An open bracket, or the whole pattern, as far as it is read."""

    ways: int = 1
    """Ways to match the choice that is being read."""
    other_ways: int = 0
    """Ways to match the choices before it."""
    steps: int = 1
    """Steps to try all of these."""
    width: int = 0
    """Characters that it takes or looks at, at most."""

    def add(self, part: _Group) -> None:
        """What stands next in it: it is tried once for each way to match what is before it."""
        self.steps += self.ways * part.steps
        self.ways *= part.ways
        self.width += part.width

    def choose(self) -> None:
        """Another choice begins."""
        self.steps += 1
        self.other_ways += self.ways
        self.ways = 1


def _measure(regex: str, reach: int) -> tuple[int, int]:
    """The steps to try all ways to match from one place, and how many characters from there on are looked at, where what
    repeats without end repeats `reach` times. Raises BadPattern.

    The ways multiply along the pattern: a repeat by its counts, a group by its choices. A repeat of what itself has several
    ways is refused outright: they grow with the power of the text's length.
    """
    groups = [_Group()]
    last = _Group()
    for part in _PART.finditer(regex):
        if part["repeat"]:
            _check_repeat(part, last)
            last = _repeated(last, *_counts(part, reach))
            continue
        groups[-1].add(last)
        last = _Group()
        if part["open"]:
            _check_bracket(part["kind"])
            groups.append(_Group())
        elif part["bar"]:
            groups[-1].choose()
        elif part["close"] and len(groups) > 1:
            last = groups.pop()
            last.ways += last.other_ways
        else:
            _check_escape(part["escape"])
            # An escape or a class costs more than a letter, a long class most.
            last = _Group(steps=1 + len(part[0]) // 2, width=1)
    groups[-1].add(last)
    # For `$` a line end with what is behind it.
    return groups[0].steps, groups[0].width + 2


def _repeated(part: _Group, least: int, most: int) -> _Group:
    # To try a way costs more than a character.
    ways = part.ways + most - least
    return _Group(ways=ways, steps=most * part.steps + 2 * ways, width=most * part.width)


def _check_repeat(repeat: re.Match[str], repeated: _Group) -> None:
    if repeat["manner"] == "+":
        raise BadPattern("repeats that give nothing back, such as *+, are not understood")
    if repeated.ways > 1 and repeat["repeat"] != "?":
        raise BadPattern("a repeat of what itself repeats or chooses could take for ever")


def _check_escape(escape: str | None) -> None:
    if escape and escape[1] in "123456789":
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
