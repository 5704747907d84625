"""`dateline config`: what is in force, what is wrong, and a file to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.settings import entries
from tests.builders import article_text, folder
from tests.cli.run import dateline


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def file(home: Path) -> Path:
    path = home / "config/dateline/settings.yaml"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    """Articles that hold the names of searches as words."""
    names = ("one", "two", "bad", "none")
    return folder(tmp_path / "wire", {f"{name}.md": article_text(f"The word {name}", date="2024-11-05") for name in names})


def test_every_setting_and_every_theme_is_told(home: Path, file: Path) -> None:
    file.write_text("layout: stack\n")
    told = dateline(home, "config").out
    assert all(f"\n{entry.name}: " in told for entry in entries())
    assert "\nlayout: stack" in told
    assert "high-contrast-dark" in told
    assert "textual-light" in told


def test_a_file_to_begin_with_is_written_once(home: Path) -> None:
    first = dateline(home, "config", "--init")
    path = home / "config/dateline/settings.yaml"
    assert first.code == 0
    assert str(path) in first.err
    assert dateline(home, "config", "--check").code == 0
    path.write_text("theme: nord\n")
    again = dateline(home, "config", "--init")
    assert again.code == 2
    assert "left as it is" in again.err
    assert path.read_text() == "theme: nord\n"


def test_what_is_wrong_is_told_with_file_and_line_and_stops_nothing(home: Path, file: Path) -> None:
    file.write_text("theme: nord\nkeys:\n  strar: s\n")
    checked = dateline(home, "config", "--check")
    assert checked.code == 2
    assert f"{file}:3: unknown action 'strar'; did you mean 'star'?" in checked.err
    assert dateline(home, "list", "--limit", "1").code == 0


@pytest.mark.parametrize(
    "arguments", [["list"], ["facets", "day"], ["index"], ["undo"], ["problems"], ["mark", "star", "nothinglikeit"], ["show", "one.md"]]
)
def test_a_mistake_in_the_settings_is_told_once_by_every_command(home: Path, file: Path, wire: Path, arguments: list[str]) -> None:
    file.write_text(f"archive: {wire}\nthem: nord\n")
    ran = dateline(home, *arguments)
    assert ran.code == 0
    assert ran.err.count(f"{file}:2: unknown setting 'them'") == 1


def test_settings_that_are_no_yaml_are_said_to_be_left_out(home: Path, file: Path, wire: Path) -> None:
    file.write_text(f"archive: {wire}\nkeys: {{\n")
    ran = dateline(home, "list", "--limit", "1")
    assert ran.code == 0
    assert "settings.yaml:3: " in ran.err
    assert "defaults are used" in ran.err


SEARCHES = """searches:
  one: "@two"
  two: "@one"
  bad: "category:"
  none:
  good: "is:unread"
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("one", "a saved search uses itself: @one → @two → @one"),
        ("bad", "@bad: category: needs a value"),
        ("none", "@none: a filter is missing"),
    ],
)
def test_a_kept_search_with_a_mistake_is_an_error_and_never_text(home: Path, file: Path, wire: Path, name: str, said: str) -> None:
    file.write_text(SEARCHES)
    for command in (["list"], ["mark", "star"], ["facets", "day"], ["export"], ["entities"]):
        ran = dateline(home, *command, "-a", wire, f"@{name}")
        assert (ran.code, ran.out) == (2, ""), command
        assert f"dateline: {said}" in ran.err
    assert dateline(home, "list", "is:starred", "-a", wire).code == 1
    assert dateline(home, "list", "@good", "-a", wire).code == 0


def test_every_theme_of_ones_own_is_checked_in_use_or_not(home: Path, file: Path) -> None:
    (file.parent / "themes").mkdir()
    (file.parent / "themes/mine.yaml").write_text("primary: '#036'\nacent: '#fff'\n")
    checked = dateline(home, "config", "--check")
    assert checked.code == 2
    assert "mine.yaml:2: acent: no such colour; did you mean 'accent'?" in checked.err


def test_the_environment_can_name_another_file(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("layout: single\n")
    assert "\nlayout: single" in dateline(home, "config", DATELINE_SETTINGS=str(other)).out
