"""An archive that means harm: `python -m tests.hostile.archive FOLDER` writes it, with what must come of each file.

Most cases put a payload that some terminal, markup, query language, shell or format would obey into one place of an ordinary
article. The others are files that cost too much, lead out of the archive, or are no files at all.
"""

from __future__ import annotations

import os
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Outcome = Literal["listed", "listed with a problem", "a problem", "nothing"]
"""An article; an article named among the problems too; no article but named among the problems; neither."""

PAYLOADS: dict[str, str] = {
    "clipboard": "\x1b]52;c;cHduZWQ=\x07",
    "title": "\x1b]0;owned\x07",
    "title without end": "\x1b]2;owned",
    "erase": "\x1b[2J\x1b[H",
    "report": "\x1b[6n\x1b[c\x1b[5n",
    "request": "\x1bP$q q\x1b\\",
    "alternate": "\x1b[?1049l\x1b[?1003h",
    "keyboard": "\x1b[>31u",
    "hyperlink": "\x1b]8;;file:///etc/passwd\x1b\\x\x1b]8;;\x1b\\",
    "program key": '\x1b]1337;SetMark\x07\x1bP0;1|17/"\x9c',
    "charset": "\x0e\x1b(0",
    "bell and enquiry": "\x07\x05\x7f",
    "return": "seen\rhidden",
    "backspaces": "abc\x08\x08\x08xyz",
    "c1": "\x9b31m\x9d0;owned\x9c\x90\x85",
    "decimal entity": "&#27;]0;owned&#7;",
    "hex entity": "&#x1b;[2J&#x9b;5m",
    "entity twice": "&amp;#27;[2J",
    "override": "\u202egnp.exe\u202c",
    "isolate without end": "\u2067\u2066",
    "zero width": "pay\u200bpal\u2060\ufeff",
    "tags": "\U000e0068\U000e0069",
    "separators": "one\u2028two\u2029three",
    "accents": "a" + "\u0301" * 300,
    "closing markup": "[/] [/foo] [/]",
    "markup action": "[@click=app.quit]here[/]",
    "markup link": "[link=https://evil.example]x[/link] [a='x",
    "braces": "{0} {x.__class__} {{7*7}} ${7*7}",
    "percents": "%s %n %d %(x)s %",
    "sql": "'; DROP TABLE articles; --",
    "full text": '" OR NEAR(a b) AND * ^ : -x (',
    "shell": "$(touch pwned) `touch pwned` ; touch pwned | sh &",
    "option": "--help -rf @/etc/passwd",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "spreadsheet": '=cmd|"/c calc"!A1',
}

PLACES: dict[str, str] = {
    "headline": "---\ntitle: {quoted}\ndate: 2024-11-07\n---\n\nwordbefore wordafter\n",
    "body": "---\ntitle: Innocent\ndate: 2024-11-07\n---\n\nwordbefore {payload} wordafter\n",
    "category": "---\ntitle: Innocent\ncategories: [{quoted}]\ntags: [{quoted}]\n---\n\nwordbefore wordafter\n",
    "names": (
        "---\ntitle: Innocent\nauthor: {quoted}\nsource: {quoted}\ndescription: {quoted}\npeople: [{quoted}]\nid: {quoted}\n---\n\n"
        "wordbefore wordafter\n"
    ),
    "link": "---\ntitle: Innocent\nurl: {quoted}\n---\n\nwordbefore [{payload}](https://example.org/{payload}) ![{payload}](x) wordafter\n",
}


@dataclass(frozen=True)
class Case:
    """One file, and what must come of it."""

    path: bytes
    make: Callable[[bytes], None]
    outcome: Outcome
    is_whole: bool = False
    """Whether the words before and after the payload must both be there when the article is shown."""

    @property
    def name(self) -> str:
        return os.fsdecode(self.path)


def cases() -> list[Case]:
    """Every case."""
    return [*_payloads(), *_names(), *_costly(), *_no_files(), *_links()]


def make(root: Path) -> list[Case]:
    """Writes the archive; gives the cases that this system could make."""
    made = []
    for case in cases():
        path = os.path.join(os.fsencode(root), case.path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with suppress(PermissionError):
            case.make(path)
            made.append(case)
    return made


def _payloads() -> Iterator[Case]:
    for place, template in PLACES.items():
        for payload_name, payload in PAYLOADS.items():
            text = template.replace("{payload}", payload).replace("{quoted}", _quoted(payload))
            yield Case(f"payloads/{place}/{payload_name}.md".encode(), _file(text.encode()), "listed", is_whole=True)


def _names() -> Iterator[Case]:
    text = _file(b"---\ntitle: Innocent\n---\n\nwordbefore wordafter\n")
    for number, payload in enumerate(payload for payload in PAYLOADS.values() if "\0" not in payload):
        safe = payload.replace("/", "_").encode("utf-8", "surrogatepass")[:200]
        yield Case(b"names/%02d " % number + safe + b".md", text, "listed", is_whole=True)
        yield Case(b"folders/%02d " % number + safe + b"/story.md", text, "listed", is_whole=True)
    odd = (b"\xff\xfe.md", b"latin-\xe9.md", b"cut-\xe2\x82.md", b"new\nline.md", b"tab\there.md", b"-rf.md", b"~.md", b" .md")
    for number, name in enumerate(odd):
        yield Case(b"names/x%d" % number + name, text, "listed", is_whole=True)
    for twin in ("twin\u200b.md", "twin.md", "twin\u2060.md", "tw\u0456n.md"):
        yield Case(f"twins/{twin}".encode(), text, "listed", is_whole=True)


def _costly() -> Iterator[Case]:
    head = b"---\ntitle: Costly\n"
    laughs = b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 8)) for n in range(9))
    bombs: dict[str, tuple[bytes, Outcome]] = {
        "aliases": (head + b"a: &a [x,x,x,x]\n" + laughs + b"---\n\nbody\n", "listed with a problem"),
        "merge": (head + b"a: &a {<<: *a}\n---\n\nbody\n", "listed with a problem"),
        "dashes": (b"---\n" + b"- " * 30_000 + b"x\n---\n\nbody\n", "listed"),
        "brackets": (b"---\ntitle: " + b"[" * 30_000 + b"\n---\n\nbody\n", "listed with a problem"),
        "python object": (head + b'x: !!python/object/apply:os.system ["touch pwned"]\n---\n\nbody\n', "listed"),
        "huge number": (head + b"weight: " + b"9" * 6000 + b"\n---\n\nbody\n", "listed"),
        "odd date": (head + b"date: 0000-00-00\n---\n\nbody\n", "listed"),
        "distant date": (head + b"date: 99999-12-31\n---\n\nbody\n", "listed"),
        "not closed": (head + b"x: y\n" * 50, "listed with a problem"),
        "long head": (head + b"x: " + b"y" * 200_000 + b"\n---\n\nbody\n", "listed with a problem"),
        "toml bomb": (b"+++\ntitle = 'x'\na = " + b"[" * 20_000 + b"\n+++\n\nbody\n", "listed with a problem"),
        "json bomb": (b"{" + b'"a":{' * 20_000 + b"\n\nbody\n", "listed"),
        "quotes": (b"> " * 20_000 + b"deep\n", "listed"),
        "lists": (b"".join(b" " * n + b"- x\n" for n in range(1_000)), "listed"),
        "emphasis": (b"*a **a " * 20_000, "listed"),
        "half links": (b"[" * 50_000 + b"\n", "listed"),
        "half images": (b"![](" * 20_000, "listed"),
        "link words": (b"http://a. " * 10_000, "listed"),
        "backticks": (b"".join(b"`" * n + b" " for n in range(1, 600)), "listed"),
        "table": (b"|" + b"a|" * 3_000 + b"\n|" + b"-|" * 3_000 + b"\n" + (b"|" + b"b|" * 3_000 + b"\n") * 20, "listed"),
        "long line": (b"word " * 400_000, "listed"),
        "one word": (b"w" * 2_000_000, "listed"),
        "entities": (b"&amp;" * 100_000, "listed"),
        "liquid": (b"{% if x %}" * 10_000 + b"{{ x | " * 10_000, "listed"),
        "html": (b"<div>" * 20_000 + b"x", "listed"),
        "comment": (b"<!-- " * 20_000, "listed"),
        "names": (b"---\ntitle: Names\n---\n\n" + b" ".join(b"Anna%d Berg%d met" % (n, n) for n in range(2_000)), "listed"),
        "newlines": (b"\n" * 1_000_000, "listed with a problem"),
        "empty": (b"", "listed with a problem"),
        "binary": (bytes(range(256)) * 40, "a problem"),
        "nulls": (b"\0" * 100_000, "a problem"),
        "utf-16": ("---\ntitle: Sixteen\n---\n\nbody\n".encode("utf-16"), "listed"),
        "surrogates": (b"---\ntitle: Cut \xed\xa0\x80\n---\n\nwordbefore \xed\xa0\x80\xff wordafter\n", "listed with a problem"),
        "yaml surrogate": (b'---\ntitle: "Cut \\ud800"\n---\n\nbody\n', "listed with a problem"),
    }  # fmt: skip
    for name, (content, outcome) in bombs.items():
        yield Case(f"costly/{name}.md".encode(), _file(content), outcome)
    yield Case(b"costly/larger than is read.md", _sparse(40_000_000), "a problem")


def _no_files() -> Iterator[Case]:
    yield Case(b"odd/pipe.md", os.mkfifo, "a problem")
    yield Case(b"odd/device.md", _device, "a problem")
    yield Case(b"odd/socket.md", _socket, "a problem")
    yield Case(b"odd/folder.md/story.md", _file(b"# In a folder with an article's name\n"), "listed")
    yield Case(b"odd/.hidden.md", _file(b"# Hidden\n"), "nothing")
    yield Case(b"odd/.git/story.md", _file(b"# Hidden\n"), "nothing")
    yield Case(b"odd/program.py", _file(b"print('not an article')\n"), "nothing")
    yield Case(b"odd/settings.yaml", _file(b"archive: /etc\nkeys: {quit: [j]}\n"), "nothing")


def _links() -> Iterator[Case]:
    yield Case(b"links/passwd.md", _link("/etc/passwd"), "a problem")
    yield Case(b"links/up.md", _link("../../../outside.md"), "a problem")
    yield Case(b"links/zero.md", _link("/dev/zero"), "a problem")
    yield Case(b"links/self.md", _link("self.md"), "a problem")
    yield Case(b"links/nowhere.md", _link("nowhere"), "a problem")
    yield Case(b"links/etc", _link("/etc"), "a problem")
    yield Case(b"links/round", _link(".."), "nothing")
    yield Case(b"links/real.text", _file(b"# Not an ending of articles\n"), "nothing")
    yield Case(b"links/inside.md", _link("real.text"), "listed")
    targets = (
        "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vbscript:x", "JaVaScRiPt:alert(1)", "java\tscript:x",
        "https://bank.example@evil.example/", "https://xn--pypal-4ve.example/", "https://\u0440aypal.example/", "-oProxyCommand=x",
        "https://a.example/%action", "https://a.example/\x1b]0;x\x07", "//evil.example/x", "../../../../etc/passwd",
    )  # fmt: skip
    for number, target in enumerate(targets):
        text = f"---\ntitle: Target\n---\n\nwordbefore [https://bank.example/]({target}) <{target}> wordafter\n"
        yield Case(b"links/target-%02d.md" % number, _file(text.encode()), "listed", is_whole=True)


# -- making ------------------------------------------------------------------------------------------------------------


def _quoted(text: str) -> str:
    """As a YAML string in double quotes, every character that isn't plain escaped as YAML has it."""
    return '"' + "".join(one if one.isascii() and one.isprintable() and one not in '"\\' else f"\\U{ord(one):08x}" for one in text) + '"'


def _file(content: bytes) -> Callable[[bytes], None]:
    def write(path: bytes) -> None:
        with open(path, "wb") as file:
            file.write(content)

    return write


def _sparse(size: int) -> Callable[[bytes], None]:
    def write(path: bytes) -> None:
        with open(path, "wb") as file:
            file.truncate(size)

    return write


def _link(target: str) -> Callable[[bytes], None]:
    return lambda path: os.symlink(os.fsencode(target), path)


def _device(path: bytes) -> None:
    os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))


def _socket(path: bytes) -> None:
    # A socket's name is short, so it is made from within its folder.
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(os.path.dirname(path))
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(os.path.basename(path))
    finally:
        os.fchdir(here)
        os.close(here)


if __name__ == "__main__":
    for case in make(Path(sys.argv[1])):
        print(f"{case.outcome:<22} {case.path!r}")
