"""What leaves the reader, without a screen: links, the clipboard, citations, files, programs."""

from __future__ import annotations

import os
import re
import stat
import sys
import tempfile
from base64 import b64decode
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.errors import SendingError
from reader.model import ArticleId, ArticleKey, HeadlineRow, Published
from reader.sending import citations, clipboard, commands, files, links

ON_DESKTOP = {"DISPLAY": ":0"}
REMOTE = {"SSH_CONNECTION": "10.0.0.1 50000 10.0.0.2 22"}


def row(headline: str = "Premier vows support", **changes: object) -> HeadlineRow:
    about: dict[str, object] = {
        "published": Published("2024-11-07T03:40:00+00:00", date(2024, 11, 7), 0, True),
        "categories": ("WORLD",),
        "source": "Bangkok Post",
        "byline": "Ann Lee",
        "origin_url": "https://example.org/a?b=1",
    }
    return HeadlineRow(ArticleId(1), ArticleKey("ART1"), "2024/premier.md", "/wire", headline, **(about | changes))  # type: ignore[arg-type]


# Links


@pytest.mark.parametrize(
    ("named", "environ", "platform", "command"),
    [
        ((), ON_DESKTOP, "linux", ("xdg-open",)),
        ((), {"WAYLAND_DISPLAY": "wayland-0"}, "linux", ("xdg-open",)),
        ((), {}, "darwin", ("open",)),
        ((), {}, "linux", ()),
        ((), REMOTE, "linux", ()),
        ((), {**REMOTE, **ON_DESKTOP}, "linux", ()),
        ((), REMOTE, "darwin", ()),
        ((), {"SSH_TTY": "/dev/pts/1", **ON_DESKTOP}, "linux", ()),
        (("firefox", "%u"), REMOTE, "linux", ("firefox", "%u")),
        (("firefox", "%u"), ON_DESKTOP, "linux", ("firefox", "%u")),
    ],
)
def test_a_browser_is_used_only_where_the_person_sees_it(
    named: tuple[str, ...], environ: dict[str, str], platform: str, command: tuple[str, ...]
) -> None:
    assert links.browser(named, environ, platform, which=lambda name: f"/usr/bin/{name}") == command


def test_without_a_program_to_open_links_there_is_none() -> None:
    assert links.browser((), ON_DESKTOP, "linux", which=lambda _: None) == ()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["firefox"], ["firefox", "https://example.org/%u"]),
        (["firefox", "--new-tab", "%u"], ["firefox", "--new-tab", "https://example.org/%u"]),
        (["run", "--url=%u", "-x"], ["run", "--url=https://example.org/%u", "-x"]),
    ],
)
def test_a_link_is_one_argument_and_filled_in_once(command: list[str], words: list[str]) -> None:
    assert links.opening(command, "https://example.org/%u") == words


HOSTILE = [
    "--flag",
    "-",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "%action",
    "file:///etc/passwd",
    "data:text/html,x",
    "ftp://example.org/",
    "https://example.org/a\n--flag",
    "https://example.org/a b",
    "https://example.org/\x1b]52;c;eA==\x07",
    "https://-flag.example/",
    "mailto:--flag@example.org",
    "https:\\\\example.org",
    "",
    "about:config",
    "\x00https://example.org",
    "https://example.org/\u202egnp.exe",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_no_program_is_given_anything_but_an_address(url: str) -> None:
    with pytest.raises(SendingError, match="not a web or mail address"):
        links.opening(["firefox", "%u"], url)


@given(st.text())
def test_whatever_is_opened_begins_with_its_scheme(text: str) -> None:
    try:
        word = links.opening(["browser"], text)[1]
    except SendingError:
        return
    assert re.fullmatch(r"(https?://|mailto:)[!-~]+", word)


def test_a_user_name_in_an_address_stays_to_be_seen() -> None:
    assert links.opening(["b"], "https://bank.example@evil.example/")[1] == "https://bank.example@evil.example/"


@pytest.mark.parametrize("count", [0, 1, 15, 16, 40, 226])
def test_hints_are_different_and_none_begins_another(count: int) -> None:
    labels = links.hints(count)
    assert len(set(labels)) == count
    assert len({len(label) for label in labels}) <= 1
    assert all(set(label) <= set(links.HINT_LETTERS) for label in labels)


# The clipboard

DIRECT = {"TERM": "xterm-256color"}
TMUX = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}
SCREEN = {"TERM": "screen", "STY": "1.pts"}


def copied(sequence: str) -> str:
    """The text that a terminal would have in the end, whatever the sequence was wrapped in."""
    if sequence.startswith("\x1bPtmux;"):
        wrapped, plain = sequence[7:].split("\x1b\\")
        assert wrapped.replace("\x1b\x1b", "\x1b") == plain
        sequence = plain
    else:
        sequence = re.sub(r"\x1bP(.*?)\x1b\\", r"\1", sequence, flags=re.S)
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/]*=*)\x07", sequence)
    assert found, "only base64 may stand in it"
    return b64decode(found[1], validate=True).decode()


def test_the_sequences_are_wrapped_for_what_stands_between() -> None:
    assert clipboard.sequence("hi", DIRECT) == "\x1b]52;c;aGk=\x07"
    assert clipboard.sequence("hi", TMUX) == "\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\\x1b]52;c;aGk=\x07"
    assert clipboard.sequence("hi", SCREEN) == "\x1bP\x1b]52;c;aGk=\x07\x1b\\"


def test_screen_gets_it_in_pieces_that_it_takes() -> None:
    sequence = clipboard.sequence("x" * 5_000, SCREEN)
    assert all(len(piece) < 256 for piece in sequence.split("\x1b\\"))
    assert copied(sequence) == "x" * 5_000


@pytest.mark.parametrize("environ", [DIRECT, TMUX, SCREEN])
@given(text=st.text(max_size=600))
@settings(max_examples=60)
def test_only_base64_of_harmless_text_is_sent(environ: dict[str, str], text: str) -> None:
    assert not set(copied(clipboard.sequence(text, environ))) & set("\x1b\x07\x9b\u202e\x00")


def test_what_a_terminal_would_drop_is_refused_in_words() -> None:
    assert len(clipboard.sequence("x" * clipboard.MOST_BYTES, DIRECT)) == 100_000
    with pytest.raises(SendingError, match=r"74,995 bytes.*setting `clipboard`"):
        clipboard.sequence("x" * (clipboard.MOST_BYTES + 1), DIRECT)


@pytest.mark.parametrize(
    ("environ", "between"),
    [(DIRECT, ""), (TMUX, "tmux"), (SCREEN, "screen"), ({"TERM": "tmux"}, "tmux"), ({"TERM": "screen-256color"}, "screen"), ({}, "")],
)
def test_a_multiplexer_is_known_by_its_marks(environ: dict[str, str], between: str) -> None:
    assert clipboard.between(environ) == between
    assert "may refuse" in clipboard.promise(environ)


# Citations


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("plain", "Premier vows support. Bangkok Post, by Ann Lee, 2024-11-07. https://example.org/a?b=1"),
        ("markdown", "[Premier vows support](https://example.org/a?b=1). Bangkok Post, by Ann Lee, 2024-11-07"),
        ("ap", "Ann Lee, “Premier vows support,” Bangkok Post, Nov. 7, 2024, https://example.org/a?b=1"),
    ],
)
def test_the_styles(style: str, said: str) -> None:
    assert citations.cite(row(), style) == said


@pytest.mark.parametrize("style", list(citations.STYLES))
def test_what_the_article_does_not_say_leaves_no_gap(style: str) -> None:
    bare = row("A note", published=None, categories=(), source=None, byline=None, origin_url=None)
    said = citations.cite(bare, style)
    assert "A note" in said
    assert not re.search(r"None|, ,|\. \.|\(\)|= \{\}|\s$|,\s*”?$", said)


def test_bibtex_is_balanced_whatever_the_headline() -> None:
    said = citations.cite(row("50 % of {all} $taxes & fees_{now}: } \\input{x} ^~#"), "bibtex")
    assert said.startswith("@misc{50-of-all-taxes-2024,\n")
    assert said.count("{") == said.count("}")
    assert "\\input" not in said
    assert re.search(r"(?<!\\)[%&$#_]", said.split("\n")[1]) is None


HOSTILE_HEADLINES = ["$(reboot) `id` $headline ${link}", "{row.__class__} {0} %s %(x)s", "[x](javascript:a) <script>", "a\nb\x1b[31m\u202e"]


@pytest.mark.parametrize("headline", HOSTILE_HEADLINES)
@pytest.mark.parametrize("style", [*citations.STYLES, "own"])
def test_a_headline_is_never_a_template_or_a_control(style: str, headline: str) -> None:
    said = citations.cite(row(headline), style, {"own": "$headline|$link"})
    assert not set(said) & set("\x1b\u202e")
    assert "https://example.org/a?b=1" in said
    if style in ("plain", "ap", "own"):
        assert " ".join(headline.split()).replace("\x1b", "␛").replace("\u202e", "\ufffd") in said
    if style == "markdown":
        assert re.findall(r"<(\w+)(?: href=\"([^\"]*)\")?", MarkdownIt().render(said)) == [("p", ""), ("a", "https://example.org/a?b=1")]


def test_a_link_that_is_none_is_not_cited() -> None:
    assert "javascript" not in citations.cite(row(origin_url="javascript:alert(1)"), "plain")


def test_own_templates_fill_in_named_fields() -> None:
    own = {"short": "${headline} ($source, $day) $$5 $byline"}
    assert citations.cite(row(byline=None), "short", own) == "Premier vows support (Bangkok Post, 2024-11-07) $5"
    assert citations.styles(own, "ap") == ("ap", "short", "plain", "markdown", "bibtex")
    assert citations.styles(own, "no such style") == ("short", "plain", "markdown", "ap", "bibtex")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("$headlin", "no field $headlin; did you mean $headline?"),
        ("${headline.__class__}", "a field is written"),
        ("$headline $", "a field is written"),
        ("$zzz", "no field $zzz; there are headline, source"),
        ("", "a template of up to"),
        ("x" * 3_000, "a template of up to"),
    ],
)
def test_a_wrong_template_is_refused_with_the_right_name(template: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        citations.check(template)


def test_a_passage_comes_with_its_source() -> None:
    assert citations.quote(" We will\x07 help. ", "X, 2024") == "“We will␇ help.”\n— X, 2024"


# Files


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Premier vows support", "2024-11-07-premier-vows-support.md"),
        ("../../etc/passwd", "2024-11-07-etc-passwd.md"),
        ("--flag; rm -rf $(x) `y` | z", "2024-11-07-flag-rm-rf-x-y-z.md"),
        ("a\nb\x00c\x1b[31m", "2024-11-07-a-b-c-31m.md"),
        ("हिन्दी में समाचार", "2024-11-07-हिन्दी-में-समाचार.md"),
        ("杭州茶农", "2024-11-07-杭州茶农.md"),
        ("…", "2024-11-07.md"),
        ("\u0300 a\u0323 \u0300b", "2024-11-07-ạ-b.md"),
    ],
)
def test_file_names_are_made_of_words(headline: str, name: str) -> None:
    assert files.safe_name(date(2024, 11, 7), headline, ".md") == name


@given(st.text())
def test_a_file_name_is_always_one_plain_name(headline: str) -> None:
    name = files.safe_name(None, headline, ".md")
    assert re.fullmatch(r"[^\W_][^\s/\\]*\.md", name)
    assert len(name.encode()) <= 90


def test_a_folder_takes_the_default_name_and_a_tilde_is_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert files.destination("~/x.md", "d.md", []) == tmp_path / "x.md"
    assert files.destination(str(tmp_path), "d.md", []) == tmp_path / "d.md"


def test_the_archive_is_never_written_to_whatever_the_way_there(tmp_path: Path) -> None:
    wire = tmp_path / "wire"
    (wire / "2024").mkdir(parents=True)
    (tmp_path / "door").symlink_to(wire / "2024")
    (tmp_path / "alias.md").symlink_to(wire / "article.md")
    for typed in (wire, wire / "new.md", wire / "2024/new.md", tmp_path / "door/new.md", tmp_path / "wire/../wire/x.md"):
        with pytest.raises(SendingError, match="never written to"):
            files.destination(str(typed), "d.md", [str(wire)])
    with pytest.raises(SendingError, match="never written to"):
        files.destination(str(wire / "article.md"), "d.md", [str(wire / "article.md")])


@pytest.mark.parametrize("typed", ["", "  ", "no/such/folder/x.md", "a\0b", "x" * 260, f"{'x' * 260}/y.md", "round/x.md", "round"])
def test_a_place_that_is_none_is_refused(typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "round").symlink_to("round")
    with pytest.raises(SendingError):
        files.write(files.destination(typed, "d.md", [str(tmp_path / "wire")]), ["a"])


def test_a_file_is_whole_and_overwrites_nothing_unasked(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    assert files.write(path, ["a", "b"]) == 2
    with pytest.raises(files.FileExists):
        files.write(path, ["c"])
    assert path.read_text() == "a\nb\n"
    files.write(path, ["c"], may_replace=True)
    assert path.read_text() == "c\n"
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    assert [each.name for each in tmp_path.iterdir()] == ["x.md"]


def test_a_link_to_nowhere_is_a_file_too(tmp_path: Path) -> None:
    (tmp_path / "x.md").symlink_to(tmp_path / "gone")
    with pytest.raises(files.FileExists):
        files.write(tmp_path / "x.md", ["a"])
    assert not (tmp_path / "gone").exists()


def test_what_fails_midway_leaves_nothing(tmp_path: Path) -> None:
    def failing() -> object:
        yield "a"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        files.write(tmp_path / "x.md", failing())  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


# Programs


def test_a_command_line_is_words_and_nothing_more() -> None:
    assert commands.words_of("grep -c 'a b' $HOME `id` > x | y; z") == ["grep", "-c", "a b", "$HOME", "`id`", ">", "x", "|", "y;", "z"]
    for line in ("", "  ", "'unclosed", "''"):
        with pytest.raises(SendingError):
            commands.words_of(line)


@pytest.mark.parametrize(
    ("environ", "pager", "editor"),
    [
        ({}, ["less"], ["vi"]),
        ({"PAGER": "most -s", "EDITOR": "nano"}, ["most", "-s"], ["nano"]),
        ({"VISUAL": "code --wait", "EDITOR": "nano", "PAGER": " "}, ["less"], ["code", "--wait"]),
    ],
)
def test_pager_and_editor_are_the_persons_own(environ: dict[str, str], pager: list[str], editor: list[str]) -> None:
    assert (commands.pager(environ), commands.editor(environ)) == (pager, editor)


def test_text_goes_to_standard_input_as_it_is(tmp_path: Path) -> None:
    out = tmp_path / "out"
    keep = [sys.executable, "-c", f"import sys; open({str(out)!r}, 'wb').write(sys.stdin.buffer.read())"]
    assert commands.run_here(keep, "$(reboot) é\n") == 0
    assert out.read_text() == "$(reboot) é\n"


def test_where_there_is_no_room_for_the_text_nothing_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(SendingError):
        commands.run_here(["tee", str(tmp_path / "given")], "text")
    assert not (tmp_path / "given").exists()


def test_how_a_program_ended_is_told() -> None:
    assert commands.ended(commands.run_here([sys.executable, "-c", "raise SystemExit(3)"])) == "ended with 3"
    assert commands.ended(commands.run_here([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"])) == "was ended by SIGKILL"
    with pytest.raises(SendingError, match="no-such-program: No such file"):
        commands.run_here(["no-such-program"])


async def test_a_browser_that_fails_is_told_and_one_that_works_is_not() -> None:
    await commands.launch([sys.executable, "-c", ""])
    with pytest.raises(SendingError, match="ended with 4"):
        await commands.launch([sys.executable, "-c", "raise SystemExit(4)"])
    with pytest.raises(SendingError, match="No such file"):
        await commands.launch(["no-such-program", "https://example.org"])


async def test_a_browser_is_cut_off_from_our_terminal(tmp_path: Path) -> None:
    out = tmp_path / "out"
    script = f"import os, sys; open({str(out)!r}, 'w').write(f'{{os.getsid(0) == os.getpid()}} {{len(sys.argv)}} {{sys.argv[1]}}')"
    await commands.launch(links.opening([sys.executable, "-c", script], "https://example.org/--flag?a=$(id)&b='c'"))
    assert out.read_text() == "True 2 https://example.org/--flag?a=$(id)&b='c'"


async def test_a_clipboard_program_is_fed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    await commands.feed([sys.executable, "-c", f"import sys; open({str(out)!r}, 'w').write(sys.stdin.read())"], "a link")
    assert out.read_text() == "a link"
    with pytest.raises(SendingError, match="ended with 2"):
        await commands.feed([sys.executable, "-c", "raise SystemExit(2)"], "x" * 200_000)
