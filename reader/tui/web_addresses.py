"""Addresses written out in running text, found in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ADDRESS = re.compile(r"https?://[^\s<>\"“”「」『』（）【】、。，；]{1,2000}", re.IGNORECASE)
_TRAILING = ".,;:!?'’*_~|`"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def address_spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each web address in `text`, without the stops and the unopened brackets behind it."""
    if "://" not in text:
        return
    for found in _ADDRESS.finditer(text):
        yield found.start(), found.start() + len(_without_trail(found[0]))


def _without_trail(address: str) -> str:
    unopened = {closer: address.count(closer) - address.count(opener) for closer, opener in _PAIRS.items()}
    end = len(address)
    while end and (address[end - 1] in _TRAILING or unopened.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in unopened:
            unopened[address[end]] -= 1
    return address[:end]
