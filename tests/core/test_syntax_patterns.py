"""Regular expressions: what is understood, what is refused because it could take for ever, and where matches are found."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.query.patterns import WINDOW, BadPattern, compile_pattern, fits


@pytest.mark.parametrize(
    ("regex", "text"),
    [
        ("rate.cut", "the Rate-Cut"),
        (r"^flood\b", "Flood warning"),
        (r"warning$", "flood warning"),
        ("colou?r|gr[ae]y", "grey"),
        (r"\d{4}-\d\d", "on 2024-03"),
        (r"(?:abc)+d", "abcabcd"),
        (r"a.*b.*c", "a b c"),
        (r"(?P<day>mon|tues)day", "Tuesday"),
        (r"(?<!pre)paid", "paid"),
        (r"[]a]+[^]b]", "]ac"),
        (r"a\+b", "a+b"),
        ("[[]x", "[x"),
        ("é", "É"),
        ("中.{0,3}人", "中华国人"),
    ],
)
def test_a_pattern_fits(regex: str, text: str) -> None:
    assert fits(regex, text)
    assert not fits(regex, "quite other words")


@pytest.mark.parametrize(
    "regex",
    ["(", ")", "[", "a**", "*a", "(?P<n>a", "x{99999999999}", r"\q", "(?<=a+)b", "a" * 201],
)
def test_what_is_malformed_is_refused(regex: str) -> None:
    with pytest.raises(BadPattern):
        compile_pattern(regex)


@pytest.mark.parametrize(
    "regex",
    [
        "(a+)+$", "(a*)*b", "(a|a)*b", "(a|ab)+c", "((ab)?)+", "(a?){50}", "(a{9}){9}", "(?:(?:a+))+b", "([a-z]+)*1", "(.*)*", "(a+){2,}",
        "a?" * 40 + "a" * 40, "(aa|aa)" * 28, ".*.*.*x", r"(\w+\s?)*x",
        r"(a+)\1", "(?P<x>a+)(?P=x)+", "(?i)a", "(?x)[#](a+)+", "(?>a+)+", "(?(1)a|b)", "(?#c)a",
    ],
)  # fmt: skip
def test_what_could_take_for_ever_is_refused_in_words(regex: str) -> None:
    with pytest.raises(BadPattern) as raised:
        compile_pattern(regex)
    assert "\n" not in str(raised.value)


def test_matches_are_found_across_the_windows() -> None:
    needle = "begin" + "-" * (WINDOW // 2 - 8) + "end"
    for before in range(0, 2 * WINDOW, 7):
        assert fits("begin-+end", "x" * before + needle + "x" * WINDOW)


@pytest.mark.parametrize("regex", ["a+b", ".*x", r"\w+\d", "(?=(a+))a*b", "(a+)?b"])
def test_a_long_dull_text_is_searched_in_bounded_time(regex: str) -> None:
    started = time.monotonic()
    assert not fits(regex, "a" * 20_000)
    assert time.monotonic() - started < 5


@settings(max_examples=300, deadline=20_000)
@given(st.text(st.sampled_from(list("ab()|*+?{}[]^$.\\1,20:=!<PQ-")), max_size=24))
def test_whatever_is_accepted_answers_in_time(regex: str) -> None:
    try:
        compile_pattern(regex)
    except BadPattern:
        return
    fits(regex, "ab" * 50 + "a" * 300 + "!")
