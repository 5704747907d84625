"""Headlines and marks in words, for ears and for terminals without a screen: nothing is said by a sign, a colour or a place alone."""

from __future__ import annotations

from collections.abc import Iterator

from reader.clean import clean_line
from reader.model import HeadlineRow, Mark


def row_line(number: int, row: HeadlineRow) -> str:
    """One headline: its number first, because that is what is typed, then what it says, then what is marked."""
    when = row.published.written[:16].replace("T", " ") if row.published else "undated"
    about = ", ".join(clean_line(part) for part in (when, *row.categories[:1], row.source) if part)
    marked = ", ".join(_marks(row.mark))
    return f"{number}. {clean_line(row.headline)} ({about})" + (f" [{marked}]" if marked else "")


def listed(first: int, last: int, total: int, filter_text: str) -> str:
    """What part of which list was told."""
    of = f"{first:,} to {last:,} of {total:,}" if total else "nothing"
    return of + (f" for {clean_line(filter_text)}" if filter_text else "")


def _marks(mark: Mark) -> Iterator[str]:
    for is_so, word in ((mark.is_read, "read"), (mark.is_starred, "starred"), (mark.is_skipped, "dismissed"), (mark.is_queued, "queued")):
        if is_so:
            yield word
    yield from (f"tag {clean_line(tag)}" for tag in mark.tags)
    if mark.note:
        yield "with a note"
