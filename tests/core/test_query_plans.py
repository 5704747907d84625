"""How SQLite answers a query for each field: what is walked, and that nothing is sorted that comes in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Literal

import pytest

from reader.database import Database, Params
from reader.query import marked, own_tags, results
from reader.query.conditions import Clock
from reader.query.fields import FIELDS
from reader.query.syntax import parse
from tests.core.archives import MOMENT, VISIT, Archive, drafts, indexed

CLOCK = Clock(MOMENT.date(), MOMENT, VISIT)

SEARCH, BEGINNINGS, PATHS, LISTS, MERGED, RANGE, TIMELINE, SIDE_BY_SIDE = (
    "SCAN search VIRTUAL TABLE",
    "SCAN beginnings VIRTUAL TABLE",
    "SCAN paths VIRTUAL TABLE",
    "SEARCH x USING PRIMARY KEY",
    "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)",
    "SEARCH t USING INTEGER PRIMARY KEY (rowid>?",
    "SCAN t",
    "MERGE",
)
"""What a plan begins with: one of the full-text tables, one list of articles, several put together, part of the timeline, all of it,
or several of them side by side."""

WALKED = {
    "rate": SEARCH,
    "rat*": SEARCH,
    '"the rate" -grève': SEARCH,
    "rate OR drought": SEARCH,
    "title:rate": SEARCH,
    "body:rate*": SEARCH,
    "rate category:world since:2024-03 is:unread entity:b*": SEARCH,
    "r*": BEGINNINGS,
    "title:r*": BEGINNINGS,
    "title:r* -category:world": SIDE_BY_SIDE,
    "r* is:starred since:2022": SIDE_BY_SIDE,
    "rate r*": SEARCH,
    "path:wire": PATHS,
    "path:wire/flo* is:unread r*": PATHS,
    "path:wire rate": SEARCH,
    "category:world": LISTS,
    "source:monde": LISTS,
    "language:fr": LISTS,
    "author:orwell": LISTS,
    "entity:ecb": LISTS,
    "is:starred": LISTS,
    "has:note": LISTS,
    "category:world is:unread -rate": LISTS,
    "since:2022 is:read": LISTS,
    "entity:b*": MERGED,
    "person:b*": MERGED,
    "place:china,lyon": MERGED,
    "org:european,qiang": MERGED,
    "tag:budget": MERGED,
    "is:read,starred": MERGED,
    "category:world OR is:starred": MERGED,
    "absent": MERGED,  # a word of a note
    "date:2024-03": RANGE,
    "since:7d": RANGE,
    "since:24h": RANGE,
    "until:2024 is:unread": RANGE,
    "after:2022 -rate": RANGE,
    "before:2025 (rate OR is:starred)": RANGE,
    "": TIMELINE,
    "-category:world": TIMELINE,
    "is:unread": TIMELINE,
    "is:new": TIMELINE,
    "has:link": TIMELINE,
    "has:entity": TIMELINE,
    "rate OR category:world": TIMELINE,
    "title:/rate/": TIMELINE,
}
"""What is walked for a query. The timeline is walked where no list says what is asked for: then each article is looked at."""


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    with indexed(drafts(Random(0), 40)) as found:
        yield found


@contextmanager
def noted(way: Literal["row", "rows"], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, Params]]]:
    """The statements that the index is asked meanwhile, one way of asking or the other, with their values."""
    asked: list[tuple[str, Params]] = []
    real = getattr(Database, way)

    def noting(database: Database, sql: str, params: Params = ()) -> object:
        asked.append((sql, params))
        return real(database, sql, params)

    with monkeypatch.context() as patched:
        patched.setattr(Database, way, noting)
        yield asked


def explained(archive: Archive, asked: Iterable[tuple[str, Params]]) -> list[str]:
    """What SQLite says of the first statement."""
    sql, params = next(iter(asked))
    return [row[3] for row in archive.database.rows(f"EXPLAIN QUERY PLAN {sql}", params)]


def plan(archive: Archive, text: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What SQLite says of the statement that the first rows come from."""
    with noted("rows", monkeypatch) as asked:
        archive.asker.first_window(parse(text, final=True), CLOCK, 5)
    return explained(archive, (each for each in asked if each[0].startswith(("SELECT t.id FROM", "SELECT rowid FROM"))))


@pytest.mark.parametrize(("text", "walked"), WALKED.items())
@pytest.mark.parametrize("order", ["", " sort:-date"])
def test_what_is_walked_comes_in_order(archive: Archive, text: str, walked: str, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = plan(archive, text + order, monkeypatch)
    assert lines[0].startswith(walked)
    assert not [line for line in lines if "TEMP B-TREE" in line]
    inner = [line for line in lines[1:] if line.startswith("SCAN") and "VIRTUAL TABLE" not in line]
    assert not inner, "only what is walked may be read whole"


def test_every_field_has_its_plan() -> None:
    shown = {name for text in WALKED for name in [field.name for field in FIELDS] if f"{name}:" in text}
    assert shown == {field.name for field in FIELDS if field.kind not in ("sort", "number")}


@pytest.mark.parametrize("text", ["rate sort:relevance", "sort:words", "sort:source category:world", "(rate OR is:read) sort:relevance"])
def test_another_order_is_sorted_once(archive: Archive, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [line for line in plan(archive, text, monkeypatch) if "TEMP B-TREE" in line] == ["USE TEMP B-TREE FOR ORDER BY"]


@pytest.mark.parametrize("key", ["headline", "source"])
def test_texts_are_not_read_to_know_which_come_first(archive: Archive, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with noted("row", monkeypatch) as asked:
        archive.asker.first_window(parse(f"sort:{key}", final=True), CLOCK, 5)
    lines = explained(archive, (each for each in asked if "ORDER BY" in each[0]))
    assert lines == ["SCAN t", "USE TEMP B-TREE FOR ORDER BY"]


@pytest.mark.parametrize("text", ["rate", "rat*"])
def test_the_full_text_index_is_bounded_by_dates(archive: Archive, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # SQLite shows bounds on the rowid as > and < behind the terms.
    assert plan(archive, f"{text} date:2024-03", monkeypatch)[0].rpartition(":")[2].endswith("><")


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (own_tags.SQL, "COVERING INDEX marks_field (archive=? AND field>? AND field<?)"),
        (marked.WRITTEN_NOTES, "INDEX marks_field (archive=? AND field=?)"),
        (marked.ALL_MARKS, "COVERING INDEX marks_field (archive=?)"),
        (marked.ALL_MARKS_OF_ONE, "COVERING INDEX marks_field (archive=?)"),
    ],
    ids=["tags", "notes", "all", "of one"],
)
def test_the_articles_of_marks_are_sought_and_not_all_looked_at(archive: Archive, sql: str, found: str) -> None:
    plan = [row[3] for row in archive.database.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert plan[:2] == ["SCAN x", f"SEARCH m USING {found}"]
    assert not [line for line in plan[2:] if line.startswith("SCAN")]


@pytest.mark.parametrize(
    ("text", "asked"),
    [("rat*", '"rate"'), ("title:RAT*", '"rate"'), ("-rat*", '"rate"'), ("path:wir*", "says(")],
)
def test_no_beginning_is_gathered_for_the_newest_articles(archive: Archive, text: str, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "_SLICES", (10, 20, 30))
    with noted("rows", monkeypatch) as statements:
        archive.asker.first_window(parse(text, final=True), CLOCK, 5)
    first = next(f"{sql} {params}" for sql, params in statements if sql.startswith("SELECT t.id FROM"))
    assert asked in first
    assert "*" not in first


def test_of_names_that_begin_so_only_those_of_the_newest_articles_are_looked_up(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "_NEARBY", 30)
    with noted("rows", monkeypatch) as statements:
        assert len(archive.asker.first_window(parse("entity:e*", final=True), CLOCK, 2)) == 2
    assert [sql for sql, _ in statements if "entity_words" in sql and "WHERE id IN (SELECT value FROM json_each(?))" in sql]
    assert not [sql for sql, _ in statements if "entity_words" in sql and "WHERE id IN (SELECT value FROM json_each(?))" not in sql]


MERGED_WHOLE = [
    "rate -category:world is:unread",
    "r* is:starred",
    "source:monde,news is:unread",
    "author:orwell,li",
    "(rate OR is:starred) category:world",
    "-r*",
    "since:2022 r*",
    "language:fr entity:ecb",
]


@pytest.mark.parametrize("text", MERGED_WHOLE)
def test_a_whole_answer_is_merged_from_lists_and_nothing_is_gathered(archive: Archive, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with noted("row", monkeypatch) as asked:
        archive.asker.count(parse(text, final=True), CLOCK)
    lines = explained(archive, asked[-1:])
    assert any(line.startswith("MERGE") for line in lines)
    assert not [line for line in lines if "TEMP B-TREE" in line]


@pytest.mark.parametrize("text", ["source:monde,news", "language:fr", "category:world"])
def test_what_the_index_has_counted_is_not_counted_again(archive: Archive, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with noted("row", monkeypatch) as asked:
        found = archive.asker.count(parse(text, final=True), CLOCK)
    assert found == len(archive.asker.all_ids(parse(text, final=True), CLOCK)) > 0
    assert not [sql for sql, _ in asked if "count(*)" in sql]
