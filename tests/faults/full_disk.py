"""A disk that is full at each write in turn: `python -m tests.faults.full_disk 200`.

Runs on a small file system of its own in memory (`unshare` and `mount`; no rights are needed where users may have name spaces).
Each trial leaves a little more room than the one before, marks until that is used up, and makes room again: whatever was
acknowledged must be on disk, the file sound, each refusal one line that says what to do, and marking must go on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reader.errors import IndexFileError, StateError
from reader.library import Library
from reader.settings import Folders
from reader.triage.marks import Marks
from reader.triage.store import StateFile
from tests.builders import folder, numbered_articles
from tests.faults.marking import ARCHIVE, deeds, facts_on_disk, opened, states_after

DISK_BYTES = 24 * 1024 * 1024
STEP_BYTES = 4096
MOST_DEEDS = 400

ADVICE = ("make room and try again", "check it, and its free space", "check the folder's permissions and free space")


def leave(disk: Path, room: int) -> None:
    """Fills the disk until only `room` bytes are left."""
    (disk / "filler").unlink(missing_ok=True)
    stat = os.statvfs(disk)
    with open(disk / "filler", "wb") as filler:
        filler.write(bytes(max(0, stat.f_bavail * stat.f_frsize - room)))


def marks_trial(disk: Path, seed: int) -> bool:
    """Marks until the disk is full; whether it was. Fails where an acknowledged mark is lost, or a refusal says nothing."""
    path = disk / "state" / "state.db"
    opened(path)
    before = facts_on_disk(path)
    leave(disk, seed % 64 * STEP_BYTES)
    done = 0
    said: list[str] = []
    try:
        state = StateFile(path, [ARCHIVE], said.append)
        marks = Marks(state.open(), [ARCHIVE])
        state.require()
        for deed in deeds(seed):
            if done == MOST_DEEDS:
                break
            deed.do(marks)
            done += 1
    except StateError as error:
        said.append(str(error))
    (disk / "filler").unlink()
    assert facts_on_disk(path) == states_after(before, seed, done)[0], f"seed {seed}: what was acknowledged is not what is on disk"
    assert all(is_one_line_with_advice(line) for line in said), said
    return bool(said)


def index_trial(disk: Path, archive: Path, seed: int) -> bool:
    """Indexes until the disk is full; whether it was. With room again the index is made as if nothing had been."""
    library = Library([str(archive)], Folders(disk / "config", disk / "cache", disk / "state"))
    library.discard_index()
    leave(disk, seed % 64 * 2 * STEP_BYTES)
    said = ""
    try:
        for _ in library.refresh():
            pass
    except IndexFileError as error:
        said = str(error)
    assert not said or is_one_line_with_advice(said), said
    (disk / "filler").unlink()
    for _ in library.refresh():
        pass
    assert library.counts().articles == len(list(archive.iterdir()))
    return bool(said)


def is_one_line_with_advice(words: str) -> bool:
    return len(words.splitlines()) == 1 and words.endswith(ADVICE)


def run(disk: Path, count: int) -> tuple[int, int]:
    """So many trials of each kind; gives in how many the disk was full."""
    full_for_marks = sum(marks_trial(disk, seed) for seed in range(count))
    with tempfile.TemporaryDirectory() as name:
        archive = folder(Path(name) / "wire", numbered_articles(40))
        full_for_index = sum(index_trial(disk, archive, seed) for seed in range(0, count, 4))
    return full_for_marks, full_for_index


def on_a_small_disk(count: int) -> subprocess.CompletedProcess[str]:
    """Runs the trials in a process that has a small disk of its own."""
    with tempfile.TemporaryDirectory() as disk:
        script = f'mount -t tmpfs -o size={DISK_BYTES} tmpfs "$1" && exec "$0" -m tests.faults.full_disk "$2" "$1"'
        return subprocess.run(
            ["unshare", "-rm", "sh", "-c", script, sys.executable, disk, str(count)], capture_output=True, text=True, check=False
        )


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    if len(sys.argv) < 3:
        ran = on_a_small_disk(wanted)
        sys.exit(ran.stdout + ran.stderr if ran.returncode else print(ran.stdout, end=""))
    began = time.monotonic()
    marks_refused, index_refused = run(Path(sys.argv[2]), wanted)
    print(
        f"{wanted:,} streams of marks, {marks_refused:,} met a full disk; {wanted // 4:,} indexings, {index_refused:,} met one; "
        f"nothing acknowledged lost, every file sound; {time.monotonic() - began:.0f} s"
    )
