"""The list of headlines: paints the rows a pager gives it, and never holds more of them than have been on screen.

Opening, scrolling and jumping cost the same at a hundred and at a million rows: the list knows ids only, `DayLines` turns lines
into rows, and `RowPages` fetches what a line needs when it is painted.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import on
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.clean import clean
from reader.model import ArticleId, ArticleKey, HeadlineRow
from reader.query.snippets import Snippet
from reader.settings.table import DEFAULT_COLUMNS, ROW_COLOURS
from reader.tui import headline_rows
from reader.tui.cells import fit_clean
from reader.tui.day_lines import LEAST_FOR_STICKY, MARGIN, DayLines, Days
from reader.tui.headline_rows import Columns, Glyphs, Part, Standing
from reader.tui.line_pane import LinePane
from reader.tui.new_rows import NewRows
from reader.tui.row_colours import RowColours
from reader.tui.row_pages import Pager, RowPages
from reader.tui.row_snippets import RowSnippets
from reader.tui.segments import StyledText, joined
from reader.tui.selection import Selection
from reader.tui.tag_colours import TAG_ROLES
from reader.tui.thumb import line_at, thumb
from reader.tui.wrap import wrap

_NOTHING_NEW = NewRows()


class HeadlineList(LinePane, can_focus=True):
    """Headlines under their days, with a cursor. Keys are not its business: the screen calls `move`, `page` and their kin.

    The first line always names the day of what stands below it.
    """

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

    @dataclass
    class CursorMoved(Message):
        """The cursor is on another row, or the row on another place."""

        row_id: ArticleId | None
        """None when nothing is listed."""
        index: int
        """Counted from 0; -1 when nothing is listed."""

        def can_replace(self, message: Message) -> bool:
            """Only the latest place matters."""
            return isinstance(message, HeadlineList.CursorMoved)

    @dataclass
    class Opened(Message):
        """The row was clicked a second time."""

        index: int

    @dataclass
    class ColoursWanted(Message):
        """Rows have come on screen whose colours aren't known: to be answered with `colour`."""

        ids: tuple[ArticleId, ...]

    @dataclass
    class SnippetsWanted(Message):
        """Rows have come on screen whose sentences aren't known: to be answered with `Quoted`."""

        ids: tuple[ArticleId, ...]
        question: int
        width: int
        """The cells that there are for a sentence."""

    @dataclass
    class Quoted(Message):
        """Sentences of articles that were wanted; None for one that has none."""

        question: int
        snippets: Mapping[ArticleId, Snippet | None]

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
        self._styles: dict[str, Style] = {}
        self._pages = RowPages(rows)
        self._columns = columns
        self._colours = RowColours() if has_colours else None
        self._glyphs = headline_rows.ASCII if ascii_only else headline_rows.UNICODE
        self._ids: Sequence[int] = array("q")
        self._lines = DayLines(self._ids)
        self._cursor = -1
        self._is_complete = True
        self._is_placed = True
        self._has_days = True
        self._selected: Set[int] = frozenset()
        self._new = NewRows()
        self._watched: Set[ArticleKey] = frozenset()
        self._snippets = RowSnippets()

    # What is listed

    @property
    def count(self) -> int:
        """How many rows are listed."""
        return self._lines.count

    @property
    def cursor(self) -> int:
        """The place of the cursor, from 0; -1 when nothing is listed."""
        return self._cursor

    @property
    def cursor_id(self) -> ArticleId | None:
        """The article under the cursor."""
        return ArticleId(self._ids[self._cursor]) if self._cursor >= 0 else None

    @property
    def cursor_row(self) -> HeadlineRow | None:
        """The row under the cursor as it was fetched, whatever has become of its article since."""
        return self._pages.row(self._cursor) if self._cursor >= 0 else None

    @property
    def beside_cursor(self) -> tuple[ArticleId, ...]:
        """The articles below and above the one under the cursor, as far as there are any."""
        beside = (self._cursor + 1, self._cursor - 1) if self._cursor >= 0 else ()
        return tuple(ArticleId(self._ids[index]) for index in beside if 0 <= index < self.count)

    @property
    def position(self) -> str:
        """Where the cursor is, in words: `12 of 18,204`, with a `+` while more are being counted; empty for an empty list."""
        if self._cursor < 0:
            return ""
        return f"{self._cursor + 1:,} of {self.count:,}{'' if self._is_complete else '+'}"

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
        self._new = new
        self._pages.show(ids)
        if self._colours is not None:
            self._colours.forget_all()
        self._cursor = min(max(cursor, 0), self.count - 1)
        # Set without the layout that follows a change of it: nothing around the list depends on how long it is.
        self.set_reactive(HeadlineList.virtual_size, Size(self.virtual_size.width, self._lines.total))
        self._place(line_on_screen)
        self.refresh()
        if (self.cursor_id, self._cursor) != before:
            self.post_message(self.CursorMoved(self.cursor_id, self._cursor))

    def refresh_rows(self, ids: Iterable[ArticleId]) -> None:
        """Fetch and paint these rows anew where they are on screen."""
        changed = set(ids)
        self._pages.forget(changed)
        if self._colours is not None:
            self._colours.forget(changed)
        for line in range(self._top, min(self._top + self.size.height, self._lines.total)):
            if self._lines.is_row(line) and self._ids[self._lines.index_at(line)] in changed:
                self.refresh_line(line)

    def colour(self, colours: Mapping[ArticleId, str | None]) -> None:
        """Paint rows in these colours, names of `ROW_COLOURS`."""
        if self._colours is not None and self._colours.learn(colours):
            self.refresh()

    @on(Quoted)
    def _quoted(self, event: Quoted) -> None:
        """Paints sentences beneath their rows."""
        event.stop()
        self._snippets.learn(event.question, event.snippets)
        self.refresh()

    def forget_snippets(self) -> None:
        """The sentences were another question's."""
        self._snippets.forget_all()

    def show_watched(self, watched: Set[ArticleKey]) -> None:
        """Mark these articles, and no others, as found by what is watched."""
        self._watched = watched
        self.refresh()

    @property
    def glyphs(self) -> Glyphs:
        """The marks it shows."""
        return self._glyphs

    def settle_range(self, selection: Selection) -> None:
        """Lets a range that grows reach to the cursor."""
        if selection.anchor is None or self._cursor < 0:
            return
        try:
            start = self._ids.index(selection.anchor)
        except ValueError:
            selection.end_range()
            return
        first, last = sorted((start, self._cursor))
        selection.spread_over(self._ids[first : last + 1])

    def show_selected(self, selected: Set[int]) -> None:
        """Mark these articles, and no others, as selected."""
        self._selected = selected
        self.refresh()

    def forget_rows(self) -> None:
        """Fetch and paint every row anew."""
        self._pages.forget_all()
        if self._colours is not None:
            self._colours.forget_all()
        self.refresh()

    # Moving

    def go(self, index: int) -> None:
        """Put the cursor on a row, or as near as there is one, and bring it into sight."""
        if not self.count:
            return
        index = min(max(index, 0), self.count - 1)
        if index != self._cursor:
            old, self._cursor = self._cursor, index
            for changed in (old, index):
                for line in range(self._lines.row_lines):
                    self.refresh_line(self._lines.line_of(changed) + line)
            self.post_message(self.CursorMoved(self.cursor_id, index))
        self._reveal()

    def move(self, rows: int) -> None:
        """Move the cursor so many rows down, or up where negative."""
        self.go(self._cursor + rows)

    def go_first(self) -> None:
        """To the first row."""
        self.go(0)

    def go_last(self) -> None:
        """To the last row."""
        self.go(self.count - 1)

    def page(self, pages: int) -> None:
        """Move so many screens down or up, one line of the old screen kept in sight."""
        self._move_lines(pages * max(self.size.height - 1 - self._sticky_lines, 1))

    def half(self, halves: int) -> None:
        """Move so many half screens down or up."""
        self._move_lines(halves * max(self.size.height // 2, 1))

    def _move_lines(self, lines: int) -> None:
        """Move the cursor and what is on screen together."""
        if not self.count:
            return
        line = self._lines.line_of(self._cursor)
        target = min(max(line + lines, 0), self._lines.total - 1)
        index = self._lines.index_at(target)
        if index == self._cursor:
            index += 1 if lines > 0 else -1
        index = min(max(index, 0), self.count - 1)
        self._scroll(self._top + self._lines.line_of(index) - line)
        self.go(index)

    # Scrolling

    @property
    def _top(self) -> int:
        """The first line in sight."""
        return self.scroll_offset.y

    @property
    def _sticky_lines(self) -> int:
        """Lines at the top of the screen that name the day whatever is scrolled."""
        return int(self._lines.has_headings and self.size.height >= LEAST_FOR_STICKY)

    def _screen_line(self) -> int:
        """The line of the screen that the cursor is on; it may lie outside."""
        return self._lines.line_of(self._cursor) - self._top

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=self._lines.settled_top(top, self.size.height), animate=False, force=True)

    def _place(self, line_on_screen: int | None) -> None:
        """Scroll so that the cursor is on this line of the screen, or where it is read best."""
        self._is_placed = bool(self.size.height)
        cursor, height = max(self._cursor, 0), self.size.height
        self._scroll(self._lines.top_for(cursor, height) if line_on_screen is None else self._lines.line_of(cursor) - line_on_screen)

    def _reveal(self) -> None:
        """Scroll as little as brings the cursor into sight, with its margin."""
        height = self.size.height
        line = self._lines.line_of(self._cursor)
        margin = min(MARGIN, (height - 1) // 3)
        highest, lowest = line - max(margin, self._sticky_lines), line + self._lines.row_lines + margin - height
        if not lowest <= self._top <= highest:
            self._scroll(highest if self._top > highest else lowest)

    def on_resize(self, _: Resize) -> None:
        """Keep the cursor in sight if it was, or find its place once there is a screen."""
        if self._cursor < 0:
            return
        if not self._is_placed:
            self._place(None)
        else:
            self._reveal()

    # Painting

    def line(self, y: int) -> Strip:
        """A line of the screen, its part of the thumb at the end."""
        top, (width, height) = self._top, self.size
        line, width = top + y, width - 1
        if not self.count:
            pieces = self._empty_line(y, width)
        elif line >= self._lines.total:
            return Strip.blank(width + 1, self.plain)
        elif (y == 0 and self._sticky_lines) or self._lines.is_heading(line):
            pieces = self._heading_line(line, width)
        elif self._lines.is_rule(line):
            rule = headline_rows.lay_out_rule(self._new.words, width, self._glyphs)
            pieces = [(rule.text, self._style("rule"))]
        else:
            pieces = self._row_line(line, width)
        is_thumb = y in thumb(top, height, self._lines.total)
        pieces.append((self._glyphs.thumb, self._style("thumb")) if is_thumb else (" ", self.plain))
        return Strip(joined(pieces), width + 1)

    def _heading_line(self, line: int, width: int) -> list[StyledText]:
        ordinal, rows = self._lines.day_at(line)
        is_last = (ordinal, rows) == self._lines.day_at(self._lines.total - 1)
        pieces = headline_rows.lay_out_day(ordinal, rows, width, self._glyphs, has_count=self._is_complete or not is_last)
        return [(text, self._style(part)) for text, part in pieces]

    def _row_line(self, line: int, width: int) -> list[StyledText]:
        index = self._lines.index_at(line)
        row = self._pages.row(index)
        within = headline_rows.columns(width, is_dated=not self._has_days, order=self._columns)
        if line > self._lines.line_of(index):
            pieces = self._snippet_of(row, within) if row else headline_rows.blank(within)
        elif row is None:
            pieces = headline_rows.lay_out_missing(within)
        else:
            pieces = headline_rows.lay_out(row, within, self._glyphs, self._standing(row, index))
        styles = self._cursor_styles(row) if index == self._cursor else self._row_styles(row)
        return [(text, styles(part)) for text, part in pieces]

    def _standing(self, row: HeadlineRow, index: int) -> Standing:
        is_new = index >= self._new.leading and row.id in self._new.ids
        return Standing(row.id in self._selected, is_new, row.key in self._watched)

    def _snippet_of(self, row: HeadlineRow, within: Columns) -> tuple[headline_rows.Piece, ...]:
        """The row's sentence, asked for after this paint where it isn't known."""
        was_wanting = self._snippets.is_wanting
        snippet = self._snippets.of(row.id)
        if self._snippets.is_wanting and not was_wanting:
            self.call_after_refresh(lambda: self._ask_for_snippets(within.width - within.before))
        return headline_rows.lay_out_snippet(snippet.text, snippet.hits, within, self._glyphs) if snippet else headline_rows.blank(within)

    def _ask_for_snippets(self, width: int) -> None:
        if wanted := self._snippets.take_wanted():
            self.post_message(self.SnippetsWanted(wanted, self._snippets.question, width))

    def _row_styles(self, row: HeadlineRow | None) -> Callable[[Part], Style]:
        headline = headline_rows.weight_of(row) if row is not None else "headline"
        colour = self._colour_of(row) if row is not None else None
        if colour is None:
            return lambda part: self._style(headline if part == "headline" else part)
        coloured = self._style(headline) + Style(color=colour.color, underline=colour.underline)
        return lambda part: coloured if part == "headline" else self._style(part)

    def _colour_of(self, row: HeadlineRow) -> Style | None:
        """The row's own colour, asked for after this paint where it isn't known."""
        if self._colours is None:
            return None
        was_wanting = self._colours.is_wanting
        colour = self._colours.of(row.id)
        if self._colours.is_wanting and not was_wanting:
            self.call_after_refresh(self._ask_for_colours)
        return self._style(f"row-{colour}") if colour else None

    def _ask_for_colours(self) -> None:
        if self._colours is not None and (wanted := self._colours.take_wanted()):
            self.post_message(self.ColoursWanted(wanted))

    def _cursor_styles(self, row: HeadlineRow | None) -> Callable[[Part], Style]:
        """One colour for the whole row, so that it stands out and costs little to send; marks of the text stay."""
        cursor = self._style("cursor" if self.has_focus else "cursor-away")
        styles = self._row_styles(row)

        def style(part: Part) -> Style:
            own = styles(part)
            return cursor + Style(bold=own.bold, strike=own.strike) if part in ("headline", "hit") else cursor

        return style

    def _empty_line(self, y: int, width: int) -> list[StyledText]:
        text = clean(self.empty_text)
        lines = wrap(text, max(width - 2, 1))
        at = y - min(1, self.size.height // 3)
        style = self._style("empty")
        if not 0 <= at < len(lines):
            return [(" " * width, style)]
        start, end = lines[at]
        return [(fit_clean(f" {text[start:end]}", width, self._glyphs.ellipsis), style)]

    def _style(self, part: str) -> Style:
        style = self._styles.get(part)
        if style is None:
            style = self._styles[part] = self.get_component_rich_style(f"headline-list--{part}")
        return style

    def notify_style_update(self) -> None:
        """Looks its parts up anew."""
        super().notify_style_update()
        self._styles.clear()

    # The mouse

    def on_click(self, event: Click) -> None:
        """A click moves the cursor, a click on the row under the cursor opens it; one beside the rows scrolls there."""
        line = self._top + event.y
        if event.x == self.size.width - 1:
            self._scroll(line_at(event.y, self.size.height, self._lines.total))
            return
        if line >= self._lines.total or not self._lines.is_row(line) or event.y < self._sticky_lines:
            return
        index = self._lines.index_at(line)
        if index == self._cursor:
            self.post_message(self.Opened(index))
        self.go(index)
