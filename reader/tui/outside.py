"""What leads out of the reader: links to a browser, text to the clipboard, the terminal to another program.

Each says in the status line what was done, as far as that can be known, or what went wrong.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from reader.clean import host_of
from reader.errors import SendingError
from reader.sending import clipboard, commands, links
from reader.tui.desk import Desk
from reader.tui.lending import lend_terminal

_OFFER_SECONDS = 30.0
"""How long a link stands in the status line for a click in the terminal."""


class Outside:
    """The ways out, from one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def follow(self, url: str) -> None:
        """Has a browser open a link; where there is none, offers it to the terminal and copies it."""
        try:
            address = links.checked(url)
            command = links.browser(self._desk.settings.browser, os.environ)
            if not command:
                self.copy(address, "link", f" · {address}", address)
                return
            self._desk.say(f"opening {host_of(address)} with {command[0]}")
            self._desk.screen.run_worker(self._launch(links.opening(command, address)), group="outside")
        except SendingError as error:
            self._desk.complain(str(error))

    def copy(self, text: str, what: str, after: str = "", link: str | None = None) -> None:
        """Puts `text` on the clipboard; says so of `what`, with `after` behind it, the words leading to `link`."""
        if command := self._desk.settings.clipboard:
            self._desk.screen.run_worker(self._feed(command, text, f"{what} given to {command[0]}{after}", link), group="outside")
            return
        try:
            send(self._desk.screen.app, clipboard.sequence(text, os.environ))
        except SendingError as error:
            self._desk.complain(str(error))
        else:
            self._say(f"{what} {clipboard.promise(os.environ)}{after}", link)

    def run(self, command: Sequence[str], text: str | None = None, *, waits: bool = False) -> None:
        """Leaves the terminal to a program, as `lend_terminal` does, which says what is raised; says how it ended."""
        code = lend_terminal(self._desk.screen.app, command, text, waits=waits)
        told = f"{command[0]} {commands.ended(code)}"
        self._desk.complain(told) if code else self._desk.say(told)

    async def _launch(self, command: Sequence[str]) -> None:
        try:
            await commands.launch(command)
        except SendingError as error:
            self._desk.complain(str(error))

    async def _feed(self, command: Sequence[str], text: str, done: str, link: str | None) -> None:
        try:
            await commands.feed(command, text)
        except SendingError as error:
            self._desk.complain(str(error))
        else:
            self._say(done, link)

    def _say(self, words: str, link: str | None) -> None:
        if link is None:
            self._desk.say(words)
        else:
            self._desk.status.say(words, seconds=_OFFER_SECONDS, link=link)


def send(app: App[object], sequence: str) -> None:
    """Writes a sequence to the terminal past everything that thinks of a screen: it shows nothing and moves nothing."""
    driver = app._driver
    if isinstance(driver, LinuxDriver):
        LinuxDriver.write(driver, sequence)
    elif driver is not None:
        driver.write(sequence)
