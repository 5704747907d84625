"""Which lists a word is on, in fourteen bits a word.

A word's checksum tells its bucket, of some four words, and a print of eight bits by which it is known there; the words themselves
are not kept. So every member is told the lists it is on, and about one stranger in sixty those of a member: answers are evidence for
the recogniser to weigh, never a fact to show. One look tells all lists, and the file needs hardly any unpacking.
"""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Mapping
from itertools import accumulate
from typing import Final
from zlib import crc32

LETTERS: Final = "cflp"
"""A list each: common words, first names, last names, places."""
_LISTS: Final = ["".join(letter for bit, letter in enumerate(LETTERS) if flags >> bit & 1) for flags in range(1 << len(LETTERS))]
_PER_BUCKET: Final = 4
_PRINT_BITS: Final = 8
_HEADER: Final = struct.Struct("<II")


class WordLists:
    """Words that can be asked for but not listed."""

    def __init__(self, packed: bytes) -> None:
        self._buckets, members = _HEADER.unpack_from(packed)
        prints_at = _HEADER.size + self._buckets
        self._starts = array("I", accumulate(packed[_HEADER.size : prints_at], initial=0))
        self._prints = packed[prints_at : prints_at + members]
        self._flags = packed[prints_at + members :]
        """Those of two words in a byte, the earlier one's low."""

    def of(self, word: str) -> str:
        """The letters of the lists that a word in small letters is on, in their order."""
        checksum = crc32(word.encode("utf-8", "surrogatepass"))
        bucket = (checksum >> _PRINT_BITS) % self._buckets
        place = self._prints.find(checksum & 0xFF, self._starts[bucket], self._starts[bucket + 1])
        return _LISTS[self._flags[place >> 1] >> 4 * (place & 1) & 15] if place >= 0 else ""


def packed_lists(letters_of: Mapping[str, str]) -> bytes:
    """What `WordLists` reads, of words with the letters of their lists; equal mappings give equal bytes, whatever their order."""
    count = len(letters_of) // _PER_BUCKET + 1
    buckets: list[defaultdict[int, int]] = [defaultdict(int) for _ in range(count)]
    for word, letters in letters_of.items():
        checksum = crc32(word.encode("utf-8", "surrogatepass"))
        buckets[(checksum >> _PRINT_BITS) % count][checksum & 0xFF] |= sum(1 << LETTERS.index(letter) for letter in letters)
    entries = [entry for bucket in buckets for entry in sorted(bucket.items())]
    flags = [flags for _, flags in entries] + [0]
    pairs = bytes(low | high << 4 for low, high in zip(flags[0 : len(entries) : 2], flags[1::2], strict=False))
    return _HEADER.pack(count, len(entries)) + bytes(map(len, buckets)) + bytes(print for print, _ in entries) + pairs
