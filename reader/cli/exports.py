"""Whole articles as Markdown, text, JSON, CSV or a page to print: for `show` and `export`."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from reader.clean import clean, clean_line, safe_url
from reader.cli import output
from reader.model import OpenedArticle

Writer = Callable[[Iterable[OpenedArticle]], Iterator[str]]

_CSV_COLUMNS = (
    "key", "path", "published", "headline", "categories", "language", "source", "byline", "origin_url", "words", "read", "starred", "tags",
)  # fmt: skip

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Dateline</title>
<style>
body { font: 12pt/1.5 Georgia, serif; max-width: 40em; margin: 2em auto; padding: 0 1em; }
article { break-after: page; margin-bottom: 4em; }
h1 { font-size: 1.6em; line-height: 1.2; margin-bottom: 0.2em; }
.about { color: #555; font-size: 0.9em; }
pre { white-space: pre-wrap; }
</style>"""


def full_record(opened: OpenedArticle) -> output.Record:
    """The record of `show --format json` and `export --format jsonl`."""
    return output.full_record(opened.row, opened.article.body, opened.mentions)


def markdown(opened: OpenedArticle) -> str:
    """The article as Markdown below a headline of its own."""
    about = " · ".join(_about(opened))
    link = opened.row.origin_url
    source = f"\n\n<{clean_line(link)}>" if link and safe_url(link) else ""
    body = clean(opened.article.body or opened.row.description or "").strip("\n")
    return f"# {clean_line(opened.row.headline)}\n\n{about}{source}\n\n{body}\n"


def text(opened: OpenedArticle) -> str:
    """The article as plain lines, links and images as words."""
    from reader.cli.plain_text import plain_text

    body = opened.article.body or opened.row.description or ""
    if opened.article.body_form == "markdown":
        body = plain_text(body)
    return f"{clean_line(opened.row.headline)}\n{' · '.join(_about(opened))}\n\n{clean(body).strip()}\n"


def _about(opened: OpenedArticle) -> list[str]:
    row = opened.row
    when = row.published.written.replace("T", " ") if row.published else "undated"
    return [clean_line(part) for part in (when, ", ".join(row.categories), row.source, row.byline) if part]


def _markdown_all(articles: Iterable[OpenedArticle]) -> Iterator[str]:
    return (markdown(opened) for opened in articles)


def _jsonl(articles: Iterable[OpenedArticle]) -> Iterator[str]:
    return (output.json_line(full_record(opened)) for opened in articles)


def _csv(articles: Iterable[OpenedArticle]) -> Iterator[str]:
    for number, opened in enumerate(articles):
        if not number:
            yield _csv_line(_CSV_COLUMNS)
        found = output.record(opened.row)
        yield _csv_line([_csv_value(found[column]) for column in _CSV_COLUMNS])


def _csv_value(value: object) -> str:
    joined = "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    # A cell that begins like a formula would be run by a spreadsheet.
    line = clean_line(joined)
    return "'" + line if line[:1] in "=+-@" and line else line


def _csv_line(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def _html(articles: Iterable[OpenedArticle]) -> Iterator[str]:
    from markdown_it import MarkdownIt

    render = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).render
    for number, opened in enumerate(articles):
        if not number:
            yield _PAGE
        yield _html_article(opened, render)


def _html_article(opened: OpenedArticle, render: Callable[[str], str]) -> str:
    row = opened.row
    body = clean(opened.article.body or row.description or "")
    shown = render(body) if opened.article.body_form == "markdown" else "".join(f"<p>{html.escape(p)}</p>\n" for p in body.split("\n\n"))
    url = safe_url(row.origin_url) if row.origin_url else None
    link = f' · <a href="{html.escape(url)}">{html.escape(clean_line(row.source or url))}</a>' if url else ""
    about = html.escape(" · ".join(_about(opened)))
    return f'<article>\n<h1>{html.escape(clean_line(row.headline))}</h1>\n<p class="about">{about}{link}</p>\n{shown}</article>'


WRITERS: Mapping[str, Writer] = MappingProxyType({"markdown": _markdown_all, "jsonl": _jsonl, "csv": _csv, "html": _html})
