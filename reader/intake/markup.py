"""A body with Liquid, Hugo shortcodes, kramdown's marks and HTML in it, as plain Markdown.

One pass from left to right. Whatever begins first wins, as in a template engine; code blocks and code spans are left alone.

    text --code_blocks--> prose --_MARK--> templates, tags --> MarkdownWriter --> Markdown
"""

from __future__ import annotations

import re
from collections.abc import Callable

from reader.intake import liquid
from reader.intake.code import code_blocks, code_spans
from reader.intake.cursor import Cursor
from reader.intake.inline import plain_line
from reader.intake.tags import read_angle, read_entity
from reader.intake.templates import read_brace
from reader.intake.values import Head

_WORK = ("<", "&", "{", ":::", "![[", "[caption", "[youtube", "[vimeo")
"""A text without any of these is Markdown already."""
_MARK = re.compile(r"[<&{`\\:!\[](?:(?<=[<&{`\\])|(?<=:)::|(?<=!)\[\[|(?<=\[)(?:/?caption|youtube|vimeo)\b)")

_TICKS = re.compile(r"`+")
_OBSIDIAN_IMAGE = re.compile(r"!\[\[([^\[\]|\n]{1,500})(?:\|([^\[\]\n]{0,500}))?\]\]")
_CAPTION = re.compile(r"\[(/?)caption(?:[ \t][^\]\n]{0,2000})?\]")
_VIDEO = re.compile(r"\[(?:youtube|vimeo)[ =]([^\]\s]{5,2000})\]")
_CONTAINER_LINE = re.compile(r":::+[^\n]{0,500}(?:\n|$)")
_MORE = re.compile(r"<!--\s*more\b", re.IGNORECASE)
_HEADING_LINE = re.compile(r"^#{1,6}\s[^\n]*$", re.MULTILINE)

_SUMMARY_WITHIN = 20_000
_LONGEST_SUMMARY = 1_000


def to_markdown(text: str, values: Head, is_html: bool) -> str:
    """`text` as Markdown alone. `values` are the front matter's, for `{{ page.title }}`; `is_html` where no code is indented."""
    if not is_html and not any(mark in text for mark in _WORK):
        return text
    cursor = Cursor(text, values, is_html)
    blocks = [] if is_html else list(code_blocks(text))
    for start, end in (*blocks, (len(text), len(text))):
        if start >= cursor.at:
            _read_prose(cursor, start)
        if start >= cursor.at:
            cursor.writer.code(text[start:end])
            cursor.at = end
    return cursor.writer.result()


def summary_before_more(text: str, values: Head) -> str | None:
    """What stands before `<!-- more -->`, on one line, without headings."""
    found = _MORE.search(text, 0, _SUMMARY_WITHIN) if "<!--" in text else None
    if not found:
        return None
    prose = _HEADING_LINE.sub("", to_markdown(text[: found.start()], values, is_html=False))
    return plain_line(prose)[:_LONGEST_SUMMARY].strip() or None


def _read_prose(cursor: Cursor, end: int) -> None:
    """Reads what begins before `end`; a construct that begins there may reach beyond it."""
    has_code = cursor.text.find("`", cursor.at, end) >= 0
    cursor.code_spans = code_spans(cursor.text, cursor.at, end) if has_code else {}
    while cursor.at < end and (found := _MARK.search(cursor.text, cursor.at, end)):
        cursor.write_to(found.start())
        if not _READERS[cursor.text[cursor.at]](cursor):
            cursor.write_to(found.end())
    cursor.write_to(end)


def _read_escape(cursor: Cursor) -> bool:
    """A backslash takes the next character's meaning."""
    cursor.write_to(cursor.at + 2)
    return True


def _read_ticks(cursor: Cursor) -> bool:
    """A code span, or backticks that open none."""
    end = cursor.code_spans.get(cursor.at)
    if end is None and (run := _TICKS.match(cursor.text, cursor.at)):
        end = run.end()
    cursor.writer.code(cursor.text[cursor.at : end])
    cursor.at = end or cursor.at + 1
    return True


def _read_colons(cursor: Cursor) -> bool:
    """A line `::: note`, of which the text between is all that counts."""
    found = _CONTAINER_LINE.match(cursor.text, cursor.at)
    if not found or not cursor.is_at_line_start(cursor.at):
        return False
    cursor.at = found.end()
    return True


def _read_obsidian_image(cursor: Cursor) -> bool:
    found = _OBSIDIAN_IMAGE.match(cursor.text, cursor.at)
    if not found:
        return False
    cursor.writer.text(liquid.image(found[1], found[2] or ""))
    cursor.at = found.end()
    return True


def _read_bracket(cursor: Cursor) -> bool:
    """What WordPress writes around a picture and for a video."""
    if found := _CAPTION.match(cursor.text, cursor.at):
        if found[1]:
            cursor.writer.close("figure")
        else:
            cursor.writer.open("figure", {})
    elif found := _VIDEO.match(cursor.text, cursor.at):
        cursor.writer.text(liquid.link(f"video: {found[1]}", found[1]))
    if found:
        cursor.at = found.end()
    return found is not None


_READERS: dict[str, Callable[[Cursor], bool]] = {
    "<": read_angle,
    "&": read_entity,
    "{": read_brace,
    "`": _read_ticks,
    "\\": _read_escape,
    ":": _read_colons,
    "!": _read_obsidian_image,
    "[": _read_bracket,
}
"""By its first character, what reads a construct at the cursor and moves it on; each says False, and stays, where there is none."""
