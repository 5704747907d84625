"""Text for the clipboard of the machine that the person sits at: a sequence to the terminal (OSC 52), which may refuse it.

The sequence passes through SSH of itself. tmux and screen stand in the way and have it wrapped:

    terminal   ESC ]52;c;BASE64 BEL
    tmux       ESC P tmux; ESC ESC ]52;c;BASE64 BEL ESC \\     (with `allow-passthrough on`), and once plain (with `set-clipboard on`)
    screen     the sequence in pieces of ESC P … ESC \\, because screen takes only short ones

Whatever the text is, between the semicolon and the BEL stand only the 65 characters of base64.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Literal

from reader.clean import clean
from reader.errors import SendingError

MOST_BYTES = 74_994
"""The longest text: with its 8 bytes of wrapping it makes a sequence of 100,000 bytes, beyond which terminals drop it."""
_SCREEN_PIECE = 240
"""Bytes of a sequence that every version of screen passes on at once."""

_PROMISE = "sent to the terminal's clipboard; it may refuse"

Between = Literal["", "tmux", "screen"]
"""What stands between the reader and the terminal."""


def between(environ: Mapping[str, str]) -> Between:
    """Which multiplexer the reader runs in, as far as it can be known: from far away only TERM tells of it."""
    term = environ.get("TERM", "")
    if environ.get("TMUX") or term.startswith("tmux"):
        return "tmux"
    return "screen" if environ.get("STY") or term.startswith("screen") else ""


def sequence(text: str, environ: Mapping[str, str]) -> str:
    """What to write to the terminal so that `text`, made harmless, is on the clipboard.

    Raises SendingError for a text that terminals would drop.
    """
    raw = clean(text).encode("utf-8", "replace")
    if len(raw) > MOST_BYTES:
        raise SendingError(
            f"too long for a terminal's clipboard: {len(raw):,} bytes, and it takes {MOST_BYTES:,}; the setting `clipboard` names a program"
        )
    copying = f"\x1b]52;c;{b64encode(raw).decode('ascii')}\x07"
    wrapped_in = between(environ)
    if wrapped_in == "tmux":
        doubled = copying.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\{copying}"
    if wrapped_in == "screen":
        pieces = [copying[at : at + _SCREEN_PIECE] for at in range(0, len(copying), _SCREEN_PIECE)]
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return copying


def promise(environ: Mapping[str, str]) -> str:
    """What can honestly be said once the sequence is written: nobody answers it."""
    through = between(environ)
    return f"sent through {through} to the terminal's clipboard; either may refuse" if through else _PROMISE
