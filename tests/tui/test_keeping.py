"""Kept searches by key: the filter of the bar goes into the settings file under a name, and comes back by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.settings import Settings
from tests.builders import article_text
from tests.tui.opened import opened

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
        assert settings_path.read_text() == "# mine\ntheme: nord # dark\nsearches:\n  wet: flood\n"
        assert "@wet stands for flood" in reader.screen
        await reader.press("c")
        assert reader.listed == ["flood.md", "strike.md"]
        await reader.type("/-@wet\n")
        assert reader.listed == ["strike.md"]
        await reader.press("apostrophe")
        await reader.type("we\n")
        assert reader.desk.session.text == "@wet"
        assert reader.listed == ["flood.md"]


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
