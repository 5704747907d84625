"""Fills in what the README tells of keys, fields, settings and commands, from the tables that the program itself reads.

    python -m tests.write_readme

Each part stands between marks of its own, `<!-- keys -->` and `<!-- /keys -->`; what is around them is written by hand.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from pathlib import Path

from reader.actions import ACTIONS
from reader.cli.main import COMMANDS
from reader.keys import label
from reader.query.fields import FIELDS
from reader.settings import entries
from reader.tui.command_words import VERBS

README = Path(__file__).resolve().parents[1] / "README.md"


def keys() -> str:
    """Every action: its keys, its name, what it does; then the verbs of the command line."""
    parts = []
    for group, actions in groupby(sorted(ACTIONS, key=lambda action: _GROUPS.index(action.group)), key=lambda action: action.group):
        rows = [(_keys(action.keys), action.help, f"`{action.id}`") for action in actions]
        parts.append(_table((group, "", "action"), rows))
    verbs = [(f"`:{verb.usage}`", verb.help) for verb in VERBS.values()]
    return "\n".join([*parts, _table(("After `:`, beside every action", ""), verbs)])


def fields() -> str:
    """Every field of the filter language."""
    rows = []
    for field in FIELDS:
        values = f": {', '.join(choice.name for choice in field.choices)}" if field.choices else ""
        also = f" (also {', '.join(f'`{alias}:`' for alias in field.aliases)})" if field.aliases else ""
        rows.append((_code(field.sample), f"{field.help}{values}{also}"))
    return _table(("filter", "finds"), rows)


def settings() -> str:
    """Every setting with its default."""
    return _table(("setting", "default", ""), [(_code(each.name), _code(each.value), each.help) for each in entries()])


def commands() -> str:
    """Every command of the command line."""
    rows = []
    for name, make in COMMANDS.items():
        parser = ArgumentParser(prog=f"dateline {name}")
        make(parser)
        rows.append((_code(f"dateline {name}"), str(parser.description)))
    return _table(("command", ""), rows)


PARTS: Mapping[str, Callable[[], str]] = {"keys": keys, "fields": fields, "settings": settings, "commands": commands}

_GROUPS = list(dict.fromkeys(action.group for action in ACTIONS))


def filled(text: str) -> str:
    """The README's text with every part as the tables have it now. Raises ValueError for one without its marks."""
    for name, write in PARTS.items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if len(marks.findall(text)) != 1:
            raise ValueError(f"README.md must have <!-- {name} --> and <!-- /{name} --> once")
        part = write()
        text = marks.sub(lambda found, part=part: f"{found[1]}{part}{found[2]}", text)  # type: ignore[misc]
    return text


def _keys(keys: Iterable[str]) -> str:
    """Keys as people read them, in code."""
    return " ".join(_code(label(key)) for key in keys)


def _code(text: str) -> str:
    """Text in code, whatever is in it, fit for the cell of a table."""
    fence = "``" if "`" in text else "`"
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
