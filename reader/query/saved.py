"""Saved searches inside queries: `@name` replaced by what it stands for.

A name that nothing was saved under is plain text: handles appear in news.
"""

from __future__ import annotations

from collections.abc import Mapping

from reader.errors import QueryError
from reader.query.syntax import parse
from reader.query.tree import And, Node, Not, Or, Query, SavedRef, Sort, Words, all_of, any_of, negated

MAX_USES = 200
"""Saved searches that one query may use, counted through all of them."""


def expand(query: Query, saved: Mapping[str, str], *, final: bool = True) -> Query:
    """`query` without any SavedRef; `saved` maps names to texts.

    An order or limit in a saved search holds where `query` has none of its own. Unless `final`, the beginning of a saved
    name is left out, as any unfinished tail. Raises QueryError, at the place of the `@name`, for a saved search that
    can't be read or that uses itself.
    """
    expansion = _Expansion({name.casefold(): text for name, text in saved.items()}, final)
    root = expansion.node(query.root, ()) if query.root else None
    return Query(root, query.sort or expansion.sort, query.limit or expansion.limit, query.hints)


class _Expansion:
    """One walk over a query; keeps the first order and limit it comes by."""

    def __init__(self, saved: Mapping[str, str], final: bool) -> None:
        self.saved = saved
        self.final = final
        self.uses = 0
        self.sort: Sort | None = None
        self.limit: int | None = None

    def node(self, node: Node, path: tuple[str, ...]) -> Node | None:
        """`node` expanded; `path` names the saved searches it stands inside."""
        if isinstance(node, SavedRef):
            return self._saved(node, path)
        if isinstance(node, Not):
            child = self.node(node.child, path)
            return negated(child) if child else None
        if isinstance(node, And | Or):
            children = [child for part in node.children if (child := self.node(part, path))]
            return all_of(children) if isinstance(node, And) else any_of(children)
        return node

    def _saved(self, ref: SavedRef, path: tuple[str, ...]) -> Node | None:
        name = ref.name.casefold()
        if name not in self.saved:
            is_beginning = not self.final and any(known.startswith(name) for known in self.saved)
            return None if is_beginning else Words(f"@{ref.name}", span=ref.span)
        self.uses += 1
        if name in path:
            cycle = " → ".join(f"@{step}" for step in (*path[path.index(name) :], name))
            raise QueryError(f"a saved search uses itself: {cycle}", *ref.span)
        if self.uses > MAX_USES:
            raise QueryError(f"@{ref.name} uses too many saved searches", *ref.span)
        try:
            inner = parse(self.saved[name], final=True)
            root = self.node(inner.root, (*path, name)) if inner.root else None
        except QueryError as error:
            raise QueryError(str(error) if "@" in str(error) else f"@{ref.name}: {error}", *ref.span) from error
        self.sort = self.sort or inner.sort
        self.limit = self.limit or inner.limit
        return root
