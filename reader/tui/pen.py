"""What a terminal draws with: where its cursor is, what its text looks like, and the cheapest way to change either.

Strokes of one frame are drawn look by look, not line by line: a true colour costs twice what a way across the screen does, and in
between nobody sees the frame. Imports no Textual.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

Look = tuple[frozenset[str], str, str]
"""Attributes, foreground and background, as SGR writes them; no colour is an empty string."""

PLAIN: Look = (frozenset(), "", "")

_ON = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29", "53": "55"}
"""What turns each attribute off again."""
_UNSEEN_ON_BLANKS = frozenset({"1", "2", "3"})
"""Attributes that a blank looks the same with."""
_LONG_BLANKS = re.compile(" {11,}| {5,}$")
"""Blanks that cost more to send than to erase, and to step over where something follows."""


class Stroke(NamedTuple):
    """Text of one look, every character one cell wide, in reading order of its place."""

    row: int
    column: int
    text: str
    look: Look


class Pen:
    """One terminal's cursor and style, and what is to be sent."""

    def __init__(self, *, erases: bool) -> None:
        """`erases`: the terminal gives cells that it erases the background colour in force."""
        self.erases = erases
        self._sent: list[str] = []
        self._promised = ""
        """What goes before the next piece that is sent."""
        self._there: tuple[int, int] | None = None
        """Where the cursor is; None where that isn't known."""
        self._look: Look | None = None
        """What the terminal writes with; None where that isn't known."""

    # Sending

    def promise(self, sequence: str) -> None:
        """Sends this, too, if anything is sent."""
        self._promised = sequence

    def has_kept(self) -> bool:
        """Whether nothing is promised any more; what still was is taken back."""
        kept, self._promised = not self._promised, ""
        return kept

    def send(self, piece: str) -> None:
        """Sends a piece as it is."""
        if self._promised:
            self._sent.append(self._promised)
            self._promised = ""
        self._sent.append(piece)

    @property
    def has_sent(self) -> bool:
        """Whether there is anything to take."""
        return bool(self._sent)

    def taken(self) -> str:
        """What was sent since it was asked last."""
        sent = "".join(self._sent)
        self._sent.clear()
        return sent

    def forget(self) -> None:
        """Nothing is known of the cursor and the style any more."""
        self._there = self._look = None

    def forget_place(self) -> None:
        """Nothing is known of the cursor."""
        self._there = None

    # Drawing

    def draw(self, strokes: Iterable[Stroke]) -> None:
        """Draws strokes, no two of which share a cell, look by look."""
        looks = _by_look(strokes)
        for look in self._in_cheap_order(looks):
            for row, column, text in _joined(looks[look]):
                self.write(row, column, text, look)

    def _in_cheap_order(self, looks: Collection[Look]) -> Sequence[Look]:
        """Looks in the better of two orders: as they came, and the nearest first, which may leave the dearest changes for the end."""
        ways = [list(looks), self._nearest_first(looks)]
        return min(ways, key=lambda way: sum(len(change(*step)) for step in pairwise([self._look, *way])))

    def _nearest_first(self, looks: Collection[Look]) -> list[Look]:
        """Each time the look that costs least to change to."""
        left, way, now = list(looks), [], self._look
        while left:
            now = min(left, key=lambda look: len(change(now, look)))
            left.remove(now)
            way.append(now)
        return way

    def write(self, row: int, column: int, text: str, look: Look) -> None:
        """Writes text, one cell a character."""
        self.set_look(look)
        end = 0
        if self.erases and not look[0] - _UNSEEN_ON_BLANKS:
            for blanks in _LONG_BLANKS.finditer(text):
                self._put(row, column + end, text[end : blanks.start()])
                self.go(row, column + blanks.start())
                self.send(f"\x1b[{len(blanks[0])}X")
                end = blanks.end()
        self._put(row, column + end, text[end:])

    def _put(self, row: int, column: int, text: str) -> None:
        if text:
            self.go(row, column)
            self.send(text)
            self._there = (row, column + len(text))

    def set_look(self, look: Look) -> None:
        """What follows looks like this."""
        if self._look != look:
            self.send(f"\x1b[{change(self._look, look)}m")
            self._look = look

    def go(self, row: int, column: int) -> None:
        """Moves the cursor."""
        if self._there != (row, column):
            self.send(_way(self._there, row, column))
            self._there = (row, column)


def _by_look(strokes: Iterable[Stroke]) -> dict[Look, list[Stroke]]:
    """Strokes in the order of their places; blanks with any look that they look the same with."""
    looks: defaultdict[Look, list[Stroke]] = defaultdict(list)
    blanks = []
    for stroke in strokes:
        if stroke.text.isspace():
            blanks.append(stroke)
        else:
            looks[stroke.look].append(stroke)
    for stroke in blanks:
        looks[next((look for look in looks if on_blanks(look) == stroke.look), stroke.look)].append(stroke)
    for of_look in looks.values():
        of_look.sort()
    return dict(looks)


def _joined(strokes: Iterable[Stroke]) -> Iterator[tuple[int, int, str]]:
    """Strokes of one look, those that touch as one."""
    row = column = 0
    text = ""
    for stroke in strokes:
        if text and stroke.row == row and stroke.column == column + len(text):
            text += stroke.text
            continue
        if text:
            yield row, column, text
        row, column, text = stroke.row, stroke.column, stroke.text
    if text:
        yield row, column, text


def _way(there: tuple[int, int] | None, row: int, column: int) -> str:
    """The shortest way to a cell. In the last column a cursor may stand beyond it: from there only what names the column is sure."""
    anywhere = f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H" if row else "\x1b[H"
    if there is None:
        return anywhere
    if there[0] == row:
        if column == 0:
            return "\r"
        by = column - there[1]
        return f"\x1b[{by if by > 1 else ''}C" if by > 0 else f"\x1b[{column + 1}G"
    if there[1] == column and column:
        return f"\x1b[{row + 1}d"
    return anywhere


@lru_cache(maxsize=4096)
def on_blanks(look: Look) -> Look:
    """What can be seen of a look where nothing is written."""
    attributes = look[0] - _UNSEEN_ON_BLANKS
    return attributes, look[1] if attributes else "", look[2]


@lru_cache(maxsize=4096)
def look_after(look: Look, codes: str) -> Look:
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
def change(before: Look | None, after: Look) -> str:
    """The shortest codes that make one look of another."""
    anew = ";".join(["0", *sorted(after[0]), *(colour for colour in after[1:] if colour)])
    if before is None:
        return anew
    if before == after:
        return ""
    gone = {_ON[one] for one in before[0] - after[0]}
    codes = sorted(gone)
    codes += sorted(one for one in after[0] if one not in before[0] or _ON[one] in gone)
    codes += [after[1] or "39"] if after[1] != before[1] else []
    codes += [after[2] or "49"] if after[2] != before[2] else []
    return min(";".join(codes), anew, key=len)


def erases(environ: Mapping[str, str]) -> bool:
    """Whether erased cells take the background colour: nearly everywhere, but not in GNU screen, which says so by its name."""
    return "TMUX" in environ or not environ.get("TERM", "").startswith("screen")
