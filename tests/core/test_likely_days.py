"""From which day files are likely to be, and that the folders of an archive are gone through from the latest on."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.intake.likely_days import ANY_DAY, day_of_folder, latest_day, likely_day
from reader.intake.walk import Walk
from tests.builders import folder

A_DAY = 86_400_000_000_000

names = st.sampled_from(["2023", "2024", "24", "11", "05", "2024-11-05", "20241105", "1", "desk", "wire-2022", "v2019x", "12024", "2024-1"])
folders = st.lists(names, max_size=5).map("/".join)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2024/11/05/a.md", "20241105"),
        ("wire/2024-11/a.md", "20241100"),
        ("2024/a.md", "20240000"),
        ("posts/2024-11-05-a.md", "20241105"),
        ("a.md", "19700103"),
        ("12345/a.md", "19700103"),
        ("\u0662\u0660\u0662\u0664/a.md", "19700103"),
    ],
)
def test_a_file_is_likely_to_be_from_the_day_in_its_path_or_else_from_that_of_its_last_change(path: str, day: str) -> None:
    assert likely_day(path, 2 * A_DAY) == day


@pytest.mark.parametrize(("path", "latest"), [("2024/11/05", "20241105"), ("2024/11", "20241199"), ("2024", "20249999"), ("desk", ANY_DAY)])
def test_a_folder_says_how_late_its_files_may_be(path: str, latest: str) -> None:
    assert latest_day(path) == latest
    assert day_of_folder(path) == (latest if path.count("/") == 2 else None)


@given(folders, names)
def test_nothing_in_a_folder_is_later_than_the_folder_says(path: str, name: str) -> None:
    below = f"{path}/{name}" if path else name
    assert latest_day(below) <= latest_day(path)
    assert likely_day(f"{below}.md", 0) <= latest_day(path)


@settings(max_examples=30, deadline=None)
@given(st.lists(folders, min_size=1, max_size=8))
def test_folders_are_gone_through_once_each_and_from_the_latest_on(paths: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder(Path(place), {f"{path}/a.md" if path else "a.md": "Text." for path in paths})
        visited = [contents.path for contents in Walk(place).all()]
        assert sorted(visited) == sorted({"", *(str(found.relative_to(place)) for found in Path(place).rglob("*") if found.is_dir())})
        assert all(earlier >= later for earlier, later in pairwise(map(latest_day, visited)))
