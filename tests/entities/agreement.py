"""How far two annotators agree: `python -m tests.entities.agreement`.

Thirty articles were annotated twice by different hands. A name is agreed on when both list it, normalised; its type when
both give it the same. F1 takes one pass as gold for the other, which is the same either way.
"""

from __future__ import annotations

from reader.entities.lexicon import normalise
from tests.entities.material import SECOND_PASS, annotations


def agreement() -> dict[str, float]:
    """`articles`, `names` and `typed` (F1), and `types` (share of the agreed names that have one type)."""
    first, second = annotations(), annotations(SECOND_PASS)
    ids = sorted(first.keys() & second.keys())
    ours = {(article, normalise(name)): kind for article in ids for name, kind in first[article]["names"].items() if kind != "MISC"}
    theirs = {(article, normalise(name)): kind for article in ids for name, kind in second[article]["names"].items() if kind != "MISC"}
    both = ours.keys() & theirs.keys()
    same_type = sum(ours[name] == theirs[name] for name in both)
    total = len(ours) + len(theirs)
    return {"articles": len(ids), "names": 2 * len(both) / total, "typed": 2 * same_type / total, "types": same_type / len(both)}


if __name__ == "__main__":
    for measure, value in agreement().items():
        print(f"{measure:9}{value:8.3f}" if measure != "articles" else f"{measure:9}{value:8.0f}")
