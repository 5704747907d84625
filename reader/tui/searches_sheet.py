"""The kept searches and what else is watched: keys, names, how much is unread and new in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.message import Message

from reader.tui.cells import fit, fit_clean
from reader.tui.picker import Entry, Piece, heading, note
from reader.tui.sheet import Sheet

_KEYS = "Enter open  w watch  D forget  u undo  Esc back"
_KEY, _COUNT, _WAY = 6, 9, 8
_WIDE = 64
"""Cells from which there is room for the filter itself."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the sheet."""

    opens: str
    """The filter that opens it: `@name`, or the text of a filter that is only watched."""
    name: str
    text: str
    """What the name stands for; empty for a filter without a name."""
    key: str
    """Its own key, as people read it; empty for none."""
    way: str
    """How new matches ring; empty for one that isn't watched."""
    wrong: str = ""
    """Why it can't be used, told in the place of the filter; empty where it can."""


@dataclass(frozen=True, slots=True)
class SearchWishes:
    """What the sheet asks for and wants done."""

    kept: Callable[[], Sequence[Kept]]
    count: Callable[[str], object]
    """Has a filter counted, which is answered with `Counted`."""
    open: Callable[[str], object]
    watch: Callable[[str], str]
    """Watches in the next way; what to say of it."""
    forget: Callable[[str], str]
    undo: Callable[[], str]


class SearchesSheet(Sheet[str]):
    """Searches to choose from."""

    @dataclass
    class Counted(Message):
        """How much of a filter's answer is unread, and new since the last visit."""

        opens: str
        unread: int
        new: int

    def __init__(self, wishes: SearchWishes, *, ascii_only: bool = False) -> None:
        super().__init__("Kept searches", _KEYS, ascii_only=ascii_only)
        self._wishes = wishes
        self._counts: dict[str, tuple[int, int]] = {}

    def on_mount(self) -> None:
        """Shows what is known, and has the rest counted."""
        self._show()
        for kept in self._wishes.kept():
            if not kept.wrong:
                self._wishes.count(kept.opens)

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        event.stop()
        self._counts[event.opens] = (event.unread, event.new)
        self._show()

    def _show(self) -> None:
        kept = self._wishes.kept()
        if not kept:
            self.picker.show([note(" nothing is kept and nothing watched any more")])
            return
        titles = f"{'unread':>{_COUNT}}{'new':>{_COUNT}}"
        lines: list[Entry[str]] = [Entry(lambda width: [(" " * (width - len(titles) - _rest(width)) + titles, "note")])]
        lines += [self._line(each) for each in kept if each.text]
        if unnamed := [each for each in kept if not each.text]:
            lines += [note(""), heading(" Watched"), *(self._line(each) for each in unnamed)]
        self.picker.show(lines, self.picker.cursor)

    def _line(self, kept: Kept) -> Entry[str]:
        counts = self._counts.get(kept.opens)
        unknown = "" if kept.wrong else "…"
        unread, new = (f"{number:,}" for number in counts) if counts else (unknown, unknown)

        def draw(width: int) -> list[Piece]:
            rest = _rest(width)
            name = width - _KEY - 2 * _COUNT - rest
            pieces: list[Piece] = [(f" {kept.key:<{_KEY - 1}}", "mark"), (fit(kept.name, name), "name")]
            pieces += [(f"{unread:>{_COUNT}}{new:>{_COUNT}}", "count")]
            way = "watched" if kept.way == "status" else kept.way
            if rest:
                pieces += [(f"  {fit_clean(way, _WAY)}", "mark"), (fit(kept.wrong or kept.text, rest - _WAY - 2), "note")]
            return pieces

        return Entry(draw, kept.opens)

    def choose(self, value: str) -> None:
        """Opens a search."""
        self._wishes.open(value)

    def press(self, key: str) -> bool:
        """Watching and forgetting."""
        chosen = self.picker.chosen
        if key == "u":
            said = self._wishes.undo()
        elif key == "w" and chosen is not None:
            said = self._wishes.watch(chosen)
        elif key == "D" and chosen is not None:
            said = self._wishes.forget(chosen)
        else:
            return False
        self.entitle(f"Kept searches · {said}")
        self._show()
        return True


def _rest(width: int) -> int:
    """The cells behind the counts."""
    return _WAY + 2 + (width // 3 if width >= _WIDE else 0)
