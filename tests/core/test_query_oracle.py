"""What the index answers is what a naive look at every article gives, in the same order, for random archives and filters.

    DATELINE_CASES=5000 pytest tests/core/test_query_oracle.py

asks of that many archives instead of the few of every run. A case is its number: `-k '[17]'` asks of that archive again.
"""

from __future__ import annotations

import os
from random import Random

import pytest

from reader.query import marked, meanings, results
from reader.query.conditions import Clock
from reader.query.fields import FACETS
from reader.query.saved import expand
from reader.query.syntax import parse
from reader.query.tree import Query
from tests.core import oracle
from tests.core.archives import MOMENT, SAVED, VISIT, Archive, drafts, filter_text, indexed
from tests.core.oracle import Now, Story

CASES = int(os.environ.get("DATELINE_CASES", "150"))
FILTERS = 12
"""Asked of each archive."""


def read(text: str, *, final: bool = True) -> Query:
    """The query as the command line reads it, or as the filter bar does while it is typed."""
    return expand(parse(text, final=final), SAVED, final=final)


def clock(now: Now) -> Clock:
    return Clock(now.today, now.moment, now.last_visit)


def now_of(chance: Random) -> Now:
    return Now(MOMENT, chance.choice([VISIT, VISIT, None]))


def difference(archive: Archive, found: list[int], expected: list[Story]) -> str:
    """What an assertion says: the stories that one side alone has, or the two orders."""
    wanted = oracle.ids(expected)
    odd = [story for story in archive.stories if (story.id in found) != (story.id in wanted)]
    lines = [f"{'missing' if story.id in wanted else 'too much'}: {story}" for story in odd]
    return "\n".join(lines) or f"in the order {found} instead of {wanted}"


def check(archive: Archive, text: str, query: Query, now: Now, height: int) -> None:
    expected = oracle.answer(query, archive.stories, now)
    first = list(archive.asker.first_window(query, clock(now), height))
    found = list(archive.asker.all_ids(query, clock(now)))
    assert first == found[:height], text
    if query.sort is not None and query.sort.key == "relevance":
        # Which of them the limit leaves depends on the order, which is not the oracle's to know.
        unlimited = oracle.ids(oracle.answer(Query(query.root), archive.stories, now))
        assert set(found) <= set(unlimited), f"{text!r}\n{difference(archive, found, expected)}"
        assert len(found) == len(set(found)) == min(len(unlimited), query.limit or len(unlimited)), text
    else:
        assert found == oracle.ids(expected), f"{text!r}\n{difference(archive, found, expected)}"
    assert list(archive.asker.first_window(query, clock(now), height)) == found[:height], text
    assert archive.asker.count(query, clock(now)) == len(found), text
    if query.sort is None or query.sort.key != "relevance":
        assert list(archive.asker.as_found(query, clock(now), lambda *_: None)) == found, text


@pytest.mark.parametrize("case", range(CASES))
def test_the_answer_is_what_a_look_at_every_article_gives(case: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every second archive is asked as if it were too large for what is done with few names, marks, articles and hits."""
    if case % 2:
        monkeypatch.setattr(marked, "_MANY", 0)
        monkeypatch.setattr(results, "_SLICES", (1, 3))
        monkeypatch.setattr(results, "_NEARBY", 4)
        monkeypatch.setattr(meanings, "_MANY", 0)
        monkeypatch.setattr(results, "_MOST_RANKED", 0)
    chance = Random(case)
    with indexed(drafts(chance)) as archive:
        for _ in range(FILTERS):
            text = filter_text(chance)
            query = read(text, final=chance.random() < 0.7)
            check(archive, text, query, now_of(chance), chance.randint(1, 6))


@pytest.mark.parametrize("case", range(CASES // 5))
def test_facets_count_the_answer(case: int) -> None:
    chance = Random(case)
    with indexed(drafts(chance)) as archive:
        by_id = {story.id: story for story in archive.stories}
        for text in ("", filter_text(chance)):
            query, at = read(text), clock(now_of(chance))
            answer = [by_id[number] for number in archive.asker.all_ids(query, at)]
            for field in FACETS:
                found = archive.asker.facets(field, query, at, None)
                shown = {(facet.value if field == "day" else oracle.as_compared(facet.value), facet.kind): facet.count for facet in found}
                assert shown == oracle.facets(field, answer), f"{field} of {text!r}"
                assert archive.asker.facets(field, query, at, 2) == found[:2]


@pytest.mark.parametrize("case", range(CASES // 5))
def test_the_killing_term_is_the_one_whose_absence_gives_most(case: int) -> None:
    chance = Random(case)
    with indexed(drafts(chance)) as archive:
        for _ in range(FILTERS):
            query, now = read(f"{filter_text(chance)} {filter_text(chance)}"), now_of(chance)
            absence = archive.asker.absence(query, clock(now))
            parts = oracle.parts(query)
            counts = [len(oracle.answer(oracle.without(query, part), archive.stories, now)) for part in parts] if len(parts) > 1 else []
            assert (absence.count if absence else 0) == max(counts, default=0)
            if absence is not None:
                assert len(oracle.answer(oracle.without(query, absence.term), archive.stories, now)) == absence.count
