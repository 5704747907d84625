"""The shape of front matter once read, and the few ways its values are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Value = str | list["Value"] | dict[str, "Value"] | None
"""Front matter holds nothing but text, lists of it and mappings to it; None is an empty value."""

Head = dict[str, Value]

_NAMING_KEYS = ("name", "title", "label", "slug", "display_name")


def first_text(head: Head, keys: Iterable[str]) -> str | None:
    """The first value of `keys` that is not blank, as text."""
    for key in keys:
        if key in head:
            text = as_text(head[key])
            if text:
                return text
    return None


def as_text(value: Value) -> str:
    """A value as one text, trimmed: the first of a list, the name of a mapping; empty where there is none."""
    if value is None or isinstance(value, str):
        return value.strip() if value else ""
    return next(texts(value), "")


def texts(value: Value) -> Iterator[str]:
    """The texts in a value, trimmed, blank ones left out: of a list each, of a mapping its name."""
    if isinstance(value, str):
        if text := value.strip():
            yield text
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        yield from texts(next((value[key] for key in _NAMING_KEYS if value.get(key)), None))


def with_nested(head: Head, keys: Iterable[str]) -> Head:
    """The mapping with those of its mappings named by `keys` spread into it; what stands outside goes first."""
    nested = [value for key in keys if isinstance(value := head.get(key), dict)]
    if not nested:
        return head
    merged: Head = {}
    for value in reversed(nested):
        merged.update(value)
    merged.update(head)
    return merged


def unique(found: Iterable[str]) -> tuple[str, ...]:
    """The texts without those that differ from an earlier one in case alone."""
    by_folded: dict[str, str] = {}
    for text in found:
        by_folded.setdefault(text.casefold(), text)
    return tuple(by_folded.values())
