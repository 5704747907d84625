"""A spaCy model may find the names in our tagger's place; a fake shows it, since none is installed here."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from reader.entities import spacy_model
from reader.entities.mentions import Recogniser
from reader.errors import UsageError
from reader.model import Article


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
