"""The records that scripts rely on: articles, facets and problems as one line of JSON each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from reader.model import Facet, HeadlineRow, OpenedArticle, Problem
from reader.paths import path_key

Record = dict[str, Any]

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""What JSON may hold raw but a terminal may obey: written as `\\uXXXX`, which says the same."""
_BYTE = re.compile("[\udc80-\udcff]")
"""Of a file's name that isn't UTF-8: strict readers of JSON refuse it, however it is written."""


def record(row: HeadlineRow) -> Record:
    """The machine-readable record of a row, as scripts rely on it."""
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
        "note": mark.note,
    }


def full_record(opened: OpenedArticle) -> Record:
    """`record` with the body and every mention in it."""
    named = [
        {"entity": each.entity, "kind": each.kind, "text": each.text, "start": each.start, "end": each.end} for each in opened.mentions
    ]
    return {**record(opened.row), "body": opened.article.body, "mentions": named}


def facet_record(facet: Facet) -> Record:
    """`kind` only where the facet is of entities."""
    found: Record = {"value": facet.value, "count": facet.count}
    return found | ({"kind": facet.kind} if facet.kind else {})


def problem_record(problem: Problem) -> Record:
    return {"path": problem.path, "line": problem.line, "what": problem.what, "effect": problem.effect}


def json_line(value: Mapping[str, Any]) -> str:
    """One line of JSON without a character that a terminal could obey; a byte of a name that isn't UTF-8 stands as in keys, `\\xe9`."""
    line = _BYTE.sub(lambda match: path_key(match.group()).replace("\\", r"\\"), json.dumps(value, ensure_ascii=False))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", line)
