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
    return tuple(sought(each.text, is_prefix=each.is_prefix) for each in _texts(query.root))


def phrases_in(query: Query) -> tuple[str, ...]:
    """The same as text, with `*` behind a word that is only begun: what the open article marks."""
    return tuple(dict.fromkeys(f"{each.text}*" if each.is_prefix else each.text for each in _texts(query.root)))


def contexts(text: str, wanted: Sequence[Sought], reach: int) -> Iterator[Context]:
    """The hits in one paragraph (blank lines part them) after the other, each with at most `reach` characters on either side."""
    for paragraph in text.split("\n\n"):
        line = " ".join(paragraph.split())
        for start, end in hits(line, wanted):
            yield Context(line[max(start - reach, 0) : start], line[start:end], line[end : end + reach])


def _texts(node: Node | None) -> Iterator[Words | Text]:
    if isinstance(node, And | Or):
        for child in node.children:
            yield from _texts(child)
    elif isinstance(node, Words):
        yield node
    elif isinstance(node, Term) and node.field in _SAID:
        yield from (value for value in node.values if isinstance(value, Text))
