"""Keys that are about all of the list wait until all of it is known: its first rows are there long before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

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
