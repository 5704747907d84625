"""The alias file: what it means, what is wrong in it, and changes that leave the rest of it alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.entities.alias_text import ignore, merge, parse_aliases, rename
from reader.entities.aliases import NO_ALIASES, Aliases
from reader.errors import UsageError
from reader.model import Entity, Kind

FILE = """\
# the people I follow
Joe Biden: {variants: [Biden, "Joseph R. Biden"], kind: person}
Tatmadaw: [Myanmar military]   # the army
Amazon: org
Photo: ignore

Min Aung Hlaing:
  # the general
  variants:
    - MAH
    - Senior General
  kind: person
"""


def read(text: str) -> Aliases:
    aliases, problems = parse_aliases(text, "aliases.yaml")
    assert problems == ()
    return aliases


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Biden", "org", Entity("Joe Biden", "person")),
        ("joseph r biden", "person", Entity("Joe Biden", "person")),
        ("Joe Biden", "other", Entity("Joe Biden", "person")),
        ("Myanmar Military", "org", Entity("Tatmadaw", "org")),
        ("Amazon", "place", Entity("Amazon", "org")),
        ("Photo", "org", None),
        ("PHOTO", "org", None),
        ("MAH", "org", Entity("Min Aung Hlaing", "person")),
        ("Li Qiang", "person", Entity("Li Qiang", "person")),
    ],
)
def test_apply_gives_the_reader_s_word(name: str, kind: Kind, expected: Entity | None) -> None:
    assert read(FILE).apply(Entity(name, kind)) == expected


def test_without_a_file_every_entity_stays() -> None:
    assert NO_ALIASES.apply(Entity("Joe Biden", "person")) == Entity("Joe Biden", "person")
    assert read("") == NO_ALIASES
    assert read("# nothing yet\n") == NO_ALIASES


ODD_NAMES = ("No", "1984", "12:30", "Null", "[x]", "#1", "a: b", "- dash", "'quote", "Ünïcode", "中国", "O'Brien", "AT&T", "*star*x")
CHANGES = st.tuples(st.sampled_from(("merge", "rename", "ignore")), st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_is_the_text_that_was_typed(name: str) -> None:
    assert read(merge("", name, "Shown")).apply(Entity(name, "org")) == Entity("Shown", "org")
    assert read(rename("", "Old", name)).apply(Entity("Old", "org")) == Entity(name, "org")
    assert read(ignore("", name)).apply(Entity(name, "org")) is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("A: {variants: [B}", 1, "not YAML"),
        ("- A\n- B", 1, "has to be a list"),
        ("A: {colour: red}", 1, "unknown key `colour`"),
        ("\nA: animal", 2, "animal is no kind"),
        ("A: {kind: animal}", 1, "animal is no kind"),
        ("A: {kind: [person]}", 1, "is no kind"),
        ("A: {variants: B}", 1, "variants is a list"),
        ("A: [{x: y}]", 1, "a variant has to be a name"),
        ("A: [X]\nB: [X]", 2, "already a variant of `A`"),
        ("'': org", 1, "has to have letters"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, line: int, words: str) -> None:
    _, (problem,) = parse_aliases(text, "aliases.yaml")
    assert (problem.path, problem.line, problem.effect) == ("aliases.yaml", line, "ignored")
    assert words in problem.what


def test_a_wrong_entry_leaves_the_others_standing() -> None:
    aliases, problems = parse_aliases("A: animal\nB: [C]\n", "aliases.yaml")
    assert len(problems) == 1
    assert aliases.apply(Entity("C", "org")) == Entity("B", "org")


def test_a_variant_of_a_variant_reaches_the_last_name() -> None:
    aliases = read(merge(merge("", "Biden", "Joseph Biden"), "Joseph Biden", "Joe Biden"))
    assert aliases.apply(Entity("Biden", "person")) == Entity("Joe Biden", "person")
    assert aliases.apply(Entity("Joseph Biden", "person")) == Entity("Joe Biden", "person")


def test_a_ring_of_variants_ends() -> None:
    aliases = read("A: [B]\nB: [A]\n")
    assert aliases.apply(Entity("A", "org")) is not None


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (merge(FILE, "Uncle Joe", "Joe Biden"), FILE.replace('"Joseph R. Biden"]', '"Joseph R. Biden", Uncle Joe]')),
        (merge(FILE, "Biden", "Joe Biden"), FILE),
        (merge(FILE, "Sit-Tat", "Tatmadaw"), FILE.replace("[Myanmar military]", "[Myanmar military, Sit-Tat]")),
        (merge(FILE, "Amazon.com", "Amazon"), FILE.replace("Amazon: org", "Amazon: {variants: [Amazon.com], kind: org}")),
        (merge(FILE, "The General", "Min Aung Hlaing"), FILE.replace("- Senior General\n", "- Senior General\n    - The General\n")),
        (merge(FILE, "Xi", "Xi Jinping"), FILE + "Xi Jinping: {variants: [Xi]}\n"),
        (rename(FILE, "tatmadaw", "TATMADAW"), FILE.replace("Tatmadaw", "TATMADAW")),
        (rename(FILE, "Burma", "Myanmar"), FILE + "Myanmar: {variants: [Burma]}\n"),
        (rename(FILE, "joe biden", "Biden"), FILE.replace("Joe Biden: {variants: [Biden,", "Biden: {variants: [Joe Biden,")),
        (merge("A:\n- B\n- C\n", "A", "C"), "C:\n- B\n- A\n"),
        (ignore(FILE, "Chamber"), FILE + "Chamber: ignore\n"),
        (ignore(FILE, "photo"), FILE),
        (ignore(FILE, "Amazon"), FILE.replace("Amazon: org", "Amazon: ignore")),
        (merge("A: {kind: org}\n", "B", "A"), "A: {variants: [B], kind: org}\n"),
        (merge("A:\n  kind: org\n", "B", "A"), "A:\n  variants: [B]\n  kind: org\n"),
        (merge("A:\n", "B", "A"), "A: {variants: [B]}\n"),
        (merge("A: []\n", "B", "A"), "A: [B]\n"),
        (ignore('A: [B, "C: D"] # one\n', "A"), 'A: ignore # one\nB: ignore\n"C: D": ignore\n'),
        (ignore("A: {variants: [B]}\nB: org\n", "A"), "A: ignore\nB: ignore\n"),
        (ignore("A:\n  kind: org\n# end\nB: org\n", "A"), "A: ignore\n# end\nB: org\n"),
        (ignore("{A: org, B: ignore} # mine\n", "C"), "{A: org, B: ignore, C: ignore} # mine\n"),
        (ignore("{A: org,}\n", "C"), "{A: org, C: ignore,}\n"),
        (ignore("{}\n", "C"), "{C: ignore}\n"),
        (merge("{A: org}\n", "B", "A"), "{A: {variants: [B], kind: org}}\n"),
        (merge("A: org\n...\n", "B", "New"), "A: org\nNew: {variants: [B]}\n...\n"),
        (merge("---\n  A: org # one\n# end\n", "B", "New"), "---\n  A: org # one\n# end\n  New: {variants: [B]}\n"),
        (merge("A: [b,]\n", "Z", "A"), "A: [b, Z,]\n"),
        (merge("A: [\n  b, # one\n]\n", "Z", "A"), "A: [\n  b, Z, # one\n]\n"),
    ],
)
def test_a_change_leaves_the_rest_of_the_text_as_it_was(changed: str, expected: str) -> None:
    assert changed == expected
    read(changed)


def test_a_file_that_cannot_be_read_is_not_changed() -> None:
    for change in (lambda: merge("A: [", "B", "A"), lambda: ignore("A: [", "B"), lambda: rename("A: [", "B", "b")):
        with pytest.raises(UsageError):
            change()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: merge("A: [X]\n", "X", "B"), "in the way"),
        (lambda: merge("A: org\nB: [A]\n", "B", "A"), "in the way"),
        (lambda: rename("A: [b]\n", "b", "B"), "in the way"),
        (lambda: ignore("A: org\n", "'"), "in the way"),
        (lambda: merge("A: &kind org\nB: *kind\n", "Z", "A"), "changed safely"),
        (lambda: ignore("A: org\n--- \nB: org\n", "C"), "not YAML"),
        (lambda: merge("[" * 5000, "A", "B"), "nested too deeply"),
    ],
)
def test_what_would_not_do_as_asked_is_refused(change: Callable[[], str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        change()


def test_a_file_nested_too_deeply_is_named() -> None:
    aliases, (problem,) = parse_aliases("[" * 5000, "aliases.yaml")
    assert (aliases, problem.what) == (NO_ALIASES, "the alias file is nested too deeply")


STARTS = ("# mine\n", "# mine\n{Ab: org, Cd: ignore}\n", "# mine\nAb: [Cd,]\n...\n", FILE)


@given(st.sampled_from(STARTS), st.lists(CHANGES, max_size=6))
def test_any_change_is_refused_or_does_as_asked(text: str, changes: list[tuple[str, str, str]]) -> None:
    first_line = text.partition("\n")[0]
    for change, one, other in changes:
        with suppress(UsageError):
            text = merge(text, one, other) if change == "merge" else rename(text, one, other) if change == "rename" else ignore(text, one)
            shown = parse_aliases(text, "aliases.yaml")[0].apply(Entity(one, "other"))
            assert (shown is None) == (change == "ignore")
    assert text.startswith(first_line)
