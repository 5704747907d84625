"""The look: every sheet parses, every theme shows it, and NO_COLOR sends no colour."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.css.stylesheet import Stylesheet

from reader.model import ArticleId, ArticleKey, HeadlineRow
from reader.settings import packaged
from reader.tui import look
from reader.tui.ascii_signs import lacks_unicode
from reader.tui.filter_bar import FilterBar
from reader.tui.footer import Footer
from reader.tui.headline_list import HeadlineList
from reader.tui.help_screen import HelpScreen
from reader.tui.keymap import Keymap


class LookApp(App[None]):
    """All panes of this folder, dressed."""

    CSS_PATH = look.stylesheets()

    def __init__(self, wanted: look.Look) -> None:
        super().__init__(ansi_color=wanted.ansi_color)
        self.wanted = wanted

    def compose(self) -> ComposeResult:
        yield FilterBar()
        yield HeadlineList(lambda ids: [HeadlineRow(each, ArticleKey("a"), "a.md", "/news", "Story", None) for each in ids])
        yield Footer(Keymap())

    def on_mount(self) -> None:
        self.theme = self.wanted.theme
        self.query_one(HeadlineList).show([ArticleId(9), ArticleId(5)])
        self.query_one(HeadlineList).focus()


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "gruvbox", "ansi-dark", "ansi-light"])
async def test_the_style_sheets_fit_every_kind_of_theme(theme: str) -> None:
    app = LookApp(look.look_for(theme, {}))
    async with app.run_test(size=(80, 12)) as pilot:
        look.style_what_opens(app.stylesheet)
        app.push_screen(HelpScreen(Keymap()))
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert app.theme == theme
        cursor, other = (app.query_one(HeadlineList).render_line(y) for y in (1, 2))
        assert [segment.style for segment in cursor] != [segment.style for segment in other]


async def test_without_colour_none_is_sent_and_the_cursor_still_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = LookApp(look.look_for("gruvbox", {"NO_COLOR": "1"}))
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        painted = [segment for strip in strips for segment in strip.apply_filter(app._filters[-1], app.screen.styles.background)]
        for segment in painted:
            assert segment.style is None or (segment.style.color is None or segment.style.color.is_default)
            assert segment.style is None or (segment.style.bgcolor is None or segment.style.bgcolor.is_default)
        assert any(segment.style and segment.style.reverse and "Story" in segment.text for segment in painted)


@pytest.mark.parametrize(
    ("wanted", "environ", "theme"),
    [
        ("nord", {}, "nord"),
        ("nord", {"NO_COLOR": ""}, "nord"),
        ("nord", {"NO_COLOR": "1"}, "ansi-dark"),
        ("gruvbx", {}, "textual-dark"),
    ],
)
def test_a_theme_is_chosen_unless_no_colour_is_wanted(wanted: str, environ: dict[str, str], theme: str) -> None:
    assert look.look_for(wanted, environ).theme == theme


@pytest.mark.parametrize(
    ("environ", "lacks"),
    [
        ({}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "de_DE.utf8"}, False),
        ({"LANG": "C"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "en_US.ISO-8859-1"}, True),
        ({"LANG": "C", "LC_ALL": "en_GB.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_CTYPE": "ru_RU.KOI8-R"}, True),
    ],
)
def test_a_locale_says_whether_there_is_more_than_ascii(environ: dict[str, str], lacks: bool) -> None:
    assert lacks_unicode(environ) is lacks


def test_every_style_sheet_is_taken_in() -> None:
    stylesheet = Stylesheet(variables=App().get_css_variables())
    stylesheet.read_all([look.Path(path) for path in look.stylesheets()])
    look.style_what_opens(stylesheet)
    assert {look.Path(path) for path, _ in stylesheet.source} == set(packaged("styles").glob("*.tcss"))
