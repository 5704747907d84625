"""A morning in a real terminal: three hundred stories triaged by keys alone, at the end of a slow line of 80 by 24 cells.

The outcome is read from the command line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.builders import environment, folder, numbered_articles
from tests.cli.run import dateline
from tests.pty_session import PtySession
from tests.slow_line import SlowLine

COUNT = 300
JUDGED = COUNT - 10
EDITOR = """\
import pathlib, sys
path = pathlib.Path(sys.argv[1])
path.write_text(path.read_text() + " written outside")
"""


def slow_line() -> SlowLine:
    """As over a mobile telephone: 20 kB a second, and 150 ms each way."""
    return SlowLine(20_000, 0.15)


def key(number: int) -> str:
    return f"story-{number:05}.md"


def keys(*numbers: int) -> list[str]:
    return [key(number) for number in numbers]


def test_three_hundred_stories_are_triaged_by_keys_alone_over_a_slow_line(tmp_path: Path) -> None:
    home, wire = tmp_path / "home", folder(tmp_path / "wire", numbered_articles(COUNT))
    (tmp_path / "editor.py").write_text(EDITOR)
    env = environment(home, EDITOR=f"{sys.executable} {tmp_path / 'editor.py'}", SSH_CONNECTION="198.51.100.7 5 198.51.100.8 22")

    def found(query: str) -> list[str]:
        return dateline(home, "list", query, "-a", wire, "--no-scan", "--format", "jsonl").keys

    command = [sys.executable, "-m", "reader", str(wire), "-q", "is:unread"]
    with PtySession(command, env=env, columns=80, rows=24, line=slow_line()) as session:
        session.wait_for(lambda screen: f"1 of {COUNT}" in screen.text, timeout=30)
        # Of each ten: five dismissed, one starred and read, one tagged, one queued, two left as they are.
        for _ in range(JUDGED // 10):
            session.send("dddddsmjtlater\rjajjj")
        session.wait_for(lambda screen: f"{JUDGED + 1} of {COUNT}" in screen.text, timeout=40)
        session.send("Nask her\x05")
        session.wait_for(lambda screen: "written outside" in screen.text, timeout=20)
        session.send("\x1b")
        session.wait_for(lambda screen: "Noted 1 article" in screen.text)
        session.send("vGA")
        session.wait_for(lambda screen: "Marked read" in screen.text)
        session.send("u")
        session.wait_for(lambda screen: "undone: Marked read" in screen.text)
        session.send("\x1b")
        session.wait_for(lambda screen: "◆" not in screen.text)
        session.send(":star category:sport\r")
        session.wait_for(lambda screen: "Starred" in screen.text)
        session.send("uQ")
        assert session.wait_exit(20) == 0
        told = session.text_since(0)

    starts = range(0, JUDGED, 10)
    assert found("is:skipped") == [key(start + at) for start in starts for at in range(5)]
    assert found("is:starred") == keys(*(start + 5 for start in starts))
    assert found("tag:later") == keys(*(start + 6 for start in starts))
    assert found("is:queued") == keys(*(start + 7 for start in starts))
    assert found("is:noted") == keys(JUDGED)
    assert found('"ask her" "written outside"') == keys(JUDGED)
    assert len(found("is:read")) == len(starts) * 6
    assert f"{len(starts) * 8 + 1} stories" in told, "what is done on leaving is counted, too"
    assert f"{len(starts)} starred, {len(starts) * 5} dismissed, {len(starts) * 6} read, {len(starts)} queued" in told

    with PtySession([sys.executable, "-m", "reader", str(wire)], env=env, columns=80, rows=24) as session:
        session.wait_for(lambda screen: f"in {COUNT}" in screen.text, timeout=30)
        session.send("ghG\r")
        session.wait_for(lambda screen: "taken back" in screen.text)
        session.send("Q")
        assert session.wait_exit(10) == 0
    assert found("is:read OR is:starred OR is:skipped OR is:queued OR is:noted OR tag:later") == []


def test_what_is_typed_ahead_of_an_answer_waits_for_it(tmp_path: Path) -> None:
    home, wire = tmp_path / "home", folder(tmp_path / "wire", numbered_articles(60))
    with PtySession([sys.executable, "-m", "reader", str(wire)], env=environment(home), columns=80, rows=24) as session:
        session.wait_for(lambda screen: "1 of 60" in screen.text, timeout=30)
        session.send("jjj/category:sport\rjs:tag sport category:sport\rQ")
        assert session.wait_exit(10) == 0
    starred = dateline(home, "list", "is:starred", "-a", wire, "--no-scan", "--format", "jsonl").keys
    assert starred == keys(4), "the second of the list that was asked for"
    assert len(dateline(home, "list", "tag:sport", "-a", wire, "--no-scan", "--format", "jsonl").keys) == 20
