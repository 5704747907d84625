"""What is a key away from the open article is ready before anybody asks for it, and never shown as it was when that is past."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reader.library import Library
from reader.model import Article, ArticleId, ArticleKey, HeadlineRow, Mark, OpenedArticle, Problem
from reader.tui import opening
from reader.tui.lines import ArticleLines
from reader.tui.prepared import Ahead, Prepared
from tests.builders import article_text
from tests.tui.opened import held_up, opened


def stories(count: int) -> dict[str, str]:
    """Articles a day apart, newest first."""
    return {
        f"story-{number:02}.md": article_text(f"Story {number}", date=f"2024-11-{28 - number:02}", body=f"Body {number}.")
        for number in range(count)
    }


WIDTH = 60
ROW = HeadlineRow(ArticleId(8), ArticleKey("a.md"), "a.md", "/news", "Premier speaks", None)


def prepared(row: HeadlineRow = ROW, lines: int = 3, width: int = WIDTH) -> Prepared:
    article = Article(path=row.path, headline=row.headline, body="Words.", body_form="plain")
    return Prepared(row, OpenedArticle(row, article, ()), None, ArticleLines((None,) * lines, (), width))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "width", "is_ready"),
    [
        (ROW, WIDTH, True),
        (replace(ROW, mark=Mark(is_read=True, is_starred=True)), WIDTH, True),
        (replace(ROW, mark=Mark(tags=("later",))), WIDTH, False),
        (replace(ROW, mark=Mark(note="call him")), WIDTH, False),
        (replace(ROW, headline="Premier spoke"), WIDTH, False),
        (replace(ROW, key=ArticleKey("b.md"), path="b.md"), WIDTH, False),
        (replace(ROW, id=ArticleId(9)), WIDTH, False),
        (ROW, WIDTH - 1, False),
    ],
)
def test_what_is_ready_is_for_the_row_as_it_is_now(row: HeadlineRow, width: int, is_ready: bool) -> None:
    ahead = Ahead()
    ahead.keep(prepared())
    assert (ahead.find(row, width) is not None) == is_ready


def test_little_is_kept_and_nothing_that_cannot_be_shown_at_once() -> None:
    ahead = Ahead()
    rows = [replace(ROW, id=ArticleId(number)) for number in range(40)]
    for row in rows:
        ahead.keep(prepared(row))
    kept = [row.id for row in rows if ahead.find(row, WIDTH)]
    assert kept == list(range(40 - len(kept), 40))
    assert 3 <= len(kept) <= 10
    for unfit in (prepared(lines=100_000), Prepared(ROW, Problem("a.md", 1, "gone", "skipped")), replace(prepared(), lines=None)):
        ahead.keep(unfit)
    assert ahead.find(ROW, WIDTH) is None


async def test_the_article_beside_is_shown_with_its_row_though_the_disk_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path, stories(6)) as reader:
        await reader.press("j")
        with held_up(monkeypatch, "open", "read"):
            for keys, number in (("j", 2), ("k", 1), ("G", 5), ("gg", 0)):
                await reader.pilot.press(*keys)
                assert reader.desk.open_row.headline == reader.desk.article.article.headline == f"Story {number}"
                assert reader.desk.article.is_settled
                await reader.wait_for_screen(f"Body {number}.")
        await reader.settle()


async def test_where_a_date_leads_is_ready_before_enter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    opening_a_file = Library.open

    def noting(self: Library, row: HeadlineRow) -> OpenedArticle | Problem:
        read.append(row.path)
        return opening_a_file(self, row)

    async with opened(tmp_path, stories(20)) as reader:
        monkeypatch.setattr(Library, "open", noting)
        await reader.press("g", "d", *"2024-11-16")
        assert "story-12.md" in read
        assert reader.desk.open_row.headline == "Story 0"
        await reader.pilot.press("enter")
        assert reader.desk.article.article.headline == "Story 12"
        assert read.count("story-12.md") == 1
        await reader.settle()


async def test_what_was_read_ahead_is_shown_as_its_file_is_now(tmp_path: Path) -> None:
    async with opened(tmp_path, stories(6)) as reader:
        await reader.press("j")
        (tmp_path / "wire" / "story-02.md").write_text(article_text("Story 2", date="2024-11-26", body="Another body."))
        await reader.press("j")
        await reader.wait_for_screen("Another body.")
        assert "Body 2." not in reader.screen


async def test_nothing_is_read_ahead_of_a_cursor_on_its_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_paths: list[str] = []
    read = Library.open

    def noting(self: Library, row: HeadlineRow) -> OpenedArticle | Problem:
        opened_paths.append(row.path)
        return read(self, row)

    async with opened(tmp_path, stories(20)) as reader:
        await reader.press("j")
        monkeypatch.setattr(Library, "open", noting)
        # Every move follows at once upon the one before, and none is rested after.
        monkeypatch.setattr(opening, "monotonic", lambda: 0.0)
        monkeypatch.setattr(opening, "_FOLLOW_SECONDS", 60.0)
        await reader.pilot.press(*"jjjjjjjjjj")
        assert opened_paths == []
        await reader.pilot.press("enter")
        await reader.wait_for_screen("Body 11.")
        assert opened_paths[0] == "story-11.md"
        await reader.settle()


async def test_while_a_filter_is_typed_the_article_waits_until_that_rests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_TYPING_SECONDS", 60.0)
    async with opened(tmp_path, stories(6)) as reader:
        await reader.pilot.press("slash", "4")
        await reader.wait_for_screen("1 of 1")
        assert reader.desk.article.article.headline == "Story 0"
        # Whoever leaves the filter has typed all of it.
        await reader.pilot.press("enter")
        await reader.wait_for_screen("Body 4.")
        await reader.settle()


async def test_once_typing_rests_the_article_is_shown(tmp_path: Path) -> None:
    async with opened(tmp_path, stories(6)) as reader:
        await reader.pilot.press("slash", "4")
        await reader.wait_for_screen("Body 4.")
        assert reader.desk.place == "filter"
        await reader.settle()
