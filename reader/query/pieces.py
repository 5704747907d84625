"""A filter text cut into pieces: brackets, operators, words, phrases and `field:values`, each with its place.

Cutting never fails. What is unfinished (`"Ang`, `title:/x`, `category:`) is a piece that says so, and `syntax` and
`complete` decide what that means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from reader.query.fields import Field, find_field

PieceKind = Literal["(", ")", "OR", "AND", "NOT", "-", "words", "term", "ref"]
ValueForm = Literal["word", "quoted", "regex"]

_SPACE = re.compile(r"\s+")
_MINUS = re.compile(r"-(?=[^\s)|])")
_FIELD = re.compile(r"([A-Za-z]+):(?!//)")
_REF = re.compile(r"@([\w-]+)(?=[\s()|]|$)")
_WORD = re.compile(r"[^\s()|]+")
_VALUE = re.compile(r"[^\s()|,]*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_REGEX = re.compile(r"/((?:[^/\\]|\\.|/(?![\s(),|]|$))*)/(?=[\s(),|]|$)", re.DOTALL)
_OPERATORS: dict[str, PieceKind] = {"OR": "OR", "AND": "AND", "NOT": "NOT"}


@dataclass(frozen=True, slots=True)
class RawValue:
    """A word, phrase or regex as written, its quotes or slashes off."""

    text: str
    start: int
    end: int
    form: ValueForm = "word"
    is_prefix: bool = False
    """Whether a `*` followed."""
    is_closed: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """One unit of the text; `values` holds one for `words` and `ref`, at least one for `term`, else none."""

    kind: PieceKind
    start: int
    end: int
    values: tuple[RawValue, ...] = ()
    field: Field | None = None


def cut(text: str) -> tuple[Piece, ...]:
    """All pieces of `text`, left to right."""
    pieces: list[Piece] = []
    at = _skip_space(text, 0)
    while at < len(text):
        pieces.append(_piece(text, at))
        at = _skip_space(text, pieces[-1].end)
    return tuple(pieces)


def quoted(text: str) -> str:
    """`text` as a phrase that reads back as itself."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def slashed(regex: str) -> str:
    """`regex` as a value that reads back as itself."""
    return f"/{regex.replace('/', chr(92) + '/')}/"


def _skip_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _piece(text: str, at: int) -> Piece:
    first = text[at]
    if first in "()":
        return Piece("(" if first == "(" else ")", at, at + 1)
    if first == "|":
        return Piece("OR", at, at + 1)
    if _MINUS.match(text, at):
        return Piece("-", at, at + 1)
    if first == '"':
        value = _quoted_value(text, at)
        return Piece("words", at, value.end, (value,))
    if (ref := _REF.match(text, at)) is not None:
        return Piece("ref", at, ref.end(), (RawValue(ref.group(1), at, ref.end()),))
    named = _FIELD.match(text, at)
    field = find_field(named.group(1)) if named else None
    if named and field:
        values = _values(text, named.end(), field)
        return Piece("term", at, values[-1].end, values, field)
    return _word_piece(text, at)


def _word_piece(text: str, at: int) -> Piece:
    word = _WORD.match(text, at)
    assert word is not None, text[at:]
    operator = _OPERATORS.get(word.group())
    if operator:
        return Piece(operator, at, word.end())
    return Piece("words", at, word.end(), (_word_value(word),))


def _values(text: str, at: int, field: Field) -> tuple[RawValue, ...]:
    values = [_value(text, at, field)]
    while text.startswith(",", values[-1].end):
        values.append(_value(text, values[-1].end + 1, field))
    return tuple(values)


def _value(text: str, at: int, field: Field) -> RawValue:
    if text.startswith('"', at):
        return _quoted_value(text, at)
    if field.takes_regex and text.startswith("/", at):
        return _regex_value(text, at)
    word = _VALUE.match(text, at)
    assert word is not None, text[at:]
    return _word_value(word)


def _word_value(word: re.Match[str]) -> RawValue:
    written = word.group()
    bare = written.rstrip("*")
    is_prefix = bare not in ("", written)
    return RawValue(bare if is_prefix else written, word.start(), word.end(), is_prefix=is_prefix)


def _quoted_value(text: str, at: int) -> RawValue:
    phrase = _QUOTED.match(text, at)
    if phrase is None:
        return RawValue(text[at + 1 :], at, len(text), "quoted", is_closed=False)
    is_prefix = text.startswith("*", phrase.end())
    return RawValue(re.sub(r'\\(["\\])', r"\1", phrase.group(1)), at, phrase.end() + is_prefix, "quoted", is_prefix)


def _regex_value(text: str, at: int) -> RawValue:
    closed = _REGEX.match(text, at)
    if closed is None:
        return RawValue(text[at + 1 :], at, len(text), "regex", is_closed=False)
    regex = re.sub(r"\\(.)", lambda escape: "/" if escape.group(1) == "/" else escape.group(), closed.group(1), flags=re.DOTALL)
    return RawValue(regex, at, closed.end(), "regex")
