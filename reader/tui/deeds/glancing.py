"""Who, where and when the answer is about: facets, timeline and its one line, each beside the list and never before it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from datetime import datetime

from reader.entities.alias_text import ignore, rename
from reader.errors import ReaderError, UsageError
from reader.index.insight import Insight, Shared
from reader.index.tallies import IsStale
from reader.model import Entity
from reader.query.dates import DateRange, Interval, resolve
from reader.query.periods import Period, Scale
from reader.query.refine import held, toggled, within
from reader.tui.deeds.jumping import Jumping
from reader.tui.desk import Deed, Desk
from reader.tui.facets_panel import SECTIONS, FacetsPanel, FacetWishes, Pick
from reader.tui.sparkline import Sparkline
from reader.tui.timeline_panel import TimelinePanel, TimelineWishes, stories

_FIELDS = tuple(field for field, _ in SECTIONS)
_NAMES_IN_A_PREVIEW = 4


class Glancing:
    """Looks at the answer from aside."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ascii = bool(desk.settings.ascii)
        self._sparkline: Sparkline | None = None
        self._panel: FacetsPanel | TimelinePanel | None = None
        """What is open now and shows each new answer."""
        desk.on_answer.append(self._answered)

    def table(self) -> Mapping[str, Deed]:
        """What each action of glancing does."""
        return {
            "facets": lambda _: self._open_panel(self._facets_panel()),
            "timeline": lambda _: self._open_panel(self._timeline_panel()),
            "sparkline": lambda _: self._toggle_sparkline(),
        }

    # -- what follows the answer ----------------------------------------------------------------------------------------

    def _answered(self) -> None:
        """Has all that shows the answer count it anew."""
        answer, text = self._desk.session.answer, self._desk.session.filter
        if isinstance(self._panel, FacetsPanel) and self._panel.is_attached:
            self._panel.take_answer(self._facets_title(), held(text), answer.generation)
        elif isinstance(self._panel, TimelinePanel) and self._panel.is_attached:
            self._panel.take_answer(answer.generation)
        if self._sparkline is not None:
            self._count_for(self._sparkline)

    def _open_panel(self, panel: FacetsPanel | TimelinePanel) -> None:
        self._panel = panel
        self._desk.screen.app.push_screen(panel, lambda _: self._desk.work.look_away("facets", "timeline", "preview", "shared"))

    def _begin(self) -> None:
        if self._desk.session.answer.is_complete:
            self._answered()

    def _ids(self) -> array[int]:
        return self._desk.session.answer.ids

    def _ids_unless_all(self) -> array[int] | None:
        """None where the answer is the whole archive, whose counts are kept."""
        query = self._desk.session.query
        return None if query.root is None and query.limit is None else self._ids()

    # -- facets ----------------------------------------------------------------------------------------------------

    def _facets_panel(self) -> FacetsPanel:
        wishes = FacetWishes(
            begin=self._begin,
            count=lambda first: self._count_facets(panel, first),
            toggle=self._toggle_term,
            compare=lambda one, other: self._compare(panel, one, other),
            rename=lambda entity, name: self._change_names(lambda text: rename(text, entity.name, name), entity),
            ignore=lambda entity: self._change_names(lambda text: ignore(text, entity.name), entity),
            undo=self._undo_names,
        )
        panel = FacetsPanel(wishes, ascii_only=self._ascii)
        return panel

    def _facets_title(self) -> str:
        total = self._desk.library.counts().articles
        listed = len(self._ids())
        return f"Who, where, what: {stories(listed)}" + (f" of {total:,}" if listed < total else "")

    def _count_facets(self, panel: FacetsPanel, first: str) -> None:
        turn, article_ids = self._desk.session.answer.generation, self._ids_unless_all()
        fields = [first, *(field for field in _FIELDS if field != first)]

        def count(insight: Insight, is_stale: IsStale) -> None:
            for field, facets in insight.facets(fields, article_ids, is_stale):
                panel.post_message(FacetsPanel.Counted(turn, field, facets))

        self._desk.work.look("facets", count)

    def _toggle_term(self, field: str, value: str, leaving_out: bool) -> None:
        self._desk.filter_by(toggled(self._desk.session.filter, field, value, leaving_out=leaving_out))

    def _compare(self, panel: FacetsPanel, one: Pick, other: Pick) -> None:
        article_ids = self._ids_unless_all()

        def compare(insight: Insight, _: IsStale) -> None:
            shared = insight.shared((one.field, one.facet), (other.field, other.facet), article_ids)
            panel.post_message(FacetsPanel.Compared(_in_common(one, other, shared, is_all=article_ids is None)))

        self._desk.work.look("shared", compare)

    def _change_names(self, how: Callable[[str], str], entity: Entity) -> str:
        """Changes the alias file, and has all counted anew; what is wrong, or nothing."""
        try:
            self._desk.library.alias_file.change(how, entity)
        except ReaderError as error:
            return str(error)
        self._names_changed()
        return ""

    def _undo_names(self) -> str:
        """Takes the last change to the alias file back; what is wrong, or which name is as it was."""
        names = self._desk.library.alias_file
        entity = names.last_changed
        try:
            if not names.undo():
                return "no name was changed here"
        except ReaderError as error:
            return str(error)
        self._names_changed()
        return f"as before: {entity.name}" if entity is not None else ""

    def _names_changed(self) -> None:
        self._answered()
        self._desk.ask_again()

    # -- timeline --------------------------------------------------------------------------------------------------

    def _timeline_panel(self) -> TimelinePanel:
        wishes = TimelineWishes(
            begin=self._begin,
            count=lambda bars, scale: self._count_timeline(panel, bars, scale),
            preview=lambda period: self._preview(panel, period),
            narrow=self._narrow_to,
            go=self._go_to,
        )
        panel = TimelinePanel(wishes, ascii_only=self._ascii)
        return panel

    def _count_timeline(self, panel: TimelinePanel, bars: int, scale: Scale | None) -> None:
        turn, article_ids = self._desk.session.answer.generation, self._ids()

        def count(insight: Insight, is_stale: IsStale) -> None:
            panel.post_message(TimelinePanel.Counted(turn, insight.timeline(article_ids, bars, scale, is_stale)))

        self._desk.work.look("timeline", count)

    def _preview(self, panel: TimelinePanel, period: Period) -> None:
        article_ids = self._ids()

        def look(insight: Insight, is_stale: IsStale) -> None:
            names = insight.names(insight.within(period, article_ids, is_stale), is_stale)
            panel.post_message(TimelinePanel.Previewed(period, names[:_NAMES_IN_A_PREVIEW]))

        self._desk.work.look("preview", look)

    def _narrow_to(self, period: Period) -> None:
        clock = self._desk.library.clock(datetime.now().astimezone())

        def interval_of(dates: DateRange) -> Interval:
            return resolve(dates, clock.today, clock.now, clock.last_visit)

        self._desk.filter_by(within(self._desk.session.filter, period.range, interval_of))

    def _go_to(self, period: Period) -> None:
        try:
            Jumping(self._desk).go(period)
        except UsageError as error:
            self._desk.complain(str(error))

    # -- sparkline -------------------------------------------------------------------------------------------------

    def _toggle_sparkline(self) -> None:
        if self._sparkline is not None:
            self._sparkline.remove()
            self._sparkline = None
            return
        self._sparkline = Sparkline(ascii_only=self._ascii)
        self._desk.screen.mount(self._sparkline, after="#panes")
        self._count_for(self._sparkline)

    def _count_for(self, sparkline: Sparkline) -> None:
        article_ids, bars = self._ids(), max(self._desk.screen.size.width - 20, 10)

        def count(insight: Insight, is_stale: IsStale) -> None:
            sparkline.post_message(Sparkline.Counted(insight.timeline(article_ids, bars, None, is_stale)))

        self._desk.work.look("sparkline", count)


def _in_common(one: Pick, other: Pick, shared: Shared, *, is_all: bool) -> str:
    both = f"{one.facet.value} and {other.facet.value}"
    if not shared.everywhere:
        return f"{both}: no story in common"
    count = stories(shared.everywhere) if is_all else f"{stories(shared.here)} here, {shared.everywhere:,} in all"
    days = dict.fromkeys(day.isoformat() for day in (shared.first, shared.last) if day is not None)
    return f"{both}: {count}" + (f", {' to '.join(days)}" if days else "")
