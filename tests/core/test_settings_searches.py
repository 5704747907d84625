"""Kept searches in the settings file: what is wrong with them, and changing them as text without touching anything else."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import own_files
from reader.errors import QueryError, UsageError
from reader.locks import held
from reader.query import syntax
from reader.query.saved import expand
from reader.query.syntax import unparse
from reader.settings.edits import change, with_entry, without_entry
from reader.settings.file import parse
from reader.settings.yaml_text import read

MORNING = "is:unread since:24h -category:sport"
LINE = f"morning: '{MORNING}'"


def searches(text: str) -> dict[str, str]:
    return dict(parse(text, "settings.yaml")[0].searches)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"searches:\n  {LINE}\n"),
        ("theme: nord", f"theme: nord\nsearches:\n  {LINE}\n"),
        ("searches: {}  # mine\ntheme: nord\n", f"searches:\n  {LINE}  # mine\ntheme: nord\n"),
        ("searches:\ntheme: nord\n", f"searches:\n  {LINE}\ntheme: nord\n"),
        ("searches: {wet: flood} # c\n", f"searches: {{wet: flood, {LINE}}} # c\n"),
        (
            "# top\nsearches:  # mine\n    wet: flood # w\n    # the end\n\ntheme: nord # dark\n",
            f"# top\nsearches:  # mine\n    wet: flood # w\n    {LINE}\n    # the end\n\ntheme: nord # dark\n",
        ),
        (
            "searches:\n  wet: >\n    flood\n    drought\n\ntheme: nord\n",
            f"searches:\n  wet: >\n    flood\n    drought\n  {LINE}\n\ntheme: nord\n",
        ),
        ("searches:\n  wet: a\n  morning: old # new?\n  dry: b\n", f"searches:\n  wet: a\n  {LINE} # new?\n  dry: b\n"),
    ],
)
def test_an_entry_comes_last_or_in_the_place_of_its_name(before: str, after: str) -> None:
    assert with_entry(before, "searches", "morning", MORNING) == after
    assert searches(after)["morning"] == MORNING


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("searches:\n  wet: a # w\n  # between\n  dry: b\n", "searches:\n  # between\n  dry: b\n"),
        ("searches:\n  wet: a\n  # after\ntheme: nord\n", "searches: {}\n  # after\ntheme: nord\n"),
        ("searches: {wet: a, dry: b}\n", "searches: {dry: b}\n"),
        ("searches: {dry: b, wet: a}\n", "searches: {dry: b}\n"),
    ],
)
def test_an_entry_goes_with_its_line_alone(before: str, after: str) -> None:
    assert without_entry(before, "searches", "wet") == after


@pytest.mark.parametrize("text", ["searches: [\n", "- a\n- b\n", "searches: x\nsearches: y\n", "? searches\n", "{searches: {a: b}}\n"])
def test_a_file_that_can_t_be_changed_safely_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(text)
    with pytest.raises(UsageError):
        change(path, lambda old: without_entry(with_entry(old, "searches", "wet", "flood"), "searches", "gone"))
    assert path.read_text() == text


def test_a_file_is_made_and_a_link_to_one_stays_a_link(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.yaml"
    change(path, lambda text: with_entry(text, "searches", "wet", "flood"))
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    change(link, lambda text: with_entry(text, "searches", "dry", "drought"))
    assert link.is_symlink()
    assert searches(path.read_text()) == {"wet": "flood", "dry": "drought"}
    assert {each.name for each in path.parent.iterdir()} == {"settings.yaml", ".settings.yaml.lock"}


def test_two_sessions_that_change_the_file_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    is_inside = threading.Event()

    def other(text: str) -> str:
        is_inside.set()
        return with_entry(text, "searches", "dry", "drought")

    second = threading.Thread(target=change, args=(path, other))

    def first(text: str) -> str:
        second.start()
        assert not is_inside.wait(0.3)
        return with_entry(text, "searches", "wet", "flood")

    change(path, first)
    second.join(10.0)
    assert searches(path.read_text()) == {"wet": "flood", "dry": "drought"}


def test_a_session_that_is_stopped_while_it_changes_the_file_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_files, "_PATIENCE_SECONDS", 0.1)
    path = tmp_path / "settings.yaml"
    with held(tmp_path / ".settings.yaml.lock"), pytest.raises(UsageError, match="another session"):
        change(path, lambda text: with_entry(text, "searches", "wet", "flood"))
    assert not path.exists()


NAMES = st.sampled_from(["wet", "dry", "no", "12:30", "été", "x-1"])
STEPS = st.lists(st.tuples(st.sampled_from(["with", "without"]), NAMES), max_size=8)
FILTERS = st.sampled_from([MORNING, '"a b" #c', "yes", "~", "a: b", "c:x,y | -t:z", "'", "title:/a\\/b/", "- [x]"])
FILES = st.sampled_from(["", "# a\ntheme: nord # b\n", "searches: {}\n", "searches:\n  # c\n  wet: x  # d\n\n  # e\ntheme: nord\n# f\n"])


@given(FILES, STEPS, FILTERS)
def test_any_steps_change_the_entries_and_no_comment(text: str, steps: list[tuple[str, str]], value: str) -> None:
    model = dict(read(text).value.get("searches") or {}) if text else {}  # type: ignore[union-attr]  # a mapping, as written above
    comments = [line[line.index("#") :] for line in text.splitlines() if "#" in line]
    for step, name in steps:
        if step == "with":
            text, model = with_entry(text, "searches", name, value), {**model, name: value}
        elif name in model:
            text = without_entry(text, "searches", name)
            model.pop(name)
            comments = [comment for comment in comments if comment in text]
        assert (read(text).value or {}).get("searches", {}) in (model, "") if text else not model  # type: ignore[union-attr]
        assert all(comment in text for comment in comments)


@pytest.mark.parametrize(
    ("entry", "name", "problem"),
    [
        ("c d: x", None, "can't be written as @name"),
        ("bad: 'is:foo'", "bad", "bad: there is no is:foo"),
        ("empty: ''", "empty", "empty: a filter is missing"),
        ("list: [a, b]", "list", "list: a filter is missing"),
        ("a: '@b'\n  b: '@a'", "b", "a: a saved search uses itself: @a → @b → @a"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_never_taken_for_text(entry: str, name: str | None, problem: str) -> None:
    settings, problems = parse(f"theme: nord\nsearches:\n  good: flood\n  {entry}\n", "settings.yaml")
    assert problem in problems[0].what
    assert problems[0].line == 4
    assert unparse(expand(syntax.parse("@good", final=True), settings.searches)) == "flood"
    if name is not None:
        with pytest.raises(QueryError):
            expand(syntax.parse(f"@{name}", final=True), settings.searches)
