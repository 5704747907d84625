"""The article under the cursor: opened a moment after the cursor has come to rest, and marked read once it was gone into."""

from __future__ import annotations

from time import monotonic

from textual.timer import Timer

from reader.clean import clean_name
from reader.model import HeadlineRow, Problem
from reader.triage.jobs import giving
from reader.triage.verbs import verdict
from reader.tui.desk import Desk
from reader.tui.place import PlaceKeeper
from reader.tui.work import ArticleOpened

_FOLLOW_SECONDS = 0.05
"""How long a cursor that is on its way rests on a row before the article there is opened."""
_ON_ITS_WAY_SECONDS = 0.2
"""The cursor is on its way where it moves again within this time; after a longer rest, what it moves to is wanted at once."""

_FRAME_SECONDS = 0.005
"""Enough for the list to be painted first."""

_BASIC = "Names in this language are found by a list only; many are missed."


class Opening:
    """Opens articles on one desk."""

    def __init__(self, desk: Desk, keeper: PlaceKeeper) -> None:
        self._desk = desk
        self._keeper = keeper
        self._follow_timer: Timer | None = None
        self._read_timer: Timer | None = None
        self._moved_at = -_ON_ITS_WAY_SECONDS

    @property
    def will_open(self) -> bool:
        """Whether an article is about to be opened."""
        return self._follow_timer is not None

    def follow_soon(self) -> None:
        """Opens the article under the cursor, behind the list, unless the cursor moves on at once."""
        if self._follow_timer is not None:
            self._follow_timer.stop()
        is_on_its_way = monotonic() - self._moved_at < _ON_ITS_WAY_SECONDS
        self._moved_at = monotonic()
        self._follow_timer = self._desk.screen.set_timer(_FOLLOW_SECONDS if is_on_its_way else _FRAME_SECONDS, self.follow)

    def follow(self) -> None:
        """Opens the article under the cursor at once, unless it is open."""
        if self._follow_timer is not None:
            self._follow_timer.stop()
            self._follow_timer = None
        desk = self._desk
        row = desk.row_of(desk.headlines.cursor_id)
        if row is None:
            desk.open_row = None
            desk.article.clear()
        elif desk.open_row is None or (row.id, row.key) != (desk.open_row.id, desk.open_row.key):
            desk.open_row = row
            desk.article.expect()
            desk.work.open_article(row)
            self.await_reading()

    def show(self, event: ArticleOpened) -> None:
        """Shows an article that was opened, or says why it can't be."""
        desk, opened = self._desk, event.opened
        if desk.open_row is None or event.row.id != desk.open_row.id:
            return
        if isinstance(opened, Problem):
            desk.article.clear()
            desk.status.say(f"{clean_name(opened.path)}: {opened.what}", is_wrong=True)
            return
        # What knows scripts is slow to import, and the headlines don't wait for it.
        from reader.entities.mentions import is_basic

        note = _BASIC if is_basic(opened.article) else None
        desk.article.show(opened.article, opened.mentions, note, mark=event.row.mark, at=self._keeper.line_for(event.row.key))

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
