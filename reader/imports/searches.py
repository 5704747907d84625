"""Searches kept in other readers, put into the filter language as far as they say the same; what doesn't is said, and why.

    newsboat's urls file ─▶ newsboat_filter ─┐
                                             ├─▶ Taken(name, query) | Left(name, text, why)
    elfeed's bookmarks   ─▶ elfeed_filter   ─┘
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reader.imports import elfeed_filter, newsboat_filter
from reader.imports.lisp import Atom, Datum, LispError, records
from reader.imports.remembered import ImportFileError
from reader.imports.untranslatable import Untranslatable
from reader.query.syntax import unparse
from reader.query.tree import Query

SearchSource = Literal["newsboat", "elfeed"]

_LARGEST_FILE = 16 * 1024 * 1024
_NEWSBOAT_LINE = re.compile(r'^\s*(?:"query:((?:[^"\\]|\\.)*)"|query:(\S+))', re.MULTILINE)
_ELFEED_SETTING = "elfeed-search-filter"
_DEEPEST_PROPERTY = 3
"""Lists within a bookmark in which its properties are looked for; Emacs writes one at most."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A search that says the same here."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Left:
    """A search that can't be put into the filter language."""

    name: str
    text: str
    why: str


def searches_in(path: Path, source: SearchSource | None = None) -> Iterator[Taken | Left]:
    """Every search of the file, in its order; without `source` by what the file looks like. Raises ImportFileError."""
    text = _text(path)
    is_newsboat = (source or ("newsboat" if _NEWSBOAT_LINE.search(text) else "elfeed")) == "newsboat"
    found = _newsboat(text) if is_newsboat else _elfeed(path, text)
    translate = newsboat_filter.translated if is_newsboat else elfeed_filter.translated
    names: set[str] = set()
    for title, written in dict.fromkeys(found):
        name = _free_name(title, names)
        names.add(name)
        yield _translated(name, written, translate)


def _translated(name: str, text: str, translate: Callable[[str], Query]) -> Taken | Left:
    try:
        query = unparse(translate(text))
    except Untranslatable as error:
        return Left(name, text, str(error))
    return Taken(name, query) if query else Left(name, text, "it selects everything")


def _newsboat(text: str) -> Iterator[tuple[str, str]]:
    """(title, filter) of each `"query:Title:filter"` line."""
    for line in _NEWSBOAT_LINE.finditer(text):
        title, _, written = re.sub(r"\\(.)", r"\1", line[1] if line[1] is not None else line[2]).partition(":")
        yield title, written


def _elfeed(path: Path, text: str) -> Iterator[tuple[str, str]]:
    """(name, filter) of each bookmark of an elfeed search, and of a filter set in an init file."""
    try:
        for record in records(text, _is_search):
            if (setting := _setting(record)) is not None:
                yield "elfeed", setting
            else:
                yield str(record[0]), str(_location(record))
    except LispError as error:
        raise ImportFileError(f"{path}: {error}; is it Emacs's bookmarks file?") from error


def _setting(record: list[Datum]) -> str | None:
    """The filter that an init file sets: `(setq elfeed-search-filter "…")`, or the two alone as custom-set-variables has them."""
    words = record[1:] if record and record[0] in ("setq", "setq-default", "setopt") else record
    is_set = len(words) == 2 and words[0] == _ELFEED_SETTING and isinstance(words[1], str) and not isinstance(words[1], Atom)
    return str(words[1]) if is_set else None


def _is_search(record: list[Datum]) -> bool:
    if _setting(record) is not None:
        return True
    return bool(record) and isinstance(record[0], str) and _location(record) is not None and "elfeed" in str(_property(record, "handler"))


def _location(record: list[Datum]) -> str | None:
    found = _property(record, "location")
    return found if isinstance(found, str) else None


def _property(record: list[Datum], name: str, depth: int = _DEEPEST_PROPERTY) -> Datum | None:
    """The value of `(name . value)`, in the record or in a list within it."""
    for part in record[1:]:
        if isinstance(part, list):
            if len(part) == 3 and part[0] == name and part[1] == Atom("."):
                return part[2]
            if depth and (found := _property(["", *part], name, depth - 1)) is not None:
                return found
    return None


def _free_name(title: str, taken: set[str]) -> str:
    """The title as it can stand behind @, with a number where that is taken."""
    name = "-".join(re.findall(r"\w+", title)).casefold() or "search"
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise ImportFileError(f"{path}: {error.strerror or error}") from error
    if len(data) > _LARGEST_FILE or data.startswith(b"SQLite format 3"):
        raise ImportFileError(f"{path}: neither newsboat's urls file nor Emacs's bookmarks")
    return data.decode("utf-8", "replace")
