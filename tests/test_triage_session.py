"""A morning in a real terminal: three hundred stories triaged by keys alone, at the end of a slow line of 80 by 24 cells.

The outcome is read from the command line.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
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


def wait_for_stars(sessions: Sequence[PtySession], count: int, seconds: float) -> None:
    """Until each of them shows so many stars, all being read from meanwhile."""
    end = time.perf_counter() + seconds
    while any(sum("★ " in line for line in each.screen.lines[:-1]) != count for each in sessions):
        assert time.perf_counter() < end, "\n".join(each.screen.text for each in sessions)
        for each in sessions:
            each.pump(0.02)


def test_two_sessions_and_the_command_line_lose_nothing_and_see_each_other(tmp_path: Path) -> None:
    home, wire = tmp_path / "home", folder(tmp_path / "wire", numbered_articles(40))
    env = environment(home)

    def session() -> PtySession:
        return PtySession([sys.executable, "-m", "reader", str(wire)], env=env, columns=120, rows=60)

    with session() as one, session() as other:
        for each in (one, other):
            each.wait_for(lambda screen: "1 of 40" in screen.text, timeout=30)
        other.send("G")
        other.wait_for(lambda screen: "40 of 40" in screen.text)
        # All three at once: the one from above, the other from below, the command line in between.
        one.send("sj" * 10)
        other.send("sk" * 10)
        for number in range(10, 20):
            dateline(home, "mark", "star", f"path:{key(number)}", "-a", wire, "--no-scan")
            one.pump(0), other.pump(0)
        wait_for_stars((one, other), 30, seconds=10)
        dateline(home, "mark", "star", f"path:{key(25)}", "-a", wire, "--no-scan")
        wait_for_stars((one, other), 31, seconds=2)
        one.send("Gs")
        one.wait_for(lambda screen: "Unstarred" in screen.text)
        wait_for_stars((one, other), 30, seconds=2)
        for each in (one, other):
            each.send("Q")
            assert each.wait_exit(10) == 0
    assert dateline(home, "list", "is:starred", "-a", wire, "--no-scan", "--format", "jsonl").keys == keys(*range(20), 25, *range(30, 39))


def test_the_place_outlives_a_dropped_connection(tmp_path: Path) -> None:
    home, wire = tmp_path / "home", folder(tmp_path / "wire", numbered_articles(60))
    command = [sys.executable, "-m", "reader", str(wire)]
    with PtySession(command, env=environment(home), columns=120, rows=30) as session:
        session.wait_for(lambda screen: "1 of 60" in screen.text, timeout=30)
        session.send("/category:sport\rjjjz\r")
        session.wait_for(lambda screen: "4 of 20" in screen.text and "layout" in screen.text)
        session.settled()
        session.hang_up()
        session.wait_exit(5)
    with PtySession(command, env=environment(home), columns=120, rows=30) as session:
        session.wait_for(lambda screen: "category:sport" in screen.lines[0] and "4 of 20" in screen.text, timeout=30)
        session.wait_for(lambda screen: screen.lines[-1].startswith(" space read on"), timeout=10)
        session.send("sQ")
        assert session.wait_exit(10) == 0
    assert dateline(home, "list", "is:starred", "-a", wire, "--no-scan", "--format", "jsonl").keys == keys(10)
