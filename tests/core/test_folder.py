"""What is found in an archive, how changes are told, and what is never opened."""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from reader.errors import ArchiveError
from reader.intake import folder, inotify
from reader.intake.files import NotReadable
from reader.intake.folder import FolderDiff
from reader.model import Problem
from tests.core.listings import Remembered, scanned, summed


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
    return set(scanned(str(root)).found)


def problems(root: Path) -> dict[str, str]:
    return {problem.path: problem.what for problem in scanned(str(root)).problems}


def at(root: Path, places: Iterable[str], known: Remembered | None = None) -> FolderDiff:
    return summed(folder.changes_at(str(root), places, known or Remembered()))


def test_articles_are_found_by_their_endings_and_hidden_ones_left_out(archive: Path) -> None:
    assert paths(archive) == {"a.md", "b.txt", "deep/er/c.MARKDOWN", "deep/d.mdown"}
    assert problems(archive) == {}


def test_stamps_are_size_and_time_of_change(archive: Path) -> None:
    os.utime(archive / "a.md", ns=(5, 1_000_000_007))
    assert scanned(str(archive)).found["a.md"] == (5, 1_000_000_007)


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
    assert set(at(single, [".note.log"]).found) == {".note.log"}


@pytest.mark.parametrize("kind", ["missing", "fifo"])
def test_what_is_no_archive_is_said_in_words(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "x"
    if kind == "fifo":
        os.mkfifo(place)
    with pytest.raises(ArchiveError, match="name a folder of articles"):
        scanned(str(place))


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
        (tmp_path / str(number) / "a.md").write_text("Text.")
    assert len(list(folder.changes(str(tmp_path), Remembered(), lambda: True))) < 200
    assert len(list(folder.changes(str(tmp_path), Remembered(), lambda: False))) == 201


def test_changes_are_told(archive: Path) -> None:
    before = Remembered(scanned(str(archive)).found)
    (archive / "a.md").write_text("Longer text.")
    (archive / "new.md").write_text("Text.")
    (archive / "deep").rename(archive / "deeper")
    told = scanned(str(archive), before)
    assert set(told.found) == {"a.md", "deeper/d.mdown", "deeper/er/c.MARKDOWN", "new.md"}
    assert told.found["a.md"] == (12, (archive / "a.md").stat().st_mtime_ns)
    assert told.gone == {path: before.known[path] for path in ("deep/d.mdown", "deep/er/c.MARKDOWN")}
    assert at(archive, ["a.md", "new.md", "deep", "deeper", "pic.png", ".git", "gone.md"], before) == told
    assert at(archive, ["b.txt"], before) == FolderDiff("")


def test_a_folder_that_was_a_file_and_a_file_that_was_a_folder(archive: Path) -> None:
    before = Remembered(scanned(str(archive)).found)
    (archive / "a.md").unlink()
    (archive / "a.md").mkdir()
    (archive / "a.md/in.md").write_text("Text.")
    (archive / "deep").rename(archive / ".deep")
    (archive / "deep").write_text("Text.")
    for told in (scanned(str(archive), before), at(archive, ["a.md", "deep"], before)):
        assert set(told.found) == {"a.md/in.md"}
        assert set(told.gone) == {"a.md", "deep/d.mdown", "deep/er/c.MARKDOWN"}


def test_nothing_is_told_of_an_unchanged_archive(archive: Path) -> None:
    known = Remembered(scanned(str(archive)).found)
    known.learn(list(folder.changes(str(archive), known)))
    assert scanned(str(archive), known) == FolderDiff("")


def test_a_folder_that_can_not_be_listed_is_named_and_what_was_in_it_is_gone(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = Remembered()
    known.learn(list(folder.changes(str(archive), known)))
    open_it = os.open

    def refuse(path: str, *options: int) -> int:
        if path.endswith("/deep"):
            raise PermissionError(13, "Permission denied")
        return open_it(path, *options)

    monkeypatch.setattr(os, "open", refuse)
    for _ in range(2):
        told = list(folder.changes(str(archive), known))
        known.learn(told)
        assert summed(told).problems == (Problem("deep", None, "folder not read: permission denied", "skipped"),)
        assert set(known.known) == {"a.md", "b.txt"}
    monkeypatch.undo()
    assert set(scanned(str(archive), known).found) == {"deep/d.mdown", "deep/er/c.MARKDOWN"}


def test_a_page_that_can_not_be_looked_into_is_looked_into_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("Text.")
    (tmp_path / "page.html").write_text("---\ntitle: x\n---\n")
    known = Remembered()
    with monkeypatch.context() as patched:
        patched.setattr("reader.intake.files._read", refuse_to_read)
        known.learn(list(folder.changes(str(tmp_path), known)))
    assert set(known.known) == {"a.md"}
    assert set(scanned(str(tmp_path), known).found) == {"page.html"}


def refuse_to_read(*_: object) -> bytes:
    raise NotReadable("input/output error")


def test_a_file_from_a_time_that_no_database_holds_is_listed_once(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as place:
        (Path(place) / "a.md").write_text("Text.")
        os.utime(Path(place) / "a.md", (0, 253_000_000_000))
        known = Remembered()
        known.learn(list(folder.changes(place, known)))
        assert -(2**63) <= known.known["a.md"][1] < 2**63
        assert scanned(place, Remembered(known.known)) == FolderDiff("")


def test_changes_behind_a_link_are_not_told(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x.md").write_text("Text.")
    (archive / "link").symlink_to(tmp_path / "outside")
    assert at(archive, ["link/x.md", "../outside/x.md"]) == FolderDiff("")


class Watched:
    """An archive that is being watched."""

    def __init__(self, archive: Path) -> None:
        self.said: list[str] = []
        self._stop = threading.Event()
        self._watch = folder.Watch(str(archive), self._stop, self.said.append)
        self.meanwhile = self._watch.meanwhile
        self._places = iter(self._watch)
        assert next(self._places) is None

    def until(self, place: str) -> set[str]:
        """All that is told until that place is, or until it is said that it may be anywhere."""
        seen: set[str] = set()
        while place not in seen:
            told = next(self._places)
            if told is None:
                return {""}
            seen |= told
        return seen

    def stop(self) -> None:
        self._stop.set()
        assert list(self._places) == []


@pytest.fixture(params=[True, False], ids=["by Linux", "by the notifier"])
def is_linux(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the archive is watched as Linux does it, or as other systems do."""
    if request.param and not inotify.is_available():
        pytest.skip("this system has no inotify")
    monkeypatch.setattr(inotify, "is_available", lambda: request.param)
    return bool(request.param)


@pytest.mark.usefixtures("is_linux")
def test_a_watched_archive_tells_where_it_changed(archive: Path) -> None:
    known = Remembered(scanned(str(archive)).found)
    watched = Watched(archive)
    (archive / "deep/new.md").write_text("Text.")
    assert set(at(archive, watched.until("deep/new.md"), known).found) == {"deep/new.md"}
    (archive / "fresh/er").mkdir(parents=True)
    (archive / "fresh/er/b.md").write_text("Text.")
    assert set(at(archive, watched.until("fresh"), known).found) == {"fresh/er/b.md"}
    (archive / ".hidden.md").write_text("Other text.")
    (archive / "fresh/er/b.md").unlink()
    assert ".hidden.md" not in watched.until("fresh/er/b.md")
    watched.stop()
    assert watched.said == []


@pytest.mark.usefixtures("is_linux")
def test_one_watched_file_tells_of_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Text.")
    watched = Watched(tmp_path / "a.md")
    (tmp_path / "b.md").write_text("Text.")
    (tmp_path / "a.md").write_text("Longer text.")
    assert watched.until("a.md") == {"a.md"}
    watched.stop()


def test_who_is_at_work_is_told_of_changes_at_once_and_once_more_afterwards(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.intake.watch._MEANWHILE_SECONDS", 0)
    watched = Watched(archive)
    assert watched.meanwhile() == frozenset()
    (archive / "fresh").mkdir()
    assert watched.meanwhile() == {"fresh"}
    (archive / "fresh/new.md").write_text("Text.")
    (archive / "a.md").rename(archive / "b.md")
    assert watched.meanwhile() == {"fresh/new.md", "a.md", "b.md"}
    assert watched.meanwhile() == frozenset()
    assert watched.until("b.md") == {"fresh", "fresh/new.md", "a.md", "b.md"}
    watched.stop()


def test_who_is_at_work_is_told_nothing_where_only_waiting_tells(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inotify, "is_available", lambda: False)
    watched = Watched(archive)
    (archive / "new.md").write_text("Text.")
    assert watched.meanwhile() == frozenset()
    assert watched.until("new.md") >= {"new.md"}
    watched.stop()


def test_where_the_system_can_tell_no_more_to_one_at_work_the_archive_is_polled_from_then_on(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(archive)
    (archive / "new").mkdir()

    def refuse(*_: object) -> bool:
        raise inotify.TooManyWatches(errno.ENOSPC, "too many")

    with monkeypatch.context() as patched:
        patched.setattr(inotify.Inotify, "_set_watch", refuse)
        assert watched.meanwhile() == frozenset()
    assert watched.until("") == {""}
    assert "too many" in watched.said[0]
    watched.stop()


def test_a_folder_that_moved_is_watched_in_its_new_place(archive: Path) -> None:
    watched = Watched(archive)
    (archive / "deep").rename(archive / "deeper")
    assert watched.until("deeper") == {"deep", "deeper"}
    (archive / "deeper/er/\udce9.md").write_text("Text.")
    assert watched.until("deeper/er/\udce9.md") == {"deeper/er/\udce9.md"}
    watched.stop()


def test_what_lies_behind_a_link_is_not_watched_by_linux(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (archive / "link").symlink_to(tmp_path / "outside")
    (archive / "round").symlink_to(archive)
    watched = Watched(archive)
    (tmp_path / "outside/x.md").write_text("Text.")
    (archive / "a.md").write_text("Longer text.")
    assert watched.until("a.md") == {"a.md"}
    watched.stop()
    assert watched.said == []


def test_more_changes_than_the_system_keeps_are_looked_for_everywhere(archive: Path) -> None:
    watched = Watched(archive)
    kept = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    for number in range(kept // 2 + 2):
        (archive / "a.md").chmod(0o600 + number % 2)
        (archive / "b.txt").chmod(0o600 + number % 2)
    assert "" in watched.until("")
    (archive / "deep/er/c.MARKDOWN").write_text("Text.")
    assert "deep/er/c.MARKDOWN" in watched.until("deep/er/c.MARKDOWN")
    watched.stop()


def test_an_archive_with_linked_folders_is_polled_where_the_notifier_would_follow_them(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inotify, "is_available", lambda: False)
    (archive / "link").symlink_to(tmp_path)
    watched = Watched(archive)
    assert "links to folders" in watched.said[0]
    watched.stop()


def test_an_archive_of_more_folders_than_may_be_watched_is_polled_and_says_which_setting_it_is(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        ctypes.set_errno(errno.ENOSPC)
        return -1

    monkeypatch.setattr(
        ctypes, "CDLL", lambda *_, **__: SimpleNamespace(inotify_init1=lambda _: os.open(archive, 0), inotify_add_watch=refuse)
    )
    watched = Watched(archive)
    assert "more folders than the system watches (fs.inotify.max_user_watches)" in watched.said[0]
    watched.stop()


def test_an_archive_that_the_system_can_not_watch_is_polled_and_says_so(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: object, **_options: object) -> Iterator[None]:
        raise OSError(28, "no space left on device")
        yield

    monkeypatch.setattr(inotify, "is_available", lambda: False)
    monkeypatch.setattr("watchfiles.watch", refuse)
    watched = Watched(archive)
    assert "no space left" in watched.said[0]
    watched.stop()
