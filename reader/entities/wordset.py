"""A set of strings in a tenth of the space: a Bloom filter.

It says yes to every member and, about once in a hundred, to a stranger; so its answers are evidence for the
recogniser to weigh, never a fact to show. It needs no unpacking, and loads as fast as the file is read.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from zlib import crc32

_BITS_PER_MEMBER: Final = 9
_PROBES: Final = 6
_FURTHER_PROBES: Final = range(_PROBES - 1)


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
            for probe in _probes(member):
                place = probe % size
                bits[place >> 3] |= 1 << (place & 7)
        return cls(bytes(bits))

    def to_bytes(self) -> bytes:
        """What `WordSet(...)` takes back."""
        return self._bits

    def __contains__(self, word: str) -> bool:
        bits, size = self._bits, self._size
        raw = word.encode("utf-8", "surrogatepass")
        probe = crc32(raw)
        place = probe % size
        if not bits[place >> 3] >> (place & 7) & 1:
            return False
        step = crc32(raw, probe) | 1
        for _ in _FURTHER_PROBES:
            probe += step
            place = probe % size
            if not bits[place >> 3] >> (place & 7) & 1:
                return False
        return True


def _probes(word: str) -> range:
    """Where a word has its bits, before they are brought within the size of the set."""
    raw = word.encode("utf-8", "surrogatepass")
    first = crc32(raw)
    step = crc32(raw, first) | 1
    return range(first, first + _PROBES * step, step)
