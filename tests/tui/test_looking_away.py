"""Looks at who, where and when stand beside the list: nothing waits for them, and nobody's wish for them outlives its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.errors import QueryInterrupted
from reader.index.insight import Insight
from tests.builders import article_text
from tests.tui.opened import opened

STORIES = {
    "talks.md": article_text("Talks in Kunming", "Li Qiang met Min Aung Hlaing.", date="2024-11-07"),
    "strike.md": article_text("Strike closes the port", "The dockers wait.", date="2024-11-06"),
}


def endless(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Makes the first look of this kind last until nobody wants it any more."""
    real: Callable[..., Any] = getattr(Insight, name)
    begun: list[str] = []

    def look(self: Insight, *arguments: Any) -> Any:
        if not begun:
            begun.append(name)
            while not arguments[-1]():
                pass
            raise QueryInterrupted("nobody wants it")
        return real(self, *arguments)

    monkeypatch.setattr(Insight, name, look)


@pytest.mark.parametrize(("keys", "look"), [(("g", "e"), "facets"), (("g", "t"), "timeline"), (("g", "r"), "related")])
async def test_what_is_left_is_not_looked_for_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], look: str
) -> None:
    endless(monkeypatch, look)
    async with opened(tmp_path, STORIES) as reader:
        await reader.pilot.press(*keys, "escape")
        await reader.type("/strike\n")
        assert reader.listed == ["strike.md"]


async def test_the_next_letter_of_the_filter_ends_the_count_of_the_answer_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless(monkeypatch, "timeline")
    async with opened(tmp_path, STORIES) as reader:
        await reader.pilot.press("T")
        await reader.type("/strike\n")
        assert reader.listed == ["strike.md"]
        assert "6 Nov" in reader.lines[-2]
