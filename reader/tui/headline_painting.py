"""What the lines of a list of headlines look like: their pieces, each in its style. Where a line stands is not known here."""

from __future__ import annotations

from collections.abc import Callable, Container, Set
from typing import Literal

from rich.style import Style

from reader.clean import clean
from reader.model import ArticleKey, HeadlineRow
from reader.tui import headline_rows
from reader.tui.cells import fit_clean
from reader.tui.headline_rows import Columns, Part, Standing
from reader.tui.new_rows import NewRows
from reader.tui.row_colours import RowColours
from reader.tui.row_snippets import RowSnippets
from reader.tui.segments import StyledText
from reader.tui.wrap import wrap

CursorPart = Literal["cursor", "cursor-away"]
"""What the cursor looks like where keys go to the list, and elsewhere."""


class HeadlinePainting:
    """Knows of rows what isn't in them: what is selected, new, watched, coloured and quoted."""

    def __init__(self, look_up: Callable[[str], Style], columns: tuple[str, ...], *, has_colours: bool, ascii_only: bool) -> None:
        """`look_up` gives the style of a part of the list."""
        self._look_up = look_up
        self._styles: dict[str, Style] = {}
        self._columns = columns
        self.glyphs = headline_rows.ASCII if ascii_only else headline_rows.UNICODE
        self.selected: Container[int] = frozenset()
        self.watched: Set[ArticleKey] = frozenset()
        self.new = NewRows()
        self.colours = RowColours() if has_colours else None
        self.snippets = RowSnippets()

    @property
    def is_wanting(self) -> bool:
        """Whether something is to be known of rows that were painted without it."""
        return self.snippets.is_wanting or (self.colours is not None and self.colours.is_wanting)

    def style(self, part: str) -> Style:
        """The style of a part."""
        style = self._styles.get(part)
        if style is None:
            style = self._styles[part] = self._look_up(part)
        return style

    def forget_styles(self) -> None:
        """Looks its parts up anew."""
        self._styles.clear()

    def columns(self, width: int, *, is_dated: bool) -> Columns:
        """The columns that rows have at a width."""
        return headline_rows.columns(width, is_dated=is_dated, order=self._columns)

    # Lines that are no rows

    def day(self, ordinal: int, rows: int, width: int, *, has_count: bool) -> list[StyledText]:
        """The heading of a day."""
        pieces = headline_rows.lay_out_day(ordinal, rows, width, self.glyphs, has_count=has_count)
        return [(text, self.style(part)) for text, part in pieces]

    def rule(self, width: int) -> list[StyledText]:
        """The line between what is new and what was there."""
        return [(headline_rows.lay_out_rule(self.new.words, width, self.glyphs).text, self.style("rule"))]

    def empty(self, text: str, y: int, width: int, height: int) -> list[StyledText]:
        """A line of a list without rows, which says why."""
        text = clean(text)
        lines = wrap(text, max(width - 2, 1))
        at = y - min(1, height // 3)
        style = self.style("empty")
        if not 0 <= at < len(lines):
            return [(" " * width, style)]
        start, end = lines[at]
        return [(fit_clean(f" {text[start:end]}", width, self.glyphs.ellipsis), style)]

    # Rows

    def row(self, row: HeadlineRow | None, index: int, within: Columns, cursor: CursorPart | None) -> list[StyledText]:
        """A headline; without a row that of an article which is gone. `cursor` is how the cursor on it looks."""
        if row is None:
            pieces = headline_rows.lay_out_missing(within)
        else:
            is_new = index >= self.new.leading and row.id in self.new.ids
            standing = Standing(row.id in self.selected, is_new, row.key in self.watched)
            pieces = headline_rows.lay_out(row, within, self.glyphs, standing)
        return self._styled(pieces, row, cursor)

    def beneath(self, row: HeadlineRow | None, within: Columns, cursor: CursorPart | None) -> list[StyledText]:
        """The line beneath a headline: the row's sentence, wanted from now on where it isn't known."""
        snippet = self.snippets.of(row.id) if row is not None else None
        if snippet is None:
            pieces = headline_rows.blank(within)
        else:
            pieces = headline_rows.lay_out_snippet(snippet.text, snippet.hits, within, self.glyphs)
        return self._styled(pieces, row, cursor)

    def _styled(self, pieces: tuple[headline_rows.Piece, ...], row: HeadlineRow | None, cursor: CursorPart | None) -> list[StyledText]:
        styles = self._row_styles(row) if cursor is None else self._cursor_styles(row, cursor)
        return [(text, styles(part)) for text, part in pieces]

    def _row_styles(self, row: HeadlineRow | None) -> Callable[[Part], Style]:
        headline = headline_rows.weight_of(row) if row is not None else "headline"
        colour = self._colour_of(row) if row is not None else None
        if colour is None:
            return lambda part: self.style(headline if part == "headline" else part)
        coloured = self.style(headline) + Style(color=colour.color, underline=colour.underline)
        return lambda part: coloured if part == "headline" else self.style(part)

    def _colour_of(self, row: HeadlineRow) -> Style | None:
        """The row's own colour, wanted from now on where it isn't known."""
        colour = self.colours.of(row.id) if self.colours is not None else None
        return self.style(f"row-{colour}") if colour else None

    def _cursor_styles(self, row: HeadlineRow | None, cursor: CursorPart) -> Callable[[Part], Style]:
        """One colour for the whole row, so that it stands out and costs little to send; marks of the text stay."""
        whole, styles = self.style(cursor), self._row_styles(row)

        def style(part: Part) -> Style:
            own = styles(part)
            return whole + Style(bold=own.bold, strike=own.strike) if part in ("headline", "hit") else whole

        return style
