"""Nothing a file can hold makes parsing raise, lose the file in silence, or take time out of proportion."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.intake.parse import parse
from reader.model import Article

PATHS = st.sampled_from(["a.md", "b/a.txt", "x.html", "index.md", "en/_posts/2024-01-01-x.md", "\udcff.md"])
FRAGMENTS = st.sampled_from(
    [
        "---\n", "+++\n", "...\n", "title: x\n", "title: ", "date: 2024-01-01\n", '{"a":1}', '{"title": "',
        "{%", "%}", "{{", "}}", "<", "b", ">", "</b>", "`", "```\n", "    ",
        "\n", "\n\n", "\r\n", "\r", "![a](b)", "# ", "*", "_", "&amp;", "\\", "<!--", "-->",
        "{: .x}", "é", "漢", "\0",
        "\ufeff", "\ufffd", "[#]: a: (b)\n", "Title: x\n", "- ", "> ", "|", "a: &x *x\n",
        "a: !!int x\n", '"\\ud800"', "date 2024-11-05 ", "\u2028",
    ]
)  # fmt: skip


def check(content: bytes, path: str) -> None:
    article = parse(content, path)
    if not isinstance(article, Article):
        assert article.effect == "skipped"
        return
    assert article.headline
    assert "\n" not in article.headline
    texts = (article.headline, article.body, article.description, article.byline, article.source, article.declared_key)
    for text in (*texts, *article.categories, *article.tags):
        (text or "").encode()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), PATHS)
def test_no_bytes_raise(content: bytes, path: str) -> None:
    check(content, path)


@settings(max_examples=400, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=5), max_size=30).map("".join), PATHS)
def test_no_text_raises(text: str, path: str) -> None:
    check(text.encode("utf-8", "surrogatepass"), path)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=60))
def test_a_title_comes_out_as_it_went_in(title: str) -> None:
    article = parse(f'---\ntitle: "{title}"\n---\n\nText\n'.encode(), "x.md")
    assert isinstance(article, Article)
    assert article.headline == title


LONG = {
    "one line": "word " * 200_000,
    "no space": "x" * 1_000_000,
    "line ends": "\n" * 500_000,
    "headings": "# \n" * 100_000,
    "setext": "a\n=\n" * 50_000,
    "images": "![aaa](b)\n\naaa\n\n" * 10_000,
    "dates": "date 2024-11-05 " * 30_000,
    "definitions": "[#]: a: (b)\n" * 20_000,
    "header": "Title: x\n" * 30_000,
    "rules": "---\n" * 50_000,
    "backticks": "`" * 300_000,
    "growing backticks": " ".join("`" * length for length in range(700)),
    "links": "[" * 200_000,
    "emphasis in a title": "---\ntitle: '" + "*_`[" * 12_000 + "'\n---\nText",
    "links in a description": "---\ndescription: '" + "[a](b " * 9_000 + "'\n---\nText",
    "spaces in front matter": "---\ntitle: a" + " " * 60_000 + "\t\n---\nText",
    "spaces before a value": "---\ntitle:" + " " * 60_000 + "\t\n---\nText",
    "a long list": "---\ntags: [" + "a, " * 20_000 + "\t]\n---\nText",
    "many tags": "---\ntags: " + ",".join(map(str, range(9_000))) + "\n---\nText",
}


@pytest.mark.parametrize("path", ["a.md", "a.txt", "a.html"])
@pytest.mark.parametrize("name", LONG)
def test_long_and_hostile_texts_take_time_in_proportion(name: str, path: str) -> None:
    began = time.process_time()
    check(LONG[name].encode(), path)
    assert time.process_time() - began < 5
