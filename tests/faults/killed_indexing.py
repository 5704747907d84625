"""kill -9 at random moments of indexing: `python -m tests.faults.killed_indexing 200`.

An archive is indexed by processes that are killed after a random time, again and again on what the one before has left, until one
is let finish. Then the index must be sound, hold what an index made in peace holds, and the archive must be as it was. Between
two such rounds the archive changes: files come, go, change, and move.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from reader.library import Library
from reader.model import ArticleId
from reader.query.conditions import Clock
from reader.query.syntax import parse
from reader.settings import Folders
from tests.builders import article_text, folder

FILES = 80
_NAMES = ("Anna Bergström", "Li Qiang", "Reuters", "Kofi Mensah", "Buenos Aires", "the United Nations", "Priya Raman", "Hapag-Lloyd")
_NOW = datetime(2024, 11, 15, 12).astimezone()


def make_archive(place: Path, chance: random.Random, count: int) -> None:
    """New articles, some of them with problems."""
    files: dict[str, str | bytes] = {}
    for number in range(count):
        day = date(2024, 11, 15) - timedelta(days=chance.randrange(40))
        people = " and ".join(chance.sample(_NAMES, 2))
        name = f"{day:%Y/%m}/{chance.randrange(10**6):06}.md"
        files[name] = article_text(f"Story {number} of {people}", f"{people} met in Oslo.\n" * 20, date=day.isoformat())
        if number % 20 == 7:
            files[name + ".txt"] = b"\0\1\2 no text"
    folder(place, files)


def change_archive(place: Path, chance: random.Random) -> None:
    """Takes some files away, changes and moves others, and adds a few."""
    paths = sorted(place.rglob("*.md"))
    gone, changed, moved = (chance.sample(paths, 8) for _ in range(3))
    for path in moved:
        path.rename(path.with_name(f"moved-{path.name}"))
    for path in changed:
        if path.exists():
            path.write_text(article_text("Changed since", "Li Qiang was there.\n", date="2024-10-01"))
    for path in gone:
        path.unlink(missing_ok=True)
    make_archive(place, chance, 8)


def contents(library: Library) -> list[object]:
    """All that can be asked of an index, in an order that doesn't depend on its ids. Fails where SQLite finds it damaged."""
    connection = sqlite3.connect(library._index.path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the index is damaged"
    connection.close()
    clock = Clock(_NOW.date(), _NOW, None)
    found: list[object] = []
    for text in ("", "oslo", 'person:"Li Qiang"', "has:entity"):
        ids = [ArticleId(number) for number in library.all_ids(parse(text, final=True), clock)]
        rows = library.rows(ids, with_entities=True)
        assert len(rows) == len(ids), "an answer has articles that aren't there"
        found.append(sorted((row.path, row.headline, sorted(each.name for each in row.entities)) for row in rows))
    return [*found, library.facets("person", parse("", final=True), clock), library.problems()]


def indexed(archive: Path, home: Path) -> Library:
    """An index made without disturbance."""
    library = Library([str(archive)], Folders(home / "config", home / "cache", home / "state"))
    for _ in library.refresh():
        pass
    return library


def killed(archive: Path, home: Path, after_seconds: float) -> bool:
    """Indexes in a process of its own; whether it had to be killed."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            indexed(archive, home)
            code = 0
        finally:
            os._exit(code)
    end = time.monotonic() + after_seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert os.waitstatus_to_exitcode(status) == 0, "indexing failed"
            return False
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def run(count: int) -> tuple[int, int]:
    """Until so many were killed; gives how many were, and how many rounds that took."""
    chance = random.Random(6)
    kills = rounds = 0
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        archive, home = place / "wire", place / "home"
        make_archive(archive, chance, FILES)
        began = time.monotonic()
        indexed(archive, place / "first")
        longest = time.monotonic() - began
        while kills < count:
            stamps = {path: path.stat().st_mtime_ns for path in archive.rglob("*")}
            while killed(archive, home, chance.uniform(0.0, longest)):
                kills += 1
            rounds += 1
            peaceful = indexed(archive, place / f"peace-{rounds}")
            assert contents(indexed(archive, home)) == contents(peaceful), f"round {rounds}: the index differs from one made in peace"
            assert stamps == {path: path.stat().st_mtime_ns for path in archive.rglob("*")}, "the archive was written"
            change_archive(archive, chance)
            if rounds % 3 == 0:
                Library([str(archive)], Folders(home / "config", home / "cache", home / "state")).discard_index()
    return kills, rounds


if __name__ == "__main__":
    began_at = time.monotonic()
    killed_in_all, rounds_made = run(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    seconds = time.monotonic() - began_at
    print(f"{killed_in_all:,} killed in {rounds_made:,} rounds, each index sound and the same as one made in peace; {seconds:.0f} s")
