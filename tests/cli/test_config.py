"""`dateline config`: what is in force, what is wrong, and a file to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.settings import entries
from tests.cli.run import dateline


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def file(home: Path) -> Path:
    path = home / "config/dateline/settings.yaml"
    path.parent.mkdir(parents=True)
    return path


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
