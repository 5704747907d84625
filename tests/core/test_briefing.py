"""Exports of articles that mean harm, and what a briefing takes out of an article."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.model import Article, ArticleId, ArticleKey, Entity, HeadlineRow, Mark, Mention, OpenedArticle, Published
from reader.sending import exports, quotes
from reader.sending.briefing import Grouping, gather
from reader.sending.exports import FORMS, GROUPINGS, Form

BODY = """![spy](https://spy.example/p.png) [bad](javascript:alert(1)) [file](file:///etc/passwd) [good](https://good.example/?a=1&b=2)

<img src=x onerror=alert(1)>

<script>alert(2)</script>
"""
LEADING = [None, *GROUPINGS]


def opened(number: int = 1, headline: str = "Headline", body: str = "Text.", **about: object) -> OpenedArticle:
    values: dict[str, object] = {"published": Published("2024-11-08", date(2024, 11, 8), 0, False), **about}
    row = HeadlineRow(ArticleId(number), ArticleKey(f"k{number}"), f"{number}.md", "/wire", headline, **values)  # type: ignore[arg-type]
    return OpenedArticle(row, Article(row.path, headline, body, "markdown"), (Mention("Li Qiang", "person", "Li", 0, 2),))


def export(form: Form, by: Grouping | None, *articles: OpenedArticle) -> str:
    by_id = {each.row.id: each for each in articles}
    return "\n".join(exports.lines(form, [each.row for each in articles], lambda row: by_id.get(row.id), by))


@pytest.mark.parametrize("by", LEADING)
def test_html_runs_nothing_and_fetches_nothing(by: Grouping | None) -> None:
    hostile = opened(
        headline="<script>alert(1)</script> & co",
        body=BODY,
        origin_url="javascript:alert(3)",
        language='en" onload="x',
        source="<b>",
        categories=("<i>",),
        entities=(Entity("<u>", "other"),),
        mark=Mark(note="[n](javascript:x) <img src=y> ![z](https://z.example/z.png)"),
    )
    out = export("html", by, hostile, opened(2, entities=(Entity("<u>", "other"),)))
    assert out.startswith("<!doctype html>")
    assert out.count("<article") == 2
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in out
    tags = set(re.findall(r"<([a-z]+\d?)", out.partition("</style>")[2]))
    assert tags <= {"h1", "h2", "h3", "p", "article", "section", "a", "aside", "blockquote"}
    assert not re.search(r"<[^>]*(\son\w+=|\ssrc=|style=)", out)
    targets = set(re.findall(r'href="([^"]*)"', out))
    assert targets <= {"https://good.example/?a=1&amp;b=2", "https://spy.example/p.png", "https://z.example/z.png"}
    assert "@media print" in out


@pytest.mark.parametrize("by", GROUPINGS)
def test_a_briefing_in_markdown_takes_words_for_words(by: Grouping) -> None:
    words = "[x](javascript:a) <b> `c` *d*"
    hostile = opened(headline=words, description=words, categories=(words,), source=words, byline=words)
    rendered = MarkdownIt().render(export("markdown", by, hostile))
    assert set(re.findall(r"<([a-z]+\d?)", rendered)) <= {"h1", "h2", "h3", "p"}


@pytest.mark.parametrize("by", LEADING)
@pytest.mark.parametrize("form", FORMS)
@given(text=st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("\x1b\x07\x9b\u202e\x00\n"), max_size=60))
@hypothesis_settings(max_examples=25)
def test_no_control_character_gets_out(form: Form, by: Grouping | None, text: str) -> None:
    hostile = opened(
        headline=text or "x", body=f"{text}\n\n“{text} and some twenty more letters,” he said.", description=text, categories=(text,),
        source=text, byline=text, origin_url=text, language=text, entities=(Entity(text, "org"),), mark=Mark(note=text, tags=(text,)),
    )  # fmt: skip
    assert not set(export(form, by, hostile, hostile)) & set("\x1b\x07\x9b\u202e\x00\r")


def test_an_article_that_cannot_be_read_leaves_the_others() -> None:
    rows = [opened(number, f"Story {number}").row for number in (1, 2, 3)]
    out = "\n".join(exports.lines("markdown", rows, lambda row: None if row.id == 2 else opened(int(row.id), row.headline), "day"))
    assert re.findall("Story .", out) == ["Story 1", "Story 3"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("by", LEADING)
def test_of_nothing_nothing_is_written(form: Form, by: Grouping | None) -> None:
    assert export(form, by) == ""


def test_two_of_one_name_have_a_group_each() -> None:
    player, country = Entity("Jordan", "person"), Entity("Jordan", "place")
    rows = [opened(number, entities=(player, country) if number == 1 else (player,)).row for number in (1, 2, 3)]
    assert [group.title for group in gather(rows, "entity")] == ["Jordan"]
    groups = gather([*rows, opened(4, entities=(country,)).row], "entity")
    assert [(group.title, group.entity, len(group.rows)) for group in groups] == [
        ("Jordan (person)", player, 3), ("Jordan (place)", country, 2),
    ]  # fmt: skip


def test_a_name_of_one_story_gathers_nothing() -> None:
    often, once = Entity("Li Qiang", "person"), Entity("Tessel", "place")
    rows = [opened(1, entities=(often, once)).row, opened(2, entities=(often,)).row, opened(3).row]
    assert [(group.title, len(group.rows)) for group in gather(rows, "entity")] == [("Li Qiang", 2), ("Other stories", 1)]


def test_the_note_and_the_link_are_in_it() -> None:
    out = export("markdown", "day", opened(origin_url="https://wire.example/a_(b)", mark=Mark(note="Ask *Ann*.")))
    assert "### [Headline](https://wire.example/a_%28b%29)" in out
    assert "**Note:** Ask *Ann*." in out


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("He came. “We will stay as long as it takes,” he said. He left.", ["“We will stay as long as it takes,” he said."]),
        ('She said: "It is over. We lost the whole harvest." Then rain.', ['She said: "It is over. We lost the whole harvest."']),
        ("Er sagte: „Wir bleiben hier, bis alles klar ist.“ Dann ging er.", ["Er sagte: „Wir bleiben hier, bis alles klar ist.“"]),
        ("他说：「我们会一直留在这里直到谈判结束。」然后他走了。", ["他说：「我们会一直留在这里直到谈判结束。」"]),
        ("The “so-called” deal. No speech here.", []),
        ("“" + "word " * 300 + "”", []),
    ],
)
def test_what_was_said_is_quoted_whole(words: str, quoted: list[str]) -> None:
    assert quotes.speech(words, 2) == quoted


def test_what_names_somebody_is_quoted() -> None:
    words = "Rain fell. Li came at 5 p.m. on Monday. The envoy met Mr. Li again.\n\nLi left."
    assert quotes.naming(words, {"Li"}, 2) == ["Li came at 5 p.m. on Monday.", "The envoy met Mr. Li again."]


@given(st.text(alphabet="aB .!?“”\"'\n。「」", max_size=300))
def test_sentences_lose_no_letter(words: str) -> None:
    assert "".join("".join(quotes.sentences(words)).split()) == "".join(words.split())
