"""Jobs for a crew that do what an article can do to a program."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path


def double(number: int) -> int:
    return number * 2


def troubled(number: int) -> int:
    """Twice the number, but for some."""
    if number % 100 == 7:
        while True:
            pass
    if number % 100 == 17:
        os.kill(os.getpid(), signal.SIGSEGV)
    if number % 100 == 27:
        re.match(r"(a+)+b", "a" * 64)
    if number % 100 == 37:
        raise LookupError("an article's words")
    return number * 2


def half(number: int) -> float:
    """What is done in a moment where all of it takes too long."""
    return number / 2


def slow_here(number: int) -> int:
    """For a crew that works in the calling thread: never ends, or fails, for some."""
    if number == 7:
        while True:
            pass
    if number == 9:
        raise LookupError("an article's words")
    return number * 2


def noted(path: str) -> str:
    """Leaves a file that says in which process it was done, and takes long."""
    Path(path).write_text(str(os.getpid()))
    time.sleep(60)
    return path


def where(_number: int) -> int:
    """The process that does it."""
    return os.getpid()
