"""A query as a value: what `syntax` makes of a text, and what the compiler, the echo and `unparse` read.

    Query(root, sort, limit, hints)
    Node  = And(children) | Or(children) | Not(child) | Words | Term(field, values) | SavedRef(name)
    Value = Text | Pattern | DateRange

Trees are in normal form: And and Or hold at least two children, never one of their own kind; Not never holds a Not; and a
`Words` or `Text` always has something to look for. Spans are `(start, end)` in the text as typed and take no part in
comparison, so `parse(unparse(query)) == query`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute

from reader.query.dates import DateRange

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A value to be compared as `FieldKind` says; spaces in it make it a phrase or a whole name."""

    text: str
    is_prefix: bool = False
    """Whether its last word is only a beginning (`mac*`)."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression, without regard to case, that `patterns.compile_pattern` accepts; slashes in it are bare."""

    regex: str


Value = Text | Pattern | DateRange


@dataclass(frozen=True, slots=True)
class Words:
    """A bare word or phrase, sought everywhere."""

    text: str
    is_prefix: bool = False
    span: Span = attribute(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """`field:a,b`: any of the values. `field` is the name in the table, never an alias; all dates are `date`."""

    field: str
    values: tuple[Value, ...]
    span: Span = attribute(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class SavedRef:
    """`@name`: a saved search if there is one of that name, else the text. `saved.expand` decides."""

    name: str
    span: Span = attribute(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    child: Node


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple[Node, ...]


Node = Words | Term | SavedRef | Not | And | Or


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of the answer: a name of `fields.SORTS`, the way its help says or the other way round."""

    key: str
    is_reversed: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """What to tell the person about a part of the text: an error, or something read otherwise than it looks."""

    message: str
    start: int
    end: int
    is_error: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed filter. Without a root it selects everything."""

    root: Node | None = None
    sort: Sort | None = None
    limit: int | None = None
    hints: tuple[Hint, ...] = attribute(default=(), compare=False)

    @property
    def error(self) -> Hint | None:
        """The first thing wrong in a text still being typed; the part it stands for is left out of the tree."""
        return next((hint for hint in self.hints if hint.is_error), None)

    @property
    def is_by_date(self) -> bool:
        """Whether the answer is in the order of time, from either end."""
        return self.sort is None or self.sort.key == "date"

    @property
    def is_newest_first(self) -> bool:
        """Whether the answer's ids come descending."""
        return self.is_by_date and not (self.sort and self.sort.is_reversed)


def all_of(nodes: list[Node]) -> Node | None:
    """The And of `nodes` in normal form; None for none."""
    flat = [part for node in nodes for part in (node.children if isinstance(node, And) else (node,))]
    return And(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def any_of(nodes: list[Node]) -> Node | None:
    """The Or of `nodes` in normal form; None for none."""
    flat = [part for node in nodes for part in (node.children if isinstance(node, Or) else (node,))]
    return Or(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def negated(node: Node) -> Node:
    """The Not of `node` in normal form."""
    return node.child if isinstance(node, Not) else Not(node)


def walk(node: Node | None) -> Iterator[Node]:
    """`node` and all below it, left to right."""
    if node is None:
        return
    yield node
    if isinstance(node, Not):
        yield from walk(node.child)
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from walk(child)
