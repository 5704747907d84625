"""However an archive changes, and whenever the program is killed, the index comes to know just what is there; and it asks for little."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.database import Database
from reader.index.indexing import Indexing
from reader.index.paths import shown_path
from reader.index.stamps import KnownStamps
from reader.index.store import IndexFile
from reader.intake.folder import Stamp
from tests.builders import article_text, folder
from tests.core.listings import listed

NAMES = [
    *("a.md", "b.MD", "page.html", "deep", "deep/c.txt", "deep/er", "deep/er/d.md"),
    *("deep/er/\udce9.md", "deep-er/e.md", "\udcff/f.md", ".x/g.md"),
]
TEXTS = {"plain": "Text.", "headed": "---\ntitle: x\n---\n\nText.\n", "longer": "Longer text."}

paths = st.sampled_from(NAMES)
writing = st.tuples(st.just("write"), paths, st.sampled_from([*TEXTS]), st.integers(1, 2))
moving = st.tuples(st.just("move"), paths, paths)
linking = st.tuples(st.just("link"), paths, st.sampled_from(["a.md", ".x/g.md", "deep", "..", "nowhere"]))
others = st.tuples(st.sampled_from(["remove", "fifo", "folder"]), paths)
looking = st.one_of(
    st.just(("refresh",)),
    st.tuples(st.just("killed"), st.integers(0, 3)),
    st.tuples(st.just("take"), st.lists(paths, min_size=1, max_size=3)),
)
steps = st.lists(st.one_of(writing, writing, moving, linking, others, looking, looking), max_size=16)


def change(root: Path, kind: str, path: str, *how: object) -> None:
    """Does one thing to an archive, where that can be done."""
    place = root / path
    with suppress(OSError, shutil.Error):
        if kind == "move":
            place.rename(root / str(how[0]))
            return
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        if kind == "write":
            place.write_text(TEXTS[str(how[0])])
            os.utime(place, (0, int(str(how[1]))))
        elif kind == "link":
            place.symlink_to(str(how[0]))
        elif kind == "fifo":
            os.mkfifo(place)
        elif kind == "folder":
            place.mkdir()


class Archive:
    """An archive in the folder `wire` of a place, and its index."""

    def __init__(self, place: Path) -> None:
        self.root = os.path.realpath(place / "wire")
        self._index = IndexFile(place / "cache", [self.root], lambda _: None)

    def look(self, kind: str, *how: object) -> None:
        """Brings the index up to date as a program does that may be killed after so many steps."""
        with self._index.writing() as database:
            indexing = Indexing(database, [self.root])
            work = indexing.take(self.root, how[0]) if kind == "take" else indexing.refresh()  # type: ignore[arg-type]  # as it was drawn
            for done, _ in enumerate(work):
                if kind == "killed" and done == how[0]:
                    work.close()  # type: ignore[attr-defined]  # a generator is what it is

    def known(self) -> tuple[dict[str, Stamp], dict[str, str]]:
        """The stamps, and what is wrong with files that are none."""
        with self._index.writing() as database:
            problems = database.rows("SELECT path, what FROM files JOIN problems ON file = id WHERE size < 0")
            return KnownStamps(database, 1).at(""), {shown_path(path): what for path, what in problems}

    def listed(self) -> int:
        """Articles that can be seen."""
        with self._index.writing() as database:
            (found,) = database.rows("SELECT count(*) FROM timeline JOIN articles USING (id) JOIN files ON files.id = articles.file")
            return int(found[0])


# A file that is as it was again when the program was killed after it had seen another; a folder that came and went unlooked at.
CAME_BACK = [("refresh",), ("write", "a.md", "longer", 1), ("killed", 0), ("write", "a.md", "plain", 1)]
CAME_AND_WENT = [("remove", "deep"), ("refresh",), ("write", "deep/c.txt", "plain", 1), ("take", ["deep/c.txt"]), ("remove", "deep")]


@settings(max_examples=60, deadline=None)
@example([("write", "a.md", "plain", 1), *CAME_BACK])
@example(CAME_AND_WENT)
@given(steps)
def test_the_index_comes_to_know_what_is_there(steps: list[tuple[str, *tuple[object, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = folder(Path(place) / "wire", {"a.md": TEXTS["plain"], "deep/er/d.md": TEXTS["plain"]})
        archive = Archive(Path(place))
        for kind, *how in steps:
            if kind in ("refresh", "killed", "take"):
                archive.look(kind, *how)
            else:
                change(root, kind, *how)  # type: ignore[arg-type]  # as it was drawn
        archive.look("refresh")
        there = listed(archive.root)
        assert archive.known() == (there.stamps, there.problems)
        assert archive.listed() == len(there.stamps)


@pytest.fixture
def wire(tmp_path: Path) -> Archive:
    names = [f"{year}/{day:02}/{number}.md" for year in (2023, 2024) for day in range(1, 11) for number in range(15)]
    folder(tmp_path / "wire", {name: article_text(f"Story {name}") for name in [*names, *(f"pages/{each}.html" for each in range(20))]})
    archive = Archive(tmp_path)
    # The first look reads, the second gives the folders around what was read their fingerprints.
    archive.look("refresh")
    archive.look("refresh")
    return archive


class Cost:
    """Files opened and rows fetched."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.rows = 0


@pytest.fixture
def cost(monkeypatch: pytest.MonkeyPatch) -> Cost:
    found = Cost()
    open_it, ask_many, ask_one, ask_in_chunks = os.open, Database.rows, Database.row, Database.chunks

    def opened(path: str, flags: int, *rest: int) -> int:
        descriptor = open_it(path, flags, *rest)
        if "/wire/" in str(path) and not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            found.files.append(path)
        return descriptor

    def rows(self: Database, *question: object) -> object:
        answer = ask_many(self, *question)  # type: ignore[arg-type]  # as it was called
        found.rows += len(answer)
        return answer

    def row(self: Database, *question: object) -> object:
        answer = ask_one(self, *question)  # type: ignore[arg-type]  # as it was called
        found.rows += answer is not None
        return answer

    def chunks(self: Database, *question: object) -> Iterator[object]:
        for answer in ask_in_chunks(self, *question):  # type: ignore[arg-type]  # as it was called
            found.rows += len(answer)
            yield answer

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(Database, "rows", rows)
    monkeypatch.setattr(Database, "row", row)
    monkeypatch.setattr(Database, "chunks", chunks)
    return found


FOLDERS = 1 + 2 * 11 + 1


def test_an_unchanged_archive_costs_a_row_a_folder_and_no_file(wire: Archive, cost: Cost) -> None:
    wire.look("refresh")
    assert cost.files == []
    assert cost.rows <= FOLDERS + 20


def test_a_changed_file_costs_the_rows_of_the_folders_around_it(wire: Archive, cost: Cost) -> None:
    Path(wire.root, "2024/05/7.md").write_text(article_text("A longer story than before"))
    wire.look("refresh")
    assert {Path(path).name for path in cost.files} == {"7.md"}
    assert cost.rows <= FOLDERS + 15 + 60


def test_a_new_file_that_is_told_of_costs_as_little_whatever_else_there_is(wire: Archive, cost: Cost) -> None:
    Path(wire.root, "2024/05/new.md").write_text(article_text("New"))
    wire.look("take", ["2024/05/new.md"])
    assert {Path(path).name for path in cost.files} == {"new.md"}
    assert cost.rows <= 60


def test_one_of_two_archives_can_be_brought_up_to_date_alone(tmp_path: Path, cost: Cost) -> None:
    roots = [str(folder(tmp_path / name / "wire", {"a.md": article_text(name)})) for name in ("one", "two")]
    with IndexFile(tmp_path / "cache", roots, lambda _: None).writing() as database:
        for _ in Indexing(database, roots).refresh(roots[1:]):
            pass
    assert cost.files == [f"{roots[1]}/a.md"] * 2  # once for its words, once for its names
