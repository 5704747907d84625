"""A library that follows its archive, from the first look on."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from reader.intake import inotify
from reader.library import Library
from reader.settings import folders
from tests.builders import article_text, environment, folder

pytestmark = pytest.mark.skipif(not inotify.is_available(), reason="only Linux tells of changes without being waited for")


def test_what_is_written_while_all_is_looked_at_is_listed_then_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.intake.watch._MEANWHILE_SECONDS", 0)
    root = folder(tmp_path / "wire", {f"2024/{month:02}/a.md": article_text("Old") for month in range(1, 10)})
    library = Library([str(root)], folders(environment(tmp_path)))
    for _ in library.refresh():
        pass
    stop = threading.Event()
    ways: list[int] = []

    def give_way() -> None:
        ways.append(len(ways))
        if len(ways) == 5:
            (root / "2024/09/new.md").write_text(article_text("New"))

    followed = library.follow(library.archives[0], stop, print, give_way)
    assert [key for step in next(followed) for key in step.change.added] == ["2024/09/new.md"]
    assert len(ways) > 5
    (root / "2024/09/next.md").write_text(article_text("Next"))
    told: list[str] = []
    while not told:
        told += [key for step in next(followed) for key in (*step.change.added, *step.change.changed)]
    assert told == ["2024/09/next.md"]
    stop.set()
    assert list(followed) == []
    library.close()
