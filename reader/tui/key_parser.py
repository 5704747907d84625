"""Keys from the bytes that a terminal sends: Textual's parser, told what an Esc with a key close behind it is."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

from textual import constants
from textual._parser import ParseTimeout
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.message import Message

from reader.tui.pastes import Pastes

_ESC = "\x1b"
_AFTER_ESC = re.compile("(?<=\x1b)")
_GOES_ON = ("[", "O", _ESC, "b", "f", "\x7f")
"""What a terminal sends behind the Esc of a sequence; and the words' keys of a Mac, by which one moves in a line that is typed."""

_ESC_SECONDS = 0.05
"""For so long an Esc may be the beginning of a key that sends more, as for vi, unless ESCDELAY says otherwise; Textual's .1 s is felt."""


class KeyParser(XTermParser):
    """Esc and a key in one read are two keys.

    Over a slow line what is typed comes in lumps. Textual takes a key that comes within a tenth of a second of Esc for one pressed
    with Alt, and waits for more; most of those then do what the key does, without Esc.
    """

    def __init__(self, binds: Callable[[str], bool]) -> None:
        """`binds` tells whether a key, such as `alt+j`, does something: it is not taken apart."""
        super().__init__()
        self._binds = binds
        self._esc_seconds = constants.ESCAPE_DELAY if "ESCDELAY" in os.environ else _ESC_SECONDS
        self._pastes = Pastes()
        self._ends_in_esc = False
        """Whether the last thing read was an Esc, by which a sequence may have begun."""

    @property
    def patience(self) -> float | None:
        """In how many seconds a sequence that was begun is given up; None where none was."""
        return None if self._timeout_time is None else max(self._timeout_time - get_time(), 0.0)

    def feed(self, data: str) -> Iterator[Message]:
        """What was typed. Nothing ends it, after which no more is taken."""
        if not data:
            yield from super().feed(data)
        harmless = self._pastes.harmless(data, goes_on=self._timeout_time is not None)
        for piece in filter(None, _AFTER_ESC.split(harmless)):
            if self._ends_in_esc and self._timeout_time is not None and not piece.startswith(_GOES_ON):
                yield from self._taken_apart(piece)
            else:
                yield from super().feed(piece)
            self._ends_in_esc = piece[-1] == _ESC
        if self._timeout_time is not None:
            self._timeout_time = get_time() + self._esc_seconds

    def _taken_apart(self, piece: str) -> Iterator[Message]:
        """The Esc before a piece that begins with another key, and the piece; or the two as one that is bound."""
        self._timeout_time = None
        self._awaiting = self._gen.throw(ParseTimeout())
        with_alt = f"alt+{piece[0]}"
        if self._binds(with_alt):
            self._tokens.clear()
            yield Key(with_alt, None)
            piece = piece[1:]
        while self._tokens:
            yield self._tokens.popleft()
        if piece:
            yield from super().feed(piece)
