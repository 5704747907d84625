"""Many users on one machine, who all read one archive by one index that none of them may write to:

    python -m tests.bench.users 40 100000 [--in DIR] [--seconds 20] [--active 4]

Each has a home, marks and a terminal of their own. At any time a few of them press keys, and think in between, as people do; the
others have the reader open. The same keys are timed with one user alone before, in the same run.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.bench import index_costs
from tests.bench.figures import Figure, save, summary, table
from tests.bench.ground import CHECKOUT, DEFAULT_FOLDER, Ground
from tests.bench.memory import resident_bytes, session_bytes
from tests.bench.screen_costs import COLUMNS, ROWS, Answer, press, wait_for_headlines
from tests.builders import environment
from tests.pty_session import PtySession

_WORDS = ("government", "c:sport", "harbour", "storm")
_REST_MS = 1500
_OPENED_SECONDS = 120.0
AIM = "2 ×"


@dataclass
class Waits:
    """How long people have waited, in milliseconds."""

    rows: list[float] = field(default_factory=list)
    filtered: list[float] = field(default_factory=list)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.users", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("users", type=int, nargs="?", default=40)
    parser.add_argument("articles", type=int, nargs="?", default=100_000)
    parser.add_argument("--in", dest="folder", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help=f"default {DEFAULT_FOLDER}")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long they read")
    parser.add_argument("--thinks", type=float, default=1.5, help="seconds that one thinks between two keys, at most")
    parser.add_argument("--active", type=int, default=4, help="how many of them press keys at any time")
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args(argv)
    figures = list(measure(Ground(asked.folder, asked.articles), asked.users, Habits(asked.active, asked.seconds, asked.thinks)))
    if asked.json:
        save(asked.json, figures)
    print(table(figures))
    return 0


@dataclass(frozen=True, slots=True)
class Habits:
    """How people read."""

    active: int
    """How many of them press keys at any time."""
    seconds: float
    """How long."""
    thinks: float
    """At most so many seconds between two keys."""

    def alone(self) -> Habits:
        """The same for one."""
        return replace(self, active=1)


def measure(ground: Ground, users: int, habits: Habits) -> Iterator[Figure]:
    """One user alone, then all of them."""
    ground.prepare()
    if not ground.index_folder.exists():
        index_costs.index(ground)
    place = ground.folder / f"users-{ground.articles}"
    shutil.rmtree(place, ignore_errors=True)
    try:
        _share(ground.index_folder, place / "index")
        yield from _compared(ground, place, users, habits)
    finally:
        for folder in (place / "index").rglob("*/"):
            folder.chmod(0o755)
        shutil.rmtree(place, ignore_errors=True)


def _compared(ground: Ground, place: Path, users: int, habits: Habits) -> Iterator[Figure]:
    with ExitStack() as open_sessions:
        sessions = [open_sessions.enter_context(_session(ground, place, 0))]
        _come_to_rest(sessions[0], ground)
        alone, memory_alone = _read(sessions, habits.alone()), _held(sessions)
        for number in range(1, users):
            sessions.append(open_sessions.enter_context(_session(ground, place, number)))
            _come_to_rest(sessions[-1], ground)
        among, memory = _read(sessions, habits), _held(sessions)
        resident = sum(resident_bytes(session.pid) or 0 for session in sessions)
    for what, one, many in (("list", alone.rows, among.rows), ("filter", alone.filtered, among.filtered)):
        yield summary(f"{what}: one alone", ground.articles, "ms", one)
        yield summary(f"{what}: one of {users}", ground.articles, "ms", many)
        ratio = summary(what, 0, "ms", many).median / summary(what, 0, "ms", one).median
        yield Figure(f"{what}: one of {users} beside one alone", ground.articles, "×", ratio, aim=AIM)
    if memory and memory_alone:
        yield Figure("memory of one alone", ground.articles, "MB", memory_alone / 1e6)
        yield Figure(f"memory of all {users}, what they share counted once", ground.articles, "MB", memory / 1e6)
        yield Figure(f"memory of all {users}, were nothing shared", ground.articles, "MB", resident / 1e6)


def _share(index: Path, shared: Path) -> None:
    """A copy of the index that nobody may write to, with a journal such as Dateline gives to one that is shared."""
    shutil.copytree(index, shared)
    for path in shared.rglob("*.db"):
        with closing(sqlite3.connect(path)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
    for each in (*shared.rglob("*"), shared):
        each.chmod(0o555 if each.is_dir() else 0o444)


def _session(ground: Ground, place: Path, number: int) -> PtySession:
    home = place / f"user-{number}"
    settings = home / "config/dateline/settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"index: {place / 'index'}\n")
    # Root may write anywhere, unless it gives that up.
    plain = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []
    command = [*plain, *ground.command(str(ground.archive))]
    return PtySession(command, env=environment(home, PYTHONPATH=str(CHECKOUT)), columns=COLUMNS, rows=ROWS)


def _come_to_rest(session: PtySession, ground: Ground) -> None:
    wait_for_headlines(session, ground)
    session.settled(_REST_MS, timeout=_OPENED_SECONDS)


def _held(sessions: Sequence[PtySession]) -> int | None:
    """The memory of all processes of some sessions."""
    held = [session_bytes(session.pid) for session in sessions]
    return sum(each for each in held if each is not None) if any(held) else None


def _read(sessions: Sequence[PtySession], habits: Habits) -> Waits:
    """A few at a time read for a while, each with some of the sessions."""
    waits = Waits()
    end = time.perf_counter() + habits.seconds
    shares = [sessions[one :: habits.active] for one in range(min(habits.active, len(sessions)))]
    people = [threading.Thread(target=_read_some, args=(share, end, habits.thinks, waits)) for share in shares]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return waits


def _read_some(sessions: Sequence[PtySession], end: float, thinks: float, waits: Waits) -> None:
    """Goes from session to session: down the list, and a word into the filter."""
    chance = random.Random(len(sessions))
    while time.perf_counter() < end:
        session = chance.choice(sessions)
        for key in ("j", "j", "pgdn", "j", "gg"):
            waits.rows.extend(_waited(press(session, key)))
            _think(session, chance.uniform(thinks / 5, thinks))
        press(session, "/")
        for letter in chance.choice(_WORDS):
            waits.filtered.extend(_waited(press(session, letter)))
            _think(session, chance.uniform(thinks / 5, thinks))
        press(session, "esc")
        press(session, "c")


def _waited(answer: Answer) -> list[float]:
    return [answer.milliseconds] if answer.sent else []


def _think(session: PtySession, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        session.pump(left)


if __name__ == "__main__":
    sys.exit(main())
