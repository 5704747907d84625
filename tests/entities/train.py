"""Train the shipped weights anew and score them: `python -m tests.entities.train` (needs `pip install numpy`).

    ../shared/entities/open_train.jsonl                texts with spans      ┐
    ../shared/entities/wikinews.jsonl + annotations/   texts + lists of names┴→ reader/entities/data/weights.bin, weights.json

`weights.json` records what they were learned from and how, and how they score. Articles whose number is divisible by 7 are
the development set; training never sees them. `--score` only scores what is shipped.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reader.entities.mentions import NewsRecogniser
from reader.entities.tagger import Tagger
from tests.entities.material import Text, digest, news_texts, open_texts, segments_of
from tests.entities.scoring import development_scores, show

DATA = Path(__file__).resolve().parents[2] / "reader" / "entities" / "data"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--score", action="store_true", help="score the shipped weights, train nothing")
    if not parser.parse_args().score:
        train()
    weights = (DATA / "weights.bin").read_bytes()
    show(development_scores(NewsRecogniser(Tagger(weights))))


def train() -> None:
    """Learn from all material and write the weights with their record."""
    from tests.entities.learning import Settings

    texts, settings = [*open_texts(), *news_texts()], Settings()
    packed = weights_of(texts, settings)
    (DATA / "weights.bin").write_bytes(packed)
    (DATA / "weights.json").write_text(json.dumps(record(texts, packed, asdict(settings)), indent=1) + "\n", "utf-8")


def weights_of(texts: list[Text], settings: Any) -> bytes:
    """The packed weights learned from `texts`."""
    from tests.entities.learning import Segment, learn

    segments = [Segment(features, gold) for features, gold in segments_of(texts)]
    return learn(segments, settings).packed(settings.rows, settings.levels)


def record(texts: list[Text], packed: bytes, settings: dict[str, Any]) -> dict[str, Any]:
    """What a later check needs to know that weights, script and material belong together."""
    return {
        "settings": settings,
        "texts": len(texts),
        "material": digest(texts),
        "weights": hashlib.sha256(packed).hexdigest(),
        "bytes": len(packed),
        "development": development_scores(NewsRecogniser(Tagger(packed)))["dev"],
    }


if __name__ == "__main__":
    main()
