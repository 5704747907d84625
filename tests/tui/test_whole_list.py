"""Keys that are about all of the list wait until all of it is known: its first rows are there long before."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from reader.library import Library
from reader.model import ArticleId, HeadlineRow
from tests.builders import numbered_articles
from tests.tui.opened import Reader, held_up, opened

MANY = 300
"""More than the first rows of a list."""


@asynccontextmanager
async def half_listed(place: Path, monkeypatch: pytest.MonkeyPatch, *keys: str) -> AsyncIterator[Reader]:
    """A reader in which keys are pressed while no more than the first rows are known; all of them are once these are pressed."""
    async with opened(place, numbered_articles(MANY)) as reader:
        reader.another_session().mark(lambda marks: marks.keep_place("{}"))
        with held_up(monkeypatch, "all_ids"):
            await reader.pilot.press("slash", *"harbour", "enter")
            await reader.wait_for_screen(f"1 of {MANY} in {MANY}")
            assert not reader.desk.session.answer.is_complete
            await reader.pilot.press(*keys)
            await reader.pilot.pause()
        await reader.settle()
        yield reader


@pytest.mark.parametrize(
    ("keys", "at"), [("G", MANY), ("299G", 299), ("299gg", 299), ("Gk", MANY - 1), ("20G", 20), ("gg", 1), ("G2k", MANY - 2)]
)
async def test_the_last_row_is_that_of_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: str, at: int) -> None:
    async with half_listed(tmp_path, monkeypatch, *keys) as reader:
        assert reader.desk.headlines.cursor + 1 == at


async def test_the_next_unread_is_sought_among_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path, numbered_articles(MANY)) as reader:
        await reader.press(*"250GMgg")
        with held_up(monkeypatch, "all_ids"):
            await reader.pilot.press("slash", *"harbour", "enter")
            await reader.wait_for_screen(f"1 of {MANY} in {MANY}")
            await reader.pilot.press("n")
            await reader.pilot.pause()
            assert "no unread headline below" not in reader.screen
        await reader.settle()
        assert reader.desk.headlines.cursor + 1 == 251


async def test_all_of_them_are_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with half_listed(tmp_path, monkeypatch, "E") as reader:
        assert f"{MANY} articles" in reader.screen


async def test_all_of_them_are_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with half_listed(tmp_path, monkeypatch, "g", "w") as reader:
        assert f"of {MANY} read" in reader.screen


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
