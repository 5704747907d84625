"""Which parts of a query are one question to a full-text table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.query.conditions import Found, spelt_out
from reader.query.phrases import Lookup, lookup
from reader.query.tree import And, Node, Not, Or, Pattern, Term, Text, Words


def text_lookup(node: Node, found: Mapping[Node, Found]) -> Lookup | None:
    """The question to one full-text table that a node made of words alone comes to; None for any other node."""
    match node:
        case Words():
            return None if found.get(node, Found()).is_noted else lookup(spelt_out(node, found.get(node, Found())))
        case Term() if found.get(node, Found()).is_near:
            return None
        case Term(field=("title" | "body" | "path") as name) if not any(isinstance(value, Pattern) for value in node.values):
            texts = [value for value in node.values if isinstance(value, Text)]
            return _joined([lookup(spelt_out(text, found.get(node, Found())), name) for text in texts], " OR ")
        case And() | Or():
            return _joined([text_lookup(child, found) for child in node.children], " AND " if isinstance(node, And) else " OR ")
        case _:
            return None


def shared_lookup(parts: Sequence[Node], found: Mapping[Node, Found]) -> tuple[Lookup | None, tuple[Node, ...]]:
    """One question to a full-text table for those of the parts that are words alone, and the parts that are left."""
    asked = {part: text_lookup(part.child if isinstance(part, Not) else part, found) for part in parts}
    wanted = [each for part, each in asked.items() if each is not None and not isinstance(part, Not)]
    if not wanted:
        return None, tuple(parts)
    # Whole words are fewer than words that begin with a letter or two.
    table = min((each.table for each in wanted), key=("search", "paths", "beginnings").index)
    expression = " AND ".join(each.expression for each in wanted if each.table == table)
    for part, each in asked.items():
        if isinstance(part, Not) and each is not None and each.table == table:
            expression = f"({expression}) NOT {each.expression}"
    return Lookup(table, expression), tuple(part for part, each in asked.items() if each is None or each.table != table)


def _joined(parts: Sequence[Lookup | None], joiner: str) -> Lookup | None:
    """One question for several; None unless all are of one table."""
    asked = [part for part in parts if part is not None]
    if len(asked) < len(parts) or len({part.table for part in asked}) != 1:
        return None
    return Lookup(asked[0].table, f"({joiner.join(part.expression for part in asked)})")
