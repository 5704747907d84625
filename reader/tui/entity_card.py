"""The card of an entity: its names, when it was in the news, the company it keeps, its latest stories.

From here it can be filtered by, and its name mended: called otherwise, made one with another, or ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.events import Key
from textual.message import Message
from textual.widgets import Input

from reader.clean import clean_line
from reader.index.insight import Card
from reader.model import ArticleId, Entity, Facet, HeadlineRow, Kind
from reader.query.periods import Histogram, squeezed
from reader.tui.bars import Strokes, lying, row_of_bars, strokes
from reader.tui.cells import fit, fit_clean
from reader.tui.picker import Entry, Piece, heading, note
from reader.tui.sheet import Sheet
from reader.tui.story_entries import story_entry

KIND_NAMES: Mapping[Kind, str] = {"person": "person", "org": "organisation", "place": "place", "other": "other"}
_KEYS = "Enter open  Esc back  / filter by it  w watch  R rename or merge  I ignore  u undo"
_COMPANY = 10
_LATEST = 8
_COUNT = 7
_WIDEST_BAR = 16

Choice = Entity | ArticleId | Literal["filter"]
"""What can be chosen on a card: another entity, a story, or the stories of this one."""


@dataclass(frozen=True, slots=True)
class CardWishes:
    """What the card asks for and wants done."""

    rows: Callable[[Sequence[ArticleId]], tuple[HeadlineRow, ...]]
    open_card: Callable[[Entity], object]
    open_story: Callable[[ArticleId], object]
    filter_by: Callable[[Entity], object]
    watch: Callable[[Entity], str]
    """Watches for stories that name it, in the next way; what to say of it."""
    rename: Callable[[Entity, str], object]
    """Has the entity called otherwise; as another one is called, it becomes one with it."""
    ignore: Callable[[Entity], object]
    undo: Callable[[], object]
    """Takes the last change to a name back."""


class EntityCard(Sheet[Choice]):
    """What the archive knows of one entity."""

    DEFAULT_CSS = """
    EntityCard {
        #card-name { display: none; height: 1; border: none; padding: 0 1; }
    }
    """

    @dataclass
    class Known(Message):
        """The card is filled in; None where no story names the entity."""

        entity: Entity
        card: Card | None
        histogram: Histogram

    def __init__(self, name: str, wishes: CardWishes, *, ascii_only: bool = False) -> None:
        super().__init__(name, _KEYS, ascii_only=ascii_only)
        self._entity: Entity | None = None
        """Whom the card is of, once that is known."""
        self._wishes = wishes
        self._strokes = strokes(ascii_only=ascii_only)
        self._typing = Input(compact=True, id="card-name")
        self._typing.cursor_blink = False

    def below(self) -> ComposeResult:
        """Where another name is typed."""
        yield self._typing

    def on_mount(self) -> None:
        """Shows that reading has begun."""
        self.picker.show([note("reading…")])
        self.is_filled = False

    @on(Known)
    def _known(self, event: Known) -> None:
        event.stop()
        self._entity = event.entity
        self.entitle(_title(event.entity))
        entries = list(self._entries(event.card, event.histogram)) if event.card is not None else [note("no story names it now")]
        self.picker.show(entries)
        self.filled()

    def tell(self, words: str) -> None:
        """Says in the place of the title what went wrong."""
        self.entitle(words)

    # -- keys ------------------------------------------------------------------------------------------------------

    def choose(self, value: Choice) -> None:
        """Filters by it, or opens what is under the cursor."""
        if isinstance(value, Entity):
            self._wishes.open_card(value)
        elif value != "filter":
            self._wishes.open_story(value)
        elif self._entity is not None:
            self._wishes.filter_by(self._entity)

    def press(self, key: str) -> bool:
        """Filtering and names."""
        entity = self._entity
        if key == "u":
            self._wishes.undo()
        elif key == "/" and entity is not None:
            self._wishes.filter_by(entity)
        elif key == "w" and entity is not None:
            self.entitle(f"{_title(entity)} · {self._wishes.watch(entity)}")
        elif key == "I" and entity is not None:
            self._wishes.ignore(entity)
        elif key == "R" and entity is not None:
            self._typing.display = True
            self._typing.value = entity.name
            self._typing.focus()
        else:
            return False
        return True

    def on_key(self, event: Key) -> None:
        """While a name is typed, only the key that leaves it is one."""
        if self.focused is not self._typing:
            super().on_key(event)
        elif event.key == "escape":
            self._end_typing()
            event.stop()

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        self._end_typing()
        name = " ".join(event.value.split())
        if self._entity is not None and name not in ("", self._entity.name):
            self._wishes.rename(self._entity, name)

    def _end_typing(self) -> None:
        self._typing.display = False
        self.set_focus(None)

    # -- showing ---------------------------------------------------------------------------------------------------

    def _entries(self, card: Card, histogram: Histogram) -> Iterator[Entry[Choice]]:
        count = len(card.articles)
        yield Entry(lambda _: [(f" Show the {count:,} stories" if count > 1 else " Show its story", "name")], "filter")
        yield note("")
        others = [f"{facet.value} {facet.count:,}" for facet in card.spellings]
        if len(others) > 1:
            yield note(f" written {clean_line(', '.join(others))}")
        if histogram.counts:
            yield Entry(lambda width: _history(histogram, width, self._strokes))
            yield note(f" {_span(histogram)}")
        if card.company:
            yield note("")
            yield heading(" In company with")
            most = card.company[0].count
            yield from (self._companion(facet, most) for facet in card.company[:_COMPANY])
        yield note("")
        yield heading(" Latest")
        latest: list[tuple[HeadlineRow, Choice]] = [(row, row.id) for row in self._wishes.rows(card.latest[:_LATEST])]
        yield from (story_entry(row, choice) for row, choice in latest)

    def _companion(self, facet: Facet, most: int) -> Entry[Choice]:
        kind = facet.kind or "other"

        def draw(width: int) -> list[Piece]:
            bar = min(max((width - _COUNT) // 4, 4), _WIDEST_BAR)
            words = KIND_NAMES[kind] if width >= 60 else ""
            name = width - _COUNT - bar - 3 - (14 if words else 0)
            drawn = fit_clean(lying(facet.count, most, bar, self._strokes), bar)
            pieces: list[Piece] = [(" " + fit(facet.value, name), "name"), (fit_clean(words, 14) if words else "", "note")]
            return [*pieces, (f"{facet.count:>{_COUNT},} ", "count"), (drawn, "bar")]

        return Entry(draw, Entity(facet.value, kind))


def _title(entity: Entity) -> str:
    return f"{entity.name} · {KIND_NAMES[entity.kind]}"


def _history(histogram: Histogram, width: int, within: Strokes) -> list[Piece]:
    first, last = histogram.period(0), histogram.period(len(histogram.counts) - 1)
    before, behind = f" {first.mark} ", f" {last.mark}"
    bars = row_of_bars(squeezed(histogram.counts, max(width - len(before + behind), 1)), within)
    return [(before, "note"), (bars, "bar"), (behind if len(histogram.counts) > 1 else "", "note")]


def _span(histogram: Histogram) -> str:
    peak = f"most in {histogram.period(histogram.peak).label}: {histogram.counts[histogram.peak]:,}"
    return f"by {histogram.scale}, {peak}" + (f", {histogram.left_out:,} undated" if histogram.left_out else "")
