"""Makes an archive of made-up news, of any size, the same bytes for the same seed:

    python -m tests.bench.make_archive DIR 100000 [--seed 1] [--words 300]

Ten years of it, fewer on weekends and more as time goes on, in folders YYYY/MM/DD: Markdown with YAML front matter in three
fashions, some with TOML, some plain text; dates with milliseconds, with offsets, without a time; eight categories, a dozen
sources, six languages. Files carry the time they were published, as a wire's archive would.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import time
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Literal

from tests.bench.sentences import Cast, Writer, body, pick, zipf
from tests.bench.vocabulary import CATEGORY_NOUNS, GIVEN_NAMES, SUBHEADS, SURNAMES

EDITION = 1
"""Counted up when the same seed would give other bytes: archives of another edition are made anew."""
FIRST_DAY = date(2014, 11, 16)
LAST_DAY = date(2024, 11, 15)
_MARKER = ".made-by-bench.json"
"""Hidden, so that no reader lists it; only a folder that holds it is ever replaced."""

Form = Literal["wire", "blog", "paper", "toml", "plain"]


@dataclass(frozen=True, slots=True)
class Source:
    """One newsroom and its habits."""

    host: str
    language: str
    form: Form
    hours_east: float
    per_thousand: int
    """How many of a thousand articles are its own."""


SOURCES = (
    Source("wire.meridianpress.example", "en", "wire", 0, 330),
    Source("orrindaily.example", "en", "wire", 7, 130),
    Source("harbourcourier.example", "en", "blog", 8, 110),
    Source("thecapitalgazette.example", "en", "paper", -5, 90),
    Source("northernledger.example", "en", "blog", 1, 60),
    Source("sciencebulletin.example", "en", "toml", -8, 50),
    Source("depeche-du-soir.example", "fr", "paper", 1, 60),
    Source("elpuertodiario.example", "es", "blog", -3, 60),
    Source("abendkurier.example", "de", "paper", 1, 40),
    Source("chenbao.example", "zh", "wire", 8, 30),
    Source("minato-shimbun.example", "ja", "blog", 9, 20),
    Source("telex.example", "en", "plain", 0, 20),
)
_SOURCE_BOUNDS = tuple(accumulate(source.per_thousand for source in SOURCES))
_CATEGORIES = tuple(CATEGORY_NOUNS)
_LENGTHS = (0.35, 0.45, 0.55, 0.65, 0.7, 0.8, 0.85, 0.9, 1.0, 1.0, 1.1, 1.2, 1.35, 1.5, 1.7, 1.9)
"""How long articles are beside the mean, each as likely."""
_BUSY_HOURS = (2, 6, 7, 8, 9, 9, 10, 10, 11, 11, 12, 13, 14, 14, 15, 15, 16, 16, 17, 17, 18, 19, 20, 22)
"""When articles come out, each as likely; two in five of them are drawn over the whole day instead."""
_ONLY_DIGITS = str.maketrans("", "", "-T:.")
_SLUG_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Day:
    """One day's share of the archive."""

    day: date
    first: int
    """The number of its first article, counted from 0 through the whole archive."""
    count: int


@dataclass(frozen=True, slots=True)
class Story:
    """What an article says, before it is given the form of its source."""

    number: int
    source: Source
    category: str
    published: datetime
    """In the source's own time."""
    headline: str
    description: str
    body: str
    byline: str


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.make_archive", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="made if it is not there; replaced only if it was made by this command")
    parser.add_argument("count", type=int, help="how many articles, 1 to some millions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=300, help="words of an article on average (default 300)")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    asked = parser.parse_args(argv)
    began = time.perf_counter()
    was_made = make_archive(asked.folder, asked.count, seed=asked.seed, words=asked.words, processes=asked.processes)
    seconds = time.perf_counter() - began
    print(f"{asked.count:,} articles in {asked.folder}: " + (f"{asked.count / seconds:,.0f} a second" if was_made else "there already"))
    return 0


def make_archive(folder: Path, count: int, *, seed: int = 1, words: int = 300, processes: int = 2) -> bool:
    """Fills `folder` with `count` articles; False if it holds just these already.

    Raises FileExistsError when it holds anything that was not made here.
    """
    made = {"edition": EDITION, "count": count, "seed": seed, "words": words}
    marker = folder / _MARKER
    if marker.exists():
        if json.loads(marker.read_text()) == made:
            return False
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty, and was not made by this command")
    folder.mkdir(parents=True, exist_ok=True)
    days = [day for day in plan_days(count, seed) if day.count]
    _write_shares(folder, [days[share::processes] for share in range(processes)] if count > 200 else [days], seed, words)
    marker.write_text(json.dumps(made))
    return True


def plan_days(count: int, seed: int) -> Iterator[Day]:
    """Ten years of days that share `count` articles: about half as many on weekends, four times as many at the end, some rushes."""
    draw = Random(f"{seed}/days")
    span = (LAST_DAY - FIRST_DAY).days + 1
    weights = []
    for number in range(span):
        weekend = 0.5 if (FIRST_DAY + timedelta(number)).weekday() >= 5 else 1.0
        rush = 2.5 if draw.random() < 0.02 else 1.0
        weights.append((1 + 3 * number / span) * weekend * rush * draw.uniform(0.8, 1.2))
    bounds = [round(count * reached / sum(weights)) for reached in accumulate(weights)]
    for number, (first, end) in enumerate(zip([0, *bounds], bounds, strict=False)):
        yield Day(FIRST_DAY + timedelta(number), first, end - first)


def _write_shares(folder: Path, shares: Sequence[Sequence[Day]], seed: int, words: int) -> None:
    """Each share in a process of its own, the last one in this."""
    others = [get_context("fork").Process(target=_write_days, args=(folder, share, seed, words)) for share in shares[:-1]]
    for process in others:
        process.start()
    _write_days(folder, shares[-1], seed, words)
    for process in others:
        process.join()
        if process.exitcode != 0:
            raise OSError(f"the archive in {folder} is not whole: a process that wrote it failed")


def _write_days(folder: Path, days: Sequence[Day], seed: int, words: int) -> None:
    writer = Writer(seed)
    for day in days:
        _write_day(folder, day, writer, Random(f"{seed}/{day.day}"), words)


def _write_day(folder: Path, day: Day, writer: Writer, draw: Random, words: int) -> None:
    path = folder / day.day.strftime("%Y/%m/%d")
    path.mkdir(parents=True)
    opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    midnight = datetime(day.day.year, day.day.month, day.day.day)
    try:
        for number, second in enumerate(sorted(_second(draw) for _ in range(day.count)), day.first):
            story = _story(writer, draw, number, midnight + timedelta(seconds=second), words)
            _write_file(opened, story)
    finally:
        os.close(opened)


def _second(draw: Random) -> float:
    """A second of the day, with milliseconds."""
    if draw.random() < 0.4:
        return int(86_400_000 * draw.random()) / 1000
    return pick(draw, _BUSY_HOURS) * 3600 + int(3_600_000 * draw.random()) / 1000


def _story(writer: Writer, draw: Random, number: int, at: datetime, words: int) -> Story:
    source = SOURCES[bisect(_SOURCE_BOUNDS, int(1000 * draw.random()))]
    category = zipf(draw, _CATEGORIES)
    phrases = writer.phrases(source.language, category)
    cast = writer.cast(draw, source.language)
    text = body(draw, phrases, cast, max(20, round(words * pick(draw, _LENGTHS))))
    return Story(
        number=number,
        source=source,
        category=category,
        published=at,
        headline=pick(draw, phrases.headlines) % cast,
        description=text.partition("\n")[0],
        body=text if source.form == "plain" else _decorated(draw, text, cast),
        byline=f"{zipf(draw, GIVEN_NAMES)} {zipf(draw, SURNAMES)}",
    )


def _decorated(draw: Random, text: str, cast: Cast) -> str:
    """`text` with what Markdown has besides paragraphs: of a hundred, 20 a subhead, 10 a list, 10 a picture, 10 a link, 5 a table."""
    fate = draw.random()
    if fate < 0.20:
        return _between(text, f"## {pick(draw, SUBHEADS)}")
    if fate < 0.30:
        return _between(text, "- {l1}: {n1}\n- {l2}: {n2}\n- elsewhere: none".format_map(cast))
    if fate < 0.40:
        return "![The harbour of {l1}, seen from {x1} ({o1})](https://pictures.example/{n1}.jpg)\n\n".format_map(cast) + text
    if fate < 0.50:
        return text + "\n\nRead more: [the report of {o1}](https://reports.example/{n1}/{n2}).".format_map(cast)
    if fate < 0.55:
        return _between(text, "| place | days |\n|---|---:|\n| {l1} | {n1} |\n| {l2} | {n2} |".format_map(cast))
    return text


def _between(text: str, block: str) -> str:
    """`block` after the first paragraph."""
    first, _, rest = text.partition("\n\n")
    return f"{first}\n\n{block}\n\n{rest}"


def _write_file(folder: int, story: Story) -> None:
    name = f"{_slug(story)}.{'txt' if story.source.form == 'plain' else 'md'}"
    instant = (story.published - timedelta(hours=story.source.hours_east)).replace(tzinfo=UTC)
    stamp = int(instant.timestamp() * 1000) * 1_000_000
    file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644, dir_fd=folder)
    try:
        os.write(file, file_bytes(story))
        os.utime(file, ns=(stamp, stamp))
    finally:
        os.close(file)


def _slug(story: Story) -> str:
    """`0830-harbour-plan-4f2a`: the number keeps names apart."""
    words = _SLUG_WORD.findall(story.headline.lower())[:5]
    return "-".join([f"{story.published:%H%M}", *words, f"{story.number:x}"])


def file_bytes(story: Story) -> bytes:
    """The article as its source would file it."""
    match story.source.form:
        case "wire":
            text = _wire(story)
        case "blog":
            text = _blog(story)
        case "paper":
            text = _paper(story)
        case "toml":
            text = _toml(story)
        case "plain":
            text = f" date {story.published:%Y-%m-%d} {story.headline}.\n\n{story.body}"
    return text.encode()


def _wire(story: Story) -> str:
    """As a newsroom's system exports it: an id, an address, the instant in UTC; every tenth with an empty title."""
    written = (story.published - timedelta(hours=story.source.hours_east)).isoformat("T", "milliseconds")
    digits = written.translate(_ONLY_DIGITS)
    title, opening = (story.headline, "") if story.number % 10 else ("", f"# \n\n{story.headline}\n\n")
    return (
        f'---\nlayout: post\ncode: "ART{digits[2:12]}{story.number:06X}"\norigin_url: "{_url(story)}"\ntitle: "{title}"\n'
        f'description: "{story.description}"\ncategory: "{story.category}"\nlanguage: "{story.source.language}"\n'
        f"date: {written}Z\n---\n\n{opening}{story.body}"
    )


def _blog(story: Story) -> str:
    offset = timezone(timedelta(hours=story.source.hours_east))
    return (
        f'---\ntitle: "{story.headline}"\ndate: {story.published.replace(tzinfo=offset):%Y-%m-%d %H:%M:%S %z}\n'
        f"categories: [{story.category.capitalize()}]\ntags:\n  - {story.category.lower()}\n  - {story.published:%Y}\n"
        f"author: {story.byline}\nlang: {story.source.language}\nurl: {_url(story)}\n---\n{story.body}\n"
    )


def _paper(story: Story) -> str:
    return (
        f'---\nheadline: "{story.headline}"\npublished: {story.published:%Y-%m-%d}\nsection: {story.category.capitalize()}\n'
        f'byline: "By {story.byline}"\nsource: {story.source.host}\nlanguage: {story.source.language}\n---\n\n{story.body}\n'
    )


def _toml(story: Story) -> str:
    offset = timezone(timedelta(hours=story.source.hours_east))
    return (
        f'+++\ntitle = "{story.headline}"\ndate = {story.published.replace(tzinfo=offset).isoformat("T", "seconds")}\n'
        f'categories = ["{story.category.capitalize()}"]\nauthors = ["{story.byline}"]\nlanguage = "{story.source.language}"\n'
        f'source = "{story.source.host}"\n+++\n\n{story.body}\n'
    )


def _url(story: Story) -> str:
    return f"https://{story.source.host}/{story.category.lower()}/{story.number:07}"


if __name__ == "__main__":
    sys.exit(main())
