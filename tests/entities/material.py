"""The recogniser's material: texts with names, from `../shared/entities` and the annotations beside this file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from reader.entities.clues import Summing
from reader.entities.mask import mask
from reader.entities.tagger import LABELS
from reader.entities.tokens import Tokens, segments, tokenise

HERE = Path(__file__).resolve().parent
ANNOTATIONS = HERE / "annotations"
SHARED = HERE.parents[2] / "shared" / "entities"
FIRST_PASS = ("a", "b", "c")
SECOND_PASS = ("second_a", "second_b", "second_c")


@dataclass(frozen=True)
class Text:
    """A training text and its names as `(start, end, type)` in characters."""

    id: str
    text: str
    spans: tuple[tuple[int, int, str], ...]


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def annotations(passes: Sequence[str] = FIRST_PASS) -> dict[str, dict[str, Any]]:
    """Annotated articles by id."""
    return {record["id"]: record for name in passes for record in read_jsonl(ANNOTATIONS / f"{name}.jsonl")}


def is_development(article_id: str) -> bool:
    """Is it one of the articles that training never sees?"""
    return int(article_id.removeprefix("wn")) % 7 == 0


def wikinews() -> dict[str, dict[str, Any]]:
    return {article["id"]: article for article in read_jsonl(SHARED / "wikinews.jsonl")}


def open_texts() -> list[Text]:
    records = read_jsonl(SHARED / "open_train.jsonl")
    return [Text(record["id"], record["text"], tuple((start, end, kind) for start, end, kind in record["spans"])) for record in records]


def news_texts() -> list[Text]:
    """The annotated articles outside the development set, each its title and text."""
    articles = wikinews()
    found = []
    for article_id, record in sorted(annotations().items()):
        if not is_development(article_id):
            text = whole_text(articles[article_id])
            found.append(Text(article_id, text, tuple(longest_matches(text, record["names"]))))
    return found


def whole_text(article: dict[str, Any]) -> str:
    return f"{article['title']}\n\n{article['text']}"


def longest_matches(text: str, names: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """Where the listed names stand: the longest first, never within a word or another name."""
    if not names:
        return
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    for match in re.finditer(rf"(?<!\w)(?:{alternatives})(?!\w)", text):
        yield match.start(), match.end(), names[match[0]]


def segments_of(texts: Iterable[Text]) -> Iterator[tuple[list[tuple[str, ...]], list[int]]]:
    """The features and right labels of every stretch of the texts that the tagger would look at."""
    clues = Summing(tuple, lambda code, none: (code,), ())
    for text in texts:
        tokens = tokenise(mask(text.text))
        gold = _gold_labels(tokens, text.spans)
        spans = segments(tokens)
        features = iter(clues.of(tokens, spans))
        for start, end in spans:
            yield list(islice(features, end - start)), gold[start:end]


def _gold_labels(tokens: Tokens, spans: Iterable[tuple[int, int, str]]) -> list[int]:
    labels = [0] * len(tokens.words)
    by_start = {start: index for index, start in enumerate(tokens.starts)}
    for start, end, kind in spans:
        index = by_start.get(start)
        if index is None or kind == "MISC":
            continue
        labels[index] = LABELS.index(f"B-{kind}")
        while (index := index + 1) < len(labels) and tokens.starts[index] < end:
            labels[index] = LABELS.index(f"I-{kind}")
    return labels


def digest(texts: Iterable[Text]) -> str:
    """Changes with any text or name of the material."""
    state = hashlib.sha256()
    for text in texts:
        state.update(json.dumps([text.id, text.text, text.spans], ensure_ascii=False).encode())
    return state.hexdigest()
