"""Judging by keys: each action's key does what the action table says, on exactly what is meant, and one step takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from reader.actions import ACTIONS
from reader.database import Database
from reader.errors import StateError
from reader.library import Library
from reader.model import ArticleKey
from reader.settings import Settings
from reader.triage.marks import Marks
from reader.tui.command_words import VERBS
from tests.builders import article_text, numbered_articles
from tests.tui.opened import held_up, library_at, opened

NINE = numbered_articles(9)
"""Story 0 is the newest; WORLD, SPORT and BUSINESS in turn."""


def key(number: int) -> str:
    return f"story-{number:05}.md"


def keys(*numbers: int) -> list[str]:
    return [key(number) for number in numbers]


async def test_d_dismisses_and_goes_to_the_next_unread(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("j", "m", "k", "d")
        assert (reader.mark(key(0)).is_skipped, reader.mark(key(0)).is_read) == (True, True)
        assert reader.cursor_key == key(2)
        assert "Dismissed 1 article" in reader.screen
        await reader.press("u")
        assert not reader.mark(key(0)).is_skipped
        assert not reader.mark(key(0)).is_read
        assert reader.cursor_key == key(0), "undo goes back to the story"


@pytest.mark.parametrize(
    ("pressed", "query", "found", "cursor"),
    [
        ("3s", "is:starred", (1, 2, 3), 1),
        ("3m", "is:read", (1, 2, 3), 1),
        ("2d", "is:skipped", (1, 2), 3),
        ("2a", "is:queued", (1, 2), 1),
        ("2tlater\n", "tag:later", (1, 2), 1),
        ("90s", "is:starred", (1, 2, 3, 4, 5, 6, 7, 8), 1),
    ],
)
async def test_a_number_before_a_verdict_says_how_many_from_the_cursor_on(
    tmp_path: Path, pressed: str, query: str, found: tuple[int, ...], cursor: int
) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("j")
        await reader.type(pressed)
        assert reader.keys_with(query) == keys(*found)
        assert reader.cursor_key == key(cursor)
        await reader.press("u")
        assert reader.keys_with(query) == []


async def test_a_number_before_a_verdict_leaves_the_selection_alone(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("G", "x", "g", "g", "2", "s")
        assert reader.keys_with("is:starred") == keys(0, 1)
        assert "1 selected" in reader.screen
        await reader.press("s")
        assert reader.keys_with("is:starred") == keys(0, 1, 8)


@pytest.mark.parametrize("pressed", [*"smdatNxeoyAM", "enter", "g r", "ctrl+f", "-"])
async def test_a_key_that_needs_an_article_says_that_there_is_none(tmp_path: Path, pressed: str) -> None:
    async with opened(tmp_path, NINE, query="zebra") as reader:
        await reader.press(*pressed.split())
        assert "there is no article here" in reader.screen
        assert not reader.desk.has_drawer


async def test_space_reads_to_the_end_and_on_and_moving_over_rows_marks_nothing(tmp_path: Path) -> None:
    long = article_text("Long one", "\n\n".join(f"Paragraph {number}." for number in range(20)), date="2024-11-16")
    async with opened(tmp_path, {**NINE, "long.md": long}, settings=Settings(mark_read_after=0)) as reader:
        await reader.press(*"jjjkG", "g", "g")
        assert reader.keys_with("is:read") == []
        await reader.press("space")
        assert reader.cursor_key == "long.md", "the first one pages"
        while reader.cursor_key == "long.md":
            assert reader.keys_with("is:read") == []
            await reader.press("space")
        assert (reader.cursor_key, reader.keys_with("is:read")) == (key(0), ["long.md"])
        await reader.press("space")
        assert (reader.cursor_key, reader.keys_with("is:read")) == (key(1), ["long.md", key(0)])


async def test_typing_ahead_judges_each_story_once(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press(*"dsdddsd")
        assert reader.keys_with("is:skipped") == keys(0, 1, 2, 3, 4)
        assert reader.keys_with("is:starred") == keys(1, 4)


async def test_the_judged_row_stays_until_the_filter_is_asked_again(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE, query="is:unread") as reader:
        await reader.press("d", "d")
        assert reader.listed == keys(*range(9))
        (tmp_path / "wire" / "late.md").write_text(article_text("Late", date="2024-11-15T13:00:00Z"))
        await reader.press("r")
        await reader.wait_until(lambda: "late.md" in reader.listed)
        assert reader.listed == ["late.md", *keys(*range(9))], "what the machine asks anew keeps what was judged"
        assert reader.cursor_key == key(2)
        await reader.press("/", "enter")
        assert reader.listed == ["late.md", *keys(*range(2, 9))]
        assert reader.cursor_key == key(2)


@pytest.mark.parametrize(("advance", "where"), [(True, 1), (False, 0)])
async def test_going_on_after_a_verdict_is_a_setting(tmp_path: Path, advance: bool, where: int) -> None:
    async with opened(tmp_path, NINE, settings=Settings(mark_read_after=None, advance=advance)) as reader:
        await reader.press("s")
        assert reader.mark(key(0)).is_starred
        assert reader.cursor_key == key(where)


async def test_x_selects_and_a_verdict_is_about_the_selection_once(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("x", "j", "x")
        assert "2 selected" in reader.screen
        assert [line.split()[1] for line in reader.lines if "Story 000" in line or "Story 002" in line][:2] == ["◆", "◆"]
        await reader.press("s")
        assert reader.keys_with("is:starred") == keys(0, 2)
        assert "selected" not in reader.screen
        await reader.press("u")
        assert reader.keys_with("is:starred") == []


async def test_a_range_grows_with_the_cursor(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("j", "v", "j", "j", "k", "v", "j", "j", "m")
        assert reader.keys_with("is:read") == keys(1, 2)
        await reader.press("G", "v", "k", "k", "s")
        assert reader.keys_with("is:starred") == keys(6, 7, 8), "also upwards, and without ending it first"


async def test_selecting_everything_and_the_rest(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE, query="category:sport") as reader:
        await reader.press("x", "g", "x", "s")
        assert reader.keys_with("is:starred") == keys(4, 7)
        await reader.press("*", "m")
        assert reader.keys_with("is:read") == keys(1, 4, 7)


async def test_what_is_selected_but_not_listed_is_left_alone(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("x", "x", "x")
        await reader.type("/category:sport\n")
        await reader.press("s")
        assert reader.keys_with("is:starred") == keys(1)


async def test_esc_drops_the_selection_and_keeps_the_filter(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE, query="category:sport") as reader:
        await reader.press("*", "escape", "s")
        assert reader.keys_with("is:starred") == keys(1)
        assert reader.desk.session.text == "category:sport"


async def test_within_the_article_a_verdict_is_about_it_alone(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("x", "x", "enter", "s")
        assert reader.keys_with("is:starred") == keys(2)


async def test_a_verdict_typed_behind_a_key_that_leads_on_is_about_the_next_article(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("enter", *"nsnsdt", *"later", "enter")
        assert reader.keys_with("is:starred") == keys(1, 2)
        assert reader.keys_with("is:skipped") == keys(2)
        assert reader.keys_with("tag:later") == keys(3)


async def test_a_marks_exactly_what_is_listed_read(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE, query="category:sport") as reader:
        await reader.press("A")
        assert reader.keys_with("is:read") == keys(1, 4, 7)
        assert "Marked read 3 articles" in reader.screen
        await reader.press("u")
        assert reader.keys_with("is:read") == []


async def test_m_marks_this_and_above_read(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("j", "j", "M")
        assert reader.keys_with("is:read") == keys(0, 1, 2)


@pytest.mark.parametrize("pressed", ["t", "+"])
async def test_tags_are_given_completed_and_taken_away(tmp_path: Path, pressed: str) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press(pressed)
        await reader.type("later, law and order\n")
        assert reader.mark(key(0)).tags == ("later", "law and order")
        await reader.press("j", "t", "l", "a", "tab", "enter")
        assert reader.mark(key(1)).tags == ("later",), "the commonest, then by name, that begins so"
        await reader.press("minus")
        assert "later" in reader.screen
        await reader.press("down", "enter")
        assert reader.mark(key(1)).tags == ()
        await reader.press("u")
        assert reader.mark(key(1)).tags == ("later",)
        await reader.type('/tag:"law and order"\n')
        assert reader.listed == keys(0)


async def test_a_tag_without_a_name_is_refused_in_words(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("t", "enter")
        assert "a tag needs a name" in reader.screen
        await reader.press("escape")
        assert reader.mark(key(0)).tags == ()


async def test_tags_are_renamed_and_merged(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.type("tlater\n")
        await reader.press("j")
        await reader.type("tlater,budget\n")
        await reader.type(":rename-tag later budget\n")
        assert (reader.mark(key(0)).tags, reader.mark(key(1)).tags) == (("budget",), ("budget",))
        await reader.type(":rename-tag\n")
        await reader.type("budget\nmoney matters\n")
        assert reader.mark(key(0)).tags == ("money matters",)
        await reader.press("u", "u")
        assert (reader.mark(key(0)).tags, reader.mark(key(1)).tags) == (("later",), ("budget", "later"))


async def test_a_note_is_written_shown_and_found(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE, size=(120, 40)) as reader:
        await reader.type("NAsk *her* about the levy")
        await reader.press("enter", "q", "escape")
        assert reader.mark(key(0)).note == "Ask *her* about the levy\nq"
        assert "Your note" in reader.screen
        assert "Ask her about the levy" in reader.screen
        assert any("✎" in line and "Story 000" in line for line in reader.lines)
        assert reader.keys_with("is:noted") == keys(0)
        assert reader.keys_with("levy") == keys(0)
        assert reader.keys_with("levies") == []
        await reader.press("u")
        assert reader.mark(key(0)).note is None
        assert "Your note" not in reader.screen


async def test_a_note_can_be_left_as_it_was(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.type("Nno")
        await reader.press("ctrl+g", "j")
        assert reader.mark(key(0)).note is None
        assert reader.cursor_key == key(1)


async def test_the_queue_keeps_its_order_and_says_what_fits(tmp_path: Path) -> None:
    words = {"a.md": 230 * 9, "b.md": 230 * 12, "c.md": 230 * 4}
    files = {name: article_text(f"Long {name}", "word " * count, date="2024-11-15") for name, count in words.items()}
    async with opened(tmp_path, files) as reader:
        first, second, third = reader.listed
        await reader.press("a", "j", "a", "j", "a", "g", "q")
        assert "3 to read, 25 min" in reader.screen
        await reader.press("J")
        assert [str(each) for _, each in reader.library.page_marks.queue()] == [second, first, third]
        await reader.press("1", "4")
        assert "of 3 fit 14 min" in reader.screen
        await reader.press("a", "escape", "g", "q", "j", "enter")
        assert len(reader.library.page_marks.queue()) == 2
        assert reader.desk.place == "article"
        assert reader.cursor_key == str(reader.library.page_marks.queue()[1][1])
        await reader.press("u", "u")
        assert [str(each) for _, each in reader.library.page_marks.queue()] == [first, second, third]


async def test_what_is_opened_in_one_go_with_marks_shows_them(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press(*"ajajagqJ", "enter")
        assert [str(each) for _, each in reader.library.page_marks.queue()] == keys(1, 0, 2)
        assert (reader.cursor_key, reader.desk.place) == (key(0), "article")
        await reader.press("escape", *"Nfirst", "ctrl+g", *"tlater", "enter", *"-", "tab", "enter", *"sghj", "enter")
        assert reader.mark(key(0)).tags == ()
        assert not reader.mark(key(0)).is_starred, "back to the step before the star"


async def test_the_history_goes_back_to_any_step_and_on_again(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("s", "j", "s", "j", "s", "g", "h")
        assert "before all of these" in reader.screen
        await reader.press("j", "j", "enter")
        assert reader.keys_with("is:starred") == keys(0)
        await reader.press("g", "h", "k", "k", "enter")
        assert reader.keys_with("is:starred") == keys(0, 1, 2)
        await reader.press("g", "h", "G", "enter")
        assert reader.keys_with("is:starred") == []
        await reader.press("U")
        assert reader.keys_with("is:starred") == keys(0)


async def test_the_history_reaches_the_first_step_however_many_there_are(tmp_path: Path) -> None:
    library = library_at(tmp_path, NINE)
    article = (library.archives[0], ArticleKey(key(8)))
    for number in range(450):
        library.change([(*article, "note", f"Note {number}")], f"Noted {number} on")
    library.close()
    async with opened(tmp_path) as reader:
        await reader.press("g", "h", "G", "k")
        assert "Noted 0 on" in reader.screen
        await reader.press("k", "enter")
        assert reader.mark(key(8)).note == "Note 1"
        await reader.press("g", "h")
        assert reader.desk.drawer.lines.cursor == 448


async def test_the_history_leaves_alone_what_others_changed_since(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("s", "j", "s")
        other = reader.another_session()
        other.mark(lambda marks: marks.change([(other.archives[0], "story-00000.md", "starred", "2")], "Changed"))  # type: ignore[list-item]
        other.mark(lambda marks: marks.change([(other.archives[0], "story-00000.md", "starred", "1")], "Changed"))  # type: ignore[list-item]
        await reader.press("g", "h", "G", "enter")
        assert reader.keys_with("is:starred") == []


@pytest.mark.parametrize("pressed", [("t",), (":",), ("g", "q"), ("g", "h"), tuple(":rename-tag\n")])
async def test_marks_that_can_t_be_read_leave_the_screen_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pressed: tuple[str, ...]
) -> None:
    def fail(_: Marks) -> object:
        raise StateError("the marks are in use")

    async with opened(tmp_path, NINE) as reader:
        await reader.press("s")
        for name in ("tags", "queue", "past"):
            monkeypatch.setattr(Marks, name, fail)
        await reader.press(*("enter" if key == "\n" else key for key in pressed))
        assert reader.desk.has_drawer or "the marks are in use" in reader.screen
        await reader.press("escape", "j", "j")
        assert "3 of 9" in reader.screen


async def test_steps_that_can_t_be_read_are_told_by_their_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Database.rows

    def rows(self: Database, sql: str, *values: Any) -> Any:
        if "at, said FROM steps" in sql:
            raise StateError("the marks are in use")
        return ask(self, sql, *values)

    async with opened(tmp_path, NINE) as reader:
        await reader.press("s", "j", "s")
        monkeypatch.setattr(Database, "rows", rows)
        await reader.press("g", "h")
        assert reader.screen.count("the marks are in use") == 2
        await reader.press("j", "enter")
        assert reader.keys_with("is:starred") == keys(0), "it is known all the same which step a line is of"


async def test_a_command_counts_before_it_acts_and_is_one_step(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.type(":read category:sport")
        assert "3 articles" in reader.screen
        assert reader.keys_with("is:read") == []
        await reader.press("enter")
        assert reader.keys_with("is:read") == keys(1, 4, 7)
        await reader.press("u")
        assert reader.keys_with("is:read") == []


async def test_a_command_typed_in_one_go_acts_too(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.type(':tag "to do" category:world\nj')
        assert reader.keys_with('tag:"to do"') == keys(0, 3, 6)


async def test_the_filter_of_a_command_is_completed_with_counts(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.type(":tag later category:sp")
        assert [(offer.label, offer.key) for offer in reader.desk.drawer.offers] == [("SPORT", "3")]
        await reader.press("down", "enter")
        assert reader.desk.drawer.text == "tag later category:SPORT "
        assert reader.keys_with("tag:later") == [], "taking what is offered does nothing yet"
        await reader.press("enter")
        assert reader.keys_with("tag:later") == keys(1, 4, 7)


async def test_a_completion_typed_ahead_waits_for_what_is_offered(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press(*":star", "space", *"cat", "tab", *"sp", "tab", *"-is", "tab", *"sta", "tab", "enter", "j")
        assert reader.keys_with("is:starred") == keys(1, 4, 7)
        assert reader.cursor_key == key(1)


async def test_the_tags_of_a_command_are_completed(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.type("tto do,later\n")
        await reader.press(*":tag", "space", *"to", "tab", *"category:sport", "enter")
        assert reader.keys_with('tag:"to do"') == keys(0, 1, 4, 7)
        await reader.press(*":rename-tag", "space", "tab", "tab", "enter")
        assert reader.keys_with("tag:later") == keys(0, 1, 4, 7), "the one merged into the other"
        assert reader.keys_with('tag:"to do"') == []


async def test_a_command_can_select(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE, query="category:sport,world") as reader:
        await reader.type(":select category:sport,business\n")
        await reader.press("s")
        assert reader.keys_with("is:starred") == keys(1, 4, 7), "only what is listed"


async def test_a_wrong_command_says_the_nearest_right_one(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.type(":toggle-raed\n")
        assert "did you mean toggle-read?" in reader.screen
        await reader.press("escape")
        await reader.type(":read (\n")
        assert reader.keys_with("is:read") == []


@pytest.mark.parametrize("pressed", [":", "ctrl+p"])
async def test_the_palette_lists_every_action_and_nothing_else(tmp_path: Path, pressed: str) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press(pressed)
        offers = reader.desk.drawer.offers
        assert [offer.label for offer in offers] == [action.id for action in ACTIONS]
        assert [offer.says for offer in offers] == [action.help for action in ACTIONS]
        await reader.type("star\n")
        assert reader.mark(key(0)).is_starred


def test_every_verb_of_the_command_line_is_told_with_its_help() -> None:
    assert all(verb.usage.startswith(name) and verb.help for name, verb in VERBS.items())


async def test_the_counter_and_the_summary(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE, query="is:unread") as reader:
        assert reader.main.summary == ""
        await reader.press("s", "d", "d")
        assert "7 left" in reader.screen
        assert "★1 ✗2" in reader.screen
        assert reader.main.summary.startswith("2 stories: 1 starred, 2 dismissed, 2 read; 7 left in the list")
        await reader.press("u")
        assert "8 left" in reader.screen
        assert "★1 ✗1" in reader.screen


async def test_the_place_is_found_again(tmp_path: Path) -> None:
    files = {**NINE, "long.md": article_text("Long one", "\n\n".join(f"Paragraph {number}." for number in range(99)), date="2024-11-14")}
    async with opened(tmp_path, files) as reader:
        await reader.type("/story OR long\n")
        await reader.press("G", "z", "enter", "space")
        line, layout = reader.desk.article.place, reader.desk.session.layout
        assert line > (0, 0)
    async with opened(tmp_path) as reader:
        assert reader.desk.session.text == "story OR long*"
        assert (reader.cursor_key, reader.desk.place) == ("long.md", "article")
        assert (reader.desk.article.place, reader.desk.session.layout) == (line, layout)
    async with opened(tmp_path, query="category:sport") as reader:
        assert reader.listed == keys(1, 4, 7)
        assert reader.desk.place == "list"


async def test_undo_reaches_over_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path, NINE) as reader:
        await reader.press("d", "s")
    async with opened(tmp_path) as reader:
        await reader.press("u", "u", "U")
        assert reader.mark(key(0)).is_skipped
        assert reader.keys_with("is:starred") == []


async def test_many_are_judged_as_one_step(tmp_path: Path) -> None:
    async with opened(tmp_path, numbered_articles(700)) as reader:
        await reader.press("A")
        assert len(reader.keys_with("is:read")) == 700
        assert "0 left" in reader.screen
        await reader.press("u")
        assert reader.keys_with("is:read") == []
        assert "700 left" in reader.screen




async def test_what_is_left_is_found_out_once_however_much_is_judged_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls, find = [], Library.unjudged

    def counted(self: Library, ids: Sequence[int]) -> bytearray:
        calls.append(len(ids))
        return find(self, ids)

    monkeypatch.setattr(Library, "unjudged", counted)
    async with opened(tmp_path, numbered_articles(9)) as reader:
        with held_up(monkeypatch, "unjudged"):
            for number in (1, 2, 3):
                await reader.pilot.press("d")
                await reader.wait_for_screen(f"✗{number}")
        await reader.settle()
        assert calls == [9]
        assert "6 left" in reader.screen
        await reader.press("u")
        assert "7 left" in reader.screen
        assert calls == [9]
