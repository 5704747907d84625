"""What could come next in the filter bar: fields, values from the archive with their counts, dates, saved searches.

Looks only at what stands before the cursor. The archive is asked through a callback, so nothing here knows of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from reader.index.facets import ENTITY_FACETS
from reader.model import Facet
from reader.query.dates import DATE_WORDS
from reader.query.fields import FIELDS, Field
from reader.query.fold import fold
from reader.query.pieces import Piece, RawValue, cut
from reader.query.syntax import unparse
from reader.query.tree import Query, Term, Text

ValuesOf = Callable[[str, str, int], Sequence[Facet]]
"""(field, beginning, most) → at most so many values of the field with a word that begins so, the commonest first."""

_SHORTEST_NAME = 2
"""Letters of a bare word before names are offered for it."""
_PERIODS = ("24h", "7d", "30d", "3m", "1y")
_REST_OF_WORD = re.compile(r'[^\s()|,:"]*')
_REST_OF_QUOTE = re.compile(r'[^":]*"')
_DATE_START = re.compile(r"(?:.*\.\.|[<>]=?)?")


@dataclass(frozen=True, slots=True)
class Option:
    """One way to go on."""

    text: str
    """What replaces the span of the completion, quoted where it must be."""
    label: str
    """What to show."""
    help: str = ""
    count: int | None = None
    """How many articles have the value."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What to offer, best first, for the characters from `start` to `end` of the text."""

    start: int
    end: int
    options: tuple[Option, ...] = ()


def complete(text: str, cursor: int, values_of: ValuesOf, saved: Iterable[str] = (), most: int = 8) -> Completion:
    """What could stand at `cursor`; `saved` are the names of saved searches. At most `most` options."""
    pieces = cut(text[:cursor])
    last = pieces[-1] if pieces and pieces[-1].end == cursor else None
    asked = _Asked(text, cursor, values_of, most)
    if last is None or text[last.start : cursor] in ("(", "-"):
        return asked.answer(cursor, _fields(""))
    if last.kind in ("words", "ref"):
        return _in_word(asked, last, saved)
    if last.kind == "term" and last.field:
        return _in_term(asked, last, last.field)
    return Completion(cursor, cursor)


def is_of_name(text: str, cursor: int) -> bool:
    """Whether what is typed before `cursor` is, or is to be, a name in a field of names."""
    last = next(iter(cut(text[:cursor])[-1:]), None)
    return last is not None and last.end == cursor and last.field is not None and last.field.name in ENTITY_FACETS


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    cursor: int
    values_of: ValuesOf
    most: int

    def answer(self, start: int, options: Iterable[Option], *, is_quoted: bool = False) -> Completion:
        """The first options, in the place of what is there from `start` to the end of the word or quote under the cursor."""
        rest = _REST_OF_QUOTE.match(self.text, self.cursor) if is_quoted else _REST_OF_WORD.match(self.text, self.cursor)
        return Completion(start, rest.end() if rest else self.cursor, tuple(islice(options, self.most)))


def _in_word(asked: _Asked, piece: Piece, saved: Iterable[str]) -> Completion:
    value = piece.values[0]
    if value.form == "quoted":
        return Completion(asked.cursor, asked.cursor)
    written = asked.text[piece.start : piece.end]
    if written.startswith("@"):
        begun = sorted(name for name in saved if fold(name).startswith(fold(written[1:])))
        return asked.answer(piece.start, (Option(f"@{name}", f"@{name}", "saved search") for name in begun))
    return asked.answer(piece.start, _fields_and_names(asked, written))


def _fields_and_names(asked: _Asked, word: str) -> Iterator[Option]:
    yield from _fields(word)
    if len(word) >= _SHORTEST_NAME:
        for facet in asked.values_of("entity", word, asked.most):
            yield Option(_term_text("entity", facet.value), facet.value, facet.kind or "", facet.count)


def _fields(beginning: str) -> Iterator[Option]:
    for field in FIELDS:
        if any(name.startswith(beginning.casefold()) for name in (field.name, *field.aliases)):
            yield Option(f"{field.name}:", f"{field.name}:", field.help)


def _in_term(asked: _Asked, piece: Piece, field: Field) -> Completion:
    value = piece.values[-1]
    if field.kind == "date":
        return _in_date(asked, value)
    if field.choices:
        return asked.answer(value.start, _choices(field, value.text))
    if not field.has_facet or value.form == "regex":
        return Completion(asked.cursor, asked.cursor)
    taken = {fold(other.text) for other in piece.values[:-1]}
    found = asked.values_of(field.name, value.text, asked.most + len(taken))
    options = (
        Option(_term_text(field.name, facet.value).partition(":")[2], facet.value, facet.kind or "", facet.count)
        for facet in found
        if fold(facet.value) not in taken
    )
    return asked.answer(value.start, options, is_quoted=value.form == "quoted")


def _in_date(asked: _Asked, value: RawValue) -> Completion:
    """Words for the date under the cursor, which may follow a sign or the dots of a range."""
    opening = _DATE_START.match(value.text)
    begun = value.text[opening.end() if opening else 0 :]
    words = (word for word in (*DATE_WORDS, *_PERIODS) if word.startswith(begun.casefold()))
    return asked.answer(asked.cursor - len(begun), (Option(word, word) for word in words))


def _choices(field: Field, beginning: str) -> Iterator[Option]:
    sign = "-" if field.kind == "sort" and beginning.startswith("-") else ""
    for choice in field.choices:
        if choice.name.startswith(beginning.removeprefix(sign).casefold()):
            yield Option(sign + choice.name, sign + choice.name, f"reversed: {choice.help}" if sign else choice.help)


def _term_text(field: str, value: str) -> str:
    return unparse(Query(Term(field, (Text(value),))))
