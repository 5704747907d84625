"""The trials, in small: each has a command of its own that runs as many as asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import full_disk, killed_indexing, killed_marks, many_sessions, power_loss
from tests.faults.marking import opened


def test_sessions_killed_while_marking_lose_nothing() -> None:
    killed_marks.run(12)


def test_indexing_killed_goes_on_where_it_was() -> None:
    kills, rounds = killed_indexing.run(2)
    assert kills >= 2
    assert rounds


def test_sessions_marking_at_once_lose_nothing() -> None:
    steps, slowest = many_sessions.run(6, 1.0)
    assert steps
    assert slowest < 5.0


def test_a_full_disk_loses_nothing() -> None:
    ran = full_disk.on_a_small_disk(8)
    if ran.returncode and ("unshare" in ran.stderr or "mount" in ran.stderr):
        pytest.skip("this system lets nobody make a small disk")
    assert ran.returncode == 0, ran.stderr


def test_a_power_failure_keeps_what_was_synced() -> None:
    assert power_loss.run(5, sectors=24) == 24


def test_each_deed_waits_for_the_disk(tmp_path: Path) -> None:
    extra = (3,)
    assert opened(tmp_path / "state.db")._database.row("PRAGMA synchronous") == extra
