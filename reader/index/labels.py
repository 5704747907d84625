"""Labels as the index keeps them: several in one column of an article, and folded so that what is the same is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from reader.database import Database, batches
from reader.model import ArticleId
from reader.query.fold import tokens

_BETWEEN = "\x1f"
"""Between the values of a list in one column."""
_MOST_PAIRS = 250
"""Looked up in one statement."""

Label = tuple[str, str, str]
"""The field, the name folded, and the name."""


@lru_cache(maxsize=4096)
def fold_label(name: str) -> str:
    """What makes two labels the same: their words, whatever the case, accents and punctuation between them."""
    return " ".join(tokens(name)) or name.casefold()


def labels_of(
    categories: Sequence[str], file_tags: Sequence[str], language: str | None, source: str | None, byline: str | None
) -> tuple[Label, ...]:
    """The labels of an article, none twice."""
    pairs = [("category", name) for name in categories] + [("tag", name) for name in file_tags]
    pairs += [(field, name) for field, name in (("language", language), ("source", source), ("author", byline)) if name]
    unique: dict[tuple[str, str], Label] = {}
    for field, name in pairs:
        folded = fold_label(name)
        unique.setdefault((field, folded), (field, folded, name))
    return tuple(unique.values())


def join_column(values: Sequence[str]) -> str | None:
    """Several values as one column; None for none."""
    return _BETWEEN.join(value.replace(_BETWEEN, " ") for value in values) or None


def split_column(column: str | None) -> tuple[str, ...]:
    """The values of a column that `join_column` has made."""
    return tuple(column.split(_BETWEEN)) if column else ()


class LabelWriter:
    """Writes the labels of one transaction; `settle` ends it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ids: dict[tuple[str, str], int] = {}
        self._changes: Counter[int] = Counter()
        """By label, how many articles more have it."""

    def put(self, articles: Iterable[tuple[ArticleId, Sequence[Label]]]) -> None:
        """Gives these articles their labels."""
        names: dict[tuple[str, str], str] = {}
        each: list[tuple[tuple[str, str], ArticleId]] = []
        for article, labels in articles:
            for field, folded, name in labels:
                names.setdefault((field, folded), name)
                each.append(((field, folded), article))
        self._learn(names)
        self._make(names)
        rows = sorted((self._ids[label], article) for label, article in each)
        self._changes.update(number for number, _ in rows)
        self._database.run_many("INSERT OR IGNORE INTO labelled (label, article) VALUES (?, ?)", rows)

    def remove(self, article: ArticleId, labels: Sequence[Label]) -> None:
        """Takes an article's labels from it."""
        self._learn(label[:2] for label in labels)
        held = [number for label in labels if (number := self._ids.get(label[:2])) is not None]
        self._changes.subtract(held)
        self._database.run_many("DELETE FROM labelled WHERE label = ? AND article = ?", [(number, article) for number in held])

    def settle(self) -> None:
        """Counts them, and forgets labels that no article has any more."""
        changes = [(by, number) for number, by in self._changes.items() if by]
        self._database.run_many("UPDATE labels SET articles = articles + ? WHERE id = ?", changes)
        self._database.run("DELETE FROM labels WHERE articles <= 0")

    def _learn(self, labels: Iterable[tuple[str, str]]) -> None:
        """Looks up the numbers of labels that the index has."""
        unknown = [label for label in labels if label not in self._ids]
        for some in batches(unknown, _MOST_PAIRS):
            sql = f"SELECT field, folded, id FROM labels WHERE (field, folded) IN (VALUES {','.join(['(?, ?)'] * len(some))})"
            values = [value for pair in some for value in pair]
            self._ids.update(((field, folded), number) for field, folded, number in self._database.rows(sql, values))

    def _make(self, names: Mapping[tuple[str, str], str]) -> None:
        for (field, folded), name in names.items():
            if (field, folded) not in self._ids:
                sql = "INSERT INTO labels (field, folded, name, articles) VALUES (?, ?, ?, 0)"
                self._ids[field, folded] = self._database.insert(sql, (field, folded, name))
