"""Let a spaCy model that the user has installed find the names (`pip install dateline[spacy]`); joining them stays ours.

The environment names it (DATELINE_SPACY), and so every process takes the same. spaCy is imported only when a recogniser is asked for,
so that the reader starts without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Final, Protocol, cast

from reader.entities.mentions import NewsRecogniser, Stretch
from reader.errors import UsageError
from reader.model import DeclaredName, Kind

_KINDS: Final[dict[str, Kind]] = {"PERSON": "person", "PER": "person", "ORG": "org", "GPE": "place", "LOC": "place", "FAC": "place"}
"""spaCy's labels that are entities here; peoples, events, dates and the rest are left out."""


class Span(Protocol):
    """What is used of spaCy's `Span`."""

    label_: str
    start_char: int
    end_char: int


class Doc(Protocol):
    """What is used of spaCy's `Doc`."""

    @property
    def ents(self) -> Iterable[Span]: ...


class SpacyRecogniser(NewsRecogniser):
    """The recogniser with a spaCy pipeline in the tagger's place."""

    def __init__(self, pipeline: Callable[[str], Doc]) -> None:
        self._pipeline = pipeline

    def _stretches(self, masked: str, declared: tuple[DeclaredName, ...], english: bool) -> list[Stretch]:
        return [
            Stretch(span.start_char, span.end_char, _KINDS[span.label_]) for span in self._pipeline(masked).ents if span.label_ in _KINDS
        ]


def wanted() -> str | None:
    """The model that is to find the names; None for the package's own recogniser."""
    return os.environ.get("DATELINE_SPACY") or None


def load(model: str) -> SpacyRecogniser:
    """A recogniser with the named spaCy model. Raises UsageError where spaCy or the model isn't installed."""
    try:
        import spacy  # type: ignore[import-not-found,unused-ignore]  # optional, and absent where this is checked
    except ImportError as error:
        raise UsageError("spaCy isn't installed; `pip install dateline[spacy]` brings it") from error
    try:
        return SpacyRecogniser(cast("Callable[[str], Doc]", spacy.load(model)))
    except OSError as error:
        raise UsageError(f"spaCy has no model `{model}`; `python -m spacy download {model}` brings one") from error
