"""What is watched, and how it rings: turned on and off by key, and kept in the settings file."""

from __future__ import annotations

from functools import partial

from reader.errors import UsageError
from reader.settings import settings_file
from reader.settings.edits import change, with_entry, without_entry
from reader.tui.arrivals import WAYS
from reader.tui.desk import Desk

SAID = {"": "not watched", "status": "watched", "bell": "watched, with the bell", "notify": "watched, with a notification"}
"""What is said of a filter, by the way in which it rings."""


def way_of(desk: Desk, text: str) -> str:
    """How a filter rings; empty for one that isn't watched."""
    return desk.session.watched.get(text, "")


def turn(desk: Desk, text: str) -> str:
    """Watches a filter in the next louder way, and after the loudest not at all; what to say of it."""
    before = way_of(desk, text)
    ways = ("", *WAYS)
    way = ways[(ways.index(before) + 1) % len(ways)]
    try:
        set_way(desk, text, way)
    except UsageError as error:
        return str(error)
    return SAID[way]


def set_way(desk: Desk, text: str, way: str) -> None:
    """Has a filter ring so, here and in the settings file. Raises UsageError where the file can't be changed."""
    how = partial(with_entry, setting="watch", name=text, value=way) if way else partial(without_entry, setting="watch", name=text)
    change(settings_file(), how)
    if way:
        desk.session.watched[text] = way
    else:
        desk.session.watched.pop(text, None)
