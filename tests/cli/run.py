"""Runs the command line as a user does, in a process of its own with an empty home."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.builders import environment


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def keys(self) -> list[str]:
        return [record["key"] for record in self.records]


def dateline(home: Path, *arguments: str | Path, **changes: str) -> Ran:
    """`dateline ARGUMENTS`, with nothing on standard input; output decoded as the UTF-8 that it promises."""
    ran = subprocess.run(
        [sys.executable, "-m", "reader", *map(str, arguments)],
        env=environment(home, **changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))
