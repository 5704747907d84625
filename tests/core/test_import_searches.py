"""Searches kept in newsboat and elfeed, put into the filter language; what can't be is said, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.imports import elfeed_filter, newsboat_filter
from reader.imports.searches import Left, Taken, searches_in
from reader.imports.untranslatable import Untranslatable
from reader.query.syntax import parse, unparse
from tests.builders import article_text, folder
from tests.cli.run import dateline


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ('unread = "yes"', "is:unread"),
        ('unread == "no"', "is:read"),
        ('unread != "yes"', "-is:unread"),
        ("age between 0:7", "date:7d..0d"),
        ("age < 3", "after:3d"),
        ("age >= 3", "until:3d"),
        ('title =~ "flood"', "title:flood*"),
        ('title =~ "rate cut"', 'title:"rate cut"*'),
        ('title =~ "flood|drought"', "title:/flood|drought/"),
        ('title = "A. B"', "title:/^A\\.\\ B$/"),
        ('content !~ "flood"', "-body:flood*"),
        ('author =~ "Orwell"', "author:/Orwell/"),
        ('feedtitle =~ "Reuters"', "source:/Reuters/"),
        ('tags # "news"', "category:news OR tag:news"),
        ('tags !# "sport"', "-(category:sport OR tag:sport)"),
        ('flags # "s"', "tag:flag-s"),
        ('enqueued = "yes"', "is:queued"),
        ('unread = "yes" and title =~ "a" or title =~ "b"', "is:unread title:/a/ OR title:/b/"),
        ('unread = "yes" and (title =~ "a" or title =~ "b")', "is:unread (title:/a/ OR title:/b/)"),
    ],
)
def test_newsboat_s_filters(theirs: str, ours: str) -> None:
    assert newsboat_filter.translated(theirs) == parse(ours, final=True)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("@1-week-ago +unread", "since:1w is:unread"),
        ("@6-months-ago--2-weeks-ago", "date:6m..2w"),
        ("@2024-03-01 +star -junk", "since:2024-03-01 is:starred -tag:junk"),
        ("flood !football", "title:flood* -title:football*"),
        ("@2024-03-01--2024-03-15", "date:2024-03-01..2024-03-14"),
        ("\\_<flood\\> \\bECB\\b", "title:/\\bflood\\b/ title:/\\bECB\\b/"),
        ("\\(?:rate\\|price\\)s? (x)", "title:/(?:rate|price)s?/ title:/\\(x\\)/"),
        ("flood\\|drought", "title:/flood|drought/"),
        ("=reuters ~bbc =afp ~cnn #50", "-source:/bbc/ -source:/cnn/ source:/reuters/,/afp/ limit:50"),
    ],
)
def test_elfeed_s_filters(theirs: str, ours: str) -> None:
    assert elfeed_filter.translated(theirs) == parse(ours, final=True)


@pytest.mark.parametrize(
    "theirs", ['link =~ "x"', "unread", 'unread = "maybe"', 'title =~ "(a*)*"', "age < x", '(unread = "yes"', 'unread = "yes" )', "!"]
)
def test_what_newsboat_says_and_we_can_t(theirs: str) -> None:
    with pytest.raises(Untranslatable):
        newsboat_filter.translated(theirs)


@pytest.mark.parametrize("theirs", ["@5-minutes-ago", "@whenever", "@2024-13-01", "[[:digit:]]", "\\sw", "flood\\", "(a*)*\\(b*\\)*"])
def test_what_elfeed_says_and_we_can_t(theirs: str) -> None:
    with pytest.raises(Untranslatable):
        elfeed_filter.translated(theirs)


PARTS = [
    "unread", "title", "tags", "age", "=", "!=", "=~", "#", "between", "and", "or", "(", ")", '"yes"', '"a b"',
    "1:2", "3", '"', "@", "+x", "\\|",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=12).map(" ".join))
def test_what_is_taken_reads_back_and_the_rest_is_refused(theirs: str) -> None:
    for translate in (newsboat_filter.translated, elfeed_filter.translated):
        try:
            query = translate(theirs)
        except Untranslatable:
            continue
        assert parse(unparse(query), final=True) == query


URLS = r"""https://example.org/feed tech
"query:Unread Articles:unread = \"yes\"" mine
"query:Unread, articles!:title =~ \"flood\""
"query:Links:link =~ \"x\""
"""
BOOKMARKS = r""";;;; Emacs Bookmark Format Version 1
(("elfeed Floods" (location . "@1-week-ago flood") (tags unread) (handler . elfeed-search-bookmark-handler))
 ("a file" (filename . "~/notes") (location . "@1-week-ago")))
(setq-default elfeed-search-filter "@2-days-ago +unread")
"""


def test_newsboat_s_query_feeds(tmp_path: Path) -> None:
    (tmp_path / "urls").write_text(URLS)
    assert list(searches_in(tmp_path / "urls")) == [
        Taken("unread-articles", "is:unread"),
        Taken("unread-articles-2", "title:flood*"),
        Left("links", 'link =~ "x"', "link has no counterpart here"),
    ]


def test_emacs_bookmarks_of_elfeed_searches(tmp_path: Path) -> None:
    (tmp_path / "bookmarks").write_text(BOOKMARKS)
    found = list(searches_in(tmp_path / "bookmarks"))
    assert found == [Taken("elfeed-floods", "since:1w title:flood*"), Taken("elfeed", "since:2d is:unread")]


def test_a_bookmark_kept_twice_is_taken_once_and_customised_filters_are_found(tmp_path: Path) -> None:
    twice = '("Rain" (location . "rain #5") (tags) (handler . elfeed-search-bookmark-handler))'
    (tmp_path / "bookmarks").write_text(f"({twice}\n{twice})\n(custom-set-variables '(elfeed-search-filter \"@1-month-ago\"))")
    assert list(searches_in(tmp_path / "bookmarks")) == [Taken("rain", "title:rain* limit:5"), Taken("elfeed", "since:1m")]


def test_lists_in_lists_without_end_are_no_fault(tmp_path: Path) -> None:
    (tmp_path / "bookmarks").write_text("(a " * 50_000 + ")" * 50_000 + BOOKMARKS)
    assert [found.name for found in searches_in(tmp_path / "bookmarks")] == ["elfeed-floods", "elfeed"]


@pytest.mark.parametrize("command", ["import", "import-searches"])
def test_a_file_of_somebody_who_is_nobody_is_not_there(tmp_path: Path, command: str) -> None:
    ran = dateline(tmp_path / "home", command, "~no-such-user/cache.db")
    assert (ran.code, "No such file" in ran.err) == (3, True)


def test_the_command_writes_only_when_told_and_lists_by_name(tmp_path: Path) -> None:
    home, urls = tmp_path / "home", tmp_path / "urls"
    archive = folder(tmp_path / "wire", {"a.md": article_text("Flood in Lyon"), "b.md": article_text("Rain in Lyon")})
    urls.write_text(URLS)
    settings = home / "config" / "dateline" / "settings.yaml"
    ran = dateline(home, "import-searches", urls)
    assert (ran.code, ran.out) == (0, "unread-articles\tis:unread\nunread-articles-2\ttitle:flood*\n")
    assert "left out: links: link has no counterpart here" in ran.err
    assert not settings.exists()
    settings.parent.mkdir(parents=True)
    settings.write_text("# mine\ntheme: nord # dark\n")
    assert dateline(home, "import-searches", urls, "--write").code == 0
    assert settings.read_text().startswith("# mine\ntheme: nord # dark\nsearches:\n")
    assert dateline(home, "import-searches", urls).code == 1
    assert dateline(home, "list", "@unread-articles-2", "-a", archive, "--format", "jsonl").keys == ["a.md"]
