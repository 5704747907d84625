"""The decoder: weights learned beforehand, summed over each word's clues, and the best chain of labels.

    label = O, or B-/I- with PER, ORG, LOC: does a name begin here, go on, of which kind?

Weights are whole numbers, eight bits each. A clue's weights for all labels are packed into one integer of 16-bit
fields, so that summing fifty clues for seven labels is fifty additions. Each stored weight carries a bias that makes it
positive; as every label gets the same number of biases, comparing labels needs no correction.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Final

from reader.entities.clues import Summing
from reader.entities.tokens import Tokens, segments
from reader.model import Kind

LABELS: Final = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
BIAS: Final = 128
"""Added to a weight of -127..127 to store it as a byte."""
_COUNT: Final = len(LABELS)
_WIDTH: Final = 2 * _COUNT
_SCORES: Final = struct.Struct(f"<{_COUNT}H")
_HEADER: Final = 4
_KINDS: Final[tuple[Kind, ...]] = ("other", "person", "org", "place")
"""By state: outside every name, or within one of a kind."""
_DEAD: Final = -1_000_000_000
"""The total of a chain that can't be."""

Span = tuple[int, int, Kind]
"""Words `[first, last)` of a text that name something of a kind."""


def packed_file(rows: dict[int, Sequence[int]]) -> bytes:
    """The file of weights: their count, the clues' codes as ascending steps, then the weights label by label."""
    codes = sorted(rows)
    steps = array("I", (after - before for before, after in zip([0, *codes], codes, strict=False)))
    columns = bytes(rows[key][label] + BIAS for label in range(_COUNT) for key in codes)
    step_bytes = steps.tobytes()
    planes = b"".join(step_bytes[plane::4] for plane in range(4))
    return zlib.compress(struct.pack("<I", len(codes)) + planes + columns, 9)


class Tagger:
    """Labels the names of a text."""

    def __init__(self, packed: bytes) -> None:
        raw = zlib.decompress(packed)
        (count,) = struct.unpack_from("<I", raw)
        planes, columns = raw[_HEADER : _HEADER + 4 * count], raw[_HEADER + 4 * count :]
        wide = bytearray(_WIDTH * count)
        for label in range(_COUNT):
            wide[2 * label :: _WIDTH] = columns[label * count : (label + 1) * count]
        rows = (int.from_bytes(row, "little") for (row,) in struct.iter_unpack(f"{_WIDTH}s", wide))
        self._rows = dict(zip(_running_sums(planes, count), rows, strict=True))
        self._sums = Summing(self._worth, self._rows.get, 0)

    def _worth(self, codes: list[int]) -> int:
        """The packed weights of all that were ever learned."""
        row_of = self._rows.get
        total = 0
        for clue in codes:
            total += row_of(clue, 0)
        return total

    def tag(self, tokens: Tokens) -> list[Span]:
        """The names of a text in order, lines that shout or are titles left out."""
        spans = segments(tokens)
        found: list[Span] = []
        packed = b"".join([total.to_bytes(_WIDTH, "little") for total in self._sums.of(tokens, spans)])
        scores = list(_SCORES.iter_unpack(packed))
        before = 0
        for start, end in spans:
            size = end - start
            if size > 1:
                found += _best_chain(scores[before : before + size], start)
            elif label := _best_alone(*scores[before]):
                found.append((start, end, _KINDS[label]))
            before += size
        return found


def _best_alone(outside: int, person: int, _p: int, org: int, _o: int, place: int, _l: int) -> int:
    """The label of a word that stands by itself: 0 for none, or a state."""
    best, state = outside, 0
    if person > best:
        best, state = person, 1
    if org > best:
        best, state = org, 2
    return 3 if place > best else state


def _best_chain(scores: list[tuple[int, ...]], start: int) -> list[Span]:
    """The names of highest total in which every `I-` follows its own `B-` or itself; the scores are those of the words from `start`.

    Viterbi over four states: outside, or within a name of each kind. A label that is no `I-` follows whatever leads.
    """
    within_person = within_org = within_place = _DEAD
    lead, leader = 0, 0
    back: list[tuple[int, bool, bool, bool]] = []
    for outside, person, more_person, org, more_org, place, more_place in scores:
        more_person += within_person
        more_org += within_org
        more_place += within_place
        person += lead
        org += lead
        place += lead
        back.append((leader, more_person > person, more_org > org, more_place > place))
        within_person = more_person if more_person > person else person
        within_org = more_org if more_org > org else org
        within_place = more_place if more_place > place else place
        lead, leader = lead + outside, 0
        if within_person > lead:
            lead, leader = within_person, 1
        if within_org > lead:
            lead, leader = within_org, 2
        if within_place > lead:
            lead, leader = within_place, 3
    return _read_back(back, leader, start)


def _read_back(back: list[tuple[int, bool, bool, bool]], state: int, start: int) -> list[Span]:
    """The names of a chain that ends in a state, by what led to each state of each word and which of them go on from the word before."""
    found: list[Span] = []
    last = -1
    for index in range(len(back) - 1, -1, -1):
        step = back[index]
        if state:
            if last < 0:
                last = index + 1
            if step[state]:
                continue
            found.append((start + index, start + last, _KINDS[state]))
            last = -1
        state = step[0]
    found.reverse()
    return found


def _running_sums(planes: bytes, count: int) -> Iterator[int]:
    steps = bytearray(4 * count)
    for plane in range(4):
        steps[plane::4] = planes[plane * count : (plane + 1) * count]
    return accumulate(array("I", bytes(steps)))


@cache
def tagger() -> Tagger:
    """The packaged tagger; the first call reads its weights."""
    return Tagger((resources.files("reader.entities") / "data" / "weights.bin").read_bytes())
