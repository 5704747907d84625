"""Score a recogniser on the development articles by `../shared/entities/score.py`."""

from __future__ import annotations

import importlib.util
from collections import Counter, defaultdict
from types import ModuleType
from typing import Any

from reader.entities.mentions import Recogniser
from reader.model import Article
from tests.entities.material import SHARED, annotations, is_development, longest_matches, whole_text, wikinews

TYPES = {"person": "PER", "org": "ORG", "place": "LOC", "other": "MISC"}


def scorer() -> ModuleType:
    """The shared scorer, as a module."""
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def development_scores(recogniser: Recogniser) -> dict[str, Any]:
    """The scorer's table for the development articles."""
    articles = wikinews()
    ids = (article_id for article_id in annotations() if is_development(article_id))
    return scores({article_id: prediction(recogniser, article_of(articles[article_id])) for article_id in ids})


def scores(predictions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The scorer's table for annotated articles, by what was found in each."""
    articles, annotated, score = wikinews(), annotations(), scorer()
    golds = [score.Gold(gold(articles[article_id], annotated[article_id])) for article_id in sorted(predictions)]
    found: dict[str, Any] = score.score(golds, predictions)
    return found


def gold(article: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """An annotated article as the scorer takes it."""
    text = whole_text(article)
    counts = Counter(text[start:end] for start, end, _ in longest_matches(text, record["names"]))
    entities = [{"text": name, "type": kind, "n": counts[name] or 1} for name, kind in record["names"].items()]
    return {"doc_id": article["id"], "dataset": "dev", "text": text, "entities": entities, "aliases": record.get("groups", [])}


def article_of(article: dict[str, Any]) -> Article:
    return Article(path=article["id"], headline=article["title"], body=article["text"], body_form="plain")


def prediction(recogniser: Recogniser, article: Article) -> dict[str, Any]:
    """The recogniser's answer as the scorer takes it: each entity with the spellings it has in the article."""
    spellings: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for mention in recogniser.find(article):
        spellings[mention.entity, TYPES[mention.kind]][mention.text] = None
    return {"entities": [{"text": next(iter(texts)), "type": kind, "aliases": list(texts)[1:]} for (_, kind), texts in spellings.items()]}


def show(scores: dict[str, Any]) -> None:
    scorer().show(scores)
