"""What a key costs, counted: statements asked, rows fetched, bytes sent. Time may vary with the machine; this may not."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.database import Database
from reader.tui.main_screen import MainScreen
from reader.tui.place import PlaceKeeper
from tests.builders import environment, folder, numbered_articles
from tests.pty_session import PtySession
from tests.tui.opened import Reader, opened

COMMAND = [sys.executable, "-m", "reader"]


@dataclass
class Work:
    """What the databases have done so far."""

    statements: int = 0
    rows: int = 0


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """Counts the statements of every connection and the rows that they give; nothing is looked at by the clock meanwhile."""
    done = Work()
    monkeypatch.setattr(MainScreen, "_look_elsewhere", lambda _: None)
    monkeypatch.setattr(PlaceKeeper, "keep", lambda _: None)
    ask_many, ask_one, ask_in_chunks = Database.rows, Database.row, Database.chunks

    def rows(self: Database, *question: object) -> list[object]:
        found = ask_many(self, *question)  # type: ignore[arg-type]  # as it was called
        done.statements, done.rows = done.statements + 1, done.rows + len(found)
        return found  # type: ignore[return-value]

    def row(self: Database, *question: object) -> object:
        done.statements, done.rows = done.statements + 1, done.rows + 1
        return ask_one(self, *question)  # type: ignore[arg-type]

    def chunks(self: Database, *question: object, **options: object) -> Iterator[Sequence[object]]:
        done.statements += 1
        for found in ask_in_chunks(self, *question, **options):  # type: ignore[arg-type]
            done.rows += len(found)
            yield found

    monkeypatch.setattr(Database, "rows", rows)
    monkeypatch.setattr(Database, "row", row)
    monkeypatch.setattr(Database, "chunks", chunks)
    return done


@pytest.mark.parametrize("articles", [60, 1200])
async def test_a_key_asks_little_however_many_articles_there_are(tmp_path: Path, work: Work, articles: int) -> None:
    """What is asked behind the key, to have the next article ready, counts, too."""
    async with opened(tmp_path, numbered_articles(articles)) as reader:
        for keys, most_statements, most_rows in (
            (("j",), 8, 12),
            (("G",), 16, 80),
            (("g", "g"), 16, 80),
            (("s",), 24, 40),
            (("enter",), 8, 12),
            (("h",), 8, 12),
        ):
            statements, rows = await cost(reader, work, *keys)
            assert statements <= most_statements, f"{keys} asked {statements} statements"
            assert rows <= most_rows, f"{keys} fetched {rows} rows"


async def test_a_letter_of_a_filter_asks_as_many_statements_of_any_archive(tmp_path: Path, work: Work) -> None:
    asked = []
    for articles in (60, 1200):
        async with opened(tmp_path / str(articles), numbered_articles(articles)) as reader:
            await reader.press("slash")
            asked.append((await cost(reader, work, "s"))[0])
    assert abs(asked[0] - asked[1]) <= 6
    assert max(asked) <= 24


async def cost(reader: Reader, work: Work, *keys: str) -> tuple[int, int]:
    """How many statements are asked, and how many rows fetched, until what the keys mean is on the screen."""
    before = work.statements, work.rows
    await reader.press(*keys)
    return work.statements - before[0], work.rows - before[1]


def test_few_bytes_go_down_the_line(tmp_path: Path) -> None:
    archive = folder(tmp_path / "wire", numbered_articles(300))
    for most in (None, 8_000):
        with PtySession([*COMMAND, str(archive)], env=environment(tmp_path / "home"), columns=120, rows=40) as session:
            session.wait_for(lambda screen: "of 300" in screen.text and "A second one." in screen.text, timeout=60)
            session.settled(1_000)
            assert most is None or session.bytes_written <= most
            assert not session.pump(2.5), "something is sent where nothing happens"
            for key, allowed in (("j", 4_000), ("\r", 6_000), ("h", 4_000), ("/", 3_000), ("h", 3_000)):
                before = session.bytes_written
                session.send(key)
                session.settled(300)
                assert session.bytes_written - before <= allowed, f"{key!r} sent {session.bytes_written - before} bytes"
