"""Who, where and when: every count against one made from the rows, and what is shared, related and on a card."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.entities.alias_text import ignore, rename
from reader.errors import QueryInterrupted
from reader.index.facets import ENTITY_FACETS
from reader.index.labels import fold_label
from reader.index.naming import naming_of
from reader.index.store import IndexFile
from reader.index.tallies import Lookup, Tally, Walk
from reader.library import Library
from reader.model import Entity, Facet, HeadlineRow
from reader.query.syntax import parse
from reader.settings import folders
from reader.triage.verbs import verdict
from tests.builders import article_text, environment, folder

NOW = datetime(2024, 11, 15, 12, tzinfo=UTC)
FIELDS = ("person", "org", "place", "category", "source", "language", "tag")
PEOPLE = ("Li Qiang", "Min Aung Hlaing", "Angela Merkel", "LI QIANG", "Premier Li")
PLACES = ("Kunming", "Lyon", "Naypyidaw")


def archive(root: Path) -> Path:
    """Forty short articles that name people and places in their front matter, in turns."""
    files = {}
    for number in range(40):
        fields: dict[str, object] = {
            "date": f"2024-{10 + number % 2}-{1 + number % 28:02}T{number % 24:02}:30:00Z" if number % 9 else "2024-11-07",
            "category": ["WORLD", "World", "Sport"][number % 3],
            "tags": [["budget", "Budget"], ["vote"], []][number % 3],
            "language": ["en", "fr"][number % 5 == 0],
            "source": ["wire.example", "post.example"][number % 2],
            "people": [name for at, name in enumerate(PEOPLE) if number % (at + 2) == 0],
            "places": [name for at, name in enumerate(PLACES) if number % (at + 3) == 0],
        }
        files[f"story-{number:02}.md"] = article_text(f"Harbour report number {number}", "it rains.\n", **fields)
    files["undated.md"] = article_text("An undated note", "it rains.\n", people=["Li Qiang"])
    return folder(root, files)


def opened(home: Path, wire: Path) -> Library:
    library = Library([str(wire)], folders(environment(home)))
    for _ in library.refresh():
        pass
    return library


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def library(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    found = opened(home, archive(tmp_path_factory.mktemp("insight") / "wire"))
    rows = found.rows(found.all_ids(parse("", final=True), found.clock(NOW))[:6])
    found.give(verdict("tag:budget"), [(row.archive, row.key) for row in rows])
    found.give(verdict("tag:mine"), [(row.archive, row.key) for row in rows[:2]])
    return found


@pytest.fixture(params=["as found", "merged", "ignored"])
def named(request: pytest.FixtureRequest, library: Library) -> Iterator[Library]:
    """The library as the alias file has it: empty, with two names made one, with one ignored."""
    if request.param == "merged":
        library.alias_file.change(lambda text: rename(text, "Premier Li", "Li Qiang"))
    elif request.param == "ignored":
        library.alias_file.change(lambda text: ignore(text, "Kunming"))
    yield library
    library.alias_file.undo()


def all_ids(library: Library, text: str = "") -> array[int]:
    return library.all_ids(parse(text, final=True), library.clock(NOW))


def counted_from_rows(rows: tuple[HeadlineRow, ...], field: str) -> Counter[tuple[str, str]]:
    """(folded or exact value, kind) → articles, from what the rows say of themselves."""
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if field in ENTITY_FACETS:
            found.update({(entity.name, entity.kind) for entity in row.entities if entity.kind in ENTITY_FACETS[field]})
            continue
        labels = {
            "category": row.categories, "source": [row.source or ""], "language": [row.language or ""],
            "tag": [*row.file_tags, *row.mark.tags],
        }[field]  # fmt: skip
        found.update({(fold_label(label), "") for label in labels if label})
    return found


def as_counts(facets: tuple[Facet, ...], field: str) -> Counter[tuple[str, str]]:
    return Counter({(each.value if field in ENTITY_FACETS else fold_label(each.value), each.kind or ""): each.count for each in facets})


def test_every_field_counts_what_the_rows_say(named: Library) -> None:
    ids = all_ids(named)

    @settings(max_examples=25, deadline=None)
    @given(st.sets(st.sampled_from(list(ids))))
    def check(some: set[int]) -> None:
        wanted = array("q", sorted(some, reverse=True))
        rows = named.rows(wanted, with_entities=True)
        for field, facets in named.insight().facets(FIELDS, wanted):
            assert as_counts(facets, field) == counted_from_rows(rows, field), field
            assert [facet.count for facet in facets] == sorted((facet.count for facet in facets), reverse=True)

    check()


def test_the_kept_counts_of_the_whole_archive_are_those_counted_now(named: Library) -> None:
    assert dict(named.insight().facets(FIELDS, None)) == dict(named.insight().facets(FIELDS, all_ids(named)))


@pytest.mark.parametrize("text", ["", "category:world", 'person:"Li Qiang"', "sort:words limit:7"])
def test_the_command_line_counts_what_the_screen_shows(named: Library, text: str) -> None:
    query = parse(text, final=True)
    shown = dict(named.insight().facets(FIELDS, all_ids(named, text)))
    assert {field: named.facets(field, query, named.clock(NOW)) for field in FIELDS} == shown


@pytest.mark.parametrize("way", [Lookup, Walk])
def test_both_ways_of_counting_agree_with_the_rows(named: Library, home: Path, way: type[Lookup] | type[Walk]) -> None:
    database = IndexFile(folders(environment(home)).cache, named.archives, print).reading()
    ids = all_ids(named)[5:25]
    rows = named.rows(ids, with_entities=True)
    tally: Tally = way(database, ids, lambda: False)
    naming = naming_of(database, named.alias_file.aliases())
    counts = sorted(tally.entities(naming).values())
    assert [count for count in counts if count] == sorted(counted_from_rows(rows, "entity").values())
    assert {folded: count for folded, (_, count) in tally.labels("category").items()} == {
        folded: count for (folded, _), count in counted_from_rows(rows, "category").items()
    }


def test_a_count_that_nobody_wants_any_more_ends(library: Library) -> None:
    with pytest.raises(QueryInterrupted):
        dict(library.insight().facets(FIELDS, all_ids(library), lambda: True))


def test_names_made_one_are_found_and_counted_as_one(library: Library) -> None:
    before = {text: set(all_ids(library, text)) for text in ('person:"Li Qiang"', 'person:"Premier Li"')}
    library.alias_file.change(lambda text: rename(text, "Premier Li", "Chairman Li"))
    library.alias_file.change(lambda text: rename(text, "Li Qiang", "Chairman Li"))
    try:
        together = set(all_ids(library, 'person:"Chairman Li"'))
        assert together == set.union(*before.values()) == set(all_ids(library, "person:qiang"))
        card = library.insight().card(Entity("Chairman Li", "person"))
        assert card is not None
        assert set(card.articles) == together
        assert {facet.value for facet in card.spellings} >= {"Li Qiang", "Premier Li"}
        assert "Chairman Li" in {option.value for option in library.facets("person", parse("", final=True), library.clock(NOW))}
    finally:
        library.alias_file.undo()
        library.alias_file.undo()
    assert set(all_ids(library, 'person:"Premier Li"')) == before['person:"Premier Li"']


def test_an_ignored_name_is_nowhere(library: Library) -> None:
    library.alias_file.change(lambda text: ignore(text, "Kunming"))
    try:
        assert not all_ids(library, "place:Kunming")
        assert library.insight().card(Entity("Kunming", "place")) is None
        assert all(entity.name != "Kunming" for row in library.rows(all_ids(library), with_entities=True) for entity in row.entities)
    finally:
        library.alias_file.undo()


def test_what_two_values_share(library: Library) -> None:
    ids = all_ids(library, "category:world")
    one, other = ("person", Facet("Li Qiang", 0, "person")), ("place", Facet("Kunming", 0, "place"))
    shared = library.insight().shared(one, other, ids)
    both = all_ids(library, 'person:"li qiang" place:kunming')
    here = all_ids(library, 'person:"li qiang" place:kunming category:world')
    days = sorted(row.published.day for row in library.rows(here) if row.published)
    assert (shared.here, shared.everywhere) == (len(here), len(both))
    assert (shared.first, shared.last) == (days[0], days[-1])
    assert library.insight().shared(("tag", Facet("mine", 0)), ("tag", Facet("budget", 0)), None).everywhere == 2


def test_a_card_tells_names_company_and_latest(library: Library) -> None:
    insight = library.insight()
    card = insight.card(Entity("Li Qiang", "person"))
    assert card is not None
    assert list(card.articles) == sorted(all_ids(library, 'person:"Li Qiang"'), reverse=True)
    assert card.latest == tuple(card.articles[:20])
    assert ("Li Qiang", "person") not in {(facet.value, facet.kind) for facet in card.company}
    counts = {(facet.value, facet.kind): facet.count for facet in card.company}
    assert counts["Kunming", "place"] == len(all_ids(library, 'person:"Li Qiang" place:Kunming'))
    assert insight.named("li qiang") == Entity("Li Qiang", "person")
    assert insight.named("nobody at all") is None
    assert insight.card(Entity("Nobody", "person")) is None


def test_the_cast_of_an_article_is_what_its_row_names(library: Library) -> None:
    for row in library.rows(all_ids(library), with_entities=True):
        cast = library.insight().cast(row.id)
        assert [Entity(facet.value, facet.kind or "other") for facet in cast] == list(row.entities)
        assert all(facet.count >= 1 for facet in cast)


def test_the_timeline_counts_every_article_once(library: Library) -> None:
    ids = all_ids(library)
    for bars in (1, 5, 30, 100):
        found = library.insight().timeline(ids, bars)
        assert found.total + found.left_out == len(ids)
        assert len(found.counts) <= max(bars, 1)
    day = all_ids(library, "date:2024-11-07")
    hours = library.insight().timeline(day, 24, "hour")
    assert hours.scale == "hour"
    assert hours.total + hours.left_out == len(day)
    assert hours.left_out > 0
    for at, count in enumerate(hours.counts):
        assert len(library.insight().within(hours.period(at), day)) == count


def test_hours_are_chosen_only_where_most_stories_have_one(tmp_path: Path) -> None:
    timed = {f"{hour}.md": article_text("Timed", date=f"2024-11-07T{hour}:00:00Z") for hour in (10, 12, 15)}
    bare = {f"bare-{number}.md": article_text("Bare", date="2024-11-06") for number in range(3)}
    library = opened(tmp_path / "home", folder(tmp_path / "wire", {**timed, **bare}))
    scales = {"": "day", "title:timed": "hour", "title:bare": "day", "path:10,bare": "day"}
    assert {text: library.insight().timeline(all_ids(library, text), 60).scale for text in scales} == scales


def test_related_stories_have_a_side_and_a_reason(tmp_path: Path) -> None:
    stories = {
        "flood.md": article_text("Flood in Brackwater", "x\n", date="2024-11-05", language="en", people=["Noor Feddersen"]),
        "before.md": article_text("A warning", "x\n", date="2024-11-01", language="en", people=["Noor Feddersen"]),
        "after.md": article_text("Brackwater dries out", "x\n", date="2024-11-09", language="en"),
        "crue.md": article_text("La crue", "x\n", date="2024-11-06", language="fr-FR", people=["Noor Feddersen"]),
        "note.md": article_text("Who she is", "x\n", language="en", people=["Noor Feddersen"]),
        **{f"other-{n}.md": article_text(f"Quite another matter {n}", "x\n", date=f"2024-10-{n:02}", language="en") for n in range(1, 29)},
    }
    library = opened(tmp_path / "home", folder(tmp_path / "wire", stories))
    row = library.row_of("flood.md")
    assert row is not None
    kin = library.insight().related(row.id, lambda: False)
    told = {found.path: each for each in kin for found in library.rows([each.article])}
    assert {path: each.side for path, each in told.items()} == {
        "before.md": "earlier", "after.md": "later", "crue.md": "other language", "note.md": "undated",
    }  # fmt: skip
    assert told["before.md"].shares == ("Noor Feddersen",)
    assert [name.casefold() for name in told["after.md"].shares] == ["brackwater"]
    with pytest.raises(QueryInterrupted):
        library.insight().related(row.id, lambda: True)
