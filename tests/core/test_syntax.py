"""What a filter text means, what is wrong with it, and how it is written back."""

from __future__ import annotations

from typing import cast

import pytest

from reader.errors import QueryError
from reader.query.dates import DateRange, When
from reader.query.fields import FACETS, FIELDS, find_field
from reader.query.syntax import MAX_DEPTH, parse, unparse
from reader.query.tree import And, Node, Not, Or, Pattern, Query, SavedRef, Sort, Term, Text, Words


def final(text: str) -> Query:
    return parse(text, final=True)


def root(text: str) -> Node | None:
    return final(text).root


def typed(text: str) -> Query:
    return parse(text, final=False)


def is_(choice: str) -> Term:
    return Term("is", (Text(choice),))


def date(start: str | None, end: str | None = None, **skips: bool) -> Term:
    return Term("date", (DateRange(cast(When, start), cast(When, end), **skips),))


A, B, C = Words("a"), Words("b"), Words("c")

READ_AS = [
    # words
    ("", None),
    ("   ", None),
    ("flood", Words("flood")),
    ("a b", And((A, B))),
    ("a AND b", And((A, B))),
    ("elect*", Words("elect", is_prefix=True)),
    ('"grève  générale"', Words("grève générale")),
    ('"elect*"', Words("elect*")),
    ('"rate cu"*', Words("rate cu", is_prefix=True)),
    (r'"say \"no\" \\ now"', Words('say "no" \\ now')),
    ('5" screen', And((Words('5"'), Words("screen")))),
    # words with signs inside stay one word
    ("COVID-19", Words("COVID-19")),
    ("U.S.", Words("U.S.")),
    ("O'Brien O’Brien", And((Words("O'Brien"), Words("O’Brien")))),
    ("AFP/Reuters", Words("AFP/Reuters")),
    ("1,000", Words("1,000")),
    ("Lyon,Marseille", Words("Lyon,Marseille")),
    # operators
    ("a OR b", Or((A, B))),
    ("a | b|c", Or((A, B, C))),
    ("a b OR c", Or((And((A, B)), C))),
    ("a (b OR c)", And((A, Or((B, C))))),
    ("(a b) c", And((A, B, C))),
    ("(a OR b) OR c", Or((A, B, C))),
    ("((a))", A),
    ("a or b", And((A, Words("or"), B))),
    ('"OR"', Words("OR")),
    ("-a", Not(A)),
    ("NOT a", Not(A)),
    ("--a", A),
    ("NOT -a", A),
    ("-(a b)", Not(And((A, B)))),
    ('-"a b"', Not(Words("a b"))),
    ("a-b -c", And((Words("a-b"), Not(C)))),
    ("Paris - Nice", And((Words("Paris"), Words("Nice")))),
    # fields
    ("category:world", Term("category", (Text("world"),))),
    ("c:world", Term("category", (Text("world"),))),
    ("Category:world", Term("category", (Text("world"),))),
    ("place:Lyon,Marseille", Term("place", (Text("Lyon"), Text("Marseille")))),
    ("place:Lyon place:Paris", And((Term("place", (Text("Lyon"),)), Term("place", (Text("Paris"),))))),
    ('entity:"Min Aung Hlaing",biden', Term("entity", (Text("Min Aung Hlaing"), Text("biden")))),
    ("-category:a,b", Not(Term("category", (Text("a"), Text("b"))))),
    ("entity:mac*", Term("entity", (Text("mac", is_prefix=True),))),
    ("source:https://a.b/c", Term("source", (Text("https://a.b/c"),))),
    ("is:unread", is_("unread")),
    ("is:Unread", is_("unread")),
    ("is:starred,queued", Term("is", (Text("starred"), Text("queued")))),
    ("has:link", Term("has", (Text("link"),))),
    # regular expressions, where a field takes them
    ("title:/rate.cut/", Term("title", (Pattern("rate.cut"),))),
    (r"title:/km\/h/", Term("title", (Pattern("km/h"),))),
    ("title:/km/h/", Term("title", (Pattern("km/h"),))),
    ("title:/a b, (c)/,d", Term("title", (Pattern("a b, (c)"), Text("d")))),
    ("category:/x/", Term("category", (Text("/x/"),))),
    ("/x/", Words("/x/")),
    # dates
    ("date:2024-03", date("2024-03", "2024-03")),
    ("date:2024-03-01..2024-03-15", date("2024-03-01", "2024-03-15")),
    ("since:7d", date("7d")),
    ("date:7d", date("7d")),
    ("date:>=2024-06", date("2024-06")),
    ("since:2024-06", date("2024-06")),
    ("until:Yesterday", date(None, "yesterday")),
    ("after:2024-03", date("2024-03", skips_start=True)),
    ("before:monday", date(None, "monday", skips_end=True)),
    ('date:"2024-03"', date("2024-03", "2024-03")),
    ("since:lastvisit", date("lastvisit")),
    # saved searches
    ("@morning", SavedRef("morning")),
    ("-@morning x", And((Not(SavedRef("morning")), Words("x")))),
    ("me@example.org", Words("me@example.org")),
    ('"@morning"', Words("@morning")),
    # order and number shape the answer and select nothing
    ("sort:words", None),
    ("a OR b sort:words limit:5", Or((A, B))),
    # text with colons is text
    ("http://example.org/a:b", Words("http://example.org/a:b")),
    ("https://example.org", Words("https://example.org")),
    ("foo:bar", Words("foo:bar")),
    ("12:30", Words("12:30")),
    ("Politics: mood", And((Words("Politics:"), Words("mood")))),
    ("C++ -> x", And((Words("C++"), Words("x")))),
]


@pytest.mark.parametrize(("text", "node"), READ_AS)
def test_a_text_is_read_as(text: str, node: Node | None) -> None:
    assert root(text) == node


@pytest.mark.parametrize("text", [text for text, _ in READ_AS])
def test_what_is_written_back_reads_the_same(text: str) -> None:
    query = final(text)
    written = unparse(query)
    assert final(written) == query
    assert unparse(final(written)) == written


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("a   AND  b", "a b"),
        ("a | b", "a OR b"),
        ('"flood"', "flood"),
        ('c:"world"', "category:world"),
        ("NOT (a | b)", "-(a OR b)"),
        ("lang:fr", "language:fr"),
        ("date:7d", "since:7d"),
        ("date:>=2024-03", "since:2024-03"),
        ("date:<2024-03", "before:2024-03"),
        ("date:>=2024,<2020", "date:>=2024,<2020"),
        ("date:2024-03..2024-03", "date:2024-03"),
        ("date:7d..7d", "date:7d..7d"),
        ("sort:-date limit:5 a", "a sort:-date limit:5"),
        ("sort:words sort:date", "sort:date"),
        ('person:"Angela Merkel"', 'person:"Angela Merkel"'),
        ('category:"a,b"', 'category:"a,b"'),
        ('"title:x" "NOT"', '"title:x" "NOT"'),
        (r"path:/a\/b/", r"path:/a\/b/"),
    ],
)
def test_there_is_one_canonical_spelling(text: str, canonical: str) -> None:
    assert unparse(final(text)) == canonical


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("sort:date", Sort("date")),
        ("sort:-date", Sort("date", is_reversed=True)),
        ("a OR sort:Relevance b", Sort("relevance")),
        ("(a sort:headline)", Sort("headline")),
        ("sort:source", Sort("source")),
        ("sort:-words", Sort("words", is_reversed=True)),
    ],
)
def test_an_order_may_stand_anywhere(text: str, sort: Sort) -> None:
    assert final(text).sort == sort


def test_a_limit_is_a_number() -> None:
    assert final("a limit:50").limit == 50


@pytest.mark.parametrize(
    ("text", "wrong_part", "word"),
    [
        ('say "rate cut', '"rate cut', "quote"),
        ('person:"Angela', '"Angela', "quote"),
        ("title:/x", "/x", "regular expression"),
        ("(a OR b", "(", "not closed"),
        ("a ) b", ")", "closes nothing"),
        ("a () b", "()", "nothing between"),
        ("a OR", "OR", "both sides"),
        ("OR a", "OR", "both sides"),
        ("a OR OR b", "OR", "both sides"),
        ("a | ) b", "|", "both sides"),
        ("AND a", "AND", "both sides"),
        ("a AND", "AND", "both sides"),
        ("a NOT", "NOT", "after it"),
        ("category: x", "category:", "right after the colon"),
        ("category:", "category:", "needs a value"),
        ("category:(a b)", "category:", "category:a,b"),
        ("place:Lyon, Paris", "place:Lyon,", "beside this comma"),
        ("place:,Paris", "place:", "beside this comma"),
        ('category:"" x', 'category:""', "needs a value"),
        ("title:-", "title:-", "needs a word"),
        ("is:unraed", "unraed", "is:unread"),
        ("is:unstarred", "unstarred", "-is:starred"),
        ("is:not-read", "not-read", "-is:read"),
        ("is:yes", "yes", "unread, read, starred"),
        ("is:unread*", "unread*", "is:unread"),
        ("has:picture", "picture", "link, image"),
        ("date:2024-13", "2024-13", "no date"),
        ("a date:2024-02-30 b", "2024-02-30", "no date"),
        ("since:2024..2025", "2024..2025", "no date"),
        ("date:..", "..", "one side"),
        ("sort:size", "size", "date, relevance"),
        ("sort:dat", "dat", "sort:date"),
        ("sort:date,words", "sort:date,words", "one value"),
        ("-sort:date", "sort:date", "negated"),
        ("limit:0", "0", "number"),
        ("limit:many", "many", "number"),
        ("title:/(/", "/(/", "regular expression"),
        ("title:/(a+)+b/", "/(a+)+b/", "for ever"),
        ("(" * (MAX_DEPTH + 1), "(", "brackets"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, wrong_part: str, word: str) -> None:
    with pytest.raises(QueryError, match=word) as raised:
        final(text)
    assert text[raised.value.start : raised.value.end] == wrong_part
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "selects"),
    [
        ("a category:", "a"),
        ("a (", "a"),
        ('a "Ang', "a"),
        ('a person:"Ang', "a"),
        ("a OR", "a"),
        ("a OR ", "a"),
        ("a |", "a"),
        ("a AND ", "a"),
        ("a NOT ", "a"),
        ("a -", "a"),
        ("(a OR b", "a OR b*"),
        ("(a ()", "a"),
        ("place:Lyon,", "place:Lyon"),
        ("date:", ""),
        ("date:20", ""),
        ("date:2024-1", "date:2024"),
        ("date:2024-03-1", "date:2024-03"),
        ("date:2024-01..2024-0", "date:2024-01..2024"),
        ("date:>=", ""),
        ("since:yest", ""),
        ("since:2024-0", "since:2024"),
        ("is:", ""),
        ("is:unr", ""),
        ("is:starred,un", "is:starred"),
        ("sort:", ""),
        ("sort:rel", ""),
        ("sort:-w", ""),
        ("limit:", ""),
        ("title:/ab", ""),
    ],
)
def test_an_unfinished_tail_is_left_out_in_silence(text: str, selects: str) -> None:
    query = typed(text)
    assert unparse(query) == selects
    assert not query.hints


@pytest.mark.parametrize(
    ("text", "selects", "wrong_part"),
    [
        ("category: is:unread", "is:unread", "category:"),
        ("a OR OR b ", "a OR b", "OR"),
        ("is:foo", "", "foo"),
        ("is:unr a ", "a", "unr"),
        ("date:2024-13 a ", "a", "2024-13"),
        ("date:20 a ", "a", "20"),
        ("a ) b ", "a b", ")"),
        ("title:/(/ a ", "a", "/(/"),
        ("() a ", "a", "()"),
        ("sort:size a ", "a", "size"),
        ("-limit:3 a ", "a", "limit:3"),
    ],
)
def test_what_is_wrong_before_the_tail_is_left_out_and_said(text: str, selects: str, wrong_part: str) -> None:
    query = typed(text)
    assert unparse(query) == selects
    assert query.error is not None
    assert text[query.error.start : query.error.end] == wrong_part


@pytest.mark.parametrize(
    ("text", "selects"),
    [
        ("fl", "fl*"),
        ("rate fl", "rate fl*"),
        ("rate fl ", "rate fl"),
        ("fl)", "fl"),
        ('"fl"', "fl"),
        ("entity:bid", "entity:bid*"),
        ("place:Lyon,Mar", "place:Lyon,Mar*"),
        ("-fl", "-fl"),
        ("-category:sp", "-category:sp"),
        ("@morn", "@morn"),
    ],
)
def test_the_word_being_typed_is_a_beginning_unless_it_excludes(text: str, selects: str) -> None:
    assert unparse(typed(text)) == selects


@pytest.mark.parametrize(
    ("text", "near"),
    [("foo:bar", None), ("categry:x", "category:"), ("unread:true", "is:unread"), ("image:yes", "has:image"), ("Persn:x", "person:")],
)
def test_an_unknown_field_is_text_with_a_hint(text: str, near: str | None) -> None:
    query = final(text)
    assert query.root == Words(text)
    [hint] = query.hints
    assert not hint.is_error
    assert text[hint.start : hint.end].endswith(":")
    assert "searched literally" in hint.message
    assert (near or "no field") in hint.message


@pytest.mark.parametrize("text", ["http://a.b", "12:30", "Politics: mood", "a:b", "flood"])
def test_text_that_looks_like_no_field_gets_no_hint(text: str) -> None:
    assert not final(text).hints


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("IOS", Words("IOS")),
        ("unread = true", And((Words("unread"), Words("true")))),
        ('unread = "yes"', And((Words("unread"), Words("yes")))),
        ("-title:/sport|cup/ flood", And((Not(Term("title", (Pattern("sport|cup"),))), Words("flood")))),
        ("tag:rust OR tag:python", Or((Term("tag", (Text("rust"),)), Term("tag", (Text("python"),))))),
        ("tag:a tag:b", And((Term("tag", (Text("a"),)), Term("tag", (Text("b"),))))),
        ("is:starred source:bbc.co.uk", And((is_("starred"), Term("source", (Text("bbc.co.uk"),))))),
        ("date:>=2024-01-05", date("2024-01-05")),
        ("Iran: what - so far (updated)", And((Words("Iran:"), Words("what"), Words("so"), Words("far"), Words("updated")))),
        ("@POTUS #vote AT&T 50%", And((SavedRef("POTUS"), Words("#vote"), Words("AT&T"), Words("50%")))),
    ],
)
def test_what_other_readers_refuse_is_understood(text: str, node: Node) -> None:
    assert root(text) == node


@pytest.mark.parametrize("bad", ["is:red", "date:2024-99", "title:/(/", "sort:size", "category:", "limit:x", "-sort:date", "() a"])
def test_a_mistake_never_empties_or_widens_the_rest(bad: str) -> None:
    query = typed(f"flood {bad} is:unread ")
    assert query.error is not None
    terms = unparse(query).split()
    assert terms[0] == "flood"
    assert terms[-1] == "is:unread"


def test_a_sign_alone_is_left_out_with_a_hint() -> None:
    [hint] = final("unread = true").hints
    assert (hint.start, hint.end, hint.is_error) == (7, 8, False)


def test_spans_point_at_the_terms() -> None:
    text = '(place:"Lyon",Paris OR flood) -@x'
    query = final(text)
    assert isinstance(query.root, And)
    either, unwanted = query.root.children
    assert isinstance(either, Or)
    assert isinstance(unwanted, Not)
    spans = [child.span for child in (*either.children, unwanted.child) if not isinstance(child, And | Or | Not)]
    assert [text[start:end] for start, end in spans] == ['place:"Lyon",Paris', "flood", "@x"]


def test_long_and_deep_texts_are_no_danger() -> None:
    assert typed("(" * 5000).error is not None
    assert isinstance(root("-" * 5001 + "a"), Not)
    assert isinstance(root("a OR " * 2000 + "a"), Or)
    assert typed("word " * 2500).error is None
    assert typed("word " * 2501).error is not None
    assert typed(f"tag:{','.join('a' * 2501)}").error is not None


def test_every_sample_of_the_field_table_is_a_query_of_its_own_field() -> None:
    for field in FIELDS:
        query = final(field.sample)
        assert not query.hints, field.name
        assert field.sample.startswith(f"{field.name}:")
        assert field.help
        assert all(find_field(name) is field for name in (field.name, *field.aliases, field.name.upper()))


def test_every_choice_can_be_typed() -> None:
    for field in FIELDS:
        for choice in field.choices:
            assert choice.help
            assert final(f"{field.name}:{choice.name}") != Query()


def test_the_facets_are_the_promised_ones() -> None:
    assert {"category", "entity", "person", "org", "place", "source", "language", "day"} <= set(FACETS)
