"""Other readers beside this one, on the same archive turned into their formats, in one run:

    python -m tests.bench.peers 100 10000 [--in DIR] [--runs 3] [--json FILE]

newsboat, elfeed (in batch: no screen is drawn), notmuch (a command for each question), and ripgrep as the limit of a scan: from
Debian, `apt install newsboat elpa-elfeed emacs-nox notmuch ripgrep`. Those that aren't there are left out, and said to be.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench import index_costs, peer_formats
from tests.bench.figures import Figure, save, summary, table
from tests.bench.ground import DEFAULT_FOLDER, Ground
from tests.bench.memory import peak_bytes
from tests.bench.screen_costs import COLUMNS, ROWS, press, wait_for_headlines
from tests.builders import environment
from tests.pty_session import PtySession
from tests.screen import Screen

WORD = "government"
"""What is filtered by: a word of the text."""
_PATIENCE = 120.0
_LOOK_SECONDS = 0.002

START, LIST, FILTER, OPEN, MEMORY = "start", "list of all", f"filtered by `{WORD}`", "article opened", "memory, peak"

NOTES = {
    "Dateline": "in a terminal: to the first headlines; the filter typed at once, to all its rows and their count.",
    "newsboat": "in a terminal: start to the list of feeds; all articles by a query feed; the filter is `content =~` on that list.",
    "elfeed": "Emacs in batch, nothing drawn: start is loading the database; the list is its search buffer filled.",
    "notmuch": "a command for each: the first 40 of `*`; the first 40 of the word, and how many there are; one message shown.",
    "ripgrep": "all files read for the word, names of those that have it printed.",
}


@dataclass(frozen=True, slots=True)
class Bench:
    """One peer's own folder and variables."""

    ground: Ground
    folder: Path
    environment: Mapping[str, str]


Measured = Iterator[tuple[str, float]]
"""What, and milliseconds; or bytes, for MEMORY."""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peers", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="*", help="sizes (default 100 10000)")
    parser.add_argument("--in", dest="folder", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help=f"default {DEFAULT_FOLDER}")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args(argv)
    present = [peer for peer in PEERS if peer.is_there()]
    figures = []
    for articles in asked.articles or [100, 10_000]:
        ground = Ground(asked.folder, articles)
        ground.prepare()
        for peer in present:
            for figure in _figures(peer, ground, asked.runs):
                print(f"{articles:,}: {figure.what}: {figure.shown}", file=sys.stderr)
                figures.append(figure)
    if asked.json:
        save(asked.json, figures)
    print(table(figures))
    for peer in PEERS:
        print(f"\n- {peer.name}: {NOTES[peer.name] if peer in present else 'not installed.'}", end="")
    print()
    return 0


@dataclass(frozen=True, slots=True)
class Peer:
    """One program, how its data are made, and how it is measured."""

    name: str
    needs: str
    make: Callable[[Ground, Path, Mapping[str, str]], None] | None
    """None for one that reads the archive as it is."""
    measure: Callable[[Bench], Measured]

    def is_there(self) -> bool:
        """Whether it can be run here."""
        return shutil.which(self.needs) is not None and (self.name != "elfeed" or any(peer_formats.ELPA.glob("elfeed-*")))


def _figures(peer: Peer, ground: Ground, runs: int) -> Iterator[Figure]:
    bench = _bench(peer, ground)
    found: dict[str, list[float]] = {}
    for _ in range(runs):
        for what, value in peer.measure(bench):
            found.setdefault(what, []).append(value)
    for what, values in found.items():
        if what == MEMORY:
            yield Figure(f"{peer.name}: {what}", ground.articles, "MB", max(values) / 1e6, runs=len(values))
        else:
            yield summary(f"{peer.name}: {what}", ground.articles, "ms", values)


def _bench(peer: Peer, ground: Ground) -> Bench:
    """The peer's data, made where they are missing."""
    folder = ground.folder / f"{peer.name}-{ground.articles}"
    variables = environment(folder / "home", NOTMUCH_CONFIG=str(folder / "notmuch-config"))
    if peer.make is not None and not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "home").mkdir(parents=True)
        peer.make(ground, folder, variables)
        (folder / "made").touch()
    return Bench(ground, folder, variables)


# In a terminal


def _dateline(bench: Bench) -> Measured:
    ground = bench.ground
    if not ground.index_folder.exists():
        index_costs.index(ground)
    ground.library().mark(lambda marks: marks.keep_place("{}"))
    with PtySession(ground.command(str(ground.archive)), env=ground.environment, columns=COLUMNS, rows=ROWS) as session:
        yield START, 1000 * (wait_for_headlines(session, ground) - session.started)
        session.settled(1500, timeout=_PATIENCE)
        yield OPEN, press(session, "enter").milliseconds
        session.press("esc")
        session.settled(500)
        yield FILTER, _until(session, f"/{WORD}\r", lambda screen: _is_counted(screen, ground.articles))
        yield from _peak(session)


def _is_counted(screen: Screen, articles: int) -> bool:
    """Whether all rows of a filter are known: `1 of 12 in 345`, without a `+`."""
    return re.search(rf" of [\d,]+ in {articles:,}", screen.lines[0]) is not None


def _newsboat(bench: Bench) -> Measured:
    with PtySession(peer_formats.newsboat(bench.folder), env=bench.environment, columns=COLUMNS, rows=ROWS) as session:
        yield START, 1000 * (session.wait_for(lambda screen: peer_formats.EVERYTHING in screen.text, timeout=_PATIENCE) - session.started)
        session.settled(500)
        yield LIST, _until(session, "\r", lambda screen: "Articles in feed" in screen.text or "Query feed" in screen.lines[0])
        session.settled(500)
        yield OPEN, _until(session, "\r", lambda screen: any(line.startswith("Title:") for line in screen.lines))
        session.send("q")
        session.settled(500)
        session.send("F")
        session.settled(300)
        yield FILTER, _until(session, f'content =~ "{WORD}"\r', lambda screen: "filter" in screen.lines[0].lower())
        yield from _peak(session)


def _until(session: PtySession, keys: str, is_done: Callable[[Screen], bool]) -> float:
    """Milliseconds from keys to the screen that they lead to."""
    sent = session.send(keys)
    return 1000 * (session.wait_for(is_done, timeout=_PATIENCE) - sent)


def _peak(session: PtySession) -> Measured:
    peak = peak_bytes(session.pid)
    if peak is not None:
        yield MEMORY, peak


# In commands


@dataclass(frozen=True, slots=True)
class Ran:
    milliseconds: float
    peak: int
    """The most bytes it held."""
    printed: str


def ran(command: Sequence[str], variables: Mapping[str, str]) -> Ran:
    """Runs a command to its end, looking now and then at what it holds: what the system adds up in the end begins with our own."""
    peak = 0
    with tempfile.TemporaryFile("w+") as out:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=variables, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)
        while process.poll() is None:
            peak = max(peak, peak_bytes(process.pid) or 0)
            time.sleep(_LOOK_SECONDS)
        seconds = time.perf_counter() - began
        if process.returncode > 1:
            raise RuntimeError(f"{' '.join(command)} left with {process.returncode}")
        out.seek(0)
        return Ran(1000 * seconds, peak, out.read())


_ELFEED = f"""
(let ((began (float-time)))
  (cl-flet ((lap (what) (princ (format "%s\\t%f\\n" what (* 1000 (- (float-time) began)))) (setq began (float-time))))
    (elfeed-db-load)
    (lap "{START}")
    (with-current-buffer (elfeed-search-buffer)
      (elfeed-search-mode)
      (setq elfeed-search-filter "@30-years-ago" began (float-time))
      (elfeed-search-update :force)
      (lap "{LIST}")
      (setq elfeed-search-filter "@30-years-ago {WORD}")
      (elfeed-search-update :force)
      (lap "filtered by title")
      (setq elfeed-search-filter "@30-years-ago")
      (elfeed-search-update :force)
      (setq began (float-time))
      (let ((elfeed-show-entry-switch #'set-buffer)) (elfeed-show-entry (car elfeed-search-entries)))
      (lap "{OPEN}"))))
"""


def _elfeed(bench: Bench) -> Measured:
    done = ran(peer_formats.elfeed(bench.folder, _ELFEED), bench.environment)
    for line in done.printed.splitlines():
        what, _, milliseconds = line.partition("\t")
        if milliseconds:
            yield what, float(milliseconds)
    yield MEMORY, done.peak


def _notmuch(bench: Bench) -> Measured:
    run = partial(ran, variables=bench.environment)
    listed = run(["notmuch", "search", "--limit=40", "*"])
    found, counted = run(["notmuch", "search", "--limit=40", WORD]), run(["notmuch", "count", WORD])
    opened = run(["notmuch", "show", "--entire-thread=false", "id:0@bench.example"])
    yield START, listed.milliseconds
    yield FILTER, found.milliseconds + counted.milliseconds
    yield OPEN, opened.milliseconds
    yield MEMORY, max(done.peak for done in (listed, found, counted, opened))


def _ripgrep(bench: Bench) -> Measured:
    done = ran(["rg", "--ignore-case", "--files-with-matches", WORD, str(bench.ground.archive)], bench.environment)
    yield FILTER, done.milliseconds
    yield MEMORY, done.peak


PEERS = (
    Peer("Dateline", sys.executable, None, _dateline),
    Peer("newsboat", "newsboat", peer_formats.newsboat_cache, _newsboat),
    Peer("elfeed", "emacs", peer_formats.elfeed_database, _elfeed),
    Peer("notmuch", "notmuch", peer_formats.maildir, _notmuch),
    Peer("ripgrep", "rg", None, _ripgrep),
)


if __name__ == "__main__":
    sys.exit(main())
