"""A long session's memory and descriptors: `python -m tests.faults.long_session 10000 1000` (keys, reloads).

The reader runs in a terminal on an archive of which a file changes before each reload. Keys go up and down the list and into
articles, mark and take back, and filter. A line a tenth of the way says what the process holds; at the end neither may have grown
since the first tenths, in which caches fill.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.memory import resident_bytes
from tests.builders import article_text, environment, folder, numbered_articles
from tests.hostile.walk import COMMAND
from tests.pty_session import PtySession

ARTICLES = 300
TENTHS = 10
SETTLED_AFTER = 4
"""Tenths in which caches fill."""
MOST_GROWTH = 0.10
"""What memory may grow by after that: less than a leak of a kilobyte a key would make of it."""

_KEYS = ("j", "j", "j", "j", "k", "\x04", "n", "s", "u", "m", "m", "\r ", " ", "\x1b", "e", "\x1b", "G", "gg", "/harbour\r", "c")


@dataclass(frozen=True)
class Held:
    """What the process holds at one moment."""

    keys: int
    reloads: int
    resident: int
    descriptors: int

    def __str__(self) -> str:
        return f"{self.keys:>7,} keys {self.reloads:>6,} reloads {self.resident / 1e6:>7.1f} MB {self.descriptors:>4} descriptors"


def run(keys: int, reloads: int) -> list[Held]:
    """Uses the reader so long; gives what it held at each tenth of the way."""
    with tempfile.TemporaryDirectory() as name:
        archive = folder(Path(name) / "wire", numbered_articles(ARTICLES))
        with PtySession([*COMMAND, str(archive)], env=environment(Path(name) / "home")) as session:
            session.wait_for(lambda screen: f"of {ARTICLES}" in screen.text, timeout=60)
            session.settled(500, timeout=60)
            held = []
            for tenth in range(1, TENTHS + 1):
                _press(session, keys // TENTHS, tenth)
                _reload(session, archive, reloads // TENTHS, tenth)
                held.append(_held(session, keys * tenth // TENTHS, reloads * tenth // TENTHS))
                print(held[-1], flush=True)
            session.send("\x1b")
            session.settled(300)
            session.send("Q")
            assert session.wait_exit(10) == 0, session.screen.text
    return held


def has_grown(held: Sequence[Held]) -> bool:
    """Whether it holds more at the end than when its caches were full."""
    settled = held[SETTLED_AFTER:]
    return settled[-1].resident > settled[0].resident * (1 + MOST_GROWTH) or settled[-1].descriptors > settled[0].descriptors + 2


def _press(session: PtySession, count: int, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(count):
        session.send(chance.choice(_KEYS))
        session.pump(0.001)
        if number % 20 == 19:
            session.send("\x1b")
            session.settled(150, timeout=60)
    session.send("\x1b")
    session.settled(300, timeout=60)


def _reload(session: PtySession, archive: Path, count: int, seed: int) -> None:
    for number in range(count):
        day = f"2024-11-14T{number % 24:02}:00:00Z"
        text = article_text(f"Changed {seed} {number}", "About the harbour.\n", date=day)
        (archive / f"story-{number % ARTICLES:05}.md").write_text(text)
        session.send("r")
        session.pump(0.02)
        if number % 10 == 9:
            session.settled(200, timeout=60)


def _held(session: PtySession, keys: int, reloads: int) -> Held:
    assert session.exit_status is None, f"it left with {session.exit_status}:\n{session.screen.text}"
    resident = resident_bytes(session.pid)
    assert resident is not None, "this system has no /proc"
    return Held(keys, reloads, resident, len(os.listdir(f"/proc/{session.pid}/fd")))


if __name__ == "__main__":
    keys_wanted, reloads_wanted = (int(argument) for argument in (*sys.argv[1:], *("10000", "1000")[len(sys.argv) - 1 :]))
    began = time.monotonic()
    found = run(keys_wanted, reloads_wanted)
    print(f"{'it has grown' if has_grown(found) else 'flat'}; {time.monotonic() - began:.0f} s")
    sys.exit(has_grown(found))
