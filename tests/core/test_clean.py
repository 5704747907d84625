"""What `reader.clean` promises: nothing that acts or hides is left, nothing that a language needs is lost."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clean import clean, clean_line, clean_name, host_of, isolate, safe_url

ODD = "\x00\x07\x1b\x7f\x85\x9b\r\u00ad\u034f\u061c\u115f\u17b4\u180e\u200b\u200c\u200d\u200e\u2028\u202e\u2066\u2069"
ODDER = "\ufe0e\ufe0f\ufeff\ufff9\ufffe\ud800\udcff\U000e0041\U000e007f\U000e0100\U0001d173\u0301\u20e3"
HOMES = "a1 \t\n☺❤👩🏽🏴کاक्မី漢"
hostile = st.text(st.sampled_from(ODD + ODDER + HOMES) | st.characters(), max_size=60)

DRAWN_FORMAT_CHARACTERS = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001345f]")
"""Of category Cf, yet seen: signs of Arabic, Syriac and Kaithi numbers, joins of hieroglyphs."""


def may_show(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cc":
        return char in "\t\n"
    if category == "Cf":
        return char in "\u200c\u200d" or DRAWN_FORMAT_CHARACTERS.match(char) is not None
    return category not in ("Cs", "Zl", "Zp")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain — “quoted” 漢字 naïve", "plain — “quoted” 漢字 naïve"),
        ("two\n\tlines", "two\n\tlines"),
        ("\x1b[31mred\x1b]52;c;AAAA\x07", "␛[31mred␛]52;c;AAAA␇"),
        ("\x00\x7f\r", "␀␡␍"),
        ("dos\r\nends", "dos\nends"),
        ("line\u2028end\u2029here", "line\nend\nhere"),
        ("\x9b2J", "\ufffd2J"),
        ("half \ud83d", "half \ufffd"),
        ("tpircs\u202e.txt", "tpircs\ufffd.txt"),
        ("\u200eleft\u200f \u2067in\u2069", "left in"),
        ("so\u00adft ze\u200bro \ufeffmark", "soft zero mark"),
        ("note\ufff9a\ufffab\ufffb", "note\ufffda\ufffdb\ufffd"),
        ("hid\U000e0068\U000e0069den", "hid\ufffdden"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4"),
        ("👩‍🚀 ❤️‍🔥 1️⃣ 🏳️‍🌈", "👩‍🚀 ❤️‍🔥 1️⃣ 🏳️‍🌈"),
        ("می‌خواهم क्‍ष", "می‌خواهم क्‍ष"),
        ("Pay\u200dPal\u200c a\ufe0f", "PayPal a"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 8),
    ],
)
def test_what_acts_is_marked_and_what_hides_is_dropped(written: str, shown: str) -> None:
    assert clean(written) == shown


@given(hostile)
@settings(max_examples=400)
def test_clean_text_holds_nothing_forbidden_and_stays_as_it_is(text: str) -> None:
    shown = clean(text)
    assert all(may_show(char) for char in shown)
    assert clean(shown) == shown
    shown.encode("utf-8")


@given(hostile)
def test_a_clean_line_is_one_line_without_ends(text: str) -> None:
    line = clean_line(text)
    assert line == line.strip() == clean_line(line)
    assert not set(line) & set("\t\n")
    assert "  " not in line


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\u115f\u1160\u3164\uffa0")))
def test_letters_figures_and_signs_are_never_changed(text: str) -> None:
    assert clean(text) == text


def test_only_right_to_left_fields_are_isolated() -> None:
    assert isolate("World") == "World"
    assert isolate("Zürich 漢字") == "Zürich 漢字"
    assert isolate("ایران") == "\u2068ایران\u2069"


@pytest.mark.parametrize(
    ("written", "shown", "host"),
    [
        ("https://Example.ORG/a?b=c#d", "https://example.org/a?b=c#d", "example.org"),
        (" http://a.org ", "http://a.org", "a.org"),
        ("//cdn.example.org/x", "https://cdn.example.org/x", "cdn.example.org"),
        ("https://example.org:8080/", "https://example.org:8080/", "example.org"),
        ("http://[::1]/", "http://[::1]/", "[::1]"),
        ("https://bank.example@evil.example/", "https://bank.example@evil.example/", "evil.example"),
        ("https://a@b@evil.example/", "https://a%40b@evil.example/", "evil.example"),
        ("https://\u0430pple.com/", "https://xn--pple-43d.com/", "xn--pple-43d.com"),
        ("https://a.org/日本?q=あ%20", "https://a.org/%E6%97%A5%E6%9C%AC?q=%E3%81%82%20", "a.org"),
        ('https://a.org/"><x>', "https://a.org/%22%3E%3Cx%3E", "a.org"),
        ("mailto:desk@example.org?subject=x&attach=/etc/passwd", "mailto:desk@example.org", "example.org"),
    ],
)
def test_safe_links_are_shown_in_full(written: str, shown: str, host: str) -> None:
    assert safe_url(written) == shown
    assert host_of(written) == host


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://a.org/",
        "/local/path",
        "page.html",
        "-oProxyCommand=x",
        "http://-oProxyCommand=x/",
        "http://",
        "http:///etc/passwd",
        "http://a b.org/",
        "http://a.org/\x1b]52",
        "http://a.org/\nb",
        "http://a.org\\@evil.example/",
        "http://a.org/\u202egpj",
        "http://a.org/\ud800",
        "http://a%00.org/",
        "mailto:-x@example.org",
        "mailto:nobody",
        "http://a.org/" + "x" * 9_000,
    ],
)
def test_other_addresses_are_no_links(url: str) -> None:
    assert safe_url(url) is None
    assert host_of(url) == ""


@given(st.sampled_from(["http://", "https://", "//", "mailto:a@", ""]).flatmap(lambda start: hostile.map(lambda rest: start + rest)))
@settings(max_examples=300)
def test_a_safe_link_is_printable_ascii_with_a_host_and_stays_as_it_is(url: str) -> None:
    shown = safe_url(url)
    if shown is not None:
        assert shown.isascii()
        assert shown.isprintable()
        assert " " not in shown
        assert shown.startswith(("http://", "https://", "mailto:"))
        assert host_of(shown)
        assert safe_url(shown) == shown


@pytest.mark.parametrize("hidden", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u200d", "\u200e", "\ufe0f", "\U000e0101", "\u3164"])
def test_two_names_that_differ_in_what_hides_look_different(hidden: str) -> None:
    assert clean_name(f"tw{hidden}in.md") == "tw\ufffdin.md"
    assert clean_name("twin.md") == "twin.md"


def test_a_name_keeps_every_blank_it_has() -> None:
    assert clean_name("the  future.md") == "the  future.md"
    assert clean_name(" a\t\nb ") == " a  b "
