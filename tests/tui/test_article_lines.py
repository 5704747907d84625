"""What an article looks like once it is laid out."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.clean import clean
from reader.model import Article, BodyForm, Mention, Problem, Published
from reader.tui.article_lines import render
from reader.tui.lines import ArticleLines, Line


def article(body: str, form: BodyForm = "markdown") -> Article:
    return Article("a.md", "Headline", body, form, source="example.org", origin_url="https://example.org/2024/story")


def shown(body: str, width: int = 40, form: BodyForm = "markdown") -> list[str]:
    """The lines below the head, without blanks at their ends."""
    return [line.text.rstrip() for line in below_head(render(article(body, form), (), width))]


def below_head(laid_out: ArticleLines) -> list[Line]:
    """The lines after the first rule and the blank line beneath it."""
    rule = next(index for index, line in enumerate(laid_out.lines) if line.runs and line.runs[0].roles == ("rule",))
    return list(laid_out.lines[rule + 2 :])


def mention(body: str, name: str, at: int | None = None) -> Mention:
    start = body.index(name) if at is None else at
    return Mention(name, "person", name, start, start + len(name))


def named(laid_out: ArticleLines) -> list[str]:
    """The words marked as mentions below the head, whatever their lines."""
    runs = [run for line in below_head(laid_out) for run in (*line.runs, None)]
    marked = "".join("\n" if run is None else run.text if run.entity else "\0" for run in runs)
    return [words.strip("\n").replace("\n", " ") for words in re.split("\0[\0\n]*", marked) if words.strip()]


def roles(line: Line, words: str) -> tuple[str, ...]:
    return next(run.roles for run in line.runs if words in run.text)


# The head


def test_the_head_says_what_is_known() -> None:
    full = Article(
        "a.md",
        "A headline that is long enough to take two lines here",
        "Text.",
        "markdown",
        published=Published("2024-11-07T03:40:41.985Z", date(2024, 11, 7), 0, True),
        categories=("WORLD", "Asia"),
        source="example.org",
        byline="Amal Aung",
        words=700,
        is_draft=True,
        problems=(Problem("a.md", 3, "a tab where YAML wants blanks", "read in part"),),
    )
    mentions = (Mention("Li Qiang", "person", "Li", None, None), Mention("Kunming", "place", "Kunming", None, None))
    assert [line.text for line in render(full, mentions, 48, note="Names by the basic recogniser").lines] == [
        "A headline that is long enough to take two lines",
        "here",
        "",
        "Thursday 7 November 2024, 03:40 +00:00",
        "WORLD · Asia · example.org · Amal Aung · 3 min",
        "",
        "People Li Qiang",
        "Places Kunming",
        "",
        "Draft: marked as not published.",
        "! line 3: a tab where YAML wants blanks (read in",
        "part)",
        "Names by the basic recogniser",
        "─" * 48,
        "",
        "Text.",
    ]


@pytest.mark.parametrize(
    ("written", "has_time", "words"),
    [
        ("2024-11-05", False, "Tuesday 5 November 2024"),
        ("2024-11-05T07:09", True, "Tuesday 5 November 2024, 07:09"),
        ("2024-11-05T23:40:00+06:30", True, "Tuesday 5 November 2024, 23:40 +06:30"),
        ("2024-11-05T00:05:00-04:00", True, "Tuesday 5 November 2024, 00:05 -04:00"),
    ],
)
def test_the_date_is_told_as_it_was_written(written: str, has_time: bool, words: str) -> None:
    dated = Article("a.md", "H", "T", "markdown", published=Published(written, date(2024, 11, 5), 0, has_time))
    assert render(dated, (), 60).lines[2].text == words


def test_an_undated_article_says_so() -> None:
    assert render(article("x"), (), 40).lines[2].text == "Undated"


def test_names_that_do_not_fit_are_counted() -> None:
    mentions = [Mention(f"Person Number{number}", "person", "x", None, None) for number in range(9)]
    lines = [line.text for line in render(article("x"), mentions, 40).lines]
    assert "People Person Number0, Person Number1 +7" in lines


def test_an_empty_body_shows_the_description_and_where_to_read_on() -> None:
    empty = Article("a.md", "H", " \n", "markdown", description="What it says.", origin_url="https://example.org/story")
    laid_out = render(empty, (), 60)
    assert [line.text for line in laid_out.lines][-5:] == [
        "What it says.",
        "",
        "This file has no text below its head.",
        "",
        "Read it at https://example.org/story",
    ]


def test_a_description_that_the_body_repeats_is_not_shown_twice() -> None:
    repeated = Article("a.md", "H", "*YANGON* - The premier\nleft. More.", "markdown", description="YANGON - The premier left.")
    assert [line.text for line in render(repeated, (), 60).lines].count("YANGON - The premier left. More.") == 1
    assert not any("standfirst" in run.roles for line in render(repeated, (), 60).lines for run in line.runs)


# Markdown


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("soft\nbreak", ["soft break"]),
        ("hard  \nbreak\\\nagain", ["hard", "break", "again"]),
        ("# One\n\ntext\n\nTwo\n---\n", ["One", "", "text", "", "Two"]),
        ("#\n\ntext", ["text"]),
        ("- a\n- b\n  - c\n    1. d\n- e", ["• a", "• b", "  ◦ c", "    1. d", "• e"]),
        ("- a\n\n- b", ["• a", "", "• b"]),
        ("9. a\n10. b", ["9. a", "10. b"]),
        ("- [ ] open\n- [x] done\n- [link][]", ["☐ open", "☑ done", "• [link][]"]),
        ("-\n- b", ["•", "• b"]),
        ("> a\n>\n> > b", ["▌ a", "▌", "▌ ▌ b"]),
        ("> - [ ] task", ["▌ ☐ task"]),
        ("a\n\n***\n\nb", ["a", "", "─" * 40, "", "b"]),
        ("`` a  b ``", ["a b"]),
        ("```\nkeep   this\n\n  and this\n```", ["keep   this", "", "  and this"]),
        ("x &amp; y &copy; &#8212; \\*z\\*", ["x & y © — *z*"]),
        ("a <b>not html</b> \\<nick>", ["a <b>not html</b> <nick>"]),
        ("中文句子\n换行不留空格\nLatin\nwords", ["中文句子换行不留空格 Latin words"]),
        ("![A photo](a/b.jpg)", ["[image: A photo]"]),
        ("![](https://example.org/p/the%20bay.jpg?x=1)", ["[image: the bay.jpg]"]),
        ("![one](1) ![two](2)", ["[image: one]", "", "[image: two]"]),
        ("before ![inline](x.png) after", ["before [image: inline] after"]),
        ("![A photo of *it*.](x)\n\n*A photo of it.*\n\nText", ["[image: A photo of it.]", "", "Text"]),
        ("![A photo](x)\n\nAnother caption", ["[image: A photo]", "", "Another caption"]),
        ("![" + "long " * 20 + "](x)", ["[image: long long long long long long…]"]),
    ],
)
def test_markdown(body: str, lines: list[str]) -> None:
    assert shown(body) == lines


def test_styles_are_named_not_coloured() -> None:
    (line,) = below_head(render(article("**bold *both*** `code` ~~gone~~ plain"), (), 60))
    assert [(run.text, run.roles) for run in line.runs] == [
        ("bold ", ("strong",)),
        ("both", ("strong", "emphasis")),
        (" ", ()),
        ("code", ("code",)),
        (" ", ()),
        ("gone", ("strike",)),
        (" plain", ()),
    ]


def test_footnotes_are_collected_at_the_end() -> None:
    body = "First[^b] and second[^a].\n\n[^a]: Alpha.\n[^b]: Beta, long enough to be wrapped onto two lines.\n\nLast."
    assert shown(body) == [
        "First¹ and second².",
        "",
        "Last.",
        "",
        "Notes",
        "¹ Beta, long enough to be wrapped onto",
        "  two lines.",
        "² Alpha.",
    ]


def test_what_is_nested_too_deep_is_shown_as_it_is_written() -> None:
    text = " ".join(shown("> " * 60 + "*the* end"))
    assert "*the* end" in text


# Links


def test_links_are_numbered_once_and_listed_with_their_hosts() -> None:
    body = "A [story](https://a.example/1), [another](http://b.example), [the first][1] and <https://c.example/x>.\n\n[1]: https://a.example/1"
    laid_out = render(article(body), (), 80)
    assert [line.text for line in below_head(laid_out)] == [
        "A story[1], another[2], the first[1] and https://c.example/x[3].",
        "",
        "Links",
        "[1] https://a.example/1",
        "[2] http://b.example",
        "[3] https://c.example/x",
    ]
    assert [(link.number, link.url) for link in laid_out.links] == [
        (1, "https://a.example/1"),
        (2, "http://b.example"),
        (3, "https://c.example/x"),
    ]
    assert roles(below_head(laid_out)[3], "a.example") == ("link", "link-host")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("[bank.example](https://evil.example/)", "bank.example[1: evil.example]"),
        ("[https://bank.example/login](https://bank.example@evil.example/)", "https://bank.example/login[1: evil.example]"),
        ("[www.bank.example](https://bank.example/)", "www.bank.example[1]"),
        ("[\u0430pple.com](https://\u0430pple.com/)", "\u0430pple.com[1: xn--pple-43d.com]"),
        ("[site](/world/1)", "site[1]"),
        ("[host](//cdn.example/x)", "host[1]"),
        ("[here](#below)", "here"),
        ("[file](file:///etc/passwd)", "[file](file:///etc/passwd)"),
        ("[run](javascript:alert(1))", "[run](javascript:alert(1))"),
        ("[call](tel:+123)", "call (tel:+123)"),
        ("see https://a.example/x_y_z.", "see https://a.example/x_y_z[1]."),
        ("see (https://a.example/(x))", "see (https://a.example/(x)[1])"),
    ],
)
def test_a_link_shows_where_it_goes(body: str, line: str) -> None:
    assert shown(body, 80)[0] == line


def test_a_relative_link_leads_to_the_publisher_or_nowhere() -> None:
    assert render(article("[x](/world/1)"), (), 60).links[0].url == "https://example.org/world/1"
    unpublished = Article("a.md", "H", "[x](/etc/passwd) [y](../b.md)", "markdown")
    laid_out = render(unpublished, (), 60)
    assert laid_out.links == ()
    assert laid_out.lines[-1].text == "x (/etc/passwd) y (../b.md)"


# Tables


TABLE = "| Name | Votes |\n|:-----|------:|\n| Amal | 12 |\n| Min Aung Hlaing of the council | 1,234 |\n"


def test_a_table_that_fits_is_as_wide_as_its_words() -> None:
    assert shown(TABLE, 60) == [
        "Name                           │ Votes",
        "───────────────────────────────┼──────",
        "Amal                           │    12",
        "Min Aung Hlaing of the council │ 1,234",
    ]


def test_cells_are_folded_where_it_does_not_fit() -> None:
    assert shown(TABLE, 26) == [
        "Name               │ Votes",
        "───────────────────┼──────",
        "Amal               │    12",
        "───────────────────┼──────",
        "Min Aung Hlaing of │ 1,234",
        "the council        │",
    ]


def test_a_table_with_too_many_columns_is_read_row_by_row() -> None:
    heads = [f"Column{number}" for number in range(6)]
    body = f"|{'|'.join(heads)}|\n|{'-|' * 6}\n|{'|'.join('words here' for _ in heads)}|\n"
    lines = shown(body, 30)
    assert lines == [f"Column{number}  words here" for number in range(6)]


# Plain text


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("*not* _marked_ # up\n\n    no code", ["*not* _marked_ # up", "", "no code"]),
        ("one   two\tthree", ["one two three"]),
        ("a list\n- one\n- two", ["a list", "- one", "- two"]),
        ("https://a.example/x", ["https://a.example/x[1]", "", "Links", "[1] https://a.example/x"]),
    ],
)
def test_plain_text(body: str, lines: list[str]) -> None:
    assert shown(body, form="plain") == lines


def test_hard_wrapped_plain_text_is_reflowed() -> None:
    body = "The first line of a paragraph that was broken at a margin\nand goes on."
    assert shown(body, 80, "plain") == ["The first line of a paragraph that was broken at a margin and goes on."]


@pytest.mark.parametrize(
    ("line", "is_subhead"),
    [
        ("‘Unity and cooperation’", True),
        ("“Unity”", True),
        ("WHAT COMES NEXT", True),
        ("“I will go.”", False),
        ("‘One’ and ‘two’", False),
        ("THE END.", False),
        ("A sentence like any other", False),
        ("中文标题", False),
    ],
)
def test_subheads_of_plain_text(line: str, is_subhead: bool) -> None:
    lines = render(article(f"Before.\n\n{line}\n\nAfter.", "plain"), (), 60).lines
    found = next(entry for entry in lines if entry.text == line)
    assert ("heading-2" in found.runs[0].roles) is is_subhead


# Mentions


@pytest.mark.parametrize(
    "body",
    [
        "The premier Li Qiang went.",
        "*Li Qiang* went",
        "**Li** and **Li Qiang**",
        "[Li Qiang](https://a.example/Li) went",
        "[a story about Li Qiang](https://a.example/Li)",
        "# About Li Qiang #\n\ntext",
        "- one\n- > two Li Qiang",
        "| a | Li Qiang |\n|--|--|\n| Li Qiang | Li Qiang |",
        "| Li \\| x | y |\n|--|--|\n| Li Qiang | z |",
        "x &amp; \\* Li Qiang",
        "text[^1]\n\n[^1]: said Li Qiang",
        "About Li Qiang\n===",
        "1. 1\n2. Li Qiang",
        "**to** Li Qiang* and* so",
    ],
)
def test_mentions_are_marked_wherever_the_parser_moves_them(body: str) -> None:
    laid_out = render(article(body), [mention(body, "Li Qiang", found.start()) for found in re.finditer("Li Qiang", body)], 70)
    assert named(laid_out) == ["Li Qiang"] * len(re.findall("Li Qiang", body))


def test_a_mention_goes_on_over_a_line_end() -> None:
    body = "It was Li\n  Qiang who\nwent"
    laid_out = render(article(body), [Mention("Li Qiang", "person", "Li Qiang", 7, 7 + len("Li\n  Qiang"))], 70)
    assert named(laid_out) == ["Li Qiang"]


@pytest.mark.parametrize(
    "body",
    [
        "[x](https://a.example/Li_Qiang)",
        "see https://a.example/Li/news",
        "`Li`",
        "![Li](x.png)",
        "[Li]\n\n[Li]: https://a.example",
        "a*Li*b",
        "_Li_",
        "<https://Li.example>",
    ],
)
def test_marking_a_mention_never_changes_what_is_read(body: str) -> None:
    mentions = [mention(body, "Li", found.start()) for found in re.finditer("Li", body)]
    marked, unmarked = render(article(body), mentions, 70), render(article(body), (), 70)
    assert [line.text for line in below_head(marked)] == [line.text for line in below_head(unmarked)]
    assert marked.links == unmarked.links


def test_mentions_of_plain_text() -> None:
    body = "The premier  Li Qiang went.\n\n‘Li Qiang and cooperation’\n\nLi Qiang"
    laid_out = render(article(body, "plain"), [mention(body, "Li Qiang", found.start()) for found in re.finditer("Li Qiang", body)], 70)
    assert named(laid_out) == ["Li Qiang"] * 3


MARKS = ["*", "**", "_", "`", "[", "](http://a.example) ", "![", "](x)", "~~", "<", ">", "|", "\\", "&amp;", "[^1]", "\n[^1]: "]
BLOCKS = ["\n", "\n\n", "> ", "- ", "1. ", "# ", "\n|-|-|\n", "    ", "```\n", "---\n"]
WORDS = ["Li Qiang", "word ", "http://b.example/x ", "漢字", "سلام ", "é", "\x1b[31m", "\u202e", "\u200b"]
markdown_soup = st.lists(st.sampled_from(MARKS + BLOCKS + WORDS), max_size=40).map("".join)


@given(markdown_soup, st.integers(1, 90), st.sampled_from(["markdown", "plain"]))
@settings(max_examples=200, deadline=None)
def test_any_text_is_laid_out_clean_within_the_width_with_its_mentions(body: str, width: int, form: BodyForm) -> None:
    mentions = [mention(body, "Li Qiang", found.start()) for found in re.finditer("Li Qiang", body)]
    laid_out = render(article(body, form), mentions, width)
    assert not laid_out.is_cut
    for line in laid_out.lines:
        text = line.text.replace("\u2068", "").replace("\u2069", "")
        assert cell_len(text) <= laid_out.width
        assert clean(text) == text
        assert "\n" not in text
    letters = sorted("".join(named(laid_out)).replace(" ", ""))
    assert letters == sorted("LiQiang" * (len(letters) // len("LiQiang")))
    assert [line.place for line in laid_out.lines] == sorted(line.place for line in laid_out.lines)


@given(markdown_soup, st.integers(12, 90))
@settings(max_examples=100, deadline=None)
def test_mentions_leave_the_words_as_they_were(body: str, width: int) -> None:
    mentions = [mention(body, "Li Qiang", found.start()) for found in re.finditer("Li Qiang", body)]
    marked, unmarked = (render(article(body), found, width) for found in (mentions, ()))
    assert marked.links == unmarked.links
    assert [line.text for line in below_head(marked)] == [line.text for line in below_head(unmarked)]


# Bidirectional text


def test_right_to_left_words_are_kept_apart_from_our_marks() -> None:
    lines = [line.text for line in below_head(render(article("سلام دنیا\n\n> سلام\n\n| الف | b |\n|-|-|\n| ج | د |"), (), 40))]
    assert lines[0] == "سلام دنیا"
    assert lines[2] == "▌ \u2068سلام\u2069"
    assert lines[4] == "\u2068الف\u2069 │ b"
