"""Sessions that mark at once: `python -m tests.faults.many_sessions 16 60` (how many, for how many seconds).

Each marks articles of its own and one that all share, as fast as it can. At the end every session's last word on its own
articles must be on disk, and the history must have as many steps as were acknowledged.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from reader.errors import StoreError
from reader.model import ArticleKey
from reader.triage.verbs import verdict
from tests.faults.marking import ARCHIVE, facts_on_disk, opened

SHARED = ArticleKey("shared.md")


@dataclass(frozen=True)
class Told:
    """What one session says at its end."""

    steps: int
    own: frozenset[str]
    slowest: float


def session(path: Path, number: int, seconds: float) -> Told:
    """Marks for so long; fails where a mark is refused."""
    marks = opened(path)
    chance = random.Random(number)
    own: set[str] = set()
    steps = 0
    slowest = 0.0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        key = f"{number}-{chance.randrange(20)}.md"
        verb = "unstar" if key in own else "star"
        articles = [(ARCHIVE, ArticleKey(key))]
        if chance.random() < 0.2:
            articles.append((ARCHIVE, SHARED))
        began = time.monotonic()
        changed = marks.give(verdict(verb), articles)
        slowest = max(slowest, time.monotonic() - began)
        steps += bool(changed.changes)
        own ^= {key}
    return Told(steps, frozenset(own), slowest)


def run(sessions: int, seconds: float) -> tuple[int, float]:
    """Lets the sessions run; gives how many steps they made and how long the slowest took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state.db"
        opened(path)
        pipes = [_started(path, number, seconds) for number in range(sessions)]
        told = [_told(pipe) for pipe in pipes]
        assert all(os.waitstatus_to_exitcode(os.wait()[1]) == 0 for _ in pipes), "a session failed"
        expected = {key for each in told for key in each.own}
        assert {key for key, _ in facts_on_disk(path)} - {SHARED} == expected, "marks are lost"
        steps = sum(each.steps for each in told)
        connection = sqlite3.connect(path)
        assert connection.execute("SELECT count(*), max(turned) FROM steps").fetchone() == (steps, steps), "steps are lost"
        connection.close()
    return steps, max(each.slowest for each in told)


def _started(path: Path, number: int, seconds: float) -> int:
    read, write = os.pipe()
    if os.fork() == 0:
        code = 1
        try:
            told = session(path, number, seconds)
            os.write(write, json.dumps([told.steps, sorted(told.own), told.slowest]).encode())
            code = 0
        except StoreError as error:
            print(f"session {number}: {error}", file=sys.stderr, flush=True)
        finally:
            os._exit(code)
    os.close(write)
    return read


def _told(pipe: int) -> Told:
    with open(pipe, "rb") as answer:
        text = answer.read()
    assert text, "a session failed"
    steps, own, slowest = json.loads(text)
    return Told(steps, frozenset(own), slowest)


if __name__ == "__main__":
    sessions_wanted, seconds_wanted = (int(argument) for argument in (*sys.argv[1:], *("16", "60")[len(sys.argv) - 1 :]))
    made, longest = run(sessions_wanted, seconds_wanted)
    print(f"{sessions_wanted} sessions for {seconds_wanted} s: {made:,} steps, none lost, none refused, the slowest took {longest:.2f} s")
