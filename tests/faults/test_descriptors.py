"""Files opened are files closed: what is held stays the same, however often the files behind it are replaced."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from reader.library import Library
from reader.model import ArticleId
from reader.query.conditions import Clock
from reader.query.syntax import parse
from reader.settings import Folders
from reader.triage.verbs import verdict
from tests.builders import folder, numbered_articles

NOW = datetime(2024, 11, 15, 12).astimezone()
CLOCK = Clock(NOW.date(), NOW, None)


def use(library: Library) -> None:
    """Opens everything that a reader opens."""
    for _ in library.refresh():
        pass
    library.visit(NOW)
    ids = [ArticleId(number) for number in library.all_ids(parse("harbour", final=True), CLOCK)]
    rows = library.rows(ids)
    library.insight()
    library.give(verdict("star"), [(rows[0].archive, rows[0].key)])
    library.undo()
    library.open(rows[0])


def test_replaced_files_leave_no_descriptor_behind(tmp_path: Path) -> None:
    archive = folder(tmp_path / "wire", numbered_articles(5))
    library = Library([str(archive)], Folders(tmp_path / "config", tmp_path / "cache", tmp_path / "state"))
    state = tmp_path / "state" / "state.db"
    held = []
    for number in range(12):
        use(library)
        held.append(len(os.listdir("/dev/fd")))
        library.discard_index()
        if number % 3 == 2:
            state.unlink()
        (archive / "story-00000.md").write_text(f"# Changed {number}\n\nAbout the harbour.\n")
    assert max(held[6:]) <= max(held[:6])


def test_a_library_for_one_job_leaves_no_descriptor_behind(tmp_path: Path) -> None:
    archive = folder(tmp_path / "wire", numbered_articles(5))
    library = Library([str(archive)], Folders(tmp_path / "config", tmp_path / "cache", tmp_path / "state"))
    held = []
    for _ in range(5):
        use(library)
        other = library.another()
        use(other)
        other.let_go()
        held.append(len(os.listdir("/dev/fd")))
    assert max(held[1:]) <= held[0]
    library.let_go()
    assert len(os.listdir("/dev/fd")) < held[0]
    use(library)
