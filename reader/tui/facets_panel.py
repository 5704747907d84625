"""Who, where and what an answer is about: its people, organisations, places and labels, counted beside the list.

The panel stands beside the list, and the list behind it answers at once: choosing a value puts its term into the filter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, Static

from reader.clean import clean_line
from reader.model import Entity, Facet, Kind
from reader.query.fold import fold
from reader.query.refine import Held
from reader.tui.bars import lying, strokes
from reader.tui.cells import fit, fit_clean
from reader.tui.picker import Entry, Piece, note
from reader.tui.sheet import Sheet

SECTIONS: tuple[tuple[str, str], ...] = (
    ("person", "People"),
    ("org", "Organisations"),
    ("place", "Places"),
    ("category", "Categories"),
    ("source", "Sources"),
    ("language", "Languages"),
    ("tag", "Tags"),
)
"""The fields that an answer is counted by, and what they are called."""
_COUNT = 7
_WIDEST_BAR = 16
_NAMES: Mapping[str, Kind] = {"person": "person", "org": "org", "place": "place"}
"""The fields whose values are names that a person may mend."""
_KEYS = "Enter add  Esc back  - without  x compare\n/ narrow  R rename or merge  I ignore  u undo"


@dataclass(frozen=True, slots=True)
class Pick:
    """A value of a field."""

    field: str
    facet: Facet


@dataclass(frozen=True, slots=True)
class FacetWishes:
    """What the panel asks for and wants done."""

    begin: Callable[[], object]
    """Gives the panel the answer, where it is known; asked for once, when the panel is there."""
    count: Callable[[str], object]
    """Counts every field, this one first; `Counted` for each follows."""
    toggle: Callable[[str, str, bool], object]
    """Adds a field's value to the filter, or leaves it out; or takes that back."""
    compare: Callable[[Pick, Pick], object]
    """Counts the stories that two have in common; `Compared` follows."""
    rename: Callable[[Entity, str], str]
    """Has an entity called otherwise; as another one is called, it becomes one with it. What is wrong with that, or nothing."""
    ignore: Callable[[Entity], str]
    """Leaves an entity out from now on; what is wrong with that, or nothing."""
    undo: Callable[[], str]
    """Takes the last change to a name back; what to say of it."""


@dataclass(frozen=True, slots=True)
class _Picks:
    """The values of a field as entries."""

    field: str
    facets: tuple[Facet, ...]
    most: int
    draw: Callable[[Pick, int, int], list[Piece]]

    def __len__(self) -> int:
        return len(self.facets)

    def __getitem__(self, index: int, /) -> Entry[Pick]:
        pick = Pick(self.field, self.facets[index])
        return Entry(lambda width: self.draw(pick, self.most, width), pick)


class FacetsPanel(Sheet[Pick]):
    """The facets of the answer, one field at a time."""

    DEFAULT_CSS = """
    FacetsPanel {
        align: right top;
        .sheet { max-width: 52; max-height: 100%; margin: 1 0 0 0; }
        #facets-narrow { display: none; height: 1; border: none; padding: 0 1; }
        #facets-name { display: none; height: 1; border: none; padding: 0 1; }
        #facets-shared, #facets-said { display: none; height: auto; padding: 0 1; }
        .sheet-keys { height: 2; }
    }
    """

    @dataclass
    class Counted(Message):
        """One field of the answer is counted."""

        turn: int
        field: str
        facets: tuple[Facet, ...]

    @dataclass
    class Compared(Message):
        """What two have in common, in words."""

        words: str

    def __init__(self, wishes: FacetWishes, *, ascii_only: bool = False) -> None:
        super().__init__("Who, where, what", _KEYS, ascii_only=ascii_only)
        self._wishes = wishes
        self._strokes = strokes(ascii_only=ascii_only)
        self._marks: dict[Held | None, str] = {"with": "+", "without": "-" if ascii_only else "−", None: " "}
        self._section = 0
        self._held: Mapping[tuple[str, str], Held] = {}
        self._found: dict[str, tuple[Facet, ...]] = {}
        self._turn = 0
        """Counts of an older turn are of another answer."""
        self._narrowed = ""
        self._compared: list[Pick] = []
        self._narrow = Input(placeholder="type to narrow", compact=True, id="facets-narrow")
        self._narrow.cursor_blink = False
        self._naming = Input(compact=True, id="facets-name")
        self._naming.cursor_blink = False
        self._sections = Static(id="facets-sections", classes="sheet-line", markup=False)
        self._said = Static(id="facets-said", markup=False)
        self._shared = Static(id="facets-shared", markup=False)
        self._renamed: Entity | None = None
        """Whom the name that is typed is for."""

    def above(self) -> ComposeResult:
        """The sections, and the words that narrow them."""
        yield self._sections
        yield self._narrow

    def below(self) -> ComposeResult:
        """Where another name is typed, what became of it, and what two have in common."""
        yield self._naming
        yield self._said
        yield self._shared

    def on_mount(self) -> None:
        """Asks for the answer."""
        self._show()
        self._wishes.begin()

    def on_unmount(self) -> None:
        """Lets go of what was counted: the search that finds the rest of the panel gone would stop everything for as long as that takes."""
        self._found.clear()
        self.picker.show([])

    @property
    def field(self) -> str:
        """The field that is shown."""
        return SECTIONS[self._section][0]

    def take_answer(self, title: str, held: Mapping[tuple[str, str], Held], turn: int) -> None:
        """Counts anew for another answer, which may come before the panel is there; what is shown stays until its successor is known."""
        self._turn, self._held = turn, held
        self.entitle(title)
        self._wishes.count(self.field)
        self._tell_compared()

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        event.stop()
        if event.turn == self._turn:
            self._found[event.field] = event.facets
            self._show_sections()
            if event.field == self.field:
                self._show(self.picker.cursor)
                self.filled()

    @on(Compared)
    def _compared_in_words(self, event: Compared) -> None:
        event.stop()
        self._tell_shared(event.words)

    # -- keys ------------------------------------------------------------------------------------------------------

    def choose(self, value: Pick) -> None:
        """Adds the value to the filter, or takes it away again."""
        self._wishes.toggle(value.field, value.facet.value, False)

    def press(self, key: str) -> bool:
        """Sections, leaving out, comparing, narrowing, names."""
        self._say("")
        chosen = self.picker.chosen
        if key in ("l", "right", "tab"):
            self._turn_to(self._section + 1)
        elif key in ("h", "left", "shift+tab"):
            self._turn_to(self._section - 1)
        elif key == "-" and chosen is not None:
            self._wishes.toggle(chosen.field, chosen.facet.value, True)
        elif key == "x" and chosen is not None:
            self._compare(chosen)
        elif key in ("R", "I", "u"):
            self._mend(key, chosen)
        elif key == "/":
            self._narrow.display = True
            self._narrow.focus()
        else:
            return False
        return True

    def _mend(self, key: str, chosen: Pick | None) -> None:
        """Renames, ignores, or takes that back."""
        entity = Entity(chosen.facet.value, _NAMES[chosen.field]) if chosen is not None and chosen.field in _NAMES else None
        if key == "u":
            self._say(self._wishes.undo())
        elif entity is None:
            self._say("only people, organisations and places can be renamed or ignored")
        elif key == "I":
            self._say(self._wishes.ignore(entity) or f"ignored: {entity.name} · u undoes")
        else:
            self._renamed = entity
            self._naming.display = True
            self._naming.value = entity.name
            self._naming.focus()

    @on(Input.Submitted, "#facets-name")
    def _named(self, event: Input.Submitted) -> None:
        event.stop()
        self._end_naming()
        name, entity = " ".join(event.value.split()), self._renamed
        if entity is not None and name not in ("", entity.name):
            self._say(self._wishes.rename(entity, name) or f"{entity.name} is now {name} · u undoes")

    def _end_naming(self) -> None:
        self._naming.display = False
        self.set_focus(None)

    def on_key(self, event: Key) -> None:
        """While words that narrow, or a name, are typed, only the keys that end it and move are keys."""
        if self.focused is self._naming:
            if event.key == "escape":
                self._end_naming()
                event.stop()
            return
        if self.focused is not self._narrow:
            super().on_key(event)
            return
        if event.key == "escape":
            self._narrow.value = ""
        if event.key in ("escape", "enter"):
            self._narrow.display = bool(self._narrow.value)
            self.set_focus(None)
        elif event.key in ("down", "up"):
            self.picker.move(1 if event.key == "down" else -1)
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Input.Changed, "#facets-narrow")
    def _narrowed_by(self, event: Input.Changed) -> None:
        event.stop()
        self._narrowed = fold(event.value).strip()
        self._show()

    def _turn_to(self, section: int) -> None:
        self._section = section % len(SECTIONS)
        self._show()
        self._show_sections()

    def _compare(self, pick: Pick) -> None:
        others = [each for each in self._compared if (each.field, each.facet.value) != (pick.field, pick.facet.value)]
        self._compared = others if len(others) < len(self._compared) else [*others[-1:], pick]
        self._tell_compared()
        self.picker.refresh()

    def _tell_compared(self) -> None:
        """Asks what the two have in common, or says what is missing for that."""
        if len(self._compared) == 2:
            self._wishes.compare(*self._compared)
        else:
            self._tell_shared("".join(f"{pick.facet.value}: x on another compares the two" for pick in self._compared))

    # -- showing ---------------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Fits the names of the sections."""
        self._show_sections()

    def _show_sections(self) -> None:
        counts = {field: len(facets) for field, facets in self._found.items()}
        self._sections.update(sections_line(self._section, counts, self._sections.size.width - 2), layout=False)

    def _show(self, cursor: int = 0) -> None:
        found = self._found.get(self.field)
        self.is_filled = found is not None
        if found is None:
            self.picker.show([note("counting…")])
            return
        facets = (*found, *self._left_out(found))
        if self._narrowed:
            facets = tuple(facet for facet in facets if self._narrowed in fold(facet.value))
        most = max((facet.count for facet in facets), default=0)
        self.picker.show(_Picks(self.field, facets, most, self._draw) if facets else [note("none")], cursor)

    def _left_out(self, found: Sequence[Facet]) -> list[Facet]:
        """The values that the filter leaves out: nothing in the answer has them, but they can be taken back."""
        held = [value for (field, value) in self._held if field == self.field]
        return [Facet(value, 0) for value in held if all(facet.value != value for facet in found)]

    def _draw(self, pick: Pick, most: int, width: int) -> list[Piece]:
        facet = pick.facet
        bar = min(max((width - _COUNT) // 3, 4), _WIDEST_BAR)
        name = width - 3 - _COUNT - 1 - bar
        is_compared = (pick.field, facet.value) in [(each.field, each.facet.value) for each in self._compared]
        marks = ("x" if is_compared else " ") + self._marks[self._held.get((pick.field, facet.value))] + " "
        drawn = lying(facet.count, most, bar, self._strokes)
        return [(marks, "mark"), (fit(facet.value, name), "name"), (f"{facet.count:>{_COUNT},} ", "count"), (fit_clean(drawn, bar), "bar")]

    def _tell_shared(self, words: str) -> None:
        _tell(self._shared, words)

    def _say(self, words: str) -> None:
        _tell(self._said, words)


def _tell(shown: Static, words: str) -> None:
    shown.display = bool(words)
    shown.update(clean_line(words), layout=bool(words))


def sections_line(current: int, counts: Mapping[str, int], width: int) -> str:
    """The names of the sections with how many values each has, the current one in brackets and always in sight; `…` for the rest."""
    names = [f"{name} {counts[field]:,}" if field in counts else name for field, name in SECTIONS]
    names[current] = f"[{names[current]}]"

    def told(first: int, last: int) -> str:
        return "  ".join([*(["…"] if first else []), *names[first:last], *(["…"] if last < len(names) else [])])

    first, last = current, current + 1
    while True:
        if last < len(names) and len(told(first, last + 1)) <= width:
            last += 1
        elif first > 0 and len(told(first - 1, last)) <= width:
            first -= 1
        else:
            return told(first, last)
