"""Measured figures: their summary, the table they are shown in, the file they are kept in."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_STAT = Path("/proc/stat")
_IDLE, _WAITING, _STOLEN = 3, 4, 7
"""Columns of its first line, after the name; see proc(5)."""
UNITS = {"ms": 1, "s": 2, "/s": 0, "bytes": 0, "MB": 0, "×": 2, "frames": 0}
"""Each with the decimals it is shown with."""

Value = float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured at one size of archive."""

    what: str
    articles: int
    unit: str
    """One of UNITS."""
    median: float
    p95: Value = None
    runs: int = 1
    aim: str = ""
    """What it should be at most, or at least, in words."""

    @property
    def shown(self) -> str:
        """`12 ms`, with the 95th percentile where there were several runs: `12 ms (p95 31)`."""
        decimals = UNITS[self.unit]
        tail = f" (p95 {self.p95:,.{decimals}f})" if self.p95 is not None else ""
        return f"{self.median:,.{decimals}f} {self.unit}{tail}"


def summary(what: str, articles: int, unit: str, measured: Sequence[float], aim: str = "") -> Figure:
    """The median of several runs, and the 95th percentile from ten runs on."""
    if not measured:
        raise ValueError(f"{what}: nothing was measured")
    p95 = statistics.quantiles(measured, n=20, method="inclusive")[-1] if len(measured) >= 10 else None
    return Figure(what, articles, unit, statistics.median(measured), p95, len(measured), aim)


def table(figures: Iterable[Figure]) -> str:
    """Markdown: a row for each thing measured, a column for each size, in the order measured, and one for the aims if there are any."""
    figures = list(figures)
    sizes = sorted({figure.articles for figure in figures})
    cells = {(figure.what, figure.articles): figure.shown for figure in figures}
    aims = {figure.what: "" for figure in figures} | {figure.what: figure.aim for figure in figures if figure.aim}
    has_aims = any(aims.values())
    head = ["", *(f"{size:,}" for size in sizes), *["aim"] * has_aims]
    rows = [[what, *(cells.get((what, size), "") for size in sizes), *[aim] * has_aims] for what, aim in aims.items()]
    rule = ["---", *["---:"] * len(sizes), *["---"] * has_aims]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])


def save(path: Path, figures: Iterable[Figure]) -> None:
    """JSON: when, on what machine, and every figure."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"measured": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine(), "figures": [asdict(f) for f in figures]}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def load(path: Path) -> list[Figure]:
    """The figures that `save` kept."""
    return [Figure(**figure) for figure in json.loads(path.read_text())["figures"]]


def machine() -> dict[str, str | int | float]:
    """What figures depend on."""
    return {
        "cores": os.cpu_count() or 1,
        "processor": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        "textual": version("textual"),
        "load": round(os.getloadavg()[0], 2),
        "percent of its busy time that went to other machines": _stolen(),
    }


def _ticks() -> list[int]:
    """How long the processors have done what, where the system says so."""
    return [int(number) for number in _STAT.read_text().partition("\n")[0].split()[1:]] if _STAT.exists() else []


_BEFORE = _ticks()


def _stolen() -> int:
    """Of a virtual machine's busy time since this program began, the percentage that its host gave to others; 0 where nobody says."""
    spent = [after - before for before, after in zip(_BEFORE, _ticks(), strict=True)]
    busy = sum(spent[: _STOLEN + 1]) - spent[_IDLE] - spent[_WAITING] if spent else 0
    return round(100 * spent[_STOLEN] / busy) if busy else 0
