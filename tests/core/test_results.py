"""Asking: marks and notes as they are on disk now, the order of relevance, slices of long answers, and being interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import QueryInterrupted
from reader.index.sorting import alphabetical
from reader.library import Library
from reader.query import results
from reader.query.conditions import Clock
from reader.query.syntax import parse
from reader.query.tree import Query
from reader.settings import Folders
from reader.triage.verbs import verdict
from tests.builders import article_text, folder, numbered_articles
from tests.core.archives import MOMENT, VISIT

CLOCK = Clock(MOMENT.date(), MOMENT, VISIT)

STORIES = {
    "headline.md": article_text("Flood in Lyon", "Nothing more is known.\n", date="2024-11-01"),
    "often.md": article_text("Rain", "The flood came. The flood went. A flood again.\n", date="2024-11-02"),
    "once.md": article_text("Sun", f"{'Words and words. ' * 80}A flood.\n", date="2024-11-03"),
    "other.md": article_text("Lyon wins", "A match.\n", date="2024-11-04"),
}


def library_of(place: Path, files: dict[str, str]) -> Library:
    library = Library([str(folder(place / "wire", files))], Folders(place / "config", place / "cache", place / "state"))
    for _ in library.refresh():
        pass
    return library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path, STORIES)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Three hundred stories, searched in slices of 10, of 50, and the rest."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(results, "_SLICES", (10, 50))
        yield library_of(tmp_path_factory.mktemp("long"), numbered_articles(300))


def keys(library: Library, text: str) -> list[str]:
    return [str(row.key) for row in library.rows(list(library.all_ids(parse(text, final=True), CLOCK)))]


def mark(library: Library, verb: str, *names: str) -> None:
    given = verdict(verb)
    library.give(given, [(row.archive, row.key) for name in names if (row := library.row_of(name))])


def test_marks_are_known_at_once_and_after_undo(library: Library) -> None:
    assert keys(library, "is:starred") == []
    mark(library, "star", "headline.md", "once.md")
    assert keys(library, "is:starred") == ["once.md", "headline.md"]
    mark(library, "unstar", "once.md")
    mark(library, "tag:later", "once.md")
    assert keys(library, "is:starred OR tag:later") == ["once.md", "headline.md"]
    assert keys(library, "is:starred") == ["headline.md"]
    for _ in range(3):
        library.undo()
    assert keys(library, "is:starred OR tag:later") == []
    library.redo()
    assert keys(library, "is:starred") == ["once.md", "headline.md"]


def test_marks_of_another_session_are_known(library: Library) -> None:
    assert keys(library, "is:read") == []
    mark(library.another(), "read", "often.md")
    assert keys(library, "is:read") == ["often.md"]


def test_marks_follow_a_changed_index(library: Library, tmp_path: Path) -> None:
    mark(library, "star", "headline.md")
    assert keys(library, "is:starred") == ["headline.md"]
    folder(tmp_path / "wire", {"headline.md": article_text("Flood in Lyon", "More is known.\n", date="2024-11-09")})
    for _ in library.refresh():
        pass
    assert keys(library, "is:starred") == ["headline.md"]
    assert keys(library, "")[0] == "headline.md"


def test_notes_are_found_by_their_words_beside_the_articles(library: Library) -> None:
    row = library.row_of("other.md")
    assert row is not None
    library.change([(row.archive, row.key, "note", "flood of goals; ask É. Dupont")], "Noted")
    assert keys(library, "flood") == ["other.md", "once.md", "often.md", "headline.md"]
    assert keys(library, "flood match") == ["other.md"]
    assert keys(library, "dup*") == ["other.md"]
    assert keys(library, "lyon -dupont") == ["headline.md"]
    assert keys(library, "title:goals") == []
    assert keys(library, "goals sort:relevance") == ["other.md"]
    library.undo()
    assert keys(library, "flood") == ["once.md", "often.md", "headline.md"]


@pytest.mark.parametrize("text", ["flood sort:relevance", "(flood OR is:skipped) sort:relevance", "flood -is:read sort:relevance"])
def test_a_word_in_the_headline_counts_most_then_how_much_of_the_text_it_is(library: Library, text: str) -> None:
    assert keys(library, text) == ["headline.md", "often.md", "once.md"]


def test_what_says_more_of_what_is_asked_comes_first(library: Library) -> None:
    assert keys(library, "(lyon OR flood OR is:unread) sort:relevance")[0] == "headline.md"


SLICED = [
    "-absent",
    "harbour OR category:sport",
    "category:sport,world -harb*",
    "story 0*",
    "path:story sort:-date",
    "is:unread -is:read limit:7",
    "299 OR 298 OR category:nowhere",
    "(zz OR yy) category:world",
    "date:2024-11-10 (harbour OR zz)",
    "(harbour OR zz) sort:-headline",
    "sort:headline",
    "sort:source category:world",
    "path:story/1*",
]


@pytest.mark.parametrize("text", SLICED)
@pytest.mark.parametrize("height", [1, 10, 11, 60, 299, 400])
def test_the_first_rows_are_those_of_the_whole_answer(long: Library, text: str, height: int) -> None:
    query = parse(text, final=True)
    assert list(long.first_window(query, CLOCK, height)) == list(long.all_ids(query, CLOCK))[:height]


def test_an_interrupt_stops_a_question_at_once(long: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern that no body fits has every file read; what stops it comes while the first is read."""
    another = long.another()
    read: list[str] = []

    def read_and_interrupt(_: str, path: str) -> str:
        read.append(path)
        another.interrupt()
        return ""

    monkeypatch.setattr(another, "_body", read_and_interrupt)
    with pytest.raises(QueryInterrupted):
        another.all_ids(parse("body:/no such words/", final=True), CLOCK)
    assert len(read) == 1


def test_an_interrupt_between_two_steps_stops_the_next(long: Library) -> None:
    another = long.another()
    asker = another._asking.get()
    counts = asker._reader.counts
    calls = []

    def counts_then_interrupt() -> object:
        calls.append(1)
        if len(calls) == 2:
            another.interrupt()
        return counts()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(asker._reader, "counts", counts_then_interrupt)
        with pytest.raises(QueryInterrupted):
            another.why_none(parse("absent zz yy", final=True), CLOCK)
    assert len(calls) == 2
    assert another.why_none(Query(), CLOCK) is None


def test_a_body_is_found_by_the_letters_that_an_article_calls_it_by(tmp_path: Path) -> None:
    text = "Fighters of the Karen National Liberation Army (KNLA) crossed the river on Monday. The KNLA said so.\n"
    library = library_of(tmp_path, {"a.md": article_text("Across the river", text), "b.md": article_text("Elsewhere", "Nothing.\n")})
    assert keys(library, "org:KNLA") == keys(library, "entity:knla") == keys(library, 'org:"Karen National Liberation Army"') == ["a.md"]


def test_what_takes_long_is_told_of_while_it_is_found(long: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "_TOLD_SECONDS", 0.0)
    query, told = parse("body:/./ -title:/^story 1/", final=True), []
    found = long.as_found(query, CLOCK, lambda ids, bodies: told.append((list(ids), bodies)))
    assert list(found) == list(long.all_ids(query, CLOCK))
    assert [ids for ids, _ in told if len(ids) == 1], "the first is there before the others are looked for"
    assert all(list(found)[: len(ids)] == ids for ids, _ in told)
    assert [bodies for _, bodies in told] == sorted(bodies for _, bodies in told)
    assert told[-1][1] == len(found) < 300, "texts that are at hand are looked at first"


@pytest.mark.parametrize("key", ["headline", "source", "-headline", "-source"])
def test_texts_that_begin_alike_are_compared_to_their_end(tmp_path: Path, key: str) -> None:
    names = ["Élan vital", "elan brut", "ELAN", "The end of it", "the end", "The ending", "", "中国人民", "中国人", "Zoë"]
    stories = {
        f"{number}.md": article_text(name or "Untitled", "Text.", date="2024-11-01", **({"source": name} if name else {}))
        for number, name in enumerate(names)
    }
    library = library_of(tmp_path, stories)
    query = parse(f"sort:{key}", final=True)
    whole = list(library.all_ids(query, CLOCK))
    assert [list(library.first_window(query, CLOCK, height)) for height in range(1, 12)] == [whole[:height] for height in range(1, 12)]
    folded = [alphabetical(getattr(row, key.removeprefix("-"))) for row in library.rows(whole)]  # type: ignore[arg-type]  # ids
    known = [name for name in folded if name is not None]
    assert known == sorted(known, reverse=key.startswith("-"))
    assert folded[: len(known)] == known, "what has none comes last"


@pytest.mark.parametrize("text", ["flood", "(rain OR f*) -is:starred", "flood limit:2", "fl* lyon", "match OR flood"])
@pytest.mark.parametrize("sort", ["sort:relevance", "sort:-relevance"])
def test_what_too_many_have_to_be_ranked_comes_first_where_the_headline_has_it(
    library: Library, text: str, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranked = set(keys(library, f"{text.replace(' limit:2', '')} {sort}"))
    monkeypatch.setattr(results, "_MOST_RANKED", 0)
    query = parse(f"{text} {sort}", final=True)
    whole = list(library.all_ids(query, CLOCK))
    assert [list(library.first_window(query, CLOCK, height)) for height in (1, 2, 3, 9)] == [whole[:height] for height in (1, 2, 3, 9)]
    found = keys(library, f"{text} {sort}")
    assert set(found) <= ranked
    assert len(found) == (2 if "limit" in text else len(ranked))
    if text.startswith("flood"):
        headline = found.index("headline.md") if "headline.md" in found else None
        assert headline == (0 if sort == "sort:relevance" else None if "limit" in text else len(found) - 1)
        rest = [name for name in found if name != "headline.md"]
        assert rest == sorted(rest, key=["once.md", "often.md"].index), "the others come newest first"
