"""Going to a date in the list, which stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import article_text
from tests.tui.opened import Reader, opened


def story(day: str | None, words: str = "of any kind") -> str:
    return article_text(f"Story of {day}", f"A word {words}.", **({} if day is None else {"date": day}))


DAYS = ("2024-11-03", "2024-11-01", "2024-10-20", "2023-12-31", "2023-05-02")
FILES = {f"{day}.md": story(day, "on sport" if "10" in day or "05" in day else "of any kind") for day in DAYS} | {"undated.md": story(None)}


async def go_to(reader: Reader, words: str) -> str:
    """Goes to a date by key, and gives the article that the cursor is on then."""
    await reader.press("g", "d")
    await reader.type(f"{words}\n")
    return reader.cursor_key.removesuffix(".md")


@pytest.mark.parametrize(
    ("words", "gone_to", "told"),
    [
        ("2024-10-20", "2024-10-20", ""),
        ("2024-11", "2024-11-03", ""),
        ("2023", "2023-12-31", ""),
        (" 2023 ", "2023-12-31", ""),
        ("2024-11-02", "2024-11-01", "nothing is listed from Sat 2 Nov 2024; the nearest is from Fri 1 Nov 2024"),
        ("2023-08", "2023-05-02", "nothing is listed from Aug 2023; the nearest is from Tue 2 May 2023"),
        ("1999", "2023-05-02", "nothing is listed from 1999; the nearest is from Tue 2 May 2023"),
        ("2030", "2024-11-03", "nothing is listed from 2030; the nearest is from Sun 3 Nov 2024"),
    ],
)
async def test_a_date_is_gone_to_where_it_begins_or_to_the_nearest_told(tmp_path: Path, words: str, gone_to: str, told: str) -> None:
    async with opened(tmp_path, FILES) as reader:
        before = reader.listed
        assert await go_to(reader, words) == gone_to
        assert "nothing is listed" not in reader.screen if not told else told in reader.screen
        assert reader.listed == before
        assert reader.desk.session.text == ""


async def test_a_filtered_list_is_gone_through_alone(tmp_path: Path) -> None:
    async with opened(tmp_path, FILES, query="sport") as reader:
        assert await go_to(reader, "2023-12") == "2023-05-02"
        assert len(reader.listed) == 2


async def test_oldest_first_a_date_begins_with_its_oldest(tmp_path: Path) -> None:
    async with opened(tmp_path, FILES, query="sort:-date") as reader:
        assert await go_to(reader, "2024-11") == "2024-11-01"
        assert await go_to(reader, "2023-07") == "2023-12-31"
        assert await go_to(reader, "2022") == "2023-05-02"


async def test_a_list_in_another_order_says_so_and_keeps_its_cursor(tmp_path: Path) -> None:
    async with opened(tmp_path, FILES, query="sort:headline") as reader:
        cursor = reader.cursor_key
        await reader.press("g", "d")
        assert "listed by headline, not by date; O changes it" in reader.screen
        await reader.type("2023\n")
        assert "listed by headline, not by date" in reader.screen
        await reader.press("escape")
        assert reader.cursor_key == cursor


@pytest.mark.parametrize(
    ("query", "told"), [("path:undated", "nothing listed has a date"), ("nothing_has_this_word", "there are no stories here")]
)
async def test_nothing_dated_is_told(tmp_path: Path, query: str, told: str) -> None:
    async with opened(tmp_path, FILES, query=query) as reader:
        await reader.press("g", "d")
        assert told in reader.screen
        await reader.type("2024\n")
        assert told in reader.screen
        assert not reader.desk.has_drawer


async def test_what_is_no_date_is_told_and_can_be_mended(tmp_path: Path) -> None:
    async with opened(tmp_path, FILES) as reader:
        await reader.press("g", "d")
        assert "listed: 2023-05-02 to 2024-11-03" in reader.screen
        await reader.type("2024-13\n")
        assert "there is no date 2024-13" in reader.screen
        await reader.press("backspace", "backspace")
        await reader.type("10\n")
        assert reader.cursor_key == "2024-10-20.md"
        await reader.press("g", "d")
        await reader.type("soon\n")
        assert "“soon” is no date: write 2024-03-15, 2024-03, 7d" in reader.screen
        assert "a..b" not in reader.screen


async def test_words_for_days_are_offered_with_the_day_they_mean(tmp_path: Path) -> None:
    async with opened(tmp_path, FILES) as reader:
        await reader.press("g", "d")
        await reader.type("2024-10")
        assert "Oct 2024" in reader.lines[-1]
        await reader.press(*["backspace"] * 7, "t")
        assert {offer.label for offer in reader.desk.drawer.offers} == {"today", "tuesday", "thursday"}
        assert all(offer.says for offer in reader.desk.drawer.offers)


async def test_keys_typed_ahead_come_after_it(tmp_path: Path) -> None:
    async with opened(tmp_path, FILES) as reader:
        await reader.press("g", "d", *"2024-11-01", "enter", "j", "s")
        assert reader.cursor_key == "2024-10-20.md"
        assert reader.mark("2024-10-20.md").is_starred


async def test_a_date_is_gone_to_from_the_article_and_by_command(tmp_path: Path) -> None:
    async with opened(tmp_path, FILES) as reader:
        await reader.press("enter")
        assert await go_to(reader, "2023-05") == "2023-05-02"
        assert reader.desk.place == "article"
        assert reader.desk.open_row.key == "2023-05-02.md"
        await reader.type(":go-to-date 2024-10\n")
        assert reader.cursor_key == "2024-10-20.md"
        await reader.type(":go-to-date whenever\n")
        assert "“whenever” is no date" in reader.screen
        await reader.press("escape")
        await reader.type(":go-to-date\n")
        await reader.type("2023-05\n")
        assert reader.cursor_key == "2023-05-02.md"


async def test_a_bar_of_the_timeline_is_gone_to(tmp_path: Path) -> None:
    async with opened(tmp_path, FILES) as reader:
        await reader.press("g", "t", "g", "o")
        assert reader.cursor_key == "2023-05-02.md"
        assert reader.desk.session.text == ""
        assert "When:" not in reader.screen


async def test_a_list_that_is_still_being_found_is_waited_for(tmp_path: Path) -> None:
    """What is listed so far is not all there is to go to."""
    many = {f"{number:04}.md": story(f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}") for number in range(400)} | FILES
    async with opened(tmp_path, many) as reader:
        await reader.press("/", *"word", "enter", "g", "d", *"2023-05", "enter", "s")
        assert reader.cursor_key == "2023-05-02.md"
        assert reader.mark("2023-05-02.md").is_starred


async def test_what_was_said_before_a_prompt_doesn_t_come_back_behind_it(tmp_path: Path) -> None:
    async with opened(tmp_path, FILES) as reader:
        await reader.type("gd1999\n")
        assert "nothing is listed from 1999" in reader.screen
        await reader.type("gd32 foo\n")
        await reader.press("escape")
        assert "1999" not in reader.screen
