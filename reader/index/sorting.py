"""Sorting by a text without reading it: the index keeps the first bytes of what a text is sorted by as one number.

Numbers are in the order of the texts but where those begin alike; so a number finds out what comes first, and few texts are
compared.
"""

from __future__ import annotations

from reader.query.fold import fold

_BYTES = 6
"""A whole number of so many takes no more room than they do; one byte more would take two."""


def alphabetical(text: str | None) -> str | None:
    """What a text is sorted by: neither case nor accents count."""
    return None if text is None else fold(text)


def beginning(text: str | None) -> int | None:
    """The number of what a text is sorted by; None for none."""
    return None if text is None else int.from_bytes(fold(text).encode("utf-8", "replace")[:_BYTES].ljust(_BYTES, b"\0"), "big")
