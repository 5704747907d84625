"""Finding words in a laid-out article."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Article
from reader.tui.article_find import find_hits, phrase_pattern, words_pattern
from reader.tui.article_lines import render
from reader.tui.lines import ArticleLines


def laid_out(body: str, width: int = 20) -> ArticleLines:
    return render(Article("a.md", "Headline", body, "markdown"), (), width)


def found(body: str, pattern: re.Pattern[str] | None, width: int = 20) -> list[str]:
    """The words of each hit, its lines joined by `/`."""
    assert pattern is not None
    lines = laid_out(body, width).lines
    return ["/".join(lines[line].text[start:end] for line, start, end in hit.parts) for hit in find_hits(lines, pattern)]


@pytest.mark.parametrize(
    ("sought", "body", "hits"),
    [
        ("talk", "Talks, small TALK and talkers", ["Talk", "TALK", "talk"]),
        ("cafe", "Café, cafe\u0301 and CAFÉ", ["Café", "cafe\u0301", "CAFÉ"]),
        ("Café", "a cafe", ["cafe"]),
        ("china's", "China’s army", ["China’s"]),
        ("the army of china", "said the army of China, twice", ["the army of/China"]),
        ("army   of", "the army\u00a0of China", ["army\u00a0of"]),
        ("李强", "总理李强周三，李强说", ["李强", "李强"]),
        ("强周", "总理李强周三在昆明会见", ["强周"]),
        (".*", "a .* b", [".*"]),
        ("quote", "> a long quote, a quote", ["quote", "quote"]),
        ("▌", "> a quote", []),
        ("سلام", "> سلام دنیا", ["سلام"]),
    ],
)
def test_a_phrase_is_found_as_it_is_typed(sought: str, body: str, hits: list[str]) -> None:
    assert found(body, phrase_pattern(sought)) == hits


@pytest.mark.parametrize(
    ("phrases", "body", "hits"),
    [
        (["talk"], "talks and talk", ["talk"]),
        (["talk*"], "talks and talk", ["talk", "talk"]),
        (["army", "china"], "China’s army", ["China", "army"]),
        (["min aung hlaing"], "Min Aung Hlaing went", ["Min Aung Hlaing"]),
        (["covid-19"], "COVID-19, COVID-1", ["COVID-19"]),
        (["昆明"], "在昆明会见", ["昆明"]),
        (["(x)"], "f(x) and (x)", ["(x)"]),
    ],
)
def test_the_words_of_a_filter_are_found_whole(phrases: list[str], body: str, hits: list[str]) -> None:
    assert found(body, words_pattern(phrases), 60) == hits


def test_nothing_typed_finds_nothing() -> None:
    assert phrase_pattern("  ") is None
    assert words_pattern([" ", "*"]) is None
    assert words_pattern(["\u0301"]) is None


@given(st.lists(st.sampled_from(["alpha", "Beta", "gämma", "漢字", "de\u0301lta"]), min_size=1, max_size=30), st.integers(12, 60))
def test_hits_are_the_same_at_any_width(words: list[str], width: int) -> None:
    body = " ".join(words)
    plain = body.casefold().replace("ä", "a").replace("\u0301", "")
    for word in ("alpha", "beta", "gamma", "漢字", "delta"):
        pattern = words_pattern([word])
        assert pattern is not None
        assert len(find_hits(laid_out(body, width).lines, pattern)) == len(re.findall(word, plain))
