"""The filter bar: what it says of typing, pasting and leaving, and completion that never gets in the way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input

from reader.model import Facet
from reader.query.chips import chips
from reader.query.complete import Completion, Option, complete
from reader.query.syntax import parse
from reader.query.tree import Hint
from reader.tui.completion_popup import CompletionPopup
from reader.tui.filter_bar import FilterBar

VALUES = (
    Facet("WORLD", 412),
    Facet("World Cup", 39),
    Facet("Wor\x1b[31mse", 3),
    Facet("Wörgl", 2),
    Facet("Worms", 1),
)


def values_of(field: str, beginning: str, most: int) -> Sequence[Facet]:
    return [facet for facet in VALUES if facet.value.casefold().startswith(beginning.casefold())][:most] if field == "category" else []


class BarApp(App[None]):
    """The bar alone, with a parser and an archive of one field."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = FilterBar()
        self.said: list[Message] = []
        self.answers = True

    def compose(self) -> ComposeResult:
        yield self.bar

    def on_filter_bar_edited(self, message: FilterBar.Edited) -> None:
        self.said.append(message)
        query = parse(message.text, final=False)
        self.bar.show_parse(chips(query), query.error)

    def on_filter_bar_submitted(self, message: FilterBar.Submitted) -> None:
        self.said.append(message)

    def on_filter_bar_left(self, message: FilterBar.Left) -> None:
        self.said.append(message)

    def on_filter_bar_completion_requested(self, message: FilterBar.CompletionRequested) -> None:
        self.said.append(message)
        if self.answers:
            self.bar.offer(message.serial, complete(message.text, message.cursor, values_of))


KEY_NAMES = {" ": "space", ":": "colon", "/": "slash", "-": "minus", '"': "quotation_mark"}


class Typing:
    """A bar on a screen, in use."""

    def __init__(self, app: BarApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.bar = app.bar
        self.popup = app.query_one(CompletionPopup)

    async def type(self, text: str) -> None:
        for character in text:
            await self.pilot.press(KEY_NAMES.get(character, character))
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        self.app.query_one(Input).post_message(Paste(text))
        await self.pilot.pause()

    def edits(self) -> list[str]:
        return [message.text for message in self.app.said if isinstance(message, FilterBar.Edited)]

    def last_request(self) -> FilterBar.CompletionRequested:
        return [message for message in self.app.said if isinstance(message, FilterBar.CompletionRequested)][-1]

    def screen(self) -> list[str]:
        lines = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in lines]


@asynccontextmanager
async def typing(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Typing]:
    app = BarApp()
    async with app.run_test(size=size) as pilot:
        app.bar.begin()
        await pilot.pause()
        yield Typing(app, pilot)


async def test_every_letter_is_told_at_once() -> None:
    async with typing() as bar:
        await bar.type("is:r")
        assert bar.edits() == ["i", "is", "is:", "is:r"]
        await bar.press("backspace")
        assert bar.edits()[-1] == "is:"


async def test_enter_goes_on_and_escape_goes_back_with_the_text_kept() -> None:
    async with typing() as bar:
        await bar.type("flood ")
        await bar.press("enter")
        assert isinstance(bar.app.said[-1], FilterBar.Submitted)
        await bar.press("escape")
        assert isinstance(bar.app.said[-1], FilterBar.Left)
        assert bar.bar.text == "flood "


async def test_a_filter_that_nobody_typed_is_shown_without_a_word() -> None:
    async with typing() as bar:
        bar.bar.set_text("is:unread\n-sport\x1b")
        await bar.pilot.pause()
        assert bar.bar.text == "is:unread -sport␛"
        assert bar.edits() == []


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("place:Lyon\nis:unread\r\n", "place:Lyon is:unread"),
        ("a\tb\x00c\x1b]52;c;x\x07", "a b␀c␛]52;c;x␇"),
        ("Lyon\u202eevil\u2066", "Lyon�evil"),
        ("  \n ", ""),
    ],
)
async def test_what_is_pasted_is_one_harmless_line(pasted: str, text: str) -> None:
    async with typing() as bar:
        await bar.paste(pasted)
        assert bar.bar.text == text


async def test_pasting_replaces_what_is_selected() -> None:
    async with typing() as bar:
        await bar.type("old")
        await bar.press("shift+home")
        await bar.paste("new\nwords")
        assert bar.bar.text == "new words"


async def test_completion_offers_fields_then_values_with_their_counts() -> None:
    async with typing() as bar:
        await bar.type("cat")
        assert any("category:" in line for line in bar.screen())
        await bar.press("tab")
        assert bar.bar.text == "category:"
        assert any("WORLD" in line and "412" in line for line in bar.screen())
        await bar.type("wo")
        await bar.press("down", "down", "enter")
        assert bar.bar.text == 'category:"World Cup" '
        assert not bar.popup.is_open


async def test_enter_is_never_stolen_by_an_offer() -> None:
    async with typing() as bar:
        await bar.type("category:wo")
        assert bar.popup.is_open
        await bar.press("enter")
        assert isinstance(bar.app.said[-1], FilterBar.Submitted)
        assert bar.bar.text == "category:wo"


async def test_moving_back_above_the_first_option_chooses_none() -> None:
    async with typing() as bar:
        await bar.type("category:wo")
        await bar.press("down", "up", "up", "enter")
        assert isinstance(bar.app.said[-1], FilterBar.Submitted)


async def test_escape_drops_a_choice_first() -> None:
    async with typing() as bar:
        await bar.type("category:wo")
        await bar.press("down", "escape")
        assert not bar.popup.is_open
        assert not any(isinstance(message, FilterBar.Left) for message in bar.app.said)
        await bar.press("escape")
        assert isinstance(bar.app.said[-1], FilterBar.Left)


async def test_between_words_options_come_only_when_asked_for() -> None:
    async with typing() as bar:
        await bar.type("flood ")
        assert not bar.popup.is_open
        await bar.press("tab")
        assert bar.popup.is_open
        assert bar.bar.text == "flood "


async def test_late_offers_are_dropped() -> None:
    async with typing() as bar:
        bar.app.answers = False
        await bar.type("cat")
        stale = bar.last_request().serial
        await bar.type("e")
        bar.bar.offer(stale, Completion(0, 3, (Option("category:", "category:"),)))
        assert not bar.popup.is_open
        bar.bar.offer(bar.last_request().serial, Completion(0, 4, (Option("category:", "category:"),)))
        assert bar.popup.is_open
        await bar.type("x")
        bar.bar.offer(bar.last_request().serial, Completion(5, 5))
        assert not bar.popup.is_open


@pytest.mark.parametrize(("keys", "text"), [(("tab",), "category:"), (("down",), "cat")])
async def test_a_key_for_options_is_about_the_text_as_it_is(keys: tuple[str, ...], text: str) -> None:
    async with typing() as bar:
        await bar.type("ca")
        assert bar.popup.is_open
        bar.app.answers = False
        await bar.press("t", *keys)
        assert bar.bar.text == "cat"
        request = bar.last_request()
        assert (request.text, request.is_awaited) == ("cat", True)
        bar.bar.offer(request.serial, complete("cat", 3, values_of))
        assert bar.bar.text == text
        assert bar.popup.chosen is None or bar.popup.chosen.text == "category:"


async def test_a_click_between_words_ends_the_wait_for_options_of_a_word() -> None:
    async with typing() as bar:
        bar.app.answers = False
        await bar.type("flood cat")
        await bar.press("tab")
        assert bar.bar.is_waiting
        await bar.pilot.click(Input, offset=(len("flood "), 0))
        assert not bar.bar.is_waiting
        bar.bar.offer(bar.last_request().serial, complete("flood cat", 9, values_of))
        await bar.type("x")
        assert bar.bar.text == "flood xcat"


async def test_options_that_come_while_the_cursor_is_elsewhere_are_waited_for_no_longer() -> None:
    async with typing() as bar:
        bar.app.answers = False
        await bar.type("cat")
        await bar.press("tab")
        line = bar.app.query_one(Input)
        line.cursor_position = 1
        bar.bar.offer(bar.last_request().serial, complete("cat", 3, values_of))
        line.cursor_position = 3
        await bar.pilot.pause()
        assert (bar.bar.is_waiting, bar.bar.text) == (False, "cat")


async def test_options_are_waited_for_no_longer_once_the_bar_is_left() -> None:
    async with typing() as bar:
        bar.app.answers = False
        await bar.type("cat")
        await bar.press("tab")
        bar.app.screen.set_focus(None)
        await bar.pilot.pause()
        assert not bar.bar.is_waiting


async def test_an_option_moved_to_is_not_taken_for_another_text() -> None:
    async with typing() as bar:
        await bar.type("category:wo")
        await bar.press("down")
        bar.app.answers = False
        await bar.press("z", "enter")
        assert bar.bar.text == "category:woz"
        assert isinstance(bar.app.said[-1], FilterBar.Submitted)


async def test_the_cursor_stays_in_sight_when_the_echo_takes_its_room() -> None:
    async with typing((120, 12)) as bar:
        await bar.type(f"{'-sport ' * 11}flood")
        bar.bar.show_parse([])
        await bar.press("home", "end")
        assert bar.screen()[0].startswith("/ -sport")
        bar.bar.show_parse(["¬sport"] * 12)
        await bar.pilot.pause()
        assert "flood" in bar.screen()[0]


async def test_a_bar_that_is_left_shows_where_its_text_begins_and_that_it_goes_on() -> None:
    app = BarApp()
    async with app.run_test(size=(40, 12)) as pilot:
        app.bar.begin()
        bar = Typing(app, pilot)
        await bar.type("category:world is:unread harbour since:7d")
        assert "since:7d" in bar.screen()[0]
        app.set_focus(None)
        await pilot.pause()
        assert bar.screen()[0].startswith("/ category:world is:unread harbour")
        assert bar.screen()[0].endswith("…")
        app.bar.begin()
        await pilot.pause()
        assert "since:7d" in bar.screen()[0]
        app.set_focus(None)
        app.bar.set_text("category:sport is:unread harbour since:8d")
        await pilot.pause()
        assert bar.screen()[0].startswith("/ category:sport is:unread harbour")


async def test_values_of_the_archive_are_shown_and_taken_harmless() -> None:
    async with typing() as bar:
        await bar.type("category:wor")
        await bar.press("down", "down", "down")
        assert any("Wor␛[31mse" in line for line in bar.screen())
        await bar.press("enter")
        assert "\x1b" not in bar.bar.text


async def test_a_click_takes_an_option() -> None:
    async with typing() as bar:
        await bar.type("category:wo")
        await bar.pilot.click(CompletionPopup, offset=(3, 1))
        await bar.pilot.pause()
        assert bar.bar.text == 'category:"World Cup" '


async def test_the_popup_leaves_most_of_a_small_screen_to_the_list() -> None:
    async with typing((40, 12)) as bar:
        await bar.type("category:wo")
        assert bar.popup.size.height == 3
        await bar.press("down", "down", "down", "down")
        assert any("Worms" in line or "Wörgl" in line for line in bar.screen())
        assert bar.popup.region.right <= 40


@pytest.mark.parametrize("width", [40, 60, 90, 200])
async def test_the_parse_and_the_count_are_echoed(width: int) -> None:
    async with typing((width, 12)) as bar:
        await bar.type("-sport is:unread")
        bar.bar.show_count("41 of 18,204")
        await bar.pilot.pause()
        shown = "\n".join(bar.screen())
        assert "¬sport ∧ unread" in shown
        assert "41 of 18,204" in shown
        assert "-sport is:" in shown


async def test_a_mistake_is_underlined_and_explained() -> None:
    async with typing() as bar:
        await bar.type("is:unraed flood")
        line = bar.app.query_one(Input).render_line(0)
        assert "".join(segment.text for segment in line if segment.style and segment.style.underline).strip() == "unraed"
        assert any("did you mean is:unread?" in text for text in bar.screen())
        await bar.press("ctrl+u")
        line = bar.app.query_one(Input).render_line(0)
        assert not any(segment.style and segment.style.underline for segment in line)


async def test_an_explanation_is_never_markup() -> None:
    async with typing() as bar:
        bar.bar.show_parse(["[/]", "[@click=app.quit]x[/]"])
        bar.bar.show_count("[bold]")
        await bar.type("x")
        bar.bar.show_parse((), Hint("no field [/foo]\x1b", 0, 1, is_error=True))
        await bar.pilot.pause()
        assert any("no field [/foo]␛" in line for line in bar.screen())


async def test_ascii_bars_echo_in_ascii() -> None:
    app = BarApp()
    app.bar = FilterBar(ascii_only=True)
    async with app.run_test(size=(120, 10)) as pilot:
        app.bar.begin()
        app.bar.show_parse(["¬sport", "(place=Lyon ∨ Marseille)", "≥2024"])
        await pilot.pause()
        assert "-sport & (place=Lyon | Marseille) & >=2024" in "\n".join(Typing(app, pilot).screen())


async def test_a_bar_at_rest_sends_nothing() -> None:
    async with typing() as bar:
        assert not bar.app.query_one(Input).cursor_blink
