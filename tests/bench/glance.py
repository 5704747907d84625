"""Times who, where and when: facets and timeline of the whole archive and of parts of it, cards and related stories.

    python -m tests.bench.glance 10000 [--in DIR] [--runs 5] [--json FILE]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from reader.library import Library
from reader.model import ArticleId, Entity
from reader.query.syntax import parse
from tests.bench import index_costs
from tests.bench.figures import Figure, save, summary, table
from tests.bench.ground import DEFAULT_FOLDER, Ground

FIELDS = ("person", "org", "place", "category", "source", "language", "tag")
PARTS = (1, 10, 50)
"""In a hundred."""
BARS = 70


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.glance", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="*", help="sizes (default 10000)")
    parser.add_argument("--in", dest="folder", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help=f"default {DEFAULT_FOLDER}")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args(argv)
    figures = [figure for articles in asked.articles or [10_000] for figure in measure(Ground(asked.folder, articles), asked.runs)]
    if asked.json:
        save(asked.json, figures)
    print(table(figures))
    return 0


def measure(ground: Ground, runs: int) -> Iterator[Figure]:
    """Each look at the answer, timed."""
    ground.prepare()
    if not ground.index_folder.exists():
        index_costs.index(ground)
    for what, job, aim in _jobs(ground.library()):
        yield summary(what, ground.articles, "ms", [_milliseconds(job) for _ in range(runs)], aim)


def _jobs(library: Library) -> Iterator[tuple[str, Callable[[], object], str]]:
    insight = library.insight()
    everything = library.all_ids(parse("", final=True), library.clock(datetime.now().astimezone()))
    yield "facets of everything", lambda: dict(insight.facets(FIELDS, None)), "1 s"
    yield "timeline of everything", lambda: insight.timeline(everything, BARS), "1 s"
    chance = random.Random(1)
    for part in PARTS:
        some = array("q", sorted(chance.sample(list(everything), max(len(everything) * part // 100, 1)), reverse=True))
        aim = "200 ms" if part == 1 else "1 s"
        yield f"facets of {part} in 100", lambda some=some: dict(insight.facets(FIELDS, some)), aim
        yield f"timeline of {part} in 100", lambda some=some: insight.timeline(some, BARS), aim
    commonest = next(iter(insight.facets(["place"], None)))[1][0]
    yield "card of the commonest place", lambda: insight.card(Entity(commonest.value, "place")), "1 s"
    yield "related stories", lambda: insight.related(ArticleId(everything[len(everything) // 2]), lambda: False), "200 ms"


def _milliseconds(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
