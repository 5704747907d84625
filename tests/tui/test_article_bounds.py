"""Articles written to be slow: each is shown, in part where it must be, in a time that does not grow with it."""

from __future__ import annotations

import re
import time

import pytest
from markdown_it import MarkdownIt

from reader.model import Article, BodyForm
from reader.tui.article_lines import render
from reader.tui.budget import Abandoned, Limits, OverBudget
from reader.tui.command_words import Act, parse_command

SECONDS = 6.0
"""Far above the second or so that a slow article takes, for a busy machine; without bounds these take minutes."""

SLOW = {
    "900 KB of code": "```\n" + "x = 1; y = foo(bar)  # comment\n" * 30_000 + "```\n",
    "code on one line": "```\n" + "x" * 900_000 + "\n```",
    "100,000 lines": "a line of words\n" * 100_000,
    "100,000 paragraphs": "word\n\n" * 100_000,
    "a table of 2,000 rows": "| a | b | c |\n|---|---|---|\n" + "| some words | other words here | 12,345 |\n" * 2_000,
    "a table of 50,000 columns": "|" + "a|" * 50_000 + "\n|" + "-|" * 50_000 + "\n",
    "3,000 bullets": "- a bullet with words\n" * 3_000,
    "10,000 half addresses": "http://a." * 10_000,
    "an address of brackets": "http://a" + ")" * 300_000,
    "open brackets": "[" * 50_000,
    "open links": "[a](" * 50_000,
    "open images": "![" * 50_000,
    "one reference, often": "[a]" * 50_000 + "\n\n[a]: http://x.example/\n",
    "one footnote, often": "[^1] " * 40_000 + "\n\n[^1]: note\n",
    "half emphasis": "*a **a " * 40_000,
    "crossed emphasis": "*a_ " * 50_000,
    "backquotes": "".join("`" * count + " " for count in range(1, 600)),
    "nested quotes": "> " * 5_000 + "x",
    "nested lists": "\n".join("  " * depth + "- x" for depth in range(400)),
    "entities": "&#x1b;" * 60_000,
    "accents": "e" + "\u0301" * 390_000,
    "blanks": " " * 390_000 + "x",
    "tabs": "\t" * 390_000 + "x",
    "no-break spaces": "\u00a0" * 390_000,
    "ideographs": "漢字かな混じり文。" * 40_000,
    "stops": "。" * 390_000,
}


@pytest.mark.parametrize("form", ["markdown", "plain"])
@pytest.mark.parametrize("body", SLOW.values(), ids=SLOW.keys())
def test_no_article_keeps_the_reader_waiting(body: str, form: BodyForm) -> None:
    started = time.monotonic()
    laid_out = render(Article("a.md", "Headline", body, form), (), 80)
    assert time.monotonic() - started < SECONDS
    assert laid_out.lines[0].text == "Headline"
    assert len(laid_out.lines) < 60_000


def test_a_cut_says_so_and_what_shows_all_of_it() -> None:
    long = Article("a.md", "Headline", "\n\n".join(f"Paragraph {number}." for number in range(100)), "markdown")
    cut = render(long, (), 40, limits=Limits(lines=20))
    assert cut.is_cut
    notice = " ".join(line.text for line in cut.lines[-3:])
    assert "✂ Cut here" in notice
    assert parse_command(" ".join(re.findall(r":(\S+) shows all", notice))) == Act("pager")


def test_a_long_line_is_cut_by_its_characters() -> None:
    long = Article("a.md", "Headline", "word " * 1_000, "plain")
    cut = render(long, (), 40, limits=Limits(characters=100))
    assert cut.is_cut
    assert sum(line.text.count("word") for line in cut.lines) == 20


def test_links_past_the_limit_are_counted() -> None:
    body = " ".join(f"[x](https://a.example/{number})" for number in range(9))
    laid_out = render(Article("a.md", "Headline", body, "markdown"), (), 80, limits=Limits(links=5))
    assert len(laid_out.links) == 5
    assert laid_out.lines[-1].text == "… and 4 more, not numbered"


@pytest.mark.parametrize("body", ["word " * 50_000, "- a\n" * 3_000, "[" * 50_000])
def test_an_article_nobody_waits_for_is_abandoned(body: str) -> None:
    with pytest.raises(Abandoned):
        render(Article("a.md", "Headline", body, "markdown"), (), 80, is_abandoned=lambda: True)


@pytest.mark.parametrize("failure", [IndexError(), RecursionError(), ValueError(), OverBudget()])
def test_markdown_that_breaks_the_parser_is_shown_as_it_is_written(failure: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(MarkdownIt, "parse", fail)
    lines = [line.text for line in render(Article("a.md", "Headline", "*The* body.", "markdown"), (), 60).lines]
    assert lines[0] == "Headline"
    assert lines[-3:] == ["Shown as it is written: its Markdown can't be read.", "", "*The* body."]


def test_an_ordinary_article_is_laid_out_at_once() -> None:
    paragraph = "The premier of the **republic** said on [Tuesday](https://example.org/x) that the talks — long awaited — would go on. " * 4
    ordinary = Article("a.md", "Headline", "\n\n".join([paragraph] * 12), "markdown")
    render(ordinary, (), 80)
    best = min(_seconds(ordinary) for _ in range(5))
    assert best < 0.1, "ten times what it takes on two quiet cores"


def _seconds(article: Article) -> float:
    started = time.monotonic()
    render(article, (), 80)
    return time.monotonic() - started
