"""Following links: the article's own, numbered ones, those in sight."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from textual.geometry import Offset

from reader.tui.desk import Deed, Desk
from reader.tui.hint_screen import HintScreen, Sight
from reader.tui.outside import Outside


class Following:
    """Links out of the reader."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._outside = Outside(desk)

    def table(self) -> Mapping[str, Deed]:
        """What each action of following does."""
        return {
            "open-link": lambda _: self._open_own(),
            "follow-link": lambda number: self._follow_numbered(number or 1),
            "hint-link": lambda _: self._hint(),
        }

    def _open_own(self) -> None:
        row = self._desk.row()
        if row is not None and row.origin_url:
            self._outside.follow(row.origin_url)
        elif row is not None:
            self._desk.say("this article doesn't say where it is from")

    def _follow_numbered(self, number: int) -> None:
        url = self._desk.article.link(number)
        if url is None:
            self._desk.say(f"no link has the number {number}")
        else:
            self._outside.follow(url)

    def _hint(self) -> None:
        sights = list(self._in_sight().values())
        if not sights:
            self._desk.say("no link is in sight")
            return
        self._desk.screen.app.push_screen(HintScreen(sights), lambda url: self._outside.follow(url) if url else None)

    def _in_sight(self) -> dict[tuple[str, int], Sight]:
        """Where each link begins on the screen; a link that goes on over several lines begins once on each."""
        pane, found = self._desk.article, dict[tuple[str, int], Sight]()
        if not pane.display or pane.region.area == 0:
            return found
        region, top = pane.content_region, pane.scroll_offset.y
        for y, line in enumerate(pane.lines.lines[top : top + region.height]):
            x = 0
            for run in line.runs:
                if run.url:
                    found.setdefault((run.url, y), Sight(Offset(region.x + x, region.y + y), run.url))
                x += cell_len(run.text)
        return found
