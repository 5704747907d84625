"""What the list of headlines tells its screen, wants to know from it, and is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.message import Message

from reader.model import ArticleId
from reader.query.snippets import Snippet


@dataclass
class CursorMoved(Message):
    """The cursor is on another row, or the row on another place."""

    row_id: ArticleId | None
    """None when nothing is listed."""
    index: int
    """Counted from 0; -1 when nothing is listed."""

    def can_replace(self, message: Message) -> bool:
        """Only the latest place matters."""
        return isinstance(message, CursorMoved)


@dataclass
class RowOpened(Message):
    """The row was clicked a second time."""

    index: int


@dataclass
class ColoursWanted(Message):
    """Rows have come on screen whose colours aren't known: to be answered with `HeadlineList.colour`."""

    ids: tuple[ArticleId, ...]


@dataclass
class SnippetsWanted(Message):
    """Rows have come on screen whose sentences aren't known: to be answered with `Quoted`."""

    ids: tuple[ArticleId, ...]
    question: int
    width: int
    """The cells that there are for a sentence."""


@dataclass
class Quoted(Message):
    """Sentences of articles that were wanted; None for one that has none."""

    question: int
    snippets: Mapping[ArticleId, Snippet | None]
