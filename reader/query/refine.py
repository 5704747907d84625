"""A filter with a term more or less, by key instead of by typing.

The outcome is text in its plain spelling, so that the bar always shows what the list answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Literal

from reader.errors import QueryError
from reader.query.dates import DateRange, Interval
from reader.query.saved import is_begun
from reader.query.syntax import parse, unparse
from reader.query.tree import And, Node, Not, Query, Sort, Term, Text, all_of, negated

Held = Literal["with", "without"]
"""Whether a filter asks for a value or for articles without it."""


def settled(text: str) -> Query:
    """What a filter asks for that nobody is typing: its last word is whole. What is unfinished or wrong in it is left out."""
    return parse(f"{text} ", final=False)


def finished(text: str, saved: Iterable[str] = ()) -> str:
    """A filter that was typed, so that it asks by itself for what it was taken for: `singap` as `singap*`, `flood is:un` as `flood`.

    The name of a `saved` search that is only begun is left out, too.
    """
    typed = parse(text, final=False)
    meant = replace(typed, root=all_of([part for part in _parts(typed) if not is_begun(part, saved)]), hints=())
    # What is wrong in it stays as it is written: it is to be seen where it is mended.
    read = settled if typed.error is not None else partial(parse, final=True)
    for written in (text, f"{text}*"):
        with suppress(QueryError):
            if replace(read(written), hints=()) == meant:
                return written
    return unparse(meant)


def toggled(text: str, field: str, value: str, *, leaving_out: bool = False) -> str:
    """The filter with the term `field:value` added, or taken away where it is there; its opposite makes way for it."""
    query = settled(text)
    term = Term(field, (Text(value),))
    wanted: Node = negated(term) if leaving_out else term
    others = [node for node in _parts(query) if node not in (term, negated(term))]
    return _with_parts(query, others if wanted in _parts(query) else [*others, wanted])


def held(text: str) -> dict[tuple[str, str], Held]:
    """What the filter says of single whole values, by field and value."""
    found: dict[tuple[str, str], Held] = {}
    for node in _parts(settled(text)):
        term = node.child if isinstance(node, Not) else node
        if isinstance(term, Term) and len(term.values) == 1 and isinstance(term.values[0], Text) and not term.values[0].is_prefix:
            found[term.field, term.values[0].text] = "without" if isinstance(node, Not) else "with"
    return found


def sorted_by(text: str, sort: Sort) -> str:
    """The filter in that order; newest first is not said."""
    return unparse(replace(settled(text), sort=None if sort == Sort("date") else sort, hints=()))


def within(text: str, period: DateRange, interval_of: Callable[[DateRange], Interval]) -> str:
    """The filter with `date:` of the period, in the place of any date that holds all of it already."""
    query = settled(text)
    narrow = interval_of(period)
    kept = [node for node in _parts(query) if not _is_wider(node, narrow, interval_of)]
    return _with_parts(query, [*kept, Term("date", (period,))])


def _is_wider(node: Node, narrow: Interval, interval_of: Callable[[DateRange], Interval]) -> bool:
    if not isinstance(node, Term) or node.field != "date" or len(node.values) != 1 or not isinstance(node.values[0], DateRange):
        return False
    wide = interval_of(node.values[0])
    if wide.from_instant is not None or wide.to_instant is not None or narrow.first_day is None or narrow.end_day is None:
        return False
    starts_before = wide.first_day is None or wide.first_day <= narrow.first_day
    return starts_before and (wide.end_day is None or narrow.end_day <= wide.end_day)


def _parts(query: Query) -> tuple[Node, ...]:
    """All that must hold, each on its own."""
    if query.root is None:
        return ()
    return query.root.children if isinstance(query.root, And) else (query.root,)


def _with_parts(query: Query, parts: list[Node]) -> str:
    return unparse(replace(query, root=all_of(parts), hints=()))
