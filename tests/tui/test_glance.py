"""Who, where and when on the screen: what the panels count, and what choosing on them does to the filter and the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.settings import Settings
from reader.tui.entity_card import EntityCard
from reader.tui.facets_panel import SECTIONS, FacetsPanel, sections_line
from reader.tui.main_screen import MainScreen
from reader.tui.names_sheet import NamesSheet
from reader.tui.picker import Entry, heading, note
from reader.tui.sparkline import Sparkline
from reader.tui.timeline_panel import TimelinePanel
from tests.builders import article_text
from tests.tui.opened import Reader, opened

STORIES = {
    "flood.md": article_text(
        "Flood in Brackwater", "The strike of ferrymen is over.\n", date="2024-11-05T03:40:00Z", category="World", people=["Noor Feddersen"]
    ),
    "strike.md": article_text(
        "Strike closes the port", "A strike, they say.\n", date="2024-11-05T09:10:00Z", category="Business", people=["Ines Calloway"]
    ),
    "talks.md": article_text(
        "Talks go on", "Nothing new.\n", date="2024-10-30", category="Business", people=["Ines Calloway", "Noor Feddersen"], places=["Lyon"]
    ),
    "match.md": article_text("A draw", "Two all.\n", date="2024-11-09", category="Sport"),
}


def line_with(reader: Reader, words: str) -> str:
    return next(line for line in reader.lines if words in line)


def screen_of(reader: Reader) -> object:
    return reader.pilot.app.screen


async def test_facets_count_the_answer_and_enter_puts_a_term_into_the_filter(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("g", "e")
        assert "4 stories" in reader.screen
        assert "Ines Calloway" in reader.screen
        assert "Noor Feddersen" in reader.screen
        await reader.press("enter")
        assert reader.desk.session.text == 'person:"Ines Calloway"'
        assert reader.listed == ["strike.md", "talks.md"]
        assert "2 stories of 4" in reader.screen
        assert "+ Ines Calloway" in reader.screen
        await reader.press("enter")
        assert reader.desk.session.text == ""
        await reader.press("escape")
        assert isinstance(screen_of(reader), MainScreen)


async def test_minus_leaves_a_value_out_and_takes_that_back(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("g", "e", "l", "l", "l")
        assert "[Categories 3]" in reader.screen
        await reader.press("minus")
        assert reader.desk.session.text == "-category:Business"
        assert reader.listed == ["match.md", "flood.md"]
        left_out = line_with(reader, "− Business")
        assert " 0 " in f"{left_out} "
        await reader.press("G", "minus")
        assert reader.desk.session.text == ""
        assert len(reader.listed) == 4


async def test_two_values_are_compared(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("g", "e", "x", "j", "x")
        assert "Ines Calloway and Noor Feddersen: 1 story" in reader.screen
        assert "2024-10-30" in reader.screen
        await reader.press("x")
        assert "x on another compares the two" in reader.screen


async def test_typing_narrows_the_values_and_is_no_key(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("g", "e", "slash")
        await reader.type("noor")
        panel = screen_of(reader)
        assert isinstance(panel, FacetsPanel)
        assert "Noor Feddersen" in reader.screen
        assert not any("Ines Calloway" in line[-60:] for line in reader.lines if "▐" not in line and "●" not in line)
        await reader.press("enter", "enter")
        assert reader.desk.session.text == 'person:"Noor Feddersen"'
        await reader.press("slash", "escape")
        assert isinstance(screen_of(reader), FacetsPanel)


async def test_the_sections_are_told_with_the_current_one_in_sight(tmp_path: Path) -> None:
    for at, (_, name) in enumerate(SECTIONS):
        for width in (12, 20, 34, 50, 100):
            line = sections_line(at, {"person": 1234}, width)
            assert f"[{name}" in line
            assert len(line) <= max(width, len(name) + 14)
            assert line.startswith("…") == (SECTIONS[0][1] not in line)
            assert line.endswith("…") == (SECTIONS[-1][1] not in line)


def test_a_line_that_is_too_long_is_cut_with_a_sign() -> None:
    entries: list[Entry[str]] = [note(" written TTS 7, Technology Transformation Services 5"), heading(" General Services Administration")]
    for entry in entries:
        ((text, _),) = entry.draw(24)
        assert (len(text), text[-1]) == (24, "…")


async def test_the_timeline_names_its_peak_and_narrows_to_a_period(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("g", "t")
        assert "4 stories by day" in reader.screen
        assert "peak Tue 5 Nov 2024 (2)" in reader.screen
        assert "Tue 5 Nov 2024: 2 stories · " in reader.screen
        await reader.press("h")
        assert "Mon 4 Nov 2024: 0 stories" in reader.screen
        await reader.press("p", "enter")
        assert reader.desk.session.text == "date:2024-11-05"
        assert reader.listed == ["strike.md", "flood.md"]
        assert "by hour" in reader.screen
        await reader.press("j", "j", "j")
        assert "by month" in reader.screen
        await reader.press("enter")
        assert reader.desk.session.text == "date:2024-11-05 date:2024-11"
        await reader.press("escape")
        assert isinstance(screen_of(reader), MainScreen)


async def test_a_panel_over_an_empty_answer_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES, query="zebra") as reader:
        await reader.press("g", "t")
        assert "there are no stories here" in reader.screen
        await reader.press("enter", "l", "p", "j", "escape", "g", "e")
        assert "none" in reader.screen
        await reader.press("enter", "minus", "x", "j", "G", "escape")
        assert reader.desk.session.text == "zebra"
        await reader.press("T")
        await reader.wait_for_screen(" no stories")


async def test_stories_without_a_date_are_told_from_none_at_all(tmp_path: Path) -> None:
    async with opened(tmp_path, {"undated.md": article_text("Undated", "Words.\n")}) as reader:
        await reader.press("T", "g", "t")
        assert "nothing here has a date" in reader.screen
        await reader.press("escape")
        assert " no dates" in reader.screen


async def test_the_sparkline_stays_follows_the_answer_and_goes(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("T")
        assert "30 Oct" in line_with(reader, "peak Tue 5 Nov 2024 (2)")
        await reader.press("slash")
        await reader.type("talks\n")
        assert "30 Oct" in reader.screen
        assert "peak Tue 5 Nov" not in reader.screen
        await reader.press("T")
        assert not reader.main.query(Sparkline)


async def test_the_sparkline_s_key_may_be_held_down(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        for _ in range(5):
            reader.desk.do("sparkline", None)
        await reader.settle()
        assert len(reader.main.query(Sparkline)) == 1
        assert "peak Tue 5 Nov 2024 (2)" in reader.screen


async def test_names_of_the_article_lead_to_cards_and_to_a_filter(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("G", "e")
        assert isinstance(screen_of(reader), NamesSheet)
        assert "Named in Talks go on" in reader.screen
        await reader.press("enter")
        assert isinstance(screen_of(reader), EntityCard)
        assert "In company with" in reader.screen
        assert "Talks go on" in reader.screen
        await reader.press("slash")
        assert isinstance(screen_of(reader), MainScreen)
        assert reader.desk.session.text.startswith("person:")
        assert "talks.md" in reader.listed


async def test_a_click_on_a_name_opens_its_card(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("G", "enter")
        reader.desk.article.post_message(reader.desk.article.MentionRequested("Ines Calloway"))
        await reader.settle()
        assert "Ines Calloway · person" in reader.screen
        await reader.press("enter")
        assert reader.desk.session.text == 'person:"Ines Calloway"'
        assert reader.listed == ["strike.md", "talks.md"]


async def test_a_name_is_mended_on_its_card_and_the_mending_undone(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        reader.desk.article.post_message(reader.desk.article.MentionRequested("Ines Calloway"))
        await reader.settle()
        await reader.press("R")
        await reader.press("ctrl+u")
        await reader.type("Noor Feddersen\n")
        assert "Noor Feddersen · person" in reader.screen
        assert "Show the 3 stories" in reader.screen
        assert "Ines Calloway 2" in line_with(reader, "written")
        await reader.press("I")
        assert "no story names it now" in reader.screen
        await reader.press("u", "u")
        assert "Ines Calloway · person" in reader.screen
        assert "Show the 2 stories" in reader.screen
        assert not reader.library.alias_file.path.exists()


async def test_a_name_is_mended_among_the_facets_and_the_mending_undone(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES, query='person:"Noor Feddersen"') as reader:
        before = reader.listed
        await reader.press("g", "e")
        panel = screen_of(reader)
        assert isinstance(panel, FacetsPanel)
        while panel.picker.chosen is not None and panel.picker.chosen.facet.value != "Ines Calloway":
            await reader.press("j")
        await reader.press("R", "ctrl+u")
        await reader.type("Noor Feddersen\n")
        assert "Ines Calloway is now Noor Feddersen" in reader.screen
        assert set(reader.listed) > set(before), "the list behind is asked again, no article is read again"
        await reader.press("I")
        assert "ignored: Noor Feddersen" in reader.screen
        assert [facet.value for facet in panel._found["person"]] == [], "under none of its names"
        await reader.press("u", "u")
        assert "as before: Ines Calloway" in reader.screen
        assert reader.listed == before
        await reader.press("u")
        assert "no name was changed here" in reader.screen
        await reader.press("tab", "tab", "tab", "I")
        assert "only people, organisations and places" in reader.screen
        assert not reader.library.alias_file.path.exists()


async def test_a_related_story_tells_why_and_opens(tmp_path: Path) -> None:
    others = {f"other-{n}.md": article_text(f"Another matter {n}", "x\n", date=f"2024-09-{n:02}") for n in range(1, 20)}
    async with opened(tmp_path, {**STORIES, **others}, query="category:business,world") as reader:
        await reader.press("g", "r")
        assert "Related to Strike closes the port" in reader.screen
        assert "shares: Ines Calloway" in reader.screen
        await reader.press("enter")
        assert isinstance(screen_of(reader), MainScreen)
        assert reader.cursor_key == "talks.md"
        assert reader.desk.place == "article"
        assert reader.desk.session.text == "category:business,world"


async def test_a_story_that_is_not_listed_is_listed_alone(tmp_path: Path) -> None:
    others = {f"other-{n}.md": article_text(f"Another matter {n}", "x\n", date=f"2024-09-{n:02}") for n in range(1, 20)}
    async with opened(tmp_path, {**STORIES, **others}, query="title:strike") as reader:
        await reader.press("g", "r", "enter")
        assert reader.listed == ["talks.md"]
        assert reader.desk.session.text.startswith("path:")
        assert "the filter was title:strike" in reader.desk.status.said


async def test_words_stand_in_context_one_below_the_other(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES, query="strike") as reader:
        await reader.press("g", "w")
        lines = [line for line in reader.lines if "trike" in line]
        assert len(lines) == 3
        assert len({line.casefold().index("strike") for line in lines}) == 1
        await reader.press("G", "enter")
        assert reader.cursor_key == "flood.md"
    async with opened(tmp_path / "again", STORIES) as reader:
        await reader.press("g", "w")
        assert "filter by a word first" in reader.desk.status.said


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (200, 60)])
async def test_everything_fits_and_esc_leads_back_at_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(tmp_path, STORIES, query="strike", size=size, settings=Settings(ascii=True, mark_read_after=None)) as reader:
        await reader.press("T")
        for keys in (("g", "e"), ("g", "t"), ("g", "r"), ("g", "w"), ("e",)):
            await reader.press(*keys)
            assert not isinstance(screen_of(reader), MainScreen), keys
            assert "Esc back" in reader.screen, keys
            sheet = reader.pilot.app.screen
            assert all(widget.region.right <= size[0] for widget in sheet.query("*"))
            await reader.press("j", "pagedown", "home", "escape")
            assert isinstance(screen_of(reader), MainScreen), keys
        await reader.press("g", "t")
        assert isinstance(screen_of(reader), TimelinePanel)


async def test_keys_typed_ahead_go_to_the_panel_that_they_open(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES) as reader:
        await reader.press("g", "e", "l", "l", "l", "escape", "j", "s")
        assert reader.mark("strike.md").is_starred


@pytest.mark.parametrize("panel", ["facets", "timeline"])
async def test_an_answer_that_comes_before_the_panel_is_there_is_counted_in_it(tmp_path: Path, panel: str) -> None:
    async with opened(tmp_path, STORIES) as reader:
        reader.desk.do(panel, None)
        for tell in reader.desk.on_answer:
            tell()
        await reader.settle()
        assert "4 stories" in reader.screen
