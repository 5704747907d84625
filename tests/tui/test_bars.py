"""Bars of characters: as long as they say, and never nothing for something."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from reader.query.periods import Histogram
from reader.tui.bars import ASCII, UNICODE, Strokes, lying, row_of_bars, standing
from reader.tui.histogram_pane import HistogramPane

STROKES = st.sampled_from([UNICODE, ASCII])


class Counted(tuple[int, ...]):
    """Counts that know how often all of them were gone through."""

    times = 0

    def __iter__(self) -> Iterator[int]:
        Counted.times += 1
        return super().__iter__()


async def test_of_a_hundred_thousand_bars_only_those_that_show_are_looked_at() -> None:
    pane = HistogramPane()

    class OnePane(App[None]):
        def compose(self) -> ComposeResult:
            yield pane

    async with OnePane().run_test(size=(80, 20)) as pilot:
        pane.show(Histogram("hour", 0, Counted([3] * 100_000)), 99_999)
        await pilot.pause()
        for _ in range(5):
            pane.go(pane.cursor - 1)
            await pilot.pause()
        assert Counted.times <= 1


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 40), STROKES)
def test_a_lying_bar_fits_and_shows_anything_but_nothing(count: int, most: int, width: int, within: Strokes) -> None:
    bar = lying(count, most, width, within)
    assert len(bar) <= width
    assert bool(bar) == (count > 0)
    if count >= most:
        assert bar == within.lying[-1] * width


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 20), STROKES)
def test_a_standing_bar_has_its_height_and_no_hole(count: int, most: int, height: int, within: Strokes) -> None:
    cells = standing(count, most, height, within)
    assert len(cells) == height
    assert (cells[-1] != " ") == (count > 0)
    assert "".join(cells).lstrip(" ").count(" ") == 0


@given(st.lists(st.integers(0, 500), max_size=60), STROKES)
def test_a_row_of_bars_has_a_cell_for_each(counts: list[int], within: Strokes) -> None:
    row = row_of_bars(counts, within)
    assert len(row) == len(counts)
    if counts and max(counts):
        assert row[counts.index(max(counts))] == within.standing[-1]


@pytest.mark.parametrize(("counts", "row"), [([], ""), ([0, 1, 4, 8], "·▁▄█"), ([0, 0], "··"), ([3], "█")])
def test_rows(counts: list[int], row: str) -> None:
    assert row_of_bars(counts) == row
