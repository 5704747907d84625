"""Where a benchmark runs: an archive of a size, and a home of its own with the index and the marks."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reader.library import Library
from reader.settings import folders
from tests.bench.make_archive import make_archive
from tests.builders import environment

CHECKOUT = Path(__file__).resolve().parents[2]
DEFAULT_FOLDER = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline-bench"
"""Never in the checkout: a million files stand there."""


@dataclass(frozen=True)
class Ground:
    """One size of archive under the folder for benchmarks."""

    folder: Path
    articles: int

    @property
    def archive(self) -> Path:
        return self.folder / f"archive-{self.articles}"

    @property
    def home(self) -> Path:
        return self.folder / f"home-{self.articles}"

    @cached_property
    def environment(self) -> dict[str, str]:
        """For the reader's process; this process's own path is kept so that it runs the checkout."""
        return environment(self.home, PYTHONPATH=str(CHECKOUT))

    def prepare(self) -> None:
        """Makes the archive where it is missing."""
        make_archive(self.archive, self.articles)

    def command(self, *words: str) -> list[str]:
        """The reader, called with `words`, by the Python that runs this."""
        return [sys.executable, "-m", "reader", *words]

    def library(self) -> Library:
        """The same archive, index and marks that the reader's process has."""
        return Library([str(self.archive)], folders(self.environment))

    @property
    def index_folder(self) -> Path:
        return folders(self.environment).cache
