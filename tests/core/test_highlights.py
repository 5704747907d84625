"""Rows coloured by query: the same answer as the list would give, asked of a few articles only."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library import Library
from reader.model import ArticleId
from reader.query.highlights import colours_of, rules_of
from reader.settings import Folders
from reader.triage.verbs import verdict
from tests.builders import article_text, folder

NOW = datetime(2024, 11, 15, 12, tzinfo=UTC)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    people = ("Premier Li Qiang spoke.", "Angela Merkel spoke.", "Nobody spoke of the flood.")
    wire = folder(
        tmp_path / "wire",
        {
            f"{number:02}.md": article_text(f"Story{number}", people[number % 3], date=f"2024-11-{number:02}", category="ab"[number % 2])
            for number in range(1, 13)
        },
    )
    library = Library([str(wire)], Folders(tmp_path / "config", tmp_path / "cache", tmp_path / "state"))
    for _ in library.refresh():
        pass
    library.prepare()
    rows = library.rows([ArticleId(number) for number in library.all_ids(rules_of({"": ""}, {})[0][0], library.clock(NOW))])
    library.give(verdict("star"), [(row.archive, row.key) for row in rows[:5]])
    return library


QUERIES = (
    "", "spoke", "flood OR premier", "-flood", "category:a", 'person:"Li Qiang"', "is:starred", "is:starred -category:a spoke",
    "date:2024-11-03..2024-11-07", "title:story body:merkel", "nothing", "sort:headline limit:2 spoke",
)  # fmt: skip


@pytest.mark.parametrize("text", QUERIES)
def test_a_few_articles_are_found_as_the_whole_list_would_find_them(library: Library, text: str) -> None:
    clock = library.clock(NOW)
    ((query, _),) = rules_of({text: "warning"}, {})
    everything = [ArticleId(number) for number in library.all_ids(rules_of({"": ""}, {})[0][0], clock)]
    whole = set(library.all_ids(query, clock))
    for few in (everything[2:9], everything[:1], everything, []):
        assert library.among(few, query, clock) == whole & set(few)


def test_a_rule_by_a_kept_search_with_a_mistake_colours_nothing_and_the_others_go_on() -> None:
    rules = rules_of({"@bad OR spoke": "warning", "@good": "accent"}, {"bad": "is:nothing", "good": "flood"})
    assert rules == rules_of({"flood": "accent"}, {})


def test_the_first_rule_that_fits_counts(library: Library) -> None:
    clock = library.clock(NOW)
    rules = rules_of({"is:starred": "warning", "spoke": "accent"}, {})
    ids = [ArticleId(number) for number in library.all_ids(rules_of({"": ""}, {})[0][0], clock)]
    colours = colours_of(ids, rules, lambda some, query: library.among(some, query, clock))
    assert [colours[each] for each in ids[:5]] == ["warning"] * 5
    assert set(colours.values()) == {"warning", "accent"}
