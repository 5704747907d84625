"""What is read of front matter without asking YAML is what YAML says of it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.intake.flat import read_flat
from reader.intake.values import Value

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
categories: [World, sea and air, null]
tags:
  - ferry
  - "a: b"
  -
people:
- Ann Lee
"""


def as_yaml(text: str) -> Value:
    """What libyaml finds, every text as it is written."""
    return values_of(yaml.compose(text, Loader=yaml.CBaseLoader))


def values_of(node: yaml.Node) -> Value:
    if isinstance(node, yaml.MappingNode):
        return {key.value.lower(): values_of(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [values_of(item) for item in node.value]
    return None if not node.style and node.value in ("", "~", "null", "Null", "NULL") else str(node.value)


def test_what_a_wire_service_writes_is_read() -> None:
    assert read_flat(WIRE) == as_yaml(WIRE)
    assert read_flat(WIRE.replace("\n", "  \n")) == as_yaml(WIRE)


@pytest.mark.parametrize(
    "line",
    [
        "title: a: b", "title: a #b", "title: at:", "title: [a: b]", "title: [a,]", "title: [[a]]", "title: ['a']", "title: [a] b",
        "title: {a: b}", "title: - a", "title: *a", "title: &a b", "title: !a b",
        "title: |", "title: 'it''s'", 'title: "a\\tb"', 'title: "a" b', "title: 'a", "title:a", "title : a", "  title: a", "? a", "- a",
        "# a", "", "date: 1", "Date: 1", "null: a", "1: a", "é: a", "title: a\tb", "title:\ta", "title: a\u2028b", "title: a\u0085b",
        "title: \ufeffa", "title: \x1ba", "title: \ud800", "title: `a`", "title: %a", "title: @a", "title: ,a", "title: ? a", "  a",
        "title: a\n- b", "title:\n- a\n - b", "title:\n- - a", "title:\n- a: b", "title: ''\n- a",
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
LISTS = st.lists(VALUES | QUOTED, max_size=3).map(lambda items: f"[{', '.join(items)}]")
ITEMS = st.builds(lambda mark, value: f"{mark}{value}", st.sampled_from(["- ", "  - ", "-", " -  "]), VALUES | QUOTED)
COLONS = st.sampled_from([": ", ":  ", ":", " : "])
KEY_LINES = st.builds(lambda key, colon, value: f"{key}{colon}{value}", KEYS, COLONS, VALUES | QUOTED | LISTS | st.just(""))
LINES = KEY_LINES | ITEMS


@settings(max_examples=2000)
@given(st.lists(LINES, min_size=1, max_size=4), st.sampled_from(["", "\n"]))
def test_whatever_is_read_is_what_yaml_says(lines: list[str], end: str) -> None:
    text = "\n".join(lines) + end
    found = read_flat(text)
    assert found is None or found == as_yaml(text)
