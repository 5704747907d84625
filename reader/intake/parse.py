r"""One file's bytes to an article.

    bytes --decode--> text --split--> front matter --heads--> mapping --metadata--> fields
                                 \--> body --markup or plain--> body --headline--> headline, body

Nothing here opens a file, and nothing that a file can hold makes this raise.
"""

from __future__ import annotations

import re

from reader.intake import metadata, names
from reader.intake.decode import decode
from reader.intake.headline import take_headline
from reader.intake.heads import read_head
from reader.intake.markup import summary_before_more, to_markdown
from reader.intake.plain import paragraphs
from reader.intake.split import Split, split
from reader.intake.tidy import tidy
from reader.intake.values import Head, with_nested
from reader.model import Article, BodyForm, Problem

_NESTING_KEYS = ("taxonomies", "extra", "params")
"""Mappings in which some generators keep an article's own fields."""

_HTML_ENDINGS = frozenset({"html", "htm", "xhtml", "shtml"})
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)+")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")


def parse(content: bytes, path: str) -> Article | Problem:
    """The article that `content` holds; a Problem with the effect `skipped` where it is no text.

    `path` is relative to the archive, with `/`; the file's name, folders and ending count. What was wrong but left an article
    stands in its `problems`.
    """
    decoded = decode(content, path)
    if isinstance(decoded, Problem):
        return decoded
    text, problems = decoded
    parts = split(text)
    found, head_problems = read_head(parts, path)
    if found is None:
        parts = Split("none", "", 1, text)
    problems += head_problems
    if not text.strip():
        problems += (Problem(path, None, "the file is empty", "read as text"),)
    return _article(with_nested(found or {}, _NESTING_KEYS), parts, path, problems)


def _article(head: Head, parts: Split, path: str, problems: tuple[Problem, ...]) -> Article:
    file_ending = names.ending(path)
    form: BodyForm = "plain" if parts.form == "none" and file_ending == "txt" else "markdown"
    summary = None
    if form == "markdown":
        summary = summary_before_more(parts.body, head)
        body = tidy(to_markdown(parts.body, head, is_html=file_ending in _HTML_ENDINGS))
    else:
        body = parts.body
    headline, body, opening = take_headline(head, body, form, path)
    body = paragraphs(body) if form == "plain" else _without_blank_start(body.rstrip())
    origin = metadata.origin_url(head, opening.address)
    return Article(
        path=path,
        headline=headline,
        body=body,
        body_form=form,
        published=metadata.published(head, path, opening.dated, opening.address),
        declared_key=metadata.declared_key(head),
        categories=metadata.categories(head, path),
        tags=metadata.tags(head),
        language=metadata.language(head, path),
        source=metadata.source(head, origin),
        origin_url=origin,
        byline=metadata.byline(head),
        description=metadata.description(head) or summary,
        declared_names=metadata.declared_names(head),
        is_draft=metadata.is_draft(head, path),
        words=count_words(body),
        problems=problems,
    )


def _without_blank_start(text: str) -> str:
    blank = _BLANK_LINES.match(text)
    return text[blank.end() :] if blank else text


def count_words(text: str) -> int:
    """Words between white space; a Chinese, Japanese or Korean character counts as half a word."""
    if text.isascii() or not _CJK.search(text):
        return len(text.split())
    rest, characters = _CJK.subn(" ", text)
    return len(rest.split()) + (characters + 1) // 2
