"""The tests' own terminal: what it draws, what it waits for, and which sequences it finds unexpected."""

from __future__ import annotations

import signal
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.builders import environment
from tests.escapes import complete_length, scan, text_of, tokens
from tests.pty_session import PtySession, WaitTimeout

ECHO_KEYS = """
import os, sys, tty
tty.setcbreak(0)
os.write(1, b"\\x1b[2J\\x1b[Hready")
while (key := os.read(0, 1)) != b"q":
    os.write(1, b"\\x1b[3;5H[" + key + b"]")
sys.exit(7)
"""


def run(code: str, tmp_path: Path, **options: object) -> PtySession:
    return PtySession([sys.executable, "-c", code], env=environment(tmp_path / "home"), columns=40, rows=10, **options)  # type: ignore[arg-type]


def test_keys_reach_the_program_and_the_screen_shows_what_it_drew(tmp_path: Path) -> None:
    with run(ECHO_KEYS, tmp_path) as session:
        session.wait_for(lambda screen: screen.lines[0] == "ready")
        session.send("x")
        session.wait_for(lambda screen: screen.lines[2] == "    [x]")
        before = session.bytes_written
        session.send("y")
        session.settled()
        assert session.text_since(before) == "[y]"
        session.send("q")
        assert session.wait_exit() == 7


def test_it_is_known_when_the_screen_was_first_as_wanted(tmp_path: Path) -> None:
    with run(ECHO_KEYS, tmp_path) as session:
        session.wait_for(lambda screen: screen.lines[0] == "ready")
        pressed = session.send("x")
        session.wait_for_text("[x]")
        session.send("y")
        session.wait_for_text("[y]")
        x, y = (session.time_of_screen(lambda screen, key=key: f"[{key}]" in screen.text) for key in "xy")  # type: ignore[misc]
        assert x is not None
        assert y is not None
        assert pressed < x < y
        assert session.time_of_screen(lambda screen: "[x]" in screen.text) is None
        assert session.screen.lines[2] == "    [y]"


def test_a_question_is_answered_as_a_terminal_would(tmp_path: Path) -> None:
    code = 'import os, tty; tty.setcbreak(0); os.write(1, b"ab\\x1b[6n"); print(ascii(os.read(0, 20)))'
    with run(code, tmp_path) as session:
        session.wait_for(lambda screen: r"\x1b[1;3R" in screen.text)


def test_a_new_size_reaches_the_program(tmp_path: Path) -> None:
    code = (
        "import os, signal\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGWINCH})\n"
        "print('ready', flush=True)\n"
        "signal.sigwait({signal.SIGWINCH})\n"
        "print(tuple(os.get_terminal_size()))"
    )
    with run(code, tmp_path) as session:
        session.wait_for(lambda screen: "ready" in screen.text)
        session.resize(33, 9)
        session.wait_for(lambda screen: "(33, 9)" in screen.text)


def test_no_wait_outlasts_its_time(tmp_path: Path) -> None:
    with run("import time; time.sleep(60)", tmp_path) as session:
        began = time.perf_counter()
        with pytest.raises(WaitTimeout):
            session.wait_for_text("never", timeout=0.2)
        with pytest.raises(WaitTimeout):
            session.wait_exit(timeout=0.2)
        assert time.perf_counter() - began < 5


def test_a_program_that_never_rests_is_not_waited_for(tmp_path: Path) -> None:
    with run("while True: print('x' * 30, flush=True)", tmp_path) as session, pytest.raises(WaitTimeout):
        # A machine at its limit may let it rest for a tenth of a second.
        session.settled(quiet_ms=5000, timeout=0.3)


def test_closing_ends_a_program_that_ignores_signals(tmp_path: Path) -> None:
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
    with run(code, tmp_path) as session:
        session.wait_for(lambda screen: "ready" in screen.text)
    assert session.exit_status == -signal.SIGKILL


def test_a_dropped_connection_reaches_the_program_as_a_hang_up(tmp_path: Path) -> None:
    with run("print('ready', flush=True); import time; time.sleep(60)", tmp_path) as session:
        session.wait_for(lambda screen: "ready" in screen.text)
        session.hang_up()
        assert session.wait_exit() == -signal.SIGHUP


def test_modes_left_behind_are_seen(tmp_path: Path) -> None:
    with run("import tty; tty.setraw(0); print('ready', flush=True); input()", tmp_path) as session:
        session.wait_for(lambda screen: "ready" in screen.text)
        assert not session.local_modes() & termios.ECHO


@pytest.mark.parametrize(
    "sent",
    [
        "\x1b[1;38;2;10;20;30mbold\x1b[0m",
        "\x1b[3;5Hhere\x1b[2K\x1b[J",
        "\x1b[?1049h\x1b[?2026h\x1b[?25l\x1b[?2026l",
        "\x1b[?2026$p\x1b[>1u\x1b[<u",
        "plain\r\n\tté漢字\u2068שלום\u2069",
    ],
)
def test_what_a_full_screen_program_means_passes(sent: str) -> None:
    assert scan(sent.encode()) == []


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("\x1b]0;title\x07", "ESC ]0;title BEL"),
        ("\x1b]8;;https://a.example\x1b\\", "ESC ]8;;https://a.example ST"),
        ("\x1b]52;c;AAAA\x07", "ESC ]52;c;AAAA BEL"),
        ("\x1b[6i", "ESC [6i"),
        ("\x1b[?47h", "ESC [?47h"),
        ("\x1bP$qm\x1b\\", "ESC P$qm ST"),
        ("\x1bc", "ESC c"),
        ("\x1b(0", "ESC (0"),
        ("\x07", " BEL"),
        ("\x0e", "<0E>"),
        ("\x9b31m", "<9B>"),
        ("a\u202eb", "U+202E"),
        ("\x1b", "ESC "),
    ],
)
def test_what_nobody_meant_is_found(sent: str, found: str) -> None:
    assert scan(f"before {sent}".encode())[0] == found


def test_links_and_copying_pass_only_when_asked_for() -> None:
    link, copy = b"\x1b]8;id=1;https://a.example/x\x1b\\a\x1b]8;;\x1b\\", b"\x1b]52;c;QUJD\x07"
    assert scan(link, links=True) == []
    assert scan(copy, clipboard=True) == []
    assert len(scan(link + copy)) == 3
    assert scan(b"\x1b]8;;file:///etc/passwd\x1b\\", links=True) != []


def test_taking_apart_loses_nothing() -> None:
    raw = "a\x1b[1mb\x1b]0;t\x07\x1b[\x00\x1bé\x1b(Bc\x85\xc2".encode() + b"\xc2\xff\x1b["
    assert b"".join(token.sent for token in tokens(raw)) == raw
    assert text_of(b"a\x1b[1mb\x1b[0mc") == "abc"


@pytest.mark.parametrize("whole", ["ab\x1b[12;34H", "ab\x1b]8;;https://e\x1b\\", "ab\x1b(0"])
def test_a_sequence_cut_by_a_read_waits_for_its_end(whole: str) -> None:
    raw = whole.encode()
    assert [complete_length(raw[:length]) for length in range(3, len(raw))] == [2] * (len(raw) - 3)
    assert complete_length(raw) == len(raw)
