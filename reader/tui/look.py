"""How the reader looks: its style sheets, and a theme that the terminal and its owner can bear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from textual.theme import BUILTIN_THEMES

from reader.settings import Settings, packaged

DEFAULT_THEME = Settings().theme
TERMINAL_THEME = "ansi-dark"
"""The terminal's own colours, whatever they are; without colour, the only one that sends none at all."""
_SHEETS = ("app", "layout", "panes", "article", "help")


@dataclass(frozen=True, slots=True)
class Look:
    """What the app is to be started with."""

    theme: str
    ansi_color: bool | None
    """What Textual's App takes under this name. True keeps the terminal's own colours, which `NO_COLOR` needs to have none left."""
    complaint: str = ""
    """What is wrong with the theme asked for."""


def stylesheets() -> list[str | Path]:
    """The style sheets, later ones winning."""
    return [packaged(f"styles/{name}.tcss") for name in _SHEETS]


def theme_names() -> tuple[str, ...]:
    """Every theme there is, sorted."""
    return tuple(sorted(BUILTIN_THEMES))


def look_for(wanted: str, environ: Mapping[str, str]) -> Look:
    """The look for the theme of the settings. `NO_COLOR`, set to anything but nothing, wins."""
    if environ.get("NO_COLOR"):
        return Look(TERMINAL_THEME, ansi_color=True)
    if wanted in BUILTIN_THEMES:
        return Look(wanted, ansi_color=None)
    near = get_close_matches(wanted, BUILTIN_THEMES, 1)
    advice = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(theme_names())}"
    return Look(DEFAULT_THEME, ansi_color=None, complaint=f"unknown theme {wanted!r}; {advice}")
