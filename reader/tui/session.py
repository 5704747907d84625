"""What is on the screen, without a screen: the query, its answer, the cursor, what is open. Plain Python, one thread.

Answers come back by generation: each question gets the next number, and an answer to an older one is dropped. What must
survive a new answer is kept by key, never by position.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reader.errors import QueryError
from reader.model import ArticleId, ArticleKey, IndexChange
from reader.query.refine import finished, settled
from reader.query.saved import expand
from reader.query.syntax import parse
from reader.query.tree import Hint, Query
from reader.tui.day_lines import Days
from reader.tui.selection import Selection
from reader.tui.staying import Staying

_FEW = 1000
"""Articles that are sooner searched for in a list of a million than that is gone through."""


@dataclass(slots=True)
class Answer:
    """The ids of one answer, as far as they are known."""

    generation: int = 0
    ids: array[int] = field(default_factory=lambda: array("q"))
    is_complete: bool = False
    query: Query | None = None
    """What it answers."""
    days: Days | None = None
    """Its days, where it is by date and they were worth seeking ahead."""
    total: int | None = None
    """How many they are in all, where that is known before they are."""


class Session:
    """The view model of one open reader."""

    def __init__(self, saved: Mapping[str, str] | None = None, watched: Mapping[str, str] | None = None) -> None:
        self.saved = dict(saved or {})
        """Kept searches, by name."""
        self.watched = dict(watched or {})
        """Filters whose new matches ring, and how."""
        self.matched: set[ArticleKey] = set()
        """Articles that came while the reader was open and fit what is watched."""
        self.text = ""
        """The filter as it stands in the bar."""
        self._is_typed = False
        """Whether somebody has typed it: its last word may be only begun."""
        self.query = Query()
        """What the list answers: the last text that could be read."""
        self.answer = Answer()
        self.generation = 0
        self.layout = "auto"
        """How the person wants the panes laid out."""
        self.keep: ArticleId | None = None
        """The row that the next answer puts the cursor on, where it still is in it."""
        self.arrived: set[ArticleKey] = set()
        """Articles that came since the list was last asked anew by the person."""
        self.selection = Selection()
        self.judged: set[int] = set()
        """Articles judged in this list, which stay in it until the person asks anew."""
        self._asked = Query()
        self._awaited: list[Callable[[array[int]], object]] = []

    @property
    def filter(self) -> str:
        """The filter so that it asks for the same by itself, wherever it is put or kept."""
        return finished(self.text, self.saved) if self._is_typed else self.text

    def edit(self, text: str) -> Query | None:
        """Takes the filter as typed; gives the query to ask, or None where it means what is already asked."""
        return self._take(text, parse(text, final=False), is_typed=True)

    def put(self, text: str) -> Query | None:
        """`edit` for a filter that nobody types."""
        return self._take(text, settled(text), is_typed=False)

    def _take(self, text: str, parsed: Query, *, is_typed: bool) -> Query | None:
        self.text, self._is_typed = text, is_typed
        query = self._expanded(parsed, is_typed=is_typed)
        if query == self.query:
            # Hints may differ where the meaning doesn't.
            self.query = query
            return None
        self.query = query
        return query

    def ask(self) -> int:
        """The generation of a new question."""
        if self.query != self._asked:
            self._asked = self.query
            self.judged.clear()
            self._awaited.clear()
        self.generation += 1
        return self.generation

    @property
    def is_waiting(self) -> bool:
        """Whether the list asked for last is not there yet, not even its beginning."""
        return self.answer.query != self._asked

    def staying(self, *, keep: bool) -> Staying:
        """What must stay in the answer now asked for: of the list as it is where that is to `keep`, else of the answer's own first rows.

        Of a list of other articles nothing stays.
        """
        return Staying(self.judged, self.answer.ids if keep and not self.is_waiting else ())

    def when_listed(self, then: Callable[[array[int]], object]) -> None:
        """Calls `then` with all that is listed: at once, or when all of it is known; never, where another filter comes first."""
        if self.answer.is_complete and self.answer.query == self._asked:
            then(self.answer.ids)
        else:
            self._awaited.append(then)

    def receive(self, generation: int, ids: Sequence[int], *, is_complete: bool, days: Days | None = None) -> bool:
        """Takes an answer; False for one that is out of date."""
        if generation != self.generation or (self.answer.generation == generation and self.answer.is_complete):
            return False
        self.answer = Answer(generation, ids if isinstance(ids, array) else array("q", ids), is_complete, self._asked, days)
        if is_complete:
            awaited, self._awaited = self._awaited, []
            for then in awaited:
                then(self.answer.ids)
        return True

    def count(self, generation: int, total: int) -> bool:
        """Takes how many there are in the answer whose beginning is known; False where that is another, or known whole."""
        if generation != self.answer.generation or self.answer.is_complete:
            return False
        self.answer.total = total
        return True

    def cursor_for(self, fallback: int) -> int:
        """Where the cursor belongs in the answer: on the row it was on, else on the nearest later date, else `fallback`."""
        ids = self.answer.ids
        if not ids:
            return 0
        if self.keep is None:
            return min(fallback, len(ids) - 1)
        at = self.position(self.keep)
        return at if at is not None else min(fallback, len(ids) - 1)

    def is_placed(self, wanted: int | None, fallback: int, window: Sequence[int]) -> bool:
        """Whether the first ids of an answer tell where the cursor belongs in it that is to be on an id, or else in a row."""
        if wanted in window:
            return True
        is_beyond = wanted is not None and not (self._asked.is_newest_first and window and wanted > window[-1])
        return not is_beyond and fallback < len(window)

    def selected(self) -> list[int]:
        """Those selected that are listed, in the list's order."""
        ids, selection = self.answer.ids, self.selection
        if len(selection) <= (_FEW if self.query.is_newest_first else 1):
            places = [at for number in selection if (at := self.position(number)) is not None]
            # What is not found so may be listed all the same, beside rows that stay though they fit the filter no longer.
            if len(places) == len(selection):
                return [ids[at] for at in sorted(places)]
        return [number for number in ids if number in selection]

    def position(self, wanted: int) -> int | None:
        """The index of an id in the answer; by search where the answer is newest first, else by looking through it."""
        ids = self.answer.ids
        if self.query.is_newest_first:
            at = bisect_right(ids, -wanted, key=lambda number: -number) - 1
            return at if at >= 0 and ids[at] == wanted else None
        try:
            return ids.index(wanted)
        except ValueError:
            return None

    def index_changed(self, change: IndexChange) -> None:
        """Notes what came in while the person was reading."""
        self.arrived.update(change.added)
        self.arrived.difference_update(change.removed)

    @property
    def hint(self) -> Hint | None:
        """What to tell about the text as typed: an error before anything else."""
        return self.query.error or next(iter(self.query.hints), None)

    def _expanded(self, query: Query, *, is_typed: bool) -> Query:
        try:
            return expand(query, self.saved, final=False, is_typed=is_typed)
        except QueryError:
            return query
