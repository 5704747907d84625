"""The terminal as Textual drives it, with thrift."""

from __future__ import annotations

import os
import termios
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import IO, Any

from textual.drivers.linux_driver import LinuxDriver

from reader.tui.ascii_signs import ASCII_SIGNS
from reader.tui.first_light import FirstLight
from reader.tui.key_parser import KeyParser
from reader.tui.key_reading import Bell, read_keys
from reader.tui.pen import erases
from reader.tui.thrift import Thrift

_OTHER_SCREEN = "\x1b[?1049h"
_BACK = b"\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""Takes back all that Textual asks of a terminal."""


class ThriftyDriver(LinuxDriver):
    """Sends only what the terminal doesn't show already."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.exit_event = self._told_to_end = Bell()
        self._file: Any = _Line(self._file, self._leave)
        self._light: FirstLight | None = getattr(self._app, "light", None)
        """What has had the terminal so far."""
        self._thrift = self._light.thrift if self._light is not None else Thrift(erases=erases(os.environ))
        self.asked_at: float | None = None
        """When the terminal was first asked something, on the clock of Textual's messages."""

    def start_application_mode(self) -> None:
        """Notes the time: what Textual asks of the terminal now, it answers after a round trip."""
        self.asked_at = self.asked_at or monotonic()
        light = self._light
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual leaves its result open
        if light is not None:
            self._light = None
            self.attrs_before = light.attributes
            light.hand_over()

    def write(self, data: str) -> None:
        """Sends what is new in `data`."""
        if self._light is not None and data == _OTHER_SCREEN:
            # It is there already, with the first headlines on it, which this would wipe off.
            return
        if new := self._thrift.spend(data):
            super().write(new)

    def forget(self) -> None:
        """The screen may show anything now."""
        self._thrift.forget()

    def give_back(self, said: str) -> None:
        """Gives the terminal back at once, past everything that waits to be written to it, with a word to the person."""
        with suppress(OSError, termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            # What the terminal hasn't taken would stand in the way.
            termios.tcflush(self.fileno, termios.TCOFLUSH)
            os.set_blocking(self.fileno, False)
            try:
                os.write(self.fileno, _BACK + said.encode("utf-8", "replace"))
            finally:
                os.set_blocking(self.fileno, True)

    def _sigtstp_application(self, *_: object) -> None:
        """On SIGTSTP stops, between two turns of the loop: a handler comes in the midst of anything, of what is being written, too."""
        if self._auto_restart:
            self._in_turn(super()._sigtstp_application)
        else:
            # Another program has the terminal, and the loop has no turn before that is gone on with.
            super()._sigtstp_application()

    def _sigcont_application(self, *_: object) -> None:
        """After SIGCONT takes the terminal back, between two turns of the loop."""
        self._in_turn(self._go_on)

    def _in_turn(self, job: Callable[[], object]) -> None:
        """Does a job in the loop's next turn, unless that is over."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(job)

    def _go_on(self) -> None:
        """Textual would begin a second time where nothing, or SIGSTOP, came before, and paint nothing where its size is the same."""
        if self._auto_restart:
            if not self._must_signal_resume:
                self.suspend_application_mode()
                self._must_signal_resume = True
            self.resume_application_mode()
            self._app.refresh()

    def _run_input_thread(self) -> None:
        """Reads keys until the terminal is gone. Textual itself would print a fault with the values of all variables."""
        parser = KeyParser(getattr(self._app, "binds", lambda _: False))
        try:
            read_keys(self.fileno, self._told_to_end, parser, self.process_message)
        except OSError:
            self._leave()

    def _leave(self) -> None:
        """Ends the program, which nobody sees any more. Safe on any thread."""
        self._in_turn(partial(self._app.exit, 0))


class _Line:
    """The file that leads to the terminal. Once that is gone everything written goes nowhere, here and wherever else it is open.

    Textual's writing thread would end with the first error, and whoever had more to write would wait for it for ever.
    """

    def __init__(self, file: IO[str], on_gone: Callable[[], None]) -> None:
        self._file = file
        self._on_gone = on_gone

    def write(self, text: str) -> None:
        try:
            self._file.write(text)
        except OSError:
            self._give_up()

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._give_up()

    def fileno(self) -> int:
        return self._file.fileno()

    def _give_up(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
        for descriptor in {1, self._file.fileno()}:
            os.dup2(nowhere, descriptor)
        os.close(nowhere)
        self._on_gone()


class AsciiDriver(ThriftyDriver):
    """Sends no sign that ASCII lacks, whichever pane it comes from; letters are sent as they are."""

    def write(self, data: str) -> None:
        """Sends `data` with plainer signs."""
        super().write(data.translate(ASCII_SIGNS))
