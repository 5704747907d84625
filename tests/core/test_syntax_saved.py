"""Saved searches used in others, and the echo of what a query was read as."""

from __future__ import annotations

import pytest

from reader.errors import QueryError
from reader.query.chips import chips
from reader.query.saved import MAX_USES, expand
from reader.query.syntax import parse, unparse
from reader.query.tree import Term, Words, walk

SAVED = {
    "morning": "is:unread since:24h -category:sport",
    "either": "a OR b",
    "Long": "@morning sort:-words limit:20",
    "empty": "",
    "ordered": "sort:source",
    "broken": "is:nothing",
    "uses-broken": "x @broken",
    "one": "x @two",
    "two": "@three OR y",
    "three": "-(z @one)",
    "self": "@self",
}


def expanded(text: str, *, final: bool = True, is_typed: bool = False) -> str:
    return unparse(expand(parse(text, final=final), SAVED, final=final, is_typed=is_typed))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("@morning", "is:unread since:24h -category:sport"),
        ("@MORNING flood", "is:unread since:24h -category:sport flood"),
        ("@either c", "(a OR b) c"),
        ("@either OR c", "a OR b OR c"),
        ("-@either", "-(a OR b)"),
        ("-@morning", "-(is:unread since:24h -category:sport)"),
        ("@long", "is:unread since:24h -category:sport sort:-words limit:20"),
        ("@long sort:date limit:5", "is:unread since:24h -category:sport sort:date limit:5"),
        ("@ordered OR x", "x sort:source"),
        ("@nytimes said", '"@nytimes" said'),
        ("@morn", '"@morn"'),
        ("x", "x"),
        ("", ""),
    ],
)
def test_a_saved_search_stands_for_its_text(text: str, meaning: str) -> None:
    assert expanded(text) == meaning


def test_the_beginning_of_a_saved_name_is_left_out_while_typing() -> None:
    assert expanded("x @morn", final=False, is_typed=True) == "x"
    assert expanded("x @nytimes", final=False, is_typed=True) == 'x "@nytimes"'
    assert expanded("x @morn", final=False) == 'x "@morn"'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x @self", "uses itself: @self → @self"),
        ("x @one", "uses itself: @one → @two → @three → @one"),
        ("x @two", "uses itself: @two → @three → @one → @two"),
        ("x @empty", "@empty: a filter is missing"),
        ("x @broken", "@broken: there is no is:nothing"),
        ("x @uses-broken", "@broken: there is no is:nothing"),
    ],
)
def test_what_cannot_be_expanded_is_named_at_its_place(text: str, message: str) -> None:
    with pytest.raises(QueryError) as raised:
        expanded(text)
    assert message in str(raised.value)
    assert text[raised.value.start : raised.value.end] == text[2:]


@pytest.mark.parametrize("name", ["self", "one", "broken"])
def test_while_typing_it_is_left_out_and_said(name: str) -> None:
    text = f"x @{name} y "
    query = expand(parse(text, final=False), SAVED, final=False)
    assert unparse(query) == "x y"
    assert query.error is not None
    assert text[query.error.start : query.error.end] == f"@{name}"


def test_what_comes_from_a_saved_search_stands_where_its_name_stands() -> None:
    text = "x -@long"
    expanded_query = expand(parse(text, final=True), SAVED)
    spans = [node.span for node in walk(expanded_query.root) if isinstance(node, Term | Words)]
    assert [text[start:end] for start, end in spans] == ["x", "@long", "@long", "@long"]


def test_saved_searches_that_multiply_are_stopped() -> None:
    doubling = {f"s{step}": f"@s{step + 1} @s{step + 1}" for step in range(30)}
    with pytest.raises(QueryError, match="too many"):
        expand(parse("@s0", final=True), doubling)
    assert MAX_USES > 50


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("flood", "flood"),
        ("is:unread place:Lyon,Marseille since:7d", "unread ∧ (place=Lyon ∨ Marseille) ∧ 7d"),
        ("place:Lyon", "place=Lyon"),
        ("place:Lyon,Paris", "place=Lyon ∨ Paris"),
        ('"rate cut" elect* "new wo"*', "“rate cut” ∧ elect* ∧ “new wo”*"),
        ("a OR b c", "a ∨ (b ∧ c)"),
        ("-(a b) -c -tag:x,y", "¬(a ∧ b) ∧ ¬c ∧ ¬(tag=x ∨ y)"),
        ("is:starred,queued has:link", "(starred ∨ queued) ∧ has link"),
        ("title:/x.y/ entity:mac*", "title=/x.y/ ∧ entity=mac*"),
        ("date:2024-03", "2024-03"),
        ("since:2024-03", "≥2024-03"),
        ("before:monday", "<monday"),
        ("date:2024..2025,<=2020", "2024..2025 ∨ ≤2020"),
        ("@morning x", "@morning ∧ x"),
        ("sort:-words limit:5 x", "x ∧ by words, reversed ∧ first 5"),
    ],
)
def test_the_echo_says_how_a_query_was_read(text: str, said: str) -> None:
    query = parse(text, final=True)
    assert " ∧ ".join(chips(query)) == said
    assert " ∧ ".join(chips(query)) == said
