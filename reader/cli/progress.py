"""How far indexing is: a bar on a terminal, a line a step elsewhere, nothing for what is quickly done."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TextIO

from reader.model import Progress

_REDRAW_SECONDS = 0.1
_BAR = 24


class Bar:
    """Shows progress on a stream until it is left."""

    def __init__(self, stream: TextIO, quiet_seconds: float = 0.0) -> None:
        """Nothing is shown before `quiet_seconds` have passed, and with them nothing where nobody looks."""
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._quiet_seconds = quiet_seconds
        self._began = time.monotonic()
        self._drawn = 0.0
        self._is_drawn = False
        self._stage_began: tuple[str, float] = ("", self._began)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._is_drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def show(self, progress: Progress) -> None:
        """Draws one step."""
        now = time.monotonic()
        if now - self._began < self._quiet_seconds or not progress.total or (self._quiet_seconds and not self._is_terminal):
            return
        if self._stage_began[0] != progress.stage:
            self._stage_began = (progress.stage, now)
        if not self._is_terminal:
            self._stream.write(f"{progress.stage}: {progress.done:,} of {progress.total:,}\n")
        elif now - self._drawn >= _REDRAW_SECONDS or progress.done == progress.total:
            self._drawn = now
            self._is_drawn = True
            self._stream.write(f"\r\x1b[K{self._line(progress, now)}")
        self._stream.flush()

    def _line(self, progress: Progress, now: float) -> str:
        filled = _BAR * progress.done // progress.total
        seconds = now - self._stage_began[1]
        rate = progress.done / seconds if seconds > 0.5 else 0.0
        left = f", {(progress.total - progress.done) / rate:.0f} s left" if rate else ""
        bar = "#" * filled + "-" * (_BAR - filled)
        return f"{progress.stage} [{bar}] {progress.done:,} of {progress.total:,}" + (f", {rate:,.0f}/s{left}" if rate else "")
