"""The article under the cursor: shown with the row where it was read ahead, else opened as soon as the list is painted.

Where the cursor is on its way, as with a key held down, the article waits until it rests; and while a filter is typed, until that does:
nobody reads what the next letter takes away, and on the line it is half of what a letter costs. An article that was gone into is marked
read.
"""

from __future__ import annotations

from time import monotonic

from textual.timer import Timer

from reader.clean import clean_name
from reader.model import ArticleId, HeadlineRow, Problem
from reader.triage.jobs import giving
from reader.triage.verbs import verdict
from reader.tui.desk import Desk
from reader.tui.place import PlaceKeeper
from reader.tui.prepared import Ahead, Prepared

_FOLLOW_SECONDS = 0.05
"""How long a cursor that is on its way rests on a row before the article there is opened."""
_ON_ITS_WAY_SECONDS = 0.1
"""The cursor is on its way where it moves again within this time, as with a key held down: after a rest, what it moves to is wanted
at once. Slower than ten times a second there is time for each article."""
_TYPING_SECONDS = 0.3
"""How long typing rests in the filter before that: letters come faster one after the other, each with other rows."""


class Opening:
    """Opens articles on one desk."""

    def __init__(self, desk: Desk, keeper: PlaceKeeper) -> None:
        self._desk = desk
        self._keeper = keeper
        self._ahead = Ahead()
        self._follow_timer: Timer | None = None
        self._is_called = False
        """Whether the article is to be opened once the list is painted."""
        self._read_timer: Timer | None = None
        self._moved_at = -_ON_ITS_WAY_SECONDS

    @property
    def will_open(self) -> bool:
        """Whether an article is about to be opened."""
        return self._follow_timer is not None or self._is_called

    def follow_soon(self) -> None:
        """Shows the article under the cursor, unless the cursor moves on at once: with the row where it can, else behind it."""
        self._stop_timer()
        is_on_its_way = monotonic() - self._moved_at < _ON_ITS_WAY_SECONDS
        self._moved_at = monotonic()
        is_typing = self._desk.place == "filter"
        if is_typing or is_on_its_way:
            self._follow_timer = self._desk.screen.set_timer(_TYPING_SECONDS if is_typing else _FOLLOW_SECONDS, self.follow)
            return
        row = self._row()
        if row is None or self._ahead.find(row, self._desk.article.text_width) is not None:
            self._follow(row)
        elif not self._is_called:
            self._is_called = True
            self._desk.headlines.call_after_refresh(self._follow_called)

    def put_off(self) -> None:
        """A key was typed: into a filter it shows that typing doesn't rest yet, whether the cursor moves for it or not."""
        if self._follow_timer is not None and self._desk.place == "filter":
            self._follow_timer.reset()

    def _follow_called(self) -> None:
        self._is_called = False
        if self._follow_timer is None:
            self.follow()

    def _stop_timer(self) -> None:
        if self._follow_timer is not None:
            self._follow_timer.stop()
            self._follow_timer = None

    def follow(self) -> None:
        """Opens the article under the cursor at once, unless it is open."""
        self._stop_timer()
        self._follow(self._row())

    def _row(self) -> HeadlineRow | None:
        return self._desk.row_of(self._desk.headlines.cursor_id)

    def _follow(self, row: HeadlineRow | None) -> None:
        desk = self._desk
        self._leave_what_is_gone()
        if row is None:
            desk.open_row = None
            desk.article.clear()
        elif desk.open_row is None or (row.id, row.key) != (desk.open_row.id, desk.open_row.key):
            desk.open_row = row
            self._open(row)
            self.await_reading()

    def _leave_what_is_gone(self) -> None:
        """Goes back to the list where the article that was being read is in the archive no longer: keys must not judge another for it."""
        desk = self._desk
        if desk.place == "article" and desk.open_row is not None and not desk.library.ids_of([desk.open_row.key]):
            desk.complain(f"no longer in the archive: {desk.open_row.headline}")
            desk.open_row = None
            desk.go_to("list")

    def _open(self, row: HeadlineRow) -> None:
        desk, width = self._desk, self._desk.article.text_width
        prepared = self._ahead.find(row, width)
        if prepared is not None:
            self._show(prepared)
            # As its file is now is seen to behind it: looking there could take any time.
            desk.article.call_after_refresh(self._read_ahead, prepared)
        else:
            desk.article.expect()
            desk.work.open_article(row, width)

    def show(self, prepared: Prepared) -> None:
        """Shows an article that was opened, or says why it can't be."""
        desk, opened = self._desk, prepared.opened
        if desk.open_row is None or prepared.row.id != desk.open_row.id:
            return
        if isinstance(opened, Problem):
            desk.article.clear()
            desk.status.say(f"{clean_name(opened.path)}: {opened.what}", is_wrong=True)
            return
        self.keep(prepared)
        # Nothing is awaited where what was read ahead has turned out to be another text by now.
        self._show(prepared, keeps_place=desk.article.is_settled)
        desk.article.call_after_refresh(self._read_ahead)

    def _show(self, prepared: Prepared, *, keeps_place: bool = False) -> None:
        assert not isinstance(prepared.opened, Problem)
        article, mentions, row = prepared.opened.article, prepared.opened.mentions, prepared.row
        at = self._keeper.line_for(row.key)
        self._desk.article.show(article, mentions, prepared.note, mark=row.mark, keeps_place=keeps_place, at=at, lines=prepared.lines)

    def keep(self, prepared: Prepared) -> None:
        """Keeps an article at hand for when it is asked for."""
        self._ahead.keep(prepared)

    def foresee(self, article_id: ArticleId) -> None:
        """Has an article made ready that the cursor may be put on next."""
        row, width = self._desk.row_of(article_id), self._desk.article.text_width
        if row is not None and width > 0 and self._ahead.find(row, width) is None:
            self._desk.work.foresee(row, width)

    def _read_ahead(self, shown: Prepared | None = None) -> None:
        """Has the articles made ready that a key leads to from this one, now that there is time."""
        desk, width = self._desk, self._desk.article.text_width
        rows = [row for row in desk.library.rows(desk.headlines.a_key_away) if self._ahead.find(row, width) is None]
        if width > 0 and (rows or shown is not None):
            desk.work.read_ahead(rows, width, shown)

    def await_reading(self) -> None:
        """Marks the open article read once it has been on screen, gone into, for as long as the settings say."""
        if self._read_timer is not None:
            self._read_timer.stop()
            self._read_timer = None
        seconds = self._desk.settings.mark_read_after
        row = self._desk.open_row
        if seconds is None or row is None or self._desk.place != "article" or row.mark.is_read:
            return
        self._read_timer = self._desk.screen.set_timer(max(seconds, 0.01), lambda: self._read_now(row))

    def _read_now(self, row: HeadlineRow) -> None:
        if self._desk.place == "article" and self._desk.open_row is not None and self._desk.open_row.id == row.id:
            self._desk.judge(giving(verdict("read")), [row.id])
