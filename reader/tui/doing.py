"""From an action to the deed that does it. Moving is there at once, the rest is imported, and styled, behind the first headlines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Thread

from reader.tui.deeds.moving import Moving
from reader.tui.desk import Deed, Deeds, Desk
from reader.tui.look import style_what_opens


class Doing:
    """Everything that can be done on one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._deeds: dict[str, Deed] = dict(Moving(desk).table())

    def do(self, action: str, count: int | None) -> None:
        """Does an action, or opens a kept search, which begins with `@`; `count` is what was typed before the key."""
        if action.startswith("@"):
            self._desk.filter_by(action)
            self._desk.go_to("list")
            return
        if action not in self._deeds:
            self._take_up()
        self._deeds[action](count)

    def tell_of(self, entity: str) -> None:
        """Tells more of a name in the article."""
        if not self._desk.on_mention:
            self._take_up()
        for tell in self._desk.on_mention:
            tell(entity)

    def prepare(self) -> None:
        """Imports what deeds need, beside the UI thread; as a daemon, so that nobody who leaves at once has to wait for it."""
        style_what_opens(self._desk.screen.app.stylesheet)
        Thread(target=_import_deeds, name="importing", daemon=True).start()

    def _take_up(self) -> None:
        """All that can be done beside moving; what it needs is imported and styled by now, unless a key came sooner."""
        style_what_opens(self._desk.screen.app.stylesheet)
        for kind in _import_deeds():
            self._deeds.update(kind(self._desk).table())


def _import_deeds() -> Sequence[Callable[[Desk], Deeds]]:
    """Every kind of deed that the start does without."""
    from reader.tui.deeds.later import LATER

    return LATER
