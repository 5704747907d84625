"""What is sent with thrift leaves the same screen behind as what Textual wrote, and never more bytes."""

from __future__ import annotations

import re

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.thrift import Thrift

COLUMNS, ROWS = 24, 6

looks = st.sampled_from(
    ["", "1", "3", "7", "1;3", "38;2;10;20;30", "48;2;1;2;3", "1;38;2;10;20;30;48;2;1;2;3", "39;49", "9;31", "4;97;44", "2;38;5;12"]
)
texts = st.one_of(st.text(st.sampled_from("ab  Zé│▐日本ก́😀"), min_size=1, max_size=10), st.integers(10, 20).map(lambda count: " " * count))


@st.composite
def frames(draw: st.DrawFn) -> list[str]:
    """Frames as Textual writes them: each line placed, each piece with a look of its own and a reset behind it."""
    written = []
    for _ in range(draw(st.integers(1, 6))):
        frame = "\x1b[?2026h" if draw(st.booleans()) else ""
        for _ in range(draw(st.integers(0, 5))):
            row, column = draw(st.integers(1, ROWS)), draw(st.integers(1, COLUMNS - 1))
            frame += f"\x1b[{row};{column}H"
            room = COLUMNS - column + 1
            for text in draw(st.lists(texts, max_size=3)):
                fitting = fit(text, room)
                room -= width(fitting)
                frame += f"\x1b[{draw(looks)}m{fitting}\x1b[0m"
            frame += draw(st.sampled_from(["", "\r\n"])) if row < ROWS else ""
        frame += f"\x1b[{draw(st.integers(1, ROWS))};{draw(st.integers(1, COLUMNS))}H"
        written.append(frame + ("\x1b[?2026l" if frame.startswith("\x1b[?") else ""))
    return written


def width(text: str) -> int:
    return sum(2 if ord(character) > 0x2FFF else 1 for character in text)


def fit(text: str, room: int) -> str:
    fitting = ""
    for character in text:
        if width(fitting + character) > room:
            break
        fitting += character
    return fitting


class Terminal:
    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.Stream(self.screen)

    def write(self, data: str) -> None:
        # pyte prints what it doesn't know of synchronised frames.
        self.stream.feed(data.replace("\x1b[?2026h", "").replace("\x1b[?2026l", ""))

    def cells(self) -> list[list[object]]:
        """What a person sees: of a blank nothing but its background and what is drawn on it."""
        return [[seen(self.screen.buffer[row][column]) for column in range(COLUMNS)] for row in range(ROWS)]


def seen(cell: pyte.screens.Char) -> object:
    if cell.data.startswith(" "):
        return cell._replace(fg="default", bold=False, italics=False) if not cell.reverse else cell._replace(bold=False, italics=False)
    return cell


class Gathering:
    """A terminal like tmux: what has no cell of its own is kept in the cell before, until that is written anew."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = [[" "] * COLUMNS for _ in range(ROWS)]
        self.cursor = 0, 0

    def write(self, data: str) -> None:
        row, column = self.cursor
        for first, second, final, text in re.findall(r"\x1b\[[?]?(\d*);?([\d;]*)([A-Za-z])|([^\x1b])", data):
            count = int(first or 1)
            if text == "\r":
                column = 0
            elif text in ("\u2068", "\u2069"):
                self.rows[row][column - 1] += text
            elif text:
                self.rows[row][column : column + width(text)] = [text, *[""] * (width(text) - 1)]
                column += width(text)
            elif final == "H":
                row, column = count - 1, int(second or 1) - 1
            elif final == "C":
                column += count
            elif final == "G":
                column = count - 1
            elif final == "d":
                row = count - 1
            elif final == "X":
                self.rows[row][column : column + count] = [" "] * count
        self.cursor = row, column


FIELDS = st.sampled_from(["ab", "cd", "\u2068אב\u2069", "\u2068גד\u2069", "日", "1"])


@given(st.lists(st.tuples(st.integers(0, 1), st.lists(st.tuples(FIELDS, looks), min_size=6, max_size=6)), min_size=1, max_size=8))
def test_marks_without_a_cell_are_neither_gathered_nor_lost(rows: list[tuple[int, list[tuple[str, str]]]]) -> None:
    thrift, there, last = Thrift(), Gathering(), {}
    for row, fields in rows:
        line = "".join(f"\x1b[{look}m{'' if field == '日' else ' '}{field}\x1b[0m" for field, look in fields)
        line += " " * (COLUMNS - 2 - sum(width(re.sub("[\u2068\u2069]", "", field)) + (field != "日") for field, _ in fields))
        there.write(thrift.spend(f"\x1b[?2026h\x1b[{row + 1};1H\x1b[0m.{line}\x1b[?2026l"))
        last[row] = line
    alone = Gathering()
    for row, line in last.items():
        alone.write(f"\x1b[{row + 1};1H.{line}")
    assert [there.rows[row] for row in last] == [alone.rows[row] for row in last]


@given(frames(), st.booleans())
def test_the_screen_left_behind_is_the_same(written: list[str], erases: bool) -> None:
    straight, thrifty, thrift = Terminal(), Terminal(), Thrift(erases=erases)
    for frame in written:
        straight.write(frame)
        thrifty.write(thrift.spend(frame))
        assert thrifty.cells() == straight.cells()


@given(st.lists(st.tuples(looks, texts), max_size=4))
def test_the_same_line_again_costs_nothing(pieces: list[tuple[str, str]]) -> None:
    line = "\x1b[2;1H" + "".join(f"\x1b[{look}ma{text}\x1b[0m" for look, text in pieces) + "\x1b[1;1H"
    thrift = Thrift()
    thrift.spend(line)
    assert thrift.spend(line) == ""


@pytest.mark.parametrize(
    ("first", "second", "sent"),
    [
        ("\x1b[1;1Habcdefghij", "\x1b[1;1HabcdefghiX", "\x1b[10GX"),
        ("\x1b[1;1H\x1b[1mabc\x1b[0m", "\x1b[1;1H\x1b[1mabd\x1b[0m", "\x1b[3Gd"),
        ("\x1b[1;1H\x1b[1mabc\x1b[0m", "\x1b[1;1Habc", "\x1b[0m\rabc"),
        ("\x1b[2;1Habc", "\x1b[2;1Habc", ""),
    ],
)
def test_only_what_looks_different_is_sent(first: str, second: str, sent: str) -> None:
    thrift = Thrift()
    thrift.spend(first)
    assert thrift.spend(second) == sent


def test_after_forgetting_everything_is_sent_anew() -> None:
    thrift = Thrift()
    thrift.spend("\x1b[1;1Habc")
    thrift.forget()
    assert "abc" in thrift.spend("\x1b[1;1Habc")


def test_control_characters_in_text_never_pass() -> None:
    sent = Thrift().spend("\x1b[1;1Ha\x0eb\x9bc\x00d\x7fe")
    assert not {"\x0e", "\x9b", "\x00", "\x7f"} & set(sent)
    assert [character for character in sent if character in "abcde"] == list("abcde")


def test_modes_and_questions_pass_as_they_are() -> None:
    written = "\x1b[?1049h\x1b[?25l\x1b[>25u\x1b[?2026$p\x1b]22;default\x07"
    assert Thrift().spend(written).startswith(written)


def test_the_shell_s_cursor_stays_where_it_was_left() -> None:
    thrift = Thrift()
    thrift.spend("\x1b[?1049h\x1b[H\x1b[3;7Hnews\x1b[1;2H")
    assert thrift.spend("\x1b[?1049l") + thrift.spend("\x1b[?25h\x1b[?1004l") == "\x1b[?1049l\x1b[?25h\x1b[?1004l"
    assert "\x1b[3;7Hnews" in thrift.spend("\x1b[?1049h") + thrift.spend("\x1b[3;7Hnews")
