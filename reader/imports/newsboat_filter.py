"""newsboat's filter expressions: `unread = "yes" and (title =~ "flood" or tags # "news")`.

    expression = conjunction { "or" conjunction } ;    conjunction = part { "and" part } ;
    part       = "(" expression ")" | attribute operator value ;
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from reader.imports.untranslatable import Untranslatable, matching, since, term
from reader.query.tree import Node, Or, Query, all_of, any_of, negated

_DEEPEST = 40
_TOKEN = re.compile(
    r"""\s*(?:(?P<bracket>[()])|(?P<operator>!=|=~|!~|==|<=|>=|!\#|<|>|=|\#|between\b)|"(?P<text>(?:[^"\\]|\\.)*)"
    |(?P<word>[A-Za-z_]+(?![\w:]))|(?P<number>-?\d+(?::-?\d+)?))""",
    re.VERBOSE,
)
_OPPOSITES = {"!=": "=", "!~": "=~", "!#": "#"}


def translated(text: str) -> Query:
    """The same in the filter language. Raises Untranslatable."""
    parser = _Parser(_tokens(text))
    root = parser.expression(0)
    if parser.at < len(parser.tokens):
        raise Untranslatable(f"nothing is expected before {parser.tokens[parser.at][1]!r}")
    return Query(root)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        token = _TOKEN.match(text, at)
        if token is None:
            raise Untranslatable(f"unreadable from {text[at:].strip()[:20]!r} on")
        kind = token.lastgroup or ""
        found.append((kind, re.sub(r"\\(.)", r"\1", token[kind]) if kind == "text" else token[kind]))
        at = token.end()
    return found


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0

    def expression(self, depth: int) -> Node | None:
        """Alternatives, as far as they go."""
        parts = [self._conjunction(depth)]
        while self._take("word", "or"):
            parts.append(self._conjunction(depth))
        return any_of([part for part in parts if part])

    def _conjunction(self, depth: int) -> Node | None:
        parts = [self._part(depth)]
        while self._take("word", "and"):
            parts.append(self._part(depth))
        return all_of([part for part in parts if part])

    def _part(self, depth: int) -> Node | None:
        if self._take("bracket", "("):
            if depth == _DEEPEST:
                raise Untranslatable("too many brackets within brackets")
            inner = self.expression(depth + 1)
            if not self._take("bracket", ")"):
                raise Untranslatable("a bracket is not closed")
            return inner
        attribute, operator, value = self._next("word"), self._next("operator"), self._next("text", "number")
        meaning = _MEANINGS.get(attribute)
        if meaning is None:
            raise Untranslatable(f"{attribute} has no counterpart here")
        is_negated = operator in _OPPOSITES
        node = meaning(attribute, _OPPOSITES.get(operator, "=" if operator == "==" else operator), value)
        return negated(node) if is_negated else node

    def _take(self, kind: str, text: str) -> bool:
        is_there = self.at < len(self.tokens) and self.tokens[self.at] == (kind, text)
        self.at += is_there
        return is_there

    def _next(self, *kinds: str) -> str:
        if self.at >= len(self.tokens):
            raise Untranslatable("it ends in the middle")
        kind, text = self.tokens[self.at]
        if kind not in kinds:
            raise Untranslatable(f"unexpected {text!r}")
        self.at += 1
        return text


# -- attributes --------------------------------------------------------------------------------------------------------

_SWITCHES = {"unread": ("unread", "read"), "enqueued": ("queued", None), "deleted": ("skipped", None)}
_TEXTS = {"title": "title", "content": "body", "author": "author", "feedtitle": "source"}


def _switch(attribute: str, operator: str, value: str) -> Node:
    on, off = _SWITCHES[attribute]
    if operator != "=" or value not in ("yes", "no"):
        raise Untranslatable(f'{attribute} is only ever compared with "yes" and "no"')
    if value == "yes":
        return term("is", on)
    return term("is", off) if off else negated(term("is", on))


def _text(attribute: str, operator: str, value: str) -> Node:
    field = _TEXTS[attribute]
    if operator == "=~":
        return matching(field, value)
    if operator == "=":
        return matching(field, f"^{re.escape(value)}$")
    raise Untranslatable(f"{attribute} {operator} has no counterpart here")


def _tag(attribute: str, operator: str, value: str) -> Node:
    """A tag of the feed: the nearest there is here is a category or a tag."""
    if operator != "#":
        raise Untranslatable("tags can only be asked for with #")
    return Or((term("category", value), term("tag", value)))


def _flag(attribute: str, operator: str, value: str) -> Node:
    """What `dateline import` makes of a flag."""
    if operator not in ("#", "=~", "=") or len(value) != 1 or not value.isalpha():
        raise Untranslatable(f"flags {operator} {value!r} has no counterpart here")
    return term("tag", f"flag-{value}")


def _age(attribute: str, operator: str, value: str) -> Node:
    """Days since it was published."""
    if operator == "between":
        youngest, _, oldest = value.partition(":")
        return since(f"{_days(oldest)}..{_days(youngest)}")
    day = _days(value)
    signs = {"<": f">{day}", "<=": f">={day}", ">": f"<{day}", ">=": f"<={day}", "=": f"{day}..{day}"}
    if operator not in signs:
        raise Untranslatable(f"age {operator} has no counterpart here")
    return since(signs[operator])


def _days(value: str) -> str:
    if not value.isdecimal():
        raise Untranslatable(f"{value!r} is no number of days")
    return f"{value}d"


_MEANINGS: Mapping[str, Callable[[str, str, str], Node]] = {
    **dict.fromkeys(_SWITCHES, _switch),
    **dict.fromkeys(_TEXTS, _text),
    "tags": _tag,
    "flags": _flag,
    "age": _age,
}
