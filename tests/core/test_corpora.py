"""Samples of real archives, shared beside the checkout: dates, titles, categories and languages as their manifests expect them.

Skipped, with that as the reason, where the samples are not there.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.intake import folder
from reader.intake.decode import MAX_BYTES
from reader.intake.parse import parse
from reader.model import Article
from tests.core.listings import scanned
from tests.shared import SHARED

CORPORA = SHARED / "corpora"
NAMES = ["18f", "digitalgov", "mlaw", "tuna", "datenanfragen", "rust-blog", "twir", "jekyll"]
SHOULD = 0.98

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason=f"the sample archives are not at {CORPORA}")


def articles(name: str) -> dict[str, Article]:
    """The articles of a corpus by their path in its manifest."""
    root = str(CORPORA / name / "files")
    found = {}
    for path in scanned(root).found:
        content = folder.read_bytes(root, path, MAX_BYTES)
        assert isinstance(content, bytes)
        article = parse(content, path)
        assert isinstance(article, Article)
        found[f"files/{path}"] = article
    return found


def manifest(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(Path(CORPORA / name / "MANIFEST.json").read_text(encoding="utf-8"))["articles"]
    return entries


def is_listed(entry: dict[str, Any]) -> bool:
    """Whether the file is an article at all: a page without front matter is one by its ending alone."""
    return entry["front_matter"] != "none" or not entry["path"].endswith(".html")


def plain(text: str) -> str:
    """A title without what may be written in more than one way."""
    text = re.sub(r"[`*\\]", "", re.sub(r"</?[a-zA-Z][^>]*>", "", html.unescape(text)))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def wrong_dates(found: dict[str, Article], entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        published = found[entry["path"]].published
        if entry["date_day"] and (published is None or published.day.isoformat() != entry["date_day"]):
            yield entry["path"]


def wrong_titles(found: dict[str, Article], entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        if entry["title"] and plain(found[entry["path"]].headline) != plain(entry["title"]):
            yield entry["path"]


def wrong_labels(found: dict[str, Article], entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        if entry["categories"] is None or entry.get("fixture"):
            continue
        wanted = {label.casefold() for label in entry["categories"]}
        allowed = wanted | {label.casefold() for label in (entry["tags"] or []) + entry.get("path_categories", [])}
        given = {label.casefold() for label in found[entry["path"]].categories}
        if not wanted <= given or (wanted and not given <= allowed):
            yield entry["path"]
        language = found[entry["path"]].language
        if entry["language"] and (language or "").lower() != entry["language"].lower().replace("_", "-"):
            yield entry["path"]


@pytest.mark.parametrize("name", NAMES)
def test_a_real_archive_is_read_as_its_manifest_expects(name: str) -> None:
    entries = [entry for entry in manifest(name) if is_listed(entry)]
    found = articles(name)
    assert {entry["path"] for entry in entries} <= set(found)
    assert list(wrong_dates(found, [entry for entry in entries if entry["date_level"] == "must"])) == []
    assert list(wrong_titles(found, [entry for entry in entries if entry["title_level"] == "must"])) == []
    allowed = (1 - SHOULD) * len(entries)
    assert len(list(wrong_dates(found, [entry for entry in entries if entry["date_level"] in ("must", "should")]))) <= allowed
    assert len(list(wrong_titles(found, [entry for entry in entries if entry["title_level"] in ("must", "should")]))) <= allowed
    assert len(list(wrong_labels(found, entries))) <= allowed


@pytest.mark.parametrize("name", NAMES)
def test_no_markup_of_site_generators_is_left_in_real_articles(name: str) -> None:
    """Closing tags of HTML, Liquid tags and shortcodes: none outside code, but for those in bodies that hold them as text."""
    left = {path for path, article in articles(name).items() if re.search(r"\{%|\{\{<|</?(?:p|div|br|span)\b", _without_code(article.body))}
    assert len(left) <= 0.02 * len(manifest(name))


def _without_code(body: str) -> str:
    body = re.sub(r"^([ \t>]*)(`{3,}|~{3,}).*?^[ \t>]*\2", "", body, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^(?: {4}|\t).*$", "", re.sub(r"(`+)[^`]+\1", "", body), flags=re.MULTILINE)
