"""One index for several people: whoever may write there keeps it, the others read it, each with marks of their own.

As root the two are two users of the system; else the reader is the same user, before files that can't be written.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from tests.builders import article_text, environment, folder, numbered_articles
from tests.cli.run import Ran, dateline
from tests.pty_session import PtySession

NOBODY = 65534
ENV = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that other users can reach, as pytest's own are not."""
    made = Path(tempfile.mkdtemp(prefix="dateline-shared-"))
    made.chmod(0o755)
    yield made
    for each in (made, *made.rglob("*")):
        if each.is_dir():
            each.chmod(0o755)
    shutil.rmtree(made)


@pytest.fixture
def wire(place: Path) -> Path:
    return folder(place / "wire", numbered_articles(40))


def home_of(place: Path, name: str) -> Path:
    home = place / name
    (home / "config/dateline").mkdir(parents=True)
    (home / "config/dateline/settings.yaml").write_text(f"index: {place / 'index'}\n")
    return home


@pytest.fixture
def keeper(place: Path) -> Path:
    return home_of(place, "keeper")


@pytest.fixture
def reader(place: Path) -> Path:
    """The home of one who may only read the index."""
    home = home_of(place, "reader")
    if os.getuid() == 0:
        for each in (home, *home.rglob("*")):
            os.chown(each, NOBODY, NOBODY)
    return home


@cache
def as_another() -> tuple[str, ...]:
    """What a command of the reader's begins with: as root another user, or where that one can't reach Python, root without its powers."""
    if os.getuid() != 0:
        return ()
    other = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    try:
        found = subprocess.run([*other, sys.executable, "-c", "import reader.cli.main, textual"], env=ENV, cwd="/", check=False, timeout=60)
    except OSError:
        pytest.skip("root needs setpriv for this test")
    return other if found.returncode == 0 else ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


def close_to_readers(place: Path) -> None:
    """From now on only root, or another user, could write to the index."""
    for each in (place / "index").rglob("*"):
        each.chmod(0o555 if each.is_dir() else 0o444)
    (place / "index").chmod(0o555)


def command_of_reader(*arguments: str | Path) -> list[str]:
    return [*as_another(), sys.executable, "-m", "reader", *map(str, arguments)]


def reads(home: Path, *arguments: str | Path) -> Ran:
    """The command line as the reader calls it."""
    env = environment(home, **ENV)
    command = command_of_reader(*arguments)
    ran = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False, cwd=home)
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def test_it_is_read_and_never_written_to_by_others(place: Path, keeper: Path, reader: Path, wire: Path) -> None:
    assert dateline(keeper, "index", "-a", wire).code == 0
    close_to_readers(place)
    before = {path: path.stat().st_mtime_ns for path in (place / "index").rglob("*")}
    assert len(reads(reader, "list", "-a", wire, "--format", "jsonl").records) == 40
    assert reads(reader, "mark", "star", "001", "-a", wire).code == 0
    assert len(reads(reader, "list", "is:starred", "-a", wire, "--format", "jsonl").records) == 1
    assert dateline(keeper, "list", "is:starred", "-a", wire, "--no-scan").out == ""
    assert {path: path.stat().st_mtime_ns for path in (place / "index").rglob("*")} == before


def test_what_can_t_be_kept_is_refused_in_words(place: Path, keeper: Path, reader: Path, wire: Path) -> None:
    dateline(keeper, "index", "-a", wire)
    close_to_readers(place)
    for words in (["index"], ["index", "--rebuild"]):
        ran = reads(reader, *words, "-a", wire)
        assert ran.code == 3
        assert "somebody else keeps this index" in ran.err


def test_damage_is_said_to_be_the_keeper_s_to_mend(place: Path, keeper: Path, reader: Path, wire: Path) -> None:
    dateline(keeper, "index", "-a", wire)
    (index,) = (place / "index").rglob("index.db")
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("DROP TABLE timeline")
    close_to_readers(place)
    ran = reads(reader, "list", "-a", wire)
    assert (ran.code, ran.out) == (3, "")
    assert "only who keeps it can make it anew" in ran.err
    assert "it is made anew" not in ran.err


def test_before_there_is_one_everybody_reads_for_themselves(place: Path, reader: Path, wire: Path) -> None:
    (place / "index").mkdir(mode=0o755)
    close_to_readers(place)
    ran = reads(reader, "list", "-a", wire, "--format", "jsonl")
    assert len(ran.records) == 40
    assert "only until you leave" in ran.err


@pytest.mark.skipif(os.getuid() != 0, reason="needs two users of the system, and so root")
def test_what_the_keeper_finds_is_on_the_reader_s_screen(place: Path, keeper: Path, reader: Path, wire: Path) -> None:
    dateline(keeper, "index", "-a", wire)
    close_to_readers(place)
    with PtySession(command_of_reader(wire), env=environment(reader, **ENV), cwd=reader) as session:
        session.wait_for(lambda screen: "of 40" in screen.text, timeout=30)
        (wire / "late.md").write_text(article_text("Breaking late", date="2024-11-16T09:00:00Z"))
        dateline(keeper, "index", "-a", wire)
        session.wait_for(lambda screen: "of 41" in screen.text)
        session.send("s")
        session.wait_for(lambda screen: "Starred 1 article" in screen.text)
