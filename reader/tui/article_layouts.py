"""Lays articles out on a thread, the latest asked for.

At most one is being laid out and at most one waits; an article that nobody wants any more stops being laid out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial

from reader.model import Article, Mark, Mention
from reader.tui.budget import Abandoned
from reader.tui.lines import ArticleLines


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be laid out."""

    article: Article
    mentions: Sequence[Mention]
    note: str | None
    """What is to be remarked above the text."""
    mark: Mark


class ArticleLayouts:
    """The layouts that one pane asks for."""

    def __init__(
        self,
        run: Callable[[Coroutine[None, None, None]], object],
        width: Callable[[], int],
        laid_out: Callable[[ArticleLines], object],
    ) -> None:
        """`run` begins what is awaited, `width` is asked for before each layout, `laid_out` takes it; all on the UI thread."""
        self._run = run
        self._width = width
        self._laid_out = laid_out
        self.subject: Subject | None = None
        """What was asked for last."""
        self._asked = 0
        """Counts what was asked for; `_settled` is what the pane has."""
        self._settled = 0
        self._is_laying_out = False

    @property
    def is_settled(self) -> bool:
        """Whether nothing is to be laid out any more."""
        return self._settled == self._asked

    def ask(self, subject: Subject) -> None:
        """Has it laid out; where there is no width, once it is asked for again."""
        self.subject = subject
        self._asked += 1
        if self._width() > 0 and not self._is_laying_out:
            self._is_laying_out = True
            self._run(self._lay_out_latest())

    def settle(self, subject: Subject | None) -> None:
        """The pane has all that there is of it: nothing needs to be laid out."""
        self.subject = subject
        self._asked += 1
        self._settled = self._asked

    def abandon(self) -> None:
        """Nobody wants what is being laid out any more."""
        self.subject = None
        self._asked += 1

    async def _lay_out_latest(self) -> None:
        try:
            while self.subject and not self.is_settled:
                asked, subject = self._asked, self.subject
                try:
                    lines = await asyncio.to_thread(_lay_out, subject, self._width(), partial(self._has_moved_on, asked))
                except Abandoned:
                    continue
                if asked == self._asked:
                    self._settled = asked
                    self._laid_out(lines)
        finally:
            self._is_laying_out = False

    def _has_moved_on(self, asked: int) -> bool:
        return asked != self._asked


def _lay_out(subject: Subject, width: int, is_abandoned: Callable[[], bool]) -> ArticleLines:
    """Lays the article out; beside the UI thread, and so behind the first headlines, for which nothing of this is imported."""
    from reader.tui.article_lines import render

    return render(
        subject.article,
        subject.mentions,
        width,
        note=subject.note,
        mark=subject.mark,
        is_abandoned=is_abandoned,
    )
