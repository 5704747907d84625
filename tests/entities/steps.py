"""What each part of the recogniser is worth: `python -m tests.entities.steps` (needs `pip install numpy`; some three minutes).

Each row adds one thing to the row before and is scored on the development articles. Learning is with one seed here, so that the last
row but one may differ in the third digit from the shipped weights, which are the mean of three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from unittest.mock import patch

from reader.entities import features
from reader.entities.known_names import with_echoes
from reader.entities.mentions import NewsRecogniser, Recogniser, Stretch, _located, load
from reader.entities.repair import repaired
from reader.entities.tagger import Tagger
from reader.entities.tokens import tokenise
from reader.model import DeclaredName
from tests.entities.learning import Settings
from tests.entities.material import Text, news_texts, open_texts
from tests.entities.scoring import development_scores
from tests.entities.train import weights_of

_RUN = re.compile(r"[A-Z][\w.'’-]*[\w](?: (?:(?:of|the|and|for|de|al) )?[A-Z][\w.'’-]*[\w])*")
_ONE_SEED = replace(Settings(), seeds=(7,))


class Runs(NewsRecogniser):
    """Every run of capitalised words is a name, and all are organisations."""

    def __init__(self) -> None:
        pass

    def _stretches(self, masked: str, declared: tuple[DeclaredName, ...], english: bool) -> Iterable[Stretch]:
        return (Stretch(run.start(), run.end(), "org") for run in _RUN.finditer(masked))


class Partial(NewsRecogniser):
    """The recogniser with only some of what follows the tagger."""

    def __init__(self, tagger: Tagger, repairs: bool = False, echoes: bool = False) -> None:
        super().__init__(tagger)
        self._repairs, self._echoes = repairs, echoes

    def _stretches(self, masked: str, declared: tuple[DeclaredName, ...], english: bool) -> Iterable[Stretch]:
        tokens = tokenise(masked)
        spans = self._tagger.tag(tokens)
        if self._repairs:
            spans = repaired(tokens, spans)
        return _located(tokens, with_echoes(tokens, spans) if self._echoes else spans)


def steps() -> Iterator[tuple[str, Recogniser]]:
    """What is added, and the recogniser that has it."""
    yield "runs of capitalised words", Runs()
    with patch.object(features, "classes", lambda word: ""):
        features.face.cache_clear()
        yield "tagger learned from the open texts, no word lists", Partial(learned(open_texts()))
    features.face.cache_clear()
    yield "with the word lists", Partial(learned(open_texts()))
    tagger = learned([*open_texts(), *news_texts()])
    yield "with the annotated news", Partial(tagger)
    yield "with repairs after the tagger", Partial(tagger, repairs=True)
    yield "with datelines, echoes and sure places", Partial(tagger, repairs=True, echoes=True)
    yield "the shipped weights: the mean of three runs", load()


def learned(texts: list[Text]) -> Tagger:
    return Tagger(weights_of(texts, _ONE_SEED))


def main() -> None:
    print("| step | exact | typed | with aliases | wrong names an article | facet |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, recogniser in steps():
        scores = development_scores(recogniser)["dev"]
        exact, typed, alias = (scores[measure][2] for measure in ("exact", "typed", "alias"))
        print(f"| {name} | {exact:.3f} | {typed:.3f} | {alias:.3f} | {scores['noise']:.2f} | {scores['facet']:.2f} |", flush=True)


if __name__ == "__main__":
    main()
