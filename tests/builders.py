"""Small archives written by tests: one article's text, a folder of files, an environment for a subprocess.

    archive = folder(tmp_path / "wire", {
        "2024/11/premier.md": article_text("Premier vows support", date="2024-11-07", category="WORLD"),
        "note.txt": "date 2024-11-05 Army chief departs\\n\\nHe left on Tuesday.",
    })
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import yaml

TODAY = date(2024, 11, 15)
"""The day it is in every test: a Friday, the day after the newest article of the sample archive."""


def article_text(title: str | None = None, body: str = "A first paragraph.\n\nA second one.\n", **fields: object) -> str:
    """A Markdown article with YAML front matter, its fields in the order given; only `body` when there are none.

    A `str` is written as it stands where YAML would give the same text back, else quoted, so that `date="2024-11-05"` is
    what a person would have typed: a bare date. Lists and mappings are written as YAML writes them.
    """
    head: dict[str, object] = {} if title is None else {"title": title}
    head.update(fields)
    if not head:
        return body
    lines = "".join(f"{name}: {_yaml_value(value)}\n" for name, value in head.items())
    return f"---\n{lines}---\n\n{body}"


def folder(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """`root`, holding `files` by relative path and the folders they need; text as UTF-8 with its line ends untouched."""
    root.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def numbered_articles(count: int, *, categories: Iterable[str] = ("WORLD", "SPORT", "BUSINESS")) -> dict[str, str]:
    """`count` different articles for `folder`: `Story 001 …`, one an hour back from noon on TODAY, categories in turn."""
    names = list(categories)
    return {
        f"story-{number:05}.md": article_text(
            f"Story {number:03} about the harbour",
            date=f"{date.fromordinal(TODAY.toordinal() - (number + 11) // 24)}T{(12 - number) % 24:02}:00:00Z",
            category=names[number % len(names)],
        )
        for number in range(count)
    }


def environment(home: Path, **changes: str) -> dict[str, str]:
    """The variables for a subprocess: an empty home of its own, a colour terminal, English, and nothing of Dateline's.

    `changes` are added last.
    """
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_DATA_HOME": str(home / "data"),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TZ": "UTC",
        **changes,
    }


def _yaml_value(value: object) -> str:
    if isinstance(value, str) and value and _stands_bare(value):
        return value
    written = yaml.safe_dump(value, allow_unicode=True, width=100_000, default_flow_style=True)
    return written.removesuffix("...\n").rstrip("\n")


def _stands_bare(text: str) -> bool:
    """Whether YAML reads the bare text as one value that is not a mapping, a list or a broken thing."""
    try:
        found = yaml.safe_load(f"key: {text}")
    except (yaml.YAMLError, ValueError):
        return False
    return found == {"key": text} or (isinstance(found, dict) and isinstance(found.get("key"), date))
