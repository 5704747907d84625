"""Compares two runs of `tests.bench.measure` or `tests.bench.query`, kept as JSON:

    python -m tests.bench.compare BEFORE.json AFTER.json

Figures that only one of them has are left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import Figure, load

_MORE_IS_BETTER = ("/s",)
_NOISE = 0.15
"""A change smaller than this share is called none: a shared machine does that by itself."""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.compare", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    asked = parser.parse_args(argv)
    print(comparison(load(asked.before), load(asked.after)))
    return 0


def comparison(before: Sequence[Figure], after: Sequence[Figure]) -> str:
    """Markdown: each figure that both runs have, and what became of it."""
    earlier = {(figure.what, figure.articles): figure for figure in before}
    rows = [["", "articles", "before", "after", ""], ["---", "---:", "---:", "---:", "---"]]
    for figure in after:
        was = earlier.get((figure.what, figure.articles))
        if was is not None:
            rows.append([figure.what, f"{figure.articles:,}", was.shown, figure.shown, verdict(was, figure)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def verdict(was: Figure, now: Figure) -> str:
    """`better`, `worse` or `same`, and by how much."""
    if was.median == now.median:
        return "same"
    if not was.median or not now.median:
        return "better" if (now.median > was.median) == (now.unit in _MORE_IS_BETTER) else "worse"
    ratio = now.median / was.median
    if abs(ratio - 1) < _NOISE:
        return "same"
    is_better = (ratio > 1) == (now.unit in _MORE_IS_BETTER)
    return f"{'better' if is_better else 'worse'}, {ratio:.2f} ×"


if __name__ == "__main__":
    sys.exit(main())
