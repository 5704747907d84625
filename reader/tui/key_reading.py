"""Reading what a terminal sends, until told not to."""

from __future__ import annotations

import os
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable
from selectors import EVENT_READ, SelectSelector

from textual.message import Message

from reader.tui.key_parser import KeyParser

_READ_BYTES = 4096
_LAST_SECONDS = 0.1
"""How long what is still on its way is waited for in the end, such as where the mouse was: else the shell would have it."""


class Bell(threading.Event):
    """An event that whoever waits for a file can wait for, too."""

    def __init__(self) -> None:
        super().__init__()
        self._end, self._rope = os.pipe()

    def fileno(self) -> int:
        """What can be read from while the event is set."""
        return self._end

    def set(self) -> None:
        """Sets it."""
        if not self.is_set():
            super().set()
            os.write(self._rope, b"\0")

    def clear(self) -> None:
        """Takes that back."""
        if self.is_set():
            os.read(self._end, 1)
            super().clear()


def read_keys(file: int, stop: Bell, parser: KeyParser, take: Callable[[Message], object]) -> None:
    """Has `take` hear of all that is typed until `stop` is set. Blocks meanwhile; raises OSError where the terminal is gone.

    Bytes that are no UTF-8, of a terminal set up otherwise or a noisy line, end nothing.
    """
    decode = getincrementaldecoder("utf-8")("replace").decode

    def read() -> None:
        sent = os.read(file, _READ_BYTES)
        if not sent:
            raise OSError("the terminal is at its end")
        if typed := decode(sent):
            for message in parser.feed(typed):
                take(message)

    with SelectSelector() as selector:
        selector.register(file, EVENT_READ)
        bell = selector.register(stop, EVENT_READ)
        while not stop.is_set():
            ready = selector.select(parser.patience)
            if any(key is not bell for key, _ in ready):
                read()
            for message in parser.tick():
                take(message)
        selector.unregister(stop)
        if selector.select(_LAST_SECONDS):
            read()
