"""Emacs Lisp data as text, read without Lisp: nothing is evaluated, and nesting costs no stack.

Lists, vectors and records become Python lists, strings stay strings, symbols and numbers become `Atom`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

_TOKEN = re.compile(
    r"""[\s]+|;[^\n]*
    |(?P<open>\#s\(|\#\(|\(|\[)
    |(?P<close>[)\]])
    |"(?P<string>[^"\\]*(?:\\.[^"\\]*)*)"
    |(?P<quote>['`,]@?)
    |(?P<atom>(?:[^\s()\[\]"';\\]|\\.)+)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "\n": ""}
_DEEPEST = 100_000


class Atom(str):
    """A symbol or a number, as it is written."""


Datum: TypeAlias = "str | Atom | list[Datum]"


class LispError(ValueError):
    """The text is no Lisp data."""


def records(text: str, is_wanted: Callable[[list[Datum]], bool]) -> Iterator[list[Datum]]:
    """Each wanted list of the text, wherever it stands. What was given once is not kept, so memory stays small.

    Raises LispError at what can't be read.
    """
    open_lists: list[list[Datum]] = []
    for datum, step in _tokens(text):
        if step == "open":
            open_lists.append([])
            if len(open_lists) > _DEEPEST:
                raise LispError("nested too deeply")
        elif step == "close":
            if not open_lists:
                raise LispError("a bracket is closed that was never opened")
            closed = open_lists.pop()
            if is_wanted(closed):
                yield closed
            elif open_lists:
                open_lists[-1].append(closed)
        elif open_lists:
            open_lists[-1].append(datum)
    if open_lists:
        raise LispError("it ends in the middle")


def _tokens(text: str) -> Iterator[tuple[Datum, str]]:
    """(value, what it is) of everything but blanks, comments and quotes."""
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise LispError(f"unreadable at character {at + 1}")
        at = token.end()
        kind = token.lastgroup
        if kind == "string":
            yield _ESCAPED.sub(lambda escaped: _LETTERS.get(escaped[1], escaped[1]), token["string"]), "value"
        elif kind == "atom":
            yield Atom(_ESCAPED.sub(r"\1", token["atom"])), "value"
        elif kind in ("open", "close"):
            yield "", kind
