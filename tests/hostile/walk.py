"""The hostile archive on screen: `python -m tests.hostile.walk` goes through every article in a real terminal.

Prints whatever the terminal was told that the program itself didn't mean to tell it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.builders import environment
from tests.escapes import scan
from tests.hostile.archive import make
from tests.pty_session import PtySession
from tests.screen import Screen

COMMAND = [sys.executable, "-m", "reader"]


def walk(archive: Path, home: Path, *, every: int = 1, limit: int | None = None) -> bytes:
    """Rests on every so-manieth headline, goes into some articles, types odd filters, and leaves; gives all that was written."""
    with PtySession([*COMMAND, str(archive)], env=environment(home)) as session:
        session.wait_for(lambda screen: " of " in screen.text, timeout=60)
        session.settled(300, timeout=60)
        at, count = _position(session.screen)
        for stop in range(1, min(count, limit or count) // every):
            session.send("j" * every)
            at = _arrive(session, min(at + every, count))
            if stop % 10 == 1:
                session.send("\r")
                session.settled(90)
                session.send("  G")
                session.settled(90)
                session.press("esc")
                # With what follows too soon it would be another key.
                session.settled(250)
                at, _ = _position(session.screen)
        for odd in ('"', "title:[/]", "{0} %s", "date:0000-00-00", "'; DROP TABLE", "/(a+)+b/", "\u202eabc"):
            session.send("/")
            session.send(odd)
            session.settled(120)
            session.press("esc")
            session.wait_for(lambda screen: "? keys" in screen.text)
            session.send("c")
        session.settled(120)
        session.send("?")
        session.wait_for(lambda screen: "? keys" not in screen.text)
        session.press("esc")
        session.wait_for(lambda screen: "? keys" in screen.text)
        session.send("Q")
        status = session.wait_exit(20)
    assert status == 0, f"left with {status}"
    return bytes(session.raw)


def _arrive(session: PtySession, at: int) -> int:
    """Until the cursor is at that headline or beyond, and its article has had the time to come; gives where it is."""
    session.wait_for(lambda screen: _position(screen)[0] >= at, timeout=30)
    session.settled(90, timeout=30)
    return _position(session.screen)[0]


def _position(screen: Screen) -> tuple[int, int]:
    """At which headline the cursor is, of how many; 0 of 0 while that is not painted."""
    at, count = [("0", "0"), *re.findall(r"([\d,]+) of ([\d,]+)", screen.lines[0])][-1]
    return int(at.replace(",", "")), int(count.replace(",", ""))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        cases = make(Path(name) / "wire")
        subprocess.run([*COMMAND, "index", "-a", Path(name) / "wire"], env=environment(Path(name) / "home"), check=True)
        raw = walk(Path(name) / "wire", Path(name) / "home")
    found = scan(raw)
    print(f"{len(cases):,} cases, {len(raw):,} bytes to the terminal, {len(found)} that nobody meant: {found[:20]}")
