"""The headline list: what is on the screen, where the cursor is, and how little it takes to paint it."""

from __future__ import annotations

from array import array
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import on
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from reader.index.ids import SLOT_BITS, id_range_of_days, ordinal_of
from reader.model import ArticleId, ArticleKey, HeadlineRow, Mark, Published
from reader.tui.headline_list import HeadlineList
from reader.tui.headline_messages import CursorMoved, RowOpened
from reader.tui.row_pages import KEPT, PAGE, RowPages
from reader.tui.thumb import thumb

DAY = 1 << (SLOT_BITS + 2)
NEWEST = id_range_of_days(date(2024, 11, 7), date(2024, 11, 7))[0] + DAY


def numbered_ids(count: int, a_day: int = 10, undated: int = 0) -> array[int]:
    """Ids, newest first: `a_day` of them on 7 November 2024, as many the day before, and so on; the last ones undated."""
    dated = (NEWEST - (number // a_day) * DAY + (a_day - number % a_day) * 4 + 1 for number in range(count - undated))
    return array("q", [*dated, *range(undated * 4, 0, -4)])


class Rows:
    """A pager that makes rows up, and counts."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.marks: dict[int, Mark] = {}
        self.gone: set[int] = set()

    def __call__(self, ids: Sequence[ArticleId]) -> Iterable[HeadlineRow]:
        assert len(ids) <= PAGE
        self.asked += ids
        return [self.row(each) for each in ids if each not in self.gone]

    def row(self, article_id: ArticleId) -> HeadlineRow:
        day = ordinal_of(article_id)
        published = Published(f"{date.fromordinal(day)}T03:40:00Z", date.fromordinal(day), 0, has_time=True) if day else None
        mark = self.marks.get(article_id, Mark())
        return HeadlineRow(article_id, ArticleKey(str(article_id)), "a.md", "/news", f"Story {article_id}", published, mark=mark)


class ListApp(App[None]):
    """The list alone, and what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows()
        self.said: list[CursorMoved | RowOpened] = []

    def compose(self) -> ComposeResult:
        yield HeadlineList(self.rows)

    @on(CursorMoved)
    def note_move(self, message: CursorMoved) -> None:
        self.said.append(message)

    @on(RowOpened)
    def note_opened(self, message: RowOpened) -> None:
        self.said.append(message)


class Shown:
    """A list on a screen."""

    def __init__(self, app: ListApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.list = app.query_one(HeadlineList)

    def lines(self) -> list[str]:
        return [self.list.render_line(y).text.rstrip() for y in range(self.list.size.height)]

    def texts(self) -> list[str]:
        """The lines without the thumb."""
        return [line.removesuffix("▐").rstrip() for line in self.lines()]

    def cursor_line(self) -> int:
        """The line of the screen that shows the row under the cursor."""
        return next(y for y, line in enumerate(self.texts()) if line.endswith(f"Story {self.list.cursor_id}"))

    def moves(self) -> list[tuple[ArticleId | None, int]]:
        return [(each.row_id, each.index) for each in self.app.said if isinstance(each, CursorMoved)]

    async def settle(self) -> None:
        await self.pilot.pause()


@asynccontextmanager
async def shown(ids: Sequence[int] = (), *, size: tuple[int, int] = (60, 12), cursor: int = 0) -> AsyncIterator[Shown]:
    app = ListApp()
    async with app.run_test(size=size) as pilot:
        screen = Shown(app, pilot)
        screen.list.show(ids, cursor=cursor)
        await screen.settle()
        yield screen


async def test_rows_stand_under_their_days_newest_first_undated_last() -> None:
    ids = numbered_ids(4, a_day=2, undated=1)
    async with shown(ids) as screen:
        lines = screen.lines()
        assert [line.split("  ")[0].strip() for line in lines if "Story" not in line and line] == [
            "Thursday 7 November 2024",
            "Wednesday 6 November 2024",
            "Undated",
        ]
        assert [line.split()[-1] for line in lines if "Story" in line] == [str(each) for each in ids]
        assert lines[0].endswith(" 2")


async def test_the_first_line_always_names_the_day() -> None:
    async with shown(numbered_ids(100)) as screen:
        for index, day in ((19, "Wednesday 6"), (45, "Monday 4"), (99, "Wednesday 30 October"), (30, "Monday 4")):
            screen.list.go(index)
            assert screen.lines()[0].strip().startswith(day), index
            assert screen.cursor_line() > 0


async def test_a_day_is_not_named_for_rows_out_of_sight() -> None:
    async with shown(numbered_ids(200, a_day=4)) as screen:
        for _ in range(150):
            screen.list.move(1)
            assert "Story" in screen.lines()[1]
        for _ in range(60):
            screen.list.page(-1)
            assert "Story" in screen.lines()[1]


@pytest.mark.parametrize("height", [1, 2, 3, 4, 6, 12, 40])
async def test_the_cursor_is_always_in_sight(height: int) -> None:
    async with shown(numbered_ids(200, undated=15), size=(60, height)) as screen:
        moves = [(screen.list.move, 1)] * 40 + [(screen.list.move, -1)] * 15 + [(screen.list.page, 1)] * 6
        moves += [(screen.list.half, -1)] * 7 + [(screen.list.go, 199), (screen.list.page, -1), (screen.list.go, 0), (screen.list.half, 3)]
        for move, by in moves:
            move(by)
            assert 0 <= screen.cursor_line() < height


async def test_a_margin_is_kept_around_the_cursor_where_there_is_more() -> None:
    async with shown(numbered_ids(200)) as screen:
        screen.list.go(50)
        for _ in range(20):
            screen.list.move(1)
            assert screen.cursor_line() <= 12 - 1 - 2
        for _ in range(20):
            screen.list.move(-1)
            assert screen.cursor_line() >= 1


async def test_paging_down_and_up_passes_every_row_and_comes_back() -> None:
    async with shown(numbered_ids(120, a_day=3)) as screen:
        seen: set[str] = set()
        while screen.list.cursor < 119:
            before = screen.list.cursor
            seen.update(line for line in screen.texts() if "Story" in line)
            screen.list.page(1)
            assert screen.list.cursor > before
        seen.update(line for line in screen.texts() if "Story" in line)
        assert len(seen) == 120
        while screen.list.cursor > 0:
            screen.list.page(-1)
        assert screen.list.scroll_offset.y == 0


async def test_moving_stops_at_both_ends_and_says_only_what_changed() -> None:
    ids = numbered_ids(3)
    async with shown(ids) as screen:
        for _ in range(5):
            screen.list.move(1)
            await screen.settle()
        screen.list.go(-7)
        await screen.settle()
        assert screen.moves() == [(ids[0], 0), (ids[1], 1), (ids[2], 2), (ids[0], 0)]


async def test_a_flurry_of_moves_ends_in_the_last_place() -> None:
    async with shown(numbered_ids(500)) as screen:
        for _ in range(300):
            screen.list.move(1)
        await screen.settle()
        assert screen.moves()[-1] == (screen.list.cursor_id, 300)
        assert len(screen.moves()) < 20


async def test_position_in_words() -> None:
    async with shown(numbered_ids(18_204)) as screen:
        screen.list.go(11)
        assert screen.list.position == "12 of 18,204"
        screen.list.show(numbered_ids(60), cursor=3, is_complete=False)
        assert screen.list.position == "4 of 60+"
        screen.list.show(())
        assert screen.list.position == ""
        assert screen.list.cursor_id is None
        assert screen.list.cursor == -1


async def test_an_empty_list_says_what_it_is_told_to_and_nothing_moves() -> None:
    async with shown() as screen:
        screen.list.empty_text = "Nothing matches.\nWithout language:fr there are 12.\x1b[31m"
        screen.list.move(1)
        screen.list.page(1)
        screen.list.go_last()
        await screen.settle()
        assert [line.strip() for line in screen.lines()][1:3] == ["Nothing matches.", "Without language:fr there are 12.␛[31m"]
        assert screen.moves() == []


async def test_a_new_answer_may_leave_the_cursor_where_it_is_on_the_screen() -> None:
    ids = numbered_ids(300)
    async with shown(ids, cursor=150) as screen:
        screen.list.move(3)
        line, row = screen.cursor_line(), screen.list.cursor_id
        arrived = array("q", [ids[0] + 4 * n for n in range(7, 0, -1)]) + ids
        screen.list.show(arrived, cursor=160, keep_place=True)
        await screen.settle()
        assert screen.list.cursor_id == row
        assert screen.cursor_line() == line
        assert screen.moves()[-1] == (row, 160)


async def test_another_answer_shows_the_cursor_wherever_it_is_put() -> None:
    async with shown(numbered_ids(300)) as screen:
        screen.list.go_last()
        for cursor in (250, 3, 0, 299, 9_999, -5):
            screen.list.show(numbered_ids(300), cursor=cursor)
            await screen.settle()
            assert screen.list.cursor == min(max(cursor, 0), 299)
            assert 0 < screen.cursor_line() < 12


async def test_the_first_rows_become_all_rows_without_a_jump() -> None:
    ids = numbered_ids(5_000)
    async with shown() as screen:
        screen.list.show(ids[:64], is_complete=False)
        screen.list.move(20)
        before = screen.texts()[1:]
        screen.list.show(ids, cursor=screen.list.cursor, keep_place=True)
        await screen.settle()
        assert screen.texts()[1:] == before


@pytest.mark.parametrize("size", [(30, 6), (120, 40), (60, 3), (200, 60)])
async def test_resizing_keeps_the_cursor_and_shows_it(size: tuple[int, int]) -> None:
    async with shown(numbered_ids(300)) as screen:
        screen.list.go(120)
        screen.list.move(-4)
        await screen.pilot.resize_terminal(*size)
        await screen.settle()
        assert screen.list.cursor == 116
        assert 0 <= screen.cursor_line() < size[1]
        await screen.pilot.resize_terminal(60, 12)
        await screen.settle()
        assert 0 <= screen.cursor_line() < 12


@pytest.mark.parametrize("width", range(1, 60, 7))
async def test_any_width_can_be_painted(width: int) -> None:
    async with shown(numbered_ids(30, undated=3), size=(width, 8)) as screen:
        screen.list.empty_text = "Nothing matches."
        assert all(screen.list.render_line(y).cell_length <= width for y in range(8))
        screen.list.show(())
        assert all(screen.list.render_line(y).cell_length <= width for y in range(8))


async def test_a_changed_row_is_fetched_and_painted_alone() -> None:
    ids = numbered_ids(300)
    async with shown(ids) as screen:
        screen.app.rows.asked.clear()
        screen.app.rows.marks[ids[2]] = Mark(is_read=True, is_starred=True)
        screen.app.rows.marks[ids[3]] = Mark(is_starred=True)
        screen.list.refresh_rows([ArticleId(ids[2]), ArticleId(ids[200])])
        await screen.settle()
        lines = screen.lines()
        assert lines[3].startswith(" ★  03:40")
        assert lines[4].startswith("●   03:40")
        assert screen.app.rows.asked == [ids[2]]
        screen.list.forget_rows()
        assert screen.lines()[4].startswith("●★  03:40")


async def test_a_row_whose_article_is_gone_leaves_its_line() -> None:
    ids = numbered_ids(5)
    async with shown() as screen:
        screen.app.rows.gone.add(ids[1])
        screen.list.show(ids)
        await screen.settle()
        assert "no longer here" in screen.lines()[2]
        assert "Story" in screen.lines()[3]


async def test_unread_rows_and_the_cursor_are_told_without_colour() -> None:
    ids = numbered_ids(4)
    async with shown() as screen:
        screen.app.rows.marks[ids[1]] = Mark(is_read=True)
        screen.list.show(ids)
        screen.list.focus()
        await screen.settle()
        unread, read = screen.list.render_line(4), screen.list.render_line(2)
        assert any(segment.style and segment.style.bold and "Story" in segment.text for segment in unread)
        assert not any(segment.style and segment.style.bold for segment in read)
        assert all(segment.style and segment.style.reverse for segment in screen.list.render_line(1))


async def test_a_click_moves_the_cursor_and_a_second_one_opens() -> None:
    ids = numbered_ids(50)
    async with shown(ids) as screen:
        await screen.pilot.click(HeadlineList, offset=(10, 4))
        await screen.settle()
        assert screen.list.cursor == 3
        assert not any(isinstance(each, RowOpened) for each in screen.app.said)
        await screen.pilot.click(HeadlineList, offset=(10, 4))
        await screen.settle()
        assert screen.app.said[-1] == RowOpened(3)
        await screen.pilot.click(HeadlineList, offset=(10, 0))
        await screen.pilot.click(HeadlineList, offset=(10, 11))
        await screen.settle()
        assert screen.app.said.count(RowOpened(3)) == 1


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    async with shown(numbered_ids(300)) as screen:
        await screen.pilot._post_mouse_events([MouseScrollDown], HeadlineList, offset=(5, 5), times=5)
        await screen.settle()
        assert screen.list.cursor == 0
        assert screen.list.scroll_offset.y > 0
        screen.list.move(1)
        assert screen.cursor_line() > 0


async def test_a_million_rows_take_a_screenful_of_fetching() -> None:
    async with shown(numbered_ids(1_000_000, a_day=274), size=(120, 40)) as screen:
        assert len(screen.app.rows.asked) <= 2 * PAGE
        for index in (999_999, 500_000, 0):
            screen.app.rows.asked.clear()
            screen.list.go(index)
            screen.lines()
            assert len(screen.app.rows.asked) <= 2 * PAGE
        assert screen.list.position == "1 of 1,000,000"


def test_rows_once_fetched_are_kept_up_to_a_number() -> None:
    rows = Rows()
    pages = RowPages(rows)
    ids = numbered_ids(10 * KEPT)
    pages.show(ids)
    for index in range(0, KEPT, PAGE):
        pages.row(index)
    assert len(rows.asked) == KEPT
    pages.row(5)
    assert len(rows.asked) == KEPT
    for index in range(KEPT, 2 * KEPT, PAGE):
        pages.row(index)
    rows.asked.clear()
    assert pages.row(2 * KEPT - 1) == replace(rows.row(ArticleId(ids[2 * KEPT - 1])))
    assert rows.asked == []
    pages.row(5)
    assert len(rows.asked) == PAGE


@given(st.integers(0, 2_000), st.integers(0, 80), st.integers(0, 2_000))
def test_the_thumb_is_on_the_screen_and_touches_an_end_only_there(top: int, height: int, total: int) -> None:
    top = min(top, max(total - height, 0))
    covered = thumb(top, height, total)
    assert bool(covered) == (0 < height < total)
    if covered:
        assert covered.start >= 0
        assert covered.stop <= height
        if top == 0:
            assert covered.start == 0
        if top == total - height:
            assert covered.stop == height
        if 0 < top < total - height and height > len(covered) + 1:
            assert covered.start > 0
            assert covered.stop < height


async def test_a_click_beside_the_rows_scrolls_there() -> None:
    async with shown(numbered_ids(300)) as screen:
        assert screen.lines()[0].endswith("▐")
        await screen.pilot.click(HeadlineList, offset=(59, 11))
        await screen.settle()
        assert screen.lines()[11].endswith("▐")
        assert screen.list.cursor == 0


async def test_only_text_is_struck_out() -> None:
    ids = numbered_ids(4)
    async with shown() as screen:
        screen.app.rows.marks[ids[1]] = Mark(is_skipped=True)
        screen.app.stylesheet.add_source("HeadlineList > .headline-list--skipped { text-style: strike; }")
        screen.list.show(ids)
        screen.app.refresh_css()
        await screen.settle()
        struck = [segment.text for segment in screen.list.render_line(2) if segment.style and segment.style.strike]
        assert struck == [f"Story {ids[1]}"]


async def test_a_row_is_sent_in_few_pieces() -> None:
    ids = numbered_ids(4)
    async with shown(size=(100, 12)) as screen:
        screen.app.rows.marks[ids[1]] = Mark(is_read=True)
        screen.list.show(ids)
        await screen.settle()
        assert len(list(screen.list.render_line(1))) <= 2
        assert len(list(screen.list.render_line(2))) <= 3
        assert len(list(screen.list.render_line(3))) <= 4


def lines_painted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lines of the screen that the list has Textual paint from now on."""
    painted: list[int] = []
    refresh = Widget.refresh

    def noting(self: Widget, *regions: Region, **options: bool) -> Widget:
        if isinstance(self, HeadlineList):
            painted.extend(y for region in regions or [self.size.region] for y in region.line_range)
        return refresh(self, *regions, **options)

    monkeypatch.setattr(Widget, "refresh", noting)
    return painted


async def test_an_answer_that_shows_the_same_rows_paints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = numbered_ids(3_000)
    async with shown(ids) as screen:
        painted = lines_painted(monkeypatch)
        screen.list.show(ids[:2_900])
        await screen.settle()
        assert painted == []
        screen.list.show(ids[1:2_900])
        await screen.settle()
        assert painted == list(range(12))
        painted.clear()
        screen.list.move(1)
        await screen.settle()
        assert painted == [1, 2]


async def test_coming_and_going_paints_the_cursor_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    async with shown(numbered_ids(3_000), cursor=4) as screen:
        screen.list.blur()
        await screen.settle()
        painted = lines_painted(monkeypatch)
        screen.list.focus()
        await screen.settle()
        assert set(painted) == {screen.cursor_line()}
