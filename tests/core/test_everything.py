"""The list without a filter is kept up with what came and went, and is the one that a new connection finds."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.database import Database
from reader.library import Library
from reader.query import everything
from reader.query.syntax import parse
from reader.settings import Folders
from tests.builders import article_text, folder

NAMES = [f"{letter}.md" for letter in "abcdefg"]
DAYS = ["2024-11-05", "2024-11-05T10:00:00Z", "2024-11-06", "2023-01-01", "no day"]
CHANGES = st.dictionaries(st.sampled_from(NAMES), st.none() | st.sampled_from(DAYS), max_size=5)
"""What becomes of some files: gone, or written anew with a date."""
NEWEST_FIRST, OLDEST_FIRST = parse("", final=True), parse("sort:-date", final=True)


def library(home: Path) -> Library:
    return Library([str(home / "wire")], Folders(home / "config", home / "cache", home / "state"))


def refresh(home: Path) -> None:
    with closing(library(home)) as other:
        for _ in other.refresh():
            pass


@settings(max_examples=25, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=5), st.booleans(), st.integers(1, 8))
def test_it_is_what_a_new_connection_finds(steps: list[dict[str, str | None]], seldom: bool, at_once: int) -> None:
    with TemporaryDirectory() as place, patch.object(everything, "_AT_ONCE", at_once):
        home = Path(place)
        folder(home / "wire", {"a.md": article_text("A story", date="2024-11-05")})
        refresh(home)
        clock = library(home).clock(datetime(2024, 11, 15, 12, tzinfo=UTC))
        with closing(library(home)) as kept:
            for number, step in enumerate(steps):
                for name, day in step.items():
                    path = home / "wire" / name
                    if day is None:
                        path.unlink(missing_ok=True)
                    else:
                        path.write_text(article_text(f"Story {number}", date=day))
                refresh(home)
                if not seldom or number % 2:
                    with closing(library(home)) as fresh:
                        found = fresh.all_ids(NEWEST_FIRST, clock)
                        assert len(found) == fresh.counts().articles
                    assert kept.all_ids(NEWEST_FIRST, clock) == found
                    assert [*kept.all_ids(OLDEST_FIRST, clock)] == [*reversed(found)]


def test_for_one_story_more_the_others_are_not_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path / "wire", {f"{number}.md": article_text(f"Story {number}", date="2024-11-05") for number in range(40)})
    refresh(tmp_path)
    fetched = 0
    row, rows = Database.row, Database.rows

    def counted_row(*question: object) -> object:
        nonlocal fetched
        found = row(*question)  # type: ignore[arg-type]
        is_list = found is not None and isinstance(found[0], str) and found[0].startswith("[")
        fetched += len(json.loads(found[0])) if is_list and found else 1
        return found

    def counted_rows(*question: object) -> object:
        nonlocal fetched
        found = rows(*question)  # type: ignore[arg-type]
        fetched += len(found)
        return found

    monkeypatch.setattr(Database, "row", counted_row)
    monkeypatch.setattr(Database, "rows", counted_rows)
    with closing(library(tmp_path)) as kept:
        clock = kept.clock(datetime(2024, 11, 15, 12, tzinfo=UTC))
        assert len(kept.all_ids(NEWEST_FIRST, clock)) == 40
        assert fetched >= 40
        folder(tmp_path / "wire", {"late.md": article_text("A late story", date="2024-11-06")})
        refresh(tmp_path)
        fetched = 0
        assert len(kept.all_ids(NEWEST_FIRST, clock)) == 41
        assert fetched < 10
