"""Marks: any sequence of verdicts, undos, redos and restarts equals a simple model."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reader.model import ArticleKey, Mark
from reader.triage.marks import Marks
from reader.triage.store import StateFile
from reader.triage.verbs import verdict

ARCHIVE = "/srv/wire"
KEYS = [ArticleKey(name) for name in ("a.md", "b.md", "c.md")]
ARTICLES = [(ARCHIVE, key) for key in KEYS]
VERBS = ("read", "unread", "star", "unstar", "skip", "unskip", "queue", "unqueue", "tag:later", "untag:later")


def opened(path: Path, archive: str) -> Marks:
    return Marks(StateFile(path, [archive], lambda words: None).open(), [archive])


Facts = frozenset[tuple[ArticleKey, str]]


class MarksAgainstAModel(RuleBasedStateMachine):
    """The model is a list of states and a place in it, as any undo history is."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.marks = self.open()
        self.states: list[Facts] = [frozenset()]
        self.at = 0

    def open(self) -> Marks:
        return opened(Path(self.folder.name) / "state.db", ARCHIVE)

    def push(self, facts: Facts) -> None:
        if facts != self.states[self.at]:
            self.states = [*self.states[: self.at + 1], facts]
            self.at += 1

    @rule(verb=st.sampled_from(VERBS), keys=st.lists(st.sampled_from(KEYS), max_size=3))
    def give(self, verb: str, keys: list[ArticleKey]) -> None:
        given = verdict(verb)
        self.marks.give(given, [(ARCHIVE, key) for key in keys])
        concerned = {(key, given.field) for key in keys}
        now = self.states[self.at]
        self.push(now | concerned if given.value else now - concerned)

    @rule(key=st.sampled_from(KEYS))
    def toggle_star(self, key: ArticleKey) -> None:
        self.marks.toggle(verdict("star"), verdict("unstar"), [(ARCHIVE, key)])
        self.push(self.states[self.at] ^ {(key, "starred")})

    @rule()
    def undo(self) -> None:
        changed = self.marks.undo()
        assert (changed is None) == (self.at == 0)
        self.at = max(0, self.at - 1)

    @rule()
    def redo(self) -> None:
        changed = self.marks.redo()
        assert (changed is None) == (self.at == len(self.states) - 1)
        self.at = min(len(self.states) - 1, self.at + 1)

    @rule()
    def restart(self) -> None:
        self.marks = self.open()

    @invariant()
    def marks_are_what_the_model_says(self) -> None:
        found = self.marks.of(ARTICLES)
        assert {key: mark for (_, key), mark in found.items()} == expected(self.states[self.at])

    def teardown(self) -> None:
        while self.marks.undo():
            pass
        assert self.marks.of(ARTICLES) == {}
        self.folder.cleanup()


def expected(facts: Facts) -> dict[ArticleKey, Mark]:
    marks = {}
    for key in KEYS:
        fields = {field for one, field in facts if one == key}
        if fields:
            tags = ("later",) if "tag:later" in fields else ()
            marks[key] = Mark("read" in fields, "starred" in fields, "skipped" in fields, "queued" in fields, tags)
    return marks


TestMarksAgainstAModel = MarksAgainstAModel.TestCase
TestMarksAgainstAModel.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


def test_a_mark_is_seen_by_another_session_at_once(tmp_path: Path) -> None:
    one, other = (opened(tmp_path / "state.db", ARCHIVE) for _ in range(2))
    before = other.turn()
    one.give(verdict("star"), ARTICLES[:1])
    assert other.of(ARTICLES)[ARTICLES[0]].is_starred
    assert other.changed_since(before) == {ARTICLES[0]}


def test_marks_of_one_archive_are_no_marks_of_another(tmp_path: Path) -> None:
    opened(tmp_path / "state.db", ARCHIVE).give(verdict("star"), ARTICLES)
    elsewhere = opened(tmp_path / "state.db", "/srv/other")
    assert elsewhere.of([("/srv/other", key) for key in KEYS]) == {}
    assert elsewhere.undo() is None
