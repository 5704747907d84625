"""The longest pause of the interface, while a person works and another session does, too; with what it was doing at the time:

python -m tests.bench.pauses 100000 [--in DIR] [--seconds 4]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench.figures import Figure, table
from tests.bench.ground import DEFAULT_FOLDER, Ground
from tests.bench.screen_costs import COLUMNS, ROWS, a_new_story
from tests.loop_watch import Pause, pauses
from tests.pty_session import PtySession

AIM = "50 ms"
_KEYS_A_SECOND = 30
_START_SECONDS = 60.0
_REST_MS = 800
"""How long nothing is sent once a piece of work is done."""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pauses", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="*", help="sizes (default 10000)")
    parser.add_argument("--in", dest="folder", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help=f"default {DEFAULT_FOLDER}")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long a key is held")
    asked = parser.parse_args(argv)
    figures = []
    for articles in asked.articles or [10_000]:
        for what, found in watch(Ground(asked.folder, articles), asked.seconds):
            longest = max(found, key=lambda pause: pause.milliseconds, default=None)
            figures += _figures(what, articles, found)
            if longest is not None:
                print(f"{articles:,}: {what}: {longest.milliseconds} ms, {longest.worked} of them at work", file=sys.stderr)
                print("".join(f"    {call}\n" for call in longest.where), end="", file=sys.stderr)
    print(table(figures))
    return 0


def measure(ground: Ground, seconds: float) -> Iterator[Figure]:
    """The longest pause in each piece of work."""
    for what, found in watch(ground, seconds):
        yield from _figures(what, ground.articles, found)


def _figures(what: str, articles: int, found: Sequence[Pause]) -> Iterator[Figure]:
    """As a clock has it, and, for a machine that does other things, too, what the interface did itself; no pause worth a word is none."""
    longest, worked = max((pause.milliseconds for pause in found), default=0.0), max((pause.worked for pause in found), default=0.0)
    yield Figure(f"longest pause: {what}", articles, "ms", longest, aim=AIM)
    yield Figure(f"longest pause: {what}: its own work", articles, "ms", worked, aim=AIM)


def watch(ground: Ground, seconds: float) -> Iterator[tuple[str, list[Pause]]]:
    """Each piece of work, with the pauses in it, on an index that is there already."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pauses"
        command = [sys.executable, "-m", "tests.loop_watch", str(file), str(ground.archive)]
        began = time.perf_counter()
        with PtySession(command, env=ground.environment, columns=COLUMNS, rows=ROWS) as session:
            session.wait_for(lambda screen: f"{ground.articles:,}" in screen.text, timeout=_START_SECONDS)
            session.settled(2 * _REST_MS, timeout=_START_SECONDS)
            yield "start", pauses(file, began)
            for what, work in _work(ground, seconds):
                began = time.perf_counter()
                work(session)
                session.settled(_REST_MS, timeout=_START_SECONDS)
                yield what, pauses(file, began)


def _work(ground: Ground, seconds: float) -> Iterator[tuple[str, Callable[[PtySession], None]]]:
    yield "j held", lambda session: _hold(session, "j", seconds)
    yield "page down held", lambda session: _hold(session, "pgdn", seconds)
    yield "last row and first", lambda session: _one_by_one(session, ["G", "gg"] * 3)
    yield "typing filters", lambda session: _one_by_one(session, ["/", *"government", "esc", "c", "/", *"c:sport", "esc", "c", "gg"])
    yield "facets and timeline", lambda session: _one_by_one(session, ["ge", "j", "j", "\x1b", "gt", "j", "\x1b"], apart=0.6)
    yield "starring", lambda session: _one_by_one(session, ["s", "j"] * 5)
    yield "while another session indexes and marks", lambda session: _beside_another(session, ground, seconds)


def _hold(session: PtySession, key: str, seconds: float) -> None:
    began = time.perf_counter()
    for number in range(1, int(_KEYS_A_SECOND * seconds) + 1):
        session.press(key)
        while (left := began + number / _KEYS_A_SECOND - time.perf_counter()) > 0:
            session.pump(left)


def _one_by_one(session: PtySession, keys: Sequence[str], apart: float = 0.25) -> None:
    for key in keys:
        end = time.perf_counter() + apart
        session.press(key)
        while (left := end - time.perf_counter()) > 0:
            session.pump(left)


def _beside_another(session: PtySession, ground: Ground, seconds: float) -> None:
    """`j` held while the command line marks a part of the archive, back and forth, and indexes a story that has come."""
    archive = ["-a", str(ground.archive)]
    with a_new_story(ground):
        commands = [["mark", "read", "c:sport", *archive, "--no-scan"], ["index", *archive], ["undo", *archive]]
        for command in commands:
            other = subprocess.Popen(ground.command(*command), env=ground.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                while other.poll() is None:
                    _hold(session, "j", seconds / 8)
            finally:
                other.wait()


if __name__ == "__main__":
    sys.exit(main())
