"""What deeds work on: the panes, the session and the lanes of one open reader, and the few steps that all of them need.

A deed never reaches for the main screen itself; the screen never knows what a deed does. New deeds need a module in
`reader.tui.deeds`, their actions in the table, and a place in `deeds.later`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol, TypeVar

from textual.screen import Screen

from reader.keys import Place
from reader.library import Library
from reader.model import ArticleId, ArticleKey, HeadlineRow
from reader.query.compile import reads_texts
from reader.settings import Settings
from reader.triage.jobs import Job
from reader.tui.article_view import ArticleView
from reader.tui.drawer import Drawer
from reader.tui.filter_bar import FilterBar
from reader.tui.footer import Footer
from reader.tui.headline_list import HeadlineList
from reader.tui.keymap import Keymap
from reader.tui.session import Session
from reader.tui.status_line import StatusLine
from reader.tui.tally import Tally
from reader.tui.work import Work
from reader.tui.work_messages import Marked

_MANY = 500
"""Articles from which on a verdict is seen to take its time, and all rows are fetched anew rather than each of these."""

NO_ARTICLE = "there is no article here"
"""What is said to a key that needs one."""

Found = TypeVar("Found")

Deed = Callable[[int | None], object]
"""Does one action; given the count typed before the key, or None."""


class FilterBy(Protocol):
    """Asks another filter."""

    def __call__(self, text: str, at: ArticleKey | None = None) -> None: ...


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
    footer: Footer
    go_to: Callable[[Place], None]
    """Sends the keys that follow to a pane, at once."""
    follow: Callable[[], None]
    """Opens the article under the cursor now, where that is another one."""
    foresee: Callable[[ArticleId], None]
    """Has an article made ready that the cursor may be put on next, to be shown together with its row."""
    filter_by: FilterBy
    """Puts another filter into the bar and asks it, the cursor on the article `at`, or kept on its own, where that is in the answer."""
    ask_again: Callable[[], None]
    """Asks the filter again, after what its words mean has changed; the cursor stays on its article."""
    refit: Callable[[str], None]
    """Lays the panes out in another way."""
    do: Callable[[str, int | None], None]
    """Does an action, as its key would."""
    on_answer: list[Callable[[], None]] = field(default_factory=list)
    """Told of each new answer, once all of it is known."""
    on_mention: list[Callable[[str], None]] = field(default_factory=list)
    """Told of a name in the article that more is to be known of."""
    tally: Tally = field(default_factory=Tally)
    """What has been judged so far."""
    left_of: int = -1
    """The answer of which it is known what is left to be judged."""
    counting: int = -1
    """The answer of which that is being found out: of a million it takes a second, and is asked once."""
    judged_meanwhile: set[ArticleKey] = field(default_factory=set)
    """What was judged since that was asked, or while it was found out."""
    drawer: Drawer | None = None
    """What takes all keys for a while."""
    awaited: object = None
    """What a key has begun that is still to come, and that the keys that follow wait for."""
    place: Place = "list"
    """Where the keys go to."""
    open_row: HeadlineRow | None = None
    """The article that is shown, or on its way."""

    def row(self) -> HeadlineRow | None:
        """The row that a verdict is about: the open article from within it, else the one under the cursor."""
        return self.open_row if self.place == "article" else self.row_of(self.headlines.cursor_id)

    def row_or_say(self) -> HeadlineRow | None:
        """The row that a key is about; where there is none, that is said."""
        row = self.row()
        if row is None:
            self.say(NO_ARTICLE)
        return row

    def row_of(self, article_id: ArticleId | None) -> HeadlineRow | None:
        """The row of an id, its marks as they are on disk."""
        return next(iter(self.library.rows([article_id])), None) if article_id is not None else None

    def say(self, words: str) -> None:
        """Tells the person what was done."""
        self.status.say(words)

    def complain(self, words: str) -> None:
        """Tells the person what went wrong, until the next key."""
        self.status.say(words, seconds=None, is_wrong=True)

    # -- judging ---------------------------------------------------------------------------------------------------

    def targets(self, count: int | None = None) -> list[int]:
        """What a verdict is about: the open article from within it, else what is selected and listed, else the row.

        With a `count`, so many rows of the list from the cursor on, whatever is selected.
        """
        if self.place == "article":
            return [self.open_row.id] if self.open_row is not None else []
        if count is not None:
            return list(self.session.answer.ids[self.headlines.cursor : self.headlines.cursor + count])
        self.headlines.settle_range(self.session.selection)
        selected = self.session.selected()
        return selected or ([self.headlines.cursor_id] if self.headlines.cursor_id is not None else [])

    def judge(self, job: Job, articles: Sequence[int] | None = None) -> None:
        """Has a job done on these articles, or on what a verdict is about: a selection is used up by it."""
        ids = self.targets() if articles is None else articles
        if not ids:
            self.say(NO_ARTICLE)
            return
        self.session.judged.update(ids)
        if len(ids) > _MANY:
            self.status.say(f"marking {len(ids):,} articles…", seconds=None)
        self.work.judge(ids, job)
        if articles is None and self.place == "list" and self.session.selection.clear():
            self.show_selection()

    def when_marked(self, then: Callable[[], object]) -> None:
        """Does it once every mark asked for so far is on disk; the keys that follow come after it."""

        def go_on() -> None:
            self.has_come(go_on)
            then()

        self.awaited = go_on
        self.work.when_marked(go_on)

    @property
    def is_searching(self) -> bool:
        """Whether texts are being read for the list, so that more of it comes for a good while."""
        return not self.session.answer.is_complete and reads_texts(self.session.query.root)

    def when_listed(self, then: Callable[[], object]) -> None:
        """Does it once all of the list is known, or can't be; the keys that follow come after it. Never, where they are given up before."""
        if self.session.answer.is_complete and not self.session.is_waiting:
            then()
            return

        # Questions are answered one after the other: when this one is, all of the list is known, or it could not be found out.
        self.when_found_out(lambda _: None, lambda _: then())

    def when_known(self, then: Callable[[], object]) -> None:
        """Does it `when_listed`; at once, with what is found so far, where texts are being read for the list: nobody waits for that."""
        if self.is_searching:
            then()
        else:
            self.when_listed(then)

    def when_found_out(self, job: Callable[[Library], Found], then: Callable[[Found], object]) -> None:
        """Does it with what the job finds out; the keys that follow come after it. Never, where they are given up before."""

        def go_on(found: Found) -> None:
            if self.has_come(go_on):
                then(found)

        self.awaited = go_on
        self.work.find_out(job, go_on)

    def has_come(self, awaited: object) -> bool:
        """Lets keys wait for it no longer; whether they did."""
        is_it = self.awaited is awaited
        if is_it:
            self.awaited = None
        return is_it

    def follow_range(self) -> None:
        """Lets the range that grows follow the cursor."""
        if self.session.selection.anchor is not None:
            self.headlines.settle_range(self.session.selection)
            self.show_selection()

    def show_selection(self) -> None:
        """Paints what is selected, and counts it."""
        self.headlines.show_selected(self.session.selection)
        self.show_tally()

    def marked(self, event: Marked) -> None:
        """Shows marks that are on disk now, and goes back to the one story that was taken back."""
        self.count(event)
        self.show_marks(event.keys)
        self._count_again(event.keys)
        if event.verb in ("undo", "redo") and len(event.keys) == 1:
            self.find(next(iter(event.keys)))

    def marked_elsewhere(self, keys: Set[ArticleKey]) -> None:
        """Shows marks that another session has made."""
        self.show_marks(keys)
        self._count_again(keys)

    def count(self, event: Marked) -> None:
        """Counts what was judged, for the counter and for the summary on leaving."""
        if event.changed is not None:
            self.tally.take(event.judged, monotonic(), is_verdict=event.verb == "mark")

    def find(self, key: ArticleKey) -> bool:
        """Puts the cursor on an article; whether it is listed."""
        found = self.library.ids_of([key]).get(key)
        at = self.session.position(found) if found is not None else None
        if at is not None:
            self.headlines.go(at)
        return at is not None

    def count_left(self) -> None:
        """Has it found out which of those listed are still to be judged, once judging has begun."""
        answer = self.session.answer
        if self.tally.has_begun and answer.is_complete and self.counting != answer.generation:
            self.counting = answer.generation
            self.judged_meanwhile.clear()
            self.work.find_unjudged(
                answer.ids,
                lambda found: self._know_left(answer.generation, found),
                lambda: self.session.answer.generation == answer.generation,
            )

    def _know_left(self, generation: int, found: bytearray) -> None:
        if generation == self.session.answer.generation:
            self.tally.unjudged, self.left_of, self.counting = found, generation, -1
            self._count_again(self.judged_meanwhile)

    def _count_again(self, keys: Set[ArticleKey]) -> None:
        """Brings what is left up to date with the marks of these articles."""
        unjudged = self.tally.unjudged
        if self.counting == self.session.answer.generation:
            self.judged_meanwhile |= keys
        elif unjudged is None or self.left_of != self.session.answer.generation or len(keys) > _MANY:
            self.count_left()
        else:
            for row in self.library.rows(list(self.library.ids_of(sorted(keys)).values())):
                at = self.session.position(row.id)
                if at is not None:
                    unjudged[at] = not (row.mark.is_read or row.mark.is_skipped)
        self.show_tally()

    def show_tally(self) -> None:
        """Shows how far judging is, in the line of the keys and in the one that says what was done."""
        glyphs = self.headlines.glyphs
        selected = len(self.session.selection)
        words = [f"{selected:,} selected"] if selected else []
        words += [said] if (said := self.tally.words(monotonic(), star=glyphs.starred, cross=glyphs.skipped)) else []
        self.status.aside = self.footer.aside = " · ".join(words)

    # -- drawers ----------------------------------------------------------------------------------------------------

    @property
    def has_drawer(self) -> bool:
        """Whether a drawer takes the keys."""
        return self.drawer is not None and self.drawer.is_open

    def open_drawer(self, drawer: Drawer) -> None:
        """Lays a drawer over the page, in the place of any other: it takes every key from now on.

        What it covers of the line below is said no longer: behind it, it would come back as if it were new.
        """
        if self.drawer is not None:
            self.drawer.close()
        self.status.clear()
        self.drawer = drawer
        self.screen.mount(drawer)
        if drawer.place_to_type is not None:
            self.screen.set_focus(drawer.place_to_type)

    def close_drawer(self, drawer: Drawer) -> None:
        """Takes away a drawer that was closed, and gives the page its focus back."""
        if self.drawer is drawer:
            self.drawer = None
            # First, because Textual gives the focus of what is taken away to whatever comes next.
            self.go_to(self.place)
        # Out of sight with the next paint, as what it was answered for is; taking it apart would bring a second one.
        drawer.display = False
        self.screen.refresh(repaint=False, layout=True)
        drawer.remove()

    def show_marks(self, keys: Set[ArticleKey]) -> None:
        """Paints the rows of these articles as they are on disk now."""
        if len(keys) > _MANY:
            self.headlines.forget_rows()
        else:
            self.headlines.refresh_rows(self.library.ids_of(sorted(keys)).values())
        if self.open_row is not None and self.open_row.key in keys:
            self.open_row = self.row_of(self.open_row.id) or self.open_row
            self.article.show_mark(self.open_row.mark)
