"""Triage as the reader and the command line do it, against a model that is a list of states and a place in it.

Any sequence of verdicts, bulk commands, tags, notes, queueing, undos, jumps in the history and restarts equals the model; undoing
everything gives the start.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from reader.library import Library
from reader.model import ArticleKey
from reader.query import results
from reader.query.syntax import parse
from reader.settings import Folders
from reader.triage import marks as triage_marks
from reader.triage.verbs import QUEUED, TAG, verdict
from tests.builders import folder, numbered_articles

VERBS = ("read", "unread", "star", "unstar", "skip", "unskip", "tag:later", "untag:later", "tag:budget", "unqueue")
TAGS = ("later", "budget", "whatever else")
QUERIES = ("category:sport", "is:unread", "tag:later", "is:starred OR is:queued", "story")
COUNT = 7
KEYS = [ArticleKey(f"story-{number:05}.md") for number in range(COUNT)]
some_keys = st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True)

State = dict[tuple[ArticleKey, str], str]


class TriageAgainstAModel(RuleBasedStateMachine):
    """One archive, one person, sessions that come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="triage-"))
        self.archive = str(folder(self.home / "wire", numbered_articles(COUNT)))
        self.library = self.open()
        for _ in self.library.refresh():
            pass
        self.states: list[State] = [{}]
        self.at = 0

    def open(self) -> Library:
        return Library([self.archive], Folders(self.home / "config", self.home / "cache", self.home / "state"))

    def articles(self, keys: list[ArticleKey]) -> list[tuple[str, ArticleKey]]:
        return [(self.archive, key) for key in keys]

    @property
    def now(self) -> State:
        return self.states[self.at]

    def push(self, changes: dict[tuple[ArticleKey, str], str | None]) -> None:
        """A step of the model; one that changes nothing is none."""
        after = {spot: value for spot, value in {**self.now, **changes}.items() if value is not None}
        if after != self.now:
            self.states = [*self.states[: self.at + 1], after]
            self.at += 1

    def found(self, query: str) -> list[ArticleKey]:
        library = self.library
        rows = library.rows(library.all_ids(parse(query, final=True), library.clock(datetime(2024, 11, 15, tzinfo=UTC))))
        return [row.key for row in rows]

    @rule(verb=st.sampled_from(VERBS), keys=some_keys)
    def give(self, verb: str, keys: list[ArticleKey]) -> None:
        given = verdict(verb)
        self.library.give(given, self.articles(keys))
        self.push({(key, given.field): given.value for key in keys})

    @rule(verb=st.sampled_from(VERBS), query=st.sampled_from(QUERIES))
    def give_to_all_that_fit(self, verb: str, query: str) -> None:
        keys, given = self.found(query), verdict(verb)
        changed = self.library.give(given, self.articles(keys))
        assert len(changed.changes) == sum(self.now.get((key, given.field)) != given.value for key in keys)
        self.push({(key, given.field): given.value for key in keys})

    @rule(keys=some_keys)
    def toggle_star(self, keys: list[ArticleKey]) -> None:
        are_all = all((key, "starred") in self.now for key in keys)
        self.library.mark(lambda marks: marks.toggle(verdict("star"), verdict("unstar"), self.articles(keys)))
        self.push({(key, "starred"): None if are_all else "1" for key in keys})

    @rule(keys=some_keys)
    def dismiss(self, keys: list[ArticleKey]) -> None:
        self.library.marks.change([(self.archive, key, name, "1") for key in keys for name in ("skipped", "read")], "Dismissed")
        self.push({(key, name): "1" for key in keys for name in ("skipped", "read")})

    @rule(keys=some_keys, values=st.lists(st.sampled_from((None, "1")), min_size=1, max_size=4), at_once=st.integers(1, 3))
    def write_few_at_a_time(self, keys: list[ArticleKey], values: list[str | None], at_once: int) -> None:
        """Facts of one step, some on one spot, of which the last holds; and once more from the journal."""
        facts = [(self.archive, key, "read", value) for value in values for key in keys]
        with patch.object(triage_marks, "_AT_ONCE", at_once):
            changed = self.library.change(facts, "Set")
        assert {(change.spot.key, change.after) for change in changed.changes} == {
            (key, values[-1]) for key in keys if self.now.get((key, "read")) != values[-1]
        }
        assert len(changed.changes) == len({change.spot for change in changed.changes})
        assert not changed.changes or self.library.marks.past()[0].said == changed.said
        self.push({(key, "read"): values[-1] for key in keys})

    @rule(key=st.sampled_from(KEYS), text=st.sampled_from((None, "Ask *her*.", "two\nlines")))
    def note(self, key: ArticleKey, text: str | None) -> None:
        self.library.marks.change([(self.archive, key, "note", text)], "Noted")
        self.push({(key, "note"): text})

    @rule(keys=some_keys)
    def queue(self, keys: list[ArticleKey]) -> None:
        self.library.give(verdict("queue"), self.articles(keys))
        last = max((int(value) for (_, field), value in self.now.items() if field == QUEUED), default=0)
        new = [key for key in keys if (key, QUEUED) not in self.now]
        self.push({(key, QUEUED): str(place) for place, key in enumerate(new, last + 1)})

    @rule(data=st.data())
    def reorder_queue(self, data: st.DataObject) -> None:
        order = data.draw(st.permutations([key for _, key in self.library.marks.queue()]))
        self.library.marks.reorder(self.articles(order))
        self.push({(key, QUEUED): str(place) for place, key in enumerate(order, 1)})

    @rule(old=st.sampled_from(TAGS), new=st.sampled_from(TAGS))
    def rename_tag(self, old: str, new: str) -> None:
        self.library.marks.rename_tag(old, new)
        if old != new:
            tagged = [key for key, field in self.now if field == TAG + old]
            self.push({(key, TAG + name): value for key in tagged for name, value in ((old, None), (new, "1"))})

    @rule()
    def undo(self) -> None:
        assert (self.library.undo() is None) == (self.at == 0)
        self.at = max(0, self.at - 1)

    @rule()
    def redo(self) -> None:
        assert (self.library.redo() is None) == (self.at == len(self.states) - 1)
        self.at = min(len(self.states) - 1, self.at + 1)

    @precondition(lambda self: len(self.states) > 1)
    @rule(data=st.data())
    def go_to_any_step(self, data: st.DataObject) -> None:
        past = self.library.marks.past()
        steps = (0, *(past[at].id for at in reversed(range(len(past)))))
        assert len(steps) == len(self.states)
        place = data.draw(st.integers(0, len(steps) - 1))
        changed = self.library.marks.go_to(steps[place])
        assert (changed is None) == (place == self.at)
        self.at = place

    @rule(keys=st.permutations(KEYS), count=st.integers(0, COUNT), at_once=st.integers(1, 3))
    def count_what_is_left(self, keys: list[ArticleKey], count: int, at_once: int) -> None:
        ids = self.library.ids_of(KEYS)
        with patch.object(results, "_UNJUDGED_AT_ONCE", at_once):
            found = self.library.unjudged([ids[key] for key in keys[:count]])
        assert list(found) == [self.is_left(key) for key in keys[:count]]

    @rule(keys=st.permutations(KEYS), start=st.integers(0, COUNT - 1), step=st.sampled_from((1, -1)), at_once=st.integers(1, 3))
    def find_what_is_left_next(self, keys: list[ArticleKey], start: int, step: Literal[1, -1], at_once: int) -> None:
        ids = self.library.ids_of(KEYS)
        with patch.object(results, "_UNJUDGED_AT_ONCE", at_once), patch.object(results, "_FAR", 2):
            found = self.library.next_unjudged([ids[key] for key in keys], start, step)
        places = range(start, COUNT) if step > 0 else range(start, -1, -1)
        assert found == next((place for place in places if self.is_left(keys[place])), -1)

    def is_left(self, key: ArticleKey) -> bool:
        return (key, "read") not in self.now and (key, "skipped") not in self.now

    @rule()
    def restart(self) -> None:
        self.library = self.open()

    @invariant()
    def marks_are_what_the_model_says(self) -> None:
        marks = self.library.page_marks.of(self.articles(KEYS))
        for key in KEYS:
            held = {field: value for (one, field), value in self.now.items() if one == key}
            mark = marks.get((self.archive, key))
            if mark is None:
                assert held == {}
                continue
            flags = {"read": mark.is_read, "starred": mark.is_starred, "skipped": mark.is_skipped, QUEUED: mark.is_queued}
            assert flags == {field: field in held for field in flags}
            assert mark.note == held.get("note")
            assert set(mark.tags) == {field.removeprefix(TAG) for field in held if field.startswith(TAG)}

    @invariant()
    def the_queue_is_in_the_model_s_order(self) -> None:
        places = {key: int(value) for (key, field), value in self.now.items() if field == QUEUED}
        assert [key for _, key in self.library.page_marks.queue()] == sorted(places, key=lambda key: places[key])

    def teardown(self) -> None:
        while self.library.undo():
            pass
        assert self.library.page_marks.of(self.articles(KEYS)) == {}
        shutil.rmtree(self.home)


TestTriageAgainstAModel = TriageAgainstAModel.TestCase
TestTriageAgainstAModel.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
