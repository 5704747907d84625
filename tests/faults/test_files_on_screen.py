"""The reader on files that can't be used, or stop being usable while it is open: it shows what there is, and says the rest."""

from __future__ import annotations

import shlex
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import environment, folder, numbered_articles
from tests.cli.run import dateline
from tests.hostile.walk import COMMAND
from tests.pty_session import PtySession


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def wire(tmp_path: Path, home: Path) -> Path:
    """An archive that was read before, with one star."""
    archive = folder(tmp_path / "wire", numbered_articles(30))
    dateline(home, "mark", "star", "Story 000", "-a", archive)
    return archive


def index_file(home: Path) -> Path:
    (found,) = (home / "cache" / "dateline").glob("*/index.db")
    return found


def state_file(home: Path) -> Path:
    return home / "state" / "dateline" / "state.db"


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()


def garble(path: Path) -> None:
    path.write_bytes(b"garbage" * 10_000)


def make_another_version(path: Path) -> None:
    change(path, "PRAGMA user_version = 99")


@pytest.mark.parametrize("spoil", [garble, make_another_version, Path.unlink])
def test_an_index_that_can_t_be_used_is_made_anew_behind_the_list(home: Path, wire: Path, spoil: Callable[[Path], None]) -> None:
    spoil(index_file(home))
    with PtySession([*COMMAND, str(wire)], env=environment(home)) as session:
        session.wait_for(lambda screen: "Story 000" in screen.text and "of 30" in screen.text, timeout=30)
        assert "★" in session.screen.text
        session.send("q")
        assert session.wait_exit() == 0


def test_an_index_that_breaks_under_the_reader_is_made_anew_every_time_but_not_for_ever(home: Path, wire: Path) -> None:
    with PtySession([*COMMAND, str(wire)], env=environment(home)) as session:
        session.wait_for(lambda screen: "of 30" in screen.text, timeout=30)
        for word in ("harbour", "story", "about"):
            change(index_file(home), "DROP TABLE timeline")
            session.send(f"/{word}")
            session.wait_for(lambda screen: "damaged; it is made anew" in screen.text)
            session.wait_for(lambda screen: "in 30" in screen.text, timeout=30)
            session.press("esc")
            session.settled(300)
            session.send("c")
            session.wait_for(lambda screen: "of 30" in screen.text and "in 30" not in screen.text, timeout=30)
        change(index_file(home), "DROP TABLE timeline")
        session.send("/paragraph")
        session.wait_for_text("check the disk that it is on")
        session.press("esc")
        session.send("Q")
        assert session.wait_exit() == 0


def test_a_newer_version_s_marks_are_shown_and_a_key_says_why_none_can_be_made(home: Path, wire: Path) -> None:
    make_another_version(state_file(home))
    with PtySession([*COMMAND, str(wire)], env=environment(home)) as session:
        session.wait_for(lambda screen: "a newer Dateline wrote it" in screen.text and "★" in screen.text, timeout=30)
        session.send("j")
        session.wait_for(lambda screen: "2 of 30" in screen.text)
        session.send("s")
        session.wait_for(lambda screen: "update Dateline" in screen.text or "a newer Dateline" in screen.text)
        session.send("q")
        assert session.wait_exit() == 0


def test_damaged_marks_are_mended_and_said_so(home: Path, wire: Path) -> None:
    with state_file(home).open("r+b") as file:
        file.seek(2 * 4096)
        file.write(b"\xff" * 4096)
    with PtySession([*COMMAND, str(wire)], env=environment(home)) as session:
        session.wait_for(lambda screen: "damaged: 1 could be saved" in screen.text, timeout=30)
        session.wait_for(lambda screen: "★" in screen.text)


def test_the_command_line_lists_all_the_same_and_marks_with_3(home: Path, wire: Path) -> None:
    make_another_version(state_file(home))
    listed = dateline(home, "list", "-a", wire)
    assert (listed.code, len(listed.out.splitlines())) == (0, 30)
    assert len(listed.err.splitlines()) == 1
    marked = dateline(home, "mark", "star", "harbour", "-a", wire)
    assert marked.code == 3
    assert "update Dateline" in marked.err


def test_the_command_line_makes_a_broken_index_anew(home: Path, wire: Path) -> None:
    change(index_file(home), "DROP TABLE timeline")
    listed = dateline(home, "list", "--no-scan", "-a", wire)
    assert (listed.code, len(listed.out.splitlines())) == (0, 30)
    assert listed.err == "dateline: what was known of the archive was damaged; it is made anew\n"


@pytest.mark.parametrize("redirection", [">/dev/full", ">&-", "2>&-", "<&-", ">/dev/full 2>&-"])
def test_streams_that_can_t_be_used(home: Path, wire: Path, redirection: str) -> None:
    """Each ends in order; nothing said to a person gets into the answer."""
    command = f"{shlex.join([*COMMAND, 'list', '-a', str(wire)])} {redirection}"
    ran = subprocess.run(["sh", "-c", command], env=environment(home), capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in ran.stderr
    assert "Exception" not in ran.stderr
    assert ran.returncode == (3 if ">/dev/full" in redirection else 0)
    assert not ran.stdout or len(ran.stdout.splitlines()) == 30
