"""What is found in an archive, how changes are told, and what is never opened."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import ArchiveError
from reader.intake import folder
from reader.intake.folder import FolderDiff, Listing, Stamp
from reader.model import Problem


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    root = tmp_path / "archive"
    for path in (
        "a.md",
        "b.txt",
        "deep/er/c.MARKDOWN",
        "deep/d.mdown",
        ".hidden.md",
        ".git/e.md",
        "deep/.x/f.md",
        "pic.png",
        "x.json",
        "md",
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("Text.")
    return root


def paths(root: Path) -> set[str]:
    return set(scanned(root).stamps)


def scanned(root: Path) -> Listing:
    listing = folder.scan(str(root))
    assert listing is not None
    return listing


def problems(root: Path) -> dict[str, str]:
    return {problem.path: problem.what for problem in scanned(root).problems}


def test_articles_are_found_by_their_endings_and_hidden_ones_left_out(archive: Path) -> None:
    assert paths(archive) == {"a.md", "b.txt", "deep/er/c.MARKDOWN", "deep/d.mdown"}
    assert problems(archive) == {}


def test_stamps_are_size_and_time_of_change(archive: Path) -> None:
    os.utime(archive / "a.md", ns=(5, 1_000_000_007))
    assert scanned(archive).stamps["a.md"] == (5, 1_000_000_007)


@pytest.mark.parametrize(
    ("name", "content", "is_found"),
    [
        ("page.html", "---\ntitle: x\n---\n<p>", True),
        ("page.HTM", "\n\n---\ntitle: x\n---\n<p>", True),
        ("page.rst", "+++\ntitle = 'x'\n+++\n", True),
        ("page.org", "Title: x\n\ntext", True),
        ("page.html", "<!doctype html>", False),
        ("page.adoc", "= Title\n\ntext", False),
        ("page.html", "", False),
        ("page.html", "---\0\0", False),
        ("page.json", '{"title": "x"}', False),
        ("page.py", "---\ntitle: x\n---\n", False),
    ],
)
def test_other_text_files_are_articles_if_they_open_with_front_matter(tmp_path: Path, name: str, content: str, is_found: bool) -> None:
    (tmp_path / name).write_text(content)
    assert (name in paths(tmp_path)) is is_found


def test_one_file_is_an_archive_whatever_it_is_called(tmp_path: Path) -> None:
    single = tmp_path / ".note.log"
    single.write_text("Text.")
    assert paths(single) == {".note.log"}
    assert folder.read_bytes(str(single), ".note.log", 100) == b"Text."
    assert folder.changes_at(str(single), [".note.log"], {}).added == (".note.log",)


@pytest.mark.parametrize("kind", ["missing", "fifo"])
def test_what_is_no_archive_is_said_in_words(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "x"
    if kind == "fifo":
        os.mkfifo(place)
    with pytest.raises(ArchiveError, match="name a folder of articles"):
        folder.scan(str(place))


def test_names_that_are_not_utf8_or_odd_are_kept(tmp_path: Path) -> None:
    names = [b"caf\xe9.md", "日本.md".encode(), b"[x] & 'y'\n#.md", b"a b.md"]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text("Text.")
    assert {os.fsencode(path) for path in paths(tmp_path)} == set(names)
    assert folder.read_bytes(str(tmp_path), os.fsdecode(names[0]), 10) == b"Text."


def test_links_are_followed_only_to_files_of_the_archive_that_have_no_name_there(archive: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("Secret.")
    (archive / "out.md").symlink_to(outside / "secret.md")
    (archive / "outdir").symlink_to(outside)
    (archive / "loop").symlink_to(archive)
    (archive / "self.md").symlink_to(archive / "self.md")
    (archive / "broken.md").symlink_to("nowhere")
    (archive / "again.md").symlink_to("a.md")
    (archive / "annexed.md").symlink_to(".git/e.md")
    assert paths(archive) - {"a.md", "b.txt", "deep/er/c.MARKDOWN", "deep/d.mdown"} == {"annexed.md"}
    assert problems(archive) == {
        "out.md": "a link that leads out of the archive",
        "outdir": "a link that leads out of the archive",
        "broken.md": "a link that leads nowhere",
        "self.md": "a link that leads nowhere",
    }
    assert folder.read_bytes(str(archive), "annexed.md", 100) == b"Text."
    for path in ("out.md", "outdir/secret.md", "../outside/secret.md", str(outside / "secret.md")):
        refused = folder.read_bytes(str(archive), path, 100)
        assert isinstance(refused, Problem)
        assert refused.effect == "skipped"


@pytest.fixture
def special(tmp_path: Path) -> Iterator[Path]:
    os.mkfifo(tmp_path / "fifo.md")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "socket.md"))
    (tmp_path / "null.md").symlink_to("/dev/null")
    (tmp_path / "folder.md").mkdir()
    yield tmp_path
    listener.close()


def test_what_is_no_regular_file_is_named_and_never_opened(special: Path) -> None:
    assert paths(special) == set()
    assert set(problems(special)) == {"fifo.md", "socket.md", "null.md"}
    for path in ("fifo.md", "socket.md", "null.md", "folder.md", "gone.md"):
        assert isinstance(folder.read_bytes(str(special), path, 100), Problem)


@pytest.mark.parametrize(("size", "limit", "read"), [(5, 10, 5), (10, 10, 10), (11, 10, 11), (1000, 10, 11)])
def test_a_long_file_is_read_to_one_byte_past_the_limit(tmp_path: Path, size: int, limit: int, read: int) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * size)
    content = folder.read_bytes(str(tmp_path), "a.md", limit)
    assert isinstance(content, bytes)
    assert len(content) == read


def test_a_scan_can_be_stopped(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / str(number)).mkdir()
    assert folder.scan(str(tmp_path), lambda: True) is None
    assert folder.changes(str(tmp_path), {}, lambda: True) is None


def test_changes_are_told(archive: Path) -> None:
    known = dict(scanned(archive).stamps)
    (archive / "a.md").write_text("Longer text.")
    (archive / "new.md").write_text("Text.")
    (archive / "deep").rename(archive / "deeper")
    expected = folder.diff(known, scanned(archive))
    assert expected.added == ("deeper/d.mdown", "deeper/er/c.MARKDOWN", "new.md")
    assert expected.changed == ("a.md",)
    assert expected.removed == ("deep/d.mdown", "deep/er/c.MARKDOWN")
    assert set(expected.stamps) == {*expected.added, *expected.changed}
    assert folder.changes(str(archive), known) == expected
    assert folder.changes_at(str(archive), ["a.md", "new.md", "deep", "deeper", "pic.png", ".git", "gone.md"], known) == expected
    assert folder.changes_at(str(archive), ["b.txt"], known).is_empty


def test_nothing_is_told_of_an_unchanged_archive(archive: Path) -> None:
    assert folder.changes(str(archive), scanned(archive).stamps) == FolderDiff()


def test_changes_behind_a_link_are_not_told(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x.md").write_text("Text.")
    (archive / "link").symlink_to(tmp_path / "outside")
    assert folder.changes_at(str(archive), ["link/x.md", "../outside/x.md"], {}).is_empty


STAMPS = st.dictionaries(st.sampled_from(["a.md", "b.md", "c/d.md", "c/e.md"]), st.tuples(st.integers(0, 2), st.integers(0, 2)))


@settings(max_examples=100, deadline=None)
@given(STAMPS, STAMPS)
def test_a_diff_turns_what_was_into_what_is(before: dict[str, Stamp], after: dict[str, Stamp]) -> None:
    found = folder.diff(before, Listing(after))
    became = {path: stamp for path, stamp in before.items() if path not in found.removed}
    became.update(found.stamps)
    assert became == after
    assert set(found.added).isdisjoint(before)
    assert not set(found.changed) - set(before)


def test_a_watched_archive_tells_where_it_changed(archive: Path) -> None:
    stop = threading.Event()
    said: list[str] = []
    places = folder.watch(str(archive), stop, said.append)
    assert next(places) is None
    known = scanned(archive).stamps
    (archive / "deep/new.md").write_text("Text.")
    seen: set[str] = set()
    while "deep/new.md" not in seen:
        seen |= next(places) or set()
    assert folder.changes_at(str(archive), seen, known).added == ("deep/new.md",)
    stop.set()
    assert list(places) == []
    assert said == []


def test_an_archive_with_linked_folders_is_polled_and_says_so(archive: Path, tmp_path: Path) -> None:
    (archive / "link").symlink_to(tmp_path)
    stop = threading.Event()
    said: list[str] = []
    places = folder.watch(str(archive), stop, said.append)
    assert next(places) is None
    assert "links to folders" in said[0]
    stop.set()
    assert list(places) == []


def test_an_archive_that_the_system_can_not_watch_is_polled_and_says_so(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: object, **_options: object) -> Iterator[None]:
        raise OSError(28, "no space left on device")
        yield

    monkeypatch.setattr("watchfiles.watch", refuse)
    stop = threading.Event()
    said: list[str] = []
    places = folder.watch(str(archive), stop, said.append)
    assert next(places) is None
    assert "no space left" in said[0]
    stop.set()
    assert list(places) == []
