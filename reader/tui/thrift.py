"""What goes down the line, with everything the terminal already shows left out.

Textual sends each changed line whole, every piece of it with all its colours. Over a slow connection that is what a person
waits for. Here the screen is remembered cell by cell, and of each piece only what looks different is passed on, with the
shortest way there and the shortest change of style.

    Textual ── write ──▶ Thrift: what is on the screen, cell by cell ── the difference ──▶ terminal

It knows just what Textual and Rich send (absolute moves, SGR, text, line ends); anything else passes as it is. Characters
that terminals disagree on are always sent and never trusted to have moved the cursor as counted. Control characters in text
never pass: nothing that an article says can act on the terminal, whatever was forgotten elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

_TOKEN = re.compile(
    r"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|(?P<other>\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]]))"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<control>[\s\S])"
)
_MOVE = re.compile(r"(\d*)(?:;(\d*))?[Hf]")
_SURE = "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0384-\u03ff\u0400-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u203b\u2500-\u259f●★✗]"
"""Characters that every terminal shows in one cell: Latin, Greek, Cyrillic, punctuation, lines and blocks, our own marks."""
_PIECE = re.compile(f"((?:{_SURE}(?={_SURE}|$))+)|{_SURE}?(?:(?!{_SURE}).)*(?:{_SURE}{{1,3}}(?:(?!{_SURE}).)+)*", re.DOTALL)
"""A run of sure characters, or unsure ones with the character before, which they may change, and with the short gaps between:
a word placed where we count would cover the end of the one before wherever the terminal counts more."""

_WIDE_TEXT = re.compile(
    f"(?:{_SURE}|[\u2e80-\u3029\u3031-\u303e\u3041-\u3096\u309b-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60])*"
)
"""Chinese, Japanese and Korean: two cells a character, for every terminal."""

_ISOLATES = ("\u2066", "\u2067", "\u2068", "\u2069")
"""Marks without a cell that a field begins with."""

_ON = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29", "53": "55"}
"""What turns each attribute off again."""

_UNSEEN_ON_BLANKS = frozenset({"1", "2", "3"})
"""Attributes that a blank looks the same with."""
_LONG_BLANKS = re.compile(" {14,}")
"""Blanks that cost more to send than to erase and to step over."""

_SHORT_GAP = 6
"""Cells that look right but cost less to send again than to jump over."""

_SYNC_ON, _SYNC_OFF = "?2026h", "?2026l"
_FORGETS = ("?1049h", "?1049l", "2J", "J", "3J", "!p")
"""After these nothing is known of the screen."""

Look = tuple[frozenset[str], str, str]
"""Attributes, foreground and background, as SGR writes them; no colour is an empty string."""

_PLAIN: Look = (frozenset(), "", "")


class Thrift:
    """Remembers one terminal's screen. Belongs to the thread that writes."""

    def __init__(self, *, erases: bool = False) -> None:
        """`erases`: the terminal gives cells that it erases the background colour in force."""
        self._erases = erases
        self._shown: dict[int, list[tuple[str, Look] | None]] = {}
        """By row, what was sent for each cell and its look; a text of several cells stands in its first. None where it isn't known."""
        self._untouched: tuple[str, Look] | None = None
        """What stands where nothing was sent; None where that isn't known."""
        self._row = self._column = 0
        """Where Textual believes the cursor to be."""
        self._there: tuple[int, int] | None = None
        """Where the cursor really is; None where it isn't known."""
        self._look: Look = _PLAIN
        """What Textual has asked for."""
        self._sent_look: Look | None = None
        """What the terminal has; None where it isn't known."""
        self._is_in_frame = False
        self._is_waiting = False
        """Whether a synchronised frame was begun and nothing of it sent yet."""
        self._out: list[str] = []

    def forget(self) -> None:
        """Nothing is known of the screen any more: it was resized, or another program has written to it."""
        self._shown.clear()
        self._untouched = None
        self._there = self._sent_look = None

    def spend(self, written: str) -> str:
        """What to send in place of what Textual has written."""
        self._out = []
        for token in _TOKEN.finditer(written):
            kind, value = token.lastgroup, token.group(token.lastgroup or 0)
            if kind == "text":
                self._text(value)
            elif kind == "csi":
                self._csi(value)
            elif kind == "other":
                self._pass(value)
            else:
                self._control(value)
        if self._out and not self._is_in_frame:
            self._go(self._row, self._column)
        return "".join(self._out)

    def _send(self, piece: str) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self._out.append(f"\x1b[{_SYNC_ON}")
        self._out.append(piece)

    def _pass(self, sequence: str) -> None:
        self._send(sequence)

    def _control(self, character: str) -> None:
        if character == "\n":
            self._row, self._column = self._row + 1, 0
        elif character == "\r":
            self._column = 0
        elif character == "\x07":
            self._send(character)

    def _csi(self, sequence: str) -> None:
        if sequence[-1] == "m" and not sequence.startswith((">", "?")):
            self._look = _look_after(self._look, sequence[:-1])
        elif move := _MOVE.fullmatch(sequence):
            self._row, self._column = int(move[1] or 1) - 1, int(move[2] or 1) - 1
        elif sequence == _SYNC_ON:
            self._is_in_frame = self._is_waiting = True
        elif sequence == _SYNC_OFF:
            self._end_frame()
        elif sequence == "2J" and self._erases:
            self._wipe()
        else:
            if sequence in _FORGETS:
                self.forget()
            self._send(f"\x1b[{sequence}")

    def _wipe(self) -> None:
        """Erases the whole screen, in the background colour in force."""
        self.forget()
        self._send(f"\x1b[{_change(None, self._look)}m\x1b[2J")
        self._sent_look = self._look
        self._untouched = " ", _on_blanks(self._look)

    def _end_frame(self) -> None:
        """Now the cursor must stand where Textual wants it: in between no one has seen it."""
        self._is_in_frame = False
        if self._is_waiting:
            self._is_waiting = False
            return
        self._go(self._row, self._column)
        self._out.append(f"\x1b[{_SYNC_OFF}")

    def _text(self, text: str) -> None:
        for piece in _PIECE.finditer(text):
            if sure := piece[1]:
                self._sure(sure)
            elif piece[0]:
                self._unsure(piece[0])

    def _sure(self, text: str) -> None:
        """Sends of a text, one cell a character, what isn't there yet."""
        row, column, look = self._cells(self._column + len(text)), self._column, self._look
        on_blanks = _on_blanks(look)
        wanted = [(character, on_blanks if character == " " else look) for character in text]
        self._column += len(text)
        if row[column : self._column] == wanted:
            return
        start = 0
        count = len(text)
        while start < count:
            while start < count and row[column + start] == wanted[start]:
                start += 1
            if start == count:
                break
            end = last = start + 1
            while last < count and last - end < _SHORT_GAP:
                last += 1
                if row[column + last - 1] != wanted[last - 1]:
                    end = last
            self._let_go(row, column + start, column + end)
            self._paint(column + start, text[start:end], look)
            start = end
        row[column : self._column] = wanted

    def _unsure(self, text: str) -> None:
        """Sends a text whose width terminals may see otherwise, unless all of it is there; what is beyond it is placed anew."""
        from rich.cells import cell_len

        start, self._column = self._column, self._column + cell_len(text)
        row = self._cells(self._column)
        wanted = [(text if at == start else "", self._look) for at in range(start, self._column)]
        if wanted and row[start : self._column] == wanted:
            return
        self._let_go(row, start, self._column, hangs=text.startswith(_ISOLATES))
        self._paint(start, text, self._look)
        if start and not cell_len(text[0]) and not text.startswith(_ISOLATES):
            # An accent changes the cell before it, too.
            row[start - 1] = None
        row[start : self._column] = wanted
        if not _WIDE_TEXT.fullmatch(text):
            # Where the terminal counts more cells than we do, the text has run over what stood behind it.
            row[self._column :] = [None] * (len(row) - self._column)
        self._there = None

    def _let_go(self, row: list[tuple[str, Look] | None], start: int, end: int, *, hangs: bool = False) -> None:
        """Sees to the marks without a cell of their own, such as isolates, which terminals hang on the cell before.

        That cell is sent anew before a text whose marks `hangs`, or that takes the place of such a text: it would gather them. And
        a text whose marks hang on the last cell before `end` will have to be sent again.
        """
        before = row[start - 1] if start else None
        if before is not None and before[0] and (hangs or _hangs(row, start)):
            self._paint(start - 1, *before)
        if _hangs(row, end):
            row[end] = None

    def _cells(self, width: int) -> list[tuple[str, Look] | None]:
        row = self._shown.setdefault(self._row, [])
        if len(row) < width:
            row += [self._untouched] * (width - len(row))
        return row

    def _paint(self, column: int, text: str, look: Look) -> None:
        self._go(self._row, column)
        if self._sent_look != look:
            self._send(f"\x1b[{_change(self._sent_look, look)}m")
            self._sent_look = look
        if self._erases and not look[0] - _UNSEEN_ON_BLANKS:
            self._paint_erasing(column, text)
        else:
            self._send(text)
            self._there = (self._row, column + len(text))

    def _paint_erasing(self, column: int, text: str) -> None:
        """Sends a text whose long runs of blanks are erased cells."""
        end = 0
        for blanks in _LONG_BLANKS.finditer(text):
            if before := text[end : blanks.start()]:
                self._go(self._row, column + end)
                self._send(before)
                self._there = (self._row, column + blanks.start())
            self._go(self._row, column + blanks.start())
            self._send(f"\x1b[{len(blanks[0])}X")
            end = blanks.end()
        if rest := text[end:]:
            self._go(self._row, column + end)
            self._send(rest)
            self._there = (self._row, column + len(text))

    def _go(self, row: int, column: int) -> None:
        if self._there == (row, column):
            return
        if self._there is not None and self._there[0] == row and self._there[1] < column:
            by = column - self._there[1]
            self._send(f"\x1b[{by if by > 1 else ''}C")
        else:
            self._send(f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H" if row else "\x1b[H")
        self._there = (row, column)


@lru_cache(maxsize=4096)
def _on_blanks(look: Look) -> Look:
    """What can be seen of a look where nothing is written."""
    attributes = look[0] - _UNSEEN_ON_BLANKS
    return attributes, look[1] if attributes else "", look[2]


def _hangs(row: list[tuple[str, Look] | None], column: int) -> bool:
    """Whether the text that begins in a column begins with an isolate."""
    cell = row[column] if column < len(row) else None
    return cell is not None and cell[0].startswith(_ISOLATES)


@lru_cache(maxsize=4096)
def _look_after(look: Look, codes: str) -> Look:
    """The look that SGR codes make of another."""
    attributes, foreground, background = set(look[0]), look[1], look[2]
    parts = iter(codes.split(";") if codes else ["0"])
    for code in parts:
        if code in ("", "0"):
            attributes, foreground, background = set(), "", ""
        elif code in _ON:
            attributes.add(code)
        elif code in ("38", "48"):
            colour = ";".join([code, *_colour(parts)])
            foreground, background = (colour, background) if code == "38" else (foreground, colour)
        elif code == "39":
            foreground = ""
        elif code == "49":
            background = ""
        elif code.isdecimal() and (30 <= int(code) <= 37 or 90 <= int(code) <= 97):
            foreground = code
        elif code.isdecimal() and (40 <= int(code) <= 47 or 100 <= int(code) <= 107):
            background = code
        else:
            attributes = {one for one in attributes if _ON[one] != code}
    return frozenset(attributes), foreground, background


def _colour(rest: Iterator[str]) -> list[str]:
    """The rest of an indexed or a true colour, read from the caller's codes."""
    kind = next(rest, "")
    return [kind, *(next(rest, "0") for _ in range(1 if kind == "5" else 3))]


@lru_cache(maxsize=4096)
def _change(before: Look | None, after: Look) -> str:
    """The shortest codes that make one look of another."""
    anew = ";".join(["0", *sorted(after[0]), *(colour for colour in after[1:] if colour)])
    if before is None:
        return anew
    gone = {_ON[one] for one in before[0] - after[0]}
    codes = sorted(gone)
    codes += sorted(one for one in after[0] if one not in before[0] or _ON[one] in gone)
    codes += [after[1] or "39"] if after[1] != before[1] else []
    codes += [after[2] or "49"] if after[2] != before[2] else []
    return min(";".join(codes), anew, key=len)


def erases(environ: Mapping[str, str]) -> bool:
    """Whether erased cells take the background colour: nearly everywhere, but not in GNU screen, which says so by its name."""
    return "TMUX" in environ or not environ.get("TERM", "").startswith("screen")
