"""How the reader looks: its style sheets, and a theme that the terminal and its owner can bear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from textual.css.stylesheet import Stylesheet
from textual.theme import BUILTIN_THEMES, Theme

from reader.settings import Settings, packaged
from reader.settings.themes import COLOURS, ThemeFile

TERMINAL_THEME = "ansi-dark"
"""The terminal's own colours, whatever they are; without colour, the only one that sends none at all."""
_SHEETS = ("app", "layout", "panes", "article")
_LATER_SHEETS = ("drawers", "help", "sending", "glance")


@dataclass(frozen=True, slots=True)
class Look:
    """What the app is to be started with."""

    theme: str
    ansi_color: bool | None
    """What Textual's App takes under this name. True keeps the terminal's own colours, which `NO_COLOR` needs to have none left."""
    own: Theme | None = None
    """The theme, where it is none of Textual's."""


def stylesheets() -> list[str | Path]:
    """The style sheets of the main screen, later ones winning."""
    return [packaged(f"styles/{name}.tcss") for name in _SHEETS]


def style_what_opens(stylesheet: Stylesheet) -> None:
    """Adds the style sheets of all that opens over the main screen, which comes up sooner without them."""
    stylesheet.read_all([packaged(f"styles/{name}.tcss") for name in _LATER_SHEETS])
    stylesheet.parse()


def look_for(wanted: str, environ: Mapping[str, str], file: ThemeFile | None = None, *, is_low: bool = False) -> Look:
    """The look for the theme of the settings, and its `file` where it is none of Textual's.

    `NO_COLOR`, set to anything but nothing, wins; with `is_low` the sixteen colours of the terminal do, which take half the bytes.
    """
    if environ.get("NO_COLOR"):
        return Look(TERMINAL_THEME, ansi_color=True)
    if is_low:
        return Look(sparing(wanted, file), ansi_color=None)
    if file is not None:
        return Look(file.name, ansi_color=None, own=_theme(file))
    return Look(wanted if wanted in BUILTIN_THEMES else Settings().theme, ansi_color=None)


def sparing(wanted: str, file: ThemeFile | None) -> str:
    """The theme of the terminal's own colours that is as light or dark as the one that is wanted."""
    is_dark = file.is_dark if file else wanted not in BUILTIN_THEMES or BUILTIN_THEMES[wanted].dark
    return TERMINAL_THEME if is_dark else "ansi-light"


def _theme(file: ThemeFile) -> Theme:
    colours = {name: colour for name, colour in file.colours.items() if name in COLOURS}
    details = {name: colour for name, colour in file.colours.items() if name not in COLOURS}
    return Theme(name=file.name, dark=file.is_dark, variables=details, **colours)  # type: ignore[arg-type]  # every name is a field of Theme
