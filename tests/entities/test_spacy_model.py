"""A spaCy model may find the names in our tagger's place; a fake shows it, since none is installed here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.entities import spacy_model
from reader.entities.mentions import Recogniser
from reader.errors import UsageError
from reader.index.crew import FEW
from reader.model import Article
from tests.builders import folder, numbered_articles
from tests.cli.run import dateline


@dataclass
class FakeSpan:
    label_: str
    start_char: int
    end_char: int


@dataclass
class FakeDoc:
    ents: list[FakeSpan]


def fake_pipeline(text: str) -> FakeDoc:
    """Finds `Ana Sol`, `Sol` and `Mars` wherever they stand, and a date."""
    found = [("PERSON", "Ana Sol"), ("GPE", "Mars"), ("DATE", "Monday")]
    spans = [FakeSpan(label, text.index(name), text.index(name) + len(name)) for label, name in found if name in text]
    if (last := text.rfind("Sol")) > text.find("Ana Sol") + 4:
        spans.append(FakeSpan("PERSON", last, last + 3))
    return FakeDoc(spans)


def test_a_spacy_pipeline_takes_the_tagger_s_place() -> None:
    recogniser: Recogniser = spacy_model.SpacyRecogniser(fake_pipeline)
    body = "On Monday Ana Sol went to **Mars**. Sol stayed with Joe Biden."
    mentions = recogniser.find(Article("a.md", "a trip", body, "markdown"))
    assert [(one.entity, one.kind, one.text, one.start) for one in mentions] == [
        ("Ana Sol", "person", "Ana Sol", 10),
        ("Mars", "place", "Mars", 28),
        ("Ana Sol", "person", "Sol", body.rindex("Sol")),
    ]


def test_without_spacy_or_its_model_the_message_says_what_to_do() -> None:
    with pytest.raises(UsageError, match=r"pip install|download"):
        spacy_model.load("no_such_model")


SPACY = """
from dataclasses import dataclass

@dataclass
class Span:
    label_: str
    start_char: int
    end_char: int

@dataclass
class Doc:
    ents: list

def load(model):
    if model != "made_up":
        raise OSError(model)
    return lambda text: Doc([Span("PERSON", at, at + 7) for at in [text.find("harbour")] if at >= 0])
"""


def test_the_model_that_the_environment_names_finds_the_names_in_every_process(tmp_path: Path) -> None:
    path = str(folder(tmp_path / "packages", {"spacy.py": SPACY}))
    wire = folder(tmp_path / "wire", numbered_articles(FEW + 1))
    missing = dateline(tmp_path, "index", "-a", wire, PYTHONPATH=path, DATELINE_SPACY="unknown")
    assert (missing.code, missing.err.splitlines()[-1]) == (
        2,
        "dateline: spaCy has no model `unknown`; `python -m spacy download unknown` brings one",
    )
    found = dateline(tmp_path, "facets", "person", "-a", wire, "--format", "tsv", PYTHONPATH=path, DATELINE_SPACY="made_up")
    assert (found.code, found.out.split("\t")[:2]) == (0, ["harbour", str(FEW + 1)])
    key = dateline(tmp_path, "list", "-a", wire, "--format", "jsonl", "--limit", "1").keys[0]
    shown = dateline(tmp_path, "show", key, "-a", wire, "--format", "json", PYTHONPATH=path, DATELINE_SPACY="made_up")
    assert [mention["text"] for mention in shown.records[0]["mentions"]] == ["harbour"]
