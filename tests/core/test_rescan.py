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
from reader.index.stamps import KnownStamps
from reader.index.store import IndexFile
from reader.intake.folder import Stamp
from reader.intake.walk import FolderContents, Walk
from reader.model import IndexChange
from reader.paths import shown_path
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
    st.tuples(st.just("overtaken"), st.lists(st.one_of(writing, moving, others), max_size=4)),
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

    def look_while(self, changes: list[tuple[str, ...]]) -> list[IndexChange]:
        """Looks at everything while things are done to the archive, one after the other; then at what was told of them, once more."""
        changed: list[str] = []
        waiting = changes[::-1]

        def told(_: str) -> list[str]:
            if not waiting:
                return []
            kind, path, *how = waiting.pop()
            change(Path(self.root), kind, path, *how)
            changed.extend([path, *how[:1]] if kind == "move" else [path])
            return changed[-2:] if kind == "move" else changed[-1:]

        with self._index.writing() as database:
            steps = [step.change for step in Indexing(database, [self.root], told=told).refresh()]
            for _ in Indexing(database, [self.root]).take(self.root, changed):
                pass
        return steps

    def first_step(self) -> IndexChange:
        """What is listed first."""
        with self._index.writing() as database:
            return next(Indexing(database, [self.root]).refresh()).change

    def known(self) -> tuple[dict[str, Stamp], dict[str, str]]:
        """The stamps, and what is wrong with files that are none."""
        with self._index.writing() as database:
            problems = database.rows("SELECT path, what FROM files JOIN problems ON file = id WHERE size < 0")
            return KnownStamps(database, 1).at(""), {shown_path(path): what for path, what in problems}

    def keys(self) -> dict[str, str]:
        """By path, the articles' keys."""
        with self._index.writing() as database:
            rows = database.rows("SELECT path, key FROM articles JOIN files ON files.id = articles.file")
            return {shown_path(path): key for path, key in rows}

    def listed(self) -> int:
        """Articles that can be seen."""
        with self._index.writing() as database:
            (found,) = database.rows("SELECT count(*) FROM timeline JOIN articles USING (id) JOIN files ON files.id = articles.file")
            return int(found[0])


# A file that is as it was again: when the program was killed after it had seen another; when it was seen to be gone while all were
# looked at. A folder that came and went unlooked at.
CAME_BACK = [("refresh",), ("write", "a.md", "longer", 1), ("killed", 0), ("write", "a.md", "plain", 1)]
WENT_MEANWHILE = [("refresh",), ("write", "b.MD", "plain", 1), ("overtaken", [("remove", "a.md")]), ("write", "a.md", "plain", 1)]
BECAME_READABLE = [("link", "a.md", "a.md"), ("overtaken", [("write", "a.md", "plain", 1)])]
CAME_AND_WENT = [("remove", "deep"), ("refresh",), ("write", "deep/c.txt", "plain", 1), ("take", ["deep/c.txt"]), ("remove", "deep")]


@settings(max_examples=60, deadline=None)
@example([("write", "a.md", "plain", 1), *CAME_BACK])
@example(CAME_AND_WENT)
@example(BECAME_READABLE)
@example([("write", "a.md", "plain", 1), *WENT_MEANWHILE])
@given(steps)
def test_the_index_comes_to_know_what_is_there(steps: list[tuple[str, *tuple[object, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = folder(Path(place) / "wire", {"a.md": TEXTS["plain"], "deep/er/d.md": TEXTS["plain"]})
        archive = Archive(Path(place))
        for kind, *how in steps:
            if kind in ("refresh", "killed", "take"):
                archive.look(kind, *how)
            elif kind == "overtaken":
                archive.look_while(how[0])  # type: ignore[arg-type]  # as it was drawn
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


def test_a_file_written_while_all_are_looked_at_is_listed_before_the_look_is_over(wire: Archive) -> None:
    Path(wire.root, "2023/01/0.md").write_text(article_text("Changed before"))
    steps = wire.look_while([("write", "2023/02/new.md", "plain", 1)])
    assert [(step.added, step.changed) for step in steps if step.added or step.changed] == [
        (("2023/02/new.md",), ()),
        ((), ("2023/01/0.md",)),
    ]


def test_many_files_that_appear_while_all_are_looked_at_come_in_their_turn(wire: Archive, tmp_path: Path) -> None:
    folder(tmp_path / "wire/.new", {f"{number}.md": article_text("New") for number in range(501)})
    assert wire.look_while([("move", ".new", "new")]) == []
    assert wire.listed() == len(listed(wire.root).stamps)


def test_new_files_are_listed_before_all_folders_are_looked_into_but_for_those_that_may_have_moved(wire: Archive) -> None:
    newest, root = "2024/10", Path(wire.root)
    (root / newest / "new.md").write_text(article_text("New"))
    (root / "2023/01/0.md").rename(root / newest / "moved.md")
    listed_first, looked_into = first_step(wire)
    assert listed_first.added == (f"{newest}/new.md",)
    assert looked_into[-1] == newest
    assert len(looked_into) < 5
    wire.look("refresh")
    assert wire.keys()[f"{newest}/moved.md"] == "2023/01/0.md"


def test_new_files_in_many_folders_are_listed_in_their_turn_but_for_the_newest(wire: Archive) -> None:
    for month in range(1, 11):
        Path(wire.root, f"2024/{month:02}/new.md").write_text(article_text(f"New in {month}"))
    added = [[key[:7] for key in step.added] for step in wire.look_while([]) if step.added]
    assert added == [["2024/10"], ["2024/09"], ["2024/08"], ["2024/07"], [f"2024/{month:02}" for month in (6, 5, 4, 3, 2, 1)]]


def first_step(archive: Archive) -> tuple[IndexChange, list[str]]:
    """What is listed first, and the folders looked into for it."""
    looked_into: list[str] = []
    contents = Walk._contents

    def count(self: Walk, path: str) -> FolderContents:
        looked_into.append(path)
        return contents(self, path)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Walk, "_contents", count)
        return archive.first_step(), looked_into


def test_the_newest_of_an_unknown_archive_are_listed_before_all_folders_are_looked_into(tmp_path: Path) -> None:
    names = [
        f"{desk}/{year}/{month:02}/{number}.md"
        for desk in "ab"
        for year in (2022, 2023, 2024)
        for month in (1, 2, 3)
        for number in range(100)
    ]
    folder(tmp_path / "wire", dict.fromkeys(names, "Text."))
    listed_first, looked_into = first_step(Archive(tmp_path))
    assert {key[2:9] for key in listed_first.added} == {"2024/03", "2024/02"}
    assert len(looked_into) < 15


def test_where_no_folder_says_when_all_are_looked_into_first(tmp_path: Path) -> None:
    root = folder(tmp_path / "wire", {f"{desk}/{number}.md": "Text." for desk in "abcd" for number in range(100)})
    for at, path in enumerate(sorted(root.rglob("*.md"))):
        os.utime(path, (0, 86_400 * (at % 100)))
    listed_first, looked_into = first_step(Archive(tmp_path))
    assert len(looked_into) == 5
    assert {key[0] for key in listed_first.added} == {*"abcd"}


def test_one_of_two_archives_can_be_brought_up_to_date_alone(tmp_path: Path, cost: Cost) -> None:
    roots = [str(folder(tmp_path / name / "wire", {"a.md": article_text(name)})) for name in ("one", "two")]
    with IndexFile(tmp_path / "cache", roots, lambda _: None).writing() as database:
        for _ in Indexing(database, roots).refresh(roots[1:]):
            pass
    assert cost.files == [f"{roots[1]}/a.md"] * 2  # once for its words, once for its names
