"""Nothing holds the interface up: neither another session that has the marks locked, nor a disk that doesn't answer.

What is slow is held for as long as the test wants, and meanwhile keys must show what they do: no time is judged here. How long
pauses are is measured by `tests.bench.pauses`, with the watchdog that is tested below.
"""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from reader.tui import garbage
from tests.builders import numbered_articles
from tests.loop_watch import LoopWatch, pauses
from tests.tui.opened import held_up, opened


async def test_marks_that_another_session_has_locked_hold_up_only_marks(tmp_path: Path) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        (state,) = (tmp_path / "state").rglob("state.db")
        with closing(sqlite3.connect(state, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await reader.pilot.press("s", "j")
            await reader.wait_for_screen("2 of 9")
            assert not reader.mark("story-00000.md").is_starred
            other.execute("ROLLBACK")
        await reader.settle()
        assert reader.mark("story-00000.md").is_starred


async def test_a_disk_that_doesn_t_answer_holds_up_only_the_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        with held_up(monkeypatch, "open") as asked:
            await reader.pilot.press("j")
            await reader.wait_for_screen("2 of 9")
            await asyncio.to_thread(asked.wait, 20)
            await reader.pilot.press("j", "slash", *"002")
            await reader.wait_for_screen("1 of 1 in 9")
        await reader.settle()


def test_searches_for_garbage_leave_out_what_the_screen_consists_of() -> None:
    garbage.put_off()
    try:
        assert not gc.isenabled()
        screen = [[] for _ in range(1000)]
        garbage.look_only_at_what_comes()
        assert gc.isenabled()
        assert gc.get_freeze_count() >= len(screen)
    finally:
        gc.unfreeze()
        gc.enable()


def test_the_watchdog_sees_what_holds_the_loop_up(tmp_path: Path) -> None:
    def hold_up(watch: LoopWatch) -> None:
        end = time.perf_counter() + 20
        while time.perf_counter() < end and not any(call.endswith(" hold_up") for call in watch.where):
            pass

    async def work() -> None:
        watch = LoopWatch(asyncio.get_running_loop(), written)
        await asyncio.sleep(0.02)
        hold_up(watch)
        await asyncio.sleep(0.02)

    with (tmp_path / "pauses").open("w", buffering=1) as written:
        asyncio.run(work())
    (pause,) = [pause for pause in pauses(tmp_path / "pauses") if any(call.endswith(" hold_up") for call in pause.where)]
    assert pause.milliseconds >= 10
