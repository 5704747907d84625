"""Many articles as one file: whole ones, or with a grouping a briefing. Made a line at a time, each article opened when it is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Literal, get_args

from reader.clean import clean_line, clean_name
from reader.model import HeadlineRow, OpenedArticle
from reader.sending import records, whole
from reader.sending.briefing import Entry, Group, Grouping, gather, html_entry, markdown_entry
from reader.sending.citations import markdown_words

Form = Literal["markdown", "html", "csv", "jsonl"]
FORMS: tuple[Form, ...] = get_args(Form)
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
ENDINGS: Mapping[Form, str] = MappingProxyType({"markdown": ".md", "html": ".html", "csv": ".csv", "jsonl": ".jsonl"})

Opener = Callable[[HeadlineRow], OpenedArticle | None]
"""Reads an article from its file; None where it can't, which it says itself."""

_CSV_COLUMNS = (
    "key", "path", "published", "headline", "categories", "language", "source", "byline", "origin_url", "words",
    "read", "starred", "tags", "note",
)  # fmt: skip


def lines(form: Form, rows: Iterable[HeadlineRow], open_article: Opener, by: Grouping | None = None) -> Iterator[str]:
    """The lines of an export, nothing at all where there is no article.

    The rows must have their entities, and what is opened its mentions where `needs_mentions` says so.
    """
    if by is not None:
        return _BRIEFINGS[form](gather(rows, by), open_article)
    return _csv(rows) if form == "csv" else _WHOLE[form](_opened(rows, open_article))


def needs_mentions(form: Form, by: Grouping | None) -> bool:
    """Whether an export tells where names are in the text."""
    return form == "jsonl" or by == "entity"


def _opened(rows: Iterable[HeadlineRow], open_article: Opener) -> Iterator[OpenedArticle]:
    return (opened for row in rows if (opened := open_article(row)) is not None)


# Whole articles


def _markdown(articles: Iterable[OpenedArticle]) -> Iterator[str]:
    return (whole.markdown(opened) for opened in articles)


def _html(articles: Iterable[OpenedArticle]) -> Iterator[str]:
    from reader.sending.html_page import HEAD, renderer

    render = renderer()
    for number, opened in enumerate(articles):
        if not number:
            yield HEAD
        yield whole.html(opened, render)


def _csv(rows: Iterable[HeadlineRow]) -> Iterator[str]:
    for number, row in enumerate(rows):
        if not number:
            yield _csv_line(_CSV_COLUMNS)
        yield _csv_line(_csv_values(row))


def _jsonl(articles: Iterable[OpenedArticle]) -> Iterator[str]:
    return (records.json_line(records.full_record(opened)) for opened in articles)


# Briefings


def _briefing_in_markdown(groups: list[Group], open_article: Opener) -> Iterator[str]:
    if groups:
        yield f"# Briefing\n\n{_extent(groups)}\n"
    for group in groups:
        yield f"## {markdown_words(clean_line(group.title))}\n"
        yield from (markdown_entry(Entry.of(opened, group.entity)) for opened in _opened(group.rows, open_article))


def _briefing_in_html(groups: list[Group], open_article: Opener) -> Iterator[str]:
    from reader.sending.html_page import HEAD, renderer

    render = renderer()
    if groups:
        yield f"{HEAD}\n<h1>Briefing</h1>\n<p>{_extent(groups)}</p>"
    for group in groups:
        yield f'<section>\n<h2 dir="auto">{escape(clean_line(group.title))}</h2>'
        yield from (html_entry(Entry.of(opened, group.entity), render) for opened in _opened(group.rows, open_article))
        yield "</section>"


def _briefing_in_csv(groups: list[Group], _: Opener) -> Iterator[str]:
    if groups:
        yield _csv_line(("group", *_CSV_COLUMNS))
    for group in groups:
        yield from (_csv_line((_csv_value(group.title), *_csv_values(row))) for row in group.rows)


def _briefing_in_jsonl(groups: list[Group], open_article: Opener) -> Iterator[str]:
    for group in groups:
        for opened in _opened(group.rows, open_article):
            yield records.json_line({**records.full_record(opened), "group": group.title})


def _extent(groups: list[Group]) -> str:
    """How many stories, and of which days."""
    rows = {row.id: row for group in groups for row in group.rows}.values()
    days = sorted({row.published.day.isoformat() for row in rows if row.published})
    span = "" if not days else f", {days[0]}" if len(days) == 1 else f", {days[0]} to {days[-1]}"
    return f"{len(rows):,} {'story' if len(rows) == 1 else 'stories'}{span}"


# CSV


def _csv_values(row: HeadlineRow) -> list[str]:
    found = records.record(row)
    return [_csv_value(found[column], is_name=column in ("key", "path")) for column in _CSV_COLUMNS]


def _csv_value(value: object, *, is_name: bool = False) -> str:
    joined = "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    # A cell that begins like a formula would be run by a spreadsheet.
    line = clean_name(joined) if is_name else clean_line(joined)
    return "'" + line if line[:1] in "=+-@" and line else line


def _csv_line(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


_WHOLE: Mapping[Form, Callable[[Iterable[OpenedArticle]], Iterator[str]]] = MappingProxyType(
    {"markdown": _markdown, "html": _html, "jsonl": _jsonl}
)
_BRIEFINGS: Mapping[Form, Callable[[list[Group], Opener], Iterator[str]]] = MappingProxyType(
    {"markdown": _briefing_in_markdown, "html": _briefing_in_html, "csv": _briefing_in_csv, "jsonl": _briefing_in_jsonl}
)
