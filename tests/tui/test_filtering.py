"""What the screen says of a filter once it has been typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import article_text, numbered_articles
from tests.tui.opened import held_up, opened


async def test_why_nothing_is_found_is_said_of_the_filter_that_finds_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, numbered_articles(9), query="harbour category:none", size=(80, 24)) as reader:
        assert "Nothing found. Without category:none" in reader.screen
        await reader.press("c", "/")
        await reader.type("zebra\n")
        assert "Nothing found." in reader.screen
        assert "Nothing found. Without" not in reader.screen


NAMED = {
    "khan.md": article_text("Khan wins", "Imran Khan spoke in Lahore.", date="2024-11-07", category="Sport", person="Imran Khan"),
    "khanna.md": article_text("Khanna wins", "Ro Khanna spoke in Lahore.", date="2024-11-06", category="Sports", person="Ro Khanna"),
    "other.md": article_text("Nobody wins", "Lahore was quiet.", date="2024-11-05"),
}


@pytest.mark.parametrize(
    ("keys", "text", "listed"),
    [
        (("O", "j", "j", "enter"), "sort:headline", ["khan.md", "khanna.md"]),
        (("O", "enter"), "sort:-date", ["khanna.md", "khan.md"]),
        (("g", "t", "enter", "escape"), "date:2024-11-06", ["khanna.md"]),
        (("g", "e", "minus", "escape"), '-person:"Imran Khan"', ["khanna.md"]),
    ],
)
async def test_a_word_that_was_only_begun_stays_so_where_a_term_is_added(
    tmp_path: Path, keys: tuple[str, ...], text: str, listed: list[str]
) -> None:
    async with opened(tmp_path, NAMED) as reader:
        await reader.type("/khan\n")
        assert reader.listed == ["khan.md", "khanna.md"]
        await reader.press(*keys)
        assert reader.desk.session.text.startswith("khan* ")
        assert text in reader.desk.session.text
        assert reader.listed == listed


async def test_a_filter_that_nobody_typed_here_has_whole_words(tmp_path: Path) -> None:
    async with opened(tmp_path, NAMED, query="category:sport") as reader:
        assert reader.listed == ["khan.md"]
        await reader.press("slash", "s")
        assert (reader.desk.session.text, reader.listed) == ("category:sports", ["khanna.md"])
        await reader.press("backspace")
        assert (reader.desk.session.text, reader.listed) == ("category:sport", ["khan.md", "khanna.md"])


async def test_a_filter_that_was_only_begun_is_the_same_the_next_time(tmp_path: Path) -> None:
    async with opened(tmp_path, NAMED) as reader:
        await reader.type("/khan\n")
        await reader.press("q")
    async with opened(tmp_path, NAMED) as reader:
        assert reader.listed == ["khan.md", "khanna.md"]


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_what_is_wrong_with_a_filter_stays_said_as_long_as_that_filter_stands(tmp_path: Path, width: int) -> None:
    async with opened(tmp_path, numbered_articles(9), size=(width, 24)) as reader:
        await reader.type("/since:7x\n")
        assert "is no date" in reader.screen
        await reader.press("j")
        assert "is no date" in reader.screen
        await reader.press("c")
        assert "is no date" not in reader.screen
    async with opened(tmp_path, query="since:7x", size=(width, 24)) as reader:
        assert "is no date" in reader.screen


async def test_what_is_typed_behind_tab_waits_for_what_completion_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        with held_up(monkeypatch, "complete"):
            await reader.pilot.press("/", "c", "a", "t", "tab", "s", "p", "tab", "enter", "j")
        await reader.settle()
        assert reader.desk.bar.text == "category:SPORT "
        assert (len(reader.listed), reader.desk.headlines.cursor) == (3, 1)
