"""What lies over the page: taken away once, however often its key was pressed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key

from tests.builders import numbered_articles
from tests.tui.opened import opened


@pytest.mark.parametrize("keys", [("question_mark",), ("e",), ("g", "e"), ("g", "t"), ("g", "r")])
async def test_escape_typed_ahead_leaves_the_page_where_it_is(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with opened(tmp_path, numbered_articles(9)) as reader:
        await reader.press(*keys)
        assert reader.pilot.app.screen is not reader.main
        for _ in range(4):
            reader.pilot.app.post_message(Key("escape", None))
        await reader.wait_until(lambda: reader.pilot.app.screen is reader.main)
        await reader.press("j")
        assert reader.desk.headlines.cursor == 1
