"""Train the recogniser's weights anew, and score them: `python tests/entities/train.py` (needs numpy).

    ../shared/entities/open_train.jsonl                texts with spans      ┐
    ../shared/entities/wikinews.jsonl + annotations/   texts + lists of names┴→ reader/entities/data/weights.bin

An averaged perceptron over the decoder's own clues, seeded: the same material gives the same bytes. Articles whose number
is divisible by 7 are the development set; training never sees them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from reader.entities import tagger as tagger_module
from reader.entities.features import Clues
from reader.entities.mask import mask
from reader.entities.tagger import LABELS, Tagger, feature_hash, packed_file
from reader.entities.tokens import Tokens, segments, tokenise

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared" / "entities"
DATA = HERE.parents[1] / "reader" / "entities" / "data"
SEED = 7
EPOCHS = 12
ROWS = 40_000
NEWS_COPIES = 1
NEVER = -30_000


@dataclass
class Text:
    """One training text and its names as `(start, end, type)` in characters."""

    id: str
    text: str
    spans: list[tuple[int, int, str]]


@dataclass
class Segment:
    """Feature numbers and right label of each word of a stretch that may hold names."""

    features: list[np.ndarray[Any, Any]]
    gold: list[int]


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def open_texts() -> list[Text]:
    return [Text(record["id"], record["text"], [tuple(span) for span in record["spans"]]) for record in read_jsonl(SHARED / "open_train.jsonl")]


def annotations(names: Sequence[str] = ("a", "b", "c")) -> dict[str, dict[str, Any]]:
    """Annotated articles by id."""
    return {record["id"]: record for name in names for record in read_jsonl(HERE / "annotations" / f"{name}.jsonl")}


def is_development(article_id: str) -> bool:
    return int(article_id[2:]) % 7 == 0


def news_texts() -> list[Text]:
    """The annotated articles, each its title and text with the spans of its names."""
    listed = annotations()
    return [
        Text(article["id"], text, list(longest_matches(text, listed[article["id"]]["names"])))
        for article in read_jsonl(SHARED / "wikinews.jsonl")
        if article["id"] in listed
        for text in [f"{article['title']}\n\n{article['text']}"]
    ]


def longest_matches(text: str, names: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """Where the listed names stand, longest first, never within a word or within another name."""
    if not names:
        return
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    for match in re.finditer(rf"(?<!\w)(?:{alternatives})(?!\w)", text):
        yield match.start(), match.end(), names[match[0]]


def gold_labels(tokens: Tokens, spans: Iterable[tuple[int, int, str]]) -> list[int]:
    labels = [0] * len(tokens.words)
    starts = {start: index for index, start in enumerate(tokens.starts)}
    for start, end, kind in spans:
        if kind == "MISC":
            continue
        index = starts.get(start)
        if index is None:
            continue
        labels[index] = LABELS.index(f"B-{kind}")
        while (index := index + 1) < len(labels) and tokens.starts[index] < end:
            labels[index] = LABELS.index(f"I-{kind}")
    return labels


class Numbering:
    """Feature text → number, and how often each was met."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, features: list[str]) -> tuple[int, ...]:
        numbers = self.numbers
        return tuple(numbers.setdefault(feature, len(numbers)) for feature in features)


def training_segments(texts: Iterable[Text], clues: Clues) -> list[Segment]:
    found = []
    for text in texts:
        tokens = tokenise(mask(text.text))
        gold = gold_labels(tokens, text.spans)
        spans = [span for span in segments(tokens) if span[0] not in tokens.zones]
        for (start, end), sums in zip(spans, clues.of(tokens, spans), strict=True):
            found.append(Segment([np.array(numbers, dtype=np.int32) for numbers in sums], gold[start:end]))
    return found


def keep_repeated(found: list[Segment], count: int, least: int = 2) -> int:
    """Renumber the features met at least `least` times from 1; the others become 0, whose weight stays nought."""
    met = np.zeros(count, dtype=np.int64)
    for segment in found:
        for features in segment.features:
            np.add.at(met, features, 1)
    new = np.where(met >= least, np.cumsum(met >= least), 0).astype(np.int32)
    for segment in found:
        segment.features = [kept[kept > 0] for kept in (new[features] for features in segment.features)]
    found_new[:] = [new]
    return int(new.max()) + 1


found_new: list[np.ndarray[Any, Any]] = []


def allowed_moves() -> np.ndarray[Any, Any]:
    """0 where a label may follow another, NEVER where I- would open a name or change its kind."""
    moves = np.zeros((len(LABELS), len(LABELS)))
    for before, left in enumerate(LABELS):
        for after, right in enumerate(LABELS):
            if right[0] == "I" and left[2:] != right[2:]:
                moves[before, after] = NEVER
    return moves


def best_chain(scores: np.ndarray[Any, Any], moves: np.ndarray[Any, Any]) -> list[int]:
    totals = scores[0] + moves[0]
    back = []
    for score in scores[1:]:
        through = totals[:, None] + moves
        best = through.argmax(0)
        totals = through[best, np.arange(len(LABELS))] + score
        back.append(best)
    label = int(totals.argmax())
    chain = [label]
    for best in reversed(back):
        label = int(best[label])
        chain.append(label)
    return chain[::-1]


def train(found: list[Segment], count: int, seed: int, epochs: int, margin: float = 0.0, log: bool = True) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Averaged weights (features × labels) and moves."""
    rng = random.Random(seed)
    weights, moves = np.zeros((count, len(LABELS))), allowed_moves()
    weight_sum, move_sum = np.zeros_like(weights), np.zeros_like(moves)
    clock = 1
    order = list(found)
    for epoch in range(epochs):
        rng.shuffle(order)
        wrong = 0
        for segment in order:
            clock += 1
            scores = np.array([weights[features].sum(0) for features in segment.features])
            if margin:
                scores += margin
                scores[np.arange(len(segment.gold)), segment.gold] -= margin
            guess = best_chain(scores, moves)
            if guess == segment.gold:
                continue
            wrong += 1
            before_gold = before_guess = 0
            for features, gold, label in zip(segment.features, segment.gold, guess, strict=True):
                if gold != label:
                    weights[features, gold] += 1
                    weights[features, label] -= 1
                    weight_sum[features, gold] += clock
                    weight_sum[features, label] -= clock
                if (before_gold, gold) != (before_guess, label):
                    moves[before_gold, gold] += 1
                    moves[before_guess, label] -= 1
                    move_sum[before_gold, gold] += clock
                    move_sum[before_guess, label] -= clock
                before_gold, before_guess = gold, label
        if log:
            print(f"epoch {epoch + 1}: {wrong} of {len(order)} segments wrong", file=sys.stderr)
    return weights - weight_sum / clock, moves - move_sum / clock
