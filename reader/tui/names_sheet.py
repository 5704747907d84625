"""Everyone and everything that an article names, to choose one whose card is wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.message import Message

from reader.model import Entity, Facet
from reader.tui.cells import fit
from reader.tui.entity_card import KIND_NAMES
from reader.tui.picker import Entry, Piece, note
from reader.tui.sheet import Sheet

_COUNT = 7
_KIND = 13


@dataclass(frozen=True, slots=True)
class NameWishes:
    """What the sheet wants done."""

    open_card: Callable[[Entity], object]
    filter_by: Callable[[Entity], object]


class NamesSheet(Sheet[Entity]):
    """The names of one article, most mentioned first."""

    @dataclass
    class Named(Message):
        """What the article names, each with its stories in the archive."""

        names: tuple[Facet, ...]

    def __init__(self, headline: str, wishes: NameWishes, *, ascii_only: bool = False) -> None:
        super().__init__(f"Named in {headline}", "Enter card  Esc back  / filter by it", ascii_only=ascii_only)
        self._wishes = wishes

    def on_mount(self) -> None:
        """Shows that reading has begun."""
        self.picker.show([note("reading…")])
        self.is_filled = False

    @on(Named)
    def _named(self, event: Named) -> None:
        event.stop()
        entries = [name_entry(facet) for facet in event.names]
        self.picker.show(entries or [note("no person, organisation or place is named here")])
        self.filled()

    def choose(self, value: Entity) -> None:
        """Opens the card."""
        self._wishes.open_card(value)

    def press(self, key: str) -> bool:
        """Filters by the name under the cursor."""
        if key != "/" or self.picker.chosen is None:
            return False
        self._wishes.filter_by(self.picker.chosen)
        return True


def name_entry(facet: Facet) -> Entry[Entity]:
    """A name, what it is, and how many stories have it."""
    kind = facet.kind or "other"

    def draw(width: int) -> list[Piece]:
        room = max(width - _KIND - _COUNT - 2, 1)
        name: Piece = (f" {fit(facet.value, room)} ", "name")
        return [name, (fit(KIND_NAMES[kind], _KIND), "note"), (f"{facet.count:>{_COUNT},}", "count")]

    return Entry(draw, Entity(facet.value, kind))
