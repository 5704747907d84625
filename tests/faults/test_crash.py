"""A fault of the program's own: one line, a report without anyone's text, exit code 70, and the terminal as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import environment, folder, numbered_articles
from tests.escapes import scan
from tests.faults.faulty import SECRET
from tests.pty_session import PtySession

FAULTY = [sys.executable, str(Path(__file__).with_name("faulty.py"))]


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    return folder(tmp_path / "wire", numbered_articles(20))


def variables(home: Path) -> dict[str, str]:
    return environment(home, PYTHONPATH=str(Path(__file__).resolve().parents[2]))


def only_report(home: Path) -> Path:
    (report,) = (home / "state" / "dateline").glob("crash-*.txt")
    return report


def test_on_the_command_line(tmp_path: Path, wire: Path) -> None:
    home = tmp_path / "home"
    command = [*FAULTY, "list", "list", "-a", str(wire)]
    ran = subprocess.run(command, env=variables(home), capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 70
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) == 1
    assert str(only_report(home)) in ran.stderr
    assert "Traceback" not in ran.stderr


def test_behind_index_watch(tmp_path: Path, wire: Path) -> None:
    home = tmp_path / "home"
    command = [*FAULTY, "following", "index", "--watch", "-a", str(wire)]
    ran = subprocess.run(command, env=variables(home), capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 70
    assert str(only_report(home)) in ran.stderr.splitlines()[-1]
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(("place", "keys"), [("asking", ""), ("reading", ""), ("indexing", ""), ("key", "j"), ("painting", "s")])
def test_on_screen(tmp_path: Path, wire: Path, place: str, keys: str) -> None:
    home = tmp_path / "home"
    with PtySession([*FAULTY, place, str(wire)], env=variables(home)) as session:
        if keys:
            session.wait_for_text("Story 000", timeout=30)
            session.send(keys)
        assert session.wait_exit(30) == 70
    raw = bytes(session.raw)
    for on, off in ((b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?25l", b"\x1b[?25h"), (b"\x1b[?1003h", b"\x1b[?1003l")):
        assert raw.rfind(off) > raw.rfind(on)
    after = raw[raw.rfind(b"\x1b[?1049l") :]
    assert after.count(b"\n") == 1
    assert str(only_report(home)).encode() in after
    assert b"Traceback" not in raw
    assert scan(raw) == []


def test_the_report_says_where_and_nothing_of_what_was_read(tmp_path: Path, wire: Path) -> None:
    home = tmp_path / "home"
    subprocess.run([*FAULTY, "list", "list", "-a", str(wire)], env=variables(home), capture_output=True, timeout=60, check=False)
    report = only_report(home)
    text = report.read_text()
    assert "builtins.LookupError" in text
    assert "commands.py" in text
    assert SECRET not in text
    assert "Story" not in text
    assert report.stat().st_mode & 0o077 == 0
