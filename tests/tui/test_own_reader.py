"""Every setting does what it says: each is named here with the test that shows its effect, most of them below."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.library import Library
from reader.model import Mark
from reader.settings import Folders, entries
from reader.settings.file import parse
from reader.tui.app import DatelineApp
from reader.tui.article_view import WIDEST, ArticleView
from reader.tui.headline_list import HeadlineList
from reader.tui.status_line import StatusLine
from tests.builders import article_text, environment, folder
from tests.cli.run import dateline
from tests.pty_session import PtySession

SHOWN_BY = {
    "searches": "tests/tui/test_keeping.py::test_a_filter_is_kept_in_the_file_and_used_by_its_name",
    "search_letters": "tests/tui/test_keeping.py::test_kept_searches_are_listed_with_their_keys_and_what_is_unread_in_them",
    "watch": "tests/tui/test_arriving.py::test_what_is_watched_rings_once_and_is_marked",
    "index": "tests/faults/test_shared_index.py::test_it_is_read_and_never_written_to_by_others",
    "archive": "test_the_archive_is_the_one_of_the_settings",
    "mark_read_after": "test_an_opened_article_is_marked_read_as_the_settings_say",
    "advance": "test_a_verdict_goes_on_where_the_settings_say_so",
    "layout": "test_the_panes_stand_as_the_settings_say",
    "columns": "test_the_list_has_the_columns_of_the_settings",
    "highlight": "test_rows_are_coloured_by_filter",
    "theme": "test_the_theme_is_the_one_of_the_settings",
    "ascii": "test_ascii_leaves_no_other_sign_on_screen",
    "low_bandwidth": "test_a_slow_line_gets_sixteen_colours",
    "preset": "test_keys_are_those_of_the_preset_and_ones_own",
    "keys": "test_keys_are_those_of_the_preset_and_ones_own",
    "macros": "test_a_key_can_do_several_actions",
    "browser": "tests/tui/test_sending.py::test_a_browser_of_the_settings_gets_one_argument_also_over_ssh",
    "clipboard": "tests/tui/test_sending.py::test_a_clipboard_program_of_the_settings_is_fed",
    "citation": "tests/tui/test_sending.py::test_links_and_citations_are_copied",
    "citations": "tests/tui/test_sending.py::test_links_and_citations_are_copied",
    "unbind_all": "test_without_all_other_keys_only_ones_own_count",
}
"""By setting, the test that shows its effect."""

COMMAND = [sys.executable, "-m", "reader"]
STARRED, READ = Mark(is_starred=True), Mark(is_read=True)


def wire(root: Path) -> Path:
    """Four stories, the newest first: Flood, Story 3, Story 2, Story 1."""
    stories = {f"{number}.md": article_text(f"Story {number}", "Words.\n\n- point\n", date=f"2024-11-0{number}") for number in (1, 2, 3)}
    return folder(root, {**stories, "4.md": article_text("Flood", "Water.\n", date="2024-11-04", category="World", author="Ann Lee")})


@asynccontextmanager
async def opened(tmp_path: Path, settings_text: str, width: int = 120) -> AsyncIterator[tuple[DatelineApp, Pilot[int]]]:
    """The reader on the four stories, with settings."""
    settings, problems = parse(settings_text, "settings.yaml", themes=("textual-dark", "newsprint"))
    assert problems == ()
    library = Library([str(wire(tmp_path / "wire"))], Folders(tmp_path / "config", tmp_path / "cache", tmp_path / "state"))
    app = DatelineApp(library, settings)
    async with app.run_test(size=(width, 30)) as pilot:
        await settled(app, pilot)
        yield app, pilot


async def settled(app: DatelineApp, pilot: Pilot[int]) -> None:
    """Waits until all that was asked for is on the screen."""
    for _ in range(1000):
        await pilot.pause(0.01)
        if app.is_idle:
            await pilot.pause()
            return
    raise AssertionError("the reader never came to rest")


async def press(app: DatelineApp, pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(app, pilot)


def lines(app: DatelineApp) -> list[str]:
    """The list as it is painted."""
    pane = app.screen.query_one(HeadlineList)
    return ["".join(segment.text for segment in pane.render_line(y)) for y in range(pane.size.height)]


def marks(tmp_path: Path) -> dict[str, Mark]:
    """By headline, what another session sees."""
    library = Library([str(tmp_path / "wire")], Folders(tmp_path / "config", tmp_path / "cache", tmp_path / "state"))
    rows = [library.row_of(f"{number}.md") for number in (1, 2, 3, 4)]
    return {row.headline: row.mark for row in rows if row is not None and row.mark != Mark()}


def test_every_setting_has_a_test_that_shows_its_effect() -> None:
    assert {entry.name for entry in entries()} == set(SHOWN_BY)
    for name, test in SHOWN_BY.items():
        file, _, function = test.rpartition("::")
        source = Path(__file__).resolve().parents[2] / file if file else Path(__file__)
        assert f"def {function}(" in source.read_text(encoding="utf-8"), (name, test)


def test_the_archive_is_the_one_of_the_settings(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "config/dateline").mkdir(parents=True)
    (home / "config/dateline/settings.yaml").write_text(f"archive: {wire(tmp_path / 'wire')}\n")
    assert "Flood" in dateline(home, "list").out
    assert "Flood" not in dateline(home, "list", DATELINE_ARCHIVE=str(folder(tmp_path / "other", {"a.md": article_text("Other")}))).out


@pytest.mark.parametrize(("value", "is_read"), [("0", True), ("never", False)])
async def test_an_opened_article_is_marked_read_as_the_settings_say(tmp_path: Path, value: str, is_read: bool) -> None:
    async with opened(tmp_path, f"mark_read_after: {value}\n") as (app, pilot):
        await press(app, pilot, "enter")
        for _ in range(50):
            await pilot.pause(0.01)
        await settled(app, pilot)
    assert marks(tmp_path) == ({"Flood": READ} if is_read else {})


@pytest.mark.parametrize(("value", "cursor"), [("true", 1), ("false", 0)])
async def test_a_verdict_goes_on_where_the_settings_say_so(tmp_path: Path, value: str, cursor: int) -> None:
    async with opened(tmp_path, f"advance: {value}\nmark_read_after: never\n") as (app, pilot):
        await press(app, pilot, "s")
        assert app.screen.query_one(HeadlineList).cursor == cursor


@pytest.mark.parametrize("value", ["side", "stack", "single"])
async def test_the_panes_stand_as_the_settings_say(tmp_path: Path, value: str) -> None:
    async with opened(tmp_path, f"layout: {value}\n") as (app, _):
        listed, article = app.screen.query_one(HeadlineList).region, app.screen.query_one(ArticleView).region
        found = {"side": article.x >= listed.right, "stack": article.y >= listed.bottom, "single": not article.area}
        assert [name for name, is_so in found.items() if is_so] == [value]


@pytest.mark.parametrize("width", [100, 160, 161, 200, 300])
async def test_the_list_has_what_the_widest_text_leaves(tmp_path: Path, width: int) -> None:
    async with opened(tmp_path, "", width) as (app, _):
        listed, article = app.screen.query_one(HeadlineList), app.screen.query_one(ArticleView)
        assert listed.region.right == article.region.x
        assert article.region.right == width
        if width <= 160:
            assert (listed.region.width, article.text_width <= WIDEST) == (width * 2 // 5, True)
        else:
            assert (article.region.width, article.text_width) == (96, WIDEST)


async def test_the_list_has_the_columns_of_the_settings(tmp_path: Path) -> None:
    async with opened(tmp_path, "columns: [category, headline, author, marks]\nlayout: stack\n") as (app, _):
        row = next(line for line in lines(app) if "Flood" in line)
        assert re.fullmatch(r"World +Flood +Ann Lee +● +", row)


async def test_rows_are_coloured_by_filter(tmp_path: Path) -> None:
    async with opened(tmp_path, "highlight: {'is:starred': error, 'story': success}\n") as (app, pilot):
        listed = app.screen.query_one(HeadlineList)

        def colours() -> dict[str, str]:
            segments = [segment for y in range(listed.size.height) for segment in listed.render_line(y) if segment.style]
            known = {str(listed.get_component_rich_style(f"headline-list--row-{name}").color): name for name in ("error", "success")}
            return {
                segment.text.strip(): known[str(segment.style.color)]
                for segment in segments
                if segment.style and str(segment.style.color) in known and "Story" in segment.text
            }

        assert colours() == {"Story 3": "success", "Story 2": "success", "Story 1": "success"}
        await press(app, pilot, "j", "s", "j")
        await settled(app, pilot)
        assert colours() == {"Story 3": "error", "Story 1": "success"}


async def test_the_theme_is_the_one_of_the_settings(tmp_path: Path) -> None:
    async with opened(tmp_path, "theme: newsprint\n") as (app, _):
        assert app.theme == "newsprint"
        assert app.screen.styles.background.hex.lower() == "#efebe2"


async def test_keys_are_those_of_the_preset_and_ones_own(tmp_path: Path) -> None:
    async with opened(tmp_path, "preset: mutt\nkeys: {star: [ctrl+t]}\nmark_read_after: never\n") as (app, pilot):
        await press(app, pilot, "asterisk")
        assert app.screen.query_one(HeadlineList).cursor == 3
        await press(app, pilot, "ctrl+t", "equals_sign", "N", "s")
        assert marks(tmp_path) == {"Story 1": STARRED, "Flood": READ}


async def test_a_key_can_do_several_actions(tmp_path: Path) -> None:
    async with opened(tmp_path, "macros: {ctrl+t: [star, next, star]}\nmark_read_after: never\n") as (app, pilot):
        await press(app, pilot, "ctrl+t")
        assert marks(tmp_path) == {"Flood": STARRED, "Story 3": STARRED}


async def test_without_all_other_keys_only_ones_own_count(tmp_path: Path) -> None:
    async with opened(tmp_path, "unbind_all: true\nkeys: {next: n}\nmark_read_after: never\n") as (app, pilot):
        await press(app, pilot, "j", "s", "n")
        assert app.screen.query_one(HeadlineList).cursor == 1
        assert marks(tmp_path) == {}


@pytest.mark.parametrize("changes", [{"LC_ALL": "", "LANG": "C"}, {}], ids=["locale", "setting"])
def test_ascii_leaves_no_other_sign_on_screen(tmp_path: Path, changes: dict[str, str]) -> None:
    body = "> quoted\n\n- one\n  - two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n\n“Words” — and [a link](https://e.org/)…\n"
    archive = folder(tmp_path / "wire", {"a.md": article_text("Signs", body, date="2024-11-01"), "b.md": article_text("Other")})
    env = environment(tmp_path / "home", **changes)
    if not changes:
        (tmp_path / "settings.yaml").write_text("ascii: true\n")
        env["DATELINE_SETTINGS"] = str(tmp_path / "settings.yaml")
    with PtySession([*COMMAND, str(archive)], env=env) as session:
        session.wait_for_text("Signs", "quoted", timeout=30)
        session.send("s\r?")
        session.wait_for_text("Esc closes")
        session.settled()
        session.send("\x1b")
        session.wait_for(lambda screen: "Esc closes" not in screen.text)
        session.send("\x11")
        assert session.wait_exit() == 0
        assert bytes(session.raw).isascii()


SOME_COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?[34]8;[25];")


def test_a_slow_line_gets_sixteen_colours(tmp_path: Path) -> None:
    archive = wire(tmp_path / "wire")
    with PtySession([*COMMAND, str(archive), "--low-bandwidth"], env=environment(tmp_path / "home")) as session:
        session.wait_for_text("Flood", timeout=30)
        session.settled()
        assert SOME_COLOUR.search(session.raw) is None
    remote = environment(tmp_path / "home", SSH_CONNECTION="a 1 b 2")
    with PtySession([*COMMAND, str(archive)], env=remote, answer_seconds=0.4) as session:
        session.wait_for_text("Flood", "slow connection: sixteen colours", timeout=30)
        session.settled(quiet_ms=500)
        before = len(session.raw)
        session.send("jjk")
        session.settled()
        assert SOME_COLOUR.search(session.raw, before) is None
    with PtySession([*COMMAND, str(archive)], env=remote) as session:
        session.wait_for_text(" of ", timeout=30)
        session.settled()
        assert SOME_COLOUR.search(session.raw) is not None


def test_a_broken_settings_file_is_told_of_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("layout: side\ntheme: [\n")
    env = environment(tmp_path / "home", DATELINE_SETTINGS=str(tmp_path / "settings.yaml"))
    with PtySession([*COMMAND, str(wire(tmp_path / "wire"))], env=env, columns=160) as session:
        session.wait_for_text("Flood", "settings.yaml:3", "defaults are used", timeout=30)
        session.send("q")
        assert session.wait_exit() == 0


async def test_where_all_mistakes_are_told_is_said_before_the_first(tmp_path: Path) -> None:
    async with opened(tmp_path, "") as (app, pilot):
        for complaints, said in [(["one"], "one"), (["one", "two"], "2 mistakes, all told by `dateline config` · one · two")]:
            app.screen.query_one(StatusLine).clear()
            app._main.complain(complaints)
            await settled(app, pilot)
            assert app.screen.query_one(StatusLine).said == said
