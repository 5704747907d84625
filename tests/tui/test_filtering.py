"""What the screen says of a filter once it has been typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import numbered_articles
from tests.tui.opened import opened


async def test_why_nothing_is_found_is_said_of_the_filter_that_finds_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, numbered_articles(9), query="harbour category:none", size=(80, 24)) as reader:
        assert "Nothing found. Without category:none" in reader.screen
        await reader.press("c", "/")
        await reader.type("zebra\n")
        assert "Nothing found." in reader.screen
        assert "Nothing found. Without" not in reader.screen


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_what_is_wrong_with_a_filter_stays_said_as_long_as_that_filter_stands(tmp_path: Path, width: int) -> None:
    async with opened(tmp_path, numbered_articles(9), size=(width, 24)) as reader:
        await reader.type("/since:7x\n")
        assert "is no date" in reader.screen
        await reader.press("j")
        assert "is no date" in reader.screen
        await reader.press("c")
        assert "is no date" not in reader.screen
    async with opened(tmp_path, query="since:7x", size=(width, 24)) as reader:
        assert "is no date" in reader.screen
