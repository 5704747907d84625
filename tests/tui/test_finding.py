"""Finding in the open article by key: the places are marked as one types, n and N walk them, Esc ends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import article_text, folder
from tests.tui.opened import Reader, opened

BODY = "\n\n".join(f"Paragraph {number} tells of the river." for number in range(1, 41))
STORIES = {
    "long.md": article_text("A long story", BODY, date="2024-11-05"),
    "short.md": article_text("A short one", "Nothing here but a river.", date="2024-11-04"),
}


def shown(reader: Reader) -> bool:
    return any("Paragraph 30 " in line for line in reader.lines)


async def test_n_and_N_walk_what_was_found(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("ctrl+f")
        await reader.type("paragraph 3\n")
        assert "1 of 11 · n N Esc" in reader.screen
        await reader.press("n", "n")
        assert "3 of 11" in reader.screen
        assert shown(reader)
        await reader.press("N", "N", "N")
        assert "11 of 11" in reader.screen
        assert not reader.mark("long.md").note
        await reader.press("escape")
        assert "of 11" not in reader.screen
        assert reader.desk.place == "article"


async def test_other_keys_do_what_they_do_and_another_article_ends_it(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("ctrl+f")
        await reader.type("river\n")
        await reader.press("s", "G", "space")
        assert reader.mark("long.md").is_starred
        assert reader.cursor_key == "short.md"
        await reader.press("q")
        assert reader.desk.place == "list"
        assert not reader.desk.has_drawer


async def test_what_is_found_is_told_in_full_on_the_smallest_terminal(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES, size=(40, 10)) as reader:
        await reader.press("ctrl+f")
        await reader.type("paragraph\n")
        assert "find: paragraph" in reader.screen
        assert "1 of 40 · n N Esc" in reader.screen


async def test_the_place_gone_to_stays_in_sight_at_any_size(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES, size=(80, 24)) as reader:
        await reader.press("ctrl+f")
        await reader.type("paragraph 30\n")
        for size in ((200, 60), (40, 10), (100, 14), (40, 10), (80, 24)):
            await reader.pilot.resize_terminal(*size)
            await reader.settle()
            assert shown(reader), size
        await reader.press("g", "g")
        await reader.pilot.resize_terminal(40, 10)
        await reader.settle()
        assert not shown(reader), "one has gone elsewhere since"


async def test_without_words_it_walks_those_of_the_filter(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES, query="river") as reader:
        await reader.press("ctrl+f", "enter", "n")
        assert "2 of 40" in reader.screen


@pytest.mark.parametrize("typed", ["zebra", "river paragraph"])
async def test_what_is_nowhere_is_said_and_can_be_typed_on(tmp_path: Path, typed: str) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("ctrl+f")
        await reader.type(f"{typed}\n")
        assert "nowhere in this article" in reader.screen
        await reader.press("ctrl+u")
        await reader.type("paragraph 30\n")
        assert shown(reader)


async def test_a_command_takes_its_place(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("ctrl+f")
        await reader.type("river\n")
        await reader.press("colon", "n", "escape")
        assert not reader.desk.has_drawer
        assert len(reader.main.query("Drawer")) == 0


async def test_words_in_context_are_read_to_the_end_of_the_answer_as_one_goes_down(tmp_path: Path) -> None:
    body = "\n\n".join(f"The river rose, {number}." for number in range(20))
    stories = {f"{number:02}.md": article_text(f"Story {number}", body, date=f"2024-11-{number % 28 + 1:02}") for number in range(50)}
    async with opened(tmp_path, stories, query="river", size=(120, 20)) as reader:
        await reader.press("g", "w")
        assert "20 stories of 50 read" in reader.screen
        assert "rose, 3." in reader.screen
        await reader.press("G")
        await reader.press("G")
        assert "50 stories of 50 read" in reader.screen
        await reader.press("G", "enter")
        assert reader.cursor_key == "00.md"


async def test_filter_and_cursor_are_where_they_were_after_reading_one_article(tmp_path: Path) -> None:
    """newsboat-227 and nom-162: in other readers the filter, or the place in the list, is lost by it."""
    stories = {f"{number}.md": article_text(f"Flood {number}", BODY, date=f"2024-11-{number:02}") for number in range(1, 21)}
    async with opened(tmp_path, {**stories, **STORIES}, size=(80, 16)) as reader:
        await reader.type("/flood\n")
        await reader.press(*"jjjjjjjj", "enter", "space")
        await reader.press("escape")
        assert (reader.desk.session.text, reader.cursor_key, len(reader.listed)) == ("flood", "12.md", 20)
        folder(tmp_path / "wire", {"new.md": article_text("Flood again", date="2024-12-01")})
        await reader.wait_until(lambda: len(reader.listed) == 21)
        await reader.pilot.resize_terminal(120, 30)
        await reader.settle()
        assert (reader.desk.session.text, reader.cursor_key) == ("flood", "12.md")
