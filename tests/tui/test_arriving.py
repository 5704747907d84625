"""What came since the last visit, and what comes while the reader is open and is watched for."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.settings import Settings
from tests.builders import article_text, folder, numbered_articles
from tests.tui.opened import Reader, library_at, opened

OLD = {
    "old-1.md": article_text("Harvest begins", date="2024-11-04"),
    "old-2.md": article_text("Ferry delayed", date="2024-11-03"),
}
NEW = {
    "new-1.md": article_text("Flood in Brackwater", "The river rose. Mayor Ana Petrov said the flood would last.", date="2024-11-06"),
    "new-2.md": article_text("Strike closes the port", date="2024-11-06"),
}
LATE = {"late.md": article_text("An old letter found", date="2024-11-01")}

WATCHING = Settings(mark_read_after=None, searches={"wet": "flood"}, watch={"@wet": "status", "strike": "bell"})


def seen_before(home: Path, *, hours: float = 3.0) -> datetime:
    """The old articles, looked at some hours ago; the moment of that visit."""
    library = library_at(home, OLD)
    visited = datetime.now(UTC).astimezone() - timedelta(hours=hours)
    for path in (home / "wire").iterdir():
        os.utime(path, (0, 0))
    library.visit(visited)
    library.close()
    return visited


async def test_a_line_parts_what_is_new_from_what_was_there(tmp_path: Path) -> None:
    seen_before(tmp_path)
    async with opened(tmp_path, NEW, size=(140, 30)) as reader:
        at = next(number for number, line in enumerate(reader.lines) if "── new since" in line)
        assert "(2) ────" in reader.lines[at]
        assert "Strike closes" in reader.lines[at - 1] or "Flood in" in reader.lines[at - 1]
        assert "4 November 2024" in reader.lines[at + 1]
        await reader.press("j", "j")
        assert reader.cursor_key == "old-1.md"
        await reader.type("/is:new\n")
        assert sorted(reader.listed) == ["new-1.md", "new-2.md"]
        assert "new since" not in reader.screen


async def test_a_late_arrival_says_itself_that_it_is_new(tmp_path: Path) -> None:
    seen_before(tmp_path)
    async with opened(tmp_path, {**NEW, **LATE}, size=(140, 30)) as reader:
        assert "(2 of 3)" in reader.screen
        assert "new An old letter found" in reader.screen
        assert "new Flood" not in reader.screen
        await reader.type("/sort:headline\n")
        assert "new Flood in Brackwater" in reader.screen
        assert "new since" not in reader.screen


async def test_on_the_first_visit_there_is_no_line(tmp_path: Path) -> None:
    async with opened(tmp_path, {**OLD, **NEW}) as reader:
        assert "new since" not in reader.screen


async def come(reader: Reader, home: Path, files: dict[str, str]) -> None:
    """New files reach the list."""
    folder(home / "wire", files)
    await reader.wait_until(lambda: set(files) <= set(reader.listed))


async def test_what_is_watched_rings_once_and_is_marked(tmp_path: Path) -> None:
    async with opened(tmp_path, OLD, settings=WATCHING) as reader:
        await come(reader, tmp_path, {"new-1.md": NEW["new-1.md"]})
        await reader.wait_for_screen("new for @wet: Flood in Brackwater · “Mayor Ana Petrov said the flood would last.”")
        assert "◉ Flood in Brackwater" in reader.screen
        reader.desk.status.clear()
        await come(reader, tmp_path, LATE)
        assert "new for" not in reader.screen
        assert "◉ An old" not in reader.screen


async def test_what_uses_a_kept_search_with_a_mistake_rings_for_nothing(tmp_path: Path) -> None:
    watching = replace(WATCHING, searches={"bad": "is:nothing"}, watch={"@bad OR flood": "status"})
    async with opened(tmp_path, OLD, settings=watching) as reader:
        await come(reader, tmp_path, {"new-1.md": NEW["new-1.md"]})
        await come(reader, tmp_path, LATE)
        assert "new for" not in reader.screen
        assert "◉" not in reader.screen


async def test_it_rings_also_where_the_files_before_are_gone(tmp_path: Path) -> None:
    async with opened(tmp_path, OLD, settings=WATCHING) as reader:
        for name in OLD:
            (tmp_path / "wire" / name).unlink()
        await reader.wait_until(lambda: not reader.listed)
        await come(reader, tmp_path, {"new-1.md": NEW["new-1.md"]})
        await reader.wait_for_screen("new for @wet: Flood in Brackwater")


async def test_what_was_there_before_does_not_ring(tmp_path: Path) -> None:
    async with opened(tmp_path, {**OLD, **NEW}, settings=WATCHING) as reader:
        assert "new for" not in reader.screen
        assert "◉" not in reader.screen


async def test_a_file_that_moves_or_is_edited_does_not_ring(tmp_path: Path) -> None:
    async with opened(tmp_path, {**OLD, **NEW}, settings=WATCHING) as reader:
        wire = tmp_path / "wire"
        (wire / "new-1.md").rename(wire / "moved.md")
        (wire / "new-2.md").write_text(article_text("Strike goes on", date="2024-11-06"))
        # A file keeps its key where it moves.
        await reader.wait_for_screen("Strike goes on")
        await come(reader, tmp_path, LATE)
        assert "new for" not in reader.screen
        assert "◉" not in reader.screen


async def test_several_ring_once_the_loudest_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr("reader.tui.outside.send", lambda _, sequence: sent.append(sequence))
    async with opened(tmp_path, OLD, settings=WATCHING) as reader:
        await come(reader, tmp_path, NEW)
        await reader.wait_for_screen("2 new for ")
        await reader.settle()
    assert sent == ["\a"]


async def test_an_article_that_goes_while_it_is_read_leads_back_to_the_list(tmp_path: Path) -> None:
    async with opened(tmp_path, numbered_articles(3), settings=Settings(mark_read_after=0)) as reader:
        await reader.press("enter")
        assert reader.desk.place == "article"
        (tmp_path / "wire" / "story-00000.md").unlink()
        await reader.press("r")
        await reader.wait_until(lambda: reader.listed == ["story-00001.md", "story-00002.md"])
        assert (reader.desk.place, reader.cursor_key) == ("list", "story-00001.md")
        assert "no longer in the archive: Story 000 about the harbour" in reader.screen
        assert not reader.mark("story-00001.md").is_read, "a story is marked that nobody went into"
