"""Panes, filter, layout, help, and leaving."""

from __future__ import annotations

from collections.abc import Mapping

from reader.tui.desk import NO_ARTICLE, Deed, Desk
from reader.tui.help_screen import HelpScreen
from reader.tui.layout import following


class Looking:
    """Going from pane to pane and out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self) -> Mapping[str, Deed]:
        """What each action of looking and leaving does."""
        desk = self._desk
        return {
            "open": lambda _: desk.go_to("article") if desk.headlines.count else desk.say(NO_ARTICLE),
            "back": lambda _: self._go_back(),
            "filter": lambda _: desk.go_to("filter"),
            "clear-filter": lambda _: desk.filter_by(""),
            "rescan": lambda _: self._rescan(),
            "layout": lambda _: self._change_layout(),
            "help": lambda _: desk.screen.app.push_screen(HelpScreen(desk.keymap)),
            "close": lambda _: desk.go_to("list") if desk.place == "article" else desk.screen.app.exit(),
            "suspend": lambda _: desk.screen.app.action_suspend_process(),
            "quit": lambda _: desk.screen.app.exit(),
        }

    def _go_back(self) -> None:
        """Drops the selection of the list, else goes back to it."""
        if self._desk.place == "list" and self._desk.session.selection.clear():
            self._desk.show_selection()
        else:
            self._desk.go_to("list")

    def _rescan(self) -> None:
        self._desk.say("looking for new and changed files…")
        self._desk.work.rescan()

    def _change_layout(self) -> None:
        size = self._desk.screen.size
        wish = following(self._desk.session.layout, size.width, size.height)
        self._desk.refit(wish)
        self._desk.say(f"layout: {wish}")
