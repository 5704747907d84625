"""The one screen: panes in a layout, keys to actions, messages to the session and to the lanes of work. Routing only.

    key ─ keymap ─▶ action ─┬▶ pane                     panes ─ message ─▶ session ─▶ work
                            └▶ work ─ message ─▶ session ─▶ pane
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from reader.keys import Place
from reader.library import Library
from reader.model import ArticleId, ArticleKey
from reader.query.highlights import rules_of
from reader.settings import Settings
from reader.tui import work_messages as jobs
from reader.tui.article_view import ArticleView
from reader.tui.desk import Desk
from reader.tui.doing import Doing
from reader.tui.drawer import Drawer
from reader.tui.filter_bar import FilterBar
from reader.tui.filtering import Filtering
from reader.tui.first_light import remember
from reader.tui.first_paint import FirstPaint
from reader.tui.footer import Footer
from reader.tui.headline_list import HeadlineList
from reader.tui.headline_messages import ColoursWanted, CursorMoved, RowOpened, SnippetsWanted
from reader.tui.index_news import IndexNews
from reader.tui.key_presses import KeyPressed, KeyPresses
from reader.tui.keymap import Keymap
from reader.tui.layout import Layout, fitting
from reader.tui.listing import Listing
from reader.tui.looks import look_of
from reader.tui.opened_once import OpenedOnce
from reader.tui.opening import Opening
from reader.tui.outside import Outside
from reader.tui.place import KEEP_SECONDS, PlaceKeeper
from reader.tui.session import Session
from reader.tui.status_line import StatusLine
from reader.tui.told import told
from reader.tui.work import Work

if TYPE_CHECKING:
    from reader.query.complete import Completion

_ELSEWHERE_SECONDS = 0.5
"""How often other sessions' marks are looked for."""
_SPARE_SECONDS = 0.3
"""When the first headlines are there and nobody has read them yet."""
_SAID_SECONDS = 15.0
"""How long a word from the threads stays, which nobody was waiting for."""


class MainScreen(OpenedOnce, Screen[None], inherit_bindings=False):
    """Headlines, one article, and the filter."""

    AUTO_FOCUS = ""
    focused = Reactive(None, repaint=False)
    """Textual's own would paint the whole screen anew whenever a pane gets the focus."""

    def __init__(self, library: Library, settings: Settings, first_filter: str) -> None:
        super().__init__()
        self._library = library
        self._settings = settings
        bound = settings.bindings
        self._keymap = Keymap(bound.keys, bound.macros, ascii_only=bool(settings.ascii))
        self._keymap.open_searches(settings.searches, settings.search_letters)
        self._session = Session(settings.searches, settings.watch)
        self._work = Work(library, self.post_message)
        self._rules = rules_of(settings.highlight, settings.searches)
        self._list = HeadlineList(
            library.rows, has_colours=bool(settings.highlight), columns=settings.columns, ascii_only=bool(settings.ascii), id="headlines"
        )
        self._article = ArticleView(hyperlinks="SSH_CONNECTION" in os.environ, id="article")
        self._bar = FilterBar(ascii_only=bool(settings.ascii), id="filter")
        self._footer = Footer(self._keymap, id="footer")
        self._status = StatusLine(id="status")
        self._too_small = Static(id="too-small", markup=False)
        self._first_filter = first_filter
        self._desk = Desk(
            self, library, settings, self._keymap, self._session, self._work,
            self._list, self._article, self._bar, self._status, self._footer,
            go_to=self._go_to, follow=self._follow, foresee=self._foresee, filter_by=self._filter_by, ask_again=self._ask_again,
            refit=self._refit, do=self._do,
        )  # fmt: skip
        self._doing = Doing(self._desk)
        self._keeper = PlaceKeeper(self._desk)
        self._opening = Opening(self._desk, self._keeper)
        self._listing = Listing(self._desk)
        self._index_news = IndexNews(self._desk, self._listing)
        self._first_paint = FirstPaint(self)
        self._filtering = Filtering(self._desk, self._listing, self._first_paint.begin)
        self._keys = KeyPresses(self._desk, self._filtering.edit, self._filtering.end)

    def binds(self, key: str) -> bool:
        """Whether a key does something anywhere. Safe on any thread."""
        return self._keymap.binds(key)

    def compose(self) -> ComposeResult:
        """The filter above, the panes between, the keys below; a plain message where nothing fits."""
        # Known this early, so that no pane is styled for one layout and at once for another.
        self._fit(self.app.size.width, self.app.size.height)
        yield self._bar
        with Container(id="panes"):
            yield self._list
            yield self._article
        yield self._footer
        yield self._status
        yield self._too_small

    def on_mount(self) -> None:
        """Asks for the first screen at once, and only then looks at the archive."""
        self._first_paint.hold()
        if not self._library.has_index():
            self._library.prepare()
        self._listing.count_articles()
        kept = self._keeper.begin(self._first_filter)
        self._go_to("article" if kept.is_reading else "list")
        self._bar.set_text(kept.filter)
        self._session.put(kept.filter)
        self._filtering.say_what_is_wrong()
        self._list.empty_text = "Reading the archive…" if not self._listing.total else ""
        self._listing.arrivals.look()
        self._work.visit()
        self._listing.ask(keep=kept.key is not None, at=kept.key)
        self._listing.is_indexing = True
        self._work.start_indexing()
        self.set_timer(_SPARE_SECONDS, self._doing.prepare)
        self.set_interval(_ELSEWHERE_SECONDS, self._look_elsewhere)
        self.set_interval(KEEP_SECONDS, self._keeper.keep)

    @property
    def layout_wish(self) -> str:
        """How the panes are wished to stand."""
        return self._session.layout

    def remember_look(self, folder: Path, where: str) -> None:
        """Keeps the look of the list for the first light of the next start."""
        if (look := look_of(self._list, where)) is not None:
            remember(folder, look)

    def _look_elsewhere(self) -> None:
        """Other sessions mark, and index, while this one is open."""
        self._work.look_for_marks()
        self._listing.look_elsewhere()

    @property
    def is_marking(self) -> bool:
        """Whether a mark that was asked for is not on disk yet."""
        return self._work.is_marking()

    def leave(self) -> None:
        """Begins to end what goes on beside the screen, which takes as long as Textual takes to close it."""
        self._work.leave()

    def on_unmount(self) -> None:
        """Leaves no mark unwritten and no thread behind."""
        self._keeper.keep()
        self._work.close()
        for event in self._work.untold:
            self._desk.count(event)
            self._desk.tally.unjudged = None

    @property
    def summary(self) -> str:
        """What was judged, for the time after the reader is left; empty for nothing."""
        return self._desk.tally.summary()

    @property
    def is_idle(self) -> bool:
        """Whether everything asked for is on the screen."""
        is_laid_out = self._article.is_settled or not self._article.size
        will_work = self._keys.are_held or self._listing.is_indexing or self._listing.will_ask or self._opening.will_open
        return is_laid_out and not will_work and self._work.is_idle()

    def complain(self, complaints: Sequence[str]) -> None:
        """Says what is wrong with the settings, once the screen is up; the line has room for one or two."""
        several = [f"{len(complaints):,} mistakes, all told by `dateline config`"] if len(complaints) > 1 else []
        self.call_after_refresh(self._status.say, " · ".join([*several, *complaints]), seconds=15, is_wrong=True)

    async def _dispatch_message(self, message: Message) -> None:
        """Once the reader is being left its panes go one after the other, and there is nothing to show an answer in."""
        if not (isinstance(message, jobs.Told) and self.app._exit):
            await super()._dispatch_message(message)

    # -- layout ----------------------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Fits the panes to the terminal."""
        self._fit(event.size.width, event.size.height)

    def _fit(self, width: int, height: int) -> None:
        layout = fitting(width, height, self._session.layout)
        for each in Layout:
            self.set_class(layout is each, f"-{each.value}")
        self._article.has_edge = layout is Layout.SIDE
        self._show_place()
        if layout is Layout.TOO_SMALL:
            self._too_small.update(f"Dateline needs 40 × 10 cells; this terminal has {width} × {height}.")

    def _refit(self, wish: str) -> None:
        self._session.layout = wish
        self._fit(self.size.width, self.size.height)

    # -- keys ------------------------------------------------------------------------------------------------------

    @on(KeyPressed)
    async def _key_pressed(self, event: KeyPressed) -> None:
        await self._keys.take(event)
        # Not left to the message of the list's, which comes when the list is painted already.
        self._follow_cursor()
        self._opening.put_off()

    def _go_to(self, place: Place) -> None:
        """Sends the keys that follow to a pane, at once: what is typed ahead must not go to the one before."""
        self._desk.place = place
        if place == "filter":
            self._bar.begin()
        else:
            self.set_focus(self._article if place == "article" else self._list)
        self._show_place()
        if place == "article":
            self._opening.follow()
            self._opening.await_reading()
        elif place == "list" and self._opening.will_open:
            self._opening.follow_soon()

    def _follow(self) -> None:
        self._opening.follow()

    def _foresee(self, article_id: ArticleId) -> None:
        self._opening.foresee(article_id)

    def _show_place(self) -> None:
        self._footer.place = self._desk.place
        # Only where one pane is seen at a time does it matter which; any change of a class styles all panes anew.
        self.set_class(self._desk.place == "article" and self.has_class(f"-{Layout.SINGLE.value}"), "-reading")

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
        self._doing.do(action, count)

    # -- filter ----------------------------------------------------------------------------------------------------

    @on(FilterBar.Edited)
    def _edited(self, event: FilterBar.Edited) -> None:
        self._filtering.take(event.text)

    @on(FilterBar.Submitted)
    def _filter_submitted(self) -> None:
        self._filtering.end("submitted")

    @on(FilterBar.Left)
    def _filter_left(self) -> None:
        self._filtering.end("left")

    @on(FilterBar.CompletionRequested)
    def _completion_requested(self, event: FilterBar.CompletionRequested) -> None:
        saved = tuple(self._session.saved)
        if event.is_awaited:
            self._work.find_completion(event.text, event.cursor, saved, partial(self._offer, event.serial))
        else:
            self._work.complete(event.serial, event.text, event.cursor, saved)

    @on(jobs.Completed)
    def _completed(self, event: jobs.Completed) -> None:
        self._offer(event.serial, event.completion)

    def _offer(self, serial: int, completion: Completion) -> None:
        if self._desk.place == "filter":
            self._bar.offer(serial, completion)

    def _filter_by(self, text: str, at: ArticleKey | None = None) -> None:
        self._filtering.replace(text, at)

    def _ask_again(self) -> None:
        self._listing.ask(keep=True)

    # -- answers ---------------------------------------------------------------------------------------------------

    @on(jobs.WindowReady)
    async def _window_ready(self, event: jobs.WindowReady) -> None:
        if self._listing.take_window(event):
            self._first_paint.begin()
            await self._keys.release()

    @on(jobs.Counted)
    def _counted(self, event: jobs.Counted) -> None:
        self._listing.take_count(event)

    @on(jobs.Answered)
    async def _answered(self, event: jobs.Answered) -> None:
        await self._keys.tell(event)

    @on(jobs.AnswerReady)
    async def _answer_ready(self, event: jobs.AnswerReady) -> None:
        if self._listing.take_answer(event):
            self._first_paint.begin()
            await self._keys.release()

    @on(SnippetsWanted)
    def _snippets_wanted(self, event: SnippetsWanted) -> None:
        self._listing.quote(event)

    @on(ColoursWanted)
    def _colours_wanted(self, event: ColoursWanted) -> None:
        self._work.colour(event.ids, self._rules)

    @on(jobs.Coloured)
    def _coloured(self, event: jobs.Coloured) -> None:
        self._list.colour(event.colours)

    # -- the article under the cursor --------------------------------------------------------------------------------

    @on(CursorMoved)
    def _cursor_moved(self) -> None:
        self._follow_cursor()

    def _follow_cursor(self) -> None:
        if self._listing.follow_cursor():
            self._opening.follow_soon()

    @on(RowOpened)
    def _opened_by_click(self) -> None:
        self._go_to("article")

    @on(jobs.ArticleOpened)
    def _article_opened(self, event: jobs.ArticleOpened) -> None:
        self._opening.show(event.prepared)

    @on(jobs.ReadAhead)
    def _read_ahead(self, event: jobs.ReadAhead) -> None:
        self._opening.keep(event.prepared)

    @on(ArticleView.MentionRequested)
    def _mention_clicked(self, event: ArticleView.MentionRequested) -> None:
        self._doing.tell_of(event.entity)

    @on(ArticleView.LinkRequested)
    def _link_clicked(self, event: ArticleView.LinkRequested) -> None:
        Outside(self._desk).follow(event.url)

    # -- marks -----------------------------------------------------------------------------------------------------

    @on(jobs.Marked)
    def _marked(self, event: jobs.Marked) -> None:
        self._work.untold.popleft()
        if event.changed is None:
            self._status.say(f"nothing to {event.verb}")
            return
        self._desk.marked(event)
        undo_key = next(iter(self._keymap.labels_of("undo")), "dateline undo")
        self._status.say(told(event.changed, event.verb, undo_key, self._headlines_of))

    def _headlines_of(self, keys: Iterable[ArticleKey]) -> list[str]:
        return [row.headline for row in self._library.rows(list(self._library.ids_of(list(keys)).values()))]

    @on(jobs.MarkedElsewhere)
    def _marked_elsewhere(self, event: jobs.MarkedElsewhere) -> None:
        self._desk.marked_elsewhere(event.keys)

    # -- indexing --------------------------------------------------------------------------------------------------

    @on(jobs.Indexed)
    def _indexed(self, event: jobs.Indexed) -> None:
        self._index_news.take_step(event.progress)

    @on(jobs.IndexingDone)
    def _indexing_done(self) -> None:
        self._index_news.take_rest()

    @on(jobs.Said)
    def _said(self, event: jobs.Said) -> None:
        self._status.say(event.words, seconds=_SAID_SECONDS)

    @on(jobs.WorkFailed)
    def _work_failed(self, event: jobs.WorkFailed) -> None:
        self._index_news.take_failure(event.error)

    @on(jobs.Crashed)
    def _crashed(self, event: jobs.Crashed) -> None:
        raise event.error
