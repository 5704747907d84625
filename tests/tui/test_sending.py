"""The keys that lead out, pressed in a real terminal: what reaches the browser, the clipboard, programs and files, and what never does."""

from __future__ import annotations

import re
import signal
import sys
from ast import literal_eval
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import article_text, environment, folder, numbered_articles
from tests.cli.run import dateline
from tests.escapes import scan
from tests.pty_session import PtySession
from tests.tui import opened as pilot

COMMAND = [sys.executable, "-m", "reader"]
HEADLINE = "$(touch pwned) | touch pwned ; touch pwned"
LINK = "https://wire.example/a?b=$(touch%20pwned)&c=%u"
BODY = "Some [words](https://one.example/1) and [more](https://two.example/--flag).\n\n[no](javascript:alert(1)) [nor](--flag)\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    return folder(
        tmp_path / "wire",
        {
            "a.md": article_text(HEADLINE, BODY, date="2024-11-07", origin_url=LINK, byline="Ann Lee", source="Wire"),
            "b.md": article_text("Hostile link", "x\n", date="2024-11-06", origin_url="javascript:alert(1)"),
            "c.md": article_text("No link", "x\n", date="2024-11-05"),
        },
    )


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A program that writes down its arguments."""
    path = tmp_path / "note arguments"
    path.write_text(f"#!{sys.executable}\nimport sys\nopen({str(tmp_path / 'arguments')!r}, 'a').write(repr(sys.argv[1:]) + '\\n')\n")
    path.chmod(0o755)
    return path


def settings(home: Path, text: str) -> None:
    (home / "config/dateline").mkdir(parents=True)
    (home / "config/dateline/settings.yaml").write_text(text)


def opened(home: Path, wire: Path, **changes: str) -> PtySession:
    home.mkdir(exist_ok=True)
    session = PtySession([*COMMAND, str(wire)], env=environment(home, **changes), columns=100, rows=30, cwd=home)
    session.wait_for(lambda screen: "touch pwned" in screen.text and "1 of 3" in screen.text, timeout=30)
    return session


@pytest.fixture(autouse=True)
def nothing_is_run_by_an_article(tmp_path: Path) -> Iterator[None]:
    """Whatever is done with the article, its headline and its link have made no file called `pwned`."""
    yield
    assert not list(tmp_path.rglob("pwned"))


def copied(session: PtySession) -> list[str]:
    """All that was put on the clipboard of the terminal."""
    return [b64decode(found, validate=True).decode() for found in re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", bytes(session.raw))]


def press(session: PtySession, keys: str, *texts: str) -> None:
    """Types, and waits until all of `texts` are on the screen."""
    session.send(keys)
    session.wait_for(lambda screen: all(text in screen.text for text in texts))


def come_back(session: PtySession, keys: str) -> None:
    """Types, and waits until the reader has the terminal again."""
    since = session.bytes_written
    session.send(keys)
    session.wait_for(lambda _: b"\x1b[?1049h" in session.raw[since:])
    session.settled()


def test_a_browser_of_the_settings_gets_one_argument_also_over_ssh(home: Path, wire: Path, script: Path, tmp_path: Path) -> None:
    settings(home, f"browser: ['{script}', '%u']\n")
    with opened(home, wire, SSH_CONNECTION="a 1 b 2") as session:
        press(session, "o", "opening wire.example")
        press(session, "\r1", "opening one.example")
        press(session, "2", "opening two.example")
        press(session, "9", "no link has the number 9")
        session.send(";")
        session.settled()
        press(session, "f", "opening wire.example")
        press(session, "hjo", "doesn't say where it is from")
        session.wait_for(lambda _: (tmp_path / "arguments").read_text().count("\n") == 4)
        assert scan(bytes(session.raw), links=True) == []
    arguments = [[LINK], ["https://one.example/1"], ["https://two.example/--flag"], ["https://wire.example/--flag"]]
    # The programs run beside each other, and any may be the first to write.
    assert sorted(literal_eval(line) for line in (tmp_path / "arguments").read_text().splitlines()) == sorted(arguments)


def test_over_ssh_a_link_is_offered_and_copied_and_nothing_is_started(home: Path, wire: Path) -> None:
    with opened(home, wire, SSH_CONNECTION="a 1 b 2", DISPLAY=":0") as session:
        press(session, "o", "link sent to the terminal's clipboard; it may refuse")
        assert copied(session) == [LINK]
        assert re.search(rb"\x1b\]8;[^;]*;https://wire\.example/a\?b=\$\(touch%20pwned\)&c=%u\x1b\\", bytes(session.raw))
        assert scan(bytes(session.raw), links=True, clipboard=True) == []


def test_links_and_citations_are_copied(home: Path, wire: Path) -> None:
    settings(home, "citation: ap\ncitations: {short: '$headline|$day'}\n")
    with opened(home, wire) as session:
        press(session, "y", "link sent to the terminal's clipboard; it may refuse")
        press(session, "Y", "citation (ap)", "again: short")
        press(session, "Y", "citation (short)", "again: plain")
        press(session, "jY", "citation (ap)")
        press(session, "y", "no link is named here")
        assert copied(session) == [
            LINK,
            f"Ann Lee, “{HEADLINE},” Wire, Nov. 7, 2024, {LINK}",
            f"{HEADLINE}|2024-11-07",
            "“Hostile link,” Nov. 6, 2024",
        ]
        assert scan(bytes(session.raw), links=True, clipboard=True) == []


@pytest.mark.parametrize(
    ("environ", "sent"),
    [
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x,1,0"}, rb"\x1bPtmux;\x1b\x1b\]52;c;[\w+/=]+\x07\x1b\\\x1b\]52;c;[\w+/=]+\x07"),
        ({"TERM": "screen-256color", "STY": "1.x"}, rb"\x1bP\x1b\]52;c;[\w+/=]+\x07\x1b\\"),
    ],
)
def test_the_clipboard_is_reached_through_what_stands_between(home: Path, wire: Path, environ: dict[str, str], sent: bytes) -> None:
    with opened(home, wire, **environ) as session:
        press(session, "y", "either may refuse")
        assert re.search(sent, bytes(session.raw))


def test_a_selection_is_copied_together(home: Path, wire: Path) -> None:
    with opened(home, wire) as session:
        press(session, "*Y", "3 citations (plain)")
        press(session, "y", "link sent")
        assert copied(session)[0].count("2024-11-0") == 3
        assert copied(session)[1] == LINK


def test_a_clipboard_program_of_the_settings_is_fed(home: Path, wire: Path, tmp_path: Path) -> None:
    settings(home, f"clipboard: [tee, '{tmp_path / 'board'}']\n")
    with opened(home, wire) as session:
        press(session, "y", "link given to tee")
        assert (tmp_path / "board").read_text() == LINK
        assert copied(session) == []


def test_a_selected_passage_is_copied_with_its_source(home: Path, wire: Path) -> None:
    with opened(home, wire) as session:
        session.send("\r")
        session.wait_for(lambda screen: "and more" in screen.text)
        line = next(number for number, text in enumerate(session.screen.lines) if "Some words" in text)
        column = session.screen.lines[line].index("Some words")
        for code, x, end in ((0, column, "M"), (32, column + 4, "M"), (32, column + 10, "M"), (0, column + 10, "m")):
            session.send(f"\x1b[<{code};{x + 1};{line + 1}{end}")
        press(session, "y", "passage sent")
        press(session, "Y", "passage with its source")
        assert copied(session)[0].startswith("Some word")
        assert copied(session)[1].startswith(f"“{copied(session)[0]}”\n— ")
        assert "2024-11-07" in copied(session)[1]


def test_an_article_is_piped_to_what_is_typed_and_no_shell(home: Path, wire: Path, tmp_path: Path) -> None:
    with opened(home, wire) as session:
        press(session, f"|tee '{tmp_path / 'piped'}'\r", "[tee ended with 0] Enter goes back")
        come_back(session, "\r")
        assert (tmp_path / "piped").read_text().startswith(f"# {HEADLINE}\n")
        press(session, "|no-such-program | cat\r", "no-such-program: No such file or directory")
        press(session, "x", "no-such-program | catx")
        session.send("\x1b")
        session.wait_for(lambda screen: "pipe to:" not in screen.text)
        press(session, "s", "Starred 1 article")
        assert scan(bytes(session.raw)) == []
        session.send("Q")
        assert session.wait_exit() == 0


@pytest.mark.parametrize("keys", ["|sleep 60\r", "|true\r"])
def test_a_signal_ends_it_while_another_program_has_the_terminal(home: Path, wire: Path, keys: str) -> None:
    with opened(home, wire) as session:
        session.send(keys)
        session.wait_for(lambda _: b"\x1b[?1049l" in session.raw)
        session.settled(300)
        session.signal(signal.SIGTERM)
        session.wait_exit(timeout=3.0)


def test_ctrl_c_ends_the_other_program_and_not_the_reader(home: Path, wire: Path) -> None:
    with opened(home, wire) as session:
        session.send("|sleep 60\r")
        session.wait_for(lambda _: b"\x1b[?1049l" in session.raw)
        session.settled(300)
        press(session, "\x03", "sleep was ended by SIGINT] Enter goes back")
        come_back(session, "\x03\r")
        press(session, "s", "Starred 1 article")


def test_pager_and_editor_see_a_copy(home: Path, wire: Path, script: Path, tmp_path: Path) -> None:
    with opened(home, wire, PAGER=f"tee '{tmp_path / 'paged'}'", EDITOR=f"'{script}' -R") as session:
        press(session, "V", "tee ended with 0")
        assert (tmp_path / "paged").read_text().startswith(f"{HEADLINE}\n2024-11-07 · Wire · Ann Lee\n\nSome words and more.")
        session.send("\x05")
        session.wait_for(lambda _: (tmp_path / "arguments").exists())
        option, path = literal_eval((tmp_path / "arguments").read_text())
        assert option == "-R"
        assert re.fullmatch(r"/\S+/dateline-\w+/2024-11-07-touch-pwned-touch-pwned-touch-pwned\.md", path)
        session.settled()
        assert not Path(path).exists()


def test_an_editor_that_leaves_no_file_leaves_the_reader(home: Path, wire: Path) -> None:
    with opened(home, wire, VISUAL="rm -r") as session:
        press(session, "Nmine", "mine")
        come_back(session, "\x05")
        press(session, " own\x1b", "Noted 1 article")
        come_back(session, "\x05")
        press(session, "s", "Starred 1 article")
    assert "mine own" in dateline(home, "list", "is:noted", "-a", wire, "--format", "jsonl").out


def test_an_article_is_saved_never_over_another_nor_into_the_archive(home: Path, wire: Path, tmp_path: Path) -> None:
    path = tmp_path / "saved.md"
    with opened(home, wire) as session:

        def save(as_what: str, *texts: str) -> None:
            press(session, f"S\x15{as_what}\r", *texts)
            if "replace it?" not in texts:
                session.send("\x1b")
            session.wait_for(lambda screen: "save as:" not in screen.text)

        save(str(path), "saved as")
        assert path.read_text().startswith(f"# {HEADLINE}\n")
        path.write_text("mine")
        save(str(path), "replace it?")
        press(session, "n\r", "left as it was")
        assert path.read_text() == "mine"
        save(str(path), "replace it?")
        press(session, "y\r", "saved as")
        assert path.read_text() != "mine"
        save(str(tmp_path / "x.html"), "saved as")
        session.wait_for(lambda _: (tmp_path / "x.html").exists())
        assert (tmp_path / "x.html").read_text().startswith("<!doctype html>")
        save(str(wire / "new.md"), "never written to")
        save(str(tmp_path / "no/where/x.md"), "no such folder")
        save("x" * 260, "File name too long")
        save(f"{tmp_path}/", "saved as")
        session.wait_for(lambda _: (tmp_path / "2024-11-07-touch-pwned-touch-pwned-touch-pwned.md").exists())
    assert sorted(each.name for each in wire.iterdir()) == ["a.md", "b.md", "c.md"]


def test_what_is_listed_is_exported_as_a_briefing(home: Path, wire: Path) -> None:
    with opened(home, wire) as session:
        press(session, "E\tlll", "Export 3 articles", "briefing.jsonl")
        press(session, "hh\td", "briefing.html")
        press(session, "\r", "3 articles written to")
    page = (home / "briefing.html").read_text()
    assert '<h2 dir="auto">Thursday 7 November 2024</h2>' in page
    assert page.count("<article") == 3


async def test_all_choices_of_an_export_are_in_sight_on_the_smallest_terminal(tmp_path: Path) -> None:
    async with pilot.opened(tmp_path, numbered_articles(3), size=(40, 10)) as reader:
        await reader.press("E")
        for word in ("markdown", "html", "csv", "jsonl", "nothing", "day", "category", "entity", "briefing.md"):
            assert re.search(rf"\b{re.escape(word)}(?!\S)", reader.screen), word
