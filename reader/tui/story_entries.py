"""Stories as lines of a sheet."""

from __future__ import annotations

from typing import TypeVar

from reader.clean import clean_line
from reader.model import HeadlineRow
from reader.tui.cells import fit, fit_clean
from reader.tui.picker import Entry, Piece

Value = TypeVar("Value")
_DATE = 12
_SOURCE = 24
_WIDE = 72
"""Cells from which there is room for the source."""


def story_entry(row: HeadlineRow, value: Value) -> Entry[Value]:
    """Date and headline of a story; where there is room, its source."""

    def draw(width: int) -> list[Piece]:
        day = row.published.day.isoformat() if row.published else "undated"
        source = _SOURCE if width >= _WIDE and row.source else 0
        pieces: list[Piece] = [(" " + fit_clean(day, _DATE - 1), "count"), (fit(row.headline, width - _DATE - source), "name")]
        return [*pieces, ("  " + fit(row.source or "", source - 2, is_flush_right=True), "note")] if source else pieces

    return Entry(draw, value)


def remark(words: str, value: Value | None = None) -> Entry[Value]:
    """Words that belong to the story above them."""
    text = clean_line(words)
    return Entry(lambda width: [(" " * _DATE + fit_clean(text, width - _DATE), "note")], value)
