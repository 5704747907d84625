"""An index that has grown is closed up, once it is complete; who is told to stop leaves it as it was."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from reader.database import Database, connect
from reader.errors import IndexFileError
from reader.index.articles import ArticleWriter
from reader.index.reading import Entry, Reading
from reader.index.store import IndexFile

ROWS = 40_000


def made(path: Path) -> Database:
    """A database of which half has been taken out again."""
    database = connect(path, IndexFileError)
    database.run("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)")
    with database.transaction():
        database.run_many("INSERT INTO t VALUES (?, ?)", ((number, f"{number}" * 20) for number in range(ROWS)))
        database.run("DELETE FROM t WHERE id % 2")
    return database


def test_what_is_free_is_given_back_and_nothing_else(tmp_path: Path) -> None:
    with closing(made(tmp_path / "a.db")) as database:
        before = (tmp_path / "a.db").stat().st_size
        assert database.compact(lambda: False)
        assert database.rows("SELECT count(*), max(id) FROM t") == [(ROWS // 2, ROWS - 2)]
    assert (tmp_path / "a.db").stat().st_size < before * 0.7


def test_told_to_stop_it_leaves_everything_as_it_was(tmp_path: Path) -> None:
    with closing(made(tmp_path / "a.db")) as database:
        assert not database.compact(lambda: True)
        assert database.rows("SELECT count(*), max(id) FROM t") == [(ROWS // 2, ROWS - 2)]
        assert database.compact(lambda: False)


def readings(first: int, last: int) -> list[Reading]:
    return [
        Reading(f"{number}.md", (1, 1), b"%d" % number, Entry(None, None, "h", (), (), None, None, None, None, None, 1), ())
        for number in range(first, last)
    ]


def test_an_index_is_closed_up_when_it_has_doubled(tmp_path: Path) -> None:
    index = IndexFile(tmp_path, ["/archive"], print)
    with index.writing() as database:
        writer = ArticleWriter(database)

        def closed_up_at() -> int | None:
            writer.compact(lambda: False)
            found = database.row("SELECT value FROM meta WHERE name = 'compacted'")
            return found[0] if found else None

        for last, expected in ((999, None), (1_000, 1_000), (1_999, 1_000), (2_000, 2_000)):
            writer.apply("/archive", readings(0, last))
            assert closed_up_at() == expected
