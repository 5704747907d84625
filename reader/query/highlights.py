"""Rows coloured by query: which of a few articles get which colour. Only what is on screen is ever asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from reader.errors import QueryError
from reader.model import ArticleId
from reader.query.saved import expand
from reader.query.syntax import parse
from reader.query.tree import Query

Rules = tuple[tuple[Query, str], ...]
"""Queries and their colours, the one that counts first."""

Among = Callable[[Sequence[ArticleId], Query], set[int]]
"""Which of these articles a query finds."""


def rules_of(highlight: Mapping[str, str], saved: Mapping[str, str]) -> Rules:
    """The rules of the settings, which have checked their queries. Order and limit of a query mean nothing here.

    One that uses a kept search with a mistake, which the settings have told of, is left out.
    """
    found = []
    for text, colour in highlight.items():
        with suppress(QueryError):
            found.append((Query(expand(parse(text, final=True), saved).root), colour))
    return tuple(found)


def colours_of(ids: Sequence[ArticleId], rules: Rules, among: Among) -> dict[ArticleId, str | None]:
    """The colour of each article; None for none."""
    colours: dict[ArticleId, str | None] = dict.fromkeys(ids)
    for query, colour in rules:
        left = [article for article in ids if colours[article] is None]
        for article in among(left, query):
            colours[ArticleId(article)] = colour
    return colours
