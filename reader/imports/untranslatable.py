"""What stops a filter of another reader, and what the translations share."""

from __future__ import annotations

from reader.query.dates import BadDate, read_range
from reader.query.patterns import BadPattern, compile_pattern
from reader.query.tree import Pattern, Term, Text, Value

_SHORTEST_WORD = 3


class Untranslatable(Exception):
    """A part that says nothing in the filter language; the message says which part."""


def term(field: str, *values: str) -> Term:
    """`field:a,b`."""
    return Term(field, tuple(Text(value) for value in values))


def since(when: str) -> Term:
    """A `date:` term of the words for a period."""
    try:
        return Term("date", (read_range(when),))
    except BadDate as error:
        raise Untranslatable(str(error)) from error


def matching(field: str, *regexes: str) -> Term:
    """A term for a text that fits any of these regular expressions.

    In a headline or body an expression that is no more than words finds words that begin so, which can be looked up: inside of
    words is where hardly anybody wants it.
    """
    return Term(field, tuple(_value(field, regex) for regex in regexes))


def _value(field: str, regex: str) -> Value:
    is_words = field in ("title", "body") and regex.replace(" ", "").isalnum() and len(regex) >= _SHORTEST_WORD
    value: Value = Text(regex, is_prefix=True) if is_words else Pattern(regex)
    if isinstance(value, Pattern):
        try:
            compile_pattern(regex)
        except BadPattern as error:
            raise Untranslatable(f"/{regex}/: {error}") from error
    return value
