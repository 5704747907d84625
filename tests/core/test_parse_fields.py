"""How an article's fields are chosen: orders of preference, spellings, and values that aren't what they should be."""

from __future__ import annotations

from typing import Any

import pytest

from reader.intake.parse import parse
from reader.model import Article, DeclaredName


def read(content: str, path: str = "story.md") -> Article:
    article = parse(content.encode(), path)
    assert isinstance(article, Article)
    return article


def with_head(*lines: str, body: str = "Text.") -> str:
    return "\n".join(["---", *lines, "---", body])


HEADLINES = [
    (with_head("title: Calm", "headline: Storm"), "Calm"),
    (with_head("title: ''", "post_title: Storm"), "Storm"),
    (with_head("title: '  '", body="# Fog\n\nText"), "Fog"),
    (with_head("TITLE: Calm"), "Calm"),
    (with_head("title: 12:30"), "12:30"),
    (with_head("title: NO"), "NO"),
    (with_head("title: 1.50"), "1.50"),
    (with_head("title: null", body="Fog\n\nText"), "Fog"),
    (with_head("title: '**Calm** _at_ `sea`'"), "Calm at sea"),
    (with_head("title: 'Calm <em>at</em> [sea](https://a.example)'"), "Calm at sea"),
    (with_head("title: '<antirez> on snake_case and 5 * 3'"), "<antirez> on snake_case and 5 * 3"),
    (with_head("title: '&lt;b&gt; &amp;amp;'"), "<b> &amp;"),
    (with_head('title: "A &amp; B &lt;i&gt;x&lt;/i&gt;"'), "A & B x"),
    (with_head("title: '&lt;P&gt;The &lt;a href=\"/x\"&gt;&lt;em&gt;Sea&lt;/em&gt;&lt;/a&gt;&lt;/p&gt;'"), "The Sea"),
    (with_head("title: 'x &lt; y &amp; y &gt; z, List&lt;T&gt; &lt;3'"), "x < y & y > z, List<T> <3"),
    (with_head("title: 'What &lt;nick&gt; means by &lt;nick&gt;me&lt;/nick&gt;'"), "What <nick> means by <nick>me</nick>"),
    (with_head("title: 'Of &lt;b&gt; and &lt;/i&gt;'"), "Of <b> and </i>"),
    (with_head(body="# \n\n## \n\nFog\n\nText"), "Fog"),
    (with_head(body="<h1>Fog</h1><p>Text</p>"), "Fog"),
    ("date 2024-11-05 Fog\n\nText", "Fog"),
    (" date 2024-11-05 Fog\n\nText", "Fog"),
    ("date 2024-11-05\nFog\n\nText", "Fog"),
    ("https://a.example/x\n\nFog\n\nText", "Fog"),
    ("x" * 201 + "\n\nText", "story"),
    ("- item\n\nText", "story"),
    ("> quote\n\nText", "story"),
    ("| a | b |\n|---|---|\n\nText", "story"),
    ("```\ncode\n```\n\nText", "story"),
    ("One line is a text.", "story"),
    (with_head("lang: en", body="One line"), "One line"),
    ("date 2024-11-05 One line", "One line"),
    ("", "story"),
]


@pytest.mark.parametrize(("content", "headline"), HEADLINES)
def test_headline(content: str, headline: str) -> None:
    assert read(content).headline == headline


@pytest.mark.parametrize(
    ("path", "headline"),
    [
        ("2024-11-05-calm_at-last.md", "calm at last"),
        ("20241105.md", "20241105"),
        ("2024-11-05/index.md", "2024-11-05"),
        ("posts/2024-11-05-calm/index.en.md", "calm"),
        ("wire-0001-9Nov2004.txt", "wire 0001"),
        ("bad-\udcff.md", "bad \ufffd"),
        ("---.md", "---"),
    ],
)
def test_a_file_without_text_is_called_by_its_name(path: str, headline: str) -> None:
    assert read("", path).headline == headline


def test_a_first_line_that_goes_on_stays_in_the_body() -> None:
    article = read("The harbour was calm, and\nthe boats lay still.\n\nMore.")
    assert article.headline == "The harbour was calm, and"
    assert article.body.startswith("The harbour was calm, and\nthe boats")


def test_a_heading_after_text_is_not_the_headline_and_stays() -> None:
    article = read(with_head("title: Calm", body="Text.\n\n# Calm"))
    assert article.body == "Text.\n\n# Calm"


FIELDS: list[tuple[str, str, Any]] = [
    ("lang: no", "language", "no"),
    ("language: pt_BR", "language", "pt-BR"),
    ("locale: en_US.UTF-8", "language", "en-US"),
    ("language: French", "language", "fr"),
    ("language: [de, en]", "language", "de"),
    ("language: a whole sentence", "language", None),
    ("source: The Post", "source", "The Post"),
    ("source: https://www.news.example/a", "source", "news.example"),
    ("origin_url: https://www.news.example:8080/a?b", "source", "news.example"),
    ("origin_url: https://news.example/a", "origin_url", "https://news.example/a"),
    ("origin_url: javascript:alert(1)", "origin_url", None),
    ("origin_url: ftp://news.example", "origin_url", None),
    ("origin_url: 'https://news.example/a b'", "origin_url", None),
    ("origin_url: https://evil@news.example/", "source", "news.example"),
    ("url: /relative/path", "origin_url", None),
    ("author: By Ann Lee", "byline", "Ann Lee"),
    ("author: {name: Ann Lee, email: x}", "byline", "Ann Lee"),
    ("author: [[Ann, [Lee]]]", "byline", "Ann, Lee"),
    ("author: {a: {b: c}}", "byline", None),
    ("code: '0042'", "declared_key", "0042"),
    ("id: 42", "declared_key", "42"),
    ("guid: [1]", "declared_key", None),
    ("uuid: ''", "declared_key", None),
    (f"id: {'x' * 300}", "declared_key", None),
    ("description: '<p>A &amp; b</p>'", "description", "A & b"),
    ("excerpt: |\n  Two\n  lines", "description", "Two lines"),
    ("category: {name: Sea}", "categories", ("Sea",)),
    ("category: [null, '', Sea]", "categories", ("Sea",)),
    ("tags: [Tide, TIDE, 3]", "tags", ("Tide", "3")),
    ("status: draft", "is_draft", True),
    ("published: 2024-11-05", "is_draft", False),
    ("people: [Ann Lee, Bo Dahl]", "declared_names", (DeclaredName("Ann Lee", "person"), DeclaredName("Bo Dahl", "person"))),
    ("places: Kunming, Oslo", "declared_names", (DeclaredName("Kunming", "place"), DeclaredName("Oslo", "place"))),
    ("organisation: Reuters", "declared_names", (DeclaredName("Reuters", "org"),)),
    ("keywords: Reuters, strikes", "declared_names", (DeclaredName("Reuters", None),)),
    ("entities: [{name: Ann Lee, type: PERSON}]", "declared_names", (DeclaredName("Ann Lee", "person"),)),
    (
        "entities: {people: [Ann Lee], orgs: [Reuters]}",
        "declared_names",
        (DeclaredName("Ann Lee", "person"), DeclaredName("Reuters", "org")),
    ),
]


@pytest.mark.parametrize(("line", "name", "value"), FIELDS)
def test_field(line: str, name: str, value: object) -> None:
    assert getattr(read(with_head("title: t", line)), name) == value


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("story.en.md", "en"),
        ("story.pt-br.md", "pt-br"),
        ("content/de/story.md", "de"),
        ("zh_CN/story.md", "zh-CN"),
        ("xx/story.md", None),
        ("story.v2.md", None),
    ],
)
def test_the_path_names_the_language_where_the_file_does_not(path: str, language: str | None) -> None:
    assert read("Text.", path).language == language
    assert read(with_head("lang: fr"), path).language == "fr"


@pytest.mark.parametrize(
    ("head", "path", "day"),
    [
        ("date: 2024-11-05\npublished: 2024-11-06", "2024-11-07-x.md", "2024-11-05"),
        ("date: soon\npubDate: 2024-11-06", "2024-11-07-x.md", "2024-11-06"),
        ("date: [2024-11-05, 2024-11-06]", "x.md", "2024-11-05"),
        ("published: true", "2024-11-07-x.md", "2024-11-07"),
        ("permalink: /2024/11/08/x/", "2024-11-07-x.md", "2024-11-07"),
        ("permalink: /2024/11/08/x/", "x.md", "2024-11-08"),
        ("title: t", "2024/11/09/x.md", "2024-11-09"),
        ("title: t", "x-10Nov2024.md", "2024-11-10"),
        ("title: t", "1066-10-14-x.md", None),
        ("scraped_at: 2024-11-05\neventDate: 2024-11-06", "x.md", None),
    ],
)
def test_order_of_dates(head: str, path: str, day: str | None) -> None:
    published = read(with_head(head), path).published
    assert (published.day.isoformat() if published else None) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [("One two three.", 3), ("港の朝", 2), ("Two words 港の", 3), ("", 0)],
)
def test_words_count_east_asian_characters_as_halves(text: str, words: int) -> None:
    assert read(with_head("title: t", body=text)).words == words
