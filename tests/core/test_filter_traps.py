"""What the filters of other readers trip their users over: each thread a case, asked as it is typed and as a command is given.

The rows that a filter finds are what counts, not how it is read.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from reader.errors import QueryError
from reader.library import Library
from reader.query.saved import expand
from reader.query.syntax import parse
from reader.settings import folders
from reader.triage.verbs import verdict
from tests.builders import article_text, environment, folder

NOW = datetime(2024, 11, 15, 12).astimezone()
STORIES = {
    "ios": article_text("A new IOS is out", "Phones need it.", date="2024-11-10", source="tech.example", tags=["rust"]),
    "iran": article_text("Iran: what we know so far", "Talks go on.", date="2024-01-05", source="bbc.example", tags=["python"]),
    "cup": article_text("Cup final tonight", "Rovers play.", date="2023-12-31", source="bbc.example", category="Sport"),
    "flood": article_text("Flood in Brackwater", f"{'Rain fell. ' * 400}At last the weir gave way.", date="2024-03-02"),
}
SAVED = {"wet": "flood OR weir", "mine": "is:starred source:bbc.example"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    place = tmp_path_factory.mktemp("traps")
    root = folder(place / "wire", {f"{name}.md": text for name, text in STORIES.items()})
    found = Library([str(root)], folders(environment(place)))
    for _ in found.refresh():
        pass
    rows = {row.path: row for row in found.rows(found.all_ids(parse("", final=True), found.clock(NOW)))}  # type: ignore[arg-type]  # ids
    found.give(verdict("star"), [(rows["iran.md"].archive, rows["iran.md"].key)])
    found.give(verdict("read"), [(rows["cup.md"].archive, rows["cup.md"].key)])
    return found


def listed(library: Library, text: str, *, is_typed: bool) -> str:
    """The names of the stories that a filter finds."""
    query = expand(parse(text, final=not is_typed), SAVED, final=not is_typed)
    ids = library.all_ids(query, library.clock(NOW))
    return " ".join(row.path.removesuffix(".md") for row in library.rows(list(ids)))  # type: ignore[arg-type]  # ids of the answer


@pytest.mark.parametrize("is_typed", [True, False], ids=["typed", "given"])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("IOS", "ios", id="newsboat-479: a plain word is a filter"),
        pytest.param("ios phones", "ios", id="newsbeuter-517: and so are several"),
        pytest.param("is:unread", "ios flood iran", id="newsboat-1813: there is one spelling for unread"),
        pytest.param("-is:read", "ios flood iran", id="newsboat-1813: and its opposite"),
        pytest.param("date:>=2024-02", "ios flood", id="newsboat-3395: dates compare as dates"),
        pytest.param("since:2024-01-05 until:2024-03-02", "flood iran", id="newsboat-3395: and ranges hold their ends"),
        pytest.param("date:2023", "cup", id="newsboat-3395: a year is a period"),
        pytest.param("title:/^(iran|cup)/", "iran cup", id="newsboat-1610: regular expressions where the words are typed"),
        pytest.param("-title:/iran|cup/", "ios flood", id="newsboat-2189: and NOT in the same place"),
        pytest.param("source:bbc.example NOT cup", "iran", id="newsboat-767: NOT in words too"),
        pytest.param("tag:rust OR tag:python", "ios iran", id="elfeed-188: either of two tags"),
        pytest.param("tag:rust,python -iran", "ios", id="elfeed-395: written short, and excluding"),
        pytest.param("(tag:rust | category:sport) is:unread", "ios", id="FreshRSS-879: grouped"),
        pytest.param("is:starred source:bbc.example", "iran", id="miniflux-4076: starred within a source"),
        pytest.param("@mine", "iran", id="miniflux-3839: a kept rule is a search"),
        pytest.param("@wet -@mine", "flood", id="miniflux-3839: and a part of others"),
        pytest.param('"weir gave way"', "flood", id="reader-311: the whole text is searched"),
        pytest.param("body:weir", "flood", id="newsboat-860: not the teaser alone"),
        pytest.param("Iran: what", "iran", id="a headline pasted into the bar"),
        pytest.param("https://bbc.example/iran", "", id="an address is text"),
    ],
)
def test_a_filter_finds_what_its_user_meant(library: Library, text: str, found: str, *, is_typed: bool) -> None:
    assert listed(library, text, is_typed=is_typed) == found


@pytest.mark.parametrize(
    "bad", ["is:red", "date:2024-99", "title:/(/", "category:", "(", '"Ang', "flood OR", "limit:x", "sort:size"]
)
def test_a_bad_filter_never_empties_the_list(library: Library, bad: str) -> None:
    """newsboat-3006, newsboat-2857: the list shows what the rest of the filter finds, never errors in its rows."""
    assert listed(library, f"rain {bad}", is_typed=True) == "flood"
    assert listed(library, bad, is_typed=True) != ""


@pytest.mark.parametrize("bad", ["is:red", "date:2024-99", "title:/(/", "limit:x", "sort:size"])
def test_as_a_command_it_is_refused_with_its_place(bad: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(f"flood {bad}", final=True)
    assert raised.value.start >= len("flood ")
