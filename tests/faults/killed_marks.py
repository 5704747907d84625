"""kill -9 at random moments of a stream of marks: `python -m tests.faults.killed_marks 1000`.

Each trial is a process that marks as fast as the disk lets it, on the file that the trials before have left. It is killed after
a random time; then the file must be sound, hold all that was acknowledged and at most the one deed that was under way, and the
last step must be one that `undo` takes back. Now and then the day changes, so that copying is killed too.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from reader.triage.marks import Marks
from reader.triage.store import StateFile
from tests.faults.marking import ARCHIVE, deeds, facts_on_disk, opened, states_after

LONGEST_SECONDS = 0.12


def trial(path: Path, seed: int) -> int:
    """One killed session; gives how many deeds it had acknowledged. Fails where one of them is lost."""
    before = facts_on_disk(path)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        _mark_for_ever(path, seed, write)
    os.close(write)
    time.sleep(random.Random(~seed).uniform(0.0, LONGEST_SECONDS))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with open(read, "rb") as acknowledgements:
        count = len(acknowledgements.read())
    opened(path)
    after = facts_on_disk(path)
    assert after in states_after(before, seed, count), f"seed {seed}: {count} acknowledged marks are not what is on disk"
    return count


def _mark_for_ever(path: Path, seed: int, acknowledge: int) -> None:
    try:
        state = StateFile(path, [ARCHIVE], lambda words: None)
        marks = Marks(state.open(), [ARCHIVE])
        state.back_up(date(2024, 1, 1) + timedelta(days=seed // 3))
        for deed in deeds(seed):
            deed.do(marks)
            os.write(acknowledge, b".")
    finally:
        os._exit(1)


def run(count: int) -> int:
    """So many trials; gives how many deeds they had acknowledged in all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state.db"
        opened(path)
        total = sum(trial(path, seed) for seed in range(count))
        marks = opened(path)
        while marks.undo():
            pass
        assert facts_on_disk(path) == frozenset(), "undoing everything doesn't give the beginning"
    return total


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    began = time.monotonic()
    kept = run(wanted)
    print(f"{wanted:,} sessions killed, {kept:,} deeds acknowledged, none lost, every file sound; {time.monotonic() - began:.0f} s")
