"""From key presses to actions: sequences, counts, and the place the keys go to. Plain Python, no toolkit.

    key press ── spelling ──▶ `pgdn` ── feed ──▶ Command(action, count) | Pending | None
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import lookup

from reader import keys
from reader.actions import BY_ID
from reader.keys import Place

FILTER_KEYS = (("Enter", "to the list"), ("Tab", "complete"), ("Esc", "back"))
"""The keys of the filter bar itself, which are the same for everyone, and what they do."""

_SEARCH_PLACES: tuple[Place, ...] = ("list", "article")
_COUNTS = frozenset("123456789")

GLANCE_KEYS = (
    ("Enter", "add the value to the filter, or take it away; open the card or the story; filter by the period"),
    ("h l", "the section before and after; the period before and after"),
    ("j k", "down and up; a coarser and a finer scale of the timeline"),
    ("-", "leave the value out of the list"),
    ("x", "compare two values: the stories they share, from when to when"),
    ("/", "narrow the values by typing; filter by the name"),
    ("p", "the peak of the timeline"),
    ("R", "rename the entity, or make it one with another by giving it that name"),
    ("I", "no entity: ignore the name from now on"),
    ("w", "watch the entity or the kept search: new stories ring; again for the bell, a notification, off"),
    ("D", "forget the kept search"),
    ("u", "undo the last change to a name, or to a kept search"),
    ("Esc", "back to the list"),
)
"""The keys of the panels for who, where and when, which are the same for everyone, and what they do."""

MAX_COUNT = 1_000_000
"""More than any list is long; digits beyond it change nothing."""


@dataclass(frozen=True, slots=True)
class Command:
    """What a person asked for."""

    action: str
    """An id of the action table, or `@name` to open a kept search."""
    count: int | None = None
    """The number typed before it (`5j`); of a digit that is a key itself, that digit."""
    then: tuple[str, ...] = ()
    """Actions to do after it, of a key that does several."""


@dataclass(frozen=True, slots=True)
class Pending:
    """The key was taken and more are awaited, or a sequence begun was given up."""

    typed: str
    """What is awaited so far, as people read it (`5 g`); empty after giving up."""


class Keymap:
    """The live keys of one session. Holds what was typed of an unfinished sequence."""

    def __init__(
        self, own: Mapping[str, Sequence[str]] | None = None, macros: Mapping[str, Sequence[str]] | None = None, *, ascii_only: bool = False
    ) -> None:
        """Keys by action and macros as in `keys.table`, which says what is raised."""
        self._own = dict(own or {})
        self._macros = dict(macros or {})
        self._ascii_only = ascii_only
        self._bound = keys.table(self._own, self._macros)
        self._letters: dict[str, str] = {}
        """The letters of kept searches behind `g`, by name."""
        self._place: Place = "list"
        self._typed: tuple[str, ...] = ()
        self._count = 0

    def open_searches(self, names: Collection[str], chosen: Mapping[str, str]) -> None:
        """Gives each kept search its own key, `g` and a letter, whose action is `@name`."""
        if not names and not self._letters:
            return
        self._bound = keys.table(self._own, self._macros)
        self._letters = keys.search_letters(names, chosen, self._bound)
        for name, letter in self._letters.items():
            for place in _SEARCH_PLACES:
                self._bound[place]["g", letter] = (f"@{name}",)

    def label_of_search(self, name: str) -> str:
        """The key of a kept search as people read it; empty for none."""
        return f"g {self._letters[name]}" if name in self._letters else ""

    def searches(self) -> tuple[tuple[str, str], ...]:
        """Each kept search that has a key: the key and `@name`."""
        return tuple((self.label_of_search(name), f"@{name}") for name in self._letters)

    def feed(self, key: str, place: Place) -> Command | Pending | None:
        """What `key`, in the spelling of `reader.keys`, means now in `place`; None for a key that means nothing there."""
        if place != self._place:
            self.reset()
            self._place = place
        if key == "escape" and self.reset():
            return Pending("")
        typed = (*self._typed, key)
        bound = self._bound[place]
        if actions := bound.get(typed):
            count = self._count or (int(key) if key in _COUNTS else None)
            self.reset()
            return Command(actions[0], count, actions[1:])
        if any(sequence[: len(typed)] == typed for sequence in bound):
            self._typed = typed
            return self._pending()
        if not self._typed and place != "filter" and self._add_digit(key):
            return self._pending()
        return Pending("") if self.reset() else None

    def begins(self, key: str, place: Place) -> str | None:
        """The action that a key does all by itself in a place, with nothing typed before it."""
        actions = None if self._typed or self._count else self._bound[place].get((key,))
        return actions[0] if actions else None

    def binds(self, key: str) -> bool:
        """Whether a key is one of any sequence, wherever. Safe on any thread."""
        return any(key in sequence for place in list(self._bound.values()) for sequence in list(place))

    def reset(self) -> bool:
        """Forget what was typed of a sequence; whether there was anything."""
        had_any = bool(self._typed or self._count)
        self._typed, self._count = (), 0
        return had_any

    def keys_of(self, action_id: str) -> tuple[str, ...]:
        """The keys of an action, the one to teach first."""
        return tuple(keys.normalise(key) for key in self._own.get(action_id, BY_ID[action_id].keys))

    def labels_of(self, action_id: str) -> tuple[str, ...]:
        """The keys of an action as people read them."""
        return tuple(keys.label(key, ascii_only=self._ascii_only) for key in self.keys_of(action_id))

    def macros(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each key that does several actions, as people read it, and the actions."""
        return tuple(
            (keys.label(keys.normalise(key), ascii_only=self._ascii_only), tuple(actions)) for key, actions in self._macros.items()
        )

    def _pending(self) -> Pending:
        typed = [str(self._count)] if self._count else []
        return Pending(" ".join(typed + [keys.label(key, ascii_only=self._ascii_only) for key in self._typed]))

    def _add_digit(self, key: str) -> bool:
        """Take `key` as a digit of the count, if it can be one; a count doesn't begin with 0."""
        if key not in _COUNTS and not (key == "0" and self._count):
            return False
        self._count = min(self._count * 10 + int(key), MAX_COUNT)
        return True


def spelling(key: str, character: str | None) -> str:
    """A key press as Textual reports it, in the spelling of `reader.keys`. Never raises."""
    if character is not None and character.isprintable() and character != " " and len(character) == 1:
        return character
    *modifiers, name = key.split("+")
    try:
        return keys.normalise("+".join([*modifiers, _character_named(name)]))
    except ValueError:
        return key


def _character_named(name: str) -> str:
    """Textual spells signs by their names in Unicode (`circumflex_accent`)."""
    try:
        return lookup(name.replace("_", " "))
    except KeyError:
        return name
