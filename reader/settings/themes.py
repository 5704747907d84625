"""Colour themes in YAML: Dateline's own under `styles/themes`, the user's beside the settings. Read and checked without a toolkit.

A theme file holds `dark: true` or `false` and colours; its name is the theme's. What is wrong in one is a Problem, and costs only the
line it stands in; without its `primary` a file is no theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.model import Problem
from reader.settings.checks import nearest, yes_or_no
from reader.settings.yaml_text import Value, YamlError, read

TEXTUAL_THEMES = (
    "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light", "catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato",
    "catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai", "nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon",
    "solarized-dark", "solarized-light", "textual-dark", "textual-light", "tokyo-night",
)  # fmt: skip
"""The themes that Textual brings."""

COLOURS = ("primary", "secondary", "accent", "foreground", "background", "surface", "panel", "success", "warning", "error")
"""What most of the reader is coloured with."""

DETAILS = (
    "text-muted", "text-primary", "text-secondary", "text-accent", "text-success", "text-warning", "text-error",
    "block-cursor-background", "block-cursor-foreground", "block-cursor-blurred-background", "block-cursor-blurred-foreground",
)  # fmt: skip
"""What is worked out from `COLOURS` where a theme doesn't say it."""

_COLOUR = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_LARGEST_FILE = 100_000


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """One theme as its file gives it."""

    name: str
    is_dark: bool
    colours: dict[str, str]
    """Values of `COLOURS` and `DETAILS`, as `#rrggbb`."""


def load_theme(path: Path) -> tuple[ThemeFile | None, tuple[Problem, ...]]:
    """The theme of a file, and what is wrong with it; None where it is no theme."""
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST_FILE).decode("utf-8", "replace")
    except OSError as error:
        return None, (Problem(str(path), None, f"can't be read: {error.strerror}", "skipped"),)
    return parse_theme(text, path.stem, str(path))


def parse_theme(text: str, name: str, path: str) -> tuple[ThemeFile | None, tuple[Problem, ...]]:
    """A theme from YAML text; `path` is what problems name."""
    try:
        found = read(text)
    except YamlError as error:
        return None, (Problem(path, error.line, str(error), "skipped"),)
    if not isinstance(found.value, dict):
        return None, (Problem(path, 1, "a theme is `name: colour` lines", "skipped"),)
    problems, colours, is_dark = [], {}, True
    for each, value in found.value.items():
        try:
            if each == "dark":
                is_dark = yes_or_no(value, lambda _, __: None)
            else:
                colours[_colour_name(each)] = _colour(value)
        except ValueError as error:
            problems.append(Problem(path, found.line((each,)), f"{each}: {error}", "ignored"))
    if "primary" not in colours:
        return None, (*problems, Problem(path, None, "a theme needs a `primary` colour", "skipped"))
    return ThemeFile(name, is_dark, colours), tuple(problems)


def _colour_name(name: str) -> str:
    names = (*COLOURS, *DETAILS)
    if name not in names:
        raise ValueError(f"no such colour{nearest(name, names)}")
    return name


def _colour(value: Value) -> str:
    """`#rrggbb`. Raises ValueError; a colour without quotes is a comment to YAML, and so empty."""
    digits = _COLOUR.fullmatch(value) if isinstance(value, str) else None
    if digits is None:
        raise ValueError("a colour in quotes, as in '#005f87'")
    few = digits[1].lower()
    return "#" + (few if len(few) == 6 else "".join(_doubled(few)))


def _doubled(digits: str) -> Iterator[str]:
    return (digit * 2 for digit in digits)
