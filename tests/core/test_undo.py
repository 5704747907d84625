"""What undoing a step means, where something else has changed in between."""

from __future__ import annotations

import pytest

from reader.model import ArticleKey
from reader.triage.undo import Change, Spot, forwards, plan

SPOT = Spot("/srv/wire", ArticleKey("a.md"), "starred")


@pytest.mark.parametrize(
    ("before", "after", "now", "written"),
    [
        (None, "1", "1", None),
        ("1", None, None, "1"),
    ],
)
def test_a_value_still_as_the_step_left_it_is_turned_back(
    before: str | None, after: str | None, now: str | None, written: str | None
) -> None:
    turned = plan([Change(SPOT, before, after)], {SPOT: now})
    assert turned.writes == (Change(SPOT, now, written),)
    assert turned.skipped == ()


def test_a_value_changed_since_is_left_alone_and_named() -> None:
    turned = plan([Change(SPOT, "1", "2")], {SPOT: "3"})
    assert turned.writes == ()
    assert turned.skipped == (SPOT,)


def test_doing_again_is_undoing_backwards() -> None:
    step = [Change(SPOT, None, "1")]
    assert plan(forwards(step), {SPOT: None}).writes == tuple(step)
