"""The index: however an archive came to be what it is, it is listed, searched and counted as if it had been indexed afresh."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.library import Library
from reader.model import ArticleId
from reader.query.syntax import parse
from reader.settings import Folders
from tests.builders import article_text, folder

CONTENTS = [
    article_text("Harbour strike", "Mirela Stanc spoke in Lisbon: strike.\n", date="2024-11-07T10:00:00Z", category="WORLD", tags=["port"]),
    article_text("Harbour calm", "Mirela Stanc left Lisbon for Port Said.\n", date="2024-11-07T10:00:01Z", category="World"),
    article_text("River rises", "The river rose in Ghent.\n", date="2024-11-07", category="Science", people=["Ada Lund"]),
    article_text("No date", "Nothing is known.\n", people=["Ada Lund"], source="harbourpost.example"),
    article_text("Same id", "First.\n", code="ID1", date="2024-11-06T23:30:00-05:00"),
    article_text("Same id again", "Second.\n", code="ID1", date="2024-11-06"),
    "{\\rtf1 not text}",
    "---\ntitle: A: B\ndate: 2024-11-05\n---\n\nBroken head.\n",
]
PATHS = ["a.md", "b.md", "deep/c.md", "deep/d.md", "e.txt"]

changes = st.lists(st.tuples(st.sampled_from(PATHS), st.one_of(st.none(), st.integers(0, len(CONTENTS) - 1))), min_size=1, max_size=4)


def library(archive: Path, home: Path) -> Library:
    opened = Library([str(archive)], Folders(home / "settings", home / "cache", home / "state"))
    for _ in opened.refresh():
        pass
    opened.prepare()
    return opened


def seen(opened: Library) -> object:
    """Everything a person could see of an archive but the keys: a moved file keeps its old one."""
    clock = opened.clock(datetime(2024, 11, 15, tzinfo=UTC))
    query = parse("", final=True)
    ids = [ArticleId(number) for number in opened.all_ids(query, clock)]
    rows = [
        (row.published.instant if row.published else 0, row.path, row.headline, row.categories, {entity.name for entity in row.entities})
        for row in opened.rows(ids, with_entities=True)
    ]
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)
    facets = {field: {(each.value.casefold(), each.count, each.kind) for each in opened.facets(field, query, clock)} for field in FIELDS}
    found = {text: len(opened.all_ids(parse(text, final=True), clock)) for text in QUESTIONS}
    problems = {(problem.path, problem.what) for problem in opened.problems()}
    return sorted(rows), facets, found, problems, opened.counts().articles


FIELDS = ("category", "entity", "source", "language", "day")
QUESTIONS = ("strike", "lisbon", "harbour", "category:world", 'person:"Ada Lund"', "place:Ghent", "tag:port", "date:2024-11-07", "-river")


@settings(max_examples=25, deadline=None)
@given(st.lists(changes, min_size=1, max_size=4))
def test_an_archive_that_changed_is_as_if_indexed_afresh(steps: list[list[tuple[str, int | None]]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        archive = folder(Path(place) / "wire", {"first.md": CONTENTS[0]})
        instant = 1_700_000_000
        for step in steps:
            for path, content in step:
                instant += 1
                change(archive / path, None if content is None else CONTENTS[content], instant)
            old = library(archive, Path(place) / "old")
        assert seen(old) == seen(library(archive, Path(place) / "new"))


def change(path: Path, content: str | None, instant: int) -> None:
    """Writes or removes a file; its time moves on even where the clock is too coarse to show it."""
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    os.utime(path, (instant, instant))


def test_a_day_too_full_for_a_later_article_is_placed_anew(tmp_path: Path) -> None:
    """All ids between two neighbours are taken by ties of the first one; the next that belongs between them still finds its place."""
    files = {f"tie-{number}.md": article_text(f"Tie {number}", date="2024-11-07T10:00:00Z") for number in range(9)}
    files["after.md"] = article_text("After", date="2024-11-07T10:00:01Z")
    archive = folder(tmp_path / "wire", {"after.md": files["after.md"], "tie-0.md": files["tie-0.md"]})
    library(archive, tmp_path)
    folder(archive, files)
    opened = library(archive, tmp_path)
    clock = opened.clock(datetime(2024, 11, 15, tzinfo=UTC))
    ids = [ArticleId(number) for number in opened.all_ids(parse("", final=True), clock)]
    assert opened.rows(ids)[0].headline == "After"
    assert len(ids) == 10


def test_an_unchanged_archive_is_not_read_again(tmp_path: Path) -> None:
    archive = folder(tmp_path / "wire", {"a.md": CONTENTS[0], "b.md": CONTENTS[1]})
    opened = library(archive, tmp_path)
    revision = opened.counts().revision
    assert list(opened.refresh()) == []
    assert opened.counts().revision == revision
