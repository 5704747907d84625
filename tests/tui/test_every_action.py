"""Every action of the table by each of its keys: what is there before, the key, what is there then. No action is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.actions import ACTIONS
from reader.tui import outside
from reader.tui.concordance_sheet import ConcordanceSheet
from reader.tui.export_panel import ExportPanel
from reader.tui.facets_panel import FacetsPanel
from reader.tui.help_screen import HelpScreen
from reader.tui.hint_screen import HintScreen
from reader.tui.names_sheet import NamesSheet
from reader.tui.note_drawer import NoteDrawer
from reader.tui.prompt import Prompt
from reader.tui.queue_panel import QueuePanel
from reader.tui.related_sheet import RelatedSheet
from reader.tui.searches_sheet import SearchesSheet
from reader.tui.sort_panel import SortPanel
from reader.tui.sparkline import Sparkline
from reader.tui.steps_panel import StepsPanel
from reader.tui.timeline_panel import TimelinePanel
from tests.builders import article_text, numbered_articles
from tests.tui.opened import Reader, opened

LONG = "Ines Calloway met [words](https://one.example/1) in Lyon.\n\n" + "\n\n".join(f"Paragraph {number}." for number in range(99))
STORIES = {
    **numbered_articles(40),
    **{
        f"story-{number:05}.md": article_text(f"Long {number}", LONG, date=f"2024-11-15T{12 - number}:00:00Z", origin_url="https://e.org/x")
        for number in (0, 1)
    },
}

Look = Callable[[Reader], object]
"""What of the reader is looked at."""


def key(number: int) -> str:
    return f"story-{number:05}.md"


def row(reader: Reader) -> object:
    return reader.desk.headlines.cursor


def place(reader: Reader) -> object:
    return reader.desk.place


def line(reader: Reader) -> object:
    return reader.desk.article.scroll_offset.y


def is_scrolled(reader: Reader) -> object:
    return reader.desk.article.scroll_offset.y > 1


def text(reader: Reader) -> object:
    return reader.desk.session.text


def selected(reader: Reader) -> object:
    return len(reader.desk.session.selection)


def prompt(reader: Reader) -> object:
    drawer = reader.desk.drawer
    return drawer._label if reader.desk.has_drawer and isinstance(drawer, Prompt) else None


def drawer(reader: Reader) -> object:
    return type(reader.desk.drawer) if reader.desk.has_drawer else None


def sheet(reader: Reader) -> object:
    return type(reader.pilot.app.screen)


def found(query: str) -> Look:
    return lambda reader: reader.keys_with(query)


def is_said(words: str) -> Look:
    return lambda reader: words in reader.screen


def has_sparkline(reader: Reader) -> object:
    return bool(reader.desk.screen.query(Sparkline))


@dataclass(frozen=True)
class Case:
    """One action: the keys before its own, and what is looked at then."""

    action: str
    look: Look
    then: object
    before: Sequence[str] = ()


FILTERED = ("slash", "l", "o", "n", "g", "enter")

CASES = (
    Case("next", row, 1),
    Case("previous", row, 1, ("j", "j")),
    Case("line-down", line, 1, ("enter",)),
    Case("line-up", line, 1, ("enter", "j", "j")),
    Case("first", row, 0, ("j", "j")),
    Case("last", row, 39),
    Case("go-to-date", prompt, "go to date: "),
    Case("page-on", is_scrolled, True),
    Case("page-back", line, 0, ("space",)),
    Case("page-down", lambda reader: reader.desk.headlines.cursor > 9, True),
    Case("page-up", row, 0, ("j", "j")),
    Case("half-down", lambda reader: reader.desk.headlines.cursor > 4, True),
    Case("half-up", row, 0, ("j", "j")),
    Case("next-unread", row, 2, ("j", "m", "k")),
    Case("previous-unread", row, 0, ("j", "m", "j")),
    Case("scroll-down", line, 1),
    Case("scroll-up", line, 1, ("J", "J")),
    Case("open", place, "article"),
    Case("back", place, "list", ("enter",)),
    Case("filter", place, "filter"),
    Case("clear-filter", text, "", FILTERED),
    Case("sort", drawer, SortPanel),
    Case("find", prompt, "find: "),
    Case("searches", sheet, SearchesSheet, (*FILTERED, "g", "k", "x", "enter")),
    Case("keep-search", prompt, "keep as @", FILTERED),
    Case("watch", is_said("watch"), True, FILTERED),
    Case("toggle-read", found("is:read"), [key(0)]),
    Case("star", found("is:starred"), [key(0)]),
    Case("dismiss", found("is:skipped is:read"), [key(0)]),
    Case("tag", prompt, "tag: "),
    Case("untag", prompt, "untag: "),
    Case("note", drawer, NoteDrawer),
    Case("queue", found("is:queued"), [key(0)]),
    Case("read-listed", lambda reader: len(reader.keys_with("is:read")), 40),
    Case("read-above", found("is:read"), [key(0), key(1)], ("j",)),
    Case("undo", found("is:starred"), [], ("s",)),
    Case("redo", found("is:starred"), [key(0)], ("s", "u")),
    Case("history", drawer, StepsPanel),
    Case("select", selected, 1),
    Case("select-range", selected, 1),
    Case("select-all", selected, 40),
    Case("invert-selection", selected, 39, ("x",)),
    Case("show-queue", drawer, QueuePanel),
    Case("command", prompt, ":"),
    Case("facets", sheet, FacetsPanel),
    Case("timeline", sheet, TimelinePanel),
    Case("sparkline", has_sparkline, True),
    Case("entities", sheet, NamesSheet),
    Case("related", sheet, RelatedSheet),
    Case("concordance", sheet, ConcordanceSheet, FILTERED),
    Case("rescan", is_said("looking for new"), True),
    Case("layout", lambda reader: reader.desk.session.layout, "stack"),
    Case("help", sheet, HelpScreen),
    Case("open-link", is_said("https://e.org/x"), True),
    Case("hint-link", sheet, HintScreen),
    Case("copy-link", is_said("link "), True),
    Case("copy-citation", is_said("citation (plain)"), True),
    Case("pipe", prompt, "pipe to: "),
    Case("save", prompt, "save as: "),
    Case("export", drawer, ExportPanel),
    Case("follow-link", is_said("no link has the number"), True, ("j", "j", "enter")),
)

PARTS = 4
"""The cases are gone through in so many readers, which may run side by side."""

LEAVING = {"close": "exit", "quit": "exit", "suspend": "action_suspend_process"}
"""Actions that leave, and what of the program they call."""
LENT = {"pager": "less", "editor": "vi"}
"""Actions that lend the terminal, and to which program where nothing else is said."""
NO_KEY = {"rename-tag"}
"""Actions without a key of their own; the command line does them."""

_NAMES = {"pgdn": "pagedown", "pgup": "pageup"}


def pressed(written: str) -> list[str]:
    """The keys of the action table as the pilot names them."""
    return [_NAMES.get(each, each) for each in written.split(" ")]


def keys_of(action: str) -> tuple[str, ...]:
    return next(each.keys for each in ACTIONS if each.id == action)


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and links go nowhere but here."""
    monkeypatch.setenv("DATELINE_SETTINGS", str(tmp_path / "settings.yaml"))
    monkeypatch.setenv("SSH_CONNECTION", "198.51.100.7 5 198.51.100.8 22")
    for name in ("PAGER", "VISUAL", "EDITOR", "BROWSER"):
        monkeypatch.delenv(name, raising=False)


def test_every_action_is_pressed_here_and_no_other() -> None:
    cases = [case.action for case in CASES]
    assert sorted([*cases, *LEAVING, *LENT, *NO_KEY]) == sorted(action.id for action in ACTIONS)
    assert {action.id for action in ACTIONS if not action.keys} == NO_KEY


async def back_to_the_start(reader: Reader) -> None:
    """As if the reader had just been opened: nothing marked, nothing open, the cursor on the first row."""
    app, desk = reader.pilot.app, reader.desk
    while app.screen is not reader.main:
        await app.pop_screen()
    if desk.has_drawer:
        desk.drawer.close()
        await reader.settle()
    for sparkline in reader.main.query(Sparkline):
        sparkline.display = False
    desk.refit("auto")
    desk.status.clear()
    desk.session.selection.clear()
    reader.library.mark(lambda marks: marks.go_to(0))
    desk.go_to("list")
    desk.filter_by("")
    await reader.settle()
    desk.headlines.go(0)
    desk.article.scroll_top()
    await reader.settle()
    assert (row(reader), line(reader), selected(reader), text(reader)) == (0, 0, 0, "")


@pytest.mark.parametrize("part", range(PARTS))
async def test_each_key_does_what_its_action_says(tmp_path: Path, part: int) -> None:
    async with opened(tmp_path, STORIES) as reader:
        for case in CASES[part::PARTS]:
            for written in keys_of(case.action):
                await reader.press(*case.before)
                assert case.look(reader) != case.then, f"{case.action}: it is so before {written}"
                await reader.press(*pressed(written))
                assert case.look(reader) == case.then, f"{case.action} by {written}\n{reader.screen}"
                await back_to_the_start(reader)


async def test_each_key_that_leaves_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path, STORIES) as reader:
        left: list[str] = []
        for name in set(LEAVING.values()):
            monkeypatch.setattr(reader.pilot.app, name, lambda *_, name=name: left.append(name))
        for action, name in LEAVING.items():
            for written in keys_of(action):
                await reader.press(*pressed(written))
                assert left.pop() == name, (action, written)


async def test_each_key_that_lends_the_terminal_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lent: list[str] = []
    monkeypatch.setattr(outside, "lend_terminal", lambda _, command, *__, **___: lent.append(Path(command[0]).name) or 0)
    async with opened(tmp_path, STORIES) as reader:
        for action, program in LENT.items():
            for written in keys_of(action):
                await reader.press(*pressed(written))
                assert lent.pop() == program, (action, written)
