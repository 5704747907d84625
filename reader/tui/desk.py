"""What deeds work on: the panes, the session and the lanes of one open reader, and the few steps that all of them need.

A deed never reaches for the main screen itself; the screen never knows what a deed does. New deeds need a module in
`reader.tui.deeds`, their actions in the table, and a place in `main_screen.DEEDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from textual.screen import Screen

from reader.keys import Place
from reader.library import Library
from reader.model import ArticleId, ArticleKey, HeadlineRow
from reader.settings import Settings
from reader.tui.article_view import ArticleView
from reader.tui.filter_bar import FilterBar
from reader.tui.headline_list import HeadlineList
from reader.tui.keymap import Keymap
from reader.tui.session import Session
from reader.tui.status_line import StatusLine
from reader.tui.work import Work

Deed = Callable[[int | None], object]
"""Does one action; given the count typed before the key, or None."""


class Deeds(Protocol):
    """The actions of one kind."""

    def table(self) -> Mapping[str, Deed]:
        """What each action of this kind does, by the action's id."""
        ...


@dataclass(slots=True)
class Desk:
    """All that is on the desk of one reader."""

    screen: Screen[None]
    library: Library
    settings: Settings
    keymap: Keymap
    session: Session
    work: Work
    headlines: HeadlineList
    article: ArticleView
    bar: FilterBar
    status: StatusLine
    go_to: Callable[[Place], None]
    """Sends the keys that follow to a pane, at once."""
    filter_by: Callable[[str], None]
    """Puts another filter into the bar and asks it, the cursor kept on its article where that is in the answer."""
    refit: Callable[[str], None]
    """Lays the panes out in another way."""
    on_answer: list[Callable[[], None]] = field(default_factory=list)
    """Told of each new answer, once all of it is known."""
    on_mention: list[Callable[[str], None]] = field(default_factory=list)
    """Told of a name in the article that more is to be known of."""
    place: Place = "list"
    """Where the keys go to."""
    open_row: HeadlineRow | None = None
    """The article that is shown, or on its way."""

    def row(self) -> HeadlineRow | None:
        """The row that a verdict is about: the open article from within it, else the one under the cursor."""
        return self.open_row if self.place == "article" else self.row_of(self.headlines.cursor_id)

    def row_of(self, article_id: ArticleId | None) -> HeadlineRow | None:
        """The row of an id, its marks as they are on disk."""
        return next(iter(self.library.rows([article_id])), None) if article_id is not None else None

    def say(self, words: str) -> None:
        """Tells the person what was done."""
        self.status.say(words)

    def complain(self, words: str) -> None:
        """Tells the person what went wrong, until the next key."""
        self.status.say(words, seconds=None, is_wrong=True)

    def show_marks(self, keys: set[ArticleKey]) -> None:
        """Paints the rows of these articles as they are on disk now."""
        self.headlines.refresh_rows(self.library.ids_of(sorted(keys)).values())
        if self.open_row is not None and self.open_row.key in keys:
            self.open_row = self.row_of(self.open_row.id) or self.open_row
