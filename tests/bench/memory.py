"""How much memory processes hold, as Linux tells it; nothing where there is no /proc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_SESSION = 3
"""The session's place among what follows a command's name in /proc/PID/stat."""


def peak_bytes(pid: int) -> int | None:
    """The most that one process has held so far (its high-water mark)."""
    return _kilobytes(_PROC / str(pid) / "status", "VmHWM")


def resident_bytes(pid: int) -> int | None:
    """What one process holds now."""
    return _kilobytes(_PROC / str(pid) / "status", "VmRSS")


def session_bytes(session: int) -> int | None:
    """What all processes of a session hold now, shared pages counted once: theirs divided among those that share them."""
    held = [_kilobytes(_PROC / str(pid) / "smaps_rollup", "Pss") for pid in _pids(session)]
    known = [each for each in held if each is not None]
    return sum(known) if known else None


def _pids(session: int) -> Iterator[int]:
    for path in _PROC.glob("[0-9]*/stat"):
        with suppress(OSError):
            after_name = path.read_text().rpartition(")")[2].split()
            if int(after_name[_SESSION]) == session:
                yield int(path.parent.name)


def _kilobytes(path: Path, name: str) -> int | None:
    """A process that ends meanwhile has none."""
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB", path.read_text(), re.MULTILINE)
    except OSError:
        return None
    return int(found[1]) * 1024 if found else None
