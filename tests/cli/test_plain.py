"""The line reader: everything in words, one line after the other, for a person at a prompt and for a script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli.plain import PlainReader
from reader.library import Library
from reader.settings import Folders, Settings
from tests.builders import article_text, environment, folder
from tests.cli.run import Ran, dateline
from tests.pty_session import PtySession

COMMAND = [sys.executable, "-m", "reader", "--plain"]


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    def story(number: int) -> str:
        category = "World" if number % 2 else "Sport"
        return article_text(f"Story {number:02}", f"First of {number}.\n\n- point\n", date=f"2024-11-{30 - number:02}", category=category)

    files = {f"story-{number:02}.md": story(number) for number in range(1, 26)}
    return folder(tmp_path / "wire", {**files, "zz.md": article_text("A \x1b]52;c;aGk=\x07trick", date="2024-01-01")})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def typed(home: Path, wire: Path, *lines: str, options: tuple[str, ...] = (), **changes: str) -> Ran:
    ran = subprocess.run(
        [*COMMAND, *options, str(wire)],
        env=environment(home, TERM="dumb", **changes),
        input="".join(f"{line}\n" for line in lines).encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def starred(home: Path, wire: Path) -> list[str]:
    return [record["headline"] for record in dateline(home, "list", "is:starred", "-a", wire, "--format", "jsonl").records]


def test_headlines_come_in_pages_and_nothing_is_told_by_signs(home: Path, wire: Path) -> None:
    ran = typed(home, wire, "next", "back", "", "")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert "1. Story 01 (2024-11-29, World)" in lines
    assert lines.count("1 to 20 of 26") == 2
    assert lines.count("21 to 26 of 26") == 2
    assert "That was all of 26." in lines
    assert not any(character in ran.out for character in "●★✗\x1b")


def test_marks_are_given_by_number_and_taken_back(home: Path, wire: Path) -> None:
    ran = typed(home, wire, "star 2 4-5", "skip 1", "undo", "tag:later 2", "filter is:starred", "q")
    assert starred(home, wire) == ["Story 02", "Story 04", "Story 05"]
    assert "Starred 3 articles." in ran.out
    assert "undone: Dismissed 1 article." in ran.out
    assert "1. Story 02 (2024-11-28, Sport) [starred, tag later]" in ran.out
    assert "1 to 3 of 3 for is:starred" in ran.out


def test_an_article_is_read_and_then_marked_without_a_number(home: Path, wire: Path) -> None:
    ran = typed(home, wire, "3", "star", "list", options=("-q", "category:world"))
    assert "First of 5." in ran.out
    assert "- point" in ran.out
    assert "3. Story 05 (2024-11-25, World) [read, starred]" in ran.out


def test_what_is_wrong_with_a_file_is_told_with_its_article(home: Path, wire: Path) -> None:
    (wire / "broken.md").write_text("---\ntitle: A: B: C\ndate: 2024-12-01\n---\n\nBody.\n")
    ran = typed(home, wire, "1", "star")
    told = ran.out.splitlines()
    assert next(number for number, line in enumerate(told) if line.startswith("broken.md:")) < told.index("Body.")


def test_reading_marks_nothing_where_the_settings_say_never(home: Path, wire: Path) -> None:
    (home / "config/dateline").mkdir(parents=True)
    (home / "config/dateline/settings.yaml").write_text("mark_read_after: never\nthem: x\n")
    ran = typed(home, wire, "1", "filter is:read")
    assert "nothing for is:read" in ran.out
    assert "settings.yaml:2: unknown setting 'them'" in ran.err


WRONG = (
    ("strr 1", "did you mean 'star'"),
    ("gibberish", "type help"),
    ("99", "no article 99; the list has 26"),
    ("0", "no article 0"),
    ("star 20-99", "no article 99"),
    ("9" * 5000, "no article 999999999999999999…; the list has 26"),
    ("star 1-" + "9" * 5000, "no article 999999999999999999…"),
    ("star 0-2", "no article 0"),
    ("star 2-1", "2-1 names none"),
    ("star two", "'two' is no number"),
    ("star", "which?"),
    ("tag: 1", "a tag needs a name"),
    ("filter date:soon", "the list is as it was"),
    ("undo", "Nothing to undo."),
    ("redo", "Nothing to redo."),
    ("help", "as in `star 3 5-8`"),
    ("filter zzz", "nothing for zzz"),
    ("filter persn:zed", "no field persn; searched literally"),
)


def test_what_cannot_be_done_is_said_and_stops_nothing(home: Path, wire: Path) -> None:
    ran = typed(home, wire, *(line for line, _ in WRONG), "filter", "quit")
    told = ran.out.splitlines()
    for _, said in WRONG:
        told = told[next(number for number, line in enumerate(told) if said in line) + 1 :]
    assert told[-1] == "1 to 20 of 26"
    assert (ran.code, ran.err) == (0, "")


def test_a_filter_that_can_t_be_read_is_a_wrong_call(home: Path, wire: Path) -> None:
    ran = typed(home, wire, "star 1", options=("-q", "(x"))
    assert (ran.code, ran.out) == (2, "")
    assert "this ( is not closed" in ran.err
    assert not starred(home, wire)


@pytest.mark.parametrize("changes", [{}, {"PYTHONIOENCODING": "utf-8:strict"}])
def test_a_byte_that_is_no_letter_stops_nothing(home: Path, wire: Path, changes: dict[str, str]) -> None:
    ran = subprocess.run(
        [*COMMAND, str(wire)],
        env=environment(home, TERM="dumb", **changes),
        input=b"tag:caf\xe9 1\nfilter caf\xe9\nfilter is:unread\n",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "Tagged caf\ufffd: 1 article" in ran.stdout.decode()
    assert ran.stdout.endswith(b"1 to 20 of 26 for is:unread\n")


def test_many_numbers_are_marked_together_each_once(home: Path, wire: Path) -> None:
    ran = typed(home, wire, "star 1-26 3 1-2")
    assert "Starred 26 articles." in ran.out
    assert len(starred(home, wire)) == 26


def test_what_is_marked_is_not_asked_for_row_by_row(home: Path, wire: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library([str(wire)], Folders(*(home / name / "dateline" for name in ("config", "cache", "state"))))
    for _ in library.refresh():
        pass
    session = PlainReader(library, Settings(), is_watched=False)
    session.do("filter")
    with monkeypatch.context() as patched:
        patched.delattr(Library, "rows")
        session.do("star 1-26")
    assert len(starred(home, wire)) == 26


def test_new_files_are_found_when_asked_for(home: Path, wire: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, str(wire)], env=environment(home, TERM="dumb", PYTHONUNBUFFERED="1"), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        while b"of 26" not in process.stdout.readline():
            pass
        (wire / "new.md").write_text(article_text("Brand new", date="2024-12-01"))
        rest, _ = process.communicate(b"rescan\nq\n", timeout=60)
    assert b"1. Brand new" in rest


def test_a_locale_without_the_letters_changes_nothing(home: Path, wire: Path) -> None:
    (wire / "accents.md").write_text(article_text("Élection à Kyïv 選挙", date="2024-12-02"))
    ran = typed(home, wire, "1", LC_ALL="C", LANG="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert ran.code == 0
    assert "1. Élection à Kyïv 選挙 (2024-12-02)" in ran.out


def test_at_a_dumb_terminal_there_is_a_prompt_and_not_one_escape(home: Path, wire: Path) -> None:
    (wire / "long.md").write_text(article_text("Long", "\n\n".join(f"Paragraph {number}." for number in range(40)), date="2024-12-03"))
    with PtySession([*COMMAND, str(wire)], env=environment(home, TERM="dumb")) as session:
        session.wait_for_text("> ", timeout=30)
        session.send("1\r")
        session.wait_for_text("Enter goes on, q stops:")
        session.send("q\r")
        session.send("star\r")
        session.wait_for_text("Starred 1 article.")
        session.send("q\r")
        assert session.wait_exit() == 0
        assert b"\x1b" not in session.raw
    assert starred(home, wire) == ["Long"]
    assert not dateline(home, "list", "is:read", "-a", wire).out


def test_without_a_screen_the_reader_names_the_line_reader(home: Path, wire: Path) -> None:
    with PtySession([sys.executable, "-m", "reader", str(wire)], env=environment(home, TERM="dumb")) as session:
        assert session.wait_exit(timeout=30) == 2
        assert b"--plain" in session.raw
    assert "--plain" in dateline(home, wire).err
