"""Measures the reader at several sizes of archive, prints a table and keeps the figures:

    python -m tests.bench.measure 100 10000 100000 [--in DIR] [--json FILE] [--skip-index] [--half-read]

Archives and indexes are made under DIR (by default ~/.cache/dateline-bench) and left there: a million articles take some 4 GB and
an hour to index; with --skip-index the index that is there is used. Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import index_costs, pauses, screen_costs
from tests.bench.figures import Figure, machine, save, table
from tests.bench.ground import DEFAULT_FOLDER, Ground


def main(argv: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(argv)
    figures: list[Figure] = []
    for articles in asked.articles or [100, 10_000]:
        for figure in _measured(Ground(asked.folder, articles), asked):
            print(f"{articles:,}: {figure.what}: {figure.shown}", file=sys.stderr)
            figures.append(figure)
            if asked.json:
                save(asked.json, figures)
    print(table(figures))
    print("\n" + ", ".join(f"{name} {value}" for name, value in machine().items()))
    return 0


def _measured(ground: Ground, asked: argparse.Namespace) -> Iterator[Figure]:
    ground.prepare()
    if asked.skip_index and ground.index_folder.exists():
        yield from index_costs.look_again(ground)
    else:
        yield from index_costs.measure(ground)
    if asked.half_read:
        read_half(ground)
    yield from screen_costs.measure(ground, starts=asked.starts, keys=asked.keys, idle_seconds=asked.idle, typed=asked.typed)
    if asked.held:
        yield from pauses.measure(ground, asked.held)


def read_half(ground: Ground) -> None:
    """Marks the older half of the archive read, as one step."""
    half = ground.command("mark", "read", "until:2020-12", "-a", str(ground.archive), "--no-scan")
    subprocess.run(half, env=ground.environment, check=True, stderr=subprocess.DEVNULL)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.measure", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", type=int, nargs="*", help="sizes (default 100 10000)")
    parser.add_argument("--in", dest="folder", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help=f"default {DEFAULT_FOLDER}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures, for tests.bench.compare")
    parser.add_argument("--skip-index", action="store_true", help="use the index that is there")
    parser.add_argument("--half-read", action="store_true", help="mark the older half read first")
    parser.add_argument("--starts", type=int, default=7, help="how often it is started (default 7)")
    parser.add_argument("--keys", type=int, default=40, help="how often j is pressed; the rest in proportion (default 40)")
    parser.add_argument("--typed", nargs="+", default=screen_costs.TYPED, metavar="FILTER", help="filters to type, a letter at a time")
    parser.add_argument("--held", type=float, default=3.0, metavar="SECONDS", help="holding a key to find pauses (default 3; 0: none are)")
    parser.add_argument("--idle", type=float, default=10.0, metavar="SECONDS", help="how long nothing is pressed (default 10)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
