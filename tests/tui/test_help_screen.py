"""The help and the footer: both say what the tables say, at any size."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Input

from reader.actions import ACTIONS
from reader.query.fields import FIELDS
from reader.tui.command_words import VERBS
from reader.tui.footer import Footer
from reader.tui.help_screen import HelpScreen, found
from reader.tui.keymap import Keymap


class HelpApp(App[None]):
    """A page with a footer, and the help over it."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.keymap = keymap
        self.pressed: list[str] = []

    def compose(self) -> ComposeResult:
        yield Footer(self.keymap)

    def on_footer_pressed(self, message: Footer.Pressed) -> None:
        self.pressed.append(message.action)


def screen_lines(app: App[None]) -> list[str]:
    return ["".join(segment.text for segment in strip).rstrip() for strip in app.screen._compositor.render_strips()]


def test_every_action_every_command_and_every_field_is_told_with_its_help() -> None:
    told = {(entry.name, entry.says) for entry in found(Keymap(), "")}
    for action in ACTIONS:
        assert any(action.help in says and action.id in says for _, says in told), action.id
    for verb in VERBS.values():
        assert (f":{verb.usage}", verb.help) in told
    for field in FIELDS:
        assert any(name == field.sample and field.help in says for name, says in told), field.name
        assert all(any(name == field.sample and choice.name in says for name, says in told) for choice in field.choices)


def test_the_keys_are_those_in_force() -> None:
    names = {entry.says: entry.name for entry in found(Keymap({"star": ("f", "ctrl+t"), "redo": ()}), "")}
    assert next(name for says, name in names.items() if "(star)" in says) == "f  ctrl+t"
    assert next(name for says, name in names.items() if "(redo)" in says) == "no key"


def test_a_number_is_told_with_the_keys_in_force() -> None:
    told = {entry.name for entry in found(Keymap({"dismiss": ("f",), "next": ()}), "so many from the cursor")}
    assert told == {"A number first, in the list", "3 f"}


@pytest.mark.parametrize(
    ("searched", "is_found", "is_not"),
    [
        ("star", "star, or take", "go to the next headline"),
        ("next UNREAD", "go to the next unread", "headline (next)"),
        (":unstar", "take the star from all that fits", "a phrase"),
        ("category:world", "the desk", "a phrase"),
    ],
)
def test_searching_leaves_what_has_all_the_words(searched: str, is_found: str, is_not: str) -> None:
    says = [entry.says for entry in found(Keymap(), searched)]
    assert any(is_found in each for each in says)
    assert not any(is_not in each for each in says)


def test_a_heading_stands_only_over_something() -> None:
    entries = found(Keymap(), "undo")
    for heading, following in zip(entries, [*entries[1:], None], strict=True):
        if not heading.says:
            assert following is not None
            assert following.says
    assert found(Keymap(), "no such thing") == []


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60), (30, 10)])
async def test_all_of_the_help_can_be_read_at_any_size(size: tuple[int, int]) -> None:
    app = HelpApp(Keymap())
    async with app.run_test(size=size) as pilot:
        app.push_screen(HelpScreen(Keymap()))
        await pilot.pause()
        seen: list[str] = []
        for _ in range(400):
            lines = screen_lines(app)
            seen += lines
            await pilot.press("pagedown")
            await pilot.pause()
            if screen_lines(app) == lines:
                break
        text = " ".join(" ".join(line.split()) for line in seen)
        assert "quit from anywhere" in text if size[0] >= 80 else "quit" in text
        assert "limit:50" in text
        assert all(len(line) <= size[0] for line in seen)


async def test_typing_searches_and_escape_closes() -> None:
    app = HelpApp(Keymap())
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(HelpScreen(Keymap()))
        await pilot.pause()
        await pilot.press(*"rescan")
        await pilot.pause()
        lines = screen_lines(app)
        assert any("look for new, changed and removed files now" in line for line in lines)
        assert not any("go to the next headline" in line for line in lines)
        assert app.screen.query_one(Input).value == "rescan"
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize(
    ("width", "shown", "left_out"),
    [
        (30, ["Enter open"], ["quit"]),
        (60, ["Enter open", "space read on", "/ filter", "s star"], ["quit"]),
        (100, ["? keys", "q quit"], []),
    ],
)
async def test_the_footer_drops_keys_from_the_right(width: int, shown: list[str], left_out: list[str]) -> None:
    app = HelpApp(Keymap())
    async with app.run_test(size=(width, 4)) as pilot:
        await pilot.pause()
        line = screen_lines(app)[-1]
        assert all(words in line for words in shown)
        assert not any(words in line for words in left_out)
        assert not line.endswith("…")


async def test_the_footer_follows_the_place_and_the_keymap() -> None:
    app = HelpApp(Keymap({"star": ("f",), "filter": ()}))
    async with app.run_test(size=(120, 4)) as pilot:
        await pilot.pause()
        footer = app.query_one(Footer)
        assert "f star" in screen_lines(app)[-1]
        assert "filter" not in screen_lines(app)[-1]
        footer.place = "article"
        await pilot.pause()
        assert "open" not in screen_lines(app)[-1]
        footer.place = "filter"
        await pilot.pause()
        assert "Tab complete" in screen_lines(app)[-1]


async def test_the_footer_shows_what_is_awaited() -> None:
    app = HelpApp(Keymap())
    async with app.run_test(size=(40, 4)) as pilot:
        app.query_one(Footer).pending = "5 g"
        await pilot.pause()
        assert screen_lines(app)[-1].endswith("5 g")


@pytest.mark.parametrize("width", range(60, 90))
async def test_no_key_is_cut_for_what_stands_at_the_end(width: int) -> None:
    app = HelpApp(Keymap())
    async with app.run_test(size=(width, 4)) as pilot:
        app.query_one(Footer).aside = "163 left"
        await pilot.pause()
        keys = screen_lines(app)[-1].removesuffix("163 left").strip().split("  ")
        assert keys[-1] in ("s star", "d dismiss", "m read", "u undo", "? keys", "q quit")


async def test_a_click_on_a_key_presses_it() -> None:
    app = HelpApp(Keymap())
    async with app.run_test(size=(100, 4)) as pilot:
        await pilot.pause()
        at = screen_lines(app)[-1].index("/ filter")
        await pilot.click(Footer, offset=(at + 3, 0))
        await pilot.pause()
        assert app.pressed == ["filter"]


async def test_a_search_that_finds_nothing_says_so() -> None:
    app = HelpApp(Keymap())
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(HelpScreen(app.keymap))
        await pilot.pause()
        await pilot.press(*"zebra")
        await pilot.pause()
        assert "nothing here has all these words" in "\n".join(screen_lines(app))
