"""The field table: every `field:` of the filter language, once.

The parser, completion, the help screen and the README all read it. A field that isn't here can't be typed, and a field
that is here has its help beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

FieldKind = Literal["label", "entity", "text", "date", "choice", "sort", "number"]
"""What a value is compared with:

- `label`: a short value of the article: the whole of it when folded (`category:world` finds `WORLD`); of a source, words
  (`source:bangkokpost`); of a language, its regions too (`language:pt` finds `pt-BR`)
- `entity`: a whole name, an alias, or whole words of one
- `text`: words or a phrase inside running text
- `date`: a period
- `choice`: one of the field's own closed list
- `sort`, `number`: they shape the answer and select nothing
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list."""

    name: str
    help: str


@dataclass(frozen=True, slots=True)
class Field:
    """What can stand before a colon."""

    name: str
    kind: FieldKind
    sample: str
    help: str
    aliases: tuple[str, ...] = ()
    takes_regex: bool = False
    has_facet: bool = False
    choices: tuple[Choice, ...] = ()


IS = (
    Choice("unread", "not yet read"),
    Choice("read", "read"),
    Choice("starred", "starred"),
    Choice("skipped", "dismissed with d"),
    Choice("queued", "in the reading queue"),
    Choice("new", "came since your last visit"),
    Choice("noted", "with a note of yours"),
)
HAS = (
    Choice("link", "a link in the body"),
    Choice("image", "an image in the body"),
    Choice("table", "a table in the body"),
    Choice("note", "a note of yours"),
    Choice("entity", "a recognised person, organisation or place"),
)
SORTS = (
    Choice("date", "newest first"),
    Choice("relevance", "best match first"),
    Choice("headline", "A to Z"),
    Choice("source", "A to Z"),
    Choice("words", "longest first"),
)

FIELDS: tuple[Field, ...] = (
    Field("category", "label", "category:world", "the desk or section of the file", ("c",), has_facet=True),
    Field("entity", "entity", 'entity:"Min Aung Hlaing"', "a person, organisation or place, by any of its names", ("e",), has_facet=True),
    Field("person", "entity", "person:biden", "a person named in the story", has_facet=True),
    Field("org", "entity", "org:ECB", "an organisation named in the story", has_facet=True),
    Field("place", "entity", "place:Lyon,Marseille", "a place named in the story", has_facet=True),
    Field("tag", "label", "tag:budget", "a tag, the file's or yours", ("t",), has_facet=True),
    Field("source", "label", "source:bangkokpost.com", "who published it", ("s",), takes_regex=True, has_facet=True),
    Field("language", "label", "language:fr", "the language it is written in", ("lang",), has_facet=True),
    Field("author", "text", "author:orwell", "words of the byline", takes_regex=True),
    Field("title", "text", "title:métro", "words of the headline", ("headline",), takes_regex=True),
    Field("body", "text", 'body:"rate cut"', "words of the text below the headline", takes_regex=True),
    Field("path", "text", "path:2024/11", "words of the file's path in the archive", takes_regex=True),
    Field("date", "date", "date:2024-03", "published in that day, month, year or range (2024-03-01..2024-03-15)"),
    Field("since", "date", "since:7d", "published then or later"),
    Field("until", "date", "until:yesterday", "published then or earlier"),
    Field("after", "date", "after:2024-03", "published later than the whole of it"),
    Field("before", "date", "before:2024-03", "published earlier than any of it"),
    Field("is", "choice", "is:unread", "how you have marked it", choices=IS),
    Field("has", "choice", "has:link", "what it contains", choices=HAS),
    Field("sort", "sort", "sort:words", "the order of the answer; sort:-words is the other way round", choices=SORTS),
    Field("limit", "number", "limit:50", "at most so many articles"),
)

FACETS: tuple[str, ...] = (*(field.name for field in FIELDS if field.has_facet), "day")
"""What an answer can be counted by. `day` can't be typed in a query: there it is `date:`."""

_BY_NAME = {name: field for field in FIELDS for name in (field.name, *field.aliases)}


def find_field(name: str) -> Field | None:
    """The field of that name or alias, in any case."""
    return _BY_NAME.get(name.casefold())


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The one of `names` that `word` was most likely meant to be."""
    return next(iter(get_close_matches(word.casefold(), list(names), 1, 0.6)), None)


def nearest_field(name: str) -> str | None:
    """The field, or the `is:` or `has:` term, that an unknown `name:` was most likely meant to be."""
    for field in (find_field("is"), find_field("has")):
        if field is not None and name.casefold() in {choice.name for choice in field.choices}:
            return f"{field.name}:{name.casefold()}"
    near = nearest(name, (known for known in _BY_NAME if len(known) > 1))
    return f"{near}:" if near else None
