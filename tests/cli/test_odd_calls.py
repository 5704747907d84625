"""Calls that nobody meant: bytes that are no letters, names that are none, queries without end. Each gets a line that helps."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.builders import article_text, environment, folder
from tests.cli.run import Ran, dateline

ODD = os.fsdecode(b"\xff")
NO_UTF_8 = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A locale in which Python takes names for ASCII."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    return folder(
        tmp_path / "wire",
        {
            "a.md": article_text("A café", "Some words.\n"),
            "b.md": article_text("B"),
            os.fsdecode(b"c\xff.md"): article_text("C, named oddly"),
        },
    )


def refused(ran: Ran, code: int, *words: str) -> None:
    assert (ran.code, ran.out) == (code, "")
    for word in words:
        assert word in ran.err
    assert "fault of its own" not in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", f"title:a{ODD}b"],
        ["list", "--", f"-title:café AND {ODD}x"],
        ["show", ODD],
        ["mark", f"tag:{ODD}x", "café"],
        ["facets", ODD],
        ["facets", "day", f"tag:{ODD}x"],
        ["entities", "rename", ODD, ODD],
        ["export", f'"{ODD}"'],
        ["import", ODD],
    ],
)
def test_bytes_that_are_no_utf_8_are_no_fault(home: Path, wire: Path, arguments: list[str]) -> None:
    command, *others = arguments
    ran = dateline(home, command, "-a", wire, *others)
    assert ran.code in (0, 1, 2, 3)
    assert "Traceback" not in ran.err


def test_an_argument_is_utf_8_whatever_the_locale_says(home: Path, wire: Path) -> None:
    ran = dateline(home, "list", "-a", wire, "title:café", **NO_UTF_8)
    assert (ran.code, "A café" in ran.out) == (0, True)


@pytest.mark.parametrize("first", [{}, NO_UTF_8])
def test_names_are_the_same_in_every_locale(home: Path, tmp_path: Path, first: dict[str, str]) -> None:
    archive = folder(tmp_path / "选举", {"龙/é.md": article_text("Au café", category="Été"), "a.md": article_text("A")})
    assert dateline(home, "index", "-a", archive, **first).code == 0
    for changes in ({}, NO_UTF_8):
        records = dateline(home, "list", "-a", archive, "--format", "jsonl", **changes).records
        assert {(record["key"], record["path"], record["archive"]) for record in records} == {
            ("龙/é.md", "龙/é.md", str(archive)), ("a.md", "a.md", str(archive)),
        }  # fmt: skip
        assert "Au café" in dateline(home, "show", "龙/é.md", "-a", archive, **changes).out
    assert "Tagged à lire: 1 article" in dateline(home, "mark", "tag:à lire", "category:été", "-a", archive, **NO_UTF_8).err
    assert dateline(home, "list", 'tag:"à lire"', "-a", archive, "--format", "jsonl").keys == ["龙/é.md"]


def test_an_article_is_shown_by_a_path_that_is_no_utf_8(home: Path, wire: Path) -> None:
    assert "C, named oddly" in dateline(home, "show", "-a", wire, os.fsdecode(b"c\xff.md")).out


def test_an_archive_without_a_name_is_not_this_folder(home: Path) -> None:
    refused(dateline(home, "list", "-a", ""), 3, "without a name")


@pytest.mark.parametrize("number", ["9" * 5000, "-1", "x", "²", ""])
def test_a_limit_that_is_no_number_is_said(home: Path, wire: Path, number: str) -> None:
    refused(dateline(home, "list", "-a", wire, "--limit", number), 2, "no number of articles")


def test_a_query_that_begins_with_a_minus_is_told_where_it_belongs(home: Path, wire: Path) -> None:
    refused(dateline(home, "list", "-a", wire, "-word"), 2, "follows --")


@pytest.mark.parametrize("term", ["-has:link", "-author:x", "-HEADLINE:x", "-happy", "-hungry"])
@pytest.mark.parametrize("command", [["list", "flood"], ["entities"]])
def test_no_term_of_a_query_is_taken_for_options(home: Path, wire: Path, command: list[str], term: str) -> None:
    ran = dateline(home, *command, term)
    refused(ran, 2, f"unrecognized arguments: {term}; a QUERY that begins with - follows --")
    assert dateline(home, *command, "-a", wire, "--", term).code in (0, 1)


def test_what_is_missing_is_named_and_nothing_else(home: Path, wire: Path) -> None:
    ran = dateline(home, "facets", "-a", wire)
    refused(ran, 2, "FIELD")
    assert "QUERY" not in ran.err


@pytest.mark.parametrize("terms", ["tag:a{0} OR", "-word{0}", "-category:c{0}", "date:{0:04} OR"])
def test_a_query_without_end_is_a_wrong_call_and_not_a_broken_index(home: Path, wire: Path, terms: str) -> None:
    query = " ".join(terms.format(number) for number in range(1, 2001)).removesuffix(" OR")
    refused(dateline(home, "list", "-a", wire, "--", query), 2, "more terms than can be asked")


@pytest.mark.parametrize("before", ["", "中文 ", "a\tb\n", "e\u0301\u200b ", "word " * 50])
def test_the_place_in_a_query_is_pointed_at_by_cells(home: Path, wire: Path, before: str) -> None:
    ran = dateline(home, "list", "-a", wire, f'{before}"open')
    refused(ran, 2)
    _, shown, marks = ran.err.rstrip("\n").split("\n")
    assert cell_len(shown.partition('"')[0]) == len(marks) - len(marks.lstrip())
    assert marks.strip() == "^" * len('"open')


def test_a_tag_of_the_command_line_can_be_typed_on_screen(home: Path, wire: Path) -> None:
    refused(dateline(home, "mark", "tag:a,b", "café", "-a", wire), 2, "comma")


@pytest.mark.parametrize("query", [[], [" "], ['""'], ["*"], ["?!"], ["sort:words"]])
def test_a_query_that_says_nothing_marks_nothing(home: Path, wire: Path, query: list[str]) -> None:
    refused(dateline(home, "mark", "read", "-a", wire, *query), 2, "needs a QUERY")


@pytest.mark.parametrize(
    "name", ["the  future of  it", "two\nlines", "a\ttab", "\x1b[31mred", "no\u200bwidth", os.fsdecode(b"lat\xe9in")], ids=ascii
)
def test_a_key_is_shown_as_it_is_listed(home: Path, tmp_path: Path, name: str) -> None:
    archive = folder(tmp_path / "blanks", {f"{name}.md": article_text("One"), "another.md": article_text("Two")})
    key = dateline(home, "list", "-a", archive, "title:one", "--format", "tsv").out.split("\t")[1]
    assert "# One" in dateline(home, "show", "-a", archive, key).out
    (row,) = csv.DictReader(dateline(home, "export", "-a", archive, "title:one", "--format", "csv").out.splitlines())
    assert (row["key"], row["path"]) == (key, key.replace(r"\xe9", "\ufffd"))


def test_of_two_keys_that_look_alike_neither_is_shown(home: Path, tmp_path: Path) -> None:
    archive = folder(tmp_path / "alike", {"a\tb.md": article_text("Tab"), "a\nb.md": article_text("Line end")})
    refused(dateline(home, "show", "-a", archive, "a b.md"), 1, "no article has the key")


def test_a_strict_reader_takes_every_record(home: Path, wire: Path) -> None:
    (wire / os.fsdecode(b"\xe9mpty.md")).write_text("")
    listed, told = (dateline(home, *words, "-a", wire, "--format", "jsonl") for words in (["list"], ["problems"]))
    paths = {record["path"] for record in (*listed.records, *told.records)}
    assert all(path.encode() for path in paths)
    assert {"a.md", r"c\xff.md", r"\xe9mpty.md"} <= paths


@pytest.mark.parametrize("arguments", [["list", "-a"], ["export", "-a"], ["--plain"], ["--help"], ["--version"], ["list", "--help"]])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_answer_that_can_not_be_written_is_3(home: Path, wire: Path, arguments: list[str], unbuffered: str) -> None:
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "reader", *arguments, str(wire)],
            env=environment(home, PYTHONUNBUFFERED=unbuffered),
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (3, b"dateline: the answer can't be written: No space left on device\n")


def test_a_name_given_to_an_entity_is_one_line(home: Path, tmp_path: Path) -> None:
    archive = folder(tmp_path / "names", {"a.md": article_text("Li Qiang in Kunming", "Premier Li Qiang met Joe Biden in Kunming.\n")})
    assert dateline(home, "entities", "rename", "Li  Qiang", "Li\nthe\tPremier ", "-a", archive).code == 0
    records = dateline(home, "entities", "-a", archive, "--format", "jsonl").records
    assert {record["name"] for record in records} == {"Li the Premier", "Joe Biden", "Kunming"}
