"""Reading the settings file: every mistake located, none of them fatal.

    file ── read ──▶ values with lines ── checks ──▶ Settings + Problems
                                          last good ──┘

What is wrong keeps the value it had when the file was last good, else its default. A copy of the last good file is kept in the
state folder for that.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import Field, fields, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from reader.keys import holder_of, table
from reader.model import Problem
from reader.sending.citations import STYLES
from reader.settings.bindings import Bindings, bindings, settled
from reader.settings.checks import Check, nearest
from reader.settings.places import Folders, folders, packaged, settings_file
from reader.settings.table import Settings, template
from reader.settings.themes import TEXTUAL_THEMES, ThemeFile, load_theme
from reader.settings.yaml_text import Place, Read, Value, YamlError, read, written

_LARGEST_FILE = 1_000_000

Loaded = tuple[Settings, tuple[Problem, ...]]


def load(environ: Mapping[str, str] = os.environ) -> Loaded:
    """The settings in force, and all that is wrong with them and with the theme they name. A missing file is no problem."""
    path = settings_file(environ)
    copy = _copy_of(path, environ)
    text, problems = _text(path)
    if text is None:
        last_good = _last_good(copy) if problems else None
        return last_good or Settings(), problems
    names = (*TEXTUAL_THEMES, *theme_files(environ))
    settings, problems = parse(text, str(path), None, names)
    if problems:
        settings, problems = parse(text, str(path), _last_good(copy), names)
    else:
        _keep(copy, text)
    theme, wrong = theme_file(settings.theme, environ)
    if wrong and theme is None:
        settings = replace(settings, theme=Settings().theme)
    return settings, (*problems, *wrong)


def theme_files(environ: Mapping[str, str] = os.environ) -> dict[str, Path]:
    """The files of Dateline's own themes and of the user's, which come first, by name. Nothing is read."""
    folders_of_themes = (packaged("styles/themes"), settings_file(environ).parent / "themes")
    return {path.stem: path for folder in folders_of_themes for path in sorted(folder.glob("*.yaml"))}


def folders_of(settings: Settings, environ: Mapping[str, str] = os.environ) -> Folders:
    """Where things are kept for this user, and the index where the settings say."""
    return replace(folders(environ), index=Path(settings.index) if settings.index else None)


def theme_file(name: str, environ: Mapping[str, str] = os.environ) -> tuple[ThemeFile | None, tuple[Problem, ...]]:
    """A theme by name, and what is wrong with it. None for one of Textual's, or where the file is no theme."""
    path = theme_files(environ).get(name)
    return load_theme(path) if path else (None, ())


def write_template(path: Path) -> None:
    """Writes a file with every setting at its default. Raises FileExistsError where there is one, OSError where it can't."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(template())


def parse(text: str, path: str, last_good: Settings | None = None, themes: Sequence[str] = TEXTUAL_THEMES) -> Loaded:
    """Settings from YAML text; `path` is what problems name, `themes` are the names that there are.

    What is wrong keeps its value of `last_good`, else its default.
    """
    kept = last_good or Settings()
    stead = "the settings from when it was last good are used" if last_good else "defaults are used"
    try:
        found = read(text)
    except YamlError as error:
        return kept, (Problem(path, error.line, f"{error}; {stead}", "ignored"),)
    if not found.value:
        return Settings(), ()
    if not isinstance(found.value, dict):
        return kept, (Problem(path, 1, f"settings are `name: value` lines; {stead}", "ignored"),)
    reading = _Reading(path, found, kept, themes)
    return reading.settings(found.value), tuple(reading.problems)


class _Reading:
    """One settings file being read; gathers its problems."""

    def __init__(self, path: str, found: Read, kept: Settings, themes: Sequence[str]) -> None:
        self._path = path
        self._found = found
        self._kept = kept
        self._themes = themes
        self.problems: list[Problem] = []

    def settings(self, values: Mapping[str, Value]) -> Settings:
        """All the values that are right, the others as they were kept."""
        for place in self._found.twice:
            self._wrong(f"{'.'.join(place)} is given twice; the last one counts", place)
        known: dict[str, Field[Any]] = {each.name: each for each in fields(Settings)}
        found = {}
        for name, value in values.items():
            if name not in known:
                self._wrong(f"unknown setting {name!r}{nearest(name, list(known))}", (name,))
            elif value != "":
                found[name] = self._value(known[name], value)
        settings = Settings(**found)
        keys, macros = settled(settings.preset, settings.keys, settings.macros, self._wrong, only_own=settings.unbind_all)
        letters = self._letters(settings, bindings(settings.preset, keys, macros, only_own=settings.unbind_all))
        citation = self._citation(settings.citation, (*settings.citations, *STYLES))
        return replace(settings, keys=keys, macros=macros, search_letters=letters, theme=self._theme(settings.theme), citation=citation)

    def _value(self, each: Field[Any], value: Value) -> Any:
        check: Check[Any] = each.metadata["check"]
        try:
            return check(value, lambda words, place: self._wrong(f"{each.name}: {words}", (each.name, *place)))
        except ValueError as error:
            kept = getattr(self._kept, each.name)
            self._wrong(f"{each.name}: {error}; {written(kept, each.metadata['nothing'])} is used", (each.name,))
            return kept

    def _theme(self, name: str) -> str:
        """The theme asked for, if there is one of that name."""
        if name in self._themes:
            return name
        stead = self._kept.theme if self._kept.theme in self._themes else Settings().theme
        self._wrong(f"theme: unknown theme {name!r}{nearest(name, self._themes)}; {stead} is used", ("theme",))
        return stead

    def _letters(self, settings: Settings, bound: Bindings) -> dict[str, str]:
        """The letters of searches, without those that are taken."""
        sequences = table(bound.keys, bound.macros)
        found: dict[str, str] = {}
        for name, letter in settings.search_letters.items():
            holder = holder_of(f"g {letter}", sequences)
            if holder or letter in found.values():
                taken = f"the key {holder!r} is an action's" if holder else "another search has it"
                self._wrong(f"search_letters: {name}: {taken}; give another letter", ("search_letters", name))
            else:
                found[name] = letter
        return found

    def _citation(self, name: str, styles: Sequence[str]) -> str:
        """The style of citation asked for, if there is one of that name."""
        if name in styles:
            return name
        stead = Settings().citation
        self._wrong(f"citation: unknown style {name!r}{nearest(name, styles)}; {stead} is used", ("citation",))
        return stead

    def _wrong(self, words: str, place: Place) -> None:
        self.problems.append(Problem(self._path, self._found.line(place), words, "ignored"))


# -- the last good file --------------------------------------------------------------------------------------------


def _copy_of(path: Path, environ: Mapping[str, str]) -> Path:
    """Where the last good content of a settings file is kept."""
    digest = blake2b(os.fsencode(os.path.abspath(path)), digest_size=4).hexdigest()
    return folders(environ).state / f"settings-{digest}.yaml"


def _last_good(copy: Path) -> Settings | None:
    text, _ = _text(copy)
    return None if text is None else parse(text, str(copy))[0]


def _keep(copy: Path, text: str) -> None:
    """Keeps a copy of a good file; where the state can't be written there is none, and defaults serve."""
    if _text(copy)[0] == text:
        return
    with suppress(OSError):
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = copy.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(copy)


def _text(path: Path) -> tuple[str | None, tuple[Problem, ...]]:
    """The content of a file; None, and no problem, where it isn't there."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST_FILE).decode("utf-8", "replace"), ()
    except FileNotFoundError:
        return None, ()
    except OSError as error:
        return None, (Problem(str(path), None, f"can't be read: {error.strerror}", "ignored"),)
