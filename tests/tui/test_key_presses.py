"""Keys typed ahead fall on the list they were typed for, or on none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import numbered_articles
from tests.tui.opened import held_up, opened


async def test_keys_behind_a_filter_are_about_what_it_finds(tmp_path: Path) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        await reader.type("/category:sport\njsc/category:world\ns")
        assert reader.keys_with("is:starred") == ["story-00000.md", "story-00004.md"]


async def test_keys_whose_list_does_not_come_are_left_out_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        with held_up(monkeypatch, "first_window"):
            await reader.pilot.press(*"/sport", "enter", "d", "d")
            await reader.wait_for_screen("2 keys left out")
        await reader.settle()
        assert reader.keys_with("is:skipped") == []


@pytest.mark.parametrize("key", ["q", "Q", "ctrl+q"])
async def test_nobody_waits_for_a_list_to_leave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        with held_up(monkeypatch, "first_window"):
            await reader.pilot.press(*"/sport", "enter", "s", key)
            assert reader.pilot.app.is_running, "a star before it is waited for"
            await reader.wait_for_screen("2 keys left out")
            await reader.pilot.press(*"/harbour", "enter", key)
            assert await reader.left() == 0


async def test_a_capital_q_is_a_letter_wherever_text_is_typed(tmp_path: Path) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        await reader.type("/Qatar QQ")
        assert (reader.main.is_attached, reader.desk.bar.text) == (True, "Qatar QQ")
        await reader.press("escape", "?", "Q")
        assert reader.main.is_attached


@pytest.mark.parametrize("opening", [("?",), ("g", "e"), ("ctrl+f",), (":",)])
async def test_what_works_anywhere_works_over_the_page_and_in_a_drawer(tmp_path: Path, opening: tuple[str, ...]) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        await reader.press(*opening)
        assert reader.pilot.app.screen is not reader.main or reader.desk.drawer is not None
        assert reader.pilot.app.is_running
        await reader.pilot.press("ctrl+q")
        assert await reader.left() == 0


async def test_keys_behind_a_tab_that_is_not_answered_are_left_out_and_those_after_them_are_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        with held_up(monkeypatch, "complete"):
            await reader.pilot.press("/", "c", "a", "t", "tab", "x", "y")
            await reader.wait_for_screen("2 keys left out")
            await reader.pilot.press("e", "g")
            await reader.wait_for_screen("/ categ")
        await reader.settle()
        assert reader.desk.bar.text == "categ"


async def test_nobody_waits_for_completions_to_leave_the_filter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        with held_up(monkeypatch, "complete"):
            await reader.pilot.press(*"/cat", "tab", "escape")
            assert (reader.desk.place, reader.desk.bar.text) == ("list", "cat")
        await reader.settle()
        assert (reader.desk.place, reader.desk.bar.text) == ("list", "cat"), "what comes for a key that was left is not taken"


async def test_nobody_waits_for_completions_to_quit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        with held_up(monkeypatch, "complete"):
            await reader.pilot.press(*"/cat", "tab", "ctrl+q")
            assert await reader.left() == 0
