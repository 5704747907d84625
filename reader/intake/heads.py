"""What stands in the front matter: a mapping of lower-case keys to text, lists and mappings of text.

No value is trusted to have a type: numbers, booleans and dates stay as they are written. Whoever wrote the file may be hostile,
so libyaml is asked for its flat stream of events, and the values are put together here, with a bound on depth and without
aliases: building the tree in libyaml's wrapper overruns the C stack at some 25,000 nested lists.
"""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, datetime, time
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from reader.intake.flat import NULLS, read_flat
from reader.intake.lines import read_definitions, read_lines
from reader.intake.split import Split
from reader.intake.values import Head, Value
from reader.model import Problem

MAX_DEPTH = 50
_MAX_NOTES = 20
_TOO_DEEP = f"more than {MAX_DEPTH} levels deep"

_LOADER: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LONG_DOTTED_KEY = re.compile(rf"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){{{MAX_DEPTH}}}")
_TOML_LINE = re.compile(r"\(at line (\d+)")

Notes = list[tuple[int, str]]
"""Lines of the front matter, counted from 1, and what is odd there."""


class _BadHead(Exception):
    """Front matter that can't be read as what it seems to be; `line` is counted from 1 within it."""

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(what)
        self.line = line


def read_head(split: Split, path: str) -> tuple[Head | None, tuple[Problem, ...]]:
    """The front matter's mapping, and what was wrong with it; None where it is no mapping, so that all of the file is body."""
    if split.form == "none":
        return {}, ()
    if split.form == "unclosed":
        problem = Problem(path, split.head_line - 1, "front matter is not closed", "read as text")
        return read_lines(split.head), (problem,)
    if split.form == "header":
        return read_lines(split.head), ()
    if split.form == "definitions":
        return read_definitions(split.head), ()
    notes: Notes = []
    if split.early_end_line is not None:
        notes.append((split.early_end_line - split.head_line + 1, "front matter is closed here, and goes on below"))
    try:
        head = _READERS[split.form](split.head, notes)
    except _BadHead as error:
        salvaged = read_lines(split.head)
        if salvaged is None:
            return None, ()
        line = None if error.line is None else split.head_line + error.line - 1
        return salvaged, (Problem(path, line, f"front matter is not valid {split.form.upper()}: {error}", "read in part"),)
    unique = {what: line for line, what in notes[:_MAX_NOTES]}
    return head, tuple(Problem(path, split.head_line + line - 1, what, "ignored") for what, line in unique.items())


def _read_yaml(text: str, notes: Notes) -> Head | None:
    if (flat := read_flat(text)) is not None:
        return flat
    handler = _TextHandler(notes)
    frontmatter.parse(f"---\n{text}\n---", handler=handler)
    return handler.head


def _read_json(text: str, _notes: Notes) -> Head | None:
    try:
        found = json.loads(text, strict=False, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise _BadHead(error.msg, error.lineno) from error
    except RecursionError as error:
        raise _BadHead(_TOO_DEEP) from error
    return _mapping(_as_text(found, 0))


def _read_toml(text: str, _notes: Notes) -> Head | None:
    if _LONG_DOTTED_KEY.search(text):
        raise _BadHead(_TOO_DEEP)  # tomllib takes time in the square of a key's parts
    try:
        found = tomllib.loads(text, parse_float=str)
    except (ValueError, RecursionError) as error:
        line = _TOML_LINE.search(str(error))
        raise _BadHead(str(error).partition(" (at ")[0], int(line[1]) if line else None) from error
    return _mapping(_as_text(found, 0))


_READERS = {"yaml": _read_yaml, "json": _read_json, "toml": _read_toml}


def _mapping(value: Value) -> Head | None:
    return value if isinstance(value, dict) else None


def _as_text(value: object, depth: int) -> Value:
    """A value of a typed format with every scalar as text."""
    if depth > MAX_DEPTH:
        raise _BadHead(_TOO_DEEP)
    if value is None or isinstance(value, str):
        return _without_lone_surrogates(value) if value else value
    if isinstance(value, dict):
        return {_without_lone_surrogates(key).strip().lower(): _as_text(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item, depth + 1) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)


def _without_lone_surrogates(text: str) -> str:
    r"""Text that can be stored: `\ud800` alone, as an escape in a quoted value can give, is no character."""
    return _LONE_SURROGATE.sub("\ufffd", text) if not text.isascii() else text


class _TextHandler(YAMLHandler):
    """YAML for python-frontmatter, read as nothing but text, from the fenced front matter alone."""

    def __init__(self, notes: Notes) -> None:
        super().__init__()
        self.head: Head | None = None
        """What `load` found; None where it was no mapping."""
        self._notes = notes

    def split(self, text: str) -> tuple[str, str]:
        return text.removeprefix("---\n").removesuffix("---"), ""

    def load(self, fm: str, **_options: object) -> Head:
        try:
            self.head = _mapping(_read_events(fm, self._notes)) if fm.strip() else {}
        except yaml.MarkedYAMLError as error:
            raise _BadHead(error.problem or "it can't be read", _line_to_blame(error, fm)) from error
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            raise _BadHead("it holds characters that YAML does not allow") from error
        return self.head or {}


def _line_to_blame(error: yaml.MarkedYAMLError, text: str) -> int | None:
    """Where YAML stumbled; for what has no end, where that began."""
    mark = error.problem_mark
    if mark is None or (mark.line >= text.rstrip().count("\n") and error.context_mark):
        mark = error.context_mark
    return mark.line + 1 if mark else None


def _read_events(text: str, notes: Notes) -> Value:
    loader = _LOADER(text)
    try:
        return _build(loader, notes)
    finally:
        loader.dispose()


def _build(loader: Any, notes: Notes) -> Value:
    """The first document's value from YAML's events: the last of two equal keys wins, aliases are left out."""
    root: Value = None
    holder: Value = None
    key: str | None = None
    outer: list[tuple[Value, str | None]] = []
    while (event := loader.get_event()) is not None:
        kind = type(event)
        value: Value = None
        if kind is yaml.ScalarEvent:
            if not (event.implicit[0] and event.value in NULLS):
                value = _without_lone_surrogates(event.value)
        elif kind is yaml.MappingStartEvent:
            value = {}
        elif kind is yaml.SequenceStartEvent:
            value = []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            holder, key = outer.pop()
            continue
        elif kind is yaml.AliasEvent:
            notes.append((event.start_mark.line + 1, f"alias `*{event.anchor}` is not followed"))
        elif kind is yaml.DocumentEndEvent:
            break
        else:
            continue
        if isinstance(holder, list):
            holder.append(value)
        elif not isinstance(holder, dict):
            root = value
        elif key is not None:
            holder[key] = value
            key = None
        else:
            key = _key(value)
            if key in holder:
                notes.append((event.start_mark.line + 1, f"key `{key}` is given twice; the last one counts"))
        if kind is not yaml.ScalarEvent and value is not None:
            if len(outer) >= MAX_DEPTH:
                raise _BadHead(_TOO_DEEP, event.start_mark.line + 1)
            outer.append((holder, key))
            holder, key = value, None
    return root


def _key(value: Value) -> str:
    return value.strip().lower() if isinstance(value, str) else ""
