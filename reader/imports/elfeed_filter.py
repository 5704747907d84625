"""elfeed's search filters: `@1-week-ago +unread -junk flood !football =reuters #50`.

Words are regular expressions of Emacs, which elfeed looks for in titles and links; here in titles alone. What elfeed counts
in hours back from now is here counted in days. Of several feeds any will do.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from reader.imports.untranslatable import Untranslatable, matching, since, term
from reader.query.tree import Node, Query, all_of, negated

_AGO = re.compile(r"(\d+)-(second|minute|hour|day|week|month|year)s?(?:-ago)?")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?")
_SPAN = re.compile(r"@(?P<start>.+?)(?:--(?P<end>.+))?")
_SIGN = re.compile(r"\\(?:_?.|$)|[|(){}]", re.DOTALL)
_UNITS = {"hour": "h", "day": "d", "week": "w", "month": "m", "year": "y"}
_OURS = {"unread": "unread", "star": "starred", "starred": "starred"}


def translated(text: str) -> Query:
    """The same in the filter language. Raises Untranslatable."""
    parts: list[Node] = []
    feeds: list[str] = []
    limit = None
    for word in text.split():
        if word[0] == "#" and word[1:].isdecimal():
            limit = int(word[1:]) or None
        elif word[0] == "@":
            parts.append(_period(word))
        elif word[0] in "+-" and len(word) > 1:
            tag = term("is", _OURS[word[1:]]) if word[1:] in _OURS else term("tag", word[1:])
            parts.append(negated(tag) if word[0] == "-" else tag)
        elif word[0] == "=" and len(word) > 1:
            feeds.append(_regex(word[1:]))
        elif word[0] == "~" and len(word) > 1:
            parts.append(negated(matching("source", _regex(word[1:]))))
        elif word[0] == "!" and len(word) > 1:
            parts.append(negated(matching("title", _regex(word[1:]))))
        else:
            parts.append(matching("title", _regex(word)))
    if feeds:
        parts.append(matching("source", *feeds))
    return Query(all_of(parts), limit=limit)


def _period(word: str) -> Node:
    span = _SPAN.fullmatch(word)
    if span is None:
        raise Untranslatable(f"{word} is no period")
    start = _when(span["start"])
    return since(f"{start}..{_when(span['end'], is_end=True)}" if span["end"] else f">={start}")


def _when(text: str, *, is_end: bool = False) -> str:
    """A day or a time ago; the day before one that a period ends with, since elfeed's end where that day begins."""
    if ago := _AGO.fullmatch(text):
        if ago[2] not in _UNITS:
            raise Untranslatable(f"{text}: nothing shorter than an hour can be asked for")
        return ago[1] + _UNITS[ago[2]]
    if day := _DAY.fullmatch(text):
        try:
            return str(date(*map(int, day.groups())) - timedelta(days=is_end))
        except ValueError as error:
            raise Untranslatable(f"{text}: {error}") from error
    raise Untranslatable(f"{text} is no date that is understood here")


def _regex(emacs: str) -> str:
    """The same expression as it is written here."""
    if "[[:" in emacs:
        raise Untranslatable(f"{emacs}: Emacs's classes of characters are not understood")
    return _SIGN.sub(lambda sign: _here(sign[0], emacs), emacs)


def _here(sign: str, emacs: str) -> str:
    r"""Emacs's `\|`, `\(` and `\)` are bare here, and its bare ones escaped; where a word begins or ends is one thing."""
    if sign in "|(){}":
        return f"\\{sign}"
    if sign[1:] in ("<", ">", "_<", "_>"):
        return "\\b"
    if sign[1:] in tuple("|(){}"):
        return sign[1:]
    if sign[1:] in tuple(".*+?[]^$\\/-bBwW"):
        return sign
    raise Untranslatable(f"{emacs}: {sign} has no counterpart here")
