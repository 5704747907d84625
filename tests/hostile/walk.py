"""The hostile archive on screen: `python -m tests.hostile.walk` goes through every article in a real terminal.

Prints whatever the terminal was told that the program itself didn't mean to tell it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.builders import environment
from tests.escapes import scan
from tests.hostile.archive import make
from tests.pty_session import PtySession

COMMAND = [sys.executable, "-m", "reader"]


def walk(archive: Path, home: Path, *, every: int = 1, limit: int | None = None) -> bytes:
    """Rests on every so-manieth headline, goes into some articles, types odd filters, and leaves; gives all that was written."""
    with PtySession([*COMMAND, str(archive)], env=environment(home)) as session:
        session.wait_for(lambda screen: " of " in screen.text, timeout=60)
        session.settled(300, timeout=60)
        count = int(next(line for line in session.screen.lines if " of " in line).rsplit(" of ", 1)[1].split()[0].replace(",", ""))
        for stop in range(0, min(count, limit or count), every):
            session.send("j" * every)
            session.settled(90, timeout=30)
            if stop % (every * 10) == 0:
                session.send("\r")
                session.settled(90)
                session.send("  G")
                session.settled(90)
                session.press("esc")
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


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        cases = make(Path(name) / "wire")
        subprocess.run([*COMMAND, "index", "-a", Path(name) / "wire"], env=environment(Path(name) / "home"), check=True)
        raw = walk(Path(name) / "wire", Path(name) / "home")
    found = scan(raw)
    print(f"{len(cases):,} cases, {len(raw):,} bytes to the terminal, {len(found)} that nobody meant: {found[:20]}")
