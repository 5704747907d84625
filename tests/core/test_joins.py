"""One entity under one name across articles: what joins, what doesn't, and that no order of events makes a difference."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.entities.alias_text import ignore, merge
from reader.library import Library
from reader.model import Entity, Facet, OpenedArticle
from reader.query.syntax import parse
from reader.settings import folders
from tests.builders import article_text, environment, folder

NOW = datetime(2024, 11, 15, 12, tzinfo=UTC)
LONG = "Xandria Rivers Commission"
DEFINED = f"Envoys of the {LONG} (XRC) met in Lyon on Monday."
SHORT = "Officials of the XRC said that the river was low."
FULL = f"Officials of the {LONG} said that the river was low."


def refreshed(home: Path, wire: Path) -> Library:
    library = Library([str(wire)], folders(environment(home)))
    for _ in library.refresh():
        pass
    return library


def opened(tmp_path: Path, bodies: list[str]) -> Library:
    files = {f"{number}.md": article_text(f"report {number}", f"{body}\n", date="2024-11-07") for number, body in enumerate(bodies)}
    return refreshed(tmp_path / "home", folder(tmp_path / "wire", files))


def counts(library: Library, field: str = "entity") -> dict[str, int]:
    return {facet.value: facet.count for facet in library.facets(field, parse("", final=True), library.clock(NOW))}


def paths(library: Library, text: str) -> set[str]:
    return {row.path for row in library.rows(library.all_ids(parse(text, final=True), library.clock(NOW)))}


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        pytest.param([DEFINED, DEFINED, SHORT], {LONG: 3}, id="letters that two articles define alike"),
        pytest.param([DEFINED, SHORT], {LONG: 1, "XRC": 1}, id="letters that one article defines"),
        pytest.param(
            [DEFINED, DEFINED, "Staff of the Xandria Road Council (XRC) left.", SHORT],
            {LONG: 2, "Xandria Road Council": 1, "XRC": 1},
            id="letters that mean two bodies",
        ),
        pytest.param(
            ["The Law Society of Xandria met in Lyon. The Law Society voted."] * 2 + ["Members of the Law Society left."],
            {"Law Society of Xandria": 3},
            id="a body without the place it is of",
        ),
        pytest.param(
            ["The US Senate met.", "Members of the United States Senate in the United States left.", "In America, the Senate voted."],
            {"Senate (United States)": 3},
            id="a parliament of the only country told",
        ),
        pytest.param(
            ["The US Senate met.", "The US Senate met.", "The French Senate met.", "In America, the Senate voted."],
            {"Senate (United States)": 2, "Senate (France)": 1, "Senate": 1},
            id="parliaments of two countries",
        ),
        pytest.param(
            ["China's Ministry of Foreign Affairs spoke."] * 2 + ["In Bangkok, the Ministry of Foreign Affairs of Thai envoys spoke."] * 3,
            {"Ministry of Foreign Affairs (China)": 2, "Ministry of Foreign Affairs": 3},
            id="a ministry at home, where the country goes without saying",
        ),
        pytest.param(
            ["Elijah Eugene Cummings left Rome. Elijah Cummings said so."] * 2 + ["Voters met Elijah Cummings in Rome."],
            {"Elijah Eugene Cummings": 3},
            id="a person without the middle name",
        ),
        pytest.param(
            ["Joe Biden left Rome. Biden said so."] * 4 + ["In Rome, Biden spoke. “No”, Biden said."],
            {"Joe Biden": 4, "Biden": 1},
            id="a surname never tells who is meant",
        ),
        pytest.param(
            ["Ravi van Brandt left Rome. “No”, van Brandt said."] * 3 + ["In Rome, Mr van Brandt spoke. “No”, van Brandt said."],
            {"Ravi van Brandt": 3, "van Brandt": 1},
            id="nor does a surname of two words",
        ),
        pytest.param(
            ["Chinese Premier Li Qiang left Rome.", "Li Qiang left Rome.", "Premier Li Qiang met voters."],
            {"Li Qiang": 3},
            id="a full name with and without titles",
        ),
    ],
)
def test_what_is_one_across_articles(tmp_path: Path, bodies: list[str], expected: Mapping[str, int]) -> None:
    found = counts(opened(tmp_path, bodies))
    assert {name: found.get(name) for name in expected} == expected
    assert {name for name in found if name not in expected} <= {"Lyon", "Rome", "Bangkok", "United States", "Thailand", "China"}


def test_everything_that_is_asked_agrees(tmp_path: Path) -> None:
    library = opened(tmp_path, [DEFINED, DEFINED, SHORT, FULL])
    everywhere = {"0.md", "1.md", "2.md", "3.md"}
    ids = library.all_ids(parse("", final=True), library.clock(NOW))
    insight = library.insight()
    assert paths(library, f'entity:"{LONG}"') == paths(library, "entity:XRC") == paths(library, "org:xrc") == everywhere
    assert Facet(LONG, 4, "org") in dict(insight.facets(["org"], ids))["org"]
    assert Facet(LONG, 1, "org") in insight.names(array("q", ids[:1]))
    assert all(Entity(LONG, "org") in row.entities for row in library.rows(ids, with_entities=True))
    for name in (LONG, "XRC"):
        assert insight.named(name) == Entity(LONG, "org")
        card = insight.card(Entity(name, "org"))
        assert card is not None
        assert (card.entity.name, set(card.articles)) == (LONG, set(ids))
        assert {facet.value for facet in card.spellings} == {LONG, "XRC"}
        assert LONG not in {facet.value for facet in card.company}
    for text in ("org:xr", "org:rivers"):
        assert [option.label for option in library.complete(text, len(text)).options] == [LONG]
    row = library.row_of("2.md")
    assert row is not None
    read = library.open(row)
    assert isinstance(read, OpenedArticle)
    assert {(mention.entity, mention.text) for mention in read.mentions} == {(LONG, "XRC")}
    assert insight.cast(row.id) == (Facet(LONG, 4, "org"),)


def test_the_alias_file_has_the_last_word(tmp_path: Path) -> None:
    library = opened(tmp_path, [DEFINED, DEFINED, SHORT, "Workers of the Rivers Bureau left."])
    library.alias_file.change(lambda text: ignore(text, "XRC"))
    assert (counts(library)[LONG], "XRC" in counts(library), paths(library, "entity:XRC")) == (2, False, {"0.md", "1.md"})
    library.alias_file.undo()
    library.alias_file.change(lambda text: merge(text, "XRC", "Rivers Bureau"))
    assert (counts(library)[LONG], counts(library)["Rivers Bureau"]) == (2, 2)
    library.alias_file.undo()
    library.alias_file.change(lambda text: merge(text, LONG, "Rivers Bureau"))
    assert counts(library)["Rivers Bureau"] == 4
    assert LONG not in counts(library)
    row = library.row_of("2.md")
    assert row is not None
    read = library.open(row)
    assert isinstance(read, OpenedArticle)
    assert [mention.entity for mention in read.mentions] == ["Rivers Bureau"]
    library.alias_file.undo()
    assert counts(library)[LONG] == 3


STORIES = (
    DEFINED,
    SHORT,
    FULL,
    "Staff of the Xandria Road Council (XRC) left.",
    "The US Senate met in America.",
    "In America, the Senate voted.",
    "The French Senate met in France.",
    "Envoys of the XRC met the Law Society of Xandria. The Law Society voted.",
    "Members of the Law Society left for France.",
)


def state(library: Library) -> object:
    """All that can be asked of entities, by name."""
    ids = library.all_ids(parse("sort:headline", final=True), library.clock(NOW))
    rows = [(row.path, sorted((entity.name, entity.kind) for entity in row.entities)) for row in library.rows(ids, with_entities=True)]
    asked = {text: paths(library, text) for text in ("entity:XRC", "org:senate", 'entity:"law society"', "entity:council")}
    counted = dict(library.insight().facets(["entity"], None)), dict(library.insight().facets(["entity"], array("q", ids)))
    return counts(library), rows, asked, counted


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_neither_order_nor_detours_matter(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    root = tmp_path_factory.mktemp("joins")
    stories = data.draw(st.lists(st.sampled_from(STORIES), min_size=3, max_size=9))
    files = {f"{number}.md": article_text(f"report {number}", f"{body}\n", date="2024-11-07") for number, body in enumerate(stories)}
    wire = folder(root / "wire", {})
    for name in data.draw(st.permutations(sorted(files))):
        folder(wire, {name: files[name]})
        if data.draw(st.booleans()):
            refreshed(root / "home", wire)
    gone = data.draw(st.sets(st.sampled_from(sorted(files))))
    refreshed(root / "home", wire)
    for name in gone:
        (wire / name).unlink()
    assert state(refreshed(root / "home", wire)) == state(refreshed(root / "anew", wire))
