"""Words in context: each place where an article says what the filter looks for, with what stands before and behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.query.phrases import Sought, hits, sought
from reader.query.tree import And, Node, Or, Query, Term, Text, Words

_SAID = frozenset(("title", "body", "entity", "person", "org", "place"))
"""Fields whose values are words that stand in the text."""


@dataclass(frozen=True, slots=True)
class Context:
    """One hit."""

    before: str
    hit: str
    behind: str


def words_in(query: Query) -> tuple[Sought, ...]:
    """What the filter looks for in running text; what it leaves out is not sought."""
    return tuple(_words(query.root)) if query.root is not None else ()


def contexts(text: str, wanted: Sequence[Sought], reach: int) -> Iterator[Context]:
    """The hits in one paragraph (blank lines part them) after the other, each with at most `reach` characters on either side."""
    for paragraph in text.split("\n\n"):
        line = " ".join(paragraph.split())
        for start, end in hits(line, wanted):
            yield Context(line[max(start - reach, 0) : start], line[start:end], line[end : end + reach])


def _words(node: Node) -> Iterator[Sought]:
    if isinstance(node, And | Or):
        for child in node.children:
            yield from _words(child)
    elif isinstance(node, Words):
        yield sought(node.text, is_prefix=node.is_prefix)
    elif isinstance(node, Term) and node.field in _SAID:
        yield from (sought(value.text, is_prefix=value.is_prefix) for value in node.values if isinstance(value, Text))
