"""The reader on a terminal: builds what it needs, shows the main screen, and gives the terminal back on every way out."""

from __future__ import annotations

import os
import signal
import sys
import termios
import threading
import warnings
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.messages import TerminalSupportsSynchronizedOutput

from reader.clean import clean
from reader.errors import UsageError
from reader.library import Library
from reader.model import Problem
from reader.settings import Settings, folders, theme_file
from reader.tui.key_presses import KeyPressed
from reader.tui.look import lacks_unicode, look_for, sparing, stylesheets
from reader.tui.main_screen import MainScreen
from reader.tui.terminal import AsciiDriver, ThriftyDriver

SLOW_SECONDS = 0.2
"""A terminal that takes longer than this to answer is at the end of a slow line."""
_TERMINAL_SECONDS = 0.5
"""How often it is checked that the terminal is still there."""


class DatelineApp(App[int], inherit_bindings=False):
    """One open reader."""

    TITLE = "Dateline"
    CSS_PATH = stylesheets()  # type: ignore[assignment]  # a list of paths, which Textual takes
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, library: Library, settings: Settings, first_filter: str = "", complaints: Sequence[str] = ()) -> None:
        theme, _ = theme_file(settings.theme)
        look = look_for(settings.theme, os.environ, theme, is_low=bool(settings.low_bandwidth))
        is_ascii = lacks_unicode(os.environ) if settings.ascii is None else settings.ascii
        super().__init__(driver_class=AsciiDriver if is_ascii else ThriftyDriver, ansi_color=look.ansi_color)
        self.animation_level = "none"
        if look.own is not None:
            self.register_theme(look.own)
        self.theme = look.theme
        self._sparing_theme = sparing(settings.theme, theme)
        """The theme for a slow line, should it turn out to be one."""
        self._measures_line = settings.low_bandwidth is None and "SSH_CONNECTION" in os.environ
        self._complaints = complaints
        self._told_to_leave: int | None = None
        """The exit code for a signal that has come."""
        self.fault: Exception | None = None
        """The fault of the program's own that has ended it."""
        self._main = MainScreen(library, replace(settings, ascii=is_ascii), first_filter)

    def on_mount(self) -> None:
        """Shows the screen, and says what is wrong with the settings."""
        self.push_screen(self._main)
        if self._complaints:
            self._main.complain(self._complaints)
        self._obey_signals()
        self.set_interval(_TERMINAL_SECONDS, self._leave_without_terminal)

    def on_terminal_supports_synchronized_output(self, answer: TerminalSupportsSynchronizedOutput) -> None:
        """The terminal's first answer tells how long the line is; on a long one the terminal's own colours must do."""
        driver = self._driver
        if not self._measures_line or not isinstance(driver, ThriftyDriver) or self.theme == self._sparing_theme:
            return
        if driver.asked_at is not None and answer.time - driver.asked_at > SLOW_SECONDS:
            self.theme = self._sparing_theme
            self._main.complain(["slow connection: sixteen colours now; `low_bandwidth: false` in the settings keeps them all"])

    @property
    def summary(self) -> str:
        """What was judged, in one line; empty for nothing."""
        return self._main.summary

    async def on_event(self, event: events.Event) -> None:
        """Sends every key to the main screen first, so that none typed ahead overtakes another."""
        if isinstance(event, events.Resize):
            self.forget_terminal()
        if isinstance(event, events.Key) and not event.is_forwarded and self._main.is_mounted:
            self._main.post_message(KeyPressed(event, super().on_event))
        else:
            await super().on_event(event)

    def forget_terminal(self) -> None:
        """Everything is sent anew with the next paint: the terminal was resized, or something else has written to it."""
        if isinstance(self._driver, ThriftyDriver):
            self._driver.forget()

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for is on the screen."""
        return self._main.is_idle

    def leave_on_signals(self) -> None:
        """From now on SIGTERM, SIGHUP and SIGINT leave as `q` does: Textual itself would leave the terminal in its own state."""
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, self._signalled)

    def _signalled(self, number: int, *_: object) -> None:
        self._told_to_leave = 128 + number if number == signal.SIGINT else 0
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._leave_as_told)

    def _leave_as_told(self) -> None:
        """Leaves once there is something to leave: before, `on_mount` will do it."""
        if self._told_to_leave is not None and self._main.is_attached:
            self.exit(self._told_to_leave)

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leaves in order, with `result` as the exit code."""
        self._main.leave()
        super().exit(result, return_code, message)

    def _obey_signals(self) -> None:
        self._leave_as_told()
        if isinstance(self._driver, LinuxDriver):
            signal.signal(signal.SIGCONT, partial(_go_on, self._driver))
        threading.excepthook = self._thread_failed

    def _handle_exception(self, error: Exception) -> None:
        """Leaves in order. Textual itself would print the fault with the values of all variables, other people's text among them."""
        if self.fault is None:
            self.fault = self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def _thread_failed(self, failed: threading.ExceptHookArgs) -> None:
        error = failed.exc_value
        if isinstance(error, Exception) and self._loop is not None:
            self._loop.call_soon_threadsafe(self._handle_exception, error)

    def _leave_without_terminal(self) -> None:
        """Where SIGHUP is ignored, a terminal that went leaves nothing but a read that fails for ever."""
        if self.is_headless or sys.__stdin__ is None:
            return
        try:
            termios.tcgetattr(sys.__stdin__.fileno())
        except (termios.error, OSError, ValueError):
            self.exit(0)


def _go_on(driver: LinuxDriver, *_: object) -> None:
    """After SIGCONT: Textual would begin a second time where nothing, or SIGSTOP, came before."""
    if driver._auto_restart:
        if not driver._must_signal_resume:
            driver.suspend_application_mode()
            driver._must_signal_resume = True
        driver.resume_application_mode()


def start(archives: Sequence[str], first_filter: str, settings: Settings, problems: Sequence[Problem]) -> int:
    """Opens the reader; gives the exit code. Raises UsageError where there is no terminal to open it on."""
    _refuse_without_terminal()
    complaints = [f"{problem.path}:{problem.line or 1}: {problem.what}" for problem in problems]
    # Nobody who reads news is helped by a warning of Python's, least of all over the last lines of a fault.
    warnings.simplefilter("ignore")
    app = DatelineApp(Library(archives, folders()), settings, first_filter, complaints)
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
