"""What `has:` finds in the text of an article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.library import Library
from reader.model import ArticleId
from reader.query.syntax import parse
from reader.settings import Folders
from tests.builders import article_text, folder

BODIES = {
    "a word in brackets": ("See [here](/page).", "link"),
    "an address": ("See http://x.example/ there.", "link"),
    "mail": ("Write to <mailto:a@b.example>.", "link"),
    "an address below": ("See [here][1].\n\n[1]: https://x.example", "link"),
    "HTML": ('See <a href="/page">here</a>.', "link"),
    "a picture": ("![x](y.png)", "image"),
    "a picture from elsewhere": ("![x](https://x.example/y.png) as seen", "image"),
    "a picture that leads on": ("[![x](y.png)](/page)", "link image"),
    "a picture named below": ("![alt][i]\n\n[i]: y.png", "image"),
    "a picture in HTML": ('<img src="y.png">', "image"),
    "the word http": ("The httpd daemon speaks HTTP. Wow![^1]", ""),
    "a table": ("| a | b |\n|---|:-:|\n| 1 | 2 |", "table"),
    "a table without bars at the ends": ("a | b\n--- | ---\n1 | 2", "table"),
    "a table of one column": ("| a |\n|---|\n| 1 |", "table"),
    "a quoted table": ("> | a | b |\n> |---|---|\n> | 1 | 2 |", "table"),
    "bars and a rule": ("a | b\n\n---\n\nc | d", ""),
    "a subhead": ("One\n---\n\nText.", ""),
    "an address in code": ("Call `https://x.example`, `` `[here](/page)` `` or `![x](y.png)`.", ""),
    "all in a fence": ("Text.\n\n```\nSee https://x.example\n![x](y.png)\n\n| a | b |\n|---|---|\n```\n\nText.", ""),
    "an indented address": ("Text.\n\n    See https://x.example\n\nText.", ""),
    "an address in HTML's code": ("<pre>See https://x.example</pre>", ""),
    "all in a comment": ("Text.\n\n<!-- See https://x.example\n\n![x](y.png) -->", ""),
    "an address between code": ("Call `a`, see https://x.example and call `b`.", "link"),
    "an address behind a fence": ("```\na = 1\n```\nSee https://x.example.", "link"),
    "code that leads on": ("See [`make`](/page).", "link"),
    "code in a table": ("| `a` | b |\n|---|---|\n| 1 | 2 |", "table"),
    "marks that are no code": ("A \\`https://x.example\\` and a ` alone.", "link"),
    "an address within a list": ("- One.\n\n    See https://x.example", "link"),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """By what is asked for, the headlines found."""
    home = tmp_path_factory.mktemp("home")
    wire = folder(home / "wire", {f"{number}.md": article_text(title, text) for number, (title, (text, _)) in enumerate(BODIES.items())})
    library = Library([str(wire)], Folders(home / "settings", home / "cache", home / "state"))
    for _ in library.refresh():
        pass
    clock = library.clock(datetime(2024, 11, 8, tzinfo=UTC))
    ids = {what: library.all_ids(parse(f"has:{what}", final=True), clock) for what in ("link", "image", "table")}
    return {what: {row.headline for row in library.rows([ArticleId(number) for number in each])} for what, each in ids.items()}


@pytest.mark.parametrize("title", BODIES)
def test_an_article_has_what_a_reader_would_see_in_it(found: dict[str, set[str]], title: str) -> None:
    assert {what for what, titles in found.items() if title in titles} == set(BODIES[title][1].split())
