"""What is read of front matter without asking YAML is what YAML says of it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.intake.flat import read_flat

WIRE = """\
title: Ferry to Peaks Island held, crew safe
date: 2024-11-05T09:30:00.120Z
category: "WORLD: sea"
code: 'A-1 # not a comment'
origin_url: https://example.com/a?b=c#d
words: 0412
draft: no
byline:
note: null
ville: Évian
"""


def as_yaml(text: str) -> dict[str, str | None]:
    """What libyaml finds in a mapping of keys to one text each, everything as it is written."""
    found = yaml.compose(text, Loader=yaml.CBaseLoader)
    nothing = ("", "~", "null", "Null", "NULL")
    return {key.value.lower(): None if not value.style and value.value in nothing else value.value for key, value in found.value}


def test_what_a_wire_service_writes_is_read() -> None:
    assert read_flat(WIRE) == as_yaml(WIRE)
    assert read_flat(WIRE.replace("\n", "  \n")) == as_yaml(WIRE)


@pytest.mark.parametrize(
    "line",
    [
        "title: a: b", "title: a #b", "title: at:", "title: [a]", "title: {a: b}", "title: - a", "title: *a", "title: &a b", "title: !a b",
        "title: |", "title: 'it''s'", 'title: "a\\tb"', 'title: "a" b', "title: 'a", "title:a", "title : a", "  title: a", "? a", "- a",
        "# a", "", "date: 1", "Date: 1", "null: a", "1: a", "é: a", "title: a\tb", "title:\ta", "title: a\u2028b", "title: a\u0085b",
        "title: \ufeffa", "title: \x1ba", "title: \ud800", "title: `a`", "title: %a", "title: @a", "title: ,a", "title: ? a", "  a",
    ],
)  # fmt: skip
def test_what_may_mean_something_to_yaml_is_left_to_it(line: str) -> None:
    assert read_flat(f"date: 2024-11-05\n{line}\nlayout: x\n") is None


KEYS = st.sampled_from(["title", "Title", "date", "a-b", "_x", "y", "NULL", "~", "1a", "é", "a b", "k" * 41, "k" * 42, "<<", ""])
PIECES = st.sampled_from(
    [
        *" :#\"'-?!&*|>%@`{}[],~\\/.=<$+\t\x7f\x85\xa0\u2028\ufeffé中😀",
        ": ", " #", "null", "no", "12:30", "0x1f", "1e3", "2024-11-05", "2024-11-05 10:00:00 -5", "https://a.b/c#d?e", "---", "...", "<<",
    ]
)  # fmt: skip
VALUES = st.lists(PIECES | st.text(max_size=3), max_size=5).map("".join)
QUOTED = st.builds(lambda mark, value: f"{mark}{value}{mark}", st.sampled_from(["'", '"']), VALUES)
LINES = st.builds(lambda key, colon, value: f"{key}{colon}{value}", KEYS, st.sampled_from([": ", ":  ", ":", " : "]), VALUES | QUOTED)


@settings(max_examples=1500)
@given(st.lists(LINES, min_size=1, max_size=3), st.sampled_from(["", "\n"]))
def test_whatever_is_read_is_what_yaml_says(lines: list[str], end: str) -> None:
    text = "\n".join(lines) + end
    found = read_flat(text)
    assert found is None or found == as_yaml(text)
