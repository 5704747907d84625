"""Keys for hands that come from another program: for each preset, the actions whose keys differ from Dateline's own.

An action that a preset doesn't name keeps its own keys, but for those that the preset gives to another.
"""

from __future__ import annotations

from collections.abc import Mapping

Keys = Mapping[str, tuple[str, ...]]
"""The keys of each action named."""

_NEWSBOAT: Keys = {
    "next": ("j", "down", "J"),
    "previous": ("k", "up", "K"),
    "scroll-down": (">",),
    "scroll-up": ("<",),
    "filter": ("/", "F"),
    "clear-filter": ("ctrl+f",),
    "find": ("g /",),
    "toggle-read": ("N",),
    "star": ("m", "ctrl+b"),
    "dismiss": ("d", "D"),
    "note": ("i",),
    "queue": ("e", "a"),
    "entities": ("@",),
    "save": ("s",),
    "rescan": ("r", "R"),
}
"""`u` stays undo, where newsboat lists links: those are on `;` and on their numbers."""

_MUTT: Keys = {
    "first": ("=", "home"),
    "last": ("*", "end"),
    "page-back": ("-",),
    "page-down": ("z", "pgdn"),
    "page-up": ("Z", "pgup"),
    "half-down": ("]",),
    "half-up": ("[",),
    "line-down": ("j", "down", "enter"),
    "line-up": ("k", "up", "backspace"),
    "next-unread": ("tab",),
    "previous-unread": ("shift+tab",),
    "open": ("enter", "right"),
    "back": ("i", "escape", "left"),
    "filter": ("l", "/"),
    "toggle-read": ("N",),
    "star": ("F",),
    "tag": ("+",),
    "untag": ("_",),
    "note": ("e",),
    "entities": ("@",),
    "select": ("t",),
    "select-all": ("T",),
    "sparkline": ("%",),
    "save": ("s",),
    "layout": ("L",),
    "close": ("q", "x"),
}
"""Tagging a message there is selecting an article here."""

PRESETS: Mapping[str, Keys] = {"default": {}, "newsboat": _NEWSBOAT, "mutt": _MUTT}
