"""The state file: opened whatever it is, mended as far as can be, copied daily, and never marked in where that would be lost."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from time import monotonic
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader import mounts
from reader.database import connect
from reader.errors import StateError
from reader.library import Library
from reader.model import ArticleKey
from reader.settings import Folders
from reader.triage import backups
from reader.triage.marks import Marks
from reader.triage.salvage import salvage
from reader.triage.schema import STEPS
from reader.triage.store import StateFile
from reader.triage.verbs import verdict

ARCHIVE = "/srv/wire"
ARTICLES = [(ARCHIVE, ArticleKey(f"{number:03}.md")) for number in range(300)]


class Session:
    """One opening of a state file, and all that was said of it."""

    def __init__(self, path: Path, steps: Sequence[str] = STEPS) -> None:
        self.said: list[str] = []
        self.state = StateFile(path, [ARCHIVE], self.said.append, steps)
        self.marks = Marks(self.state.open(), [ARCHIVE])

    def starred(self) -> set[str]:
        return {str(key) for (_, key), mark in self.marks.of(ARTICLES).items() if mark.is_starred}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A state file with 300 stars, made in 20 steps, that no session has open."""
    session = Session(tmp_path / "state" / "state.db")
    for start in range(0, 300, 15):
        session.marks.give(verdict("star"), ARTICLES[start : start + 15])
    end(session)
    return tmp_path / "state" / "state.db"


def end(session: Session) -> None:
    """Closes what a session has open, as the end of its process does."""
    session.__dict__.clear()
    gc.collect()


ALL = {str(key) for _, key in ARTICLES}


def files(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()}


def overwrite(path: Path, at: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xff" * length)


def test_a_sound_file_is_opened_without_a_word(path: Path) -> None:
    session = Session(path)
    assert session.said == []
    assert session.starred() == ALL


@pytest.mark.parametrize("page", range(1, 8))
def test_a_damaged_page_costs_no_mark(path: Path, page: int) -> None:
    overwrite(path, page * 4096, 4096)
    session = Session(path)
    assert len(session.said) == 1
    assert session.said[0].startswith("the file of marks was damaged: ")
    assert session.starred() == ALL
    session.marks.give(verdict("read"), ARTICLES[:1])
    assert Session(path).said == []


def test_the_damaged_file_is_kept_under_a_dated_name(path: Path) -> None:
    overwrite(path, 4096, 4096)
    damaged = path.read_bytes()
    session = Session(path)
    (aside,) = [each for each in path.parent.iterdir() if f".damaged-{date.today():%Y%m%d}" in each.name and each.suffix == ".db"]
    assert aside.read_bytes() == damaged
    assert aside.name in session.said[0]


def cut_mending_short(path: Path) -> None:
    overwrite(path, 4096, 4096)
    with patch.object(StateFile, "_replace_by", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        Session(path)
    gc.collect()


def test_mending_that_was_cut_short_is_finished_and_said(path: Path) -> None:
    cut_mending_short(path)
    session = Session(path)
    assert len(session.said) == 1
    assert session.starred() == ALL
    assert Session(path).said == []


def test_what_a_mending_cut_short_has_left_is_not_put_over_a_later_file(path: Path) -> None:
    sound = path.read_bytes()
    cut_mending_short(path)
    path.write_bytes(sound)
    session = Session(path)
    session.marks.give(verdict("unstar"), ARTICLES[:15])
    end(session)
    overwrite(path, 4096, 4096)
    assert len(Session(path).starred()) == 285


def test_of_a_file_that_is_no_database_the_copy_is_used(path: Path) -> None:
    Session(path).state.back_up(date(2024, 11, 15))
    path.write_bytes(b"not a database" * 1000)
    assert Session(path).starred() == ALL


def test_a_file_cut_short_is_mended(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)
    session = Session(path)
    assert len(session.said) == 1
    assert session.starred() <= ALL
    session.marks.give(verdict("star"), ARTICLES)
    assert Session(path).starred() == ALL


@settings(max_examples=40, deadline=None)
@example(damage=[(18, b"\x05\x05")])
@example(damage=[(3017, b"\x80")])
@given(damage=st.lists(st.tuples(st.integers(0, 2**16), st.binary(min_size=1, max_size=200)), min_size=1, max_size=6))
def test_whatever_is_damaged_it_opens_and_marks_again(tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, bytes]]) -> None:
    path = tmp_path_factory.mktemp("state") / "state.db"
    session = Session(path)
    session.marks.give(verdict("star"), ARTICLES[:100])
    end(session)
    with path.open("r+b") as file:
        for at, noise in damage:
            file.seek(at % path.stat().st_size)
            file.write(noise)
    session = Session(path)
    if any("a newer Dateline wrote it" in words or "another program's" in words for words in session.said):
        return  # The damage was to the version's number: the file is left as it is.
    session.marks.give(verdict("read"), ARTICLES[100:110])
    assert set(session.marks.of(ARTICLES[100:110])) == set(ARTICLES[100:110])


def test_a_session_that_is_open_marks_in_the_mended_file(tmp_path: Path) -> None:
    library = Library([str(tmp_path)], Folders(tmp_path / "c", tmp_path / "cache", tmp_path / "state"))
    archive = library.archives[0]
    library.give(verdict("star"), [(archive, ArticleKey(f"{number}.md")) for number in range(200)])
    overwrite(tmp_path / "state" / "state.db", 2 * 4096, 4096)
    other = Library([str(tmp_path)], Folders(tmp_path / "c", tmp_path / "cache", tmp_path / "state"))
    other.give(verdict("star"), [(archive, ArticleKey("by-the-other.md"))])
    library.give(verdict("star"), [(archive, ArticleKey("by-the-first.md"))])
    keys = [(archive, ArticleKey(name)) for name in ("0.md", "199.md", "by-the-other.md", "by-the-first.md")]
    assert set(Library([str(tmp_path)], Folders(tmp_path / "c", tmp_path / "cache", tmp_path / "state")).marks.of(keys)) == set(keys)


def test_a_file_that_is_deleted_under_a_session_is_made_anew(tmp_path: Path) -> None:
    library = Library([str(tmp_path)], Folders(tmp_path / "c", tmp_path / "cache", tmp_path / "state"))
    spot = (library.archives[0], ArticleKey("a.md"))
    library.give(verdict("star"), [spot])
    shutil.rmtree(tmp_path / "state")
    library.give(verdict("queue"), [spot])
    assert library.marks.of([spot])[spot].is_queued
    assert (tmp_path / "state" / "state.db").exists()


# -- files that can't be used ------------------------------------------------------------------------------------------


def make_newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()


def make_foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "seen", "says"),
    [
        (make_newer, ALL, f"a newer Dateline wrote it (state version 9, this one knows {len(STEPS)}); update Dateline"),
        (make_foreign, set(), "another program's database is in its place; move it away"),
        (make_folder, set(), "it can't be opened; check the folder's permissions and free space"),
    ],
)
def test_a_file_that_can_t_be_used_is_left_alone_and_said_so(path: Path, spoil: Callable[[Path], None], seen: set[str], says: str) -> None:
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    session = Session(path)
    assert session.said == [f"marks can't be made: {path}: {says}"]
    assert session.starred() == seen
    with pytest.raises(StateError):
        session.state.require()
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_marks_can_be_made_again_once_the_file_can_be_used(path: Path) -> None:
    make_newer(path)
    session = Session(path)
    before = session.state.edition()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")
    connection.close()
    session.state.require()
    assert session.state.edition() != before
    assert session.said[1:] == ["marks can be made again"]
    session.marks = Marks(session.state.open(), [ARCHIVE])
    assert session.starred() == ALL


def test_a_file_that_another_holds_for_too_long_loses_no_mark(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.database.BUSY_SECONDS", 0.1)
    session = Session(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StateError, match="another program has held it for too long; try again"):
        session.marks.give(verdict("unstar"), ARTICLES[:1])
    holder.execute("ROLLBACK")
    holder.close()
    assert session.starred() == ALL
    session.marks.give(verdict("unstar"), ARTICLES[:1])
    assert len(session.starred()) == 299


def test_those_who_wait_for_a_held_file_wait_together_and_not_each_for_itself(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.database.BUSY_SECONDS", 1.0)
    sessions = [Session(path) for _ in range(8)]
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    began = monotonic()
    with ThreadPoolExecutor(len(sessions)) as threads:
        asked = [threads.submit(session.marks.give, verdict("unstar"), ARTICLES[:1]) for session in sessions]
    assert all(isinstance(each.exception(), StateError) for each in asked)
    assert monotonic() - began < 4
    holder.close()


# -- versions and copies -----------------------------------------------------------------------------------------------

NEXT = (*STEPS, "ALTER TABLE steps ADD COLUMN place TEXT;\n")


def test_an_older_version_s_file_is_brought_up_and_a_copy_of_it_kept(path: Path) -> None:
    session = Session(path, NEXT)
    assert session.said == []
    assert session.starred() == ALL
    (copy,) = (path.parent / "backups").iterdir()
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert connection.execute("SELECT count(*) FROM marks").fetchone() == (300,)
    connection.close()


def make_first(path: Path) -> None:
    """As the first version wrote it, its last step undone."""
    session = Session(path)
    session.marks.undo()
    end(session)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("DROP TABLE apart; PRAGMA user_version = 1; PRAGMA wal_checkpoint(TRUNCATE)")


def test_a_file_of_the_first_version_keeps_marks_and_steps(path: Path) -> None:
    make_first(path)
    session = Session(path)
    assert session.said == []
    assert len(session.starred()) == 285
    assert session.marks.redo() is not None
    assert session.starred() == ALL
    assert session.marks.go_to(0) is not None
    assert session.starred() == set()


def test_of_a_damaged_file_of_the_first_version_no_undone_mark_comes_back(path: Path) -> None:
    make_first(path)
    Session(path).state.back_up(date(2024, 11, 15))
    make_first(path)
    overwrite(path, 4 * 4096, 4096)
    session = Session(path)
    assert len(session.said) == 1
    assert len(session.starred()) == 270


BOTH = ("/srv/wire", "/srv/desk")
ONE_EACH = [(archive, ArticleKey("a.md")) for archive in BOTH]


def of_two(path: Path, *archives: str) -> tuple[StateFile, Marks]:
    state = StateFile(path, archives, lambda words: None)
    return state, Marks(state.open(), archives)


def test_of_a_damaged_file_each_archive_has_its_own_last_word(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    _, marks = of_two(path, *BOTH)
    marks.give(verdict("star"), ONE_EACH)
    of_two(path, BOTH[1])[1].give(verdict("unstar"), ONE_EACH[1:])
    assert of_two(path, BOTH[0])[1].undo() is not None
    assert marks.of(ONE_EACH) == {}
    with closing(connect(path, StateError)) as old, closing(connect(tmp_path / "new.db", StateError)) as new:
        for step in STEPS:
            new.script(step)
        with old.transaction():
            old.run("ALTER TABLE marks RENAME TO gone")
        salvage(path, [], new)
        assert new.rows("SELECT * FROM marks") == []


def test_of_a_copy_nothing_comes_back_that_holds_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    state, marks = of_two(path, *BOTH)
    marks.give(verdict("star"), ONE_EACH)
    assert of_two(path, BOTH[0])[1].undo() is not None
    state.back_up(date(2024, 11, 15))
    assert marks.redo() is not None
    with closing(connect(tmp_path / "new.db", StateError)) as new:
        for step in STEPS:
            new.script(step)
        with marks._database.transaction():
            marks._database.run("ALTER TABLE places RENAME TO gone")
        salvage(path, backups.copies(state.copies), new)
        assert new.rows("SELECT * FROM apart") == []
        assert len(new.rows("SELECT * FROM marks")) == 2


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    session = Session(path, (*STEPS, "INSERT INTO visits (archive) SELECT archive FROM marks;\n"))
    assert len(session.said) == 1
    assert session.starred() == ALL
    assert Session(path).starred() == ALL


def test_seven_days_are_kept(path: Path) -> None:
    state = Session(path).state
    for days in range(10):
        state.back_up(date(2024, 11, 1) + timedelta(days=days))
        state.back_up(date(2024, 11, 1) + timedelta(days=days))
    days_kept = [copy.name[13:23] for copy in backups.copies(state.copies)]
    assert days_kept == [f"2024-11-{day:02}" for day in range(10, 3, -1)]


def test_a_clock_set_back_drops_no_newer_copy_for_an_older_one(path: Path) -> None:
    state = Session(path).state
    for day in (*(date(2024, 11, day) for day in range(1, 8)), date(1970, 1, 1), date(2024, 11, 8)):
        state.back_up(day)
    assert [copy.name[13:23] for copy in backups.copies(state.copies)][:3] == ["2024-11-08", "1970-01-01", "2024-11-07"]


def test_a_copy_is_a_whole_file_with_nothing_beside_it(path: Path) -> None:
    state = Session(path).state
    state.back_up(date(2024, 11, 15))
    assert [each.name for each in state.copies.iterdir()] == ["state-000001-2024-11-15.db"]
    assert Session(state.copies / "state-000001-2024-11-15.db").starred() == ALL


def test_a_copy_that_can_t_be_made_is_said_and_stops_nothing(path: Path) -> None:
    (path.parent / "backups").write_text("in the way")
    session = Session(path)
    session.state.back_up(date(2024, 11, 15))
    session.state.back_up(date(2024, 11, 15))
    assert len(session.said) == 1
    assert session.said[0].startswith("no copy of the marks could be made today: ")
    session.marks.give(verdict("unstar"), ARTICLES)
    assert Session(path).starred() == set()


def test_a_clock_set_back_is_named(tmp_path: Path) -> None:
    said: list[str] = []
    library = Library([str(tmp_path)], Folders(tmp_path / "c", tmp_path / "cache", tmp_path / "state"))
    library.say = said.append
    library.visit(datetime(2024, 11, 15, 12).astimezone())
    assert said == []
    library.visit(datetime(2020, 1, 1, 12).astimezone())
    assert len(said) == 1
    assert said[0].startswith("the clock says 2020-01-01 12:00, but you were here at 2024-11-15 12:00")


# -- where the file is -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "journal"), [("nfs4", "delete"), ("ext4", "wal")])
def test_the_journal_suits_the_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, journal: str) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/home {tmp_path / 'state'} {kind} rw 0 0\n")
    monkeypatch.setattr(mounts, "MOUNTS", str(table))
    session = Session(tmp_path / "state" / "state.db")
    session.marks.give(verdict("star"), ARTICLES)
    connection = sqlite3.connect(tmp_path / "state" / "state.db")
    assert connection.execute("PRAGMA journal_mode").fetchone() == (journal,)
    connection.close()
    assert Session(tmp_path / "state" / "state.db").starred() == ALL


def test_a_closed_session_leaves_all_in_one_file(tmp_path: Path) -> None:
    session = Session(tmp_path / "state.db")
    session.marks.give(verdict("star"), ARTICLES)
    session.state.close()
    shutil.copy(tmp_path / "state.db", tmp_path / "copy.db")
    assert Session(tmp_path / "copy.db").starred() == ALL


def test_only_its_owner_can_look_into_the_folder(path: Path) -> None:
    assert path.parent.stat().st_mode & 0o077 == 0
