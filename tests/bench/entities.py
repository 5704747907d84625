"""Times the recognition of names alone, in one process and in several.

    python -m tests.bench.entities [ARTICLES] [--archives] [--words 470] [--processes 2] [--json FILE]

The articles are cut from `../shared/entities` where that is beside the checkout, else made up; made-up news repeats itself more
than real news does, so that its figures are kinder. With `--archives` they are the English ones of `../shared/corpora`, an archive
after the other, as many as there are. Every process begins with nothing remembered; one then reads all a second time. A fixed
loop is timed beside them, so that figures from a busy machine can be told from those of an idle one.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from random import Random

from reader.entities.mentions import is_basic, load
from reader.intake.files import is_article
from reader.intake.parse import parse
from reader.model import Article
from tests.bench.figures import Figure, save, summary, table
from tests.bench.sentences import Writer, body, pick
from tests.bench.vocabulary import CATEGORY_NOUNS
from tests.entities import material
from tests.shared import SHARED

_LOOPS = 300_000
_WORD_AND_SPACE = re.compile(r"\S+\s*")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.entities", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="?", default=1000, help="at most (default 1000)")
    parser.add_argument("--archives", action="store_true", help="those of whole archives, however many")
    parser.add_argument("--words", type=int, default=470, help="of each article (default 470)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="default: one a core")
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args(argv)
    articles = list(cut(archive_texts(), asked.words) if asked.archives else islice(cut(texts(), asked.words), asked.articles))
    figures = list(measure(articles, asked.processes))
    if asked.json:
        save(asked.json, figures)
    print(table(figures))
    return 0


def texts() -> Iterator[str]:
    """What the material holds, where it is there; else news without end."""
    if (SHARED / "entities").is_dir():
        yield from map(material.whole_text, material.wikinews().values())
        yield from (text.text for text in material.open_texts())
    else:
        yield from made_up()


def archive_texts() -> Iterator[str]:
    """The bodies of the English articles of every archive in the corpora, as they are shown."""
    for path in sorted((SHARED / "corpora").rglob("*")):
        if is_article(path.name) and path.is_file():
            article = parse(path.read_bytes(), path.name)
            if isinstance(article, Article) and not is_basic(article):
                yield article.body


def made_up() -> Iterator[str]:
    """English stories as the made-up archive has them."""
    draw, writer = Random("names"), Writer(1)
    while True:
        yield body(draw, writer.phrases("en", pick(draw, tuple(CATEGORY_NOUNS))), writer.cast(draw, "en"), 300)


def cut(stories: Iterator[str], words: int) -> Iterator[Article]:
    """Articles of so many words each, of stories one after another; what is left over at the end is no article."""
    held: list[str] = []
    for story in stories:
        held += _WORD_AND_SPACE.findall(story + "\n\n")
        while len(held) >= words:
            yield Article("made.md", "", "".join(held[:words]), "plain")
            del held[:words]


def measure(articles: Sequence[Article], processes: int) -> Iterator[Figure]:
    """Reading the data; recognition in one process, in several; the fixed loop."""
    count = len(articles)
    with get_context("spawn").Pool(1) as pool:
        load_seconds, alone, cpu = pool.apply(_recognise, (articles,))
        _, _, cpu_again = pool.apply(_recognise, (articles,))
    yield Figure("reading the recogniser's data", count, "ms", 1000 * load_seconds, aim="60 ms")
    yield Figure("names: one process", count, "/s", count / alone, aim="500/s")
    yield Figure("names: one process, by its CPU time", count, "/s", count / cpu)
    yield Figure("the same, once it has met them", count, "/s", count / cpu_again)
    shares = [articles[share::processes] for share in range(processes)]
    with get_context("spawn").Pool(processes) as pool:
        slowest = max(seconds for _, seconds, _ in pool.map(_recognise, shares, chunksize=1))
    yield Figure(f"names: {processes} processes", count, "/s", count / slowest, aim="1,000/s on two cores")
    yield summary("the fixed loop, CPU time", count, "ms", [1000 * fixed_loop() for _ in range(5)])


def _recognise(articles: Sequence[Article]) -> tuple[float, float, float]:
    """Seconds of loading and of recognition, and the CPU time of the latter."""
    began = time.perf_counter()
    recogniser = load()
    loaded = time.perf_counter()
    cpu_before = time.process_time()
    for article in articles:
        recogniser.find(article)
    return loaded - began, time.perf_counter() - loaded, time.process_time() - cpu_before


def fixed_loop() -> float:
    """CPU seconds of work that never changes: counting in a small dict."""
    began = time.process_time()
    counts: dict[int, int] = {}
    for number in range(_LOOPS):
        counts[number & 1023] = counts.get(number & 1023, 0) + 1
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
