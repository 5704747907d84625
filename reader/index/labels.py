"""Labels as the index keeps them: several in one column of an article, and folded so that what is the same is one."""

from __future__ import annotations

from collections.abc import Sequence

from reader.query.fold import tokens

_BETWEEN = "\x1f"
"""Between the values of a list in one column."""


def fold_label(name: str) -> str:
    """What makes two labels the same: their words, whatever the case, accents and punctuation between them."""
    return " ".join(tokens(name)) or name.casefold()


def join_column(values: Sequence[str]) -> str | None:
    """Several values as one column; None for none."""
    return _BETWEEN.join(value.replace(_BETWEEN, " ") for value in values) or None


def split_column(column: str | None) -> tuple[str, ...]:
    """The values of a column that `join_column` has made."""
    return tuple(column.split(_BETWEEN)) if column else ()
