"""What stops a filter of another reader, and what the translations share."""

from __future__ import annotations

from reader.query.dates import BadDate, read_range
from reader.query.patterns import BadPattern, compile_pattern
from reader.query.tree import Pattern, Term, Text, Value


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


def matching(field: str, regex: str) -> Term:
    """A term for a text that fits a regular expression: words where the expression is no more than that."""
    value: Value = Text(regex) if regex.replace(" ", "").isalnum() else Pattern(regex)
    if isinstance(value, Pattern):
        try:
            compile_pattern(regex)
        except BadPattern as error:
            raise Untranslatable(f"/{regex}/: {error}") from error
    return Term(field, (value,))
