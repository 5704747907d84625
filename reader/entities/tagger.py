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
from collections.abc import Sequence
from functools import cache
from importlib import resources
from operator import itemgetter
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
_BARRED: Final = -20_000
"""A move below this makes no chain: `I-` opens no name and changes no kind."""
_HOPELESS: Final = 800
"""A label this far below a word's best is not tried there."""

Span = tuple[int, int, Kind]
"""Words `[first, last)` of a text that name something of a kind."""


def feature_hash(feature: str) -> int:
    """24 bits by which a feature is stored; one in some hundreds of unseen features meets a stranger's weights."""
    return crc32(feature.encode("utf-8", "surrogatepass")) & 0xFFFFFF


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
        self._places = _running_sums(planes, count)
        wide = bytearray(_WIDTH * count)
        for label in range(_COUNT):
            wide[2 * label :: _WIDTH] = columns[label * count : (label + 1) * count]
        self._rows = bytes(wide)
        self._into = [tuple(moves[before * _COUNT + label] for before in range(_COUNT)) for label in range(_COUNT)]
        self._first = [moves[label] for label in range(_COUNT)]
        self._clues = Clues(self._worth)

    def _worth(self, features: list[str]) -> int:
        places, rows = self._places, self._rows
        total = 0
        for feature in features:
            place = places.get(feature_hash(feature))
            if place is not None:
                total += int.from_bytes(rows[place : place + _WIDTH], "little")
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
        outside, *others = [score[label] + self._first[label] for label in _OPENERS]
        best = max(others)
        return _KINDS[others.index(best)] if best > outside else None

    def _best_chain(self, scores: list[tuple[int, ...]]) -> list[int]:
        """Viterbi over the labels that are not hopeless at their word; the text around a segment counts as label O."""
        totals = [(0, 0)]
        back: list[dict[int, int]] = []
        for score in scores:
            least = max(score) - _HOPELESS
            reached: list[tuple[int, int]] = []
            came_from: dict[int, int] = {}
            for label, own in enumerate(score):
                if own >= least or label == 0:
                    moves, best = self._into[label], _BARRED
                    for before, total in totals:
                        if moves[before] > _BARRED and total + moves[before] > best:
                            best, came_from[label] = total + moves[before], before
                    if label in came_from:
                        reached.append((label, best + own))
            totals = reached
            back.append(came_from)
        label = max(totals, key=itemgetter(1))[0]
        chain = [label]
        for came_from in reversed(back[1:]):
            label = came_from[label]
            chain.append(label)
        return chain[::-1]


def _running_sums(planes: bytes, count: int) -> dict[int, int]:
    steps = bytearray(4 * count)
    for plane in range(4):
        steps[plane::4] = planes[plane * count : (plane + 1) * count]
    places: dict[int, int] = {}
    key = 0
    for index, step in enumerate(array("I", bytes(steps))):
        key += step
        places[key] = index * _WIDTH
    return places


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
