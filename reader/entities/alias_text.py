"""The reader's own word on names as one YAML file.

    Joe Biden: {variants: [Biden, Joseph R. Biden], kind: person}
    Tatmadaw: [Myanmar military]      # variants alone
    Amazon: org                       # a kind alone
    Photo: ignore                     # never an entity

`parse_aliases` reads it; `merge`, `rename` and `ignore` change its text and leave the rest of it, comments included, as it was.
What they make of it is read again: unless it says what was asked for, and of all other names what it said, they raise UsageError.
Nothing here opens a file. Every value is taken as the text that was typed, so that `No` or `1984` may be names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import get_args

import yaml

from reader.entities.aliases import NO_ALIASES, Aliases
from reader.entities.lexicon import normalise
from reader.errors import UsageError
from reader.model import Entity, Kind, Problem

_IGNORE = "ignore"
_KINDS: tuple[Kind, ...] = get_args(Kind)


def parse_aliases(text: str, path: str) -> tuple[Aliases, tuple[Problem, ...]]:
    """What the file says, and what is wrong in it; a wrong entry is left out, the others hold."""
    try:
        root = _root(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"not YAML: {getattr(error, 'problem', None) or 'unreadable'}"
        return NO_ALIASES, (Problem(path, mark.line + 1 if mark else None, what, "ignored"),)
    except UsageError as error:
        return NO_ALIASES, (Problem(path, 1, str(error), "ignored"),)
    reading = _Reading(path)
    for name, value in _entries(root):
        reading.entry(name, value)
    return reading.aliases(), tuple(reading.problems)


class _Reading:
    """The entries read so far, and what was wrong with them."""

    def __init__(self, path: str) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._into: dict[str, str] = {}
        self._kinds: dict[str, Kind] = {}
        self._ignored: set[str] = set()

    def entry(self, name: yaml.ScalarNode, value: yaml.Node) -> None:
        key = normalise(name.value)
        if not key:
            self._problem(name, "a name has to have letters")
        elif isinstance(value, yaml.ScalarNode):
            self._word(name, key, value)
        elif isinstance(value, yaml.SequenceNode):
            self._variants(name, value)
        else:
            self._fields(name, key, value)

    def _word(self, name: yaml.ScalarNode, key: str, value: yaml.ScalarNode) -> None:
        if value.value == _IGNORE:
            self._ignored.add(key)
        elif value.value == "":
            self._into.setdefault(key, name.value)
        else:
            self._kind(name, key, value)

    def _kind(self, name: yaml.ScalarNode, key: str, value: yaml.Node) -> None:
        kind = next((kind for kind in _KINDS if isinstance(value, yaml.ScalarNode) and kind == value.value), None)
        if kind is None:
            shown = value.value if isinstance(value, yaml.ScalarNode) else "this"
            self._problem(value, f"`{name.value}`: {shown} is no kind; write person, org, place, other, or ignore")
            return
        self._into.setdefault(key, name.value)
        self._kinds[key] = kind

    def _variants(self, name: yaml.ScalarNode, value: yaml.SequenceNode) -> None:
        self._into.setdefault(normalise(name.value), name.value)
        for variant in value.value:
            key = normalise(variant.value) if isinstance(variant, yaml.ScalarNode) else ""
            taken = self._into.get(key)
            if not key:
                self._problem(variant, f"`{name.value}`: a variant has to be a name")
            elif taken is not None and normalise(taken) not in (key, normalise(name.value)):
                self._problem(variant, f"`{variant.value}` is already a variant of `{taken}`")
            else:
                self._into[key] = name.value

    def _fields(self, name: yaml.ScalarNode, key: str, value: yaml.Node) -> None:
        self._into.setdefault(key, name.value)
        for field_name, field_value in _entries(value):
            if field_name.value == "kind":
                self._kind(name, key, field_value)
            elif field_name.value == "variants" and isinstance(field_value, yaml.SequenceNode):
                self._variants(name, field_value)
            elif field_name.value == "variants":
                self._problem(field_value, f"`{name.value}`: variants is a list, as in [One, Two]")
            else:
                self._problem(field_name, f"`{name.value}`: unknown key `{field_name.value}`; write variants or kind")

    def _problem(self, node: yaml.Node, what: str) -> None:
        self.problems.append(Problem(self._path, node.start_mark.line + 1, what, "ignored"))

    def aliases(self) -> Aliases:
        """Variants of variants brought to the last name of the chain; a ring stays where it was entered."""
        return Aliases({key: self._end_of(key) for key in self._into}, self._kinds, frozenset(self._ignored))

    def _end_of(self, key: str) -> str:
        seen = {key}
        name = self._into[key]
        while (following := normalise(name)) not in seen and following in self._into:
            seen.add(following)
            name = self._into[following]
        return name


def merge(text: str, name: str, into: str) -> str:
    """The file's text with `name` a variant of `into`."""

    def is_done(aliases: Aliases) -> bool:
        return _called(aliases, name) == _called(aliases, into) is not None

    return _checked(text, _merged(text, name, into), (name, into), is_done)


def rename(text: str, name: str, new_name: str) -> str:
    """The file's text with the entity `name` shown as `new_name`."""
    if normalise(name) != normalise(new_name):
        return merge(text, name, new_name)
    entry = _find(text, name)
    changed = _replaced(text, entry[0], _quoted(new_name)) if entry else _appended(text, f"{_quoted(new_name)}: {{variants: []}}")
    return _checked(text, changed, (name,), lambda aliases: aliases.canonical.get(normalise(name)) == new_name)


def ignore(text: str, name: str) -> str:
    """The file's text with `name` no entity, under none of its variants."""
    return _checked(text, _ignored(text, name), (name,), lambda aliases: _called(aliases, name) is None)


def _merged(text: str, name: str, into: str) -> str:
    entry = _find(text, into)
    if entry is None:
        return _turned(text, name, into) or _appended(text, f"{_quoted(into)}: {{variants: [{_quoted(name)}]}}")
    _, value = entry
    if isinstance(value, yaml.SequenceNode):
        return _with_item(text, value, name)
    if isinstance(value, yaml.MappingNode):
        for field_name, field_value in _entries(value):
            if field_name.value == "variants" and isinstance(field_value, yaml.SequenceNode):
                return _with_item(text, field_value, name)
        return _with_field(text, value, f"variants: [{_quoted(name)}]")
    kind = f", kind: {value.value}" if value.value in _KINDS else ""
    separator = "" if value.start_mark.index > 0 and text[value.start_mark.index - 1] == " " else " "
    return _replaced(text, value, f"{separator}{{variants: [{_quoted(name)}]{kind}}}")


def _turned(text: str, name: str, into: str) -> str | None:
    """The entry of `name` under `into`, which was among its variants, and `name` there in its place; None where it was not."""
    entry = _find(text, name)
    variants = _variants(entry[1]) if entry else []
    variant = next((each for each in variants if normalise(each.value) == normalise(into)), None)
    if entry is None or variant is None:
        return None
    return _replaced(_replaced(text, variant, _quoted(entry[0].value)), entry[0], _quoted(into))


def _ignored(text: str, name: str) -> str:
    entry = _find(text, name)
    if entry is None:
        return _appended(text, f"{_quoted(name)}: {_IGNORE}")
    _, value = entry
    if isinstance(value, yaml.ScalarNode) and value.value == _IGNORE:
        return text
    start, end = value.start_mark.index, _end(text, value)
    text = f"{text[:start].rstrip()} {_IGNORE}{text[end:]}"
    for variant in _variants(value):
        text = _ignored(text, variant.value)
    return text


def _variants(value: yaml.Node) -> list[yaml.ScalarNode]:
    if isinstance(value, yaml.MappingNode):
        return [variant for name, each in _entries(value) if name.value == "variants" for variant in _variants(each)]
    items = value.value if isinstance(value, yaml.SequenceNode) else ()
    return [item for item in items if isinstance(item, yaml.ScalarNode)]


def _root(text: str) -> yaml.MappingNode | None:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError as error:
        raise UsageError("the alias file is nested too deeply") from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise UsageError("the alias file has to be a list of `Name: …` lines")
    return node


def _sound_root(text: str) -> yaml.MappingNode | None:
    """The entries of a file that is to be changed. Raises UsageError where it can't be read, for then it must not be."""
    try:
        return _root(text)
    except yaml.YAMLError as error:
        raise UsageError("the alias file is not YAML; mend it first (`dateline config --check` says where)") from error


def _entries(node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(name, yaml.ScalarNode):
            yield name, value


def _find(text: str, name: str) -> tuple[yaml.ScalarNode, yaml.Node] | None:
    """The entry of a name."""
    key = normalise(name)
    return next(((found, value) for found, value in _entries(_sound_root(text)) if normalise(found.value) == key), None)


def _checked(text: str, changed: str, names: Sequence[str], is_done: Callable[[Aliases], bool]) -> str:
    """The changed text. Raises UsageError unless what was asked for is done, and what goes by none of these names reads as it did."""
    before, after = parse_aliases(text, "")[0], parse_aliases(changed, "")[0]
    keys = {*before.canonical, *before.ignored} - {normalise(name) for name in names}
    told = ((_called(before, key), _called(after, key)) for key in keys)
    if after is NO_ALIASES or any(was != now and was != _called(before, names[0]) for was, now in told):
        raise UsageError("the alias file is written in a way that can't be changed safely; change it by hand")
    if not is_done(after):
        raise UsageError(f"what the alias file says of {' and '.join(names)} is in the way; change it by hand")
    return changed


def _called(aliases: Aliases, name: str) -> Entity | None:
    return aliases.apply(Entity(name, "other"))


def _appended(text: str, line: str) -> str:
    """A line added below all others, or an entry within braces where they hold all."""
    root = _sound_root(text)
    if root is None:
        return f"{text.rstrip()}\n{line}\n" if text.strip() else f"{line}\n"
    if root.flow_style:
        return _with_part(text, root, line)
    end = root.end_mark.index
    return f"{text[:end].rstrip()}\n{' ' * root.start_mark.column}{line}\n{text[end:]}"


def _end(text: str, node: yaml.Node) -> int:
    """Where a node's text ends, the blank lines and comments behind a block left out."""
    end = int(node.end_mark.index)
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        lines = text[node.start_mark.index : end].split("\n")
        while len(lines) > 1 and (not lines[-1].strip() or lines[-1].strip().startswith("#")):
            end -= len(lines.pop()) + 1
    return end


def _replaced(text: str, node: yaml.Node, new: str) -> str:
    return f"{text[: node.start_mark.index]}{new}{text[_end(text, node) :]}"


def _with_item(text: str, sequence: yaml.SequenceNode, name: str) -> str:
    """A variant added at the end of a list, unless it is there."""
    if any(isinstance(item, yaml.ScalarNode) and normalise(item.value) == normalise(name) for item in sequence.value):
        return text
    if sequence.flow_style:
        return _with_part(text, sequence, _quoted(name))
    end = _end(text, sequence)
    return f"{text[:end].rstrip()}\n{' ' * sequence.start_mark.column}- {_quoted(name)}{text[end:]}"


def _with_part(text: str, collection: yaml.CollectionNode, part: str) -> str:
    """A part added behind the last one within brackets or braces, whether or not a comma follows it."""
    if not collection.value:
        start = collection.start_mark.index + 1
        return f"{text[:start]}{part}{text[start:]}"
    last = collection.value[-1]
    end = (last[1] if isinstance(last, tuple) else last).end_mark.index
    return f"{text[:end]}, {part}{text[end:]}"


def _with_field(text: str, mapping: yaml.MappingNode, line: str) -> str:
    """A field added at the front of an entry."""
    start = mapping.start_mark.index
    if mapping.flow_style:
        return f"{text[: start + 1]}{line}{', ' if mapping.value else ''}{text[start + 1 :]}"
    return f"{text[:start]}{line}\n{' ' * mapping.start_mark.column}{text[start:]}"


def _quoted(name: str) -> str:
    """A name as YAML takes it for text: bare where that is plainly safe, else in double quotes."""
    is_plain = name[:1].isalpha() and name[-1:].isalnum() and all(character.isalnum() or character in " .'’-" for character in name)
    return name if is_plain else '"' + "".join(_escaped(character) for character in name) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    return character if character.isprintable() else f"\\U{ord(character):08x}"
