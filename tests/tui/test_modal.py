"""What lies over the page: taken away once, however often its key was pressed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key

from tests.builders import article_text, numbered_articles
from tests.tui.opened import Reader, held_up, opened


@pytest.mark.parametrize("keys", [("question_mark",), ("e",), ("g", "e"), ("g", "t"), ("g", "r")])
async def test_escape_typed_ahead_leaves_the_page_where_it_is(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        await reader.press(*keys)
        assert reader.pilot.app.screen is not reader.main
        for _ in range(4):
            reader.pilot.app.post_message(Key("escape", None))
        await reader.wait_until(lambda: reader.pilot.app.screen is reader.main)
        await reader.press("j")
        assert reader.desk.headlines.cursor == 1


def send(reader: Reader, keys: str) -> None:
    """Sends keys as a terminal does that has them all in one lump: nothing is waited for between them."""
    for key in keys:
        name = {"⎋": "escape", "⏎": "enter", "\t": "tab"}.get(key)
        reader.pilot.app.post_message(Key(name or key, None if name else key))


@pytest.mark.parametrize("opening", ["?", "e", "ge", "gt", "gr", "gw", "geR", "ge/", "e⏎"])
@pytest.mark.parametrize("is_typed_ahead", [True, False])
async def test_keys_close_behind_the_escape_that_leaves_a_screen_are_about_the_page(
    tmp_path: Path, opening: str, is_typed_ahead: bool
) -> None:
    async with opened(tmp_path, numbered_articles(9), query="harbour") as reader:
        send(reader, opening)
        if not is_typed_ahead:
            await reader.wait_until(lambda: reader.pilot.app.screen is not reader.main)
        send(reader, "⎋" * (1 + opening.endswith(("R", "/", "⏎"))) + "js")
        await reader.wait_until(lambda: reader.desk.headlines.cursor == 1 and reader.keys_with("is:starred") != [])
        assert reader.pilot.app.screen is reader.main
        assert reader.keys_with("is:starred") == [reader.listed[1]]


async def test_keys_typed_ahead_wait_for_what_the_panel_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = {f"{name}.md": article_text(name, "Nothing.\n", people=["Ada Brandt", "Bo Lindqvist", "Cy Tremaine"]) for name in "abc"}
    async with opened(tmp_path, people) as reader:
        with held_up(monkeypatch, "insight"):
            send(reader, "gejj⏎")
            await reader.wait_for_screen("counting…")
            assert reader.desk.session.text == ""
        await reader.wait_until(lambda: reader.desk.session.text != "")
        assert reader.desk.session.text == 'person:"Cy Tremaine"'


async def test_letters_typed_ahead_search_the_help_that_they_open(tmp_path: Path) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        send(reader, "?undo")
        await reader.wait_for_screen("undo the last step")
        assert "go to the next headline" not in reader.screen


async def test_a_panel_that_is_not_filled_in_time_takes_keys_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        with held_up(monkeypatch, "insight"):
            send(reader, "gejj")
            await reader.wait_for_screen("2 keys left out")
            send(reader, "jj⎋")
            await reader.pilot.pause(0.3)
            assert reader.pilot.app.screen is reader.main
