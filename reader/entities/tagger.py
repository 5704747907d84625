"""The decoder: weights learned beforehand, summed over each word's clues, and the best chain of labels.

    label = O, or B-/I- with PER, ORG, LOC: does a name begin here, go on, of which kind?

Weights are whole numbers, eight bits each. A feature's weights for all labels are packed into one integer of 16-bit
fields, so that summing fifty features for seven labels is fifty additions. Each stored weight carries a bias that makes it
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
from operator import add
from typing import Final
from zlib import crc32

from reader.entities.features import Clues
from reader.entities.tokens import Tokens, segments
from reader.model import Kind

LABELS: Final = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
KIND_OF: Final[dict[str, Kind]] = {"PER": "person", "ORG": "org", "LOC": "place"}
BIAS: Final = 128
"""Added to a weight of -127..127 to store it as a byte."""
_COUNT: Final = len(LABELS)
_UNPACK: Final = struct.Struct(f"<{_COUNT}H").unpack
_WIDTH: Final = 2 * _COUNT
_OPENERS: Final = tuple(index for index, label in enumerate(LABELS) if label[0] != "I")
_KINDS: Final = tuple(KIND_OF[LABELS[label][2:]] for label in _OPENERS[1:])
_INSIDES: Final = tuple(index for index, label in enumerate(LABELS) if label[0] == "I")
"""`I-` opens no name and changes no kind: each comes after the label before it in LABELS, which is its `B-`, or after itself."""
_HASH_MASK: Final = 0xFFFFFF
_DEAD: Final = -1_000_000_000
"""The total of a chain that can't be."""

Span = tuple[int, int, Kind]
"""Words `[first, last)` of a text that name something of a kind."""


def feature_hash(feature: str) -> int:
    """24 bits by which a feature is stored; one in some hundreds of unseen features meets a stranger's weights."""
    return crc32(feature.encode()) & _HASH_MASK


def packed_file(rows: dict[int, Sequence[int]], moves: Sequence[Sequence[int]]) -> bytes:
    """The file of weights: header, moves between labels, hashes as ascending steps, then the weights label by label."""
    hashes = sorted(rows)
    steps = array("I", (after - before for before, after in zip([0, *hashes], hashes, strict=False)))
    columns = bytes(rows[key][label] + BIAS for label in range(_COUNT) for key in hashes)
    step_bytes = steps.tobytes()
    planes = b"".join(step_bytes[plane::4] for plane in range(4))
    raw = struct.pack("<I", len(hashes)) + struct.pack(f"<{_COUNT * _COUNT}h", *(move for row in moves for move in row)) + planes + columns
    return zlib.compress(raw, 9)


class Tagger:
    """Labels the names of a text."""

    def __init__(self, packed: bytes) -> None:
        raw = zlib.decompress(packed)
        (count,) = struct.unpack_from("<I", raw)
        moves = struct.unpack_from(f"<{_COUNT * _COUNT}h", raw, 4)
        offset = 4 + 2 * _COUNT * _COUNT
        planes, columns = raw[offset : offset + 4 * count], raw[offset + 4 * count :]
        wide = bytearray(_WIDTH * count)
        for label in range(_COUNT):
            wide[2 * label :: _WIDTH] = columns[label * count : (label + 1) * count]
        rows = (int.from_bytes(row, "little") for (row,) in struct.iter_unpack(f"{_WIDTH}s", wide))
        self._rows = dict(zip(_running_sums(planes, count), rows, strict=True))
        self._first = [moves[label] for label in _OPENERS]
        self._into_openers = [(label, moves[label::_COUNT]) for label in _OPENERS]
        self._into_insides = [(label, moves[(label - 1) * _COUNT + label], moves[label * _COUNT + label]) for label in _INSIDES]
        self._reach = max(max(into) - min(into) for _, into in self._into_openers)
        self._clues = Clues(self._worth)

    def _worth(self, features: list[str]) -> int:
        """The packed weights of all that were ever learned. Spells `feature_hash` out, for a call each would take twice the time."""
        row_of = self._rows.get
        total = 0
        for feature in features:
            total += row_of(crc32(feature.encode()) & _HASH_MASK, 0)
        return total

    def tag(self, tokens: Tokens) -> list[Span]:
        """The names of a text in order, lines that shout or are titles left out."""
        spans = segments(tokens)
        found: list[Span] = []
        for (start, _), sums in zip(spans, self._clues.of(tokens, spans), strict=True):
            scores = [_UNPACK(total.to_bytes(_WIDTH, "little")) for total in sums]
            if len(scores) > 1:
                found.extend(_spans(self._best_chain(scores), start))
            elif kind := self._single_kind(scores[0]):
                found.append((start, start + 1, kind))
        return found

    def _single_kind(self, score: tuple[int, ...]) -> Kind | None:
        """What a word on its own names, if anything: no chain is needed for one label."""
        outside, *others = map(add, map(score.__getitem__, _OPENERS), self._first)
        best = max(others)
        return _KINDS[others.index(best)] if best > outside else None

    def _best_chain(self, scores: list[tuple[int, ...]]) -> list[int]:
        """Viterbi; the text around a segment counts as label O.

        What `I-` follows is its own `B-` or itself. Any other label follows one of those that lead by then or are so close behind
        that a move could make up for it: mostly there is one.
        """
        totals = [_DEAD] * _COUNT
        for label, move in zip(_OPENERS, self._first, strict=True):
            totals[label] = scores[0][label] + move
        back: list[list[int]] = []
        for score in scores[1:]:
            least = max(totals) - self._reach
            near = [label for label, total in enumerate(totals) if total >= least]
            reached, came_from = list(score), [near[0]] * _COUNT
            for label, moves in self._into_openers:
                best = totals[near[0]] + moves[near[0]]
                for before in near[1:]:
                    if totals[before] + moves[before] > best:
                        best, came_from[label] = totals[before] + moves[before], before
                reached[label] += best
            for label, opened, gone_on in self._into_insides:
                opened += totals[label - 1]
                gone_on += totals[label]
                came_from[label] = label - 1 if opened >= gone_on else label
                reached[label] += max(opened, gone_on)
            totals = reached
            back.append(came_from)
        label = totals.index(max(totals))
        chain = [label]
        for came_from in reversed(back):
            label = came_from[label]
            chain.append(label)
        return chain[::-1]


def _running_sums(planes: bytes, count: int) -> Iterator[int]:
    steps = bytearray(4 * count)
    for plane in range(4):
        steps[plane::4] = planes[plane * count : (plane + 1) * count]
    return accumulate(array("I", bytes(steps)))


def _spans(labels: list[int], start: int) -> list[Span]:
    found: list[Span] = []
    first = -1
    for index, label in enumerate([*labels, 0]):
        if first >= 0 and (label == 0 or label % 2):
            found.append((start + first, start + index, KIND_OF[LABELS[labels[first]][2:]]))
            first = -1
        if label % 2:
            first = index
    return found


@cache
def tagger() -> Tagger:
    """The packaged tagger; the first call reads its weights."""
    return Tagger((resources.files("reader.entities") / "data" / "weights.bin").read_bytes())
