"""What goes down the line, with everything the terminal already shows left out.

Textual sends each changed line whole, every piece of it with all its colours. Over a slow connection that is what a person
waits for. Here the screen is remembered cell by cell, and of each frame only what looks different is passed on, by a `Pen` that
knows the shortest ways.

    Textual ── write ──▶ Thrift: what is on the screen, cell by cell ── strokes ──▶ Pen ──▶ terminal

It knows just what Textual and Rich send (absolute moves, SGR, text, line ends); anything else passes as it is. Characters
that terminals disagree on are always sent and never trusted to have moved the cursor as counted. Control characters that stand
alone never pass. Whole sequences do, and nothing here can tell whose they are: that none comes from an article is up to `clean`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from reader.tui.pen import PLAIN, Look, Pen, Stroke, look_after, on_blanks

_TOKEN = re.compile(
    r"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|(?P<other>\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]]))"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<control>[\s\S])"
)
_MOVE = re.compile(r"(\d*)(?:;(\d*))?[Hf]")
_SURE = "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0384-\u03ff\u0400-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u203b\u2500-\u259f●★✗]"
"""Characters that every terminal shows in one cell: Latin, Greek, Cyrillic, punctuation, lines and blocks, our own marks."""
_SURE_TEXT = re.compile(f"{_SURE}*")
_PIECE = re.compile(f"((?:{_SURE}(?={_SURE}|$))+)|{_SURE}?(?:(?!{_SURE}).)*(?:{_SURE}{{1,3}}(?:(?!{_SURE}).)+)*", re.DOTALL)
"""A run of sure characters, or unsure ones with the character before, which they may change, and with the short gaps between:
a word placed where we count would cover the end of the one before wherever the terminal counts more."""

_WIDE_TEXT = re.compile(
    f"(?:{_SURE}|[\u2e80-\u3029\u3031-\u303e\u3041-\u3096\u309b-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60])*"
)
"""Chinese, Japanese and Korean: two cells a character, for every terminal."""

_ISOLATES = ("\u2066", "\u2067", "\u2068", "\u2069")
"""Marks without a cell that a field begins with."""

_SHORT_GAP = 4
"""Cells that look right but cost no more to send again than to jump over."""

_SYNC_ON, _SYNC_OFF = "?2026h", "?2026l"
_ENTERS, _LEAVES = "?1049h", "?1049l"
_FORGETS = (_ENTERS, _LEAVES, "2J", "J", "3J", "!p")
"""After these nothing is known of the screen."""

Cell = tuple[str, Look]
"""What was sent for a cell, and its look; a text of several cells stands in its first, and nothing in the others."""


class Thrift:
    """Remembers one terminal's screen. Belongs to the thread that writes."""

    def __init__(self, *, erases: bool = False) -> None:
        """`erases`: the terminal gives cells that it erases the background colour in force."""
        self._pen = Pen(erases=erases)
        self._shown: dict[int, list[Cell | None]] = {}
        """By row, what will be shown once all that changed is drawn. None where it isn't known."""
        self._changed: dict[int, list[tuple[int, int]]] = {}
        """By row, from where to where sure characters haven't been drawn yet."""
        self._untouched: Cell | None = None
        """What stands where nothing was sent; None where that isn't known."""
        self._row = self._column = 0
        """Where Textual believes the cursor to be."""
        self._look: Look = PLAIN
        """What Textual has asked for."""
        self._is_in_frame = False
        self._is_left = False
        """Whether the terminal shows the shell's screen again, and its cursor stands where that left it."""

    def forget(self) -> None:
        """Nothing is known of the screen any more: it was resized, or another program has written to it."""
        self._shown.clear()
        self._changed.clear()
        self._untouched = None
        self._pen.forget()

    def spend(self, written: str) -> str:
        """What to send in place of what Textual has written; a synchronised frame goes as one, at its end."""
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
        if not self._is_in_frame:
            self._draw()
            if self._pen.has_sent and not self._is_left:
                self._pen.go(self._row, self._column)
        return self._pen.taken()

    def _pass(self, sequence: str) -> None:
        """Sends a sequence as it is, in its turn."""
        self._draw()
        self._pen.send(sequence)

    def _control(self, character: str) -> None:
        if character == "\n":
            self._row, self._column = self._row + 1, 0
        elif character == "\r":
            self._column = 0
        elif character == "\x07":
            self._pen.send(character)

    def _csi(self, sequence: str) -> None:
        if sequence[-1] == "m" and not sequence.startswith((">", "?")):
            self._look = look_after(self._look, sequence[:-1])
        elif move := _MOVE.fullmatch(sequence):
            self._row, self._column = int(move[1] or 1) - 1, int(move[2] or 1) - 1
        elif sequence == _SYNC_ON:
            self._draw()
            self._is_in_frame = True
            self._pen.promise(f"\x1b[{_SYNC_ON}")
        elif sequence == _SYNC_OFF:
            self._end_frame()
        elif sequence == "2J" and self._pen.erases:
            self._wipe()
        else:
            self._pass(f"\x1b[{sequence}")
            if sequence in _FORGETS:
                self.forget()
            if sequence in (_ENTERS, _LEAVES):
                self._is_left = sequence == _LEAVES

    def _wipe(self) -> None:
        """Erases the whole screen, in the background colour in force."""
        self.forget()
        self._pen.set_look(self._look)
        self._pen.send("\x1b[2J")
        self._untouched = " ", on_blanks(self._look)

    def _end_frame(self) -> None:
        """Now the cursor must stand where Textual wants it: in between no one has seen it."""
        self._draw()
        self._is_in_frame = False
        if self._pen.has_kept():
            self._pen.go(self._row, self._column)
            self._pen.send(f"\x1b[{_SYNC_OFF}")

    # What changes

    def _text(self, text: str) -> None:
        if _SURE_TEXT.fullmatch(text):
            self._sure(text)
            return
        for piece in _PIECE.finditer(text):
            if sure := piece[1]:
                self._sure(sure)
            elif piece[0]:
                self._unsure(piece[0])

    def _sure(self, text: str) -> None:
        """Notes which cells of a text, one cell a character, aren't there yet."""
        start, self._column = self._column, self._column + len(text)
        row = self._cells(self._column)
        wanted: list[Cell | None] = [*map(_cells_of(self._look).__getitem__, text)]
        if row[start : self._column] == wanted:
            return
        changed = self._changed.setdefault(self._row, [])
        for first, end in _differences(row[start : self._column], wanted):
            self._let_go(row, start + first, start + end)
            changed.append((start + first, start + end))
        row[start : self._column] = wanted

    def _unsure(self, text: str) -> None:
        """Sends a text whose width terminals may see otherwise, unless all of it is there; what is beyond it is placed anew."""
        from rich.cells import cell_len

        start, self._column = self._column, self._column + cell_len(text)
        row = self._cells(self._column)
        wanted = [(text if at == start else "", self._look) for at in range(start, self._column)]
        if wanted and row[start : self._column] == wanted:
            return
        hangs = text.startswith(_ISOLATES)
        is_accent = not hangs and not cell_len(text[0])
        if is_accent:
            # It changes the cell before it, too, which may be the last one of the row above.
            self._draw()
        else:
            self._draw_row(self._row)
        self._let_go(row, start, self._column, hangs=hangs)
        self._write_unsure(start, text, self._look)
        if start and is_accent:
            row[start - 1] = None
        row[start : self._column] = wanted
        if not _WIDE_TEXT.fullmatch(text):
            # Where the terminal counts more cells than we do, the text has run over what stood behind it.
            row[self._column :] = [None] * (len(row) - self._column)

    def _let_go(self, row: list[Cell | None], start: int, end: int, *, hangs: bool = False) -> None:
        """Sees to the marks without a cell of their own, such as isolates, which terminals hang on the cell before.

        That cell is sent anew before a text whose marks `hangs`, or that takes the place of such a text: it would gather them. And
        a text whose marks hang on the last cell before `end` will have to be sent again.
        """
        before = row[start - 1] if start else None
        if before is not None and before[0] and (hangs or _hangs(row, start)):
            self._write_unsure(start - 1, *before)
        if _hangs(row, end):
            row[end] = None

    def _cells(self, width: int) -> list[Cell | None]:
        row = self._shown.setdefault(self._row, [])
        if len(row) < width:
            row += [self._untouched] * (width - len(row))
        return row

    # Drawing it

    def _write_unsure(self, column: int, text: str, look: Look) -> None:
        self._pen.write(self._row, column, text, look)
        self._pen.forget_place()

    def _draw_row(self, row: int) -> None:
        """Draws what has changed of one row."""
        if changed := self._changed.pop(row, None):
            self._pen.draw(_strokes(row, self._shown[row], changed))

    def _draw(self) -> None:
        """Draws what has changed."""
        if self._changed:
            self._pen.draw(stroke for row, changed in self._changed.items() for stroke in _strokes(row, self._shown[row], changed))
            self._changed.clear()


class _Cells(dict[str, Cell]):
    """Cells of one look by their character, each made once: comparing the same two is quick."""

    def __init__(self, look: Look) -> None:
        super().__init__({" ": (" ", on_blanks(look))})
        self._look = look

    def __missing__(self, character: str) -> Cell:
        cell = self[character] = (character, self._look)
        return cell


@lru_cache(maxsize=512)
def _cells_of(look: Look) -> _Cells:
    return _Cells(look)


def _differences(before: Sequence[Cell | None], after: Sequence[Cell | None]) -> Iterator[tuple[int, int]]:
    """From where to where two rows of one length differ, short gaps included."""
    start = end = None
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        if old is not new and old != new:
            if end is None or at - end > _SHORT_GAP:
                if start is not None and end is not None:
                    yield start, end
                start = at
            end = at + 1
    if start is not None and end is not None:
        yield start, end


def _strokes(row: int, cells: list[Cell | None], changed: Iterable[tuple[int, int]]) -> Iterator[Stroke]:
    """What draws the changed cells of a row, from left to right, each stroke as long as it can be."""
    column, text, look = 0, "", PLAIN
    done = 0
    for start, end in sorted(changed):
        at = max(start, done)
        for its_look, run in groupby(cells[at:end], key=_look_of):
            more = "".join([cell[0] for cell in run if cell is not None])
            common = _common_look(text, look, more, its_look) if at == column + len(text) else None
            if common is None:
                if text:
                    yield Stroke(row, column, text, look)
                column, text, look = at, more, its_look
            else:
                text, look = text + more, common
            at += len(more)
        done = max(done, end)
    if text:
        yield Stroke(row, column, text, look)


def _look_of(cell: Cell | None) -> Look:
    return cell[1] if cell is not None else PLAIN


def _common_look(text: str, look: Look, more: str, its_look: Look) -> Look | None:
    """The look to draw both with: blanks can take any that shows no more on them than theirs."""
    if look == its_look or (more.isspace() and on_blanks(look) == its_look):
        return look
    return its_look if text.isspace() and on_blanks(its_look) == look else None


def _hangs(row: list[Cell | None], column: int) -> bool:
    """Whether the text that begins in a column begins with an isolate."""
    cell = row[column] if column < len(row) else None
    return cell is not None and cell[0].startswith(_ISOLATES)
