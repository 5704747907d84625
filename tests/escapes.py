"""What a terminal is told, taken apart: the tokens of a byte stream, and those that a program should not have sent.

    scan(b"\\x1b[1mbold\\x1b[0m\\x1b]0;title\\x07")  ->  ["ESC ]0;title BEL"]

Nothing here knows Dateline. A sequence passes only if it is named below; all else is unexpected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

TokenKind = Literal["text", "control", "csi", "string", "escape"]

_TOKEN = re.compile(
    rb"(?P<csi>\x1b\[[0-?]*[ -/]*[@-~])"
    rb"|(?P<string>\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\))"
    rb"|(?P<escape>\x1b[ -/]*[0-Z\\`-~])"
    rb"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f]|\xc2[\x80-\x9f])"
    rb"|(?P<text>(?:[^\x00-\x1f\x7f\xc2]|\xc2[^\x80-\x9f])+)"
)
"""`string` is OSC, DCS, SOS, PM and APC. A control of C1 is caught in its UTF-8 form: terminals in UTF-8 obey it too."""
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)?\Z|\xc2\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the stream: a run of text, or one control or sequence, as the bytes it was sent in."""

    kind: TokenKind
    sent: bytes


def tokens(raw: bytes) -> Iterator[Token]:
    """All of `raw`, in order; a byte that begins nothing known, and a sequence cut off at the end, are tokens of kind `control`."""
    at = 0
    while at < len(raw):
        found = _TOKEN.match(raw, at)
        if found is None:
            yield Token("control", raw[at : at + 1])
            at += 1
            continue
        yield Token(cast(TokenKind, found.lastgroup), found[0])
        at = found.end()


def complete_length(raw: bytes) -> int:
    """How much of `raw` can be taken apart now: all but a sequence that has begun and waits for its end."""
    unfinished = _UNFINISHED.search(raw)
    return len(raw) if unfinished is None else unfinished.start()


# What a full-screen program may send without being asked why.

_SGR = rb"\x1b\[[0-9;:]*m"
_MOVES = rb"\x1b\[[0-9;]*[ABCDEFGHdf]"
_ERASES = rb"\x1b\[[0-2]?[JK]|\x1b\[[0-9]*X"
_MODES = rb"\x1b\[\?(?:1|7|25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"
_QUESTIONS = rb"\x1b\[\?(?:2026|2048)\$p|\x1b\[\??6n|\x1b\[c|\x1b\[\?u"
_KEYBOARD = rb"\x1b\[[<>=][0-9;]*u"
_SAVE = rb"\x1b[78]"
_POINTER = rb"\x1b\]22;[a-z-]*(?:\x07|\x1b\\)"
_CONTROLS = rb"[\t\n\r\x08]"
_EXPECTED = re.compile(b"|".join((_SGR, _MOVES, _ERASES, _MODES, _QUESTIONS, _KEYBOARD, _SAVE, _POINTER, _CONTROLS)))

_LINK = re.compile(rb"\x1b\]8;[^;\x00-\x1f]*;(?:(?:https?://|mailto:)[!-~]*)?(?:\x07|\x1b\\)")
_CLIPBOARD = re.compile(rb"\x1b\]52;[cps]*;[A-Za-z0-9+/=]*(?:\x07|\x1b\\)")
_OVERRIDES = re.compile("[\u202a-\u202e]")
"""Characters that turn the rest of the line around. Isolates are left alone: a program may well mean those."""


def scan(raw: bytes, *, links: bool = False, clipboard: bool = False) -> list[str]:
    """Each thing in `raw` that nobody meant to send, in a printable form, in order.

    Colours, cursor movement, erasing and the modes of a full-screen program pass; `links` lets web and mail hyperlinks (OSC 8)
    pass too, `clipboard` copying (OSC 52). Titles, reports, answers to the program's own terminal, character sets, C1 and bidi
    overrides never do.
    """
    passing = [_EXPECTED, *([_LINK] if links else []), *([_CLIPBOARD] if clipboard else [])]
    found = []
    for token in tokens(raw):
        if token.kind == "text":
            found += [f"U+{ord(mark):04X}" for mark in _OVERRIDES.findall(token.sent.decode("utf-8", "replace"))]
        elif not any(pattern.fullmatch(token.sent) for pattern in passing):
            found.append(printable(token.sent))
    return found


def text_of(raw: bytes) -> str:
    """Only what would be printed, in the order it was sent."""
    return b"".join(token.sent for token in tokens(raw) if token.kind == "text").decode("utf-8", "replace")


def printable(sent: bytes) -> str:
    """The bytes in a form that a test report can show: `ESC ]0;title BEL`."""
    shown = sent.decode("utf-8", "backslashreplace").replace("\x1b\\", " ST").replace("\x1b", "ESC ").replace("\x07", " BEL")
    return "".join(mark if mark.isprintable() else f"<{ord(mark):02X}>" for mark in shown)
