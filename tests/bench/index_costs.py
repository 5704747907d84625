"""What indexing costs: time until the first articles, all of them and all names are there, memory, disk; and looking again."""

from __future__ import annotations

import os
import re
import resource
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.figures import Figure, summary
from tests.bench.ground import Ground
from tests.bench.memory import session_bytes

_STEP = re.compile(r"(reading|naming): ([\d,]+) of ")
_SAMPLE_SECONDS = 0.1
_RESCANS = 3


@dataclass(slots=True)
class Run:
    """One run of `dateline index`."""

    steps: list[tuple[str, int, float]] = field(default_factory=list)
    """Stage, articles done, seconds since the start."""
    seconds: float = 0.0
    processor_seconds: float = 0.0
    """Of all its processes."""
    peak: int | None = None

    def end_of(self, stage: str) -> float:
        return max((at for name, _, at in self.steps if name == stage), default=self.seconds)


def measure(ground: Ground) -> Iterator[Figure]:
    """Indexes the archive anew, then twice more with nothing changed; leaves the index behind."""
    shutil.rmtree(ground.home, ignore_errors=True)
    run = index(ground)
    count = ground.articles
    yield Figure("first index: newest articles there", count, "s", run.steps[0][2] if run.steps else run.seconds, aim="2 s")
    yield Figure("first index: listed and searchable", count, "/s", count / run.end_of("reading"), aim="2,500/s of 300 words")
    yield Figure("first index: names complete", count, "/s", count / run.seconds, aim="1,000/s")
    yield Figure("first index: names complete, by processor time", count, "/s", count / run.processor_seconds)
    if run.peak is not None:
        yield Figure("memory while indexing, all processes", count, "MB", run.peak / 1e6, aim="400 MB")
    yield from look_again(ground)


def look_again(ground: Ground) -> Iterator[Figure]:
    """What an index that is there takes on disk, and what it takes to see that nothing has changed."""
    yield from _sizes(ground)
    yield from _rescans(ground)


def index(ground: Ground) -> Run:
    """Brings the index up to date in a process of its own."""
    run = Run()
    began, spent_before = time.perf_counter(), _processor_seconds()
    command = ground.command("index", "-a", str(ground.archive))
    process = subprocess.Popen(command, env=ground.environment, stderr=subprocess.PIPE, text=True, start_new_session=True)
    said: list[str] = []

    def listen() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            said.append(line)
            if step := _STEP.match(line):
                run.steps.append((step[1], int(step[2].replace(",", "")), time.perf_counter() - began))

    listener = threading.Thread(target=listen)
    listener.start()
    while process.poll() is None:
        held = session_bytes(process.pid)
        if held is not None:
            run.peak = max(run.peak or 0, held)
        time.sleep(_SAMPLE_SECONDS)
    run.seconds = time.perf_counter() - began
    run.processor_seconds = _processor_seconds() - spent_before
    listener.join()
    if process.returncode != 0:
        raise RuntimeError(f"dateline index left with {process.returncode}: {''.join(said[-5:])}")
    return run


def _processor_seconds() -> float:
    """What all processes that this one started and that have ended took, with those that they started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _sizes(ground: Ground) -> Iterator[Figure]:
    """The index beside the articles, and the share of each table in it."""
    articles = sum(size for size, _ in _files(ground.archive))
    on_disk = sum(size for size, _ in _files(ground.index_folder))
    yield Figure("index on disk, of the articles' own size", ground.articles, "×", on_disk / articles, aim="1.2 ×")
    for name, size in _table_sizes(ground):
        yield Figure(f"index on disk: {name}", ground.articles, "×", size / articles)


def _table_sizes(ground: Ground) -> list[tuple[str, int]]:
    """Tables with their indexes, the full-text index as one, largest first, those below a hundredth together; none without dbstat."""
    path = next((Path(found) for _, found in _files(ground.index_folder) if found.endswith(".db")), None)
    if path is None:
        return []
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        try:
            sql = "SELECT m.tbl_name, SUM(s.pgsize) FROM dbstat('main', 1) s JOIN sqlite_schema m ON m.name = s.name GROUP BY 1"
            found = database.execute(sql).fetchall()
        except sqlite3.OperationalError:
            return []
    sizes: dict[str, int] = {}
    total = sum(size for _, size in found)
    for table, size in found:
        name = "search" if table.startswith("search_") else table if size > total / 100 else "the rest"
        sizes[name] = sizes.get(name, 0) + size
    return sorted(sizes.items(), key=lambda each: -each[1])


def _rescans(ground: Ground) -> Iterator[Figure]:
    """`dateline index` with nothing changed, and `find` over the same files, in turn."""
    ours, finds = [], []
    for _ in range(_RESCANS):
        finds.append(_find_seconds(ground.archive))
        ours.append(index(ground).seconds)
    yield summary("nothing changed: dateline index", ground.articles, "s", ours)
    yield summary("nothing changed: beside find -printf", ground.articles, "×", [a / b for a, b in zip(ours, finds, strict=True)], "2 ×")


def _find_seconds(folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run(["find", str(folder), "-printf", "%s %T@\\n"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def _files(folder: Path) -> Iterator[tuple[int, str]]:
    """Size and path of every file."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        else:
            yield entry.stat().st_size, entry.path
