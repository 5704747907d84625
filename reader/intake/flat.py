"""The front matter that most articles have, keys with a text or a list of texts, read as YAML reads it in a fifth of the time.

    title: A day at sea
    categories: [World, Sea]
    tags:
    - ferry

What YAML might not take word for word is left to YAML: mappings, comments, escapes, texts of several lines, keys given twice, and
characters that it takes for line ends or does not allow.
"""

from __future__ import annotations

import re

from reader.intake.values import Head, Value

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""What is no value to YAML where it isn't quoted."""

_BEYOND_ASCII = "\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
"""Without YAML's line ends, the byte order mark, and what it refuses."""
_FIRST = rf"[\w/(.$+{_BEYOND_ASCII}]"
"""What has no meaning of its own at the beginning of a text."""
_LISTED = rf"{_FIRST}[\w /().$+'&{_BEYOND_ASCII}-]*+"
_LINE = re.compile(
    r"(?:([A-Za-z_][\w-]{0,40}):|( *+)-)(?: ++(?:"
    rf'"([ !#-\[\]-~{_BEYOND_ASCII}]*+)" *+'  # no quotes in it, and no backslash
    rf"|'([ -&(-~{_BEYOND_ASCII}]*+)' *+"
    rf"|(?![^\n]*(?::(?: |$)| \#))({_FIRST}[ -~{_BEYOND_ASCII}]*+)"
    rf"|\[ *+({_LISTED}(?:, *+{_LISTED})*)\] *+"  # a group that is repeated with *+ keeps half a failure, in Python up to 3.11.4
    r")| *+)",
    re.ASCII,
)


def read_flat(text: str) -> Head | None:
    """The mapping; None where YAML must be asked."""
    head: Head = {}
    items: list[Value] | None = None
    key = indentation = ""
    for line in text.removesuffix("\n").split("\n"):
        found = _LINE.fullmatch(line)
        if found is None:
            return None
        written, indented, value = found[1], found[2], _value(found)
        if written is not None:
            key = written.lower()
            if key in head or written in NULLS:
                return None
            head[key] = value
            items = [] if found.lastindex == 1 else None
        elif items is None or (items and indented != indentation):
            return None
        else:
            items.append(value)
            head[key], indentation = items, indented
    return head or None


def _value(found: re.Match[str]) -> Value:
    _, _, double_quoted, single_quoted, plain, listed = found.groups()
    if plain is not None:
        return _unquoted(plain)
    if listed is not None:
        return [_unquoted(item) for item in listed.split(",")]
    return single_quoted if double_quoted is None else double_quoted


def _unquoted(text: str) -> str | None:
    text = text.strip(" ")
    return None if text in NULLS else text
