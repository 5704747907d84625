"""Another session changes the index while this one is open, and its list is long."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from reader.triage.jobs import giving
from reader.triage.verbs import verdict
from reader.tui import listing, main_screen
from reader.tui.listing import Listing
from reader.tui.work import Work
from reader.tui.work_messages import IndexingDone
from tests.builders import article_text, numbered_articles
from tests.tui.opened import held_up, library_at, opened


async def test_a_list_that_takes_long_is_asked_once_for_what_another_session_indexed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, asks = 0, 0
    look, ask = Listing.look_elsewhere, Work.ask

    def looking(self: Listing) -> None:
        nonlocal looks
        looks += 1
        look(self)

    def asking(self: Work, *arguments: Any, **options: Any) -> Any:
        nonlocal asks
        asks += 1
        return ask(self, *arguments, **options)

    monkeypatch.setattr(Work, "start_indexing", lambda self: self._post(IndexingDone()))
    monkeypatch.setattr(main_screen, "_ELSEWHERE_SECONDS", 0.02)
    monkeypatch.setattr(listing, "_REASK_SECONDS", 0.01)
    async with opened(tmp_path, numbered_articles(100)) as reader:
        monkeypatch.setattr(Listing, "look_elsewhere", looking)
        monkeypatch.setattr(Work, "ask", asking)
        with held_up(monkeypatch, "all_ids"):
            library_at(tmp_path, {"late.md": article_text("A late story", date="2024-11-16")})
            end = monotonic() + 20
            while not asks or looks < 20:
                assert monotonic() < end, "the change was never seen"
                await reader.pilot.pause(0.02)
            assert asks == 1
        await reader.wait_for_screen("of 101")
        await reader.settle()
        assert asks == 1
        assert "late.md" in reader.listed


async def test_what_is_judged_while_the_list_is_asked_anew_stays_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Work, "start_indexing", lambda self: self._post(IndexingDone()))
    monkeypatch.setattr(main_screen, "_ELSEWHERE_SECONDS", 0.02)
    monkeypatch.setattr(listing, "_REASK_SECONDS", 0.01)
    async with opened(tmp_path, numbered_articles(100)) as reader:
        await reader.type("/is:unread\n")
        with held_up(monkeypatch, "all_ids") as asked:
            library_at(tmp_path, {"late.md": article_text("A late story", date="2024-11-16")})
            end = monotonic() + 20
            while not asked.is_set():
                assert monotonic() < end, "the change was never seen"
                await reader.pilot.pause(0.02)
            await reader.pilot.press("d", "d")
            await reader.wait_for_screen("✗2")
        await reader.wait_for_screen("of 101")
        await reader.settle()
        assert len(reader.listed) == 101


async def test_what_is_left_to_judge_counts_what_another_session_judged(tmp_path: Path) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        await reader.press("d")
        assert "8 left" in reader.screen
        other = reader.another_session()
        other.judge([reader.desk.session.answer.ids[5]], giving(verdict("read")))
        await reader.wait_for_screen("7 left")
