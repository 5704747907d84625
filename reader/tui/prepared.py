"""Articles made ready to be shown, and those that are ready before anybody asks: what is a key away from the one that is read.

    row ─▶ read from its file ─▶ names found ─▶ laid out at a width ─▶ Prepared ─▶ Ahead ─▶ shown in the frame of the key

All but the last step take the time of a frame, and are done off the UI thread. No toolkit.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from reader.library import Library
from reader.model import ArticleId, HeadlineRow, OpenedArticle, Problem
from reader.tui.lines import ArticleLines

_KEPT = 8
"""Articles: the one that is read, those a key away from it, and those beside the one before."""
_LONGEST_KEPT = 4_000
"""Lines; what is longer takes memory rather than time, and those who read it aren't leafing through."""

_BASIC = "Names in this language are found by a list only; many are missed."


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article as it was read, or why it can't be."""

    row: HeadlineRow
    opened: OpenedArticle | Problem
    note: str | None = None
    """What is to be remarked above its text."""
    lines: ArticleLines | None = None
    """Where there was a width to lay it out at."""

    def is_for(self, row: HeadlineRow, width: int) -> bool:
        """Whether this is what the row, as it is now, is to show at a width."""
        then, now = self.row.mark, row.mark
        is_same_head = (then.tags, then.note) == (now.tags, now.note) and replace(self.row, mark=now) == row
        return is_same_head and self.lines is not None and self.lines.width == width


def prepare(library: Library, row: HeadlineRow, width: int, is_abandoned: Callable[[], bool]) -> Prepared:
    """Reads an article and lays it out at a width, where there is one. For the reading thread; raises Abandoned."""
    opened = library.open(row)
    if isinstance(opened, Problem):
        return Prepared(row, opened)
    # What knows scripts and lays out is slow to import, and the first headlines don't wait for it.
    from reader.entities.mentions import is_basic
    from reader.tui.article_lines import render

    note = _BASIC if is_basic(opened.article) else None
    if width <= 0:
        return Prepared(row, opened, note)
    lines = render(opened.article, opened.mentions, width, note=note, mark=row.mark, is_abandoned=is_abandoned)
    return Prepared(row, opened, note, lines)


def is_outdated(library: Library, prepared: Prepared) -> bool:
    """Whether the article's file says something else by now."""
    read = library.read(prepared.row)
    return isinstance(prepared.opened, Problem) or isinstance(read, Problem) or read.article != prepared.opened.article


class Ahead:
    """The articles that are ready, those asked for last kept longest."""

    def __init__(self) -> None:
        self._ready: OrderedDict[ArticleId, Prepared] = OrderedDict()

    def keep(self, prepared: Prepared) -> None:
        """Keeps an article in place of an older one."""
        if prepared.lines is None or len(prepared.lines.lines) > _LONGEST_KEPT:
            return
        self._ready[prepared.row.id] = prepared
        self._ready.move_to_end(prepared.row.id)
        if len(self._ready) > _KEPT:
            self._ready.popitem(last=False)

    def find(self, row: HeadlineRow, width: int) -> Prepared | None:
        """What is ready for a row, as it is now, at a width."""
        prepared = self._ready.get(row.id)
        if prepared is None or not prepared.is_for(row, width):
            return None
        self._ready.move_to_end(row.id)
        return prepared
