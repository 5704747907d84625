"""The one screen: panes in a layout, keys to actions, messages to the session and to the lanes of work. Routing only.

    key ─ keymap ─▶ action ─┬▶ pane                     panes ─ message ─▶ session ─▶ work
                            └▶ work ─ message ─▶ session ─▶ pane
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.reactive import Reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from reader.errors import IndexFileError
from reader.keys import Place
from reader.library import Library
from reader.model import ArticleId, ArticleKey, HeadlineRow, Problem
from reader.query.chips import chips
from reader.query.contexts import phrases_in
from reader.query.highlights import rules_of
from reader.query.syntax import unparse
from reader.query.tree import Query
from reader.settings import Settings
from reader.triage.jobs import giving
from reader.triage.verbs import verdict
from reader.tui import work as jobs
from reader.tui.article_view import ArticleView
from reader.tui.deeds.commanding import Commanding
from reader.tui.deeds.following import Following
from reader.tui.deeds.glancing import Glancing
from reader.tui.deeds.judging import Judging
from reader.tui.deeds.keeping import Keeping
from reader.tui.deeds.knowing import Knowing
from reader.tui.deeds.looking import Looking
from reader.tui.deeds.moving import Moving
from reader.tui.deeds.noting import Noting
from reader.tui.deeds.queueing import Queueing
from reader.tui.deeds.selecting import Selecting
from reader.tui.deeds.sending import Sending
from reader.tui.desk import Deed, Deeds, Desk
from reader.tui.drawer import Drawer
from reader.tui.filter_bar import FilterBar, Outcome
from reader.tui.footer import Footer
from reader.tui.headline_list import HeadlineList
from reader.tui.key_presses import KeyPressed, KeyPresses
from reader.tui.keymap import Keymap
from reader.tui.layout import Layout, fitting
from reader.tui.outside import Outside
from reader.tui.place import KEEP_SECONDS, PlaceKeeper
from reader.tui.session import Session
from reader.tui.status_line import StatusLine
from reader.tui.work import Work

_FOLLOW_SECONDS = 0.05
"""How long the cursor rests on a row before its article is opened."""
_REASK_SECONDS = 0.5
"""At most this often the list is asked anew while the archive is being indexed."""
_ELSEWHERE_SECONDS = 1.0
"""How often other sessions' marks are looked for."""

DEEDS: tuple[Callable[[Desk], Deeds], ...] = (
    Moving, Judging, Selecting, Noting, Queueing, Looking, Glancing, Knowing, Keeping, Commanding, Following, Sending,
)  # fmt: skip

_SAID_SECONDS = 15.0
"""How long a word from the threads stays, which nobody was waiting for."""

_BASIC = "Names in this language are found by a list only; many are missed."


class MainScreen(Screen[None], inherit_bindings=False):
    """Headlines, one article, and the filter."""

    focused = Reactive(None, repaint=False)
    """Textual's own would paint the whole screen anew whenever a pane gets the focus."""

    def __init__(self, library: Library, settings: Settings, first_filter: str) -> None:
        super().__init__()
        self._library = library
        self._settings = settings
        bound = settings.bindings
        self._keymap = Keymap(bound.keys, bound.macros, ascii_only=bool(settings.ascii))
        self._session = Session(settings.searches)
        self._work = Work(library, self.post_message)
        self._rules = rules_of(settings.highlight, settings.searches)
        self._list = HeadlineList(
            library.rows, has_colours=bool(settings.highlight), columns=settings.columns, ascii_only=bool(settings.ascii), id="headlines"
        )
        self._article = ArticleView(hyperlinks="SSH_CONNECTION" in os.environ, id="article")
        self._bar = FilterBar(ascii_only=bool(settings.ascii), id="filter")
        self._footer = Footer(self._keymap, id="footer")
        self._status = StatusLine(id="status")
        self._first_filter = first_filter
        self._desk = Desk(
            self, library, settings, self._keymap, self._session, self._work,
            self._list, self._article, self._bar, self._status, self._footer,
            go_to=self._go_to, filter_by=self._filter_by, refit=self._refit, do=self._do,
        )  # fmt: skip
        self._deeds: dict[str, Deed] = {}
        self._keeper = PlaceKeeper(self._desk)
        self._keys = KeyPresses(self._desk, self._edit, self._filter_done)
        for kind in DEEDS:
            self._deeds.update(kind(self._desk).table())
        self._follow_timer: Timer | None = None
        self._reask_timer: Timer | None = None
        self._read_timer: Timer | None = None
        self._keep_key: tuple[ArticleKey, int] | None = None
        self._kept_from: ArticleId | None = None
        """The row that the cursor was on when the list was asked last."""
        self._total = 0
        self._seen_index: tuple[str, int] = ("", 0)
        """The index that the list shows, as it was then."""
        self._shown_generation = -1
        """The answer whose beginning the list shows already."""
        self._is_indexing = False

    def compose(self) -> ComposeResult:
        """The filter above, the panes between, the keys below; a plain message where nothing fits."""
        yield self._bar
        with Container(id="panes"):
            yield self._list
            yield self._article
        yield self._footer
        yield self._status
        yield Static(id="too-small", markup=False)

    def on_mount(self) -> None:
        """Asks for the first screen at once, and only then looks at the archive."""
        if not self._library.has_index():
            self._library.prepare()
        self._count_articles()
        kept = self._keeper.begin(self._first_filter)
        self._go_to("article" if kept.is_reading else "list")
        self._bar.set_text(kept.filter)
        self._session.edit(kept.filter)
        self._list.empty_text = "Reading the archive…" if not self._total else ""
        self._work.visit()
        self._ask(keep=kept.key is not None, at=kept.key)
        self._is_indexing = True
        self._work.start_indexing()
        self.set_interval(_ELSEWHERE_SECONDS, self._look_elsewhere)
        self.set_interval(KEEP_SECONDS, self._keeper.keep)

    def _look_elsewhere(self) -> None:
        """Other sessions mark, and index, while this one is open."""
        self._work.look_for_marks()
        counts = self._library.counts()
        if (counts.identity, counts.revision) != self._seen_index:
            self._reask_soon()

    def on_unmount(self) -> None:
        """Leaves no mark unwritten and no thread behind."""
        self._keeper.keep()
        self._work.close()

    @property
    def summary(self) -> str:
        """What was judged, for the time after the reader is left; empty for nothing."""
        return self._desk.tally.summary()

    @property
    def is_idle(self) -> bool:
        """Whether everything asked for is on the screen."""
        waiting = (self._follow_timer, self._reask_timer)
        is_laid_out = self._article.is_settled or not self._article.size
        is_at_work = self._keys.are_held or self._is_indexing or not self._work.is_idle()
        return is_laid_out and not is_at_work and all(timer is None for timer in waiting)

    def complain(self, complaints: Sequence[str]) -> None:
        """Says what is wrong with the settings, once the screen is up."""
        self.call_after_refresh(self._status.say, " · ".join(complaints), seconds=15, is_wrong=True)

    # -- layout ----------------------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Fits the panes to the terminal."""
        self._fit(event.size.width, event.size.height)

    def _fit(self, width: int, height: int) -> None:
        layout = fitting(width, height, self._session.layout)
        for each in Layout:
            self.set_class(layout is each, f"-{each.value}")
        self._article.has_edge = layout is Layout.SIDE
        if layout is Layout.TOO_SMALL:
            self.query_one("#too-small", Static).update(f"Dateline needs 40 × 10 cells; this terminal has {width} × {height}.")

    def _refit(self, wish: str) -> None:
        self._session.layout = wish
        self._fit(self.size.width, self.size.height)

    # -- keys ------------------------------------------------------------------------------------------------------

    @on(KeyPressed)
    async def _key_pressed(self, event: KeyPressed) -> None:
        await self._keys.take(event)

    def _go_to(self, place: Place) -> None:
        """Sends the keys that follow to a pane, at once: what is typed ahead must not go to the one before."""
        self._desk.place = place
        if place == "filter":
            self._bar.begin()
        else:
            self.set_focus(self._article if place == "article" else self._list)
        self._show_place()

        if place == "article":
            self._follow_cursor()
            self._await_reading()

    def _show_place(self) -> None:
        self._footer.place = self._desk.place
        self.set_class(self._desk.place == "article", "-reading")

    @on(Footer.Pressed)
    def _footer_pressed(self, event: Footer.Pressed) -> None:
        self._do(event.action, None)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click has led to another pane; what lies over the panes leaves the place as it is."""
        panes: tuple[tuple[Widget, Place], ...] = ((self._list, "list"), (self._article, "article"), (self._bar, "filter"))
        led_to = next((place for pane, place in panes if pane in event.widget.ancestors_with_self), None)
        if led_to is not None and event.widget is self.focused and not self._desk.has_drawer:
            self._desk.place = led_to
            self._show_place()

    @on(Drawer.Closed)
    def _drawer_closed(self, event: Drawer.Closed) -> None:
        self._desk.close_drawer(event.drawer)

    def _do(self, action: str, count: int | None) -> None:
        self._deeds[action](count)

    # -- filter ----------------------------------------------------------------------------------------------------

    @on(FilterBar.Edited)
    def _edited(self, event: FilterBar.Edited) -> None:
        # What was typed key by key is known already.
        if event.text == self._bar.text != self._session.text:
            self._edit(event.text)

    def _edit(self, text: str) -> None:
        query = self._session.edit(text)
        self._show_parse()
        if query is not None:
            self._ask(keep=False)

    @on(FilterBar.Submitted)
    def _filter_submitted(self) -> None:
        self._filter_done("submitted")

    @on(FilterBar.Left)
    def _filter_left(self) -> None:
        self._filter_done("left")

    def _filter_done(self, outcome: Outcome) -> None:
        """Goes to the list; Enter asks anew where judged rows have stayed in it."""
        if outcome in ("submitted", "left"):
            self._go_to("list")
        if outcome == "submitted" and self._session.judged:
            self._session.judged.clear()
            self._ask(keep=True)

    @on(FilterBar.CompletionRequested)
    def _completion_requested(self, event: FilterBar.CompletionRequested) -> None:
        self._work.complete(event.serial, event.text, event.cursor, tuple(self._session.saved))

    @on(jobs.Completed)
    def _completed(self, event: jobs.Completed) -> None:
        if self._desk.place == "filter":
            self._bar.offer(event.serial, event.completion)

    def _filter_by(self, text: str, at: ArticleKey | None = None) -> None:
        self._bar.set_text(text)
        query = self._session.edit(text)
        self._show_parse()
        if query is not None or at is not None:
            self._ask(keep=True, at=at)

    def _show_parse(self) -> None:
        self._bar.show_parse(chips(self._session.query), self._session.hint)

    # -- answers ---------------------------------------------------------------------------------------------------

    def _ask(self, *, keep: bool, at: ArticleKey | None = None) -> None:
        """Asks the session's query; with `keep` the cursor stays on its article, or goes to the one `at`."""
        cursor = self._list.cursor_id
        row = self._desk.row_of(cursor) if keep and at is None and cursor is not None else None
        kept = at if at is not None else row.key if row is not None else None
        if kept is not None or cursor is not None or not keep:
            self._keep_key = (kept, self._list.cursor) if kept is not None else None
            self._kept_from = cursor
        if not keep:
            self._session.arrived.clear()
        self._article.mark_words(phrases_in(self._session.query))
        generation, staying = self._session.ask(), self._session.staying() if keep else None
        self._work.ask(generation, self._session.query, max(self.size.height * 2, 60), staying)

    @on(jobs.WindowReady)
    async def _window_ready(self, event: jobs.WindowReady) -> None:
        # A list that keeps its place is not shown before all of it is known.
        if self._keep_key is None and self._session.receive(event.generation, event.ids, is_complete=False):
            self._show_answer()
            await self._keys.release()

    @on(jobs.Answered)
    async def _answered(self, event: jobs.Answered) -> None:
        event.tell()
        await self._keys.release()

    @on(jobs.AnswerReady)
    async def _answer_ready(self, event: jobs.AnswerReady) -> None:
        if event.killer is not None and event.generation == self._session.generation:
            term, count = event.killer
            self._list.empty_text = f"Nothing found. Without {unparse(Query(term))}: {count:,}"
        if self._session.receive(event.generation, event.ids, is_complete=True):
            self._show_answer()
            for tell in self._desk.on_answer:
                tell()
            await self._keys.release()

    def _show_answer(self) -> None:
        self._keep_up()
        answer, keep = self._session.answer, self._keep_key
        self._session.keep = self._library.ids_of([keep[0]]).get(keep[0]) if keep else None
        is_same = answer.generation == self._shown_generation
        self._shown_generation = answer.generation
        cursor = self._session.cursor_for(keep[1]) if keep else self._list.cursor if is_same else 0
        sort = self._session.query.sort
        self._count_articles()
        if not answer.ids and answer.is_complete and "Without" not in self._list.empty_text:
            self._list.empty_text = self._why_empty()
        self._list.show(
            answer.ids,
            cursor=cursor,
            keep_place=keep is not None or is_same,
            is_complete=answer.is_complete,
            has_days=sort is None or sort.key == "date",
        )
        self._say_position()
        self._desk.count_left()

    def _keep_up(self) -> None:
        """Keeps the row that the cursor has moved to while the list was being asked."""
        cursor = self._list.cursor_id
        if self._keep_key is not None and cursor is not None and cursor != self._kept_from and (row := self._desk.row_of(cursor)):
            self._keep_key = (row.key, self._list.cursor)

    def _count_articles(self) -> None:
        counts = self._library.counts()
        self._total = counts.articles
        self._seen_index = (counts.identity, counts.revision)

    def _why_empty(self) -> str:
        if self._session.query.root is not None:
            return "Nothing found."
        return "Reading the archive…" if self._is_indexing else "There are no articles here."

    def _say_position(self) -> None:
        position = self._list.position
        if self._session.query.root is not None and position:
            position += f" in {self._total:,}"
        arrived = len(self._session.arrived)
        self._bar.show_count(position + (f" · {arrived:,} new" if arrived else ""))

    @on(HeadlineList.ColoursWanted)
    def _colours_wanted(self, event: HeadlineList.ColoursWanted) -> None:
        self._work.colour(event.ids, self._rules)

    @on(jobs.Coloured)
    def _coloured(self, event: jobs.Coloured) -> None:
        self._list.colour(event.colours)

    # -- the article under the cursor --------------------------------------------------------------------------------

    @on(HeadlineList.CursorMoved)
    def _cursor_moved(self, event: HeadlineList.CursorMoved) -> None:
        self._say_position()
        self._desk.follow_range()
        if event.index == 0:
            self._session.arrived.clear()
        if self._follow_timer is not None:
            self._follow_timer.stop()
        self._follow_timer = self.set_timer(_FOLLOW_SECONDS, self._follow_cursor)

    @on(HeadlineList.Opened)
    def _opened_by_click(self) -> None:
        self._go_to("article")

    def _follow_cursor(self) -> None:
        if self._follow_timer is not None:
            self._follow_timer.stop()
            self._follow_timer = None
        row = self._desk.row_of(self._list.cursor_id)
        if row is None:
            self._desk.open_row = None
            self._article.clear()
        elif self._desk.open_row is None or (row.id, row.key) != (self._desk.open_row.id, self._desk.open_row.key):
            self._desk.open_row = row
            self._article.expect()
            self._work.open_article(row)
            self._await_reading()

    @on(jobs.ArticleOpened)
    def _article_opened(self, event: jobs.ArticleOpened) -> None:
        if self._desk.open_row is None or event.row.id != self._desk.open_row.id:
            return
        opened = event.opened
        if isinstance(opened, Problem):
            self._article.clear()
            self._status.say(f"{opened.path}: {opened.what}", is_wrong=True)
            return
        from reader.entities.mentions import is_basic

        note = _BASIC if is_basic(opened.article) else None
        self._article.show(opened.article, opened.mentions, note, mark=event.row.mark, at=self._keeper.line_for(event.row.key))

    @on(ArticleView.MentionRequested)
    def _mention_clicked(self, event: ArticleView.MentionRequested) -> None:
        for tell in self._desk.on_mention:
            tell(event.entity)

    @on(ArticleView.LinkRequested)
    def _link_clicked(self, event: ArticleView.LinkRequested) -> None:
        Outside(self._desk).follow(event.url)

    # -- marks -----------------------------------------------------------------------------------------------------

    def _await_reading(self) -> None:
        """Marks the open article read once it has been on screen, gone into, for as long as the settings say."""
        if self._read_timer is not None:
            self._read_timer.stop()
            self._read_timer = None
        seconds = self._settings.mark_read_after
        row = self._desk.open_row
        if seconds is None or row is None or self._desk.place != "article" or row.mark.is_read:
            return
        self._read_timer = self.set_timer(max(seconds, 0.01), lambda: self._read_now(row))

    def _read_now(self, row: HeadlineRow) -> None:
        if self._desk.place == "article" and self._desk.open_row is not None and self._desk.open_row.id == row.id:
            self._desk.judge(giving(verdict("read")), [row.id])

    @on(jobs.Marked)
    def _marked(self, event: jobs.Marked) -> None:
        if event.changed is None:
            self._status.say(f"nothing to {event.verb}")
            return
        self._desk.marked(event)
        self._status.say(self._told(event))

    def _told(self, event: jobs.Marked) -> str:
        assert event.changed is not None
        said = event.changed.said
        if event.verb == "undo":
            said = f"undone: {said}"
        elif event.verb == "redo":
            said = f"done again: {said}"
        elif event.verb == "mark":
            said += f" · {next(iter(self._keymap.labels_of('undo')), 'dateline undo')} undoes"
        left = len(event.changed.skipped)
        return said + (f" · {left:,} left alone, changed since" if left else "")

    @on(jobs.MarkedElsewhere)
    def _marked_elsewhere(self, event: jobs.MarkedElsewhere) -> None:
        self._desk.show_marks({ArticleKey(key) for _, key in event.articles})

    # -- indexing --------------------------------------------------------------------------------------------------

    @on(jobs.Indexed)
    def _indexed(self, event: jobs.Indexed) -> None:
        progress = event.progress
        if self._total:
            self._session.index_changed(event.change)
        is_long = progress.total > 1 and progress.done < progress.total
        self._status.tell_progress(f"{progress.stage} {progress.done:,} of {progress.total:,}" if is_long else "")
        self._reask_soon()

    @on(jobs.IndexingDone)
    def _indexing_done(self) -> None:
        self._is_indexing = False
        self._status.tell_progress("")
        if not self._list.count:
            self._reask_soon()

    def _reask_soon(self) -> None:
        if self._reask_timer is None:
            self._reask_timer = self.set_timer(_REASK_SECONDS if self._total else 0.01, self._reask)

    def _reask(self) -> None:
        self._reask_timer = None
        self._ask(keep=True)

    @on(jobs.Said)
    def _said(self, event: jobs.Said) -> None:
        self._status.say(event.words, seconds=_SAID_SECONDS)

    @on(jobs.WorkFailed)
    def _work_failed(self, event: jobs.WorkFailed) -> None:
        if isinstance(event.error, IndexFileError) and event.error.trouble == "damaged":
            self._is_indexing = True
            self._work.rebuild()
            return
        self._is_indexing = False
        self._status.say(str(event.error), seconds=None, is_wrong=True)

    @on(jobs.Crashed)
    def _crashed(self, event: jobs.Crashed) -> None:
        raise event.error
