"""Opening the screen: the first headlines at once, then all the rest. Textual is imported between the two."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from reader.clean import clean
from reader.errors import UsageError
from reader.library import Library
from reader.model import Problem
from reader.settings import Settings, folders_of
from reader.tui import garbage
from reader.tui.first_light import FirstLight, first_light

_TURN_SECONDS = 0.0005
"""How long a thread computes while another waits for its turn: Python's own 5 ms are a quarter of what a key may take, each time."""


def start(archives: Sequence[str], first_filter: str, settings: Settings, problems: Sequence[Problem]) -> int:
    """Opens the reader; gives the exit code. Raises UsageError where there is no terminal to open it on."""
    _refuse_without_terminal()
    garbage.put_off()
    sys.setswitchinterval(_TURN_SECONDS)
    places = folders_of(settings)
    library = Library(archives, places)
    light = first_light(library, settings, first_filter, places.cache)
    try:
        return _run(library, first_filter, settings, problems, light)
    finally:
        if light is not None:
            light.put_out()


def _run(library: Library, first_filter: str, settings: Settings, problems: Sequence[Problem], light: FirstLight | None) -> int:
    from reader.tui.app import DatelineApp

    # Nobody who reads news is helped by a warning of Python's, least of all over the last lines of a fault.
    warnings.simplefilter("ignore")
    complaints = [f"{problem.path}:{problem.line or 1}: {problem.what}" for problem in problems]
    app = DatelineApp(library, settings, first_filter, complaints, light)
    app.leave_on_signals()
    code: Any = app.run()
    if app.fault is not None:
        raise app.fault
    if app.summary:
        with suppress(OSError):
            print(app.summary, file=sys.stderr)
    return int(code or 0)


def _refuse_without_terminal() -> None:
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise UsageError("the reader needs a terminal; `dateline --plain`, `dateline list` and `dateline show` work without one")
    term = os.environ.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        raise UsageError(f"the reader can't draw on TERM={clean(term)!r}; `dateline --plain` goes line by line")
