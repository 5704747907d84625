"""Keys as people write them, in one spelling, and what each does where.

    settings and action table ── normalise ──▶ one spelling ── table ──▶ {place: {sequence: actions}}

A key is a character as it is typed (`j`, `G`, `/`), a name (`space`, `pgdn`, `f5`), or either behind `ctrl+`, `alt+` or `shift+`;
keys pressed one after the other stand apart (`g g`). Nothing here knows a terminal or a toolkit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from itertools import product
from string import ascii_lowercase
from typing import Literal

from reader.actions import ACTIONS, BY_ID, Action

Place = Literal["list", "article", "filter"]
"""Where the keys go to at the moment. In the filter bar only actions that work anywhere have keys, and none that types a character."""
PLACES: tuple[Place, ...] = ("list", "article", "filter")

Sequences = dict[tuple[str, ...], tuple[str, ...]]
"""The actions of each sequence of keys, to be done in this order."""

_NAMED = (
    *("enter", "escape", "tab", "space", "backspace", "delete", "insert"),
    *("home", "end", "pgup", "pgdn", "up", "down", "left", "right"),
    *(f"f{number}" for number in range(1, 25)),
)
_ALIASES = {
    "esc": "escape", "return": "enter", "ret": "enter", "spc": "space", "bs": "backspace", "del": "delete", "ins": "insert",
    "pageup": "pgup", "pagedown": "pgdn", "pgdown": "pgdn", "page_up": "pgup", "page_down": "pgdn",
    "slash": "/", "backslash": "\\", "plus": "+", "minus": "-", "underscore": "_", "comma": ",", "colon": ":", "at": "@",
}  # fmt: skip
_MODIFIERS = {"ctrl": "ctrl", "control": "ctrl", "alt": "alt", "meta": "alt", "option": "alt", "shift": "shift"}
_ORDER = ("ctrl", "alt", "shift")

_ONE_AND_THE_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "escape", "ctrl+h": "backspace", "ctrl+space": "ctrl+@"}
"""What a terminal can't tell apart, because it sends the same byte."""

_OTHER_SPELLING = re.compile(r"(?:\^|[Cc]-|\\[Cc])(.)")
"""Ctrl as newsboat, Emacs and mutt write it."""

_LABELS = {
    "enter": "Enter", "escape": "Esc", "tab": "Tab", "backspace": "Backspace", "delete": "Del", "insert": "Ins",
    "home": "Home", "end": "End", "pgup": "PgUp", "pgdn": "PgDn", "up": "↑", "down": "↓", "left": "←", "right": "→",
}  # fmt: skip
_ASCII_LABELS = {"up": "Up", "down": "Down", "left": "Left", "right": "Right"}


@lru_cache(maxsize=1024)
def normalise(key: str) -> str:
    """`key` in its one spelling, a sequence with single blanks. Raises ValueError that says what to write."""
    pressed = key.split()
    if not pressed:
        raise ValueError("a key is missing; the space bar is written `space`")
    return " ".join(_one(written) for written in pressed)


def label(key: str, *, ascii_only: bool = False) -> str:
    """A normalised key as people read it: `PgDn`, `↓`, `g g`."""
    return " ".join(_label(pressed, ascii_only) for pressed in key.split(" "))


class Clash(ValueError):
    """Two keys that can't both be meant."""

    def __init__(self, key: str, actions: tuple[str, ...], other: str, holder: tuple[str, ...]) -> None:
        if key == other:
            words = f"the key {key!r} is given to both {_named_all(holder)} and {_named_all(actions)}"
        else:
            words = f"{other!r} ({', '.join(holder)}) and {key!r} ({', '.join(actions)}): one is the beginning of the other"
        super().__init__(words)
        self.sides = ((key, actions), (other, holder))
        """Key and actions of both, the one that came later first."""

    def other_of(self, actions: tuple[str, ...]) -> str:
        """What stands against `actions`."""
        return ", ".join(next(each for _, each in self.sides if each != actions))


def table(own: Mapping[str, Sequence[str]], macros: Mapping[str, Sequence[str]] | None = None) -> dict[Place, Sequences]:
    """What every sequence of keys does in every place.

    `own` are the user's keys by action, in stead of the action's own; an empty list takes them away. `macros` are keys that do
    several actions, wherever the first of them works. Raises ValueError for an unknown action or key, and Clash where one key
    would do two things, or would wait for the rest of another.
    """
    bound = {place: _Bound() for place in PLACES}
    for action_id in own:
        known(action_id)
    for action in ACTIONS:
        for key in own.get(action.id, action.keys):
            _bind(bound, action, key, (action.id,))
    for key, actions in (macros or {}).items():
        first, *_ = map(known, actions)
        _bind(bound, first, key, tuple(actions))
    return {place: keys.sequences for place, keys in bound.items()}


def search_letters(names: Iterable[str], chosen: Mapping[str, str], bound: Mapping[Place, Sequences]) -> dict[str, str]:
    """The letter that opens each kept search behind `g`: the chosen one, else the first of its name, else of all, that is free.

    A letter that is bound behind `g`, or was given to a search before, is not free; where none is, a search has none.
    """
    searches = list(names)
    own = [(name, letter) for name in searches for letter in name.casefold() if letter.isalpha()]
    found: dict[str, str] = {}
    for name, letter in (*chosen.items(), *own, *product(searches, ascii_lowercase)):
        if name in searches and name not in found and letter not in found.values() and not holder_of(f"g {letter}", bound):
            found[name] = letter
    return found


def holder_of(key: str, bound: Mapping[Place, Sequences]) -> str | None:
    """The key, bound where the list and the article are, that stands in the way of a normalised one."""
    sequences = (" ".join(each) for place in ("list", "article") for each in bound[place])
    return next((each for each in sequences if is_beginning(key, each)), None)


def known(action_id: str) -> Action:
    """The action of this name. Raises ValueError with the nearest right one."""
    if action_id not in BY_ID:
        raise ValueError(f"unknown action {action_id!r}{_advice(action_id, list(BY_ID))}")
    return BY_ID[action_id]


def is_beginning(key: str, other: str) -> bool:
    """Whether one of two normalised keys is the beginning of the other, or the same."""
    one, another = key.split(" "), other.split(" ")
    shared = min(len(one), len(another))
    return one[:shared] == another[:shared]


def places(action: Action) -> tuple[Place, ...]:
    """Where the keys of `action` work."""
    if action.scope == "both":
        return ("list", "article")
    return PLACES if action.scope == "anywhere" else (action.scope,)


def _bind(bound: Mapping[Place, _Bound], first: Action, key: str, actions: tuple[str, ...]) -> None:
    """Gives a key to some actions wherever the first works. Raises Clash."""
    sequence = normalise(key)
    for place in places(first):
        if place != "filter" or not _types(sequence):
            bound[place].bind(sequence, actions)


def _types(sequence: str) -> bool:
    """Whether a normalised key begins with one that puts a character in a text."""
    first = sequence.split(" ")[0]
    return len(first) == 1 or first == "space"


class _Bound:
    """The keys of one place, as they are given away."""

    def __init__(self) -> None:
        self.sequences: Sequences = {}
        self._begun: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        """By beginning, the sequences that go on from it."""

    def bind(self, key: str, actions: tuple[str, ...]) -> None:
        """Gives a key to some actions. Raises Clash."""
        sequence = tuple(key.split(" "))
        beginnings = [sequence[:end] for end in range(1, len(sequence))]
        for other in (*beginnings, sequence, *self._begun.get(sequence, ())):
            if self.sequences.get(other, actions) != actions:
                raise Clash(key, actions, " ".join(other), self.sequences[other])
        self.sequences[sequence] = actions
        for beginning in beginnings:
            self._begun.setdefault(beginning, []).append(sequence)


def _named_all(actions: tuple[str, ...]) -> str:
    return ", ".join(map(repr, actions))


def _one(written: str) -> str:
    *modifiers, name = _split(written)
    held = {_modifier(modifier, written) for modifier in modifiers}
    base = name if len(name) == 1 and name.isprintable() else _named(name, written)
    if "shift" in held and len(base) == 1 and "ctrl" not in held:
        held.discard("shift")
        base = _shifted(base, written)
    if "ctrl" in held and len(base) == 1:
        base = base.lower()
    spelled = "+".join([*(modifier for modifier in _ORDER if modifier in held), base])
    return _ONE_AND_THE_SAME.get(spelled, spelled)


def _split(written: str) -> list[str]:
    """The parts between plus signs; a last `+` is the key itself."""
    if written == "+":
        return ["+"]
    if written.endswith("++"):
        return [*written[:-2].split("+"), "+"]
    return written.split("+")


def _modifier(written: str, key: str) -> str:
    held = _MODIFIERS.get(written.casefold())
    if held is None:
        near = get_close_matches(written.casefold(), _MODIFIERS, 1, 0.5)
        rest = key[len(written) :]
        raise ValueError(f"unknown key {key!r}" + (f"; did you mean {near[0] + rest!r}?" if near and key.startswith(written) else ""))
    return held


def _named(name: str, key: str) -> str:
    folded = name.casefold()
    base = _ALIASES.get(folded, folded)
    if base in _NAMED or folded in _ALIASES:
        return base
    advice = _advice(folded, [*_NAMED, *_ALIASES])
    if elsewhere := _OTHER_SPELLING.fullmatch(key):
        advice = f"; write 'ctrl+{elsewhere[1].lower()}'"
    elif not advice and name == key and 2 <= len(name) <= 3:
        advice = f"; one key after the other is written {' '.join(name)!r}"
    raise ValueError(f"unknown key {key!r}{advice}")


def _shifted(character: str, key: str) -> str:
    upper = character.upper()
    if upper == character.lower() or len(upper) != 1:
        raise ValueError(f"unknown key {key!r}; write the character that it types, such as `?`")
    return upper


def _advice(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _label(pressed: str, ascii_only: bool) -> str:
    *modifiers, name = _split(pressed)
    shown = (_ASCII_LABELS if ascii_only else {}).get(name) or _LABELS.get(name) or (name.upper() if name in _NAMED[-24:] else name)
    return "+".join([*modifiers, shown])
