"""The list of headlines: paints the rows a pager gives it, and never holds more of them than have been on screen.

Opening, scrolling and jumping cost the same at a hundred and at a million rows: the list knows ids only, `DayLines` turns lines
into rows, and `RowPages` fetches what a line needs when it is painted.

    HeadlineScroll   where the cursor is, and what is in sight
    HeadlinePainting what a line looks like
    here             what is listed, and what is known of it
"""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from typing import ClassVar

from rich.style import Style
from textual import on
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from reader.model import ArticleId, ArticleKey, HeadlineRow
from reader.settings.table import DEFAULT_COLUMNS, ROW_COLOURS
from reader.tui.day_lines import DayLines, Days
from reader.tui.headline_messages import ColoursWanted, CursorMoved, Quoted, SnippetsWanted
from reader.tui.headline_painting import CursorPart, HeadlinePainting
from reader.tui.headline_rows import Glyphs
from reader.tui.headline_scroll import HeadlineScroll
from reader.tui.new_rows import NewRows
from reader.tui.row_pages import Pager, RowPages
from reader.tui.segments import StyledText, joined
from reader.tui.selection import Selection
from reader.tui.tag_colours import TAG_ROLES
from reader.tui.thumb import thumb

_NOTHING_NEW = NewRows()


class HeadlineList(HeadlineScroll, can_focus=True):
    """Headlines under their days, with a cursor. The first line always names the day of what stands below it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "headline-list--day",
        "headline-list--day-count",
        "headline-list--mark",
        "headline-list--star",
        "headline-list--select",
        "headline-list--time",
        "headline-list--category",
        "headline-list--draft",
        "headline-list--problem",
        "headline-list--note",
        "headline-list--queued",
        "headline-list--new",
        "headline-list--watched",
        "headline-list--rule",
        "headline-list--snippet",
        "headline-list--hit",
        *(f"headline-list--{role}" for role in TAG_ROLES),
        "headline-list--headline",
        "headline-list--unread",
        "headline-list--skipped",
        "headline-list--source",
        "headline-list--missing",
        "headline-list--cursor",
        "headline-list--cursor-away",
        "headline-list--thumb",
        "headline-list--empty",
        *(f"headline-list--row-{colour}" for colour in ROW_COLOURS),
    }
    DEFAULT_CSS = """
    HeadlineList {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 0;
        & > .headline-list--unread { text-style: bold; }
        & > .headline-list--hit { text-style: bold; }
        & > .headline-list--cursor { text-style: reverse; }
        & > .headline-list--cursor-away { text-style: underline; }
    }
    """

    empty_text: reactive[str] = reactive("")
    """What to say where there is nothing to list."""

    def __init__(
        self,
        rows: Pager,
        *,
        has_colours: bool = False,
        columns: tuple[str, ...] = DEFAULT_COLUMNS,
        ascii_only: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._pages = RowPages(rows)
        self._painting = HeadlinePainting(self._part_style, columns, has_colours=has_colours, ascii_only=ascii_only)
        self._is_complete = True
        self.total: int | None = None
        """How many are to be listed, where that is known before all of them are there."""
        self._has_days = True
        self._will_ask = False
        """Whether what is wanted of rows is asked for after the next paint."""

    # What is listed

    @property
    def cursor_row(self) -> HeadlineRow | None:
        """The row under the cursor as it was fetched, whatever has become of its article since."""
        return self._pages.row(self._cursor) if self._cursor >= 0 else None

    @property
    def position(self) -> str:
        """Where the cursor is, in words: `12 of 18,204`, with a `+` while more are being counted; empty for an empty list."""
        if self._cursor < 0:
            return ""
        listed = f"{self.count:,}" if self._is_complete else f"{self.count:,}+" if self.total is None else f"{self.total:,}"
        return f"{self._cursor + 1:,} of {listed}"

    def show(
        self,
        ids: Sequence[int],
        *,
        cursor: int = 0,
        keep_place: bool = False,
        is_complete: bool = True,
        has_days: bool = True,
        days: Days | None = None,
        has_snippets: bool = False,
        new: NewRows = _NOTHING_NEW,
    ) -> None:
        """List these articles, the cursor on the one at `cursor`.

        `keep_place` leaves the cursor on the line of the screen where it is. An answer that is not complete will be followed by one
        that is; its `days` may be known already. Without `has_days`, for ids that neither ascend nor descend, there are no headings
        and each row says its date; then rows may have a sentence beneath them, `has_snippets`.
        """
        before = (self.cursor_id, self._cursor)
        line_on_screen = self._screen_line() if keep_place and self._cursor >= 0 else None
        self._ids, self._is_complete, self._has_days = ids, is_complete, has_days
        row_lines = 2 if has_snippets and not has_days else 1
        rule_before = new.leading if new.words else 0
        self._lines = DayLines(ids, has_headings=has_days, days=days, rule_before=rule_before, row_lines=row_lines)
        self._painting.new = new
        self._pages.show(ids)
        if self._painting.colours is not None:
            self._painting.colours.forget_all()
        self._cursor = min(max(cursor, 0), self.count - 1)
        # Set without the layout that follows a change of it: nothing around the list depends on how long it is.
        self.set_reactive(HeadlineList.virtual_size, Size(self.virtual_size.width, self._lines.total))
        self._place(line_on_screen)
        self.refresh()
        if (self.cursor_id, self._cursor) != before:
            self.post_message(CursorMoved(self.cursor_id, self._cursor))

    def refresh_rows(self, ids: Iterable[ArticleId]) -> None:
        """Fetch and paint these rows anew where they are on screen."""
        changed = set(ids)
        self._pages.forget(changed)
        if self._painting.colours is not None:
            self._painting.colours.forget(changed)
        for line in range(self._top, min(self._top + self.size.height, self._lines.total)):
            if self._lines.is_row(line) and self._ids[self._lines.index_at(line)] in changed:
                self.refresh_line(line)

    def colour(self, colours: Mapping[ArticleId, str | None]) -> None:
        """Paint rows in these colours, names of `ROW_COLOURS`."""
        if self._painting.colours is not None and self._painting.colours.learn(colours):
            self.refresh()

    @on(Quoted)
    def _quoted(self, event: Quoted) -> None:
        """Paints sentences beneath their rows."""
        event.stop()
        self._painting.snippets.learn(event.question, event.snippets)
        self.refresh()

    def forget_snippets(self) -> None:
        """The sentences were another question's."""
        self._painting.snippets.forget_all()

    def show_watched(self, watched: Set[ArticleKey]) -> None:
        """Mark these articles, and no others, as found by what is watched."""
        self._painting.watched = watched
        self.refresh()

    @property
    def glyphs(self) -> Glyphs:
        """The marks it shows."""
        return self._painting.glyphs

    def settle_range(self, selection: Selection) -> None:
        """Lets a range that grows reach to the cursor."""
        if self._cursor >= 0:
            selection.grow(self._ids, self._cursor)

    def show_selected(self, selected: Container[int]) -> None:
        """Mark these articles, and no others, as selected."""
        self._painting.selected = selected
        self.refresh()

    def forget_rows(self) -> None:
        """Fetch and paint every row anew."""
        self._pages.forget_all()
        if self._painting.colours is not None:
            self._painting.colours.forget_all()
        self.refresh()

    # Painting

    def line(self, y: int) -> Strip:
        """A line of the screen, its part of the thumb at the end."""
        top, (width, height) = self._top, self.size
        if self.count and top + y >= self._lines.total:
            return Strip.blank(width, self.plain)
        pieces = self._pieces(y, top + y, width - 1)
        # A list whose end isn't known is as long as can be: a thumb for its beginning would be sent for nothing.
        is_whole = self._is_complete or self._lines.total <= height
        is_thumb = y in thumb(top, height, self._lines.total if is_whole else sys.maxsize)
        pieces.append((self.glyphs.thumb, self._painting.style("thumb")) if is_thumb else (" ", self.plain))
        self._ask_for_wanted()
        return Strip(joined(pieces), width)

    def _pieces(self, y: int, line: int, width: int) -> list[StyledText]:
        if not self.count:
            return self._painting.empty(self.empty_text, y, width, self.size.height)
        if (y == 0 and self._sticky_lines) or self._lines.is_heading(line):
            ordinal, rows = self._lines.day_at(line)
            is_last = (ordinal, rows) == self._lines.day_at(self._lines.total - 1)
            return self._painting.day(ordinal, rows, width, has_count=self._is_complete or not is_last)
        if self._lines.is_rule(line):
            return self._painting.rule(width)
        index = self._lines.index_at(line)
        row, within = self._pages.row(index), self._painting.columns(width, is_dated=not self._has_days)
        cursor: CursorPart | None = None if index != self._cursor else "cursor" if self.has_focus else "cursor-away"
        if line > self._lines.line_of(index):
            return self._painting.beneath(row, within, cursor)
        return self._painting.row(row, index, within, cursor)

    def _ask_for_wanted(self) -> None:
        """Asks for what the rows were painted without, once they are painted."""
        if self._painting.is_wanting and not self._will_ask:
            self._will_ask = True
            self.call_after_refresh(self._ask)

    def _ask(self) -> None:
        self._will_ask = False
        painting = self._painting
        if painting.colours is not None and (uncoloured := painting.colours.take_wanted()):
            self.post_message(ColoursWanted(uncoloured))
        if unquoted := painting.snippets.take_wanted():
            within = painting.columns(self.size.width - 1, is_dated=not self._has_days)
            self.post_message(SnippetsWanted(unquoted, painting.snippets.question, within.width - within.before))

    def _part_style(self, part: str) -> Style:
        return self.get_component_rich_style(f"headline-list--{part}")

    def notify_style_update(self) -> None:
        """Looks its parts up anew."""
        super().notify_style_update()
        self._painting.forget_styles()
