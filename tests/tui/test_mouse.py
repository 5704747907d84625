"""The mouse on the whole reader: rows, the wheel, keys in the footer, facets, links, offers and steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from reader.tui.facets_panel import FacetsPanel
from reader.tui.picker import Picker
from tests.builders import article_text, numbered_articles
from tests.tui.opened import Reader, opened

BODY = "See [the report](https://one.example/1).\n\n" + "\n\n".join(f"Paragraph {number}." for number in range(60))
STORIES = {**numbered_articles(30), "long.md": article_text("Long one", BODY, date="2024-11-16", category="SPORT")}


def spot(reader: Reader, words: str) -> tuple[int, int]:
    """Where these words begin on the screen."""
    y, line = next((y, line) for y, line in enumerate(reader.lines) if words in line)
    return line.index(words), y


async def click(reader: Reader, words: str) -> None:
    await reader.pilot.click(offset=spot(reader, words))
    await reader.settle()


async def wheel(reader: Reader, words: str, *, down: bool = True) -> None:
    await reader.pilot._post_mouse_events([MouseScrollDown if down else MouseScrollUp], offset=spot(reader, words))
    await reader.settle()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_mouse_does_what_keys_do(tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "198.51.100.7 5 198.51.100.8 22")
    async with opened(tmp_path, STORIES, size=size) as reader:
        await click(reader, "Story 002")
        assert (reader.cursor_key, reader.desk.place) == ("story-00002.md", "list")
        await click(reader, "Story 002")
        assert reader.desk.place == "article", "a second click opens"
        await click(reader, "Story 001")
        assert (reader.cursor_key, reader.desk.place) == ("story-00001.md", "list")

        await click(reader, "star")
        assert reader.keys_with("is:starred") == ["story-00001.md"], "a key of the footer"

        await reader.press("g", "g")
        before = reader.desk.article.scroll_offset.y
        await wheel(reader, "Paragraph 1.")
        assert reader.desk.article.scroll_offset.y > before
        await wheel(reader, "Paragraph 2.", down=False)
        assert reader.desk.article.scroll_offset.y == before

        await click(reader, "the report")
        assert "https://one.example/1" in reader.screen, "a link is offered"

        await reader.press("g", "e", "tab", "tab", "tab")
        panel = reader.pilot.app.screen
        assert isinstance(panel, FacetsPanel)
        picker = panel.query_one(Picker)
        y = next(y for y in range(picker.size.height) if "SPORT" in picker.line(y).text)
        await reader.pilot.click(picker, offset=(4, y))
        await reader.settle()
        assert reader.desk.session.text == "category:SPORT", "a facet"
        await reader.press("escape", "g", "h")
        await click(reader, "before all of these")
        await click(reader, "before all of these")
        assert reader.keys_with("is:starred") == [], "a step of the history"
        await reader.type(":star")
        await wheel(reader, "take the star away")
        await click(reader, "take the star away")
        assert not reader.desk.has_drawer, "an offer"
        assert reader.keys_with("is:starred") == ["long.md"]
