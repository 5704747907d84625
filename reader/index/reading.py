"""One file made ready for the index: read, parsed, and its words laid out for full-text search.

Runs in worker processes as well as in threads, so everything that goes in or comes out is a small plain value.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from reader.index import schema
from reader.index.deadline import Deadline, TooSlow
from reader.index.labels import Label, labels_of
from reader.intake.code import without_code
from reader.intake.folder import Stamp, read_bytes
from reader.intake.parse import parse
from reader.model import Article, Problem, Published
from reader.query.fold import GAP, IN_BODY, IN_HEADLINE, IN_NAMES, beginnings, index_text, index_words

LARGEST_FILE = 8 * 1024 * 1024
"""Bytes read of one file; what lies beyond is left out and said so."""
BEGINNING = 64 * 1024
"""Bytes read of a file that takes too long as a whole."""
_OPENING_SECONDS = 2.0
"""How long reading the file of an article that is opened may take."""
_INDEXED_BODY = 2_000_000
"""Characters of a body that full-text search knows."""

_TABLE = re.compile(r"^[^|\n]*\|.*\n[ \t>]*(?:\|[ \t]*)?:?-+:?[ \t]*\|[-:| \t]*$", re.MULTILINE)
"""A row, and the line of dashes below it; bars at the ends of the rows are needless."""
_IMAGE = re.compile(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_LINK = re.compile(r"\]\(|https?://|\bmailto:")
_SIGNS_OF_LINKS = ("](", "://", "mailto:")
"""One of which is in every link."""


class Entry(NamedTuple):
    """What the index keeps of an article as it stands there."""

    published: Published | None
    declared_key: str | None
    headline: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    language: str | None
    source: str | None
    origin_url: str | None
    byline: str | None
    description: str | None
    words: int


class Reading(NamedTuple):
    """What one file gave. A tuple, which goes from one process to another at a fifth of an object's cost."""

    path: str
    stamp: Stamp
    digest: bytes
    article: Entry | None
    """None where no article came of the file."""
    problems: tuple[Problem, ...]
    columns: tuple[str, str, str, str] = ("", "", "", "")
    """The words of headline, description, body and names, ready for the full-text table."""
    beginnings: str = ""
    """With what letters those words begin, ready for the table of beginnings."""
    path_words: str = ""
    """The words of the path, ready for the table of paths."""
    labels: tuple[Label, ...] = ()
    flags: int = 0


def read(root: str, path: str, stamp: Stamp) -> Reading:
    """Reads and parses one file of the archive `root`; never raises for what the file holds."""
    return _reading(path, stamp, load(root, path))


def read_beginning(root: str, path: str, stamp: Stamp) -> Reading:
    """`read` for a file that takes too long: its beginning alone, which says so."""
    return _reading(path, stamp, load_beginning(root, path))


def _reading(path: str, stamp: Stamp, found: tuple[bytes, Article | Problem] | Problem) -> Reading:
    if isinstance(found, Problem):
        return Reading(path, stamp, b"", None, (found,))
    data, article = found
    digest = hashlib.blake2b(data, digest_size=12).digest()
    if isinstance(article, Problem):
        return Reading(path, stamp, digest, None, (article,))
    columns, begun = _words(article)
    return Reading(
        path, stamp, digest, _entry(article), article.problems,
        columns, begun, index_text(path), _labels(article), _flags(article),
    )  # fmt: skip


def load(root: str, path: str) -> tuple[bytes, Article | Problem] | Problem:
    """The bytes and the article of one file, or the problem that kept them away."""
    data = read_bytes(root, path, LARGEST_FILE)
    if isinstance(data, Problem):
        return data
    return data, parse(data, path)


def load_beginning(root: str, path: str) -> tuple[bytes, Article | Problem] | Problem:
    """`load` of the beginning alone, whole lines where it has any."""
    data = read_bytes(root, path, BEGINNING)
    if isinstance(data, Problem):
        return data
    end = data.rfind(b"\n", 0, BEGINNING) + 1
    found = parse(data[: end or BEGINNING], path)
    if isinstance(found, Problem):
        return data, found
    cut = Problem(path, None, f"takes too long to read; only its first {BEGINNING >> 10} KiB are here", "read in part")
    return data, replace(found, problems=(cut, *found.problems))


def load_in_time(root: str, path: str) -> tuple[bytes, Article | Problem] | Problem:
    """`load`, or `load_beginning` where that takes too long, for one who waits."""
    with Deadline(_OPENING_SECONDS) as deadline:
        try:
            return deadline.run(lambda: load(root, path))
        except TooSlow:
            return load_beginning(root, path)


def _entry(article: Article) -> Entry:
    return Entry(
        article.published, article.declared_key, article.headline, article.categories, article.tags, article.language,
        article.source, article.origin_url, article.byline, article.description, article.words,
    )  # fmt: skip


def _words(article: Article) -> tuple[tuple[str, str, str, str], str]:
    """The columns of the full-text table, and that of the table of beginnings."""
    names = [name.name for name in article.declared_names]
    names += [*article.categories, *article.tags, article.byline or ""]
    headline, dek, body = map(index_words, (article.headline, article.description or "", article.body[:_INDEXED_BODY]))
    named: list[str] = []
    for name in names:
        named += _words_of_name(name)
    begun = (*beginnings(IN_HEADLINE, headline), *beginnings(IN_BODY, dek + body), *beginnings(IN_NAMES, named))
    return (" ".join(headline), " ".join(dek), " ".join(body), " ".join(named)), " ".join(begun)


@lru_cache(maxsize=4096)
def _words_of_name(name: str) -> list[str]:
    """Of a name that many articles have. The gap after it keeps phrases from running into the next."""
    return [*index_words(name), GAP]


def _labels(article: Article) -> tuple[Label, ...]:
    return labels_of(article.categories, article.tags, article.language, article.source, article.byline)


def _has_link(body: str) -> bool:
    # Most bodies have none, and to find that out by the pattern alone takes a tenth of the time that reading an article takes.
    return any(sign in body for sign in _SIGNS_OF_LINKS) and _LINK.search(_IMAGE.sub("", body)) is not None


def _flags(article: Article) -> int:
    published = article.published
    body = without_code(article.body) if article.body_form == "markdown" else article.body
    held = (
        (schema.HAS_TIME, published is not None and published.has_time),
        (schema.IS_DRAFT, article.is_draft),
        (schema.HAS_PROBLEM, bool(article.problems)),
        (schema.HAS_LINK, _has_link(body)),
        (schema.HAS_IMAGE, "![" in body and _IMAGE.search(body) is not None),
        (schema.HAS_TABLE, "|" in body and _TABLE.search(body) is not None),
    )
    return sum(flag for flag, holds in held if holds)
