"""Marks on archives that are open together: they are the same as where each is open alone, whatever key the list has for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library import Library
from reader.model import HeadlineRow
from reader.query.syntax import parse
from reader.settings import Folders
from reader.triage.verbs import verdict
from tests.builders import article_text, folder

NOW = datetime(2024, 11, 8, tzinfo=UTC)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two archives with an article of one path each, and with one of one id each."""
    return (
        folder(tmp_path / "one", {"x.md": article_text("One x"), "a.md": article_text("One id", code="ID")}),
        folder(tmp_path / "two", {"x.md": article_text("Two x"), "b.md": article_text("Two id", code="ID")}),
    )


@contextmanager
def opened(home: Path, *archives: Path) -> Iterator[Library]:
    library = Library([str(archive) for archive in archives], Folders(home / "settings", home / "cache", home / "state"))
    for _ in library.refresh():
        pass
    yield library
    library.close()


def found(library: Library, query: str) -> list[HeadlineRow]:
    return list(library.rows([*library.all_ids(parse(query, final=True), library.clock(NOW))]))  # type: ignore[list-item]


def headlines(library: Library, query: str) -> list[str]:
    return sorted(row.headline for row in found(library, query))


TITLES = ["One id", "One x", "Two id", "Two x"]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("turned", [False, True])
def test_a_mark_made_where_both_are_open_is_there_where_one_is_and_back(
    tmp_path: Path, pair: tuple[Path, Path], title: str, turned: bool
) -> None:
    home = tmp_path / "home"
    alone = pair[0] if title.startswith("One") else pair[1]
    both = pair[::-1] if turned else pair
    with opened(home, *both) as library:
        row = next(row for row in found(library, "") if row.headline == title)
        library.give(verdict("star"), [(row.archive, row.key)])
        library.give(verdict("tag:mine"), [(row.archive, row.key)])
        assert headlines(library, "is:starred") == headlines(library, "tag:mine") == [title]
        assert [row.headline for row in found(library, "") if row.mark.is_starred] == [title]
    with opened(home, alone) as library:
        (row,) = found(library, "is:starred")
        assert (row.headline, row.mark.is_starred, row.mark.tags) == (title, True, ("mine",))
        library.give(verdict("queue"), [(row.archive, row.key)])
    with opened(home, *both) as library:
        assert headlines(library, "is:queued") == [title]


def test_an_archive_that_joins_takes_no_star_away(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    home = tmp_path / "home"
    with opened(home, pair[1]) as library:
        library.give(verdict("star"), [(row.archive, row.key) for row in found(library, "")])
    with opened(home, *pair) as library:
        assert headlines(library, "is:starred") == ["Two id", "Two x"]


def test_the_screen_is_told_of_marks_by_the_keys_that_it_lists(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    with opened(tmp_path / "home", *pair) as library:
        rows = [(row.archive, row.key) for row in found(library, "")]
        assert len({key for _, key in rows}) == len(rows)
        turn = library.marks.turn()
        changed = library.give(verdict("queue"), rows)
        assert {(change.spot.archive, change.spot.key) for change in changed.changes} == set(rows)
        assert set(library.marks.changed_since(turn)) == set(rows)
        assert set(library.page_marks.queue()) == set(rows)
        library.mark(lambda marks: marks.reorder(rows[::-1]))
        assert list(library.page_marks.queue()) == rows[::-1]
        undone = library.undo()
        assert undone is not None
        assert {(change.spot.archive, change.spot.key) for change in undone.changes} <= set(rows)
        assert set(library.marks.of(rows)) == set(rows)


def test_an_archive_whose_name_is_not_utf_8_is_read_and_marked(tmp_path: Path) -> None:
    archive = Path(os.fsdecode(bytes(tmp_path / "wire") + b"\xff"))
    folder(archive, {"x.md": article_text("In a folder of odd name", "Some words.\n")})
    with opened(tmp_path / "home", archive) as library:
        (row,) = found(library, "body:/some/")
        assert row.archive == str(archive)
        library.give(verdict("star"), [(row.archive, row.key)])
        assert headlines(library, "is:starred") == ["In a folder of odd name"]
        assert library.undo() is not None


def test_marks_are_found_again_where_the_index_has_changed(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    with opened(tmp_path / "home", *pair) as library:
        library.give(verdict("star"), [(row.archive, row.key) for row in found(library, "")])
        assert headlines(library, "is:starred") == TITLES
        for archive in pair:
            with (archive / "x.md").open("a") as file:
                file.write("One line more.\n")
        for _ in library.refresh():
            pass
        assert headlines(library, "is:starred") == TITLES
