"""Front matter in all its kinds, well made, broken and hostile: what could be read is shown, and the rest is said."""

from __future__ import annotations

import time

import pytest
import yaml

from reader.intake.decode import MAX_BYTES
from reader.intake.parse import parse
from reader.model import Article, Problem


def read(content: str | bytes, path: str = "story.md") -> Article:
    article = parse(content.encode() if isinstance(content, str) else content, path)
    assert isinstance(article, Article)
    return article


def test_a_sound_file_has_no_problems() -> None:
    assert read("---\ntitle: Calm\ntags:\n- a\n- b\nnested: {a: [1, {b: c}]}\n---\nText").problems == ()


@pytest.mark.parametrize(
    "content",
    [
        "---\ntitle: Calm\n---\nText",
        "---  \ntitle: Calm\n...\nText",
        "\ufeff\n \n---\ntitle: Calm\n---\nText",
        "---\r\ntitle: Calm\r\n---\r\nText",
        "---\n  title: Calm\n  tags: [a]\n---\nText",
        '+++\ntitle = "Calm"\n+++\nText',
        '{\n "title": "Calm", "deep": {"a": [1, "}"]}\n}\nText',
        "Title: Calm\nTags: a\n  b\n\nText",
        "title: Calm\ntags:\n- a\n- b\n---\nText",
        "title: Calm\ndate: 2024-11-05\n---\n\nText",
        "[#]: title: (Calm)\n\nText",
        "---\ntitle: Calm",
    ],
)
def test_every_kind_of_front_matter_is_found(content: str) -> None:
    assert read(content).headline == "Calm"


@pytest.mark.parametrize(
    "content",
    [
        "---\nA rule, then text\n---\nand more of it",
        "---\n- a\n- b\n---\nText",
        "---\n\nText under a rule, with no end.",
        "{not json}\n\nText",
        "A line\n\n---\ntitle: no\n---\n",
        '{"a": [}\n\nText',
        "Update: the harbour is open\n\nText",
        "Title: is said\nin a sentence that goes on",
        "Title: a heading\n---\nText",
    ],
)
def test_what_is_no_mapping_is_body(content: str) -> None:
    article = read(content, "story.md")
    assert article.problems == ()
    assert all(word in f"{article.headline} {article.body}" for word in content.replace("---", "").split())


PROBLEMS: list[tuple[str, int | None, str, str]] = [
    ("---\ntitle: Calm\n\nText", 1, "front matter is not closed", "read as text"),
    ("\n\n---\ntitle: Calm: at\n---\nText", 4, "front matter is not valid YAML", "read in part"),
    ("---\ntitle: Calm\nsub: 'x\n---\nText", 3, "front matter is not valid YAML", "read in part"),
    ('+++\ntitle = "Calm"\nsub = x\n+++\nText', 3, "front matter is not valid TOML", "read in part"),
    ("---\nlayout: x\n---\ntitle: Calm\ntags:\n- a\n---\nText", 3, "front matter is closed here", "ignored"),
    ("---\ntitle: Old\nTitle: Calm\n---\nText", 3, "key `title` is given twice", "ignored"),
    ("---\nbase: &b Calm\ntitle: Calm\nother: *b\n---\nText", 4, "alias `*b` is not followed", "ignored"),
]


@pytest.mark.parametrize(("content", "line", "what", "effect"), PROBLEMS)
def test_a_broken_front_matter_is_read_in_part_and_named(content: str, line: int | None, what: str, effect: str) -> None:
    article = read(content)
    assert article.headline.startswith("Calm")
    assert article.body == "Text"
    (problem,) = article.problems
    assert (problem.path, problem.line, problem.effect) == ("story.md", line, effect)
    assert problem.what.startswith(what)


def test_lines_are_salvaged_from_yaml_that_is_none() -> None:
    article = read("---\ntitle: A: B\ntags:\n  - one\n  - 'two'\ncategory: \"Sea\"\ndescription: long\n  and longer\n---\nText")
    assert (article.headline, article.tags, article.categories) == ("A: B", ("one", "two"), ("Sea",))
    assert article.description == "long and longer"


HOSTILE = {
    "nested lists": "- " * 25_000,
    "open brackets": "a: " + "[" * 60_000,
    "open braces": "a: " + "{" * 60_000,
    "nested keys": "? " * 25_000,
    "timestamp tag": "title: Calm\ndate: !!timestamp foo",
    "python tag": "title: Calm\nx: !!python/object/apply:os.system [id]",
    "zero date": "title: Calm\ndate: 0000-00-00",
    "long integer": f"title: Calm\nid: {'9' * 5000}",
    "equals sign": "title: Calm\nx: =",
    "lone surrogate": 'title: "Ca\\ud800lm"',
    "merge key": "title: Calm\n<<: *x",
    "entity bomb": "a: &a [x,x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)},*{chr(97 + n)}]\n" for n in range(20)),
    "control characters": "title: Ca\x07lm",
    "many keys": "\n".join(f"k{n}: v" for n in range(6000)),
    "repeated keys": "a: b\n" * 10_000,
    "dotted keys": ".".join("a" * 30_000),
}


@pytest.mark.parametrize("fence", ["---", "+++"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_front_matter_costs_little_and_hides_nothing(name: str, fence: str) -> None:
    began = time.process_time()
    article = read(f"{fence}\n{HOSTILE[name]}\n{fence}\n\nText.\n\nMore.")
    assert time.process_time() - began < 5
    assert article.body.endswith("More.")
    assert article.headline.encode()
    assert len(article.problems) <= 20


def test_hostile_json_costs_little_and_hides_nothing() -> None:
    for content in ('{"a":' * 12_000, '{"a":' + "[" * 20_000 + "]" * 20_000 + "}\nText", '{"title": "Ca\\ud800lm"}\nText'):
        article = read(content)
        assert article.headline.encode()


def test_front_matter_is_bounded() -> None:
    assert read(f"---\ntitle: Calm\nx: {'y' * 70_000}\n---\nText").problems[0].what == "front matter is not closed"


def test_bytes_that_are_no_text_are_skipped_and_named() -> None:
    for content, why in ((b"{\\rtf1 hello}", "rich text"), (b"\x89PNG\0\0", "NUL")):
        problem = parse(content, "story.txt")
        assert isinstance(problem, Problem)
        assert problem.effect == "skipped"
        assert why in problem.what


@pytest.mark.parametrize(
    ("content", "body", "what"),
    [
        (b"# T\n\nCaf\xe9 \x93q\x94", "Café “q”", "Windows-1252"),
        ("# T\n\nÅÄÖ ".encode() + b"\xff", "ÅÄÖ \ufffd", "broken bytes"),
        (b"# T\n\n" + b"a" * MAX_BYTES, "a" * (MAX_BYTES - 5), "longer than"),
        ("é".encode() * (MAX_BYTES // 2) + b"xx", "é" * (MAX_BYTES // 2), "longer than"),
        (b"", "", "empty"),
        (b" \n\n", "", "empty"),
    ],
)
def test_odd_bytes_still_give_an_article_that_says_so(content: bytes, body: str, what: str) -> None:
    article = read(content)
    assert article.body == body
    assert what in article.problems[0].what


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Calm\n\n*one* _two_ # three\n\n    four", "*one* _two_ # three\n\nfour"),
        ("Calm\n\none   two\tthree", "one two three"),
        ("Calm\n\n\n\none\n \t \ntwo", "one\n\ntwo"),
        ("Calm\n\n" + "a line just as long as the margin lets it be\n" * 3, " ".join(["a line just as long as the margin lets it be"] * 3)),
        ("Calm\n\nA short line\nof a poem", "A short line\nof a poem"),
        ("Calm\n\nFish &amp; ships", "Fish & ships"),
        ("Calm\n\n1. one\n2. two", "1. one\n2. two"),
    ],
)
def test_plain_text_is_paragraphs_and_nothing_else(text: str, body: str) -> None:
    article = read(text, "story.txt")
    assert (article.body_form, article.headline, article.body) == ("plain", "Calm", body)


def test_a_txt_file_with_front_matter_is_markdown() -> None:
    assert read("---\ntitle: Calm\n---\n<b>x</b>", "story.txt").body == "**x**"
    assert read("---\ntitle: Calm\n---\n<b>x</b>", "story.txt").body_form == "markdown"


def test_yaml_is_read_without_libyaml_too(monkeypatch: pytest.MonkeyPatch) -> None:
    content = "---\ntitle: Calm\ntags: [a, 'b']\nn: 012\nx: ~\n---\nText"
    expected = read(content)
    monkeypatch.setattr("reader.intake.heads._LOADER", yaml.BaseLoader)
    assert read(content) == expected
    for name in ("nested lists", "open brackets", "control characters", "lone surrogate", "timestamp tag"):
        assert read(f"---\n{HOSTILE[name]}\n---\nText\n\nMore.").body.endswith("More.")
