"""Keys that are about all of the list wait until all of it is known: its first rows are there long before."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.errors import IndexFileError
from reader.library import Library
from reader.model import ArticleId, HeadlineRow
from reader.query.conditions import Clock
from reader.query.tree import Query
from reader.settings import Settings
from tests.builders import article_text, numbered_articles
from tests.tui.opened import Reader, opened

MANY = 300
"""More than the first rows of a list."""
FILES = numbered_articles(MANY)


@contextmanager
def no_whole_list(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Meanwhile not all of what has the word *harbour* becomes known, but its first rows do."""
    answers, find = threading.Event(), Library.all_ids

    def slow(library: Library, query: Query, clock: Clock) -> Any:
        if "'harbour'" in repr(query):
            answers.wait(40)
        return find(library, query, clock)

    monkeypatch.setattr(Library, "all_ids", slow)
    try:
        yield
    finally:
        answers.set()


async def list_its_beginning(reader: Reader) -> None:
    await reader.pilot.press("slash", *"harbour", "enter")
    await reader.wait_for_screen("/ harbour ")
    while reader.desk.session.is_waiting:
        await reader.pilot.pause(0.01)
    assert not reader.desk.session.answer.is_complete
    assert reader.desk.headlines.count < MANY


@asynccontextmanager
async def half_listed(place: Path, monkeypatch: pytest.MonkeyPatch, *keys: str, before: str = "", **how: Any) -> AsyncIterator[Reader]:
    """A reader in which keys are pressed while no more than the first rows are known; all of them are once these are pressed."""
    async with opened(place, FILES, **how) as reader:
        await reader.press(*before)
        with no_whole_list(monkeypatch):
            await list_its_beginning(reader)
            await reader.pilot.press(*keys)
            await reader.pilot.pause()
            assert "no unread headline below" not in reader.screen
        await reader.settle()
        yield reader


@pytest.mark.parametrize(
    ("keys", "at"), [("G", MANY), ("299G", 299), ("299gg", 299), ("Gk", MANY - 1), ("20G", 20), ("gg", 1), ("G2k", MANY - 2)]
)
async def test_the_last_row_is_that_of_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: str, at: int) -> None:
    async with half_listed(tmp_path, monkeypatch, *keys) as reader:
        assert reader.desk.headlines.cursor + 1 == at


async def test_the_next_unread_is_sought_among_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with half_listed(tmp_path, monkeypatch, "n", before="250GMgg") as reader:
        assert reader.desk.headlines.cursor + 1 == 251


async def test_all_of_them_are_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with half_listed(tmp_path, monkeypatch, "E") as reader:
        assert f"{MANY} articles" in reader.screen


@pytest.mark.parametrize("keys", ["gw", "gwj\n", "E\x1bj"])
async def test_keys_typed_behind_it_do_the_same_as_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    pressed = [{"\n": "enter", "\x1b": "escape"}.get(key, key) for key in keys]
    async with half_listed(tmp_path / "soon", monkeypatch, *pressed) as reader:
        soon = (reader.lines[1:], reader.desk.headlines.cursor, reader.desk.place)
    async with opened(tmp_path / "later", FILES, query="harbour") as reader:
        for key in pressed:
            await reader.press(key)
        assert (reader.lines[1:], reader.desk.headlines.cursor, reader.desk.place) == soon


@pytest.mark.parametrize(("action", "before", "at"), [("last", "", MANY), ("next-unread", "250GMgg", 251)])
async def test_a_macro_goes_on_when_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str, before: str, at: int) -> None:
    settings = replace(Settings(mark_read_after=None), macros={"ctrl+t": (action, "star", "previous", "queue")})
    async with half_listed(tmp_path, monkeypatch, "ctrl+t", "k", before=before, settings=settings) as reader:
        assert reader.keys_with("is:starred") == [reader.listed[at - 1]]
        assert reader.keys_with("is:queued") == [reader.listed[at - 2]]
        assert reader.desk.headlines.cursor + 1 == at - 2


@pytest.mark.parametrize(("given_up", "meant"), [("G", "E"), ("E", "G")])
async def test_what_was_given_up_never_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given_up: str, meant: str) -> None:
    async with opened(tmp_path, FILES) as reader:
        with no_whole_list(monkeypatch):
            await list_its_beginning(reader)
            await reader.pilot.press(given_up, "j")
            await reader.wait_for_screen("left out")
            await reader.pilot.press(meant)
            await reader.pilot.pause()
        await reader.settle()
        assert reader.desk.has_drawer == (meant == "E")
        assert reader.desk.headlines.cursor + 1 == (1 if meant == "E" else MANY)


async def test_a_list_that_never_comes_is_sought_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise IndexFileError("the disk could not be read")

    async with opened(tmp_path, FILES) as reader:
        await reader.press(*"250GMgg")
        monkeypatch.setattr(Library, "all_ids", broken)
        await reader.pilot.press("slash", *"harbour", "enter")
        await reader.wait_for_screen("the disk could not be read")
        await reader.pilot.press("n")
        await reader.wait_for_screen("no unread headline below")
        assert reader.desk.awaited is None


@asynccontextmanager
async def searching(place: Path, monkeypatch: pytest.MonkeyPatch, count: int, found: int) -> AsyncIterator[Reader]:
    """A reader that has all articles read, and found some of those whose texts it reads; the others take long."""
    end, find = threading.Event(), Library.as_found

    def slow(library: Library, query: Query, clock: Clock, tell: Any) -> Any:
        ids = find(library, query, clock, lambda *_: None)
        tell(ids[:found], found)
        end.wait(40)
        return ids

    async with opened(place, numbered_articles(count)) as reader:
        await reader.press("A")
        await reader.wait_for_screen("Marked read")
        monkeypatch.setattr(Library, "as_found", slow)
        try:
            await reader.pilot.press("slash", *"body:/first/", "enter")
            await reader.wait_for_screen(f"{found} bodies read")
            yield reader
        finally:
            end.set()
        await reader.settle()


async def test_a_long_search_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with searching(tmp_path, monkeypatch, 700, 600) as reader:
        await reader.pilot.press("n")
        await reader.wait_for_screen("no unread headline below")
        await reader.pilot.press("G", "k")
        await reader.wait_for_screen("599 of 600+")


async def test_of_a_long_search_what_is_selected_is_exported_and_not_the_half_that_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with searching(tmp_path, monkeypatch, 40, 20) as reader:
        await reader.pilot.press("E")
        await reader.wait_for_screen("still searching; exported is")
        await reader.pilot.press("x", "E")
        await reader.wait_for_screen("1 article")
        await reader.pilot.press("escape")


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        ("n", 1151),
        ("1150Gn", 1151),
        ("1160Gp", 1159),
        ("1151Gp", 1),
        ("Gp", 1199),
        ("Gn", 1200),
        ("ggp", 1),
        ("1151Gmggnp", 1),
        ("nmm", 1151),
    ],
)
async def test_the_next_unread_may_be_far_away_and_few_rows_are_fetched_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: str, at: int
) -> None:
    async with opened(tmp_path, numbered_articles(1200)) as reader:
        await reader.press(*"1150GM")
        await reader.wait_for_screen("Marked read 1,150")
        await reader.press(*"ggm")
        fetched, fetch = 0, Library.rows

        def counted(library: Library, ids: Sequence[ArticleId]) -> list[HeadlineRow]:
            nonlocal fetched
            fetched += len(ids)
            return fetch(library, ids)

        monkeypatch.setattr(Library, "rows", counted)
        await reader.press(*keys)
        assert reader.desk.headlines.cursor + 1 == at
        assert fetched < 1100


async def test_a_verdict_is_about_what_is_selected_beside_a_row_that_stays(tmp_path: Path) -> None:
    files = {f"{day:02}.md": article_text(f"Story {day}", date=f"2024-11-{day:02}") for day in (2, 4, 6, 10, 20)}
    async with opened(tmp_path, files) as reader:
        await reader.press("slash", *"is:unread", "enter")
        await reader.press("j", "m")
        (tmp_path / "wire" / "08.md").write_text(article_text("Story 8", date="2024-11-08"))
        await reader.press("r")
        await reader.wait_until(lambda: "08.md" in reader.listed)
        await reader.press("g", "g", *("j" * reader.listed.index("08.md")), "x", "s")
        assert reader.keys_with("is:starred") == ["08.md"]
