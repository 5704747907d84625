"""Settings: one table; every mistake located; a broken file never stops anything."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.actions import ACTIONS
from reader.keys import table
from reader.settings import Settings, entries, template
from reader.settings.file import load, parse
from reader.settings.presets import PRESETS
from reader.settings.yaml_text import YamlError, read, written
from tests.builders import environment


def test_every_setting_tells_its_default_its_meaning_and_a_sample_that_is_right() -> None:
    for entry in entries():
        assert entry.help
        assert parse(f"{entry.name}: {entry.value}", "s.yaml") == (Settings(), ()), entry.name
        settings, problems = parse(f"{entry.name}: {entry.sample}", "s.yaml", themes=("textual-dark", "high-contrast-light"))
        assert not problems, (entry.name, problems)
        assert getattr(settings, entry.name) != getattr(Settings(), entry.name), entry.name


def test_the_template_has_every_setting_at_its_default() -> None:
    assert parse(template(), "s.yaml") == (Settings(), ())
    assert [line.split(":")[0] for line in template().splitlines() if line and line[0] != "#"] == [each.name for each in entries()]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "theme:\n", "{}\n"])
def test_a_file_that_says_nothing_is_no_problem(text: str) -> None:
    assert parse(text, "s.yaml") == (Settings(), ())


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("theme: nord\nkeyss:\n  star: s\n", 2, "did you mean 'keys'"),
        ("theme: nrd\n", 1, "did you mean 'nord'"),
        ("\nlayout: stak\n", 2, "did you mean 'stack'"),
        ("mark_read_after: soon\n", 1, "seconds from 0 to 3600"),
        ("mark_read_after: -1\n", 1, "seconds from 0 to 3600"),
        ("mark_read_after: nan\n", 1, "seconds from 0 to 3600"),
        ("ascii: maybe\n", 1, "true, false or auto"),
        ("unbind_all: maybe\n", 1, "true or false"),
        ("preset: newsboot\n", 1, "did you mean 'newsboat'"),
        ("archive: {a: b}\n", 1, "a list of folders"),
        ("archive: news\n", 1, "its whole path"),
        ("archive: null\n", 1, "its whole path"),
        ("archive: [/srv/wire, news]\n", 1, "its whole path"),
        ("\ncitation: markdwn\n", 2, "did you mean 'markdown'"),
        ("citations:\n  a: $headline\n  b: $headlin\n", 3, "did you mean $headline"),
        ("browser: firefox --new-tab\n", 1, "arguments are a list"),
        ("browser: [--version]\n", 1, "is no program"),
        ("clipboard: [xclip, {a: b}]\n", 1, "arguments as a list"),
        ("keys: s\n", 1, "names and their values"),
        ("keys:\n  redo: R\n  strar: s\n", 3, "did you mean 'star'"),
        ("keys:\n  redo: R\n  star: pgdwn\n", 3, "did you mean 'pgdown'"),
        ("keys:\n  redo: R\n  star: j\n", 3, "'next'"),
        ("keys:\n  star: {a: b}\n", 2, "one value, or a list"),
        ("keys:\n  quit: []\n  close: []\n", 2, "no key would be left to quit"),
        ("macros:\n  ctrl+t: [star, nxt-unread]\n", 2, "did you mean 'next-unread'"),
        ("macros:\n  ctrl+t: []\n", 2, "which actions"),
        ("macros:\n  hyper+t: [star]\n", 2, "unknown key"),
        ("macros:\n  j: [star, next-unread]\n", 2, "'next'"),
        ("theme: nord\ntheme: dracula\n", 2, "given twice"),
        ("theme: [\n", 2, "defaults are used"),
        ("theme: &a nord\nlayout: *a\n", 1, "an alias"),
        ("- theme\n", 1, "`name: value`"),
        ("? [a]\n: b\n", 1, "must be a word"),
        ("layout: side\ntheme: '\x01'\n", 2, "control character"),
    ],
)
def test_each_mistake_is_told_with_its_line_and_the_nearest_right_name(text: str, line: int | None, said: str) -> None:
    _, problems = parse(text, "s.yaml")
    assert [(problem.path, problem.line, said in problem.what) for problem in problems] == [("s.yaml", line, True)]


def test_what_is_right_counts_beside_what_is_wrong() -> None:
    settings, problems = parse("theme: nord\nlayout: stak\nkeys: {star: [f, j], redo: R, nope: x}\n", "s.yaml")
    assert (settings.theme, settings.layout, settings.keys) == ("nord", "auto", {"star": ("f",), "redo": ("R",)})
    assert len(problems) == 3


@pytest.mark.parametrize("text", ["no", "12:30", "=", "~", "<<", "0o17", "2024-01-01", "null", "y"])
def test_yaml_s_own_ideas_of_a_value_stay_out(text: str) -> None:
    assert read(f"name: {text}").value == {"name": text}


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
values = st.recursive(texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8)


@given(values)
def test_what_is_written_is_read_back(value: object) -> None:
    assert read(written(value)).value == value


@given(st.text(max_size=60) | st.text("[]{}:-&*!?|>'\"# \n\tab", max_size=60))
def test_no_text_stops_the_reading(text: str) -> None:
    settings, _ = parse(text, "s.yaml")
    assert isinstance(settings, Settings)


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    with pytest.raises(YamlError):
        read("- " * 3000)
    settings, problems = parse("[" * 3000, "s.yaml")
    assert (settings, len(problems)) == (Settings(), 1)


# -- keys ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_has_no_clash_and_a_way_out(preset: str) -> None:
    bound = Settings(preset=preset).bindings
    placed = table(bound.keys)
    assert ("close",) in placed["list"].values() or ("quit",) in placed["list"].values()
    for action, keys in PRESETS[preset].items():
        assert bound.keys[action] == keys
    assert [action.id for action in ACTIONS if action.keys and not bound.keys[action.id]] == []


def test_own_keys_stand_over_a_preset() -> None:
    settings, problems = parse("preset: mutt\nkeys: {star: ['*'], last: [end]}\n", "s.yaml")
    assert not problems
    keys = settings.bindings.keys
    assert (keys["star"], keys["last"], keys["toggle-read"]) == (("*",), ("end",), ("N",))


def test_without_all_keys_but_ones_own_there_is_still_a_way_out() -> None:
    settings, problems = parse("unbind_all: true\nkeys: {next: n, star: j}\n", "s.yaml")
    assert not problems
    assert {action: keys for action, keys in settings.bindings.keys.items() if keys} == {
        "next": ("n",), "star": ("j",), "quit": ("Q", "ctrl+q"),
    }  # fmt: skip


def test_a_key_that_does_several_actions_works_where_the_first_does() -> None:
    settings, problems = parse("macros: {ctrl+t: [star, next-unread], X: [next, star]}\n", "s.yaml")
    assert not problems
    placed = table(settings.bindings.keys, settings.bindings.macros)
    assert placed["list"][("ctrl+t",)] == placed["article"][("ctrl+t",)] == ("star", "next-unread")
    assert ("X",) in placed["list"]
    assert ("X",) not in placed["article"]


some_actions = st.sampled_from(["star", "next", "undo", "quit", "close", "redo", "nope"])
some_keys = st.sampled_from(["j", "s", "g", "g g", "x", "Q", "q", "bad", "ctrl+t", "ctrl+T"])


@hypothesis.settings(deadline=None)
@given(
    st.dictionaries(some_actions, st.lists(some_keys, max_size=3), max_size=5),
    st.dictionaries(some_keys, st.lists(some_actions, max_size=2), max_size=3),
    st.sampled_from(sorted(PRESETS)),
    st.booleans(),
)
def test_whatever_keys_are_asked_for_those_in_force_can_be_meant(
    keys: dict[str, list[str]], macros: dict[str, list[str]], preset: str, only_own: bool
) -> None:
    text = f"preset: {preset}\nunbind_all: {written(only_own)}\nkeys: {written(keys)}\nmacros: {written(macros)}\n"
    settings, _ = parse(text, "s.yaml")
    bound = settings.bindings
    placed = table(bound.keys, bound.macros)
    assert any("quit" in actions or "close" in actions for actions in placed["list"].values())


# -- the file ------------------------------------------------------------------------------------------------------


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path / "home")


@pytest.fixture
def file(environ: dict[str, str]) -> Path:
    path = Path(environ["XDG_CONFIG_HOME"]) / "dateline/settings.yaml"
    path.parent.mkdir(parents=True)
    return path


def test_a_broken_file_leaves_the_last_good_settings_in_force(environ: dict[str, str], file: Path) -> None:
    file.write_text("theme: nord\nlayout: stack\n")
    assert load(environ)[1] == ()
    file.write_text("theme: [nord\n")
    settings, problems = load(environ)
    assert (settings.theme, settings.layout) == ("nord", "stack")
    assert "last good" in problems[0].what
    file.write_text("theme: nrd\nlayout: side\n")
    settings, problems = load(environ)
    assert (settings.theme, settings.layout) == ("nord", "side")
    assert "nord is used" in problems[0].what
    file.unlink()
    assert load(environ) == (Settings(), ())


def test_a_file_that_was_never_good_leaves_the_defaults_in_force(environ: dict[str, str], file: Path) -> None:
    file.write_text("theme: [nord\n")
    settings, problems = load(environ)
    assert settings == Settings()
    assert "defaults are used" in problems[0].what


def test_a_folder_in_its_stead_is_a_problem_and_no_more(environ: dict[str, str], file: Path) -> None:
    file.mkdir()
    settings, problems = load(environ)
    assert (settings, len(problems)) == (Settings(), 1)


def test_where_the_state_cannot_be_written_the_settings_still_count(environ: dict[str, str], file: Path) -> None:
    Path(environ["XDG_STATE_HOME"]).write_text("no folder")
    file.write_text("theme: nord\n")
    assert load(environ)[0].theme == "nord"
