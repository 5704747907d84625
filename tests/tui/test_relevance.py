"""A list by relevance: beneath each headline the sentence that says most of what is sought, its hits marked."""

from __future__ import annotations

from pathlib import Path

from tests.builders import article_text
from tests.tui.opened import opened

FLOOD = "Rain fell. The **flood** came [at night](https://example.org/flood)."
STORIES = {
    "flood.md": article_text("Brackwater under water", FLOOD, date="2024-11-05"),
    "title.md": article_text("Flood of letters", "Nothing of it below.", date="2024-11-06"),
    "other.md": article_text("Strike closes the port", "No word of rain.", date="2024-11-04"),
}


async def test_a_sentence_stands_beneath_each_row(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES, size=(90, 24)) as reader:
        await reader.type("/flood sort:relevance\n")
        assert reader.listed == ["title.md", "flood.md"]
        above = next(number for number, line in enumerate(reader.lines) if "Brackwater under" in line)
        assert "The flood came at night." in reader.lines[above + 1]
        await reader.press("j")
        assert reader.cursor_key == "flood.md"


async def test_another_question_has_other_sentences_and_another_order_none(tmp_path: Path) -> None:
    async with opened(tmp_path, STORIES, size=(90, 24)) as reader:
        await reader.type("/rain sort:relevance\n")
        assert "Rain fell." in reader.screen
        assert "No word of rain." in reader.screen
        await reader.press("c")
        await reader.type("/night sort:relevance\n")
        assert "The flood came at night." in reader.screen
        await reader.press("c")
        await reader.type("/rain\n")
        above = next(number for number, line in enumerate(reader.lines) if "Brackwater under" in line)
        assert "4 November 2024" in reader.lines[above + 1]
