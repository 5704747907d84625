"""The sentences beneath the rows of a list: known for what has been on screen, wanted for what comes there. No toolkit."""

from __future__ import annotations

from collections.abc import Mapping

from reader.model import ArticleId
from reader.query.snippets import Snippet

_KEPT = 4096
"""Rows whose sentences are kept; beyond it all are asked for anew."""


class RowSnippets:
    """What is known of the sentences of one question's rows."""

    def __init__(self) -> None:
        self._known: dict[ArticleId, Snippet | None] = {}
        self._wanted: dict[ArticleId, None] = {}
        self.question = 0
        """Which question they are of."""

    def of(self, row: ArticleId) -> Snippet | None:
        """The sentence of a row; where it isn't known, it is wanted from now on."""
        if row not in self._known:
            self._wanted[row] = None
        return self._known.get(row)

    @property
    def is_wanting(self) -> bool:
        """Whether there are sentences to be asked for."""
        return bool(self._wanted)

    def take_wanted(self) -> tuple[ArticleId, ...]:
        """The rows whose sentences are to be asked for, in the order in which they came on screen."""
        wanted, self._wanted = tuple(self._wanted), {}
        return wanted

    def learn(self, question: int, snippets: Mapping[ArticleId, Snippet | None]) -> None:
        """Takes sentences, unless they are of a question before; None for a row whose text says nothing of what is sought."""
        if question != self.question:
            return
        if len(self._known) > _KEPT:
            self._known.clear()
        self._known.update(snippets)

    def forget_all(self) -> None:
        """Another question: every row has another sentence."""
        self.question += 1
        self._known.clear()
        self._wanted.clear()
