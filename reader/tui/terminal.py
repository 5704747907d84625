"""The terminal as Textual drives it, with thrift."""

from __future__ import annotations

import os
from collections.abc import Mapping
from time import monotonic
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from reader.tui.ascii_signs import ASCII_SIGNS
from reader.tui.thrift import Thrift


class ThriftyDriver(LinuxDriver):
    """Sends only what the terminal doesn't show already."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._thrift = Thrift(erases=_erases(os.environ))
        self.asked_at: float | None = None
        """When the terminal was first asked something, on the clock of Textual's messages."""

    def start_application_mode(self) -> None:
        """Notes the time: what Textual asks of the terminal now, it answers after a round trip."""
        self.asked_at = self.asked_at or monotonic()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual leaves its result open

    def write(self, data: str) -> None:
        """Sends what is new in `data`."""
        if new := self._thrift.spend(data):
            super().write(new)

    def forget(self) -> None:
        """The screen may show anything now."""
        self._thrift.forget()


class AsciiDriver(ThriftyDriver):
    """Sends no sign that ASCII lacks, whichever pane it comes from; letters are sent as they are."""

    def write(self, data: str) -> None:
        """Sends `data` with plainer signs."""
        super().write(data.translate(ASCII_SIGNS))


def _erases(environ: Mapping[str, str]) -> bool:
    """Whether erased cells take the background colour: nearly everywhere, but not in GNU screen, which says so by its name."""
    return "TMUX" in environ or not environ.get("TERM", "").startswith("screen")
