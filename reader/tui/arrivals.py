"""What comes in: which articles are new since the last visit, and those that fit what is watched, which ring once.

    the index has come to rest ─┬▶ is:new ───────────────────────────▶ News, for the line in the list
                                └▶ files that weren't there ─ watches ─▶ marks in the list, one line that names story and sentence
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from reader.clean import clean_line
from reader.library import Library
from reader.model import ArticleId, HeadlineRow, Problem
from reader.query.contexts import words_in
from reader.query.refine import settled
from reader.query.saved import expand
from reader.query.tree import Query, Term, Text
from reader.tui.desk import Desk
from reader.tui.new_rows import News

IS_NEW = Query(Term("is", (Text("new"),)))
WAYS = ("status", "bell", "notify")
"""How a watch rings, the loudest last; the first is part of each."""

_RING_SECONDS = 20.0
_LONGEST_HEADLINE = 60
"""Characters of a headline beside which there is room for a sentence."""
_SENTENCE = 160

Matches = Mapping[ArticleId, str]
"""Articles, each with the first watch that it fits."""


class Arrivals:
    """Looks out on one desk."""

    def __init__(self, desk: Desk, changed: Callable[[], object]) -> None:
        """`changed` is called where other rows are new than before."""
        self._desk = desk
        self._changed = changed
        self.news = News()
        self._looked_at: tuple[str, int] | None = None
        """The index at the last look."""
        self._last_file: int | None = None
        """Files numbered higher weren't there when the reader was opened; None while there is nothing to compare with."""
        self._seen: set[ArticleId] = set()

    def look(self) -> None:
        """Looks at the index, which is at rest."""
        counts = self._desk.library.counts()
        index = (counts.identity, counts.revision)
        if index == self._looked_at:
            return
        is_another = self._looked_at is not None and self._looked_at[0] != counts.identity
        self._looked_at = index
        self._look_for_news()
        last_file = self._desk.library.last_file()
        if self._last_file is None or is_another:
            self._last_file = last_file if counts.articles else None
            self._seen.clear()
        else:
            self._look_for_matches(self._last_file)

    # -- new since the last visit --------------------------------------------------------------------------------------

    def _look_for_news(self) -> None:
        def find(library: Library) -> News:
            clock = library.clock(datetime.now().astimezone())
            return News(frozenset(library.all_ids(IS_NEW, clock)), clock.last_visit) if clock.last_visit else News()

        self._desk.work.find_out(find, self._know)

    def _know(self, news: News) -> None:
        if news != self.news:
            self.news = news
            self._changed()

    # -- what is watched -----------------------------------------------------------------------------------------------

    def _look_for_matches(self, last_file: int) -> None:
        session = self._desk.session
        if not session.watched:
            return
        queries = {text: expand(settled(text), session.saved, final=False) for text in session.watched}

        def match(library: Library) -> tuple[Sequence[ArticleId], Matches]:
            come = [number for number in library.come_since(last_file) if number not in self._seen]
            clock = library.clock(datetime.now().astimezone())
            found: dict[ArticleId, str] = {}
            for text, query in queries.items():
                # What uses a kept search with a mistake would ring for what the rest of it finds.
                if query.root is not None and query.error is None:
                    for number in library.among(come, query, clock):
                        found.setdefault(ArticleId(number), text)
            return come, found

        self._desk.work.find_out(match, lambda known: self._take(*known))

    def _take(self, come: Sequence[ArticleId], matches: Matches) -> None:
        """Marks what has come and is watched for; what moved, and was told of before, is not told of again."""
        self._seen.update(come)
        desk, session = self._desk, self._desk.session
        rows = [row for row in desk.library.rows(sorted(matches, reverse=True)) if row.key not in session.matched]
        if not rows:
            return
        session.matched.update(row.key for row in rows)
        desk.headlines.show_watched(session.matched)
        loudest = max((session.watched.get(matches[row.id], "status") for row in rows), key=WAYS.index)
        first, query = rows[0], matches[rows[0].id]
        desk.work.find_out(
            lambda library: _sentence(library, first, expand(settled(query), session.saved, final=False)),
            lambda sentence: self._ring(_told(query, first, sentence, len(rows) - 1), loudest),
        )

    def _ring(self, words: str, way: str) -> None:
        """Says it in the status line; beyond that only what the settings ask for."""
        self._desk.status.say(words, seconds=_RING_SECONDS)
        if way == "status":
            return
        from reader.sending.alerts import BELL, notification
        from reader.tui.outside import send

        send(self._desk.screen.app, BELL if way == "bell" else notification(words, os.environ))


def _sentence(library: Library, row: HeadlineRow, query: Query) -> str:
    """The sentence of the story that says most of what is watched for; empty where that is only in its headline."""
    # What reads articles is slow to import, and most sessions watch nothing.
    from reader.tui.sentences import sentence

    opened = library.read(row)
    found = None if isinstance(opened, Problem) else sentence(opened.article, words_in(query), _SENTENCE)
    return found.text if found else ""


def _told(watched: str, row: HeadlineRow, sentence: str, others: int) -> str:
    headline = clean_line(row.headline)
    if len(headline) > _LONGEST_HEADLINE and sentence:
        headline = headline[:_LONGEST_HEADLINE].rstrip() + "…"
    said = f"{watched}: {headline}" + (f" · “{clean_line(sentence)}”" if sentence else "")
    return f"{others + 1:,} new for {said}" if others else f"new for {said}"
