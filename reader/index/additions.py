"""Putting what was read into the tables, one table after the other.

A batch costs a statement a table, not several an article. The full-text tables come last: whenever another statement might
have to be undone by itself, they write out what they have gathered, and gathering is what makes them fast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from reader.database import Database, batches, placeholders
from reader.index.keys import Keys
from reader.index.labels import join_column
from reader.index.reading import Entry, Reading
from reader.index.schema import LAST_FILE
from reader.index.sorting import beginning
from reader.model import ArticleId
from reader.paths import own_key, path_key, shown_path, stored_path


@dataclass(frozen=True, slots=True)
class Known:
    """A file that is in the index."""

    number: int
    article: ArticleId | None
    key: str | None
    """The key that was made of its path, or of where it stood before; None where its article declares one itself."""


@dataclass(frozen=True, slots=True)
class Heritage:
    """What a file that vanished leaves to one with the same bytes, which is the same file in another place."""

    number: int
    key: str | None
    """The key that was made of its path, or of where it stood before; None where its article declares one itself."""


@dataclass(frozen=True, slots=True)
class Addition:
    """One article that was put in."""

    reading: Reading
    article: Entry
    id: ArticleId
    file: int
    key: str
    """The key made of its path."""


def known_files(database: Database, root: int, paths: Sequence[str]) -> dict[str, Known]:
    """Those of the paths in an archive that are in the index."""
    found: dict[str, Known] = {}
    for some in batches(paths):
        sql = f"""SELECT f.path, f.id, f.article, CASE WHEN a.declared_key IS NULL THEN a.key END
                  FROM files f LEFT JOIN articles a ON a.id = f.article WHERE f.root = ? AND f.path IN ({placeholders(some)})"""
        rows = database.rows(sql, (root, *map(stored_path, some)))
        found.update((shown_path(path), Known(*file)) for path, *file in rows)
    return found


def known_digests(database: Database, root: int, digests: Sequence[bytes]) -> set[bytes]:
    """Those of the digests that a file in an archive has. Looks at all of them: that is asked seldom, and no index is as small."""
    found: set[bytes] = set()
    for some in batches(digests):
        sql = f"SELECT digest FROM files NOT INDEXED WHERE digest IN ({placeholders(some)}) AND root = ?"
        found.update(digest for (digest,) in database.rows(sql, (*some, root)))
    return found


def add(
    database: Database,
    root: tuple[int, str],
    readings: Sequence[tuple[Reading, ArticleId | None]],
    known: Mapping[str, Known],
    heritages: dict[bytes, Heritage],
) -> list[Addition]:
    """Puts readings in, in the order given, which must be that of their ids; what was known of their articles must be out before.

    `root` is the archive's number and path, `known` what their files were. A heritage that finds its heir is taken out of `heritages`.
    """
    numbering = count(_last_file(database) + 1)
    numbers: list[int] = []
    kept: dict[int, str] = {}
    paths: dict[int, str] = {}
    for reading, _ in readings:
        old = known.get(reading.path)
        heritage = heritages.pop(reading.digest, None) if reading.article is not None else None
        number = old.number if old else heritage.number if heritage else next(numbering)
        numbers.append(number)
        if reading.article is not None:
            paths[number] = reading.path
            key = (heritage and heritage.key) or (old and old.key)
            if key:
                kept[number] = own_key(root[1], key)
    _put_files(database, root[0], readings, numbers, known)
    keys = _keys(database, root, paths, kept)
    additions = [
        Addition(reading, reading.article, article_id, number, keys[number])
        for (reading, article_id), number in zip(readings, numbers, strict=True)
        if reading.article is not None and article_id is not None
    ]
    _put_articles(database, additions)
    _put_words(database, additions)
    return additions


def _keys(database: Database, root: tuple[int, str], paths: Mapping[int, str], kept: Mapping[int, str]) -> dict[int, str]:
    """By number, the keys of files: those that some kept, and what these leave to the others of what their paths say."""
    # In this order, so that what is new takes no key from what had it.
    wanted = {**kept, **{number: path_key(path) for number, path in paths.items() if number not in kept}}
    keys = Keys(database, root, list(wanted.values()))
    return {number: keys.give(key, number) for number, key in wanted.items()}


def _last_file(database: Database) -> int:
    found = database.row("SELECT value FROM meta WHERE name = ?", (LAST_FILE,))
    return int(found[0]) if found else 0


def _put_files(
    database: Database, root: int, readings: Sequence[tuple[Reading, ArticleId | None]], numbers: Sequence[int], known: Mapping[str, Known]
) -> None:
    rows = [
        (number, root, stored_path(reading.path), *reading.stamp, reading.digest, article_id)
        for (reading, article_id), number in zip(readings, numbers, strict=True)
    ]
    old = [(known[reading.path].number,) for reading, _ in readings if reading.path in known]
    database.run_many("DELETE FROM problems WHERE file = ?", old)
    database.run_many("DELETE FROM files WHERE id = ?", old)
    database.run_many("INSERT INTO files (id, root, path, size, mtime, digest, article) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    database.run_many(
        "INSERT INTO problems (file, line, what, effect) VALUES (?, ?, ?, ?)",
        [
            (number, problem.line, problem.what, problem.effect)
            for (reading, _), number in zip(readings, numbers, strict=True)
            for problem in reading.problems
        ],
    )
    database.run("UPDATE meta SET value = max(value, ?) WHERE name = ?", (max(numbers, default=0), LAST_FILE))


def _put_articles(database: Database, additions: Sequence[Addition]) -> None:
    database.run_many(
        "INSERT INTO timeline (id, instant, arrived, words, flags, headline, source) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (each.id, each.article.published and each.article.published.instant, each.reading.stamp[1] // 1_000_000,
             each.article.words, each.reading.flags, beginning(each.article.headline), beginning(each.article.source))
            for each in additions
        ],
    )  # fmt: skip
    database.run_many(
        """INSERT INTO articles (id, file, key, declared_key, written, headline, categories, file_tags, language, source,
                                 origin_url, byline, description)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        map(_article_row, additions),
    )


def _article_row(each: Addition) -> tuple[object, ...]:
    article = each.article
    return (
        each.id, each.file, each.key, article.declared_key, article.published and article.published.written, article.headline,
        join_column(article.categories), join_column(article.tags), article.language, article.source,
        article.origin_url, article.byline, article.description,
    )  # fmt: skip


def _put_words(database: Database, additions: Sequence[Addition]) -> None:
    sql = "INSERT INTO search (rowid, headline, dek, body, names) VALUES (?, ?, ?, ?, ?)"
    database.run_many(sql, ((each.id, *each.reading.columns) for each in additions))
    sql = "INSERT INTO beginnings (rowid, letters) VALUES (?, ?)"
    database.run_many(sql, ((each.id, each.reading.beginnings) for each in additions))
    database.run_many("INSERT INTO paths (rowid, path) VALUES (?, ?)", ((each.id, each.reading.path_words) for each in additions))
