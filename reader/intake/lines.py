"""Front matter read line by line: the unfenced kinds, and what can be saved of the fenced kinds when their own grammar fails."""

from __future__ import annotations

import re

from reader.intake.values import Head, Value

_KEY_LINE = re.compile(r"""["']?([A-Za-z_][\w .-]{0,40}?)["']?[ \t]*[:=](?:[ \t]+(.*)|[ \t]*)$""")
_ITEM_LINE = re.compile(r"[ \t]*-[ \t]+(.*)")
_DEFINITION = re.compile(r"\[#\]:[ \t]+([\w -]{1,40}?):[ \t]*(.*)")
_BLOCK_MARKS = frozenset({"|", ">", "|-", ">-", "|+", ">+"})
_CLOSING = {"(": ")", '"': '"', "'": "'"}


def read_lines(text: str) -> Head | None:
    """The `key: value` lines of `text` with their indented and `- item` lines; None where most lines are neither."""
    head: Head = {}
    key = ""
    strange = 0
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    for line in lines:
        if found := _KEY_LINE.match(line):
            key = found[1].strip().lower()
            head[key] = _value(found[2] or "")
        elif not key:
            strange += 1
        elif item := _ITEM_LINE.match(line):
            items = head[key] = _list(head[key])
            items.append(_unquoted(item[1].strip()))
        elif line[0] in " \t":
            head[key] = _continued(head[key], line.strip())
        else:
            strange += 1
    return head if head and strange * 2 <= len(lines) else None


def read_definitions(text: str) -> Head:
    """The keys of `[#]: key: "value"` lines; also `(value)`. A blank value is None."""
    head: Head = {}
    for line in text.split("\n"):
        if found := _DEFINITION.match(line):
            head[found[1].strip().lower()] = _unquoted(found[2].strip()).strip() or None
    return head


def _value(text: str) -> Value:
    text = text.strip()
    if text in _BLOCK_MARKS:
        return None
    if text.startswith("[") and text.endswith("]") and not text.startswith("[["):
        return [_unquoted(item.strip()) for item in text[1:-1].split(",") if item.strip()]
    return _unquoted(text) or None


def _unquoted(text: str) -> str:
    """`text` without the marks around all of it."""
    closing = _CLOSING.get(text[:1])
    if closing and len(text) > 1 and text.endswith(closing) and (closing == ")" or closing not in text[1:-1]):
        return text[1:-1]
    return text


def _list(value: Value) -> list[Value]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _continued(value: Value, more: str) -> Value:
    if isinstance(value, list):
        value.append(f"{value.pop()} {more}" if value else more)
        return value
    return f"{value} {more}" if value else more
