"""Snippets: the sentence that says most of what is sought, its hits where they are, never wider than asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Article
from reader.query.contexts import phrases_in, words_in
from reader.query.snippets import Snippet, snippet
from reader.query.syntax import parse

BODY = """The flood came at night. Nobody slept, said “O’Brien.” Élysée aides spoke of a flood
of letters. The rate cut and the flood came together.

洪水冲毁了桥梁。中国经济增长放缓。"""


def said(text: str, width: int = 200, body: str = BODY, description: str | None = None) -> Snippet | None:
    article = Article("a.md", "Headline of a flood", body, "markdown", description=description)
    return snippet(article, words_in(parse(text, final=True)), width)


def marked(found: Snippet | None) -> str:
    """The text with its hits in brackets."""
    assert found is not None
    text = found.text
    for start, end in reversed(found.hits):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("filter_text", "shown"),
    [
        ("flood", "The [flood] came at night."),
        ("flood rate", "The [rate] cut and the [flood] came together."),
        ('"rate cut" OR drought', "The [rate cut] and the flood came together."),
        ("elysee", "[Élysée] aides spoke of a flood of letters."),
        ("o'brien", "Nobody slept, said “[O’Brien].”"),
        ("let*", "Élysée aides spoke of a flood of [letters]."),
        ("经济", "中国[经济]增长放缓。"),
        ("body:flood -night", "The [flood] came at night."),
    ],
)
def test_the_sentence_that_says_most(filter_text: str, shown: str) -> None:
    assert marked(said(filter_text)) == shown


@pytest.mark.parametrize("filter_text", ["absent", "headline", "-flood", "is:unread", ""])
def test_none_where_nothing_of_it_is_said(filter_text: str) -> None:
    assert said(filter_text) is None


def test_the_description_comes_first() -> None:
    assert marked(said("flood", description="A flood in brief.")) == "A [flood] in brief."


def test_a_long_sentence_is_cut_around_its_first_hit() -> None:
    found = said("flood", 40, "word " * 50 + "flood " + "word " * 50)
    assert found is not None
    assert found.text == "…word word flood word word word word…"
    assert marked(found) == "…word word [flood] word word word word…"


@given(st.text("ab fé中国.\n ", max_size=300), st.integers(10, 60), st.sampled_from(["f", "a b", "中", "fe*", '"b a"']))
def test_it_fits_and_its_hits_are_hits(body: str, width: int, filter_text: str) -> None:
    found = said(filter_text, width, body)
    if found is not None:
        assert 0 < len(found.text) <= width
        assert all(0 <= start < end <= len(found.text) for start, end in found.hits)
        assert found.hits


def test_what_the_open_article_marks() -> None:
    assert phrases_in(parse('flood "rate cut" -sport elect* person:"Li Qiang" category:x (a OR flood)', final=True)) == (
        "flood", "rate cut", "elect*", "Li Qiang", "a",
    )  # fmt: skip


def test_an_address_is_no_sentence() -> None:
    assert marked(said("flood", body="https://example.org/flood-report\n\nThe flood came.")) == "The [flood] came."
