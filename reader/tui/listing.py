"""The list under the filter: asks the session's question, shows its answer, and keeps the cursor where the person left it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer

from reader.model import ArticleId, ArticleKey, Problem
from reader.query.contexts import phrases_in, words_in
from reader.query.syntax import unparse
from reader.query.tree import Query
from reader.tui.arrivals import Arrivals
from reader.tui.desk import Desk
from reader.tui.headline_messages import Quoted, SnippetsWanted
from reader.tui.work_messages import AnswerReady, Counted, WindowReady

if TYPE_CHECKING:
    from reader.index.insight import Insight
    from reader.index.tallies import IsStale

_OF_THE_ANSWER = ("facets", "timeline", "sparkline", "snippets")
"""What is looked at of one answer, and looked at anew of the next."""
_REASK_SECONDS = 0.5
"""At most this often the list is asked anew while the archive is being indexed."""
_AT_ONCE_SECONDS = 0.01
"""When it is asked anew for the first change after a while."""


class Listing:
    """Fills the list of one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.arrivals = Arrivals(desk, self._list_anew)
        self.total = 0
        """How many articles the archive has, as far as it is indexed."""
        self.is_indexing = False
        """Whether more may come by itself."""
        self._reask_timer: Timer | None = None
        self._asked_at = -_REASK_SECONDS
        """When the list was asked last."""
        self._keep_key: tuple[ArticleKey, int] | None = None
        """The article that the next answer keeps the cursor on, and the row it was in."""
        self._kept_from: ArticleId | None = None
        """The row that the cursor was on when the list was asked last."""
        self._seen_index: tuple[str, int] = ("", 0)
        """The index that the list shows or is about to show, as it was then."""
        self._why_none: tuple[Query | None, str] = None, ""
        """The last filter that nothing fits, and what would without one of its terms, in words."""
        self._progress = ""
        """How far an answer is that takes long, in words."""
        self._followed: tuple[ArticleId | None, int] = (None, -1)
        """The article and the row that the cursor was last known to be on."""
        self._shown_generation = -1
        """The answer whose beginning the list shows already."""

    @property
    def will_ask(self) -> bool:
        """Whether the list is about to be asked anew."""
        return self._reask_timer is not None

    def count_articles(self) -> None:
        """Notes how large the archive is now."""
        counts = self._desk.library.counts()
        self.total = counts.articles
        self._seen_index = (counts.identity, counts.revision)

    def _index_now(self) -> tuple[str, int]:
        counts = self._desk.library.counts()
        return counts.identity, counts.revision

    def look_elsewhere(self) -> None:
        """Asks anew where another session has changed the index."""
        now = self._index_now()
        if now != self._seen_index:
            self._seen_index = now
            self.ask_soon()
        self.look_for_arrivals()

    def look_for_arrivals(self) -> None:
        """Looks at what is new in an index at rest; behind the list where that is to be asked: it takes longer, and is seen later."""
        if not self.is_indexing and not self.will_ask:
            self.arrivals.look()

    # -- asking ----------------------------------------------------------------------------------------------------

    def ask(self, *, keep: bool, at: ArticleKey | None = None, patience: float = 0.0) -> None:
        """Asks the session's query; with `keep` the cursor stays on its article, or goes to the one `at`.

        The first rows are waited for as long as the `patience` lasts, in seconds.
        """
        desk, session = self._desk, self._desk.session
        cursor = desk.headlines.cursor_id
        row = desk.headlines.cursor_row if keep and at is None else None
        kept = at if at is not None else row.key if row is not None else None
        if kept is not None or cursor is not None or not keep:
            self._keep_key = (kept, desk.headlines.cursor) if kept is not None else None
            self._kept_from = cursor
        if not keep:
            session.arrived.clear()
        desk.article.mark_words(phrases_in(session.query))
        self._asked_at, self._seen_index = monotonic(), self._index_now()
        generation, staying = session.ask(), session.staying(keep=keep)
        if session.is_waiting:
            desk.headlines.forget_snippets()
        desk.work.look_away(*_OF_THE_ANSWER)
        window = desk.work.ask(generation, session.query, max(desk.screen.size.height * 2, 60), staying, patience=patience)
        if window is not None:
            self.take_window(window)

    def ask_soon(self) -> None:
        """Asks anew shortly, once for all that comes in until then."""
        if self._reask_timer is None:
            wait = self._asked_at + _REASK_SECONDS - monotonic() if self.total else 0
            self._reask_timer = self._desk.screen.set_timer(max(wait, _AT_ONCE_SECONDS), self._ask_again)

    def _ask_again(self) -> None:
        """Once the answer before is there: of a list that takes long and is asked again and again, none would ever come."""
        self._reask_timer = None
        if self._desk.work.is_asking():
            self._asked_at = monotonic()
            self.ask_soon()
        else:
            self.ask(keep=True)
            self.look_for_arrivals()

    # -- answers ---------------------------------------------------------------------------------------------------

    def take_window(self, event: WindowReady) -> bool:
        """Shows the first rows of an answer; whether they are shown."""
        session = self._desk.session
        is_wanted = self._keep_key is None or (event.bodies is not None and (session.is_waiting or not session.answer.is_complete))
        # A list that keeps its place is not shown before that is known; and the same list again not before all of it is.
        is_wanted = is_wanted or ((session.is_waiting or not self._desk.headlines.count) and self._is_placed(event.ids))
        if not is_wanted or not session.receive(event.generation, event.ids, is_complete=False):
            self._desk.work.go_on()
            return False
        self._progress = f"{event.bodies:,} bodies read" if event.bodies else ""
        self._show()
        self._desk.headlines.call_after_refresh(self._desk.work.go_on)
        return True

    def _is_placed(self, window: Sequence[int]) -> bool:
        """Whether these first rows tell where the cursor belongs."""
        if self._keep_key is None:
            return True
        key, row = self._keep_key
        return self._desk.session.is_placed(self._desk.library.ids_of([key]).get(key), row, window)

    def take_count(self, event: Counted) -> None:
        """Says how many articles the answer has whose first rows are shown."""
        if self._desk.session.count(event.generation, event.total):
            self._desk.headlines.total = event.total
            self.say_position()

    def take_answer(self, event: AnswerReady) -> bool:
        """Shows a whole answer; whether it is shown."""
        session = self._desk.session
        if event.killer is not None and event.generation == session.generation:
            term, count = event.killer
            self._why_none = session.answer.query, f"Nothing found. Without {unparse(Query(term))}: {count:,}"
            self._desk.headlines.empty_text = self._why_none[1]
        if session.receive(event.generation, event.ids, is_complete=True, days=event.days):
            self._progress = ""
            self._show()
            for tell in self._desk.on_answer:
                tell()
            return True
        return False

    def _show(self) -> None:
        self._keep_up()
        desk, session, headlines = self._desk, self._desk.session, self._desk.headlines
        answer, keep = session.answer, self._keep_key
        session.keep = desk.library.ids_of([keep[0]]).get(keep[0]) if keep else None
        is_same = answer.generation == self._shown_generation
        self._shown_generation = answer.generation
        cursor = session.cursor_for(keep[1]) if keep else headlines.cursor if is_same else 0
        self.count_articles()
        if self._progress and not answer.ids:
            headlines.empty_text = f"Nothing yet: {self._progress}"
        if not answer.ids and answer.is_complete:
            headlines.empty_text = self._why_none[1] if answer.query == self._why_none[0] else self._why_empty()
        self._list(cursor, keep_place=keep is not None or is_same)
        self.say_position()
        desk.count_left()

    def _list(self, cursor: int, *, keep_place: bool) -> None:
        session = self._desk.session
        answer, query = session.answer, session.answer.query or session.query
        is_all = query.root is None and query.limit is None and answer.is_complete
        self._desk.headlines.total = answer.total
        self._desk.headlines.show(
            answer.ids,
            cursor=cursor,
            keep_place=keep_place,
            is_complete=answer.is_complete,
            has_days=query.is_by_date,
            days=answer.days,
            has_snippets=query.sort is not None and query.sort.key == "relevance" and bool(words_in(query)),
            new=self.arrivals.news.among(answer.ids, datetime.now().astimezone(), is_newest_first=query.is_newest_first, is_all=is_all),
        )

    def _list_anew(self) -> None:
        """Lists the same answer, of which other rows are new."""
        if self._desk.headlines.count:
            self._list(self._desk.headlines.cursor, keep_place=True)

    def quote(self, wanted: SnippetsWanted) -> None:
        """Has the sentences read that stand beneath rows."""
        headlines, library = self._desk.headlines, self._desk.library
        sought, rows = words_in(self._desk.session.query), library.rows(wanted.ids)

        def read(_: Insight, is_stale: IsStale) -> None:
            # What reads articles is slow to import, and most lists are by date.
            from reader.tui.sentences import sentence

            for row in rows:
                if is_stale():
                    return
                opened = library.read(row)
                found = None if isinstance(opened, Problem) else sentence(opened.article, sought, wanted.width)
                headlines.post_message(Quoted(wanted.question, {row.id: found}))

        self._desk.work.look("snippets", read)

    def _keep_up(self) -> None:
        """Keeps the row that the cursor has moved to while the list was being asked."""
        cursor = self._desk.headlines.cursor_id
        if self._keep_key is not None and cursor != self._kept_from and (row := self._desk.headlines.cursor_row):
            self._keep_key = (row.key, self._desk.headlines.cursor)

    def _why_empty(self) -> str:
        if self._desk.session.query.root is not None:
            return "Nothing found."
        return "Reading the archive…" if self.is_indexing else "There are no articles here."

    def follow_cursor(self) -> bool:
        """Sees to what the cursor has moved to, once for each of its moves; whether it has moved."""
        headlines = self._desk.headlines
        at = (headlines.cursor_id, headlines.cursor)
        if at == self._followed:
            return False
        self._followed = at
        self.say_position()
        self._desk.follow_range()
        if headlines.cursor == 0:
            self._desk.session.arrived.clear()
        return True

    def say_position(self) -> None:
        """Says where in the list the cursor is, and what came in since it was asked."""
        position = self._desk.headlines.position
        if self._desk.session.query.root is not None and position:
            position += f" in {self.total:,}"
        if self._progress:
            position = f"{position} · {self._progress}".removeprefix(" · ")
        arrived = len(self._desk.session.arrived)
        self._desk.bar.show_count(position + (f" · {arrived:,} new" if arrived else ""))
