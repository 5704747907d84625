"""The echo of a query in words: `unread ∧ (place=Lyon ∨ Marseille) ∧ 7d`, so that a person sees how it was read."""

from __future__ import annotations

from reader.query.dates import DateRange
from reader.query.tree import And, Node, Not, Or, Pattern, Query, SavedRef, Sort, Term, Text, Value, Words


def chips(query: Query) -> tuple[str, ...]:
    """One chip for each thing that must hold, then the order and the limit."""
    parts: tuple[Node, ...] = query.root.children if isinstance(query.root, And) else (query.root,) if query.root else ()
    said = [_said(part) if len(parts) == 1 else _bracketed(part) for part in parts]
    if query.sort:
        said.append(_order(query.sort))
    if query.limit is not None:
        said.append(f"first {query.limit}")
    return tuple(said)


def _said(node: Node) -> str:
    if isinstance(node, And):
        return " ∧ ".join(_bracketed(child) for child in node.children)
    if isinstance(node, Or):
        return " ∨ ".join(_bracketed(child) for child in node.children)
    if isinstance(node, Not):
        return f"¬{_bracketed(node.child)}"
    if isinstance(node, SavedRef):
        return f"@{node.name}"
    if isinstance(node, Words):
        return _words(node.text, node.is_prefix)
    return _term(node)


def _bracketed(node: Node) -> str:
    is_compound = isinstance(node, And | Or) or (isinstance(node, Term) and len(node.values) > 1)
    return f"({_said(node)})" if is_compound else _said(node)


def _term(term: Term) -> str:
    values = " ∨ ".join(_value(value) for value in term.values)
    if term.field in ("is", "date"):
        return values
    return f"has {values}" if term.field == "has" else f"{term.field}={values}"


def _value(value: Value) -> str:
    if isinstance(value, DateRange):
        return _period(value)
    if isinstance(value, Pattern):
        return f"/{value.regex}/"
    assert isinstance(value, Text)
    return f"{value.text}*" if value.is_prefix else value.text


def _words(text: str, is_prefix: bool) -> str:
    shown = f"“{text}”" if len(text.split()) > 1 else text
    return f"{shown}*" if is_prefix else shown


def _period(period: DateRange) -> str:
    return str(period.start) if period.is_since else str(period).replace(">=", "≥").replace("<=", "≤")


def _order(sort: Sort) -> str:
    return f"by {sort.key}{', reversed' if sort.is_reversed else ''}"
