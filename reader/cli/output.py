"""Rows and records as bytes on one stream: table, tsv, jsonl. Nothing an article says can act on a terminal from here."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reader.clean import clean, clean_line
from reader.model import Facet, HeadlineRow, Mention, Problem

Record = dict[str, Any]

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""What JSON may hold raw but a terminal may obey: written as `\\uXXXX`, which says the same."""


def record(row: HeadlineRow) -> Record:
    """The machine-readable record of a row, as design and scripts rely on it."""
    mark = row.mark
    return {
        "key": row.key,
        "path": row.path,
        "archive": row.archive,
        "published": row.published.written if row.published else None,
        "headline": row.headline,
        "categories": list(row.categories),
        "language": row.language,
        "source": row.source,
        "origin_url": row.origin_url,
        "byline": row.byline,
        "description": row.description,
        "words": row.words,
        "entities": [{"name": entity.name, "kind": entity.kind} for entity in row.entities],
        "read": mark.is_read,
        "starred": mark.is_starred,
        "skipped": mark.is_skipped,
        "queued": mark.is_queued,
        "tags": list(mark.tags),
        "file_tags": list(row.file_tags),
        "draft": row.is_draft,
    }


def full_record(row: HeadlineRow, body: str, mentions: Iterable[Mention]) -> Record:
    """`record` with the body and every mention in it."""
    named = [
        {"entity": each.entity, "kind": each.kind, "text": each.text, "start": each.start, "end": each.end} for each in mentions
    ]
    return {**record(row), "body": body, "mentions": named}


def facet_record(facet: Facet) -> Record:
    """`kind` only where the facet is of entities."""
    found: Record = {"value": facet.value, "count": facet.count}
    return found | ({"kind": facet.kind} if facet.kind else {})


def problem_record(problem: Problem) -> Record:
    return {"path": problem.path, "line": problem.line, "what": problem.what, "effect": problem.effect}


def json_line(value: Mapping[str, Any]) -> str:
    """One line of JSON without a character that a terminal could obey."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(value, ensure_ascii=False))


def tsv_line(values: Sequence[object]) -> str:
    """One line of tab-separated values; white space inside a value becomes one space."""
    return "\t".join(clean_line(str(value)) for value in values)


def columns(row: HeadlineRow) -> list[str]:
    """The columns of `list --format tsv`: published, key, headline, categories, source, language, path."""
    when = row.published.written if row.published else ""
    return [when, row.key, row.headline, ", ".join(row.categories), row.source or "", row.language or "", row.path]


def list_line(row: HeadlineRow, width: int | None) -> str:
    """A line for a person: date, marks, category, headline, source; cut to `width` cells where there is one."""
    when = row.published.written[:16].replace("T", " ") if row.published else "undated"
    marks = ("·" if row.mark.is_read else "●") + ("★" if row.mark.is_starred else " ")
    category = clean_line(row.categories[0]) if row.categories else ""
    source = f"  ({clean_line(row.source)})" if row.source else ""
    return cut(f"{when:<16} {marks} {category:<12.12} {clean_line(row.headline)}{source}", width)


def problem_line(problem: Problem) -> str:
    """`path:line: what (effect)`."""
    line = f":{problem.line}" if problem.line else ""
    return clean_line(f"{problem.path}{line}: {problem.what} ({problem.effect})")


def cut(line: str, width: int | None) -> str:
    """At most `width` terminal cells of `line`, an ellipsis where something is missing."""
    if width is None or len(line) * 2 <= width:
        return line
    from rich.cells import cell_len, set_cell_size

    return line if cell_len(line) <= width else set_cell_size(line, width - 1).rstrip() + "…"


def terminal_width() -> int | None:
    """The width to cut lines for people at; None when nobody looks."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def say(message: str) -> None:
    """Tells a person something, on stderr."""
    print(clean(message), file=sys.stderr)


def emit(line: str) -> None:
    """Writes one line of the answer. Bytes, because an answer is UTF-8 whatever the locale says."""
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
