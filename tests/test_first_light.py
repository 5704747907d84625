"""The first headlines are on the terminal before Textual is, and the screen proper comes up behind them without a flicker."""

from __future__ import annotations

import json
import signal
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import environment, folder, numbered_articles
from tests.pty_session import PtySession

COMMAND = [sys.executable, "-m", "reader"]
MOUSE_ON = b"\x1b[?1000h"
"""What Textual sends first: it stands for the screen proper."""


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    return folder(tmp_path / "wire", numbered_articles(90))


@pytest.fixture
def home(tmp_path: Path, wire: Path) -> Path:
    """A home in which the reader has been open, and was left with the second headline under the cursor."""
    home = tmp_path / "home"
    with opened(home, wire) as session:
        wait_for(session, "1 of 90")
        session.settled()
        session.send("j")
        wait_for(session, "2 of 90")
        session.send("q")
        session.wait_exit()
    return home


def opened(home: Path, wire: Path, *words: str, rows: int = 40, **changes: str) -> PtySession:
    return PtySession([*COMMAND, *words, str(wire)], env=environment(home, **changes), rows=rows)


def wait_for(session: PtySession, *texts: str) -> None:
    """Until all of `texts` are on the screen."""
    session.wait_for(lambda screen: all(text in screen.text for text in texts), timeout=30)


def light_of(session: PtySession) -> bytes:
    """What was sent before Textual sent anything."""
    session.wait_for(lambda _: MOUSE_ON in session.raw, timeout=30)
    return bytes(session.raw).partition(MOUSE_ON)[0]


@pytest.fixture
def lit(home: Path, wire: Path) -> Iterator[PtySession]:
    with opened(home, wire) as session:
        yield session


def test_the_headlines_are_there_first_and_are_sent_once(lit: PtySession) -> None:
    light = light_of(lit)
    assert b"Story 000" in light
    wait_for(lit, "2 of 90", "A second one.")
    lit.settled()
    told = bytes(lit.raw)
    assert [told.count(b"Story %03d about" % number) for number in (0, 2, 20)] == [1, 1, 1]
    assert told.count(b"\x1b[?1049h") == told.count(b"\x1b[2J") == 1


def test_keys_typed_into_the_light_are_neither_seen_nor_lost(lit: PtySession) -> None:
    wait_for(lit, "Story 020")
    assert MOUSE_ON not in lit.raw
    lit.send("jjs\r")
    wait_for(lit, "4 of 90", "Starred 1 article")
    assert b"jjs" not in lit.raw


def test_a_place_far_down_is_lit_too(home: Path, wire: Path) -> None:
    with opened(home, wire) as session:
        wait_for(session, "2 of 90")
        session.send("G")
        wait_for(session, "90 of 90")
        session.send("q")
        session.wait_exit()
    with opened(home, wire) as session:
        light = light_of(session)
        assert b"Story 089" in light
        assert b"Story 000" not in light
        wait_for(session, "90 of 90", "A second one.")
        session.settled()
        assert bytes(session.raw).count(b"Story 089 about") == 2, "in the list once, in the article once"


@pytest.mark.parametrize(
    "change", [{"rows": 30}, {"TERM": "xterm-direct"}, {"NO_COLOR": "1"}], ids=["another size", "another terminal", "no colour"]
)
def test_nothing_is_guessed_of_another_terminal(home: Path, wire: Path, change: dict[str, object]) -> None:
    with opened(home, wire, **change) as session:  # type: ignore[arg-type]  # as each of them is
        assert b"Story" not in light_of(session)
        wait_for(session, "2 of 90", "Story 000")


@pytest.mark.parametrize("text", ["", "[]", '{"where": 1, "parts": 2}', '{"parts": {"day": 7}}', "\0"])
def test_a_look_that_can_t_be_read_is_none(home: Path, wire: Path, text: str) -> None:
    next(home.rglob("look.json")).write_text(text)
    with opened(home, wire) as session:
        wait_for(session, "2 of 90", "Story 000")


def test_a_look_of_no_size_is_none(home: Path, wire: Path) -> None:
    file = next(home.rglob("look.json"))
    file.write_text(json.dumps({**json.loads(file.read_text()), "height": "40"}))
    with opened(home, wire) as session:
        assert b"Story" not in light_of(session)
        wait_for(session, "2 of 90", "Story 000")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGHUP, 0), (signal.SIGINT, 130)])
def test_a_signal_puts_the_light_out(lit: PtySession, number: signal.Signals, code: int) -> None:

    wait_for(lit, "Story 020")
    lit.signal(number)
    assert lit.wait_exit() == code
    assert bytes(lit.raw).rfind(b"\x1b[?1049l") > bytes(lit.raw).rfind(b"\x1b[?1049h")
    assert lit.local_modes() & termios.ECHO
    assert b"Traceback" not in lit.raw
