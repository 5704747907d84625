"""Where Dateline keeps things and finds what it came with. XDG folders are found here and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things are kept for this user."""

    settings: Path
    cache: Path
    state: Path
    index: Path | None = None
    """What several people keep one index in; without it everyone keeps their own in the cache."""


def folders(environ: Mapping[str, str] = os.environ) -> Folders:
    """Dateline's XDG folders; relative XDG values are ignored, as the specification asks."""
    home = Path(environ.get("HOME") or os.path.expanduser("~"))

    def base(variable: str, default: str) -> Path:
        value = environ.get(variable, "")
        return Path(value) if os.path.isabs(value) else home / default

    return Folders(
        base("XDG_CONFIG_HOME", ".config") / "dateline",
        base("XDG_CACHE_HOME", ".cache") / "dateline",
        base("XDG_STATE_HOME", ".local/state") / "dateline",
    )


def settings_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The settings file in force: `DATELINE_SETTINGS` where set, else the XDG one."""
    named = environ.get("DATELINE_SETTINGS")
    return Path(named) if named else folders(environ).settings / "settings.yaml"


def packaged(name: str) -> Path:
    """A file or folder shipped with Dateline (`styles/app.tcss`, `seeds`), from a wheel or from a source tree."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / name
    return shipped if shipped.exists() else package.parent / name
