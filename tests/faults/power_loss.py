"""A power failure while marking: `python -m tests.faults.power_loss 40` (how many deeds).

Two things together keep what was acknowledged. Each deed is synced to the disk before it is acknowledged: `strace` sees the calls,
where there is one. And whatever a failing disk leaves of what comes after, nothing or zeroes or garbage from any sector on, the
file opens without complaint and holds every deed that was synced before that sector.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tests.faults.marking import Facts, deeds, facts_on_disk, opened

SECTOR = 512


def run(count: int, sectors: int | None = None) -> int:
    """Loses the journal from every sector on, or from so many of them; gives how many. Fails where an acknowledged deed is lost."""
    chance = random.Random(count)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "state.db"
        synced = marked(path, count)
        journal = Path(f"{path}-wal").read_bytes()
        shutil.copy2(path, base := Path(name) / "base.db")
        places = range(0, len(journal), SECTOR)
        tried = places if sectors is None else sorted(chance.sample(places, sectors))
        for number, place in enumerate(tried):
            lost = Path(name) / f"lost-{number}"
            lost.mkdir()
            shutil.copy2(base, lost / "state.db")
            (lost / "state.db-wal").write_bytes(journal[:place] + torn(number, len(journal) - place, chance))
            assert_kept(lost / "state.db", [facts for size, facts in synced if size <= place])
            shutil.rmtree(lost)
    return len(tried)


def marked(path: Path, count: int) -> list[tuple[int, Facts]]:
    """Does so many deeds; gives how long the journal was after each, and what is marked then. The journal is left as it is."""
    marks = opened(path)
    journal = f"{path}-wal"
    synced = [(os.path.getsize(journal), frozenset())]
    stream = deeds(count)
    for _ in range(count):
        deed = next(stream)
        deed.do(marks)
        synced.append((os.path.getsize(journal), deed.after(synced[-1][1])))
    # The journal is copied before its last connection is closed, which would empty it.
    shutil.copy2(journal, f"{journal}.kept")
    shutil.copy2(path, f"{path}.kept")
    del marks
    os.replace(f"{journal}.kept", journal)
    os.replace(f"{path}.kept", path)
    return synced


def torn(number: int, length: int, chance: random.Random) -> bytes:
    """What stands where the end of the journal should: nothing, zeroes, or garbage."""
    return (b"", bytes(length), chance.randbytes(length))[number % 3]


def assert_kept(path: Path, states: list[Facts]) -> None:
    """The last state that was synced, or, where garbage happens to be whole, none but that."""
    said: list[str] = []
    opened(path, said.append)
    expected = states[-1] if states else frozenset()
    assert said == [], said
    assert facts_on_disk(path) == expected, f"{len(states)} deeds were synced, and not all of them are there"


def synced_before_told(count: int) -> tuple[int, int]:
    """Of so many deeds, how many were acknowledged, and how many of these with nothing written since the last sync."""
    program = f"""
import os
from pathlib import Path
from tests.faults.marking import deeds, opened
marks = opened(Path(os.environ["STATE"]))
for deed, _ in zip(deeds({count}), range({count})):
    deed.do(marks)
    os.write(1, b"acknowledged")
"""
    with tempfile.TemporaryDirectory() as name:
        seen = Path(name) / "seen"
        command = ["strace", "-f", "-y", "-e", "trace=write,pwrite64,fsync,fdatasync", "-o", str(seen), sys.executable, "-c", program]
        environment = {**os.environ, "STATE": f"{name}/state.db", "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True, timeout=120)
        return told(seen.read_text(errors="replace").splitlines())


def told(calls: Iterable[str]) -> tuple[int, int]:
    """How many acknowledgements are among the system calls, and how many of them with every write before them synced."""
    unsynced: set[str] = set()
    acknowledged = safe = 0
    for call in calls:
        if found := re.search(r"(pwrite64|fsync|fdatasync)\(\d+<([^>]*)>", call):
            (unsynced.add if found[1] == "pwrite64" else unsynced.discard)(found[2])
        elif '"acknowledged"' in call:
            acknowledged += 1
            # What is shared between processes only while they run need not outlive them.
            safe += not any(not file.endswith("-shm") for file in unsynced)
    return acknowledged, safe


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    began = time.monotonic()
    lost_at = run(wanted)
    print(f"{wanted} deeds, the journal lost from each of {lost_at:,} sectors on: no deed synced before it lost, every file sound")
    if shutil.which("strace"):
        acknowledged_deeds, safe_deeds = synced_before_told(wanted)
        print(f"{acknowledged_deeds} deeds under strace, {safe_deeds} of them on disk before they were acknowledged", end="; ")
    print(f"{time.monotonic() - began:.0f} s")
