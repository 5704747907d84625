"""The hostile archive through indexing, every command and format, and the screen: what must come of each file does, and no more."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE

import pytest

from tests.builders import environment
from tests.escapes import scan
from tests.hostile.archive import Case, make
from tests.hostile.walk import walk

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")
"""What no answer may hold, to a terminal or not."""


@dataclass(frozen=True)
class Ran:
    """What a command gave."""

    code: int
    stdout: bytes
    stderr: bytes


@dataclass(frozen=True)
class Hostile:
    archive: Path
    home: Path
    cases: list[Case]
    commands: subprocess.Popen[str]
    """`tests.hostile.many_commands`."""

    def run(self, *arguments: str) -> Ran:
        assert self.commands.stdin is not None
        assert self.commands.stdout is not None
        self.commands.stdin.write(json.dumps([arguments[0], "-a", str(self.archive), *arguments[1:]]) + "\n")
        self.commands.stdin.flush()
        code, out, err = json.loads(self.commands.stdout.readline())
        return Ran(code, out.encode("latin-1"), err.encode("latin-1"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    place = tmp_path_factory.mktemp("hostile")
    (place / "home").mkdir()
    variables = environment(place / "home", PYTHONPATH=str(Path(__file__).resolve().parents[2]))
    many = [sys.executable, "-m", "tests.hostile.many_commands"]
    with subprocess.Popen(many, env=variables, cwd=place / "home", stdin=PIPE, stdout=PIPE, text=True) as commands:
        found = Hostile(place / "wire", place / "home", make(place / "wire"), commands)
        assert len(found.cases) >= 300
        before = snapshot(found.archive)
        ran = found.run("index")
        assert ran.code == 0
        assert_harmless(ran)
        assert snapshot(found.archive) == before, "the archive was written"
        yield found
        assert snapshot(found.archive) == before, "the archive was written"


def snapshot(archive: Path) -> dict[bytes, tuple[int, int]]:
    """Every file and every folder: one in which a file was made and deleted has another time."""
    paths = [os.path.join(folder, name) for folder, _, names in os.walk(os.fsencode(archive)) for name in (b"", *names)]
    return {path: (stat.st_size, stat.st_mtime_ns) for path in paths for stat in [os.lstat(path)]}


def assert_harmless(ran: Ran) -> None:
    for stream in (ran.stdout, ran.stderr):
        text = stream.decode("utf-8")
        assert ACTS.findall(text) == []
        assert "Traceback" not in text
    assert ran.code in (0, 1, 2, 3)


def as_recorded(path: bytes) -> str:
    """A path as machine output has it."""
    return path.decode("utf-8", "backslashreplace")


def records(ran: Ran) -> Iterator[dict[str, object]]:
    return (json.loads(line) for line in ran.stdout.decode().splitlines())


def test_of_each_file_comes_what_must(hostile: Hostile) -> None:
    listed = {str(record["path"]) for record in records(hostile.run("list", "--no-scan", "--format", "jsonl"))}
    problems = defaultdict(list)
    for record in records(hostile.run("problems", "--no-scan", "--format", "jsonl")):
        problems[str(record["path"])].append(record["what"])
    wrong = []
    for case in hostile.cases:
        path = as_recorded(case.path)
        outcome = {(True, False): "listed", (True, True): "listed with a problem", (False, True): "a problem", (False, False): "nothing"}
        came = outcome[path in listed, path in problems]
        if came != case.outcome:
            wrong.append(f"{case.path!r}: {came}, not {case.outcome}; {problems.get(path)}")
    assert wrong == []


def test_nothing_around_a_payload_is_lost(hostile: Hostile) -> None:
    bodies = {str(record["path"]): str(record["body"]) for record in records(hostile.run("export", "--no-scan", "--format", "jsonl"))}
    torn = [
        case.path
        for case in hostile.cases
        if case.is_whole and not re.search("wordbefore.*wordafter", bodies.get(as_recorded(case.path), ""), re.DOTALL)
    ]
    assert torn == []


FORMS = ((), ("--format", "tsv"), ("--format", "jsonl"))
COMMANDS = [
    *(("list", *form) for form in FORMS),
    *(("facets", field, *form) for field in ("category", "entity", "source", "day", "tag") for form in FORMS),
    ("export",), ("export", "--format", "jsonl"), ("export", "--format", "csv", "wordbefore"), ("export", "--format", "html", "wordbefore"),
    ("export", "--group", "category", "wordbefore"), ("export", "--group", "entity", "--format", "html", "wordbefore"),
    ("problems",), ("problems", "--format", "jsonl"),
]  # fmt: skip

QUERIES = ("category:/./", "tag:/./", "author:/./", '"\x1b]0;x\x07"', "\u202e", "' OR 1=1 --", '"" NEAR(', "{0}%s", "\udcff")
MARKING = (
    ("mark", "tag:\x1b]0;x\x07\u202e[/]", "--no-scan", "wordbefore"),
    ("list", "--no-scan", "tag:/./"),
    *(("undo",), ("redo",), ("undo",)),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_says_what_acts(hostile: Hostile, command: tuple[str, ...]) -> None:
    ran = hostile.run(command[0], "--no-scan", *command[1:])
    assert ran.code == 0
    assert_harmless(ran)


@pytest.mark.parametrize("form", ["markdown", "text", "json"])
def test_showing_says_nothing_that_acts(hostile: Hostile, form: str) -> None:
    for record in [*records(hostile.run("list", "--no-scan", "--format", "jsonl"))][::20]:
        ran = hostile.run("show", "--no-scan", "--format", form, "--", str(record["key"]))
        assert ran.code == 0, record["key"]
        assert_harmless(ran)


@pytest.mark.parametrize("query", QUERIES)
def test_odd_queries_are_answered_or_refused_in_words(hostile: Hostile, query: str) -> None:
    assert_harmless(hostile.run("list", "--no-scan", "--", query))


def test_marks_and_their_undoing_say_nothing_that_acts(hostile: Hostile) -> None:
    for command in MARKING:
        assert_harmless(hostile.run(*command))


def test_nothing_was_run(hostile: Hostile) -> None:
    assert [*hostile.home.rglob("pwned"), *hostile.archive.rglob("pwned")] == []


def test_the_screen_is_told_nothing_that_nobody_meant(hostile: Hostile) -> None:
    assert scan(walk(hostile.archive, hostile.home, every=9)) == []
