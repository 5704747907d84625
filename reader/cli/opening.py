"""Opening the reader: on screen, or line by line. Apart from the commands, because none of what they need is needed for this."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace

from reader.settings import Settings, load, packaged

_FRAMES, _LOW_FRAMES = "120", "15"
"""Paints a second at most, else and on a slow line. With Textual's own sixty, what follows on a paint waits 16 ms for the next."""


def read_news(arguments: argparse.Namespace) -> int:
    """The reader itself. Textual is imported here and nowhere before."""
    if arguments.plain:
        return _read_line_by_line(arguments)
    settings, wrong = load()
    archives = archives_of(arguments.archives, settings)
    if arguments.low_bandwidth:
        settings = replace(settings, low_bandwidth=True)
    # Read once, when Textual is imported.
    os.environ.setdefault("TEXTUAL_FPS", _LOW_FRAMES if settings.low_bandwidth else _FRAMES)
    from reader.tui.start import start

    code: int = start(archives, arguments.filter, settings, wrong)
    return code


def _read_line_by_line(arguments: argparse.Namespace) -> int:
    from reader.cli import plain
    from reader.cli.commands import open_library, settings_in_force, understood

    settings = settings_in_force()
    understood(arguments.filter, settings)
    plain.start(open_library(archives_of(arguments.archives, settings), settings), settings, arguments.filter)
    return 0


def archives_of(named: Sequence[str], settings: Settings) -> list[str]:
    """The archives named, else DATELINE_ARCHIVE, else the settings', else the samples."""
    if named:
        return list(named)
    if usual := os.environ.get("DATELINE_ARCHIVE"):
        return [usual]
    return list(settings.archive) or [str(packaged("seeds"))]
