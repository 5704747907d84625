"""The index file: whatever is in its place, the archive is listed; one writer at a time, and the archive is never written."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader.database import Database, Params
from reader.errors import IndexFileError, StoreError
from reader.library import Library
from reader.locks import Stopped, held
from reader.model import ArticleId, ArticleKey
from reader.query.compile import Clock
from reader.query.syntax import parse
from reader.settings import Folders
from reader.triage.verbs import verdict
from tests.builders import article_text, folder, numbered_articles

NOW = datetime(2024, 11, 15, 12).astimezone()


class Reader:
    """One opening of a library, and all that was said."""

    def __init__(self, place: Path) -> None:
        self.said: list[str] = []
        self.library = Library([str(place / "wire")], Folders(place / "config", place / "cache", place / "state"))
        self.library.say = self.said.append

    def refresh(self) -> Reader:
        for _ in self.library.refresh():
            pass
        return self

    def headlines(self) -> list[str]:
        ids = self.library.all_ids(parse("", final=True), Clock(NOW.date(), NOW, None))
        return [row.headline for row in self.library.rows([ArticleId(number) for number in ids])]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder(tmp_path / "wire", numbered_articles(30))
    return tmp_path


def index_file(place: Path) -> Path:
    (found,) = (place / "cache").glob("*/index.db")
    return found


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def garble(path: Path) -> None:
    path.write_bytes(b"garbage" * 10_000)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def make_older(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def lose_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE timeline")


@pytest.mark.parametrize("spoil", [truncate, garble, empty, make_older, Path.unlink])
def test_an_index_that_can_t_be_used_is_made_anew_without_a_word_too_many(place: Path, spoil: Callable[[Path], None]) -> None:
    Reader(place).refresh()
    spoil(index_file(place))
    reader = Reader(place).refresh()
    assert len(reader.headlines()) == 30
    assert len(reader.said) <= 1


def test_damage_that_shows_while_reading_is_told_as_damage_and_the_next_refresh_mends_it(place: Path) -> None:
    reader = Reader(place).refresh()
    lose_a_table(index_file(place))
    with pytest.raises(IndexFileError) as failed:
        Reader(place).headlines()
    assert failed.value.trouble == "damaged"
    reader.library.spoil_index()
    reader.library.spoil_index()
    assert len(reader.refresh().headlines()) == 30
    assert reader.said == ["what was known of the archive was damaged; it is made anew"]


def test_a_face_that_paints_is_told_and_has_nothing(place: Path) -> None:
    reader = Reader(place).refresh()
    troubles: list[StoreError] = []
    reader.library.on_paging_trouble = troubles.append
    lose_a_table(index_file(place))
    assert reader.library.rows([ArticleId(1)]) == ()
    assert [error.trouble for error in troubles] == ["damaged"]


def test_an_index_that_another_session_made_anew_is_read_at_once(place: Path) -> None:
    reader = Reader(place).refresh()
    assert len(reader.headlines()) == 30
    other = Reader(place)
    other.library.discard_index()
    (place / "wire" / "late.md").write_text(article_text("Late", date="2024-11-16"))
    other.refresh()
    assert reader.headlines()[0] == "Late"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(damage=[(18, b"\x05\x05")])
@example(damage=[(56, b"\xff")])
@given(damage=st.lists(st.tuples(st.integers(0, 2**20), st.binary(min_size=1, max_size=400)), min_size=1, max_size=4))
def test_whatever_is_damaged_every_headline_is_there_after_one_rebuild(tmp_path: Path, damage: list[tuple[int, bytes]]) -> None:
    if not (tmp_path / "wire").exists():
        folder(tmp_path / "wire", numbered_articles(12))
    reader = Reader(tmp_path).refresh()
    path = index_file(tmp_path)
    with path.open("r+b") as file:
        for at, noise in damage:
            file.seek(at % path.stat().st_size)
            file.write(noise)
    reader = Reader(tmp_path)
    with suppress(IndexFileError):
        reader.refresh().headlines()
    reader.library.spoil_index()
    assert len(reader.refresh().headlines()) == 12


# -- one writer --------------------------------------------------------------------------------------------------------


def test_whoever_comes_second_waits_and_then_has_nothing_to_do(place: Path) -> None:
    first = Reader(place)
    steps = first.library.refresh()
    next(steps)
    second = Reader(place)
    done = threading.Event()

    def refresh_too() -> None:
        second.refresh()
        done.set()

    thread = threading.Thread(target=refresh_too)
    thread.start()
    assert not done.wait(1.5)
    assert second.said == ["another Dateline is reading the archive; what it has found so far is here"]
    for _ in steps:
        pass
    assert done.wait(30)
    thread.join()
    assert len(second.headlines()) == 30


def test_waiting_ends_when_told_to(place: Path) -> None:
    steps = Reader(place).library.refresh()
    next(steps)
    assert list(Reader(place).library.refresh(lambda: True)) == []
    steps.close()  # type: ignore[attr-defined]


def test_a_lock_is_let_go_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held(path):
        child = os.fork()
        if child == 0:
            os._exit(0 if stops(path) else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with held(path):
        pass


def stops(path: Path) -> bool:
    try:
        with held(path, lambda: True):
            return False
    except Stopped:
        return True


# -- where it is -------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_cache(place: Path) -> Iterator[Path]:
    """A place whose cache is a file, so that nobody, the administrator included, can make folders in it."""
    (place / "cache").write_text("in the way")
    return place


def test_without_a_cache_a_private_index_is_used_and_leaves_with_the_program(no_cache: Path) -> None:
    reader = Reader(no_cache).refresh()
    assert len(reader.headlines()) == 30
    assert len(reader.said) == 1
    assert reader.said[0].endswith("what is known of the archive is kept elsewhere, and only until you leave")


def test_many_files_that_move_while_others_come_keep_their_marks(place: Path) -> None:
    reader = Reader(place).refresh()
    archive = reader.library.archives[0]
    reader.library.give(verdict("star"), [(archive, ArticleKey("story-00003.md"))])
    (place / "wire" / "1999-01").mkdir()
    os.rename(place / "wire" / "story-00003.md", place / "wire" / "1999-01" / "moved.md")
    folder(place / "wire" / "new", {f"{number}.md": article_text(f"New {number}", date="2024-12-01") for number in range(600)})
    reader.refresh()
    starred = reader.library.all_ids(parse("is:starred", final=True), Clock(NOW.date(), NOW, None))
    assert [row.path for row in reader.library.rows([ArticleId(number) for number in starred])] == ["1999-01/moved.md"]


def test_articles_with_ids_of_their_own_are_not_asked_about_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counting(ask: Callable[..., Any]) -> Callable[..., Any]:
        def counted(database: Database, sql: str, params: Params = ()) -> Any:
            asked.append(sql)
            return ask(database, sql, params)

        return counted

    monkeypatch.setattr(Database, "row", counting(Database.row))
    monkeypatch.setattr(Database, "rows", counting(Database.rows))
    counts = []
    for number in (10, 60):
        place = tmp_path / str(number)
        folder(place / "wire", {f"{each}.md": article_text(f"Story {each}", id=f"wire-{each}") for each in range(number)})
        asked.clear()
        Reader(place).refresh()
        counts.append(len(asked))
    assert counts[0] == counts[1]
