"""The shipped weights, the script that made them and the material belong together; the annotations are what they say they are."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from dataclasses import asdict
from pathlib import Path

import pytest

import reader.entities
from reader.entities.features import code
from reader.entities.mentions import load
from reader.entities.tagger import BIAS, LABELS, Tagger, packed_file
from reader.entities.tokens import tokenise
from tests.entities import agreement, material, scoring, train
from tests.shared import SHARED

DATA = Path(reader.entities.__file__).parent / "data"
README = Path(__file__).resolve().parents[2] / "README.md"
RECORD = json.loads((DATA / "weights.json").read_text("utf-8"))

needs_material = pytest.mark.skipif(not (SHARED / "entities").is_dir(), reason="the training texts are not beside this checkout")
needs_numpy = pytest.mark.skipif(importlib.util.find_spec("numpy") is None, reason="numpy, which only training needs, is not installed")


def test_the_record_is_of_the_shipped_weights() -> None:
    packed = (DATA / "weights.bin").read_bytes()
    assert (hashlib.sha256(packed).hexdigest(), len(packed)) == (RECORD["weights"], RECORD["bytes"])


@needs_material
def test_the_weights_were_learned_from_this_material() -> None:
    texts = [*material.open_texts(), *material.news_texts()]
    assert (material.digest(texts), len(texts)) == (RECORD["material"], RECORD["texts"])


@needs_numpy
def test_the_weights_were_learned_with_the_script_s_settings() -> None:
    from tests.entities.learning import Settings

    assert json.loads(json.dumps(asdict(Settings()))) == RECORD["settings"]


@needs_material
def test_the_shipped_recogniser_reaches_its_recorded_scores() -> None:
    scores = scoring.development_scores(load())["dev"]
    assert scores == RECORD["development"]
    assert scores["exact"][2] >= 0.9
    assert scores["typed"][2] >= 0.86
    assert scores["alias"][2] >= 0.91
    assert scores["noise"] <= 1.4
    assert scores["facet"] >= 0.93


def test_the_readme_shows_the_recorded_scores() -> None:
    scores = RECORD["development"]
    exact, typed, alias = (f"{scores[measure][2]:.3f}".removeprefix("0") for measure in ("exact", "typed", "alias"))
    row = f"| development set | {exact} | {typed} | {alias} | {scores['noise']:.2f} | {scores['facet']:.0%} |".replace("%", " %")
    assert row in README.read_text("utf-8")


@needs_material
def test_training_never_sees_the_development_articles() -> None:
    seen = {text.id for text in material.news_texts()}
    assert len(seen) >= 200
    assert not any(material.is_development(article_id) for article_id in seen)
    assert sum(material.is_development(article_id) for article_id in material.annotations()) >= 40


@needs_material
@needs_numpy
def test_training_again_gives_the_same_weights() -> None:
    from tests.entities.learning import Settings

    texts, settings = material.news_texts()[:12], Settings(seeds=(1,), epochs=2, rows=500)
    packed = train.weights_of(texts, settings)
    assert packed == train.weights_of(texts, settings)
    tokens = tokenise("President Vladimir Putin met Angela Merkel in Moscow on Tuesday.")
    assert Tagger(packed).tag(tokens) == Tagger(train.weights_of(texts, settings)).tag(tokens)


def test_packed_weights_decide_as_they_say() -> None:
    def row(label: str) -> list[int]:
        return [BIAS - 1 if one == label else 0 for one in LABELS]

    rows = {code("=anna"): row("B-PER"), code("=smith"): row("I-PER"), code("=rome"): row("B-LOC")}
    tokens = tokenise("yesterday Anna Smith saw Rome again")
    assert Tagger(packed_file(rows)).tag(tokens) == [(1, 3, "person"), (4, 5, "place")]


def test_two_annotators_agree_on_thirty_articles() -> None:
    measured = agreement.agreement()
    assert measured["articles"] >= 30
    assert measured["names"] >= 0.85
    assert measured["types"] >= 0.9


@needs_material
def test_every_annotated_name_stands_in_its_article() -> None:
    articles = material.wikinews()
    records = {**material.annotations(), **material.annotations(material.SECOND_PASS)}
    assert len(records) >= 200
    missing = [
        (article_id, name)
        for article_id, record in records.items()
        for name, kind in record["names"].items()
        if name not in material.whole_text(articles[article_id]) or kind not in ("PER", "ORG", "LOC", "MISC")
    ]
    assert missing == []
