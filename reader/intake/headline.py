"""The headline of an article, and its body without it: a headline is printed once."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from reader.intake import names
from reader.intake.inline import plain_line, plain_title
from reader.intake.values import Head, first_text
from reader.model import BodyForm

_TITLE_KEYS = ("title", "post_title", "headline")
MAX_CHARACTERS = 200
"""A first line longer than this is a paragraph, not a headline."""
_MAX_LINES_READ = 100
_MAX_REPEATS = 3
_LONGEST_LINE_MATCHED = 20_000

_ATX = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_SETEXT_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*(?:\n|$)")
_DATED = re.compile(r"[ \t]*date:?[ \t]+(\d{4}-\d{1,2}-\d{1,2})(?!\d)[ \t]*", re.IGNORECASE)
_ADDRESS = re.compile(r"[ \t]*<?((?:https?:)?//[^\s<>]+)>?[ \t]*$", re.IGNORECASE)
_SILENT = re.compile(
    r"[ \t]*(?:"
    r"(?:\[?!\[[^\]]{0,5000}\]"
    r"(?:\([^()\n]{0,5000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)|\[[^\]]{0,500}\])"
    r"(?:\]\([^()\n]{0,5000}\))?[ \t]*)+"
    r"|\[[^\]\n]{1,500}\]:[ \t]*\S.*"
    r"|(?:[-*_][ \t]*){3,}"
    r"|\[\[?_?TOC_?\]?\]"
    r")$",
    re.IGNORECASE,
)
"""Lines that aren't text: images, link definitions, rules, a place for the contents."""
_NO_HEADLINE = re.compile(r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|>|\||<(?!https?:)|`{3}|~{3}|\{[%{]|:::|\[image\b|\[video\b|!\[)")
"""Beginnings of a list, quote, table, tag, code block or image."""
_NOT_WORD = re.compile(r"[\W_]+")
_NO_PLAIN_HEADLINE = re.compile(r"[ \t]*(?:[-*+•][ \t]|<[A-Za-z/!]|!\[|[-=_*~]{3,}[ \t]*$)")


@dataclass(frozen=True, slots=True)
class Opening:
    """The first thing in a body that is text."""

    text: str = ""
    """The heading or the first line as plain text; empty where the body opens with neither."""
    start: int = 0
    end: int = 0
    """Where it stands in the body, its line end included."""
    goes_on: bool = False
    """The next line carries on the sentence."""
    is_everything: bool = False
    """A line after which nothing comes."""
    dated: str | None = None
    """The date of a line `date 2024-11-05 …`."""
    address: str | None = None
    """A URL alone in the first line."""


def take_headline(head: Head, body: str, form: BodyForm, path: str) -> tuple[str, str, Opening]:
    """The headline, the body without it, and how the body opened.

    The front matter's title goes first, then a heading that precedes all text, then a short first line, then the file's name. A line
    that is all there is of a file without front matter is its text.
    """
    opening = read_opening(body, form)
    offered = "" if opening.is_everything and not head and not opening.dated else opening.text
    headline = plain_title(first_text(head, _TITLE_KEYS) or "") or offered or names.readable(path)
    rest = opening
    for _ in range(_MAX_REPEATS):
        if not _is_same(rest.text, headline) or rest.goes_on:
            break
        body = _without(body, rest)
        rest = read_opening(body, form)
    return headline, body, opening


def read_opening(body: str, form: BodyForm) -> Opening:
    """Looks at the first lines of `body` for what may be its headline."""
    position = 0
    address: str | None = None
    dated: str | None = None
    for _ in range(_MAX_LINES_READ):
        if position >= len(body):
            break
        line_end = body.find("\n", position)
        line_end = len(body) if line_end < 0 else line_end
        line = body[position:line_end]
        if found := _DATED.match(line):
            dated = found[1]
            line = line[found.end() :]
        if found := _ADDRESS.match(line):
            address = address or found[1]
        elif line.strip() and not (form == "markdown" and _is_silent(line)):
            text, after, is_heading = _headline_text(body, line, line_end, form)
            goes_on = bool(text) and not is_heading and body[after : after + 1].islower()
            is_everything = not is_heading and not body[after:].strip()
            return Opening(text, position, after, goes_on, is_everything, dated, address)
        position = line_end + 1
    return Opening(dated=dated, address=address)


def _is_silent(line: str) -> bool:
    """Whether a line of Markdown holds no text: an image, a link's definition, a rule, an empty heading."""
    if len(line) > _LONGEST_LINE_MATCHED:
        return False
    heading = _ATX.match(line)
    return not heading[1] if heading else bool(_SILENT.match(line))


def _headline_text(body: str, line: str, line_end: int, form: BodyForm) -> tuple[str, int, bool]:
    """The text that a first line offers as headline, the end of what gives it, and whether it is a heading."""
    after = line_end + 1
    if len(line) > _LONGEST_LINE_MATCHED:
        return "", after, False
    if form == "plain":
        text = "" if _NO_PLAIN_HEADLINE.match(line) else " ".join(html.unescape(line).split())
        return (text if len(text) <= MAX_CHARACTERS else ""), after, False
    if heading := _ATX.match(line):
        return plain_line(heading[1]), after, True
    if _NO_HEADLINE.match(line) or line.startswith(("    ", "\t")):
        return "", after, False
    text = plain_line(line)
    if underline := _SETEXT_UNDERLINE.match(body, after):
        return text, underline.end(), True
    return (text if len(text) <= MAX_CHARACTERS else ""), after, False


def _without(body: str, opening: Opening) -> str:
    before = body[: opening.start]
    return before + body[opening.end :].lstrip("\n") if before.strip() else body[opening.end :].lstrip("\n")


def _is_same(text: str, headline: str) -> bool:
    """Whether two lines differ in nothing but case, spaces and punctuation."""
    return bool(text) and (text == headline or _bare(text) == _bare(headline) != "")


def _bare(text: str) -> str:
    return _NOT_WORD.sub("", text).casefold()
