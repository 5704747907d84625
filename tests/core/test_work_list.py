"""In which order files are read, and which of those that are gone may have moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.database import Database
from reader.index.reading import Reading
from reader.index.store import IndexFile
from reader.index.work_list import WorkList
from reader.intake.folder import FolderDiff, Stamp

DAY = 86_400_000_000_000
ARCHIVE = "/wire"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with IndexFile(tmp_path, [ARCHIVE], lambda _: None).writing() as database:
        yield database


def found(folder: str, **sizes: int) -> FolderDiff:
    """Articles of a folder by their names, without ending, and sizes; each a day younger than the one before."""
    return FolderDiff(folder, {f"{folder}/{name}.md": (size, number * DAY) for number, (name, size) in enumerate(sizes.items())})


def gone(**sizes: int) -> FolderDiff:
    return FolderDiff("", gone={f"{name}.md": (size, 0) for name, size in sizes.items()})


def order(work: WorkList) -> list[str]:
    one = work.of(1, ARCHIVE)
    assert len(one.maybe_moved) + len(one.others) == len([*one.maybe_moved, *one.others])
    return [path for _, path, _ in (*one.maybe_moved, *one.others)]


def test_the_latest_are_read_first_by_the_day_in_the_path_or_else_the_day_of_the_file(database: Database) -> None:
    work = WorkList(database)
    for each in (found("2023/11/05", a=1), found("2024/02/29", b=2, c=3), found("1970", d=4, e=5), found("plain", f=6, g=7)):
        work.add(1, each)
    assert work.settle() == 7
    assert order(work) == ["2024/02/29/b.md", "2024/02/29/c.md", "2023/11/05/a.md", "plain/g.md", "plain/f.md", "1970/d.md", "1970/e.md"]


@pytest.mark.parametrize("folder", ["2024/11/15", "wire"])
def test_files_of_a_day_are_read_by_their_paths_whatever_the_disk_says_first(database: Database, folder: str) -> None:
    stamps = {f"{folder}/{name}.md": (1, 10**18) for name in "cadb"}
    work = WorkList(database)
    work.add(1, FolderDiff(folder, stamps))
    work.settle()
    assert [path[-4] for _, path, _ in work.of(1, "/wire").others] == list("abcd")


def test_many_files_of_a_day_are_all_read_and_as_they_are(database: Database) -> None:
    stamps: dict[str, Stamp] = {f"2024/01/01/\udce9{number}.md": (number, number) for number in range(2000)}
    work = WorkList(database)
    work.add(1, FolderDiff("2024/01/01", stamps))
    assert work.settle() == 2000
    one = work.of(1, ARCHIVE)
    assert {path: stamp for _, path, stamp in one.others} == stamps


def test_what_may_have_moved_is_read_first_and_taken_out_with_what_it_became(database: Database) -> None:
    database.run("INSERT INTO files (root, path, size, mtime, digest) VALUES (1, 'old.md', 7, 0, x'01'), (1, 'other.md', 7, 0, x'02')")
    work = WorkList(database)
    work.add(1, found("2024/01/01", new=3, moved=7))
    work.add(1, gone(old=7, other=7, shorter=5))
    assert work.settle() == 5
    one = work.of(1, ARCHIVE)
    assert [path for _, path, _ in one.maybe_moved] == ["2024/01/01/moved.md"]
    assert [path for _, path, _ in one.others] == ["2024/01/01/new.md"]
    assert list(one.gone_for_good()) == [["shorter.md"]]
    readings = [Reading("2024/01/01/moved.md", (7, 0), b"\x01", None, ())]
    assert one.moved(readings) == ["old.md"]
    assert one.moved(readings) == []
    assert list(one.gone_after_all()) == [["other.md"]]


def test_archives_have_their_own_work(database: Database) -> None:
    work = WorkList(database)
    work.add(1, found("2024/01/01", a=7))
    work.add(2, gone(old=7))
    assert work.settle() == 2
    assert list(work.of(2, "/other").gone_for_good()) == [["old.md"]]
    assert [len(work.of(root, ARCHIVE).others) for root in (1, 2)] == [1, 0]


def test_the_newest_found_so_far_are_given_before_all_is_there_and_read_once(database: Database) -> None:
    work = WorkList(database)
    work.add(1, found("2024/02/29", a=1, b=2))
    work.add(1, found("2024/02/28", c=3))
    work.add(1, found("notes", d=4))
    assert work.newest(1, ARCHIVE, "20240229", 3) is None
    newest = work.newest(1, ARCHIVE, "20240228", 3)
    assert newest is not None
    assert [path for _, path, _ in newest] == ["2024/02/29/a.md", "2024/02/29/b.md", "2024/02/28/c.md"]
    work.finish(newest)
    assert (work.done, work.settle()) == (3, 1)
    assert order(work) == ["notes/d.md"]


def test_the_fingerprints_of_folders_around_what_was_seen_to_since_are_not_kept(database: Database) -> None:
    work = WorkList(database)
    for path in ("", "a", "a/b", "c"):
        work.add(1, FolderDiff(path, fingerprint=b"as it was"))
    work.overtake(1, ["a/b/new.md"])
    work.settle()
    work.of(1, ARCHIVE).keep_fingerprints()
    assert database.rows("SELECT path FROM folders") == [("c",)]
