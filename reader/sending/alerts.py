"""Alerts that leave the screen: the terminal's bell, or a notification by the terminal (OSC 9), which may show none.

Between the sequence's ends stands only a text without control characters. tmux passes it on with `allow-passthrough on`.
"""

from __future__ import annotations

from collections.abc import Mapping

from reader.clean import clean_line
from reader.sending.clipboard import between

BELL = "\a"
_LONGEST = 200
"""Characters of a notification: more is shown nowhere."""


def notification(text: str, environ: Mapping[str, str]) -> str:
    """What to write to the terminal so that it notifies of `text`, made harmless."""
    # The program's name comes first: some terminals take a number there for something else.
    notifying = f"\x1b]9;Dateline: {clean_line(text)[:_LONGEST]}\x07"
    wrapped_in = between(environ)
    if wrapped_in == "tmux":
        doubled = notifying.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\"
    return f"\x1bP{notifying}\x1b\\" if wrapped_in == "screen" else notifying
