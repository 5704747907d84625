"""Fuzzing of what reads other people's bytes: `python -m tests.hostile.fuzz TARGET SECONDS` (needs atheris).

Each target must neither raise nor take longer than a second, whatever it is given; what it gives must keep its promises.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["reader"]):
    from reader.clean import clean, clean_line, safe_url
    from reader.errors import QueryError
    from reader.intake.parse import parse
    from reader.model import Article
    from reader.query.syntax import parse as parse_query
    from reader.query.syntax import unparse
    from reader.query.tree import Query
    from reader.tui.article_lines import render

from tests.hostile.test_hostile import ACTS

SLOWEST_SECONDS = 1.0
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
"""Articles to begin from."""


def article(data: bytes) -> None:
    found = parse(data, "2024/11/story.md")
    if isinstance(found, Article):
        assert found.headline.strip()
        render(found, (), 80)


def text(data: bytes) -> None:
    words = data.decode("utf-8", "surrogateescape")
    assert not ACTS.search(clean(words))
    assert clean(clean(words)) == clean(words)
    assert "\n" not in clean_line(words)
    url = safe_url(words)
    assert url is None or url.startswith(("http://", "https://", "mailto:"))


def query(data: bytes) -> None:
    words = data.decode("utf-8", "replace")
    found = _read(words)
    if isinstance(found, QueryError):
        assert 0 <= found.start <= found.end <= len(words) + 1
    else:
        assert parse_query(unparse(found), final=True) == found


def _read(words: str) -> Query | QueryError:
    try:
        return parse_query(words, final=True)
    except QueryError as error:
        return error


TARGETS: Mapping[str, Callable[[bytes], None]] = {"article": article, "text": text, "query": query}


def timed(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        began = time.monotonic()
        target(data)
        assert time.monotonic() - began < SLOWEST_SECONDS, f"{len(data):,} bytes took {time.monotonic() - began:.1f} s"

    return run


if __name__ == "__main__":
    name, seconds = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "60"
    with tempfile.TemporaryDirectory() as found:
        options = [f"-max_total_time={seconds}", "-max_len=4096", "-rss_limit_mb=1024", found, str(SEEDS)]
        atheris.Setup(["fuzz", *options], timed(TARGETS[name]))
        atheris.Fuzz()
