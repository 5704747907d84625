"""Leaving by force, where leaving in order takes too long: the terminal has stopped reading, or something waits for ever."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

PATIENCE_SECONDS = 3.0
"""How long leaving in order may take."""
_MARKING_SECONDS = 10.0
"""How much longer marks may take to be written: longer than a file that others hold is waited for."""
_STEP_SECONDS = 0.05


class LastResort:
    """Ends the program some time after it was told to leave. Does nothing before it is armed, nor when the program ends by itself."""

    def __init__(self, is_marking: Callable[[], bool], give_back: Callable[[], int]) -> None:
        """`give_back` gives the terminal back, says what is to be said, and gives the exit code; it must not wait for anything."""
        self._is_marking = is_marking
        self._give_back = give_back
        self._is_armed = False
        self._has_begun = False

    def arm(self) -> None:
        """From now on `begin` means it: there is a terminal to give back, and a process that is ours to end."""
        self._is_armed = True

    def begin(self) -> None:
        """The program was told to leave. Safe on any thread, and in a signal handler."""
        if self._is_armed and not self._has_begun:
            self._has_begun = True
            timer = threading.Timer(PATIENCE_SECONDS, self._leave)
            timer.daemon = True
            timer.start()

    def _leave(self) -> None:
        end = time.monotonic() + _MARKING_SECONDS
        while self._is_marking() and time.monotonic() < end:
            time.sleep(_STEP_SECONDS)
        os._exit(self._give_back())
