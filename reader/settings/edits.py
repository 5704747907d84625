"""Changing the settings file as text: one entry under one setting at a time, every comment and the order left as they are.

    searches:                    searches:
      wet: flood OR drought  ─▶    wet: flood OR drought
    theme: nord # dark             morning: 'is:unread since:24h'
                                 theme: nord # dark

What a change made of the text is read again before it is written: unless all else reads as before, nothing is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import yaml

from reader.errors import UsageError
from reader.locks import Stopped
from reader.own_files import alone, put
from reader.settings.yaml_text import Value, YamlError, read, written

Pair = tuple[yaml.ScalarNode, yaml.Node]


def with_entry(text: str, setting: str, name: str, value: str) -> str:
    """The file with `name: value` under the setting: in the place of the entry of that name, else as the last one.

    Raises UsageError, as all here do, for a file that can't be changed safely.
    """
    pair = _find(_top(text), setting)
    line = f"{written(name)}: {written(value)}"
    if pair is None:
        changed = f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{setting}:\n  {line}\n"
    elif not isinstance(pair[1], yaml.MappingNode) or not pair[1].value:
        changed = _with_value(text, pair, f"\n  {line}")
    elif entry := _find(pair[1], name):
        changed = _with_value(text, entry, f" {written(value)}")
    else:
        changed = _with_last(text, pair[1], line)
    return _checked(text, changed, setting, lambda entries: {**entries, name: value})


def without_entry(text: str, setting: str, name: str) -> str:
    """The file without the entry of that name, which must be there."""
    mapping, entry = _entry(text, setting, name)
    if len(mapping.value) == 1:
        pair = _find(_top(text), setting)
        assert pair is not None
        changed = _with_value(text, pair, " {}")
    elif mapping.flow_style:
        changed = _without_part(text, mapping, entry)
    else:
        start, end = text.rfind("\n", 0, entry[0].start_mark.index) + 1, _line_end(text, _end(text, entry))
        changed = text[:start] + text[end:].removeprefix("\n")
    return _checked(text, changed, setting, lambda entries: {key: each for key, each in entries.items() if key != name})


def change(path: Path, how: Callable[[str], str]) -> None:
    """Puts what `how` makes of the file's text in its place, whole or not at all; a file that isn't there is made.

    Nobody else changes it meanwhile: waits a moment for another session that does. Raises UsageError as `how` does, and where the
    file can't be read or written.
    """
    place = Path(os.path.realpath(path))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with alone(place.with_name(f".{place.name}.lock")):
            put(place, how(place.read_bytes().decode("utf-8") if place.exists() else ""))
    except Stopped as error:
        raise UsageError(f"{path}: another session is changing it; try again") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8, and left as it is") from error
    except OSError as error:
        raise UsageError(f"{path}: can't be changed: {error.strerror or error}") from error


# -- finding -----------------------------------------------------------------------------------------------------------


def _top(text: str) -> yaml.MappingNode | None:
    """The settings of the file; None where it holds none."""
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise UsageError("the settings file has mistakes; `dateline config --check` names them") from error
    if node is None:
        return None
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise UsageError("the settings file is not `name: value` lines, and left as it is")
    return node


def _find(mapping: yaml.Node | None, name: str) -> Pair | None:
    """The last pair of that name, which is the one that counts."""
    pairs = mapping.value if isinstance(mapping, yaml.MappingNode) else []
    return next((pair for pair in reversed(pairs) if pair[0].value == name), None)


def _entry(text: str, setting: str, name: str) -> tuple[yaml.MappingNode, Pair]:
    pair = _find(_top(text), setting)
    entry = _find(pair[1], name) if pair else None
    if pair is None or entry is None or not isinstance(pair[1], yaml.MappingNode):
        raise UsageError(f"there is no {name!r} under {setting}")
    return pair[1], entry


# -- putting together --------------------------------------------------------------------------------------------------


def _with_value(text: str, pair: Pair, value: str) -> str:
    """Another value for a pair; what follows it on its line stays."""
    after_colon = text.find(":", pair[0].end_mark.index) + 1
    if not after_colon:
        raise UsageError(f"{pair[0].value} stands without a colon and can't be changed safely; change it by hand")
    return text[:after_colon] + value + text[max(_end(text, pair), after_colon) :]


def _with_last(text: str, mapping: yaml.MappingNode, line: str) -> str:
    end = _end(text, mapping.value[-1])
    if mapping.flow_style:
        return f"{text[:end]}, {line}{text[end:]}"
    end = _line_end(text, end)
    return f"{text[:end]}\n{' ' * mapping.value[0][0].start_mark.column}{line}{text[end:]}"


def _without_part(text: str, mapping: yaml.MappingNode, entry: Pair) -> str:
    """A mapping in braces without one of its several entries, nor the comma beside it."""
    at = next(number for number, pair in enumerate(mapping.value) if pair[0] is entry[0])
    if at:
        return text[: _end(text, mapping.value[at - 1])] + text[_end(text, entry) :]
    return text[: entry[0].start_mark.index] + text[mapping.value[1][0].start_mark.index :]


def _end(text: str, pair: Pair) -> int:
    """Where a pair ends: YAML counts the blanks and comments behind a value of several lines to it."""
    node = pair[1]
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    end: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return node.start_mark.index + len(text[node.start_mark.index : end].rstrip())
    return end


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _checked(text: str, changed: str, setting: str, expected: Callable[[dict[str, Value]], dict[str, Value]]) -> str:
    """The changed text. Raises UsageError unless it reads as the text did, but for what was to change."""
    before, after = _values(text), _values(changed)
    entries = before.get(setting)
    before[setting] = expected(entries if isinstance(entries, dict) else {}) or ""
    after[setting] = after.get(setting) or ""
    if before != after:
        raise UsageError(f"{setting} is written in a way that can't be changed safely; change it by hand")
    return changed


def _values(text: str) -> dict[str, Value]:
    try:
        value = read(text).value
    except YamlError as error:
        raise UsageError(f"the settings file has mistakes: {error}") from error
    return value if isinstance(value, dict) else {}
