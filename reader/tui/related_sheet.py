"""Stories related to the open one, each with what it shares with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.message import Message

from reader.index.related import Kin, Side
from reader.model import ArticleId, HeadlineRow
from reader.tui.picker import Entry, heading, note
from reader.tui.sheet import Sheet
from reader.tui.story_entries import remark, story_entry

_HEADINGS: Mapping[Side, str] = {
    "later": "Later",
    "earlier": "Earlier",
    "other language": "In other languages",
    "undated": "Undated",
}
_SHARED = 5
"""Names and words that a reason holds."""


@dataclass(frozen=True, slots=True)
class RelatedWishes:
    """What the sheet asks for and wants done."""

    rows: Callable[[Sequence[ArticleId]], tuple[HeadlineRow, ...]]
    open_story: Callable[[ArticleId], object]


class RelatedSheet(Sheet[ArticleId]):
    """Later, earlier, in other languages; the closest first."""

    @dataclass
    class Found(Message):
        """The related stories, closest first."""

        kin: tuple[Kin, ...]

    def __init__(self, headline: str, wishes: RelatedWishes, *, ascii_only: bool = False) -> None:
        super().__init__(f"Related to {headline}", "Enter open  Esc back", ascii_only=ascii_only)
        self._wishes = wishes

    def on_mount(self) -> None:
        """Shows that looking has begun."""
        self.picker.show([note(" looking…")])
        self.is_filled = False

    @on(Found)
    def _found(self, event: Found) -> None:
        event.stop()
        self.picker.show(list(self._entries(event.kin)) or [note(" no story shares a rare name or word with it")])
        self.filled()

    def choose(self, value: ArticleId) -> None:
        """Opens the story."""
        self._wishes.open_story(value)

    def _entries(self, kin: Sequence[Kin]) -> Iterator[Entry[ArticleId]]:
        rows = {row.id: row for row in self._wishes.rows([each.article for each in kin])}
        for side, words in _HEADINGS.items():
            some = [each for each in kin if each.side == side and each.article in rows]
            if some:
                yield heading(f" {words}")
            for each in some:
                yield story_entry(rows[each.article], each.article)
                more = len(each.shares) - _SHARED
                yield remark(f"shares: {', '.join(each.shares[:_SHARED])}" + (f" and {more} more" if more > 0 else ""))
