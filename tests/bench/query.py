"""Times questions at the library, without a screen: the first window and all ids, for each field and for bare words.

    python -m tests.bench.query 10000 [--in DIR] [--runs 5] [--json FILE]

Each question is asked as if it were being typed, so that the last word finds its beginnings. The archive and its index are made
where they are missing; to have marks to ask about, the older half is read and one article in a hundred is starred.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from reader.library import Library
from reader.model import ArticleId
from reader.query.conditions import Clock
from reader.query.syntax import parse
from reader.triage.verbs import verdict
from tests.bench import index_costs
from tests.bench.figures import Figure, save, summary
from tests.bench.ground import DEFAULT_FOLDER, Ground

WINDOW = 60
"""Rows: more than a tall terminal shows."""

_ASKED = """
    ; g ; go ; gov ; government ; a ; x ; zz ; khan ; government plan ; "said the" ; -government ; khan OR rossi ; 北京 ; 港
    ; category:world ; category:s ; c:health ; -category:world ; entity:a ; org:a ; place:a ; person:a
    ; entity:khan ; entity:"Maria Smith" ; entity:m ; person:rossi ; org:bank ; org:b ; place:china ; place:lyon,marseille ; place:x
    ; tag:2019 ; tag:nowhere ; source:abendkurier.example ; source:o ; language:fr ; language:en ; lang:e
    ; author:khan ; author:m ; author:a ; title:harbour ; title:h ; body:ceasefire ; body:c
    ; path:2019/03 ; path:x ; path:2 ; path:4 ; path:2019 path:ballot ; title:/harbour/ ; path:/2019/ ; source:/kurier/
    ; date:2019-03 ; date:2024 ; since:2024-11-01 ; since:30d ; until:2015 ; after:2024-10 ; before:2015
    ; is:unread ; is:read ; is:starred ; -is:starred ; is:skipped ; is:new ; has:table ; has:link ; has:entity ; has:note
    ; sort:words ; sort:headline ; sort:-headline ; sort:source ; sort:-date ; category:sport sort:source ; limit:10
    ; government sort:relevance ; the sort:relevance ; sort:relevance g ; sort:relevance go
    ; government -category:sport is:unread ; place:china since:2024 -is:starred ; (place:china OR title:china) language:en
"""
QUESTIONS = tuple(each.strip() for each in _ASKED.split(";"))
"""The first is no filter at all."""
FIRST_ROWS, ALL_IDS = "first rows: ", "all ids: "


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.query", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="*", help="sizes (default 10000)")
    parser.add_argument("--in", dest="folder", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help=f"default {DEFAULT_FOLDER}")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args(argv)
    figures: list[Figure] = []
    for articles in asked.articles or [10_000]:
        figures += measure(Ground(asked.folder, articles), asked.runs)
        if asked.json:
            save(asked.json, figures)
    print(by_question(figures))
    return 0


def measure(ground: Ground, runs: int) -> Iterator[Figure]:
    """For each question its first window and its answer, then the middle of all questions."""
    ground.prepare()
    if not ground.index_folder.exists():
        index_costs.index(ground)
    library = ground.library()
    _mark(library)
    clock = library.clock(datetime.now().astimezone())
    windows, answers = [], []
    for question in QUESTIONS:
        window, answer = _timed(library, clock, question, runs)
        shown = f"`{question}`" if question else "no filter"
        windows.append(summary(f"{FIRST_ROWS}{shown}", ground.articles, "ms", window, "50 ms"))
        answers.append(summary(f"{ALL_IDS}{shown}", ground.articles, "ms", answer, "1 s"))
        yield from (windows[-1], answers[-1])
    for name, figures in ((FIRST_ROWS, windows), (ALL_IDS, answers)):
        yield summary(f"{name}every question", ground.articles, "ms", [figure.median for figure in figures])


def by_question(figures: Iterable[Figure]) -> str:
    """Markdown: a row for each question, and for each size the first rows and all ids."""
    shown: dict[str, dict[str, str]] = {}
    for figure in figures:
        kind = FIRST_ROWS if figure.what.startswith(FIRST_ROWS) else ALL_IDS
        shown.setdefault(figure.what.removeprefix(kind), {})[f"{kind}{figure.articles:,}"] = figure.shown
    columns = list(dict.fromkeys(column for cells in shown.values() for column in cells))
    rows = [["", *columns], ["---", *["---:"] * len(columns)]]
    rows += [[question.replace("|", "\\|"), *(cells.get(column, "") for column in columns)] for question, cells in shown.items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _timed(library: Library, clock: Clock, question: str, runs: int) -> tuple[list[float], list[float]]:
    """Milliseconds for the window with its rows, and for the whole answer, as if the question had never been asked before."""
    query = parse(question, final=False)
    windows, answers = [], []
    for _ in range(runs):
        # Each letter typed makes another question: what its words come to is not known from the last one.
        library._asking.get()._meanings.forget()
        began = time.perf_counter()
        library.rows(library.first_window(query, clock, WINDOW))
        there = time.perf_counter()
        library.all_ids(query, clock)
        windows.append(1000 * (there - began))
        answers.append(1000 * (time.perf_counter() - there))
    return windows, answers


def _mark(library: Library) -> None:
    """The older half read and one in a hundred starred, unless something is starred already."""
    clock = library.clock(datetime.now().astimezone())
    if library.first_window(parse("is:starred", final=True), clock, 1):
        return
    _give(library, "read", list(library.all_ids(parse("until:2020-12", final=True), clock)))
    _give(library, "star", list(library.all_ids(parse("", final=True), clock)[::100]))


def _give(library: Library, verb: str, ids: list[int]) -> None:
    rows = library.rows([ArticleId(each) for each in ids])
    library.give(verdict(verb), [(row.archive, row.key) for row in rows])


if __name__ == "__main__":
    sys.exit(main())
