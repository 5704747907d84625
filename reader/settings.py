"""The user's settings: one YAML file, read once, frozen, with every mistake named and none of them fatal.

XDG folders are found here and nowhere else. A setting that is wrong keeps its default, and a Problem says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from reader.keys import normalise, table
from reader.model import Problem

_LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a person can set. The string under each field is what `dateline config` says of it."""

    archive: tuple[str, ...] = ()
    """The folder or folders to open when none is named."""
    mark_read_after: float | None = 2.0
    """Seconds an opened article must be on screen to be marked read; 0 for at once, never for by hand only."""
    theme: str = "textual-dark"
    """A colour theme: any of Textual's, such as textual-dark, textual-light, nord, gruvbox, or ansi-dark for the terminal's own."""
    layout: str = "auto"
    """auto, side (list beside article), stack (list above article) or single (one at a time)."""
    ascii: bool = False
    """Use only ASCII characters for marks and lines."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Your own keys, an action's name and its key or keys: `star: [s, f]`; an empty list takes its keys away."""


HELP = {
    "archive": "the folder or folders to open when none is named",
    "mark_read_after": "seconds an opened article stays on screen before it is marked read; 0 for at once, never for by hand only",
    "theme": "a colour theme: textual-dark, textual-light, nord, gruvbox, dracula, ansi-dark (the terminal's own colours) and others",
    "layout": "auto, side (list beside article), stack (list above article) or single (one at a time)",
    "ascii": "true to use only ASCII characters for marks and lines",
    "keys": "your own keys: an action's name and its key or keys; an empty list takes its keys away",
}
"""What each setting means, by name."""

LAYOUTS = ("auto", "side", "stack", "single")


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things are kept for this user."""

    settings: Path
    cache: Path
    state: Path


def folders(environ: Mapping[str, str] = os.environ) -> Folders:
    """Dateline's XDG folders; relative XDG values are ignored, as the specification asks."""
    home = Path(environ.get("HOME") or os.path.expanduser("~"))

    def base(variable: str, default: str) -> Path:
        value = environ.get(variable, "")
        return Path(value) if os.path.isabs(value) else home / default

    return Folders(
        base("XDG_CONFIG_HOME", ".config") / "dateline",
        base("XDG_CACHE_HOME", ".cache") / "dateline",
        base("XDG_STATE_HOME", ".local/state") / "dateline",
    )


def settings_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The settings file in force: `DATELINE_SETTINGS` where set, else the XDG one."""
    named = environ.get("DATELINE_SETTINGS")
    return Path(named) if named else folders(environ).settings / "settings.yaml"


def packaged(name: str) -> Path:
    """A file or folder shipped with Dateline (`styles/app.tcss`, `seeds`), from a wheel or from a source tree."""
    shipped = Path(str(files("reader"))) / name
    return shipped if shipped.exists() else Path(__file__).resolve().parent.parent / name


def load(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in the file, and what is wrong in it. A missing file is no problem."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        return Settings(), (Problem(str(path), None, f"can't be read: {error.strerror}", "ignored"),)
    return parse(data.decode("utf-8", "replace"), str(path))


def parse(text: str, path: str) -> tuple[Settings, tuple[Problem, ...]]:
    """Settings from YAML text; `path` is what problems name."""
    try:
        loaded = yaml.safe_load(text)
        lines = _lines(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "not readable as YAML"
        return Settings(), (Problem(path, mark.line + 1 if mark else None, f"{said}; defaults are used", "ignored"),)
    if loaded is None:
        return Settings(), ()
    if not isinstance(loaded, dict):
        return Settings(), (Problem(path, 1, "settings are `name: value` lines; defaults are used", "ignored"),)
    settings, problems = Settings(), []
    for name, value in loaded.items():
        try:
            settings = _with(settings, str(name), value)
        except ValueError as error:
            problems.append(Problem(path, lines.get(str(name)), str(error), "ignored"))
    return settings, tuple(problems)


def _with(settings: Settings, name: str, value: Any) -> Settings:
    check = _CHECKS.get(name)
    if check is None:
        raise ValueError(f"unknown setting {name!r}{_nearest(name, list(_CHECKS))}")
    try:
        return replace(settings, **{name: check(value)})
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _paths(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) and one for one in values):
        raise ValueError("a folder, or a list of folders")
    return tuple(os.path.expanduser(one) for one in values)


def _seconds(value: Any) -> float | None:
    if value == "never":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3600:
        raise ValueError("a number of seconds from 0 to 3600, or never")
    return float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a name")
    return value


def _layout(value: Any) -> str:
    if value not in LAYOUTS:
        raise ValueError(f"one of {', '.join(LAYOUTS)}{_nearest(str(value), list(LAYOUTS))}")
    return str(value)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _keys(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ValueError("actions and their keys, as in `star: [s, f]`")
    keys = {}
    for action, wanted in value.items():
        some = wanted if isinstance(wanted, list) else [wanted]
        if not all(isinstance(key, str) and key.split() for key in some):
            raise ValueError(f"{action}: a key such as `s`, `ctrl+d` or `g g`, or a list of them")
        keys[str(action)] = tuple(some)
    table(keys)
    return {action: tuple(map(normalise, some)) for action, some in keys.items()}


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "archive": _paths,
    "mark_read_after": _seconds,
    "theme": _text,
    "layout": _layout,
    "ascii": _yes_or_no,
    "keys": _keys,
}


def _lines(text: str) -> dict[str, int]:
    """The line of each top-level name."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value): key.start_mark.line + 1 for key, _ in node.value}


def described(settings: Settings) -> list[tuple[str, Any, str]]:
    """(name, value, meaning) of every setting."""
    return [(each.name, getattr(settings, each.name), HELP[each.name]) for each in fields(Settings)]
