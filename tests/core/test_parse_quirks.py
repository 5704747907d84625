"""Each quirk that real archives show, by its number on the page that lists them, with text of our own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from reader.intake.parse import parse
from reader.model import Article


@dataclass(frozen=True)
class Quirk:
    """One file and what must come of it: fields that must be equal, and what the body must and must not hold."""

    number: int
    content: str | bytes
    path: str = "story.md"
    equal: dict[str, Any] = field(default_factory=dict)
    day: str | None = None
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def head(text: str, body: str = "The harbour was calm.") -> str:
    return f"---\n{text}\n---\n\n{body}\n"


QUIRKS = [
    Quirk(1, head("title: “Quiet” — 港の朝 \U0001f6a2"), equal={"headline": "“Quiet” — 港の朝 \U0001f6a2"}),
    Quirk(1, head("title: a\u00a0b"), equal={"headline": "a b"}),
    Quirk(1, head("title: t", "Слово\u00a0и дело"), holds=("Слово\u00a0и дело",)),
    Quirk(2, head("title: t", "See [the log][1] and https://a.example/x_y_z.\n\n[1]: https://b.example"), holds=("[the log][1]", "x_y_z")),
    Quirk(3, "# Calm at last\n\nThe harbour was calm.\n",
          equal={"headline": "Calm at last", "body": "The harbour was calm.", "problems": ()}),
    Quirk(3, '[#]: subject: "Calm at last"\n[#]: title: "Calm"\n\nText.\n', equal={"headline": "Calm", "body": "Text."}),
    Quirk(3, "[#]: url: (https://news.example/a)\n[#]: author: (Ann Lee https://news.example/ann)\n\n# Calm\n\nText.\n",
          equal={"headline": "Calm", "origin_url": "https://news.example/a", "byline": "Ann Lee", "body": "Text."}),
    Quirk(4, "# T\n\nText", "2019-3-7-calm.md", day="2019-03-07"),
    Quirk(4, "# T\n\nText", "20190307 calm.md", day="2019-03-07"),
    Quirk(4, "# T\n\nText", "posts/2019-03-07-calm/index.md", day="2019-03-07"),
    Quirk(4, "# T\n\nText", "wire-7Mar2019.md", day="2019-03-07"),
    Quirk(4, '+++\ntitle = "T"\npath = "2019/03/07/calm"\n+++\nText', day="2019-03-07"),
    Quirk(4, "https://news.example/2019/03/07/calm.html\n\nCalm\n\nText", day="2019-03-07", equal={"headline": "Calm"}),
    Quirk(4, head("title: t\nlastmod: 2019-03-07\nexpirydate: 2030-01-01"), equal={"published": None}),
    Quirk(5, b"\xef\xbb\xbf---\r\ntitle: Calm\r\n---\r\n\r\nOne\r\ntwo\rthree", equal={"headline": "Calm", "body": "One\ntwo\nthree"}),
    Quirk(5, "---\ntitle: Ruhe im Hafen\n---\nSchön".encode("utf-16"), equal={"headline": "Ruhe im Hafen", "body": "Schön"}),
    Quirk(5, b"# Caf\xe9\n\nIt\x92s calm.", equal={"headline": "Café", "body": "It’s calm."}),
    Quirk(5, b"", "calm-at-last.md", equal={"headline": "calm at last", "body": ""}),
    Quirk(6, "Calm at last\n============\n\nText.\n", equal={"headline": "Calm at last", "body": "Text."}),
    Quirk(6, "Text first, and a good deal of it.\n\n# Later\n\nMore.\n",
          equal={"headline": "Text first, and a good deal of it."}, holds=("# Later",)),
    Quirk(6, "- a list first\n\n# Later\n\nMore.\n", "calm_day.md", equal={"headline": "calm day"}, holds=("# Later",)),
    Quirk(7, head("title: t", "![The quay](q.jpg)\n\nThe quay\n\nText."), equal={"body": "![The quay](q.jpg)\n\nText."}),
    Quirk(7, head("title: t", "![](q.jpg)\n\nText."), holds=("![](q.jpg)", "Text.")),
    Quirk(7, head("title: t", '<img src="q.jpg" alt="The quay">\n\nText.'), holds=("![The quay](q.jpg)",)),
    Quirk(7, head("title: t", "![[q.jpg|The quay]]"), holds=("![The quay](q.jpg)",)),
    Quirk(7, "![The quay](q.jpg)\n\n# Calm\n\nText.", equal={"headline": "Calm", "body": "![The quay](q.jpg)\n\nText."}),
    Quirk(8, "## Calm ##\n\nText.", equal={"headline": "Calm"}),
    Quirk(8, head("title: t", "# \n\n##Unspaced\n\n#tag stays"), equal={"body": "## Unspaced\n\n#tag stays"}),
    Quirk(9, head("title: t", "<p>One</p><p>Two<br>lines</p><script>x()</script>"), equal={"body": "One\n\nTwo  \nlines"}),
    Quirk(9, head("title: t", "<ruby>港<rt>みなと</rt></ruby>"), equal={"body": "港 (みなと)"}),
    Quirk(9, head("title: t", '<iframe src="https://v.example/1"></iframe>'), holds=("[video: https://v.example/1]",)),
    Quirk(9, head("title: t", "<ul><li>a</li><li>b</li></ul>"), "calm.html", equal={"body": "- a\n- b"}),
    Quirk(10, head("title: t\ndate: 2019-03-07 10:20 +0000"), equal={"published.written": "2019-03-07T10:20:00+00:00"}),
    Quirk(10, head('title: t\ndate: "2019-03-07T10:20:30-04:00"'), equal={"published.written": "2019-03-07T10:20:30-04:00"}),
    Quirk(10, head("title: t\ndate: 2019-03-07 16:30-:00+16:30"), day="2019-03-07"),
    Quirk(10, head("title: t\ndate: 2019-03-07 00:10::00"), day="2019-03-07"),
    Quirk(10, head("title: t\ndate: Thu Mar  7 18:30:22 2019 -0800"), day="2019-03-07"),
    Quirk(10, head("title: t\ndate: unknown"), equal={"published": None}),
    Quirk(11, head("title: t", "```html\n<b>{{ page.title }}</b>\n```\n\n    <i>kept</i>\n\n<b>x</b>"),
          holds=("<b>{{ page.title }}</b>", "    <i>kept</i>", "**x**")),
    Quirk(12, head("title: t\ncategories: [World, world, Sea]"), equal={"categories": ("World", "Sea")}),
    Quirk(12, head("title: t\ncategory: WORLD\ncategories: [Other]"), equal={"categories": ("WORLD",)}),
    Quirk(12, head("title: t\ncategories: World, Sea"), equal={"categories": ("World", "Sea")}),
    Quirk(12, head("title: t\ncategories: World affairs"), equal={"categories": ("World affairs",)}),
    Quirk(12, head("title: t\ncategory:\nsection: Sea"), equal={"categories": ("Sea",)}),
    Quirk(12, head("title: t\ntags: tide, wind\ntopics: [wind, salt]"), equal={"tags": ("tide", "wind", "salt"), "categories": ()}),
    Quirk(12, head("title: t"), "sea/_posts/2019-03-07-calm.md", equal={"categories": ("sea",)}),
    Quirk(13, head("title: t", "> said\n> the pilot\n\n- a\n  - b  \n    c\\\n    d"), holds=("> said\n> the pilot", "  - b  \n", "c\\\n")),
    Quirk(14, head("title: t\nlink: //news.example/calm", "[x](/tides)"),
          equal={"origin_url": "https://news.example/calm"}, holds=("(/tides)",)),
    Quirk(15, head("title: Fish &amp; ships &#8217;til &lt;noon&gt;", "Fish &amp; ships &rsquo;til &lt;noon&gt; &amp;lt;"),
          equal={"headline": "Fish & ships ’til <noon>", "body": "Fish & ships ’til &lt;noon&gt; &amp;lt;"}),
    Quirk(16, head("title: Calm", "{% comment %}no{% endcomment %}{{ page.title }} it was\n{: .lead}\n\n{% include map.html %}"),
          equal={"body": "Calm it was\n\n[include: map.html]"}),
    Quirk(16, head("title: t", '[caption id="a"]<img src="q.jpg" alt="Quay">[/caption]\n\n::: note\nMind the step\n:::'),
          equal={"body": "![Quay](q.jpg)\n\nMind the step"}),
    Quirk(17, head("title: t", "The short of it.\n\n<!-- more -->\n\nThe long of it. <!-- hidden -->"),
          equal={"description": "The short of it."}, lacks=("more", "hidden")),
    Quirk(17, head("title: t", r"\<nick> said"), equal={"body": r"\<nick> said"}),
    Quirk(18, head("title: t\ndate: 2019-03-07 23:30:00 -1000"), day="2019-03-07"),
    Quirk(18, head("title: t\ndate: 2019-03-07T10:20:00+16:30"), equal={"published.written": "2019-03-07T10:20:00"}),
    Quirk(19, head("title: >\n  A calm\n   day\n  at \"sea\""), equal={"headline": 'A calm day at "sea"'}),
    Quirk(19, head(f"title: {'long ' * 60}"), equal={"headline": ("long " * 60).strip()}),
    Quirk(20, head("title: t", "word " * 50_000), equal={"words": 50_000}),
    Quirk(21, '+++\ntitle = "Calm"\ndate = 2019-03-07\n[taxonomies]\ncategories = ["Sea"]\n+++\nText',
          day="2019-03-07", equal={"headline": "Calm", "categories": ("Sea",), "body": "Text"}),
    Quirk(21, '{"title": "Calm", "date": "2019-03-07", "n": 1.50}\n\nText', day="2019-03-07", equal={"headline": "Calm", "body": "Text"}),
    Quirk(21, "Title: Calm: a day\nDate: 2019-03-07 10:20\nCategory: Sea\n\nText",
          equal={"headline": "Calm: a day", "categories": ("Sea",), "body": "Text"}),
    Quirk(21, "\n\n" + head("title: Calm"), equal={"headline": "Calm"}),
    Quirk(22, head("title: Calm at last", "# Calm at last\n\nText."), equal={"body": "Text."}),
    Quirk(22, head("title: Calm at last", "Calm at last!\n\nText."), equal={"body": "Text."}),
    Quirk(23, head("title: t", "| a | b |\n|---|---|\n| 1 | 2 |\n\nx[^1] ~~no~~ $a_b$\n\n[^1]: note"),
          holds=("| 1 | 2 |", "[^1]: note", "$a_b$")),
    Quirk(23, head("title: t", "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"),
          equal={"body": "| a | b |\n| --- | --- |\n| 1 | 2 |"}),
    Quirk(24, head("title: t\ndate: 2019-03-08"), "2019-03-07-calm.md", day="2019-03-08"),
    Quirk(24, head("title: t\ndate: soon"), "2019-03-07-calm.md", day="2019-03-07"),
    Quirk(25, "---\ntitle: Calm\nsummary: In short.\n---\n", equal={"body": "", "description": "In short.", "words": 0}),
    Quirk(25, head("title: t", "{% include body.html %}"), equal={"body": "[include: body.html]"}),
    Quirk(26, head('title: "[/] [@click=quit] [Sea]"'), equal={"headline": "[/] [@click=quit] [Sea]"}),
    Quirk(26, "x [b]\n\ny", "a & b [#1] “c”.txt", equal={"path": "a & b [#1] “c”.txt", "headline": "x [b]"}),
    Quirk(27, head("title: t", "a\u200bb\u00adc \x1b[31m \u202ered"), equal={"body": "a\u200bb\u00adc \x1b[31m \u202ered"}),
    Quirk(28, head("title: t\ndraft: true"), equal={"is_draft": True}),
    Quirk(28, head("title: t\npublished: false"), equal={"is_draft": True, "published": None}),
    Quirk(28, head("title: t\nauthors:\n  - name: Ann Lee\n  - Bo Dahl"), equal={"byline": "Ann Lee, Bo Dahl"}),
    Quirk(28, head("title: t\nauthor: Ann Lee / Bo Dahl"), equal={"byline": "Ann Lee, Bo Dahl"}),
    Quirk(28, head("title: t\nauthors: []"), equal={"byline": None}),
    Quirk(29, head("title: Calm: at last\ndate: 2019-03-07"), day="2019-03-07", equal={"headline": "Calm: at last"}),
    Quirk(29, head("title: Old\ntitle: New"), equal={"headline": "New"}),
    Quirk(29, head("title:\tCalm"), equal={"headline": "Calm"}),
    Quirk(29, "---\ntitle: Calm\n\nText that nothing closed.\n", equal={"headline": "Calm", "body": "Text that nothing closed."}),
]  # fmt: skip


@pytest.mark.parametrize("quirk", QUIRKS, ids=lambda quirk: f"quirk {quirk.number}: {quirk.content[-40:]!r}")
def test_a_quirk_of_real_archives_is_read_as_meant(quirk: Quirk) -> None:
    content = quirk.content.encode() if isinstance(quirk.content, str) else quirk.content
    article = parse(content, quirk.path)
    assert isinstance(article, Article)
    for name, value in quirk.equal.items():
        if name == "published.written":
            assert article.published is not None
            assert article.published.written == value
        else:
            assert getattr(article, name) == value
    if quirk.day:
        assert article.published is not None
        assert article.published.day.isoformat() == quirk.day
    for text in quirk.holds:
        assert text in article.body
    for text in quirk.lacks:
        assert text not in article.body


def test_no_quirk_is_left_out() -> None:
    assert {quirk.number for quirk in QUIRKS} == set(range(1, 30))
