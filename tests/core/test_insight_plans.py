"""How SQLite finds who, where and when: every statement of every look goes by an index, but for the one that is meant to walk."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from random import Random

import pytest

from reader.database import Database, Params
from reader.entities.aliases import Aliases
from reader.index.insight import Insight
from reader.index.rows import RowReader
from reader.model import ArticleId, Entity, Facet
from tests.core.archives import Archive, drafts, indexed

FIELDS = ("category", "tag", "source", "language", "entity", "person")
BIDEN = Entity("Joe Biden", "person")
WALK = "SCAN x"
"""All pairs of names and articles in the order they are kept in: cheaper than a lookup for each of most articles."""

Look = Callable[[Database, "array[int]"], object]


def insight(database: Database) -> Insight:
    return Insight(database, tuple, Aliases)


LOOKS: dict[str, tuple[Look, set[str]]] = {
    "facets of one story": (lambda found, ids: list(insight(found).facets(FIELDS, ids[:1])), set()),
    "facets of most stories": (lambda found, ids: list(insight(found).facets(FIELDS, ids)), {WALK}),
    "facets of everything": (lambda found, _: list(insight(found).facets(FIELDS, None)), set()),
    "timeline by the hour": (lambda found, ids: insight(found).timeline(ids, 40, "hour"), set()),
    "what two names share": (
        lambda found, ids: insight(found).shared(("person", Facet("Joe Biden", 1, "person")), ("category", Facet("World", 1)), ids),
        set(),
    ),
    "card": (lambda found, _: insight(found).card(BIDEN), {WALK}),
    "names of a story": (lambda found, ids: insight(found).cast(ArticleId(ids[0])), set()),
    "a name in the text": (lambda found, _: insight(found).named("Joe Biden"), set()),
    "related stories": (lambda found, ids: [insight(found).related(ArticleId(number)) for number in ids[:5]], set()),
    "what has come in": (lambda found, _: (RowReader(found).last_file(), RowReader(found).come_since(3)), set()),
}


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    with indexed(drafts(Random(0), 40)) as found:
        yield found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, Params]]]:
    """Every SELECT that is made, with its values."""
    made: list[tuple[str, Params]] = []

    def noting(name: str) -> None:
        real = getattr(Database, name)

        def ask(database: Database, sql: str, params: Params = (), *others: int) -> object:
            if sql.lstrip().startswith("SELECT"):
                made.append((sql, params))
            return real(database, sql, params, *others)

        monkeypatch.setattr(Database, name, ask)

    for name in ("rows", "row", "chunks"):
        noting(name)
    yield made
    monkeypatch.undo()


@pytest.mark.parametrize("look", LOOKS)
def test_only_what_is_meant_to_be_walked_is_read_whole(archive: Archive, look: str, asked: list[tuple[str, Params]]) -> None:
    ids = array("q", (row[0] for row in archive.database.rows("SELECT id FROM timeline ORDER BY id DESC")))
    asked.clear()
    do, walks = LOOKS[look]
    do(archive.database, ids)
    plans = [row[3] for sql, params in list(asked) for row in archive.database.rows(f"EXPLAIN QUERY PLAN {sql}", params)]
    assert plans
    assert {line for line in plans if line.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in line} <= walks
