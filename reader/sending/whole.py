"""One article, whole: as Markdown, as plain text, as a part of a page to print."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from reader.clean import clean, clean_line, safe_url
from reader.model import HeadlineRow, OpenedArticle
from reader.sending.plain_text import plain_text


def markdown(opened: OpenedArticle) -> str:
    """The article as Markdown below a headline of its own."""
    link = link_of(opened.row)
    source = f"\n\n<{link}>" if link else ""
    body = clean(_text(opened)).strip("\n")
    return f"# {clean_line(opened.row.headline)}\n\n{about(opened.row)}{source}\n\n{body}\n"


def text(opened: OpenedArticle) -> str:
    """The article as plain lines, links and images as words."""
    return f"{clean_line(opened.row.headline)}\n{about(opened.row)}\n\n{body_words(opened)}\n"


def html(opened: OpenedArticle, render: Callable[[str], str]) -> str:
    """The article as a part of a page; `render` makes HTML of its Markdown."""
    body = clean(_text(opened))
    shown = render(body) if opened.article.body_form == "markdown" else paragraphs(body)
    headline = escape(clean_line(opened.row.headline))
    return f'<article{lang_of(opened.row)}>\n<h1 dir="auto">{headline}</h1>\n{html_about(opened.row)}\n{shown}</article>'


def body_words(opened: OpenedArticle) -> str:
    """The words of the body, without marks."""
    body = _text(opened)
    return clean(plain_text(body) if opened.article.body_form == "markdown" else body).strip()


def about(row: HeadlineRow) -> str:
    """When, what kind, where from, by whom: on one line."""
    when = row.published.written.replace("T", " ") if row.published else "undated"
    return " · ".join(clean_line(part) for part in (when, ", ".join(row.categories), row.source, row.byline) if part)


def link_of(row: HeadlineRow) -> str | None:
    """The article's address, where it may be followed."""
    return safe_url(row.origin_url) if row.origin_url else None


def html_about(row: HeadlineRow) -> str:
    """`about` with the link, which a printed page writes out."""
    url = link_of(row)
    link = f' · <a href="{escape(url)}">{escape(clean_line(row.source or "") or url)}</a>' if url else ""
    return f'<p class="about">{escape(about(row))}{link}</p>'


def lang_of(row: HeadlineRow) -> str:
    """The language as an attribute, for hyphens and voices."""
    language = row.language or ""
    return f' lang="{language}"' if language.replace("-", "").isalnum() and language.isascii() else ""


def paragraphs(words: str) -> str:
    """Plain text as HTML, a paragraph for each stretch between blank lines."""
    return "".join(f'<p dir="auto">{escape(paragraph)}</p>\n' for paragraph in words.split("\n\n") if paragraph.strip())


def _text(opened: OpenedArticle) -> str:
    return opened.article.body or opened.row.description or ""
