"""The reader on a terminal: builds what it needs, shows the main screen, and gives the terminal back on every way out."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.geometry import Size
from textual.messages import TerminalSupportsSynchronizedOutput

from reader import crash
from reader.library import Library
from reader.settings import Settings, folders, theme_file
from reader.tui import garbage
from reader.tui.ascii_signs import lacks_unicode
from reader.tui.first_light import FirstLight, whereabouts
from reader.tui.key_presses import KeyPressed
from reader.tui.last_resort import LastResort
from reader.tui.look import look_for, sparing, stylesheets
from reader.tui.main_screen import MainScreen
from reader.tui.terminal import AsciiDriver, ThriftyDriver

SLOW_SECONDS = 0.2
"""A terminal that takes longer than this to answer is at the end of a slow line."""
_TERMINAL_SECONDS = 0.5
"""How often it is checked that the terminal is still there."""
_SETTLED_SECONDS = 2.0
"""When the screen is up, and nobody waits for anything."""


class DatelineApp(App[int], inherit_bindings=False):
    """One open reader."""

    TITLE = "Dateline"
    CSS_PATH = stylesheets()  # type: ignore[assignment]  # a list of paths, which Textual takes
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        library: Library,
        settings: Settings,
        first_filter: str = "",
        complaints: Sequence[str] = (),
        light: FirstLight | None = None,
    ) -> None:
        """`light` has the terminal already, and shows the first headlines there."""
        theme, _ = theme_file(settings.theme)
        look = look_for(settings.theme, os.environ, theme, is_low=bool(settings.low_bandwidth))
        is_ascii = lacks_unicode(os.environ) if settings.ascii is None else settings.ascii
        super().__init__(driver_class=AsciiDriver if is_ascii else ThriftyDriver, ansi_color=look.ansi_color)
        self.animation_level = "none"
        if look.own is not None:
            self.register_theme(look.own)
        self.theme = self._first_theme = look.theme
        self._sparing_theme = sparing(settings.theme, theme)
        """The theme for a slow line, should it turn out to be one."""
        self._measures_line = settings.low_bandwidth is None and "SSH_CONNECTION" in os.environ
        self._complaints = complaints
        self._told_to_leave: int | None = None
        """The exit code for a signal that has come."""
        self.fault: Exception | None = None
        """The fault of the program's own that has ended it."""
        self.light = light
        """What had the terminal before the driver."""
        self._size_known = Size(*light.size) if light is not None else None
        """The size that the screen was painted for: Textual tells it at least twice."""
        self._settings = settings
        self._main = MainScreen(library, replace(settings, ascii=is_ascii), first_filter)
        self._last_resort = LastResort(lambda: self._main.is_marking, self._give_back)

    def get_default_screen(self) -> MainScreen:
        """The one screen: beneath another it would be styled, laid out and painted for nobody."""
        return self._main

    def binds(self, key: str) -> bool:
        """Whether a key does something anywhere. Safe on any thread."""
        return self._main.binds(key)

    async def on_load(self) -> None:
        """Reads the style sheets in a turn of their own: the first screen's turn is the longest as it is."""
        self.stylesheet.parse()
        await asyncio.sleep(0)

    def on_mount(self) -> None:
        """Says what is wrong with the settings, and begins to look after the terminal."""
        if self._complaints:
            self._main.complain(self._complaints)
        self._obey_signals()
        self.set_interval(_TERMINAL_SECONDS, self._leave_without_terminal)
        self.set_timer(_SETTLED_SECONDS, self._settle)

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
            if event.size != self._size_known:
                self.forget_terminal()
            self._size_known = event.size
        if isinstance(event, events.Key) and not event.is_forwarded and self._main.is_attached:
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
        self._last_resort.arm()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, self._signalled)

    def _signalled(self, number: int, *_: object) -> None:
        self._last_resort.begin()
        self._told_to_leave = 128 + number if number == signal.SIGINT else 0
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._leave_as_told)

    def _leave_as_told(self) -> None:
        """Leaves once there is something to leave: before, `on_mount` will do it."""
        if self._told_to_leave is not None and self._main.is_attached:
            self.exit(self._told_to_leave)

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leaves in order, with `result` as the exit code."""
        self._last_resort.begin()
        self._remember_look()
        self._main.leave()
        super().exit(result, return_code, message)

    def _settle(self) -> None:
        if not self.is_headless:
            garbage.look_only_at_what_comes()
        self._remember_look()

    def _remember_look(self) -> None:
        """Keeps the look of the list for the next start, unless a slow line has changed it: the next one may be quick."""
        if self.is_headless or not self._main.is_mounted or self.theme != self._first_theme:
            return
        with suppress(OSError):
            self._main.remember_look(folders().cache, whereabouts(self._settings, self._main.layout_wish))

    def _give_back(self) -> int:
        """What is left to do by force; the exit code."""
        said = f"{crash.in_one_line(crash.write_report(self.fault, folders().state))}\r\n" if self.fault is not None else ""
        if isinstance(self._driver, ThriftyDriver):
            self._driver.give_back(said)
        return crash.EXIT if self.fault is not None else self._told_to_leave or 0

    def _obey_signals(self) -> None:
        self._leave_as_told()
        threading.excepthook = self._thread_failed

    def _handle_exception(self, error: Exception) -> None:
        """Leaves in order. Textual itself would print the fault with the values of all variables, other people's text among them."""
        self._last_resort.begin()
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
