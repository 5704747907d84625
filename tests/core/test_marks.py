"""Marks: any sequence of verdicts, undos, redos and restarts equals a simple model."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

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


ARCHIVES = ("/srv/one", "/srv/two", "/srv/three")
some_archives = st.lists(st.sampled_from(ARCHIVES), min_size=1, unique=True)


class MarksOfSeveralArchives(RuleBasedStateMachine):
    """Sessions that have some of the archives open: the model is a history for each archive, whose steps are numbered in common.

    A step that was made in several is undone and done again in those that are open, in each only once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.steps = 0
        self.histories: dict[str, list[tuple[int, Facts]]] = {archive: [(0, frozenset())] for archive in ARCHIVES}
        self.at = dict.fromkeys(ARCHIVES, 0)
        self.marks: Marks | None = None
        self.open_ones: list[str] = []

    @initialize(archives=some_archives)
    def begin(self, archives: list[str]) -> None:
        self.open(archives)

    @rule(archives=some_archives)
    def open(self, archives: list[str]) -> None:
        self.marks = Marks(StateFile(Path(self.folder.name) / "state.db", archives, lambda words: None).open(), archives)
        self.open_ones = archives

    @rule(verb=st.sampled_from(VERBS), articles=st.lists(st.tuples(st.sampled_from(ARCHIVES), st.sampled_from(KEYS)), max_size=5))
    def give(self, verb: str, articles: list[tuple[str, ArticleKey]]) -> None:
        given = verdict(verb)
        articles = [article for article in articles if article[0] in self.open_ones]
        assert self.marks is not None
        self.marks.give(given, articles)
        now = {archive: self.histories[archive][self.at[archive]][1] for archive in self.open_ones}
        concerned = {archive: {(key, given.field) for one, key in articles if one == archive} for archive in self.open_ones}
        then = {archive: now[archive] | concerned[archive] if given.value else now[archive] - concerned[archive] for archive in now}
        if then != now:
            self.steps += 1
            for archive in self.open_ones:
                self.histories[archive] = self.histories[archive][: self.at[archive] + 1]
                if then[archive] != now[archive]:
                    self.histories[archive].append((self.steps, then[archive]))
                    self.at[archive] += 1

    @rule()
    def undo(self) -> None:
        last = {archive: self.histories[archive][self.at[archive]][0] for archive in self.open_ones}
        assert self.marks is not None
        changed = self.marks.undo()
        assert (changed is None) == (not any(last.values()))
        for archive in self.open_ones:
            if last[archive] and last[archive] == max(last.values()):
                self.at[archive] -= 1

    @rule()
    def redo(self) -> None:
        then = {archive: self.histories[archive][self.at[archive] + 1 :][:1] for archive in self.open_ones}
        numbers = {archive: steps[0][0] for archive, steps in then.items() if steps}
        assert self.marks is not None
        changed = self.marks.redo()
        assert (changed is None) == (not numbers)
        for archive, number in numbers.items():
            if number == min(numbers.values()):
                self.at[archive] += 1

    @rule(data=st.data())
    def go_to(self, data: st.DataObject) -> None:
        assert self.marks is not None
        past = self.marks.past()
        known = sorted({number for archive in self.open_ones for number, _ in self.histories[archive]} - {0}, reverse=True)
        assert len(past) == len(known)
        undone = [all(self.at[archive] < place for archive, place in self.places(number)) for number in known]
        assert [past[at].is_undone for at in range(len(past))] == undone
        assert past.undone == {at for at, is_undone in enumerate(undone) if is_undone}
        place = data.draw(st.integers(0, len(known)))
        self.marks.go_to(past[place].id if place < len(past) else 0)
        for archive in self.open_ones:
            to = known[place] if place < len(known) else 0
            self.at[archive] = max(at for at, (number, _) in enumerate(self.histories[archive]) if number <= to)

    def places(self, number: int) -> list[tuple[str, int]]:
        """Where a step is in the histories of the open archives."""
        steps = [(archive, at, step) for archive in self.open_ones for at, (step, _) in enumerate(self.histories[archive])]
        return [(archive, at) for archive, at, step in steps if step == number]

    @invariant()
    def marks_are_what_the_model_says(self) -> None:
        if self.marks is None:
            return
        found = self.marks.of([(archive, key) for archive in self.open_ones for key in KEYS])
        for archive in self.open_ones:
            marks = {key: mark for (one, key), mark in found.items() if one == archive}
            assert marks == expected(self.histories[archive][self.at[archive]][1])

    def teardown(self) -> None:
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


TestMarksOfSeveralArchives = MarksOfSeveralArchives.TestCase
TestMarksOfSeveralArchives.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


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
