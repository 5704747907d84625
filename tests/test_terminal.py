"""The reader in a real terminal: what it shows, and that it gives the terminal back on every way out."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.index.crew import FEW
from reader.tui.last_resort import PATIENCE_SECONDS
from tests.builders import article_text, environment, folder, numbered_articles
from tests.cli.run import dateline
from tests.escapes import scan
from tests.pty_session import PtySession

COMMAND = [sys.executable, "-m", "reader"]


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    return folder(tmp_path / "wire", numbered_articles(60))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def session(home: Path, wire: Path) -> Iterator[PtySession]:
    with PtySession([*COMMAND, str(wire)], env=environment(home)) as opened:
        opened.wait_for(lambda screen: "Story 000" in screen.text and "1 of 60" in screen.text, timeout=30)
        yield opened


def assert_terminal_restored(session: PtySession) -> None:
    """Alternate screen left, cursor shown, pasting and the mouse as they were."""
    raw = bytes(session.raw)
    for on, off in ((b"?1049h", b"?1049l"), (b"?25l", b"?25h"), (b"?2004h", b"?2004l"), (b"?1003h", b"?1003l")):
        assert raw.rfind(b"\x1b[" + off) >= raw.rfind(b"\x1b[" + on), f"{on!r} was not taken back"


def assert_no_report(home: Path) -> None:
    assert [*home.rglob("crash-*")] == []


def test_q_in_the_list_quits_with_0_and_restores_the_terminal(session: PtySession) -> None:
    session.send("q")
    assert session.wait_exit() == 0
    assert_terminal_restored(session)
    assert b"Traceback" not in session.raw


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_with_marks_saved(session: PtySession, home: Path, wire: Path, number: signal.Signals) -> None:
    session.send("s")
    session.wait_for_text("Starred 1 article")
    session.signal(number)
    session.wait_exit()
    assert_terminal_restored(session)
    assert dateline(home, "list", "is:starred", "-a", wire, "--format", "jsonl").records[0]["headline"].startswith("Story 000")


@pytest.mark.parametrize("seconds", [0.2, 0.7, 0.9, 1.1])
def test_a_signal_while_it_opens_ends_it_too(home: Path, tmp_path: Path, seconds: float) -> None:
    large = folder(tmp_path / "large", numbered_articles(FEW + 200))
    with PtySession([*COMMAND, str(large)], env=environment(home)) as session:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            session.pump(0.01)
        session.signal(signal.SIGINT)
        # Before there is anything to give back, Python itself ends it.
        assert session.wait_exit(timeout=3.0) in (130, -signal.SIGINT)
        assert_terminal_restored(session)
        assert session.local_modes() & termios.ECHO
    assert b"Traceback" not in session.raw
    assert_no_report(home)


def test_a_terminal_that_reads_no_more_keeps_nobody(session: PtySession) -> None:
    session.send("s")
    session.wait_for_text("Starred 1 article")
    for _ in range(60):
        # Much is painted, and nobody looks.
        session.send("?\x1b")
    session.signal(signal.SIGTERM)
    assert session.wait_exit_unread(PATIENCE_SECONDS + 3.0) == 0


def test_a_first_reading_that_takes_other_processes_goes_on_behind_the_list(home: Path, tmp_path: Path) -> None:
    large = folder(tmp_path / "large", numbered_articles(FEW + 100))
    with PtySession([*COMMAND, str(large)], env=environment(home)) as session:
        session.wait_for(lambda screen: f"of {FEW + 100}" in screen.text, timeout=60)
        session.send("q")
        assert session.wait_exit() == 0
    assert_no_report(home)


@pytest.mark.parametrize("shell", [(), ("bash", "-c", 'trap "" HUP; exec "$@"', "bash")], ids=["with a hangup", "hangups ignored"])
def test_a_vanished_terminal_ends_it_at_once_and_is_no_fault(home: Path, wire: Path, shell: tuple[str, ...]) -> None:
    with PtySession([*shell, *COMMAND, str(wire)], env=environment(home)) as session:
        session.wait_for_text("Story 000", timeout=30)
        session.send("jjjj")
        session.hang_up()
        assert session.wait_exit(timeout=3.0) == 0
    assert_no_report(home)


def test_nothing_but_its_own_sequences_reaches_the_terminal(home: Path, tmp_path: Path) -> None:
    wire = folder(
        tmp_path / "hostile",
        {
            "osc.md": article_text("Innocent", "\x1b]0;owned\x07 \x1b[2J\x1b[?1000l \x9b31m\n\n[x](javascript:a)\n", date="2024-11-07"),
            "name\x1b[31m.md": article_text(None, "\x1b]52;c;aGk=\x07 first line\n"),
            "bidi.md": article_text("\u202eevil\u2066", "a \u202e b\n", category="\x1b[5mBLINK"),
        },
    )
    with PtySession([*COMMAND, str(wire)], env=environment(home)) as session:
        session.wait_for_text("Innocent", timeout=30)
        for keys in ("j", "j", "\r", " ", "q", "/", "c", "a", "t", "\x1b"):
            session.send(keys)
            session.settled(150)
        session.send("?")
        session.wait_for(lambda screen: "Esc closes" in screen.text)
        session.send("\x1b")
        session.wait_for(lambda screen: "Esc closes" not in screen.text)
        session.send("q")
        session.wait_exit()
    assert scan(bytes(session.raw)) == []


def test_a_new_file_appears_without_moving_what_is_read(session: PtySession, wire: Path) -> None:
    session.send("jjj")
    session.wait_for(lambda screen: "4 of 60" in screen.text)
    where = next(row for row, line in enumerate(session.screen.lines) if "Story 003" in line)
    (wire / "late.md").write_text(article_text("Breaking late", date="2024-11-16T09:00:00Z"))
    session.wait_for(lambda screen: "5 of 61" in screen.text and "1 new" in screen.text, timeout=5)
    assert "Story 003" in session.screen.lines[where]


def test_a_changed_and_a_removed_file_are_seen(session: PtySession, wire: Path) -> None:
    (wire / "story-00000.md").write_text(article_text("Corrected story", date="2024-11-15T12:00:00Z"))
    session.wait_for_text("Corrected story", timeout=5)
    (wire / "story-00001.md").unlink()
    session.wait_for(lambda screen: "of 59" in screen.text, timeout=5)


def test_marks_made_elsewhere_are_seen(session: PtySession, home: Path, wire: Path) -> None:
    dateline(home, "mark", "star", "Story 000", "-a", wire, "--no-scan")
    session.wait_for_text("★", timeout=4)


@pytest.mark.parametrize("key", ["enter", "esc"])
def test_what_completion_offered_goes_from_the_page_with_the_key_that_leaves_the_bar(session: PtySession, key: str) -> None:
    session.send("/")
    session.settled()
    session.send("category:WORLD -aaaaaaaaaaaaaaaaaa -bbbbbbbbbbbbbbbbbb harbour -cate")
    session.wait_for(lambda screen: "category:" in "\n".join(screen.lines[1:]))
    session.settled()
    session.press(key)
    session.wait_for(lambda screen: "category:" not in "\n".join(screen.lines[1:]))


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 12), (200, 60), (100, 12)])
def test_it_fits(home: Path, wire: Path, columns: int, rows: int) -> None:
    with PtySession([*COMMAND, str(wire)], env=environment(home), columns=columns, rows=rows) as session:
        session.wait_for_text("Story 000", timeout=30)
        session.send("\r")
        session.wait_for_text("A first paragraph.")
        session.send("qq")
        assert session.wait_exit() == 0


def test_too_small_a_terminal_is_told_so_and_recovers(session: PtySession) -> None:
    session.send("jj")
    session.wait_for(lambda screen: "3 of 60" in screen.text)
    session.resize(20, 5)
    session.wait_for(lambda screen: "needs 40" in screen.text)
    session.resize(80, 24)
    session.wait_for(lambda screen: "3 of 60" in screen.text)


@pytest.mark.parametrize("changes", [{"TERM": "dumb"}, {"TERM": ""}])
def test_a_terminal_that_can_t_draw_is_refused_in_words(home: Path, wire: Path, changes: dict[str, str]) -> None:
    with PtySession([*COMMAND, str(wire)], env=environment(home, **changes)) as session:
        assert session.wait_exit(10) == 2
        assert b"\x1b" not in session.raw
        assert b"dateline --plain" in session.raw


def test_without_a_terminal_it_says_what_works(home: Path, wire: Path) -> None:
    ran = subprocess.run([*COMMAND, wire], env=environment(home), stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"dateline list" in ran.stderr


def test_a_terminal_of_another_locale_gets_ascii_signs_and_every_article(home: Path, tmp_path: Path) -> None:
    wire = folder(tmp_path / "wire", {"龙.md": article_text("A story by itself", "Its only line.\n", date="2024-11-05")})
    changes = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with PtySession([*COMMAND, str(wire)], env=environment(home, **changes)) as session:
        session.wait_for_text("Its only line.", timeout=30)
        session.send("s")
        session.wait_for_text("Starred 1 article")
        assert not set(session.screen.text) & set("●★─│")
        session.send("q")
        assert session.wait_exit() == 0
    assert dateline(home, "list", "is:starred", "-a", wire, "--format", "jsonl").keys == ["龙.md"]


def test_no_color_sends_no_colour(home: Path, wire: Path) -> None:
    with PtySession([*COMMAND, str(wire)], env=environment(home, NO_COLOR="1")) as session:
        session.wait_for_text("Story 000", timeout=30)
        session.settled(200)
        painted = set(re.findall(rb"\x1b\[([0-9;]*)m", bytes(session.raw)))
        codes = {int(code or 0) for sequence in painted for code in sequence.split(b";")}
        assert not codes & {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}


def test_the_shell_goes_on_where_it_was(tmp_path: Path) -> None:
    wire = folder(tmp_path / "wire", numbered_articles(3))
    script = 'echo before; "$0" -m reader "$1"; echo behind'
    with PtySession(["sh", "-c", script, sys.executable, str(wire)], env=environment(tmp_path / "home")) as session:
        session.wait_for(lambda screen: "1 of 3" in screen.text, timeout=30)
        session.press("j", "q")
        session.wait_for(lambda screen: "behind" in screen.text)
        assert session.screen.text.split()[:2] == ["before", "behind"]
