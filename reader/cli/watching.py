"""`dateline index --watch`: the index follows the archive until someone says stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable

from reader.cli.output import say
from reader.library import Library
from reader.model import Progress


def watch(library: Library) -> None:
    """Takes in what changes in the archives; returns on SIGTERM or SIGHUP, raises KeyboardInterrupt on Ctrl-C.

    Where one archive can't be followed any longer, none is: what was wrong with it is raised here.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    say(f"watching {', '.join(library.archives)}")
    turn = threading.Lock()
    failures: list[Exception] = []

    def follow(archive: str) -> None:
        try:
            _follow(library, archive, stop, turn)
        except Exception as error:  # noqa: BLE001  # not handled here, but handed to the thread that waits
            failures.append(error)
            stop.set()

    threads = [threading.Thread(target=follow, args=(archive,), daemon=True) for archive in library.archives]
    for thread in threads:
        thread.start()
    try:
        while not stop.wait(1.0):
            pass
    finally:
        stop.set()
        for thread in threads:
            thread.join(5.0)
    if failures:
        raise failures[0]


def _follow(library: Library, archive: str, stop: threading.Event, turn: threading.Lock) -> None:
    for steps in library.follow(archive, stop, say):
        with turn:
            _say_changes(steps)


def _say_changes(steps: Iterable[Progress]) -> None:
    for step in steps:
        change = step.change
        for word, keys in (("new", change.added), ("changed", change.changed), ("removed", change.removed)):
            for key in keys:
                say(f"{word}: {key}")
