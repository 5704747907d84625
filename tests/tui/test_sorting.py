"""The order of the list by key: chosen, turned round, written into the filter."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.query.refine import sorted_by
from reader.query.tree import Sort
from tests.builders import article_text
from tests.tui.opened import opened

FILES = {
    "b.md": article_text("Beta", "word " * 9, date="2024-11-01"),
    "a.md": article_text("Alpha", "word " * 5, date="2024-11-02"),
    "c.md": article_text("Gamma", "word " * 7, date="2024-11-03"),
}


async def test_an_order_is_chosen_and_turned_round(tmp_path: Path) -> None:
    async with opened(tmp_path, FILES, query="word") as reader:
        assert reader.listed == ["c.md", "a.md", "b.md"]
        await reader.press("O")
        assert "newest first ← now" in reader.screen
        await reader.press("j", "j", "enter")
        assert reader.desk.session.text == "word sort:headline"
        assert reader.listed == ["a.md", "b.md", "c.md"]
        await reader.press("O", "enter")
        assert reader.desk.session.text == "word sort:-headline"
        assert reader.listed == ["c.md", "b.md", "a.md"]
        await reader.press("O")
        assert "A to Z, turned round ← now" in reader.screen
        await reader.press("k", "k", "enter")
        assert reader.desk.session.text == "word"


@pytest.mark.parametrize(
    ("text", "sort", "outcome"),
    [
        ("", Sort("date"), ""),
        ("", Sort("date", True), "sort:-date"),
        ("sort:words a", Sort("source"), "a sort:source"),
        ("a sort:words limit:5", Sort("date"), "a limit:5"),
        ("(a OR", Sort("words"), "a sort:words"),
    ],
)
def test_the_order_is_part_of_the_filter(text: str, sort: Sort, outcome: str) -> None:
    assert sorted_by(text, sort) == outcome
