"""The terminal, lent to another program until it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App, SuspendNotSupported

from reader.errors import SendingError
from reader.sending import commands


def lend_terminal(app: App[Any], command: Sequence[str], text: str | None = None, *, waits: bool = False) -> int:
    """Leaves the screen to a program until it ends, and then to the person's Enter where `waits`; gives its exit code.

    `text` is the program's standard input; without it that is the terminal. Blocks. Raises SendingError, once the screen is ours
    again, where there is no terminal to lend or the program can't be started.
    """
    outcome: int | Exception = SendingError(f"this terminal can't be left to {command[0]}")
    try:
        with app.suspend():
            # Nothing may be raised in here: Textual would not take the terminal back.
            try:
                outcome = commands.run_here(command, text, waits=waits)
            except Exception as error:  # noqa: BLE001  # raised below
                outcome = error
    except SuspendNotSupported:
        pass
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
