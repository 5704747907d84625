"""Files that move, and what comes in their place: each article keeps its own marks, and no two share any."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.library import Library
from reader.model import HeadlineRow
from reader.paths import own_key
from reader.query.syntax import parse
from reader.settings import Folders
from reader.triage.verbs import verdict
from tests.builders import article_text, folder

NOW = datetime(2024, 11, 8, tzinfo=UTC)


class Desk:
    """One or two archives under a folder, with an index and marks that stay."""

    def __init__(self, home: Path, *archives: str) -> None:
        self.home = home
        self._archives = [str(folder(home / name, {})) for name in archives or ("wire",)]
        self.library = Library(self._archives, Folders(home / "settings", home / "cache", home / "state"))

    def write(self, path: str, headline: str, **fields: str) -> None:
        (self.home / path).parent.mkdir(exist_ok=True)
        (self.home / path).write_text(article_text(headline, **fields))

    def move(self, path: str, to: str) -> None:
        os.replace(self.home / path, self.home / to)

    def listed(self) -> dict[str, HeadlineRow]:
        """By headline, the rows of all articles, the archives looked at just before."""
        for _ in self.library.refresh():
            pass
        rows = self.library.rows([*self.library.all_ids(parse("", final=True), self.library.clock(NOW))])  # type: ignore[list-item]  # ids
        return {row.headline: row for row in rows}

    def star(self, headline: str) -> None:
        row = self.listed()[headline]
        self.library.give(verdict("star"), [(row.archive, row.key)])

    def starred(self) -> list[str]:
        """The headlines with a star, by the list and by the filter."""
        ids = self.library.all_ids(parse("is:starred", final=True), self.library.clock(NOW))
        found = sorted(row.headline for row in self.library.rows([*ids]))  # type: ignore[list-item]  # ids
        assert found == sorted(headline for headline, row in self.listed().items() if row.mark.is_starred)
        return found


@contextmanager
def desk(home: Path, *archives: str) -> Iterator[Desk]:
    opened = Desk(home, *archives)
    yield opened
    opened.library.let_go()


def test_what_comes_in_the_place_of_a_moved_file_has_marks_of_its_own(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        for number in range(4):
            here.write("wire/latest.md", f"Story {number}")
            here.star(f"Story {number}") if number != 2 else here.listed()
            here.move("wire/latest.md", f"wire/{number}.md")
            here.listed()
        here.write("wire/latest.md", "The latest")
        assert len({row.key for row in here.listed().values()}) == 5
        assert here.starred() == ["Story 0", "Story 1", "Story 3"]


def test_a_moved_file_that_is_edited_keeps_its_marks(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        here.write("wire/a.md", "A story")
        here.star("A story")
        here.move("wire/a.md", "wire/b.md")
        here.listed()
        here.write("wire/b.md", "A story, told better")
        here.listed()
        assert here.starred() == ["A story, told better"]


@pytest.mark.parametrize("others", [2, 8, 30])
def test_files_of_one_day_move_one_by_one(tmp_path: Path, others: int) -> None:
    with desk(tmp_path) as here:
        for number in range(others):
            here.write(f"wire/{number}.md", f"Story {number}", date=f"2024-11-05 10:00:0{number % 3}")
        here.star("Story 0")
        for number in range(others):
            here.move(f"wire/{number}.md", f"wire/moved-{number}.md")
            assert len(here.listed()) == others
            assert here.library.problems() == ()
        assert here.starred() == ["Story 0"]


def test_a_key_grows_no_longer_however_often_a_file_makes_room(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        for number in range(12):
            here.write("wire/latest.md", f"Story {number}")
            here.listed()
            here.move("wire/latest.md", f"wire/{number}.md")
            here.listed()
        assert max(len(row.key) for row in here.listed().values()) < 30


def test_an_archive_beside_it_changes_nothing(tmp_path: Path) -> None:
    with desk(tmp_path, "one", "two") as here:
        here.write("one/x.md", "One x")
        here.write("two/x.md", "Two x")
        here.star("Two x")
        here.move("two/x.md", "two/y.md")
        (tmp_path / "one" / "x.md").unlink()
        here.listed()
        here.write("two/x.md", "Another x")
        here.listed()
        assert here.starred() == ["Two x"]


def test_an_id_that_is_another_ones_path_is_no_ones_key_twice(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        here.write("wire/a.md", "By path")
        here.write("wire/b.md", "By id", code="a.md")
        here.star("By id")
        assert here.starred() == ["By id"]


NAMES = ("one/x.md", "one/y.md", "two/x.md", "two/y.md")
PATHS = st.sampled_from(NAMES)
writing = st.tuples(st.just("write"), PATHS, st.sampled_from(["", "ID", "x.md", "y.md"]))
moving = st.tuples(st.just("move"), PATHS, PATHS)
others = st.tuples(st.sampled_from(["remove", "look", "star"]), PATHS)
STEPS = st.lists(st.one_of(writing, moving, others), max_size=12)


@pytest.mark.parametrize("archives", [("one",), ("one", "two")])
@settings(max_examples=40, deadline=None)
@given(STEPS)
@example([("write", "one/x.md", ""), ("look", ""), ("move", "one/x.md", "one/y.md"), ("look", ""), ("write", "one/x.md", "")])
def test_no_two_articles_share_a_key(archives: tuple[str, ...], steps: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as place, desk(Path(place), *archives) as here:
        (here.home / "two").mkdir(exist_ok=True)
        for number, (kind, *paths) in enumerate([*steps, ("look", "")]):
            path = here.home / paths[0]
            if kind == "write":
                here.write(paths[0], f"Story {number}", **({"code": paths[1]} if paths[1] else {}))
            elif kind == "look" or not path.exists():
                rows = here.listed().values()
                assert len({row.key for row in rows}) == len(rows)
                assert len({(row.archive, own_key(row.archive, row.key)) for row in rows}) == len(rows)
            elif kind == "move":
                here.move(*paths)
            elif kind == "remove":
                path.unlink()
            else:
                here.listed()
                headline = path.read_text().split("\n")[1].removeprefix("title: ")
                before = here.starred()
                if headline in here.listed():
                    here.star(headline)
                    assert here.starred() == sorted({*before, headline})
