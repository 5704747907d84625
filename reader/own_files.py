"""Changing the files that are the person's own, settings and aliases: one session at a time, whole or not at all."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.locks import held

_PATIENCE_SECONDS = 2.0
"""A change takes milliseconds; who takes longer has been stopped."""


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Keeps other sessions from the change that the file `lock` stands for. Raises Stopped where another has it for long, and OSError."""
    until = time.monotonic() + _PATIENCE_SECONDS
    with held(lock, lambda: time.monotonic() > until):
        yield


def put(path: Path, text: str) -> None:
    """Puts a text in the place of what a file holds, or makes it; a link stays one, and the mode as it is. Raises OSError."""
    place = Path(os.path.realpath(path))
    fresh = place.with_name(f".{place.name}.{os.getpid()}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(text.encode("utf-8"))
        with suppress(OSError):
            fresh.chmod(place.stat().st_mode & 0o777)
        fresh.replace(place)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise
