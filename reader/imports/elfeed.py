"""elfeed's index: which stories are read, and their tags.

The index is one Lisp expression with a record for each story, `#s(elfeed-entry ID TITLE LINK DATE CONTENT TYPE ENCLOSURES TAGS …)`;
before Emacs 26 it was a vector `[cl-struct-elfeed-entry …]`. A story without the tag `unread` is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from reader.imports.lisp import Atom, Datum, LispError, records
from reader.imports.remembered import ImportFileError, Remembered

_LARGEST_FILE = 512 * 1024 * 1024
_RECORDS = ("elfeed-entry", "cl-struct-elfeed-entry")
_ID, _LINK, _TAGS, _FEED = 1, 3, 8, 9
_STARS = ("star", "starred")


def stories(path: Path) -> Iterator[Remembered]:
    """Every story of the index. Raises ImportFileError."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise ImportFileError(f"{path}: {error.strerror or error}") from error
    if len(data) > _LARGEST_FILE:
        raise ImportFileError(f"{path}: larger than any elfeed index should be")
    try:
        for record in records(data.decode("utf-8", "replace"), _is_entry):
            yield _story(record)
    except LispError as error:
        raise ImportFileError(f"{path}: {error}; is it elfeed's index?") from error


def _is_entry(record: list[Datum]) -> bool:
    return len(record) > _TAGS and isinstance(record[0], Atom) and record[0] in _RECORDS


def _story(record: list[Datum]) -> Remembered:
    identity, link, tags = record[_ID], record[_LINK], record[_TAGS]
    names = [str(tag) for tag in tags if isinstance(tag, Atom)] if isinstance(tags, list) else []
    # The id is a pair of a feed and what the feed calls the story, often its link.
    own = [part for part in identity if isinstance(part, str) and not isinstance(part, Atom)] if isinstance(identity, list) else []
    links = [link, *own[-1:]] if isinstance(link, str) and not isinstance(link, Atom) else own[-1:]
    return Remembered(
        links=tuple(_whole(str(each), record) for each in links),
        is_read="unread" not in names,
        is_starred=any(star in names for star in _STARS),
        tags=tuple(name for name in names if name not in ("unread", *_STARS)),
    )


def _whole(link: str, record: list[Datum]) -> str:
    """A link as the feed's readers follow it: elfeed keeps one that begins with a slash as it was written."""
    feed = record[_FEED] if len(record) > _FEED else None
    try:
        return urljoin(feed, link) if link.startswith("/") and isinstance(feed, str) else link
    except ValueError:
        return link
