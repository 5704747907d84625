"""What holds for every text and every query: reading and writing are inverses, and nothing typed can break the parser."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.errors import QueryError
from reader.query.chips import chips
from reader.query.complete import complete
from reader.query.dates import DATE_WORDS, DateRange, When, read_range
from reader.query.fields import FIELDS, HAS, IS, SORTS
from reader.query.fold import tokens
from reader.query.patterns import BadPattern, compile_pattern
from reader.query.pieces import cut
from reader.query.refine import finished, settled
from reader.query.syntax import parse, unparse
from reader.query.tree import And, Node, Not, Or, Pattern, Query, SavedRef, Sort, Term, Text, Words, all_of, any_of, negated, walk

FRAGMENTS = [
    *(f"{name}:" for field in FIELDS for name in (field.name, *field.aliases)),
    *(f"{field.name}:{choice.name}" for field in FIELDS for choice in field.choices),
    *"()|-\"*,:/\\@.<>=' ’",
    "OR", "AND", "NOT", " ", "  ", "\t", "\n", "..", ">=", "/a/", "foo:", "http://", "@m", "a", "U.S.", "covid-19", "été", "中国", "“", "é",
    "2024", "2024-0", "2024-03", "7d", "24h", "today", "mon", "lastvisit", "50", "\x00", "\ud800", "\u200b", "🔥",
]  # fmt: skip
TEXTS = st.one_of(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join), st.text(max_size=40))

AWKWARD = ["x", "Lyon", "min aung", "OR", "-a", "@b", "a,b", "c:d", 'q"q', "b\\", "e*", "(f)", "g|h", "/i/", "NOT", "is:read", "été"]
ANY_WORDS = st.text(max_size=8).map(lambda text: " ".join(text.split())).filter(lambda text: bool(tokens(text)))
HELD = st.sampled_from(AWKWARD) | ANY_WORDS
PERIODS = [*DATE_WORDS, "2024", "2024-03", "7d", "24h", ">2024", ">=7d", "<=today", "<lastvisit", "2024..7d", "7d..7d"]
RANGES = st.one_of(
    st.sampled_from(PERIODS).map(read_range),
    st.builds(DateRange, st.just(When("2024")), st.just(When("2024-03"))),
)


def _is_normal_pattern(regex: str) -> bool:
    """Whether it is one, with its slashes bare."""
    try:
        compile_pattern(regex)
    except BadPattern:
        return False
    return bool(regex.strip()) and not re.search(r"(?<!\\)(?:\\\\)*\\/", regex)


PATTERNS = st.text(st.sampled_from("ab /\\.,)|d"), min_size=1, max_size=6).filter(_is_normal_pattern)
TEXT_VALUES = st.builds(Text, HELD, st.booleans())


def _terms(fields: list[str], values: st.SearchStrategy[Text | Pattern | DateRange]) -> st.SearchStrategy[Node]:
    return st.builds(Term, st.sampled_from(fields), st.lists(values, min_size=1, max_size=3).map(tuple))


LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Words, HELD, st.booleans()),
    st.from_regex(r"[\w-]{1,5}", fullmatch=True).map(SavedRef),
    _terms(["category", "entity", "person", "org", "place", "tag", "language"], TEXT_VALUES),
    _terms([field.name for field in FIELDS if field.takes_regex], st.one_of(TEXT_VALUES, PATTERNS.map(Pattern))),
    _terms(["date"], RANGES),
    _terms(["is"], st.sampled_from([Text(choice.name) for choice in IS])),
    _terms(["has"], st.sampled_from([Text(choice.name) for choice in HAS])),
)


def _grown(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=2, max_size=4)
    return st.one_of(nodes.map(negated), several.map(all_of).map(_there), several.map(any_of).map(_there))


def _there(node: Node | None) -> Node:
    assert node is not None
    return node


QUERIES = st.builds(
    Query,
    st.none() | st.recursive(LEAVES, _grown, max_leaves=8),
    st.none() | st.builds(Sort, st.sampled_from([choice.name for choice in SORTS]), st.booleans()),
    st.none() | st.integers(1, 999_999_999),
)


@settings(max_examples=400)
@given(QUERIES)
def test_every_query_reads_back_from_its_text(query: Query) -> None:
    text = unparse(query)
    assert parse(text, final=True) == query
    assert unparse(parse(text, final=True)) == text


@settings(max_examples=400)
@given(TEXTS)
@example('"')
@example("a:(")
@example("-")
def test_any_text_that_reads_is_written_back_with_the_same_meaning(text: str) -> None:
    query = _read(text)
    if isinstance(query, QueryError):
        assert 0 <= query.start < query.end <= len(text)
    else:
        assert parse(unparse(query), final=True) == query


@settings(max_examples=400)
@given(TEXTS)
@example("singap")
@example("person:shanmug")
@example("a (b OR c")
@example('"min aung')
@example("date:2024-0")
def test_a_filter_that_was_typed_asks_for_the_same_where_it_is_put(text: str) -> None:
    typed, put = parse(text, final=False), settled(finished(text))
    assert (put.root, put.sort, put.limit) == (typed.root, typed.sort, typed.limit)
    if typed.error is None:
        assert parse(finished(text), final=True).root == typed.root


@settings(max_examples=400)
@given(TEXTS)
def test_a_filter_that_nobody_types_is_read_as_on_the_command_line(text: str) -> None:
    query = _read(text)
    if not isinstance(query, QueryError):
        put = settled(text)
        assert (put.root, put.sort, put.limit) == (query.root, query.sort, query.limit)
        for hint in put.hints:
            assert 0 <= hint.start < hint.end <= len(text)


@settings(max_examples=400)
@given(TEXTS)
def test_nothing_typed_ever_raises_and_every_span_is_in_range(text: str) -> None:
    query = parse(text, final=False)
    for hint in query.hints:
        assert 0 <= hint.start < hint.end <= len(text)
        assert hint.message
    for node in walk(query.root):
        if isinstance(node, Words | Term | SavedRef):
            assert 0 <= node.span[0] < node.span[1] <= len(text)
    assert parse(unparse(query), final=True) == Query(query.root, query.sort, query.limit)
    assert bool(chips(query)) == (query != Query())


@settings(max_examples=200)
@given(TEXTS)
def test_a_tree_is_in_normal_form(text: str) -> None:
    for node in walk(parse(text, final=False).root):
        if isinstance(node, And | Or):
            assert len(node.children) > 1
            assert not any(type(child) is type(node) for child in node.children)
        if isinstance(node, Not):
            assert not isinstance(node.child, Not)
        if isinstance(node, Words):
            assert tokens(node.text)


@settings(max_examples=200)
@given(TEXTS)
def test_a_text_without_mistakes_has_none_while_typed(text: str) -> None:
    if isinstance(_read(text), Query):
        assert parse(text, final=False).error is None


def _read(text: str) -> Query | QueryError:
    try:
        return parse(text, final=True)
    except QueryError as error:
        return error


@settings(max_examples=200)
@given(TEXTS)
def test_pieces_follow_one_another(text: str) -> None:
    at = 0
    for piece in cut(text):
        assert text[at : piece.start].strip() == ""
        assert piece.start < piece.end
        at = piece.end
    assert text[at:].strip() == ""


@settings(max_examples=200)
@given(TEXTS, st.integers(0, 40))
def test_completion_takes_any_text_and_cursor(text: str, at: int) -> None:
    cursor = min(at, len(text))
    completion = complete(text, cursor, lambda field, beginning, most: (), ["morning"])
    assert 0 <= completion.start <= cursor <= completion.end <= len(text)
