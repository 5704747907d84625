"""What is mostly there at once is waited for a moment, and sent on where it takes longer: once, one way or the other."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from reader.library import Library
from reader.query.conditions import Clock
from reader.query.tree import Query
from reader.tui.first_rows import FirstRows
from reader.tui.headline_list import HeadlineList
from tests.builders import numbered_articles
from tests.tui.opened import held_up, opened


def test_what_is_there_in_time_is_given_and_not_sent() -> None:
    first: FirstRows[str] = FirstRows(20)
    sent: list[bool] = []
    other = threading.Thread(target=lambda: sent.append(not first.give("rows")))
    other.start()
    assert first.wait() == "rows"
    other.join()
    assert sent == [False]


@pytest.mark.parametrize("patience", [0.0, 0.001])
def test_what_comes_too_late_is_sent(patience: float) -> None:
    first: FirstRows[str] = FirstRows(patience)
    assert first.wait() is None
    assert not first.give("rows")


def test_nobody_waits_for_what_was_not_to_be_waited_for() -> None:
    first: FirstRows[str] = FirstRows(0.0)
    assert not first.give("rows")
    assert first.wait() is None


async def test_a_letter_is_seen_though_what_it_finds_is_not_known_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        await reader.press("slash")
        with held_up(monkeypatch, "first_window"):
            await reader.pilot.press(*"003")
            await reader.wait_for_screen("/ 003")
            assert "1 of 9" in reader.screen
        await reader.wait_for_screen("1 of 1 in 9")
        await reader.settle()


async def test_how_many_there_are_is_said_before_all_of_them_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path, numbered_articles(300)) as reader:
        await reader.press("slash")
        with held_up(monkeypatch, "all_ids"):
            await reader.pilot.press("h")
            await reader.wait_for_screen("1 of 300 in 300")
            assert not reader.desk.session.answer.is_complete
        await reader.settle()
        assert reader.desk.session.answer.is_complete
        assert "1 of 300 in 300" in reader.screen


async def test_a_kept_place_among_the_first_rows_is_listed_before_all_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed, find, show = threading.Event(), Library.all_ids, HeadlineList.show
    was_listed = []

    def noting(self: HeadlineList, ids: Sequence[int], **how: Any) -> None:
        show(self, ids, **how)
        if ids:
            listed.set()

    def slow(self: Library, query: Query, clock: Clock) -> Any:
        if query.root is None:
            was_listed.append(listed.wait(10))
        return find(self, query, clock)

    async with opened(tmp_path, numbered_articles(300)) as reader:
        await reader.press("j", "j")
        at = reader.desk.headlines.cursor_row.key
    monkeypatch.setattr(HeadlineList, "show", noting)
    monkeypatch.setattr(Library, "all_ids", slow)
    async with opened(tmp_path, {}) as reader:
        assert was_listed
        assert all(was_listed)
        assert reader.desk.headlines.cursor_row.key == at
        assert reader.desk.headlines.cursor == 2


async def test_another_filter_with_the_cursor_among_its_first_rows_is_there_before_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path, numbered_articles(300)) as reader:
        await reader.type("/category:sport\njj")
        with held_up(monkeypatch, "all_ids"):
            await reader.pilot.press("c")
            await reader.wait_for_screen(" 8 of 300")
            await reader.pilot.press("j")
            await reader.wait_for_screen(" 9 of 300")
            assert reader.cursor_key == "story-00008.md"
        await reader.settle()
        assert reader.cursor_key == "story-00008.md"
        assert len(reader.listed) == 300
