"""Stopped and gone on with, as job control does it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import environment, folder, numbered_articles
from tests.pty_session import PtySession
from tests.screen import Screen


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[PtySession]:
    wire = folder(tmp_path / "wire", numbered_articles(30))
    with PtySession(["bash", "--norc", "--noprofile", "-i"], env=environment(tmp_path / "home")) as session:
        session.send(f"{sys.executable} -m reader {wire}\n")
        session.wait_for(is_open, timeout=30)
        yield session


def is_open(screen: Screen) -> bool:
    return "Story 000" in screen.text and "of 30" in screen.text


def come_back(session: PtySession) -> None:
    """`fg`, until the reader has the terminal again; the screen alone doesn't tell, because it still shows what was there before."""
    left = len(session.raw)
    session.send("fg\n")
    session.wait_for(lambda screen: session.raw.rfind(b"\x1b[?1049h") >= left and is_open(screen))
    session.settled(200)


def foreground(session: PtySession) -> int:
    """The process group that has the terminal."""
    with open(f"/proc/{session.pid}/stat", encoding="ascii") as stat:
        return int(stat.read().rpartition(")")[2].split()[5])


def test_ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back(shell: PtySession) -> None:
    shell.press("ctrl+z")
    shell.wait_for(lambda screen: "Stopped" in screen.text)
    shell.send("echo the shell $((20 + 3)) answers\n")
    shell.wait_for(lambda screen: "the shell 23 answers" in screen.text)
    come_back(shell)
    shell.send("jj")
    shell.wait_for(lambda screen: "3 of 30" in screen.text)
    shell.send("q")
    # Not before the shell asks again: what is typed while the terminal changes hands is dropped by it.
    shell.wait_for(lambda _: b"\x1b[?1049l" in (left := shell.raw[shell.raw.rfind(b"\x1b[?1049h") :]) and left.rstrip().endswith(b"#"))
    shell.send("echo left with $?\n")
    shell.wait_for(lambda screen: "left with 0" in screen.text)


@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGSTOP])
def test_stopped_from_outside(shell: PtySession, number: signal.Signals) -> None:
    os.killpg(foreground(shell), number)
    shell.wait_for_text("Stopped")
    come_back(shell)
    shell.send("j")
    shell.wait_for(lambda screen: "2 of 30" in screen.text)


def test_told_to_go_on_without_having_been_stopped(shell: PtySession) -> None:
    os.killpg(foreground(shell), signal.SIGCONT)
    shell.send("jjj")
    shell.wait_for(lambda screen: "4 of 30" in screen.text)
    shell.send("/harbour\r")
    shell.wait_for(lambda screen: "in 30" in screen.text)


_STOPPED_AS_IT_PAINTS = """
import os, sys
from reader.tui import thrift
from reader.__main__ import main

strokes, wanted = thrift._strokes, sys.argv.pop(1)

def interrupted(*arguments):
    for stroke in strokes(*arguments):
        yield stroke
        if os.path.exists(wanted):
            with open(wanted) as file:
                number = int(file.read())
            os.unlink(wanted)
            os.kill(os.getpid(), number)

thrift._strokes = interrupted
sys.exit(main())
"""
"""The reader, sending itself the signal that a file names in the midst of the frame that it draws next."""


@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGCONT])
def test_a_signal_in_the_midst_of_a_frame_tears_nothing(tmp_path: Path, number: signal.Signals) -> None:
    wire, wanted, program = folder(tmp_path / "wire", numbered_articles(30)), tmp_path / "wanted", tmp_path / "program.py"
    program.write_text(_STOPPED_AS_IT_PAINTS)
    with PtySession(["bash", "--norc", "--noprofile", "-i"], env=environment(tmp_path / "home")) as shell:
        shell.send(f"{sys.executable} {program} {wanted} {wire}\n")
        shell.wait_for(is_open, timeout=30)
        shell.settled(300)
        (tmp_path / "number").write_text(f"{number:d}")
        (tmp_path / "number").rename(wanted)
        left = len(shell.raw)
        shell.send("j")
        if number == signal.SIGTSTP:
            shell.wait_for_text("Stopped")
            come_back(shell)
        else:
            shell.wait_for(lambda _: shell.raw.rfind(b"\x1b[?1049h") >= left)
            shell.settled(200)
        shell.send("j")
        shell.wait_for(lambda screen: "3 of 30" in screen.text)
