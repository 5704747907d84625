"""When an answer was published: a histogram below the list, the peak named, each period told as the cursor comes to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.message import Message
from textual.widgets import Static

from reader.clean import clean_line
from reader.model import Facet
from reader.query.periods import SCALES, Histogram, Period, Scale, number_of
from reader.tui.histogram_pane import HistogramPane
from reader.tui.keymap import spelling
from reader.tui.modal import Modal

_KEYS = "Enter filter  o go there  Esc back  h l move  j k coarser, finer  p peak"
_PAGE = 10


@dataclass(frozen=True, slots=True)
class TimelineWishes:
    """What the panel asks for and wants done."""

    begin: Callable[[], object]
    """Gives the panel the answer, where it is known; asked for once, when the panel is there."""
    count: Callable[[int, Scale | None], object]
    """Counts the answer on a scale, or on one with at most so many bars; `Counted` follows."""
    preview: Callable[[Period], object]
    """Looks up who is named in a period; `Previewed` follows."""
    narrow: Callable[[Period], object]
    """Makes the period a term of the filter."""
    go: Callable[[Period], object]
    """Goes to the period in the list, which stays as it is."""


class TimelinePanel(Modal[None], inherit_bindings=False):
    """The timeline of the answer."""

    DEFAULT_CSS = """
    TimelinePanel {
        align: center bottom;
        #timeline { width: 100%; height: 50%; min-height: 9; max-height: 16; }
        .sheet-line { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        HistogramPane { height: 1fr; }
    }
    """

    @dataclass
    class Counted(Message):
        """The answer is counted."""

        turn: int
        histogram: Histogram

    @dataclass
    class Previewed(Message):
        """Who is named in a period, most first."""

        period: Period
        names: tuple[Facet, ...]

    def __init__(self, wishes: TimelineWishes, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._wishes = wishes
        self._pane = HistogramPane(ascii_only=ascii_only)
        self._heading = Static("When", classes="sheet-line sheet-title", markup=False)
        self._preview = Static("counting…", classes="sheet-line timeline-preview", markup=False)
        self._turn = 0
        """A count of an older turn is of another answer."""
        self._scale: Scale | None = None
        """The scale asked for; None for whichever fits."""
        self._is_new = True
        """Whether the cursor has yet to be put on the peak."""

    def compose(self) -> ComposeResult:
        """What it is and its peak, the bars, the period under the cursor, the keys."""
        with Vertical(id="timeline"):
            yield self._heading
            yield self._pane
            yield self._preview
            yield Static(_KEYS, classes="sheet-line sheet-keys", markup=False)

    def on_mount(self) -> None:
        """Asks for the answer."""
        self._wishes.begin()

    def take_answer(self, turn: int) -> None:
        """Counts anew, for another answer."""
        self._turn, self._is_new = turn, True
        self._count()

    def _count(self) -> None:
        self.is_filled = False
        self.call_after_refresh(lambda: self._wishes.count(self._pane.bars_that_fit, self._scale))

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        event.stop()
        if event.turn != self._turn:
            return
        before = self._chosen()
        histogram = event.histogram
        keeps = before is not None and not self._is_new and histogram.counts
        at = number_of(histogram.scale, before.first_day.toordinal()) - histogram.first if before and keeps else histogram.peak
        self._is_new = False
        self._pane.show(histogram, at)
        self._heading.update(_title(histogram), layout=False)
        self._moved()
        self.filled()

    @on(Previewed)
    def _previewed(self, event: Previewed) -> None:
        event.stop()
        if event.period == self._chosen():
            self._preview.update(self._told(event.names), layout=False)

    @on(HistogramPane.Clicked)
    def _clicked(self) -> None:
        self._moved()

    # -- keys ------------------------------------------------------------------------------------------------------

    def on_key(self, event: Key) -> None:
        """Moves, zooms, chooses and leaves."""
        key = spelling(event.key, event.character)
        steps = {"l": 1, "right": 1, "h": -1, "left": -1, "pgdn": _PAGE, "pgup": -_PAGE, "w": _PAGE, "b": -_PAGE}
        last = len(self._pane.histogram.counts) - 1
        places = {"g": 0, "home": 0, "G": last, "end": last, "p": self._pane.histogram.peak}
        if key in steps:
            self._go(self._pane.cursor + steps[key])
        elif key in places:
            self._go(places[key])
        elif key in ("j", "down", "k", "up"):
            self._zoom(1 if key in ("j", "down") else -1)
        elif key == "enter" and (period := self._chosen()) is not None:
            self._wishes.narrow(period)
        elif key == "o" and (period := self._chosen()) is not None:
            self.dismiss()
            self._wishes.go(period)
        elif key in ("escape", "q"):
            self.dismiss()
        else:
            return
        event.stop()
        event.prevent_default()

    def _go(self, bar: int) -> None:
        self._pane.go(bar)
        self._moved()

    def _zoom(self, step: int) -> None:
        """A coarser or a finer scale, the cursor kept on its day."""
        at = SCALES.index(self._pane.histogram.scale) + step
        if 0 <= at < len(SCALES):
            self._scale = SCALES[at]
            self._count()

    # -- showing ---------------------------------------------------------------------------------------------------

    def _chosen(self) -> Period | None:
        return self._pane.histogram.period(self._pane.cursor) if self._pane.histogram.counts else None

    def _moved(self) -> None:
        period = self._chosen()
        self._preview.update(self._told(()), layout=False)
        if period is not None and self._pane.histogram.counts[self._pane.cursor]:
            self._wishes.preview(period)

    def _told(self, names: Sequence[Facet]) -> str:
        period = self._chosen()
        if period is None:
            return _why_no_bars(self._pane.histogram)
        count = self._pane.histogram.counts[self._pane.cursor]
        who = ", ".join(f"{facet.value} {facet.count:,}" for facet in names)
        return clean_line(f"{period.label}: {stories(count)}" + (f" · {who}" if who else ""))


def stories(count: int) -> str:
    """`1 story`, `1,234 stories`."""
    return f"{count:,} {'story' if count == 1 else 'stories'}"


def _why_no_bars(histogram: Histogram) -> str:
    if not histogram.left_out:
        return "there are no stories here"
    return f"nothing here has a {'time' if histogram.scale == 'hour' else 'date'}"


def _title(histogram: Histogram) -> str:
    if not histogram.counts:
        return "When"
    peak = histogram.period(histogram.peak).label
    words = f"When: {stories(histogram.total)} by {histogram.scale} · peak {peak} ({histogram.counts[histogram.peak]:,})"
    return words + (f" · {histogram.left_out:,} without a {'time' if histogram.scale == 'hour' else 'date'}" if histogram.left_out else "")
