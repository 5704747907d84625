"""Saved searches inside queries: `@name` replaced by what it stands for.

A name that nothing was saved under is plain text: handles appear in news.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reader.errors import QueryError
from reader.query.syntax import parse
from reader.query.tree import And, Hint, Node, Not, Or, Query, SavedRef, Sort, Span, Words, all_of, any_of, negated

_NAME = re.compile(r"[\w-]+")

MAX_USES = 200
"""Saved searches that one query may use, counted through all of them."""


def expand(query: Query, saved: Mapping[str, str], *, final: bool = True, is_typed: bool = False) -> Query:
    """`query` without any SavedRef; `saved` maps names to texts.

    What comes from a saved search has the span of its `@name`. An order or limit in one holds where `query` has none of
    its own. Raises QueryError, at the place of the `@name`, for a saved search that can't be read, is empty or uses itself;
    unless `final`: then that is an error hint. While a query `is_typed` the beginning of a saved name is left out as an unfinished tail.
    """
    expansion = _Expansion({name.casefold(): text for name, text in saved.items()}, final, is_typed)
    root = expansion.node(query.root) if query.root else None
    return Query(root, query.sort or expansion.sort, query.limit or expansion.limit, (*query.hints, *expansion.hints))


def is_name(text: str) -> bool:
    """Whether a search can be saved under this name: whether `@name` reads back as it."""
    return _NAME.fullmatch(text) is not None


def is_begun(node: Node, saved: Iterable[str]) -> bool:
    """Whether it is the beginning of the name of a saved search, and no such name."""
    if not isinstance(node, SavedRef):
        return False
    name, names = node.name.casefold(), [each.casefold() for each in saved]
    return name not in names and any(each.startswith(name) for each in names)


def problems_of(saved: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with each saved search that can't be used: a mistake in it or in one that it uses, or a circle."""
    problems = {}
    for name in saved:
        try:
            expand(parse(f"@{name}", final=True), saved)
        except QueryError as error:
            problems[name] = str(error).removeprefix(f"@{name}: ")
    return problems


class _Expansion:
    """One walk over a query; keeps the first order and limit it comes by."""

    def __init__(self, saved: Mapping[str, str], final: bool, is_typed: bool) -> None:
        self.saved = saved
        self.final = final
        self.is_typed = is_typed
        self.uses = 0
        self.sort: Sort | None = None
        self.limit: int | None = None
        self.hints: list[Hint] = []

    def node(self, node: Node, path: tuple[str, ...] = (), span: Span | None = None) -> Node | None:
        """`node` expanded; `path` names the saved searches it stands inside, and `span` is the place of the outermost."""
        if isinstance(node, Not):
            child = self.node(node.child, path, span)
            return negated(child) if child else None
        if isinstance(node, And | Or):
            children = [child for part in node.children if (child := self.node(part, path, span))]
            return all_of(children) if isinstance(node, And) else any_of(children)
        leaf = replace(node, span=span or node.span)
        return self._ref(leaf, path) if isinstance(leaf, SavedRef) else leaf

    def _ref(self, ref: SavedRef, path: tuple[str, ...]) -> Node | None:
        name = ref.name.casefold()
        if name not in self.saved:
            return None if self.is_typed and is_begun(ref, self.saved) else Words(f"@{ref.name}", span=ref.span)
        try:
            return self._saved(name, ref.span, path)
        except QueryError as error:
            if self.final or path:
                raise
            self.hints.append(Hint(str(error), *ref.span, is_error=True))
            return None

    def _saved(self, name: str, span: Span, path: tuple[str, ...]) -> Node | None:
        self.uses += 1
        if name in path:
            cycle = " → ".join(f"@{step}" for step in (*path[path.index(name) :], name))
            raise QueryError(f"a saved search uses itself: {cycle}", *span)
        if self.uses > MAX_USES:
            raise QueryError(f"@{name} is used too many times by other saved searches", *span)
        if not self.saved[name].strip():
            raise QueryError(f"@{name}: a filter is missing", *span)
        try:
            inner = parse(self.saved[name], final=True)
        except QueryError as error:
            raise QueryError(f"@{name}: {error}", *span) from error
        self.sort = self.sort or inner.sort
        self.limit = self.limit or inner.limit
        return self.node(inner.root, (*path, name), span) if inner.root else None
