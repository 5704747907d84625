"""A regular expression over bodies has files read: what was found so far is shown, and the next key ends it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from reader.library import Library
from reader.query import results
from tests.builders import numbered_articles
from tests.tui.opened import opened


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Until it is set, no body is read after the tenth."""
    found, read, wait = Event(), Library._body, iter(range(10_000))

    def slow(library: Library, archive: str, path: str) -> str:
        if next(wait) >= 10:
            found.wait(30)
        return read(library, archive, path)

    monkeypatch.setattr(Library, "_body", slow)
    monkeypatch.setattr(results, "_TOLD_SECONDS", 0.0)
    yield found
    found.set()


async def test_what_is_found_is_shown_while_bodies_are_read(tmp_path: Path, go_on: Event) -> None:
    async with opened(tmp_path, numbered_articles(40)) as reader:
        await reader.press("/")
        for key in "body:/.$/":
            await reader.pilot.press(key)
        await reader.wait_for_screen("10+ in 40 · 11 bodies read")
        assert "Story 009" in reader.screen
        go_on.set()
        await reader.settle()
        assert "1 of 40 in 40" in reader.screen
        assert "bodies read" not in reader.screen


async def test_that_nothing_is_found_yet_is_said_and_typing_on_ends_it(tmp_path: Path, go_on: Event) -> None:
    async with opened(tmp_path, numbered_articles(40)) as reader:
        await reader.press("/")
        for key in "body:/zq/":
            await reader.pilot.press(key)
        await reader.wait_for_screen("Nothing yet: 11 bodies read")
        for key in ",story":
            await reader.pilot.press(key)
        go_on.set()
        await reader.settle()
        assert "bodies read" not in reader.screen
        assert len(reader.listed) == 0
