"""A set of strings in a tenth of the space: a Bloom filter.

It says yes to every member and, about once in a hundred, to a stranger; so its answers are evidence for the
recogniser to weigh, never a fact to show. It needs no unpacking, and loads as fast as the file is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final
from zlib import crc32

_BITS_PER_MEMBER: Final = 9
_PROBES: Final = 6


class WordSet:
    """Strings that can be asked for but not listed."""

    def __init__(self, bits: bytes) -> None:
        self._bits = bits
        self._size = 8 * len(bits)

    @classmethod
    def of(cls, members: Collection[str]) -> WordSet:
        """Pack `members`; equal collections give equal bytes, whatever their order."""
        size = 8 * (len(members) * _BITS_PER_MEMBER // 8 + 1)
        bits = bytearray(size // 8)
        for member in members:
            for place in _places(member, size):
                bits[place >> 3] |= 1 << (place & 7)
        return cls(bytes(bits))

    def to_bytes(self) -> bytes:
        """What `WordSet(...)` takes back."""
        return self._bits

    def __contains__(self, word: str) -> bool:
        bits = self._bits
        for place in _places(word, self._size):  # noqa: SIM110  # `all` over a generator takes half as long again
            if not bits[place >> 3] >> (place & 7) & 1:
                return False
        return True


def _places(word: str, size: int) -> Iterator[int]:
    """Where a member has its bits, one by one: the first that is missing ends the search for a stranger."""
    raw = word.encode("utf-8", "surrogatepass")
    place = crc32(raw)
    step = crc32(raw, place) | 1
    for _ in range(_PROBES):
        yield place % size
        place += step
