"""Where the cursor belongs is known from the first rows of an answer, or not said."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import ArticleId
from reader.tui.session import Session

ORDERS = st.sampled_from(["", "sort:-date", "sort:headline"])


@given(st.lists(st.integers(1, 40), unique=True), ORDERS, st.integers(0, 40), st.none() | st.integers(1, 40), st.integers(0, 12))
def test_the_cursor_stays_where_the_first_rows_put_it(ids: list[int], order: str, shown: int, wanted: int | None, fallback: int) -> None:
    answer = ids if order == "sort:headline" else sorted(ids, reverse=not order)
    session = Session()
    session.edit(order)
    session.ask()
    if session.is_placed(wanted, fallback, answer[:shown]):
        session.keep = None if wanted is None else ArticleId(wanted)
        rows = []
        for known, is_complete in ((answer[:shown], False), (answer, True)):
            assert session.receive(session.generation, array("q", known), is_complete=is_complete)
            rows.append(session.cursor_for(fallback))
        assert rows[0] == rows[1]
    elif shown and wanted is not None:
        assert wanted not in answer[:shown]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("singap", "singap*"),
        ("singap ", "singap "),
        ("person:shanmug", "person:shanmug*"),
        ("-sing", "-sing"),
        ("strike is:un", "strike"),
        ("strike date:20", "strike"),
        ("a (b OR c", "a (b OR c*)"),
        ('a "b', "a"),
        ("@morning", "@morning"),
        ("flood @morn", "flood"),
        ("@morn", ""),
        ("@nytimes", "@nytimes"),
        ("is:bogus flood", "is:bogus flood*"),
    ],
)
def test_what_was_typed_asks_for_the_same_where_nobody_types(typed: str, kept: str) -> None:
    saved = {"morning": "is:unread"}
    session, other = Session(saved), Session(saved)
    session.edit(typed)
    assert session.filter == kept
    other.put(kept)
    assert (other.query.root, other.filter) == (session.query.root, kept)
    assert other.query.error is None or "bogus" in typed
