"""Kept searches by key: the filter of the bar goes into the settings file under a name, and comes back by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reader.settings import Settings, load
from tests.builders import article_text
from tests.tui.opened import Reader, opened

STORIES = {
    "flood.md": article_text("Flood in Brackwater", date="2024-11-05"),
    "strike.md": article_text("Strike closes the port", date="2024-11-04"),
}


@pytest.fixture
def settings_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "settings.yaml"
    monkeypatch.setenv("DATELINE_SETTINGS", str(path))
    return path


async def test_a_filter_is_kept_in_the_file_and_used_by_its_name(tmp_path: Path, settings_path: Path) -> None:
    settings_path.write_text("# mine\ntheme: nord # dark\n")
    async with opened(tmp_path, STORIES) as reader:
        await reader.type("/flood\n")
        await reader.press("g", "k")
        await reader.type("wet\n")
        assert settings_path.read_text() == "# mine\ntheme: nord # dark\nsearches:\n  wet: flood*\n"
        assert "@wet stands for flood*" in reader.screen
        await reader.press("c")
        assert reader.listed == ["flood.md", "strike.md"]
        await reader.type("/-@wet\n")
        assert reader.listed == ["strike.md"]
        await reader.press("apostrophe", "enter")
        assert reader.desk.session.text == "@wet"
        assert reader.listed == ["flood.md"]
        await reader.press("c", "g", "e", "escape", "g", "t", "escape")
        assert reader.desk.session.text == ""


@pytest.mark.parametrize(("name", "said"), [("a b", "letters, digits"), ("wet", "uses itself")])
async def test_what_can_t_be_kept_is_said(tmp_path: Path, settings_path: Path, name: str, said: str) -> None:
    async with opened(tmp_path, STORIES, query="flood @wet", settings=Settings(mark_read_after=None, searches={"wet": "flood"})) as reader:
        await reader.press("g", "k")
        await reader.type(f"{name}\n")
        assert said in reader.screen
        assert not settings_path.exists()


async def test_without_a_filter_or_a_kept_search_the_person_is_told(tmp_path: Path, settings_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("g", "k")
        assert "no filter to keep" in reader.screen
        await reader.press("apostrophe")
        assert "no search is kept yet; g k keeps the filter" in reader.screen


async def test_names_are_completed_in_the_bar(tmp_path: Path, settings_path: Path) -> None:
    async with opened(tmp_path, STORIES, settings=Settings(mark_read_after=None, searches={"morning": "flood"})) as reader:
        await reader.type("/@mor")
        await reader.press("tab")
        assert reader.desk.bar.text == "@morning "
        assert reader.listed == ["flood.md"]


KEPT = Settings(
    mark_read_after=None,
    searches={"wet": "flood", "work": "strike", "east": "port", "all": "date:2024"},
    search_letters={"east": "z"},
    watch={"@work": "bell", "place:Brackwater": "status"},
)


def line_with(reader: Reader, words: str) -> str:
    return next(line for line in reader.lines if words in line)


async def test_kept_searches_are_listed_with_their_keys_and_what_is_unread_in_them(tmp_path: Path, settings_path: Path) -> None:
    async with opened(tmp_path, STORIES, settings=KEPT, size=(80, 30)) as reader:
        await reader.press("m")
        await reader.press("apostrophe")
        # `g e`, `g t` and others are actions; `east` has asked for z.
        assert line_with(reader, "date:2024").split() == ["g", "a", "all", "1", "0", "date:2024"]
        assert line_with(reader, "  flood").split() == ["g", "b", "wet", "0", "0", "flood"]
        assert line_with(reader, "bell").split() == ["g", "o", "work", "1", "0", "bell", "strike"]
        assert line_with(reader, "  port").split() == ["g", "z", "east", "1", "0", "port"]
        assert line_with(reader, "place:Brackwater").split() == ["place:Brackwater", "0", "0", "watched"]
        await reader.press("j", "enter")
        assert (reader.desk.session.text, reader.listed) == ("@work", ["strike.md"])
        await reader.press("g", "a")
        assert (reader.desk.session.text, len(reader.listed)) == ("@all", 2)


async def test_a_search_is_watched_forgotten_and_brought_back(tmp_path: Path, settings_path: Path) -> None:
    before = "# mine\nsearches:\n  wet: flood # here\n  both: '@wet port'\n"
    settings_path.write_text(before)
    settings, _ = load()
    async with opened(tmp_path, STORIES, settings=replace(settings, mark_read_after=None)) as reader:
        await reader.press("apostrophe", "w")
        assert settings_path.read_text() == before + "watch:\n  '@wet': status\n"
        assert "@wet: watched" in reader.screen
        await reader.press("w", "w")
        assert load()[0].watch == {"@wet": "notify"}
        await reader.press("D")
        assert "@wet stays: @both uses it" in reader.screen
        await reader.press("j", "D")
        assert load()[0].searches == {"wet": "flood"}
        await reader.press("u", "u", "u", "u")
        assert settings_path.read_text() == before + "watch: {}\n"
        await reader.press("u")
        assert "nothing to undo" in reader.screen
        await reader.press("escape")
        await reader.type("/strik\n")
        await reader.press("W")
        assert load()[0].watch == {"strik*": "status"}
        await reader.press("apostrophe")
        assert line_with(reader, "strik*").split()[1] == "1"


async def test_a_kept_search_with_a_mistake_is_never_text_and_says_why(tmp_path: Path, settings_path: Path) -> None:
    settings_path.write_text("searches:\n  flood: '@strike'\n  strike: '@flood'\n")
    settings, problems = load()
    assert problems
    async with opened(tmp_path, STORIES, settings=replace(settings, mark_read_after=None), size=(140, 30)) as reader:
        await reader.type("/@flood")
        assert "a saved search uses itself: @flood → @strike → @flood" in reader.screen
        assert reader.listed == ["flood.md", "strike.md"]
        await reader.press("escape", "apostrophe")
        assert "g f flood a saved search uses itself…" in " ".join(line_with(reader, "itself…").split())


async def test_an_entity_is_watched_from_its_card(tmp_path: Path, settings_path: Path) -> None:
    body = "Angela Merkel met Emmanuel Macron in Paris."
    async with opened(tmp_path, {"talks.md": article_text("Talks", body, date="2024-11-05")}) as reader:
        await reader.press("e", "enter")
        await reader.press("w")
        assert "Angela Merkel · person · watched" in reader.screen
        assert load()[0].watch == {'person:"Angela Merkel"': "status"}


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ("{wet: e}", "'g e' is an action's"),
        ("{wet: ww}", "one letter"),
        ("{wet: z, dry: z}", "another search"),
    ],
)
def test_a_letter_that_can_t_be_given_is_named(settings_path: Path, letters: str, said: str) -> None:
    settings_path.write_text(f"searches: {{wet: flood, dry: drought}}\nsearch_letters: {letters}\n")
    settings, problems = load()
    assert [said in problem.what for problem in problems] == [True]
    assert set(settings.search_letters.values()) <= {"z"}
