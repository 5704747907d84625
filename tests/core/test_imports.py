"""Marks from other readers: what their files say, whose articles they are, and that nothing there is believed to be code."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.imports.links import normalised
from reader.imports.lisp import LispError, records
from reader.imports.remembered import ImportFileError, Remembered
from reader.imports.source import source_of, stories_of
from tests.builders import article_text, folder
from tests.cli.run import dateline


@pytest.mark.parametrize(
    "link",
    [
        "https://www.example.org/world/1",
        "http://example.org/world/1",
        "HTTPS://Example.ORG:443/world/1/",
        "https://example.org/world/1#top",
        "https://example.org/world/1?utm_source=rss&utm_medium=feed",
        " https://example.org/world/1?fbclid=x ",
    ],
)
def test_a_link_has_one_spelling(link: str) -> None:
    assert normalised(link) == "//example.org/world/1"


@pytest.mark.parametrize(
    "link", ["https://example.org/world/2", "https://example.org:8080/world/1", "https://example.org/world/1?id=2", "https://m.example.org/world/1"]
)
def test_links_of_different_pages_stay_different(link: str) -> None:
    assert normalised(link) != normalised("https://example.org/world/1")


@given(st.text(max_size=40) | st.from_regex(r"https?://[a-z.\[\]:%0-9]{0,12}(/[a-z%&=?#/]{0,12})?", fullmatch=True))
def test_no_text_is_too_odd_for_a_link(text: str) -> None:
    assert isinstance(normalised(text), str)


# -- newsboat ------------------------------------------------------------------------------------------------------


def cache(path: Path, *rows: tuple[str, str, int, str | None, int]) -> Path:
    """A cache.db with (guid, url, unread, flags, deleted) rows, its columns in newsboat's order."""
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL, title VARCHAR(1024) NOT NULL,"
            " author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL,"
            " content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),"
            " enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128))"
        )
        database.executemany(
            "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, flags, deleted)"
            " VALUES (?, '', '', ?, '', 0, '', ?, ?, ?)",
            rows,
        )
    database.close()
    return path


def test_newsboat_s_stories_with_their_flags(tmp_path: Path) -> None:
    path = cache(
        tmp_path / "cache.db",
        ("g1", "https://e.org/1", 0, None, 0),
        ("g2", "https://e.org/2", 1, "bs", 0),
        ("g3", "https://e.org/3", 0, "", 1),
    )
    assert source_of(path) == "newsboat"
    assert list(stories_of(path, "newsboat", "s")) == [
        Remembered(("https://e.org/1", "g1"), is_read=True),
        Remembered(("https://e.org/2", "g2"), is_read=False, is_starred=True, tags=("flag-b",)),
    ]


# -- elfeed --------------------------------------------------------------------------------------------------------

INDEX = r""";;; Elfeed Database Index (version 4)

;; Dummy index for backwards compatibility:
(:version "0.0.3" :feeds #s(hash-table test equal data ()) :entries #s(hash-table test equal data ()) :index nil)

;; Real index:
(:version 4
 :feeds #s(hash-table size 65 test equal data ("https://e.org/feed" #s(elfeed-feed "https://e.org/feed" "https://e.org/feed" "E" nil nil)))
 :entries #s(hash-table size 65 test equal rehash-size 1.5 rehash-threshold 0.8125 data (
  ("e.org" . "https://e.org/1") #s(elfeed-entry ("e.org" . "https://e.org/1") "One \"quoted\" ) title"
     "https://e.org/1?utm_source=x" 1700000000.0 #s(elfeed-ref "9f1c") html nil (unread later)
     "https://e.org/feed" (:authors ((:name "A (B"))))
  ("e.org" . "tag:2") #s(elfeed-entry ("e.org" . "tag:2")
     #("Two" 0 3 (face bold)) "https://e.org/2" 1700000001.0 nil nil nil (star) "x" nil)
  ("e.org" . "https://e.org/3") #s(elfeed-entry ("e.org" . "https://e.org/3") "Three" nil 1.0 nil nil nil nil "x" nil)))
 :index [cl-struct-avl-tree- [nil nil ("e.org" . "tag:2") 0] elfeed-db-compare])
"""

EXPECTED = [
    Remembered(("https://e.org/1?utm_source=x", "https://e.org/1"), is_read=False, tags=("later",)),
    Remembered(("https://e.org/2", "tag:2"), is_read=True, is_starred=True),
    Remembered(("https://e.org/3",), is_read=True),
]


@pytest.mark.parametrize("text", [INDEX, INDEX.replace("#s(elfeed-entry", "(cl-struct-elfeed-entry")], ids=["records", "vectors"])
def test_elfeed_s_stories_with_their_tags(tmp_path: Path, text: str) -> None:
    path = tmp_path / "index"
    path.write_text(text)
    assert source_of(path) == "elfeed"
    assert list(stories_of(path, "elfeed", "")) == EXPECTED


@pytest.mark.parametrize("text", ["(", ")", '("', "(a))", "(" * 200_000, '("' + "\\" * 3, "(\\"], ids=repr)
def test_what_is_no_lisp_is_an_error_and_no_crash(text: str) -> None:
    with pytest.raises(LispError):
        list(records(text, lambda _: False))


@given(st.text("()[]#s\"\\;' ?ab.1\n", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        list(records(text, lambda record: len(record) > 2))
    except LispError:
        return


def test_deep_nesting_is_read_without_recursion() -> None:
    assert list(records("(" * 50_000 + "(x y)" + ")" * 50_000, lambda record: len(record) == 2)) == [["x", "y"]]


@pytest.mark.parametrize(
    ("content", "source"), [(b"hello", None), (b"", None), (b"SQLite format 3\0junk", None), (b"(", None), (b"hello", "newsboat")]
)
def test_another_file_is_refused_in_words(tmp_path: Path, content: bytes, source: str | None) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(ImportFileError):
        list(stories_of(path, source or source_of(path), ""))


# -- the command ---------------------------------------------------------------------------------------------------


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    links = {"a.md": "http://www.e.org/1/", "b.md": "https://e.org/2", "copy.md": "https://e.org/1#x", "other.md": "https://e.org/9"}
    return folder(tmp_path / "wire", {name: article_text(name, date="2024-11-01", origin_url=link) for name, link in links.items()})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    stories = (("g1", "https://e.org/1", 0, "s", 0), ("g2", "https://e.org/2", 0, "b", 0), ("g3", "https://x.org/", 0, "", 0))
    return cache(tmp_path / "cache.db", *stories)


def test_import_says_first_and_writes_when_told_as_one_step(tmp_path: Path, wire: Path, file: Path) -> None:
    home = tmp_path / "home"
    dry = dateline(home, "import", file, "-a", wire, "--star", "s")
    assert dry.code == 0
    assert "3 stories read, starred or tagged there, 2 of them here" in dry.err
    assert "would set 3 read, 2 starred, 1 tag:flag-b" in dry.err
    assert {tuple(line.split("\t")[:2]) for line in dry.out.splitlines()} == {
        ("read", "a.md"), ("read", "b.md"), ("read", "copy.md"), ("starred", "a.md"), ("starred", "copy.md"), ("tag:flag-b", "b.md"),
    }  # fmt: skip
    assert dateline(home, "list", "is:read", "-a", wire).code == 1
    wrote = dateline(home, "import", file, "-a", wire, "--star", "s", "--write")
    assert (wrote.code, wrote.out) == (0, "")
    assert "Imported from newsboat: 3 articles" in wrote.err
    assert set(dateline(home, "list", "is:starred", "-a", wire, "--format", "jsonl").keys) == {"a.md", "copy.md"}
    assert dateline(home, "list", "tag:flag-b", "-a", wire, "--format", "jsonl").keys == ["b.md"]
    again = dateline(home, "import", file, "-a", wire, "--star", "s", "--write")
    assert again.code == 1
    assert "nothing to change" in again.err
    dateline(home, "undo", "-a", wire)
    assert dateline(home, "list", "is:read OR is:starred OR tag:flag-b", "-a", wire).code == 1


def test_a_file_that_cannot_be_read_leaves_with_3(tmp_path: Path, wire: Path) -> None:
    ran = dateline(tmp_path / "home", "import", tmp_path / "nothing", "-a", wire)
    assert ran.code == 3
    assert "No such file" in ran.err


# -- files that the programs themselves have written ---------------------------------------------------------------


IMPORTED = Path(__file__).parent / "imported"
"""newsboat's cache as SQL, elfeed's index as it is: the same four stories, two of them opened, one flagged or tagged."""


@pytest.fixture
def four_stories(tmp_path: Path) -> Path:
    links = ("https://www.example.org/one?b=2", "http://example.org/two", "https://example.org/three", "https://example.org/four")
    return folder(tmp_path / "wire", {f"{number}.md": article_text("Story", origin_url=link) for number, link in enumerate(links, 1)})


def test_a_cache_that_newsboat_wrote(tmp_path: Path, four_stories: Path) -> None:
    path = tmp_path / "cache.db"
    with sqlite3.connect(path) as database:
        database.executescript((IMPORTED / "newsboat-2.21.sql").read_text())
    database.close()
    told = dateline(tmp_path / "home", "import", path, "-a", four_stories, "--star", "s")
    said = sorted(tuple(line.split("\t")[:2]) for line in told.out.splitlines())
    assert said == [("read", "1.md"), ("read", "2.md"), ("starred", "1.md"), ("tag:flag-x", "1.md")], "what was deleted there is left out"


def test_an_index_that_elfeed_wrote(tmp_path: Path, four_stories: Path) -> None:
    told = dateline(tmp_path / "home", "import", IMPORTED / "elfeed-3.4.1-index", "-a", four_stories)
    said = sorted(tuple(line.split("\t")[:2]) for line in told.out.splitlines())
    assert said == [("read", "1.md"), ("read", "3.md"), ("starred", "2.md"), ("tag:junk", "3.md"), ("tag:later", "2.md")]
