"""Where the person was: kept now and then and on leaving, and found again at the next start, also after a dropped connection."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from reader.model import ArticleKey

if TYPE_CHECKING:
    from reader.tui.desk import Desk

KEEP_SECONDS = 3.0
"""How often the place is looked at; it is written only where it has changed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One place."""

    filter: str = ""
    key: ArticleKey | None = None
    """The article under the cursor."""
    layout: str = ""
    """How the panes were wished to stand, where that was other than the settings say."""
    is_reading: bool = False
    """Whether the keys went to the article."""
    line: tuple[int, int] = (0, 0)
    """What stood at the top of the article, whatever its width."""


def parse_place(text: str | None) -> Kept:
    """A place from its JSON; the beginning where there is none, or none that can be read."""
    try:
        found: Any = json.loads(text or "{}")
        line = found.get("line", (0, 0))
        return Kept(
            str(found.get("filter", "")),
            None if found.get("key") is None else ArticleKey(str(found["key"])),
            str(found.get("layout", "")),
            found.get("is_reading") is True,
            (int(line[0]), int(line[1])),
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return Kept()


class PlaceKeeper:
    """Keeps the place of one session, which is also the next one's."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._written = Kept()
        self._sought: Kept | None = None
        """The place whose article is still to come."""

    def begin(self, wanted_filter: str) -> Kept:
        """Takes up the place that was left; a filter that was asked for begins at its top."""
        desk = self._desk
        self._written = parse_place(desk.library.page_marks.place())
        desk.session.layout = self._written.layout or desk.settings.layout
        if wanted_filter:
            return Kept(wanted_filter)
        self._sought = self._written
        return self._written

    def line_for(self, key: ArticleKey) -> tuple[int, int] | None:
        """Where in the article to begin, the first time it is shown; None for its top."""
        sought, self._sought = self._sought, None
        return sought.line if sought is not None and sought.key == key and sought.line > (0, 0) else None

    def keep(self) -> None:
        """Writes the place where it has changed; one that isn't known yet is not."""
        if not self._desk.session.answer.is_complete:
            return
        now = self._now()
        if now != self._written:
            self._written = now
            self._desk.work.keep_place(json.dumps(asdict(now)))

    def _now(self) -> Kept:
        desk = self._desk
        row = desk.row_of(desk.headlines.cursor_id)
        is_shown = row is not None and desk.open_row is not None and desk.open_row.key == row.key
        return Kept(
            desk.session.filter,
            row.key if row else None,
            desk.session.layout if desk.session.layout != desk.settings.layout else "",
            desk.place == "article",
            desk.article.place if is_shown else (0, 0),
        )
