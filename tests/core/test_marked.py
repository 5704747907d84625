"""The table of what is marked, kept up change by change, holds what one made anew does, and is asked for little."""

from __future__ import annotations

import os
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.database import Database, attach
from reader.index import lately
from reader.index.indexing import Indexing
from reader.index.rows import RowReader
from reader.index.store import IndexFile
from reader.model import ArticleKey
from reader.query.marked import Marked
from reader.triage.marks import Marks
from reader.triage.store import StateFile
from reader.triage.verbs import verdict
from tests.builders import article_text, folder

FILES = ["2024/a.md", "2024/b.md", "c.md"]
KEYS = [ArticleKey(key) for key in (*FILES, "own")]
TEXTS = {"plain": article_text("Plain"), "other": article_text("Other"), "own": article_text("Own", id="own")}

writing = st.tuples(st.just("write"), st.lists(st.tuples(st.sampled_from(FILES), st.sampled_from([*TEXTS, ""])), min_size=1, max_size=3))
judging = st.tuples(st.just("judge"), st.sampled_from(["read", "unread", "star", "unstar", "tag:later"]), st.sampled_from(KEYS))
asking = st.tuples(st.just("ask"), st.sampled_from([0, 1 << 40, 1 << 62]))
steps = st.lists(st.one_of(writing, judging, asking), max_size=14)


class Desk:
    """An archive in a folder of its own, its index and marks, and one connection that asks for as long as it can."""

    def __init__(self, place: Path) -> None:
        self.root = os.path.realpath(folder(place / "wire", dict.fromkeys(FILES, TEXTS["plain"])))
        self._index = IndexFile(place / "cache", [self.root], print)
        self._state = StateFile(place / "state.db", [self.root], print)
        self.take(FILES)
        self.marks = Marks(self._state.open(), [self.root])
        self._database, self._marked = self._connected()

    def _connected(self) -> tuple[Database, Marked]:
        database = self._index.reading()
        with closing(self._state.open()) as state:
            attach(database, state.uri, "state")
        return database, Marked(database, has_state=True)

    def write(self, changes: list[tuple[str, str]]) -> None:
        for path, text in changes:
            (Path(self.root) / path).write_text(TEXTS[text]) if text else (Path(self.root) / path).unlink(missing_ok=True)
        self.take([path for path, _ in changes])

    def take(self, paths: list[str]) -> None:
        with self._index.writing() as database:
            for _ in Indexing(database, [self.root]).take(self.root, paths):
                pass

    def kept_up(self, low: int = 0) -> list[tuple[object, ...]]:
        """What the connection has that has been there all the time."""
        return self._asked(self._database, self._marked, low)

    def anew(self) -> list[tuple[object, ...]]:
        """What one has that is made now."""
        database, marked = self._connected()
        with closing(database):
            return self._asked(database, marked, 0)

    def _asked(self, database: Database, marked: Marked, low: int) -> list[tuple[object, ...]]:
        counts = RowReader(database).counts()
        marked.refresh_marks((counts.identity, counts.revision), marked.turn(), low)
        return database.rows("SELECT field, article FROM temp.marked ORDER BY 1, 2")

    def close(self) -> None:
        self._database.close()
        self.marks.close()


@pytest.mark.parametrize("remembered", [0, 2, 500])
@settings(max_examples=25, deadline=None)
@given(steps)
def test_marks_kept_up_are_those_found_anew(remembered: int, steps: list[tuple[str, *tuple[object, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patched:
        patched.setattr(lately, "_MOST", remembered)
        patched.setattr("reader.query.marked._MANY", 1)
        desk = Desk(Path(place))
        for kind, *how in [*steps, ("ask", 0)]:
            if kind == "write":
                desk.write(how[0])  # type: ignore[arg-type]  # as it was drawn
            elif kind == "judge":
                desk.marks.give(verdict(str(how[0])), [(desk.root, how[1])])  # type: ignore[list-item]  # as it was drawn
            else:
                found = desk.kept_up(how[0])  # type: ignore[arg-type]  # as it was drawn
                assert set(found) <= set(desk.anew())
        assert desk.kept_up() == desk.anew()
        desk.close()


def test_a_file_that_comes_costs_a_look_at_its_own_marks_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    desk.marks.give(verdict("read"), [(desk.root, key) for key in KEYS])
    before = desk.kept_up()
    asked: list[str] = []
    run = Database.run

    def note(self: Database, sql: str, *params: object) -> int:
        asked.append(sql)
        return run(self, sql, *params)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Database, "run", note)
    desk.write([("2024/new.md", "plain")])
    asked.clear()
    assert desk.kept_up() == before
    assert not [sql for sql in asked if sql == "DELETE FROM temp.marked"]
    desk.close()


@given(st.lists(st.lists(st.integers(1, 5), max_size=4), max_size=8), st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_what_is_remembered_of_the_last_changes_is_whole_or_nothing(changes: list[list[int]], most: int) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patched:
        patched.setattr(lately, "_MOST", most)
        with IndexFile(Path(place), ["/wire"], print).writing() as database:
            assert lately.differing(database, ("this", 0), ("this", 1)) is None
            for revision, articles in enumerate(changes, 1):
                lately.note(database, revision, articles)
            for since in range(len(changes)):
                wanted = [article for articles in changes[since:] for article in articles]
                known, now = ("this", since), ("this", len(changes))
                assert lately.differing(database, known, now) == (wanted if len(wanted) <= most else None)
                assert lately.differing(database, now, now) == []
                assert lately.differing(database, ("another", since), now) is None
                assert lately.differing(database, now, known) is None
