"""Liquid, shortcodes, kramdown's marks and HTML in a body come out as the Markdown a person would have written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.intake.markup import summary_before_more, to_markdown
from reader.intake.tidy import tidy

VALUES = {"title": "Calm", "tags": ["a", "b"]}


def convert(text: str) -> str:
    return to_markdown(text, dict(VALUES), is_html=False).strip()


HTML = [
    ("<p>One</p>\n<p>Two</p>", "One\n\nTwo"),
    ("<div>\n    <p>One</p>\n    two\n</div>\nthree", "One\n\ntwo\n\nthree"),
    ("a <b>b </b>c", "a **b** c"),
    ("<i>a</i> <em> b</em> <s>c</s> <u>d</u> <span class='x'>e</span>", "*a*  *b* ~~c~~ d e"),
    ("<b><p>One</p><p>Two</p></b>", "One\n\nTwo"),
    ("<b>never closed", "**never closed**"),
    ("never opened</b></div></ul>", "never opened"),
    ("a<br>\nb<br/>c", "a  \nb  \nc"),
    ("<h2>Fog <i>at</i>\nsea</h2>text", "## Fog *at* sea\n\ntext"),
    ("<hr>text", "* * *\n\ntext"),
    ("x<sup>2</sup> 1<sup>st</sup> H<sub>2</sub>O", "x² 1st H₂O"),
    ("<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>", "港 (みなと)"),
    ("<q>Calm</q>", "“Calm”"),
    ("<code>a &lt; b</code> <kbd>`</kbd>", "`a < b` `` ` ``"),
    ('<a href="https://a.example/b c">x</a>', "[x](https://a.example/b%20c)"),
    ('<a href="javascript:alert(1)">x</a> <a name="y">z</a>', "x z"),
    ('<a href="u"><img src="a.png" alt="A [b]"></a>', "[![A (b)](a.png)](u)"),
    ('<img alt="no source">', ""),
    ('<figure><img src="a.png"><figcaption>The quay</figcaption></figure>', "![](a.png)\n\nThe quay"),
    ('<iframe src="//v.example/1"></iframe>', "[video: https://v.example/1](https://v.example/1)"),
    ('<video><source src="a.mp4"></video><audio src="b.mp3"></audio>', "[video: a.mp4](a.mp4)\n\n[audio: b.mp3](b.mp3)"),
    ("a<script>if (a < b) { '</p>' }</script><style>p{}</style>b", "ab"),
    ("<ul>\n  <li>one\n  <li>two\n    <ul><li>in</li></ul>\n</ul>after", "- one\n- two\n  - in\n\nafter"),
    ('<ol start="3"><li>c</li><li>d</li></ol>', "3. c\n4. d"),
    ("<blockquote><p>One</p><p>Two</p></blockquote>after", "> One\n>\n> Two\n\nafter"),
    ("<dl><dt>Fog</dt><dd>Cloud</dd></dl>", "**Fog**\n\nCloud"),
    ("<details><summary>More</summary>\n\ntext\n</details>", "**More**\n\ntext"),
    ("<pre><code class='language-py'>a &lt; b\n  <b>c</b>\n</code></pre>", "```py\na < b\n  c\n```"),
    ("<table><tr><th>A<th>B<tr><td>1<td>2|3</table>after", "| A | B |\n| --- | --- |\n| 1 | 2\\|3 |\n\nafter"),
    ("<table><tr><td>One</td></tr><tr><td>Two</td></tr></table>", "One\n\nTwo"),
    ('<table><tr><td colspan="2">A</td></tr><tr><td>1</td><td>2</td></tr></table>', "| A |  |\n| --- | --- |\n| 1 | 2 |"),
    ("| a | b<br>c |\n|---|---|\n| <p>x</p> | y |", "| a | b c |\n|---|---|\n|  x  | y |"),
    ("| a | <ul><li>b</li><li>c</li></ul> |\n\ntail", "| a |  • b • c  |\n\ntail"),
    ("a<br><br>b", "a\n\nb"),
    ("> <br>a", "> a"),
    ("<table><tr><td>a</td><td><ul><li>b</li><li>c</li></ul></td></tr></table>", "| a | • b • c |\n| --- | --- |"),
    ("- <p>foo</p>\n- bar", "- foo\n\n- bar"),
    ("a <!-- hidden --> b", "a  b"),
    ("a <!-- never closed", "a <!-- never closed"),
    ("<!DOCTYPE html><html><head><title>x</title></head><body>y</body></html>", "y"),
    ("<NewsBox kind='x'>text</NewsBox>", "text"),
    ("<x-box>text", "text"),
    ("<antirez> said Vec<T>", "\\<antirez> said Vec\\<T>"),
    ("<antirez> said </antirez>", "said"),
    ("1 < 2 <3 a<b", "1 < 2 <3 a<b"),
    ("<https://a.example/?b&amp;c> <ann@a.example>", "<https://a.example/?b&amp;c> <ann@a.example>"),
    (r"\<b>not bold\</b>", r"\<b>not bold\</b>"),
    ("`<b>` and ``{{ x }}`` <b>c</b>", "`<b>` and ``{{ x }}`` **c**"),
    ("&amp; &rsquo; &lt;b&gt; &amp;lt; &nbsp;. &#42; &copy; &nosuch; AT&T", "& ’ &lt;b&gt; &amp;lt; \u00a0. &#42; © &nosuch; AT&T"),
]  # fmt: skip
TEMPLATES = [
    ("{% comment %}a{% endcomment %}b", "b"),
    ("{% raw %}{{ page.title }}{% endraw %} {{ page.title }}", "{{ page.title }} Calm"),
    ("{% highlight ruby linenos %}\na < <b>\n{% endhighlight %}\nafter", "```ruby\na < <b>\n```\n\nafter"),
    ("{{< highlight go >}}\na := 1\n{{< /highlight >}}", "```go\na := 1\n```"),
    ("{{ page.title }} {{ page.tags }} {{ .Params.title }}", "Calm a Calm"),
    ("{{ page.nothing }} {{ 5 | plus: 1 }}", "{{ page.nothing }} {{ 5 | plus: 1 }}"),
    ('[x]({{ "/a/b" | relative_url }}) [y]({{ site.baseurl }}/c)', "[x](/a/b) [y](/c)"),
    ("[x]({% link _posts/a.md %}) [y]({% post_url a %}) [z]({{< ref \"a.md\" >}})", "[x](_posts/a.md) [y](a) [z](a.md)"),
    ('{{< link href="/a" text="A" >}}', "[A](/a)"),
    ("{% assign a = 1 %}\n{% if a %}\nkept\n{% endif %}\n", "kept"),
    ("{% include map.html %}\n\nin {% include a.html %} text", "[include: map.html]\n\nin  text"),
    ('{% include image.html url="/a.png" caption="Quay" %}', "![Quay](/a.png)"),
    ('{% image a.jpg "The quay" %}', "![The quay](a.jpg)"),
    ('{{< figure src="a.jpg" title="The [old] quay" width="10" >}}', "![The (old) quay](a.jpg)"),
    ('{{< my-img-right src="a.jpg" >}}', "![](a.jpg)"),
    ("{{< youtube abcd1234 >}}", "[video: https://www.youtube.com/watch?v=abcd1234](https://www.youtube.com/watch?v=abcd1234)"),
    ("{% gist ann/12 %}", "[code: https://gist.github.com/ann/12](https://gist.github.com/ann/12)"),
    ("{{< tweet user=\"ann\" id=\"12\" >}}", "[post: https://twitter.com/ann/status/12](https://twitter.com/ann/status/12)"),
    ("{{< note >}}\nOne\n\nTwo\n{{< /note >}}\nafter", "> One\n>\n> Two\n\nafter"),
    ("{% warning %}One{% endwarning %}", "> One"),
    ("{{< note >}} never closed", "never closed"),
    ("{{< chart sales >}}", "[chart: sales]"),
    ("{{< box >}}kept{{< /box >}}", "kept"),
    ("{{</* note */>}} {{/* hidden */}}", "{{< note >}}"),
    ('<a href="{{< ref "a.md" >}}">x</a> <img src="{{ "/b>c.png" | url }}">', "[x](a.md) ![](/b%3Ec.png)"),
    ("para\n{: .lead}\n\n# Fog {#fog}\n\n![a](b){: width='1'}", "para\n\n# Fog \n\n![a](b)"),
    ('{:start="3"}\n1. c\n2. d', "3. c\n2. d"),
    ("{::comment}a{:/comment}b", "b"),
    ("a {b} c {d: e} {1}", "a {b} c {d: e} {1}"),
    ("::: note Mind\nthe step\n:::", "the step"),
    ('[caption id="x"]<img src="a.png" alt="A"> Quay[/caption]', "![A](a.png)\n\nQuay"),
    ("[youtube=https://v.example/1]", "[video: https://v.example/1](https://v.example/1)"),
    ("![[a b.png|Quay]] ![[c.png]]", "![Quay](a%20b.png) ![](c.png)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "markdown"), HTML)
def test_html_becomes_markdown(text: str, markdown: str) -> None:
    assert convert(text) == markdown


@pytest.mark.parametrize(("text", "markdown"), TEMPLATES)
def test_templates_become_what_they_stand_for(text: str, markdown: str) -> None:
    assert convert(text) == markdown


@pytest.mark.parametrize(
    "code",
    [
        "```\n<b>{{ page.title }}</b> &amp;\n```",
        "~~~ html\n<b>\n```\n~~~",
        "- item\n\n  ```\n  <b>\n  ```",
        "> ```\n> <b>\n> ```",
        "text\n\n    <b>{% if %}</b>\n\n\t<i>",
        "```\n<b> never closed",
    ],
)
def test_code_is_left_alone(code: str) -> None:
    assert convert(f"<i>a</i>\n\n{code}").partition("\n\n")[2] == code


def test_indentation_in_a_list_is_no_code() -> None:
    assert convert("- one\n\n    <b>two</b>") == "- one\n\n    **two**"


def test_plain_markdown_is_not_touched() -> None:
    text = "# A\n\n*b* [c](d) > e\n\n    code\n\n| f | g |\n"
    assert to_markdown(text, {}, is_html=False) == text


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("# \n\ntext", "\ntext"),
        ("##Fog\n\n#tag", "## Fog\n\n#tag"),
        ("```\n##Fog\n# \n```\n##Fog", "```\n##Fog\n# \n```\n## Fog"),
        ("![Quay](a)\nQuay\n\ntext", "![Quay](a)\ntext"),
        ("![Quay](a)\n\n*Quay*\n\ntext", "![Quay](a)\n\ntext"),
        ("[![Quay](a)](b)\n\nQuay\n", "[![Quay](a)](b)\n\n"),
        ("![Quay](a)\n\nQuay and more", "![Quay](a)\n\nQuay and more"),
        ("in line ![Quay](a)\n\nQuay", "in line ![Quay](a)\n\nQuay"),
    ],
)
def test_markdown_is_tidied(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


def test_the_summary_is_what_stands_before_more() -> None:
    assert summary_before_more("# Fog\n\nIn <b>short</b>.\n\n<!--more-->\n\nAt length.", {}) == "In short."
    assert summary_before_more("No marker <!-- moreover -->", {}) is None


HOSTILE = [
    "<", "{{", "{%", "`", "[", "![", "<!--", "<b>", "<div>", "<ul><li>", "<table><tr><td>", "&", "&amp;", "\\", "```\n", "{: ", "{#", "{{<",
    "{% raw %}", "{% highlight x %}", "{% note %}x{% endnote %}", '<a href="', "<a '", '<a {{ "', "<pre>", "<script>", "![[", "[caption]",
    "`a\n", "``a`", "##x\n", "![aaa](b)\n", "<br>", "<blockquote>", "| a<br>", "<rt>", "<x>", "</x>", "<li>", "{::comment}", "    x\n\n",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_repetition_takes_time_in_proportion(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    began = time.process_time()
    tidy(to_markdown(text, {}, is_html=False))
    tidy(to_markdown(text, {}, is_html=True))
    assert time.process_time() - began < 5


FRAGMENTS = st.sampled_from(
    [
        "{%", "%}", "{{", "}}", "{{<", ">}}", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<p>",
        "<a href=x>", "</a>",
        "`", "```\n", "    ", "\n", "\n\n", "raw", "endraw", " highlight ", " endhighlight ", "<pre>", "</pre>",
        "<!--", "-->", "&lt;", "\\", "[", "x",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(FRAGMENTS, max_size=25).map("".join), st.booleans())
def test_no_markup_raises_or_loses_its_words(text: str, is_html: bool) -> None:
    converted = to_markdown(f"opening words {text}", {}, is_html)
    assert converted.startswith("opening words")
