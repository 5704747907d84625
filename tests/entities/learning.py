"""How the weights are learned: a linear-chain conditional random field over the decoder's own clues, by AdaGrad. Needs numpy.

Everything is seeded: the same segments give the same weights on the same machine.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reader.entities.tagger import BIAS, LABELS, packed_file

Array = np.ndarray[Any, Any]
COUNT = len(LABELS)


@dataclass
class Segment:
    """A stretch of words that may hold names: each word's features, which are codes of clues, and its right label."""

    features: list[Any]
    gold: list[int]


@dataclass(frozen=True)
class Settings:
    """What the learner is told; recorded with the weights."""

    seeds: tuple[int, ...] = (7, 8, 9)
    """One run of learning each; their mean is kept, which is steadier than any of them."""
    epochs: int = 8
    rate: float = 0.03
    dropped: float = 0.3
    """Share of features left out at each step, so that none is leaned on alone."""
    batch_words: int = 256
    longest: int = 12
    """Words of the longest segment that is learned from."""
    least_met: int = 2
    """A feature met less often is left out."""
    rows: int = 25_000
    """Features kept: the strongest, and of equals those met more often."""
    levels: int = 63
    """Steps from nought to the strongest weight; fewer make a smaller file, and below some twenty the scores suffer."""


@dataclass
class Model:
    """What was learned: weights, features × labels."""

    met: dict[int, int]
    """How often each feature was met, in the order of the rows of `weights`."""
    weights: Array

    def packed(self, rows: int, levels: int) -> bytes:
        """The model as the package ships it: the features that tell most, in whole numbers."""
        centred = self.weights - self.weights.mean(1, keepdims=True)
        strength = np.abs(centred).max(1)
        scale = levels / np.quantile(strength[strength > 0], 0.9995)
        whole = np.clip(np.rint(centred * scale), -BIAS + 1, BIAS - 1).astype(int)
        telling = strength * np.sqrt(np.array(list(self.met.values())))
        features = list(self.met)
        kept = {features[row]: whole[row].tolist() for row in np.argsort(-telling, kind="stable")[:rows] if whole[row].any()}
        return packed_file(kept)


def learn(segments: Sequence[Segment], settings: Settings) -> Model:
    """Train on segments."""
    met = _met(segments, settings.least_met)
    numbers = {clue: number for number, clue in enumerate(met)}
    by_size: defaultdict[int, list[tuple[list[Array], list[int]]]] = defaultdict(list)
    for segment in segments:
        if len(segment.gold) <= settings.longest:
            words = [np.array([numbers[clue] for clue in clues if clue in numbers], dtype=np.int32) for clues in segment.features]
            by_size[len(words)].append((words, segment.gold))
    runs = [_descend(by_size, len(numbers), settings, seed) for seed in settings.seeds]
    return Model(met, np.mean(runs, axis=0))


def _met(segments: Iterable[Segment], least: int) -> dict[int, int]:
    counts = Counter(clue for segment in segments for clues in segment.features for clue in clues)
    return {clue: count for clue, count in counts.items() if count >= least}


def _descend(by_size: dict[int, list[tuple[list[Array], list[int]]]], count: int, settings: Settings, seed: int) -> Array:
    """The mean of the weights after each epoch of the second half."""
    random = np.random.default_rng(seed)
    weights, squares = np.zeros((count, COUNT), np.float32), np.full((count, 1), 0.01, np.float32)
    sums: list[Array] = []
    for epoch in range(settings.epochs):
        for batch in _batches(by_size, settings.batch_words, random):
            numbers, words = _dropped(batch, settings.dropped, random)
            scale = np.float32(1 / (1 - settings.dropped))
            emissions = np.zeros((sum(len(gold) for _, gold in batch), COUNT), np.float32)
            np.add.at(emissions, words, weights[numbers] * scale)
            gold = np.array([labels for _, labels in batch])
            by_word = _gradients(emissions.reshape(*gold.shape, COUNT), gold)
            used, inverse = np.unique(numbers, return_inverse=True)
            step = np.zeros((len(used), COUNT), np.float32)
            np.add.at(step, inverse, by_word.reshape(-1, COUNT)[words] * scale)
            squares[used] += (step**2).mean(1, keepdims=True)
            weights[used] -= settings.rate * step / np.sqrt(squares[used])
        if epoch >= settings.epochs // 2:
            sums.append(weights.copy())
    means: Array = np.mean(sums, axis=0)
    return means


def _barred_moves() -> Array:
    """Far below nought where `I-` would open a name or change its kind."""
    barred = np.zeros((COUNT, COUNT), np.float32)
    for before, left in enumerate(LABELS):
        for after, right in enumerate(LABELS):
            if right[0] == "I" and left[2:] != right[2:]:
                barred[before, after] = -50
    return barred


def _batches(
    by_size: dict[int, list[tuple[list[Array], list[int]]]], words: int, random: np.random.Generator
) -> list[list[tuple[list[Array], list[int]]]]:
    """Segments of equal length together, some `words` words at a time, in random order."""
    found = []
    for size, segments in sorted(by_size.items()):
        order, step = random.permutation(len(segments)), max(8, words // size)
        found += [[segments[index] for index in order[start : start + step]] for start in range(0, len(segments), step)]
    return [found[index] for index in random.permutation(len(found))]


def _dropped(batch: list[tuple[list[Array], list[int]]], share: float, random: np.random.Generator) -> tuple[Array, Array]:
    """Feature numbers of a batch and the word each belongs to, a random share left out."""
    features = [word for words, _ in batch for word in words]
    numbers = np.concatenate(features)
    words = np.repeat(np.arange(len(features)), [len(word) for word in features])
    kept = random.random(len(numbers)) >= share
    return numbers[kept], words[kept]


def _gradients(emissions: Array, gold: Array) -> Array:
    """Expected minus right labels of each word over a batch of segments of equal length. The word before a segment counts as label O."""
    batch, size, _ = emissions.shape
    moves = _barred_moves()
    forward, backward = np.zeros_like(emissions), np.zeros_like(emissions)
    forward[:, 0] = emissions[:, 0] + moves[0]
    for place in range(1, size):
        forward[:, place] = _log_sum(forward[:, place - 1][:, :, None] + moves, 1) + emissions[:, place]
    for place in range(size - 2, -1, -1):
        backward[:, place] = _log_sum(moves + (backward[:, place + 1] + emissions[:, place + 1])[:, None, :], 2)
    total = _log_sum(forward[:, -1], 1)
    by_word = np.exp(forward + backward - total[:, None, None])
    by_word[np.arange(batch)[:, None], np.arange(size)[None], gold] -= 1
    return by_word


def _log_sum(values: Array, axis: int) -> Array:
    highest = values.max(axis)
    return highest + np.log(np.exp(values - np.expand_dims(highest, axis)).sum(axis))
