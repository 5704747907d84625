"""The article pane, as one who reads meets it."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.color import Color
from textual.pilot import Pilot
from textual.selection import Selection
from textual.theme import BUILTIN_THEMES

from reader.model import Article, Mention
from reader.tui import article_lines
from reader.tui.article_lines import render
from reader.tui.article_view import ArticleView
from reader.tui.lines import ROLES, ArticleLines

PARAGRAPHS = "\n\n".join(f"Paragraph {number} says what it says in rather more words than fit on one line." for number in range(60))


class Reader(App[None]):
    CSS_PATH = Path(__file__).resolve().parents[2] / "styles" / "article.tcss"

    def __init__(self, hyperlinks: bool = False) -> None:
        super().__init__()
        self._hyperlinks = hyperlinks
        self.urls: list[str] = []
        self.entities: list[str] = []
        self.laid_out: list[ArticleLines] = []

    def compose(self) -> ComposeResult:
        yield ArticleView(hyperlinks=self._hyperlinks)

    @property
    def view(self) -> ArticleView:
        return self.query_one(ArticleView)

    def on_article_view_link_requested(self, message: ArticleView.LinkRequested) -> None:
        self.urls.append(message.url)

    def on_article_view_mention_requested(self, message: ArticleView.MentionRequested) -> None:
        self.entities.append(message.entity)

    def on_article_view_laid_out(self, message: ArticleView.LaidOut) -> None:
        self.laid_out.append(message.lines)


def article(body: str = PARAGRAPHS, headline: str = "Headline") -> Article:
    return Article("a.md", headline, body, "markdown", origin_url="https://example.org/x")


async def settled(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def screen(app: Reader) -> list[str]:
    """The text on the screen, without the thumb at its edge."""
    return ["".join(segment.text for segment in strip).strip(" ▐") for strip in app.view.render_lines(app.view.size.region)]


def top_line(app: Reader) -> str:
    return screen(app)[0]


async def test_an_article_is_shown_and_cleared() -> None:
    app = Reader()
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.show(article(), note="A remark.")
        assert not app.view.is_settled
        await settled(pilot)
        assert app.view.is_settled
        assert screen(app)[0] == "Headline"
        assert "A remark." in screen(app)
        assert app.laid_out == [app.view.lines]
        app.view.clear()
        await settled(pilot)
        assert app.view.article is None
        assert set(screen(app)) == {""}


async def test_moving_by_lines_pages_halves_and_ends() -> None:
    app = Reader()
    async with app.run_test(size=(60, 12)) as pilot:
        view = app.view
        view.show(article())
        await settled(pilot)
        positions = []
        for move in (
            lambda: view.scroll_lines(3),
            lambda: view.scroll_lines(-1),
            lambda: view.scroll_pages(1),
            lambda: view.scroll_half_pages(1),
            lambda: view.scroll_half_pages(-1),
            lambda: view.scroll_pages(-2),
        ):
            move()
            await pilot.pause()
            positions.append(view.scroll_offset.y)
        assert positions == [3, 2, 12, 18, 12, 0]
        assert not view.at_end
        view.scroll_bottom()
        await pilot.pause()
        assert view.at_end
        assert screen(app)[-1].endswith("fit on one line.")
        view.scroll_top()
        await pilot.pause()
        assert top_line(app) == "Headline"


async def test_the_end_is_not_reached_while_an_article_is_to_come() -> None:
    app = Reader()
    async with app.run_test(size=(60, 30)) as pilot:
        app.view.show(article("Short."))
        assert not app.view.at_end
        await settled(pilot)
        assert app.view.at_end
        app.view.show(article())
        assert not app.view.at_end
        await settled(pilot)
        assert not app.view.at_end


async def test_the_place_is_kept_when_the_width_changes() -> None:
    app = Reader()
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.show(article())
        await settled(pilot)
        wanted = next(index for index, line in enumerate(app.view.lines.lines) if "Paragraph 31" in line.text)
        app.view.scroll_lines(wanted)
        await pilot.pause()
        for width in (100, 37, 24, 81, 60):
            await pilot.resize_terminal(width, 12)
            await settled(pilot)
            assert top_line(app).startswith("Paragraph 31")
            assert app.view.lines.width == app.view.size.width - 3 or width > 92


@pytest.mark.parametrize("larger", [(140, 70), (60, 70), (140, 12)])
async def test_a_larger_terminal_for_a_while_doesn_t_lose_the_place(larger: tuple[int, int]) -> None:
    app = Reader()
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.show(article())
        await settled(pilot)
        app.view.scroll_bottom()
        await pilot.pause()
        before = screen(app)
        for size in (larger, (60, 12)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
        assert screen(app) == before
        await pilot.resize_terminal(*larger)
        await settled(pilot)
        app.view.scroll_top()
        await pilot.resize_terminal(60, 12)
        await settled(pilot)
        assert top_line(app) == "Headline", "one has gone elsewhere since"


async def test_a_new_article_starts_at_its_top() -> None:
    app = Reader()
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.show(article())
        await settled(pilot)
        app.view.scroll_bottom()
        app.view.show(article(headline="Another"))
        await settled(pilot)
        assert top_line(app) == "Another"


async def test_the_latest_article_wins_and_none_wait_in_line(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    gate = threading.Event()

    def slow_render(article: Article, *args: object, **options: object) -> ArticleLines:
        started.append(article.headline)
        gate.wait(10)
        return render(article, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(article_lines, "render", slow_render)
    app = Reader()
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.show(article(headline="0"))
        while not started:
            await asyncio.sleep(0)
        for number in range(1, 50):
            app.view.show(article(headline=str(number)))
        gate.set()
        await settled(pilot)
        assert started == ["0", "49"]
        assert top_line(app) == "49"
        assert len(app.laid_out) == 1


async def test_links_are_known_by_number_and_followed_by_a_click() -> None:
    app = Reader()
    async with app.run_test(size=(60, 20)) as pilot:
        app.view.show(article("A [story](https://a.example/1) and [more](/2)."))
        await settled(pilot)
        assert app.view.link(1) == "https://a.example/1"
        assert app.view.link(2) == "https://example.org/2"
        assert app.view.link(3) is None
        assert app.view.link(0) is None
        row = next(index for index, line in enumerate(screen(app)) if line.startswith("A story"))
        await pilot.click(ArticleView, offset=(4, row))
        await pilot.click(ArticleView, offset=(1, row))
        await pilot.pause()
        assert app.urls == ["https://a.example/1"]


async def test_a_click_on_a_name_asks_for_the_entity() -> None:
    app = Reader()
    async with app.run_test(size=(60, 20)) as pilot:
        app.view.show(article("So said Li yesterday."), (Mention("Li Qiang", "person", "Li", 8, 10),))
        await settled(pilot)
        row = next(index for index, line in enumerate(screen(app)) if line.startswith("So said"))
        await pilot.click(ArticleView, offset=(10, row))
        await pilot.pause()
        assert app.entities == ["Li Qiang"]


async def test_find_walks_the_hits_and_marks_them() -> None:
    app = Reader()
    async with app.run_test(size=(60, 12)) as pilot:
        view = app.view
        view.mark_words(["paragraph"])
        view.show(article())
        await settled(pilot)
        assert view.hit_position == (0, 60)
        assert view.find("paragraph 3") == 11
        assert view.hit_position == (1, 11)
        await pilot.pause()
        assert any(line.startswith("Paragraph 3 ") for line in screen(app))
        assert view.next_hit()
        assert view.previous_hit()
        assert view.previous_hit()
        assert view.hit_position == (11, 11)
        await pilot.pause()
        assert any(line.startswith("Paragraph 39") for line in screen(app))
        assert view.find("nowhere") == 0
        assert not view.next_hit()
        assert view.find("") == 60


async def test_a_changed_article_can_be_shown_without_losing_the_place() -> None:
    app = Reader()
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.show(article())
        await settled(pilot)
        app.view.find("paragraph 40")
        await pilot.pause()
        before = app.view.scroll_offset.y
        app.view.show(article(PARAGRAPHS + "\n\nA new end."), keeps_place=True)
        await settled(pilot)
        assert app.view.scroll_offset.y == before
        assert app.view.hit_position == (1, 1)
        assert app.view.lines.lines[-1].text == "A new end."


@pytest.mark.parametrize("hyperlinks", [True, False])
async def test_the_terminal_learns_of_links_only_when_asked_to(hyperlinks: bool) -> None:
    app = Reader(hyperlinks)
    async with app.run_test(size=(60, 20)) as pilot:
        app.view.show(article("A [story](https://a.example/1)."))
        await settled(pilot)
        links = {segment.style.link for strip in app.view.render_lines(app.view.size.region) for segment in strip if segment.style}
        assert links - {None} == ({"https://a.example/1"} if hyperlinks else set())


async def test_the_selection_is_running_text() -> None:
    app = Reader()
    async with app.run_test(size=(30, 20)) as pilot:
        app.view.show(article("> A quotation that is wrapped onto several lines.\n\nAnd an end."))
        await settled(pilot)
        app.screen.selections = {app.view: Selection(None, None)}
        selected = app.screen.get_selected_text()
        assert selected is not None
        assert selected.endswith("A quotation that is wrapped onto several lines.\n\nAnd an end.")


THEMES_OF_FIXED_COLOURS = sorted(name for name in BUILTIN_THEMES if not name.startswith("ansi"))
DECORATION = {"rule"}


@pytest.mark.parametrize("theme", THEMES_OF_FIXED_COLOURS)
async def test_every_role_can_be_read_in_every_theme(theme: str) -> None:
    app = Reader()
    async with app.run_test(size=(60, 12)) as pilot:
        app.theme = theme
        await pilot.pause()
        for role in set(ROLES) - DECORATION:
            style = app.view.get_visual_style(f"article-view--{role}")
            assert style.background is not None
            assert style.foreground is not None
            assert contrast(style.background, style.background + style.foreground) >= 3.0, role


def contrast(one: Color, other: Color) -> float:
    """WCAG's ratio, from 1 to 21."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Color) -> float:
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_colours_follow_a_change_of_theme() -> None:
    app = Reader()
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.show(article("# Heading"))
        await settled(pilot)
        looks = set()
        for theme in ("textual-dark", "textual-light"):
            app.theme = theme
            await pilot.pause()
            looks.add(str(app.view.render_line(0)._segments[0].style))
        assert len(looks) == 2


async def test_nothing_of_an_article_acts_on_the_terminal() -> None:
    app = Reader()
    hostile = "\x1b]52;c;AAAA\x07 [bold]x[/] [@click=app.quit]y[/] \x9b2J &#27;[2J \u202e"
    async with app.run_test(size=(60, 24)) as pilot:
        app.view.show(Article("a.md", hostile, hostile, "markdown", byline=hostile, categories=(hostile,), description=hostile))
        await settled(pilot)
        text = "\n".join(screen(app))
        assert "[@click=app.quit]y[/]" in text
        assert not set(text) & set("\x1b\x07\x9b\u202e")
        assert app.is_running
        assert isinstance(app.view.visual_style.foreground, Color)


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (12, 4), (40, 12), (500, 200)])
async def test_any_size_of_screen_will_do(size: tuple[int, int]) -> None:
    app = Reader()
    async with app.run_test(size=size) as pilot:
        app.view.show(article())
        await settled(pilot)
        app.view.scroll_pages(1)
        app.view.next_hit()
        await pilot.pause()
        assert app.is_running
