"""Regular expressions: what is understood, what is refused because it could take for ever, and where matches are found."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.query.patterns import MAX_STRETCH, REACHES, BadPattern, compile_pattern, fits


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
        ("x{100}y{100}z{100}", "x" * 100 + "y" * 100 + "z" * 100),
        (r"\b(?:\d{3} ){2,}", "by 100 200 300"),
        ("((ab){9}){9}", "ab" * 81),
        ("a{}" * 9, "a{}" * 9),
        ("federal reserve.*interest rate.*inflation expectations rose", "Federal Reserve: interest rate up, inflation expectations rose"),
        (r"\d+(?:\.\d+)? (?:per cent|percent|%)", "by 2.5 percent"),
        ("one.*two.*three|four.*five.*six", "four five six"),
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
        "(a+)+$", "(a*)*b", "(a|a)*b", "(a|ab)+c", "((ab)?)+", "(a?){50}", "((a{999}){999}){999}", "(?:(?:a+))+b", "([a-z]+)*1", "(.*)*",
        "(a+){2,}", "a?" * 40 + "a" * 40, "(aa|aa)" * 28, ".*.*.*x", r"(\w+\s?)*x",
        "a.*b.*c.*d", ".*.*" + "a" * 190 + "b", "[^x]*+a", "a?+b", "a{2,}+b",
        r"(a+)\1", "(?P<x>a+)(?P=x)+", "(?i)a", "(?x)[#](a+)+", "(?>a+)+", "(?(1)a|b)", "(?#c)a",
    ],
)  # fmt: skip
def test_what_could_take_for_ever_is_refused_in_words(regex: str) -> None:
    with pytest.raises(BadPattern) as raised:
        compile_pattern(regex)
    assert "\n" not in str(raised.value)


FAR, NEAR = REACHES
SHORT_PIECES = ["flood", "floods", "Floodings ", " dam", "\n", ". ", "x" * 40, "rate-cut\n"]
"""None longer than what repeats without end reaches."""


@pytest.mark.parametrize("before", [0, 90, 99, 100, 195, 199, 200, 4_000])
@pytest.mark.parametrize("regex", [r"\bflood\b", "flood$", r"flood\Z", "flood(?!ings)", "flood(?!i.*s)", r"flood\B$"])
def test_a_text_ends_where_it_ends(regex: str, before: int) -> None:
    assert not fits(regex, f"{'-' * before}floodings, and more of {'them ' * 100}")


@pytest.mark.parametrize("before", [0, 195, 3_000])
@pytest.mark.parametrize(
    ("regex", "between", "is_found"),
    [
        ("begin.*end", 250, True), ("begin.*end", FAR, True), ("begin.*end", FAR + 1, False), ("begin.{2,}end", FAR + 2, True),
        ("begin.*?end", FAR, True), ("begin-+end", FAR + 1, True), ("begin[^x]*e[n]*d", NEAR, True), ("begin.{300}end", 300, True),
        ("begin(?=.{0,300}end)", 300, True), ("begin(?:--)*end", 2 * NEAR, True),
        ("begin-{20}.*end", FAR + 20, True), ("begin-{20}.*end", FAR + 21, False),
    ],
)  # fmt: skip
def test_what_repeats_without_end_reaches_far(regex: str, between: int, is_found: bool, before: int) -> None:
    assert fits(regex, f"{'x' * before}begin{'-' * between}end{'x' * 300}") == is_found


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(SHORT_PIECES), max_size=100).map(lambda pieces: "".join(pieces * 5)),
    st.lists(
        st.sampled_from(["flood", "s?", r"\b", "$", "^", "(?!ings)", "(?<=x)", "[ -]*", "da+m", "(?:x|\n)", r"\Z",
                         "(?:dam|ings )?", "(?:x{5}){2}", "o{2}"]),
        min_size=1, max_size=5, unique=True,
    ),
)  # fmt: skip
def test_short_matches_are_found_wherever_there_are_some_and_nowhere_else(text: str, pieces: list[str]) -> None:
    regex = "".join(pieces)
    is_there = re.search(regex, text, re.IGNORECASE) is not None
    assert fits(regex, text) == is_there
    for stride in (1, 7):
        assert replace(compile_pattern(regex), stride=stride).fits(text) == is_there


class Spy:
    """Stands for a compiled pattern that finds nothing; keeps how many characters it was given at once, at most."""

    def __init__(self) -> None:
        self.most_places = 0

    def search(self, _text: str, start: int, end: int) -> None:
        self.most_places = max(self.most_places, end - start)

    def match(self, _text: str, _start: int, _end: int) -> None:
        self.most_places = max(self.most_places, 1)


@pytest.mark.parametrize(
    ("regex", "least_steps"),
    [
        (".*" + "a" * 40 + "b", NEAR * 41),
        (".*" + "a" * 190 + "b", NEAR * 191),
        (".*" + r"\w" * 98 + "!", NEAR * 99),
        (".*.*" + "a" * 40 + "b", NEAR * NEAR * 41),
        (".*(?:" + "a" * 150 + "|b)", NEAR * 150),
        (".*a{900}b", NEAR * 900),
        ("a?" * 12 + "a" * 100, 2**12 * 100),
    ],
)  # fmt: skip
def test_what_follows_a_repeat_counts_for_each_way_to_come_there(regex: str, least_steps: int) -> None:
    spy = Spy()
    replace(compile_pattern(regex), pattern=spy).fits("a" * 100_000)  # type: ignore[arg-type]
    assert spy.most_places * least_steps <= MAX_STRETCH


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
