"""What is done behind the list gives way to what a person waits for, but never stops for good."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from queue import SimpleQueue
from types import SimpleNamespace
from typing import cast

import pytest

from reader.library import Library
from reader.tui import upkeep
from reader.tui.upkeep import Upkeep
from reader.tui.work_messages import Answered, IndexingDone, Told


class Clock:
    """Time that passes where somebody waits or works."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


class Stop(threading.Event):
    """Whether to stop, waited for by this clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.waited = 0.0

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        if not self.is_set():
            self._clock.now += timeout
            self.waited += timeout
        return self.is_set()


def waited(
    monkeypatch: pytest.MonkeyPatch, worked: float, is_waited: Callable[[], bool], *, is_stopped: bool = False, is_first: bool = False
) -> float:
    """How long upkeep waits that has worked so many seconds; with `is_first`, how long before it begins."""
    clock = Clock()
    monkeypatch.setattr(upkeep, "time", clock)
    stop = Stop(clock)
    if is_stopped:
        stop.set()
    before = 0.0
    has_begun = False

    def follow(_archive: str, _stop: threading.Event, _say: object, give_way: Callable[[], None]) -> Iterator[Iterator[object]]:
        nonlocal before, has_begun
        before, has_begun = stop.waited, True
        clock.now += worked
        give_way()
        yield iter(())

    done = threading.Event()
    library = SimpleNamespace(archives=["/wire"], follow=follow)
    Upkeep(
        cast("Library", library), lambda _: done.set(), lambda _: None, stop, lambda: is_waited() if has_begun or is_first else False
    ).start()
    assert done.wait(5)
    return before if is_first else stop.waited - before


def test_what_failed_before_the_index_was_made_anew_does_not_count_against_the_new_one() -> None:
    told: SimpleQueue[Told] = SimpleQueue()
    spoilt: list[bool] = []
    library = SimpleNamespace(spoil_index=lambda: spoilt.append(True), refresh=lambda _: iter(()))
    kept = Upkeep(cast("Library", library), told.put, lambda _: None, threading.Event(), lambda: False)
    for rebuilt in (1, 2, 3):
        for _ in range(3):
            assert kept.rebuild()
        assert isinstance(told.get(timeout=5), IndexingDone)
        ended = told.get(timeout=5)
        # Three questions more had failed by then, and are told of now.
        assert [kept.rebuild() for _ in range(3)] == [True] * 3
        assert isinstance(ended, Answered)
        ended.tell()
        assert len(spoilt) == rebuilt
    assert not kept.rebuild()


def test_it_waits_while_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([True, True, False])
    assert 0 < waited(monkeypatch, 1.0, lambda: next(answers)) < 0.05


@pytest.mark.parametrize(("worked", "most"), [(0.001, 0.02), (0.005, 0.06), (10.0, 0.11)])
def test_it_waits_in_proportion_to_its_work_and_never_long(worked: float, most: float, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 0 < waited(monkeypatch, worked, lambda: True) < most


def test_it_does_not_wait_for_nobody_nor_when_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    assert waited(monkeypatch, 1.0, lambda: False) == 0
    assert waited(monkeypatch, 1.0, lambda: True, is_stopped=True) == 0


def test_it_begins_once_the_first_list_is_there_or_takes_very_long(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([True] * 20 + [False] * 2)
    assert 0 < waited(monkeypatch, 1.0, lambda: next(answers), is_first=True) < 0.2
    assert waited(monkeypatch, 1.0, lambda: False, is_first=True) == 0
    assert 1 < waited(monkeypatch, 1.0, lambda: True, is_first=True) < 3
