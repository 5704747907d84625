"""Following links: the article's own, numbered ones, those in sight."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Mapping
from time import monotonic

from reader.tui.desk import Deed, Desk
from reader.tui.hint_screen import HintScreen
from reader.tui.outside import Outside

_AHEAD_SECONDS = 5.0
"""How long a number typed ahead waits for its article."""
_LOOK_SECONDS = 0.02


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
        row = self._desk.row_or_say()
        if row is not None and row.origin_url:
            self._outside.follow(row.origin_url)
        elif row is not None:
            self._desk.say("this article doesn't say where it is from")

    def _follow_numbered(self, number: int) -> None:
        if self._desk.article.is_settled:
            self._follow_shown(number)
        else:
            self._desk.screen.run_worker(self._follow_soon(number), group="outside")

    async def _follow_soon(self, number: int) -> None:
        """A number typed ahead waits for its article, which is being read or laid out."""
        end = monotonic() + _AHEAD_SECONDS
        while monotonic() < end and not self._desk.article.is_settled:
            await sleep(_LOOK_SECONDS)
        self._follow_shown(number)

    def _follow_shown(self, number: int) -> None:
        url = self._desk.article.link(number)
        if url is None:
            self._desk.say(f"no link has the number {number}")
        else:
            self._outside.follow(url)

    def _hint(self) -> None:
        sights = self._desk.article.links_in_sight() if self._desk.article.region else []
        if not sights:
            self._desk.say("no link is in sight")
            return
        self._desk.screen.app.push_screen(HintScreen(sights), lambda url: self._outside.follow(url) if url else None)
