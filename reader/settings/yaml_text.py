"""YAML as people write it in settings and themes: texts, lists and mappings, each with its line.

YAML's own ideas of what a value is stay out: there `no` is False, `12:30` is 750 and `=` stops the reading. Here every value is
the text that was written, and whoever wants a number says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import yaml

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

Place = tuple[str, ...]
"""Where in a file a value stands: the names that lead to it, places in a list as numbers."""


class YamlError(ValueError):
    """The text is no YAML, or none that is understood here."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.line = line
        """Counted from 1."""


@dataclass(slots=True)
class Read:
    """A text that was read."""

    value: Value = ""
    lines: dict[Place, int] = field(default_factory=dict)
    """The line of every name and of every part of a list."""
    twice: list[Place] = field(default_factory=list)
    """Names given more than once; the last one counts."""

    def line(self, place: Place) -> int | None:
        """The line of a place, or of the nearest around it that has one."""
        return next((self.lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in self.lines), None)


def read(text: str) -> Read:
    """What the text holds; an empty text where it holds nothing. Raises YamlError."""
    import yaml  # a start without a settings file does without

    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        found = Read()
        if node is not None:
            found.value = _value(node, (), found, set())
    except yaml.reader.ReaderError as error:
        raise YamlError("a control character, which YAML doesn't take", text.count("\n", 0, error.position) + 1) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise YamlError(getattr(error, "problem", None) or "this is no YAML", mark.line + 1 if mark else None) from error
    except RecursionError as error:
        raise YamlError("nested too deeply", None) from error
    return found


def _value(node: yaml.Node, place: Place, found: Read, seen: set[int]) -> Value:
    """The value of a node, its lines noted in `found`."""
    import yaml

    if id(node) in seen:
        raise YamlError("an alias (`*name`) can't be used here; write the value out", node.start_mark.line + 1)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, place, found, seen))
    if isinstance(node, yaml.SequenceNode):
        values = []
        for number, part in enumerate(node.value):
            found.lines[(*place, str(number))] = part.start_mark.line + 1
            values.append(_value(part, (*place, str(number)), found, seen))
        return values
    return str(node.value)


def _pairs(node: yaml.MappingNode, place: Place, found: Read, seen: set[int]) -> Iterator[tuple[str, Value]]:
    from yaml import ScalarNode

    names = set()
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise YamlError("a name must be a word", key.start_mark.line + 1)
        inner = (*place, str(key.value))
        if key.value in names:
            found.twice.append(inner)
        names.add(key.value)
        found.lines[inner] = key.start_mark.line + 1
        yield str(key.value), _value(value, inner, found, seen)


def written(value: object, nothing: str = "''") -> str:
    """A value as YAML on one line, which `read` gives back; None is written as `nothing`."""
    if value is None:
        return nothing
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(name)}: {written(each, nothing)}" for name, each in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(written(each, nothing) for each in value) + "]"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """The text bare where it reads back as itself, also inside brackets, else quoted."""
    import yaml

    dumped: str = yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=1_000_000)
    return dumped.strip().removeprefix("[").removesuffix("]")
