"""Which keys are in force: a preset, the user's own keys over it, and keys that do several actions.

    preset ─┐
    keys ───┼─ settled ──▶ bindings ── reader.keys.table ──▶ the live keymap
    macros ─┘
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reader.actions import ACTIONS, BY_ID
from reader.keys import Clash, is_beginning, known, normalise, places, table
from reader.settings.checks import Wrong
from reader.settings.presets import PRESETS

OwnKeys = Mapping[str, tuple[str, ...]]
"""Keys by action."""

Macros = Mapping[str, tuple[str, ...]]
"""Actions by key."""

_WAYS_OUT = ("close", "quit")


@dataclass(frozen=True, slots=True)
class Bindings:
    """Keys that can all be meant."""

    keys: OwnKeys
    """The keys of every action."""
    macros: Macros


def bindings(preset: str, own: OwnKeys, macros: Macros, *, only_own: bool = False) -> Bindings:
    """The keys in force; with `only_own` none but the user's, and a way out. What is given must be `settled`."""
    base = dict.fromkeys(BY_ID, ()) if only_own else _of_preset(preset)
    found = {**base, **own}
    if not _leads_out(found, macros):
        found["quit"] = BY_ID["quit"].keys
    return Bindings(found, macros)


def settled(preset: str, own: OwnKeys, macros: Macros, wrong: Wrong, *, only_own: bool = False) -> tuple[OwnKeys, Macros]:
    """The user's keys and macros without those that can't be meant, each of which is told to `wrong`."""
    kept = dict(_sound_keys(own, wrong))
    several = dict(_sound_macros(macros, wrong))
    while True:
        found = bindings(preset, kept, several, only_own=only_own)
        try:
            table(found.keys, found.macros)
        except Clash as clash:
            _drop(clash, kept, several, wrong)
        else:
            break
    if any(found.keys[way] and way in kept and not kept[way] for way in _WAYS_OUT):
        wrong("no key would be left to quit with; ctrl+q still quits", ("keys", "quit" if "quit" in own else "close"))
    return kept, several


def _of_preset(name: str) -> dict[str, tuple[str, ...]]:
    """The keys of every action under a preset; what it gives to one action, no other keeps."""
    own = PRESETS[name]
    return {action.id: own.get(action.id) or tuple(key for key in action.keys if not _is_taken(key, action.id, own)) for action in ACTIONS}


def _is_taken(key: str, action_id: str, own: OwnKeys) -> bool:
    here = set(places(BY_ID[action_id]))
    return any(
        here & set(places(BY_ID[other])) and is_beginning(normalise(key), normalise(taken)) for other, keys in own.items() for taken in keys
    )


def _leads_out(keys: OwnKeys, macros: Macros) -> bool:
    return any(keys[way] for way in _WAYS_OUT) or any(way in actions for actions in macros.values() for way in _WAYS_OUT)


def _sound_keys(own: OwnKeys, wrong: Wrong) -> dict[str, tuple[str, ...]]:
    """The user's keys in their one spelling; an action with none but wrong ones is left as it was."""
    found = {}
    for action_id, keys in own.items():
        try:
            known(action_id)
        except ValueError as error:
            wrong(str(error), ("keys", action_id))
            continue
        sound = tuple(spelled for key in keys if (spelled := _spelled(key, ("keys", action_id), wrong)))
        if sound or not keys:
            found[action_id] = sound
    return found


def _sound_macros(macros: Macros, wrong: Wrong) -> dict[str, tuple[str, ...]]:
    """The user's macros, as written; one with an unknown key or action, or with none, is left out."""
    found = {}
    for key, actions in macros.items():
        try:
            normalise(key)
            if not [known(action_id) for action_id in actions]:
                raise ValueError(f"{key}: which actions? as in `[star, next-unread]`")
        except ValueError as error:
            wrong(str(error), ("macros", key))
        else:
            found[key] = actions
    return found


def _spelled(key: str, place: tuple[str, ...], wrong: Wrong) -> str:
    """The key in its one spelling; empty, and told, where there is no such key."""
    try:
        return normalise(key)
    except ValueError as error:
        wrong(str(error), place)
        return ""


def _drop(clash: Clash, keys: dict[str, tuple[str, ...]], macros: dict[str, tuple[str, ...]], wrong: Wrong) -> None:
    """Takes one of the user's keys out of a clash. Raises it where none of them is the user's."""
    for key, actions in clash.sides:
        if written := next((each for each in macros if normalise(each) == key and macros[each] == actions), None):
            wrong(f"{clash}; the key is left as it was", ("macros", written))
            del macros[written]
            return
        action_id = actions[0]
        if key in keys.get(action_id, ()):
            rest = tuple(each for each in keys[action_id] if each != key)
            wrong(f"{clash}; give {clash.other_of(actions)!r} another key, or [] for none", ("keys", action_id))
            if rest:
                keys[action_id] = rest
            else:
                del keys[action_id]
            return
    raise clash
