"""What the lines of an article look like on the screen: each in one strip of few pieces. Where a line stands is not known here."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.tui.line_pane import LinePane
from reader.tui.lines import ROLES, Line, Overlay, Role, Run, overlaid
from reader.tui.segments import joined

_COMPONENT = "article-view--"
COMPONENTS = frozenset(f"{_COMPONENT}{part}" for part in (*ROLES, "edge", "thumb"))
"""The classes that style sheets know the parts by."""


class ArticlePainting:
    """Paints the lines of one pane, in the styles that the pane has for them."""

    def __init__(self, pane: LinePane, *, hyperlinks: bool) -> None:
        """With `hyperlinks` the terminal is told where links lead (OSC 8), for a click there on the reader's own machine."""
        self._pane = pane
        self._hyperlinks = hyperlinks
        self._styles_of_roles: dict[tuple[Role, ...], Style] = {}
        self._styles_of_parts: dict[str, Style] = {}

    def forget_styles(self) -> None:
        """Asks the pane for them anew."""
        self._styles_of_roles.clear()
        self._styles_of_parts.clear()

    def line(self, line: Line | None, overlays: Sequence[Overlay], width: int, *, has_edge: bool, has_thumb: bool) -> Strip:
        """A line of the screen: its part of the edge, the text, its part of the thumb.

        All in one strip and in few pieces: a border and a scroll bar of Textual's cost more on the line than the text does.
        """
        plain = self._pane.plain
        before = [Segment("│", self._part("edge"))] if has_edge else []
        before.append(Segment(" ", plain))
        pieces = [(run.text, self._style(run)) for run in overlaid(line.runs, overlays)] if line else []
        segments = [*before, *joined(pieces)]
        room = width - 1 - len(before) - sum(cell_len(text) for text, _ in pieces)
        if room < 0:
            segments = list(Strip(segments).crop(0, max(width - 1, 0)))
        elif room:
            segments.append(Segment(" " * room, plain))
        segments.append(Segment("▐", self._part("thumb")) if has_thumb else Segment(" ", plain))
        return Strip(segments, width)

    def _part(self, name: str) -> Style:
        style = self._styles_of_parts.get(name)
        if style is None:
            style = self._styles_of_parts[name] = self._pane.get_component_rich_style(f"{_COMPONENT}{name}")
        return style

    def _style(self, run: Run) -> Style:
        style = self._styles_of_roles.get(run.roles)
        if style is None:
            style = self._pane.get_visual_style(*(f"{_COMPONENT}{role}" for role in run.roles)).rich_style
            self._styles_of_roles[run.roles] = style
        if self._hyperlinks and run.url:
            return style.update_link(run.url)
        return style
