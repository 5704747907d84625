"""A stream of marks that can be replayed: what one session does, and what must be on disk for as much of it as was acknowledged."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.model import ArticleKey
from reader.triage.marks import Marks
from reader.triage.store import StateFile
from reader.triage.verbs import Verdict, verdict

ARCHIVE = "/srv/wire"
KEYS = [ArticleKey(f"2024/11/story-{number:03}.md") for number in range(40)]
VERBS = [verdict(verb) for verb in ("star", "unstar", "read", "unread", "tag:budget", "untag:budget")]

Facts = frozenset[tuple[str, str]]
"""Key and field of all that is marked."""


@dataclass(frozen=True)
class Deed:
    """One key press: a verdict on one article or on several."""

    verdict: Verdict
    keys: tuple[ArticleKey, ...]

    def do(self, marks: Marks) -> None:
        """Marks for real; acknowledged when it returns."""
        marks.give(self.verdict, [(ARCHIVE, key) for key in self.keys])

    def after(self, facts: Facts) -> Facts:
        """What is marked once it is done."""
        concerned = {(str(key), self.verdict.field) for key in self.keys}
        return facts | concerned if self.verdict.value else facts - concerned


def deeds(seed: int) -> Iterator[Deed]:
    """The same deeds for the same seed, without end; each changes something or nothing, as people's do."""
    chance = random.Random(seed)
    while True:
        yield Deed(chance.choice(VERBS), tuple(chance.sample(KEYS, chance.choice((1, 1, 1, 2, 25)))))


def opened(path: Path, say: Callable[[str], None] = lambda words: None) -> Marks:
    """The marks in the file, as a session opens them."""
    return Marks(StateFile(path, [ARCHIVE], say).open(), [ARCHIVE])


def facts_on_disk(path: Path) -> Facts:
    """What is marked. Fails where SQLite finds anything wrong with the file."""
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], f"{path} is damaged"
        found = frozenset(connection.execute("SELECT key, field FROM marks"))
    connection.close()
    return found


def states_after(facts: Facts, seed: int, acknowledged: int) -> tuple[Facts, Facts]:
    """What may be on disk: all acknowledged deeds, or the one that was under way as well."""
    stream = deeds(seed)
    for _ in range(acknowledged):
        facts = next(stream).after(facts)
    return facts, next(stream).after(facts)
