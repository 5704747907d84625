"""Where the front matter of an article ends and its body begins.

    ---                 {                     Title: A day at sea         [#]: subject: "A day at sea"
    title: A day        "title": "A day"      Date: 2024-11-05            [#]: author: "Ann Lee"
    ---                 }                     (or --- below alone)
    yaml (or +++ toml)  json                  header                      definitions

Only the shape is judged here; `heads` reads what stands inside. Nothing past `MAX_HEAD` characters is looked at, so an
article that opens with a rule and never closes it costs no more than another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["yaml", "toml", "json", "header", "definitions", "unclosed", "none"]

MAX_HEAD = 64 * 1024
"""Characters of front matter that are looked at."""


@dataclass(frozen=True, slots=True)
class Split:
    """A text cut in two."""

    form: Form
    head: str
    """The front matter without its fences."""
    head_line: int
    """The line of the file, counted from 1, on which `head` begins."""
    body: str
    early_end_line: int | None = None
    """The line of a fence in the midst of `head`, blank there, that closed it too early."""


_LEADING_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")
_OPENING = re.compile(r"(---|\+\+\+)[ \t]*\n")
_YAML_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_END = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_JSON_START = re.compile(r"\{\s*[\"}]")
_KEY_LINE = re.compile(r"([A-Za-z_][\w .-]{0,40}?)[ \t]*:(?=[ \t\n]|$)")
_DEFINITION_LINE = re.compile(r"\[#\]:[ \t]")
_ONLY_IN_HEADS = re.compile(r"(?:title|date|layout|author|authors|tags|categor(?:y|ies)|description|permalink|slug)[ \t]*:", re.IGNORECASE)
_TITLE_OR_DATE = frozenset({"title", "date", "headline", "published", "post_title"})


def split(text: str) -> Split:
    """Cuts the front matter off `text`, which has `\\n` line ends; form `none` and the whole text where there is none."""
    start = _skip_blank_lines(text)
    first = text[start : start + 1]
    found: Split | None = None
    if first in ("-", "+"):
        found = _split_fenced(text, start)
    elif first == "{":
        found = _split_json(text, start)
    elif first == "[":
        found = _split_definitions(text, start)
    elif first.isalpha():
        found = _split_header(text, start)
    return found or Split("none", "", 1, text)


def has_front_matter(text: str) -> bool:
    """Whether the beginning of a file is the beginning of front matter, be it cut off before its end."""
    start = _skip_blank_lines(text)
    return bool(_OPENING.match(text, start) or _JSON_START.match(text, start) or _DEFINITION_LINE.match(text, start)) or (
        split(text).form != "none"
    )


def _skip_blank_lines(text: str) -> int:
    if text[:1].strip():
        return 0
    found = _LEADING_BLANK_LINES.match(text, 0, MAX_HEAD)
    return found.end() if found else 0


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _split_fenced(text: str, start: int) -> Split | None:
    opening = _OPENING.match(text, start)
    if not opening:
        return None
    is_yaml = opening[1] == "---"
    head_start = opening.end()
    closing = (_YAML_END if is_yaml else _TOML_END).search(text, head_start, head_start + MAX_HEAD)
    if not closing:
        return _split_unclosed(text, start, head_start)
    head = text[head_start : closing.start()]
    line = _line_at(text, head_start)
    if is_yaml and (end := _late_end(text, closing.end() + 1)):
        early_end_line = line + head.count("\n")
        return Split("yaml", f"{head}\n{text[closing.end() + 1 : end.start()]}", line, text[end.end() + 1 :], early_end_line)
    return Split("yaml" if is_yaml else "toml", head, line, text[closing.end() + 1 :])


def _late_end(text: str, start: int) -> re.Match[str] | None:
    """The fence that ends front matter which a fence above closed too early: between the two stand keys that only it would hold."""
    if not _ONLY_IN_HEADS.match(text, start):
        return None
    second = position = _next_line(text, start)
    while position - start < MAX_HEAD and (_KEY_LINE.match(text, position) or _is_continuation(text, position, start)):
        if end := _YAML_END.match(text, position):
            return end if position > second else None  # one line above a rule is a heading
        position = _next_line(text, position)
    return _YAML_END.match(text, position)


def _split_unclosed(text: str, start: int, head_start: int) -> Split | None:
    """Takes the `key: value` lines under a fence that nothing closes; a rule above running text is no front matter."""
    position = head_start
    while position < head_start + MAX_HEAD and (_KEY_LINE.match(text, position) or _is_continuation(text, position, head_start)):
        position = _next_line(text, position)
    if position == head_start:
        return None
    return Split("unclosed", text[head_start:position], _line_at(text, head_start), text[position:])


def _split_json(text: str, start: int) -> Split | None:
    if not _JSON_START.match(text, start):
        return None
    end = _json_end(text[start : start + MAX_HEAD])
    if end is None:
        return None
    return Split("json", text[start : start + end], _line_at(text, start), text[start + end :])


_BRACES_AND_STRINGS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[{}\[\]]', re.DOTALL)


def _json_end(text: str) -> int | None:
    """Just past the brace that closes the object at the start of `text`."""
    depth = 0
    for token in _BRACES_AND_STRINGS.finditer(text):
        mark = token[0]
        if mark in ("{", "["):
            depth += 1
        elif mark in ("}", "]"):
            depth -= 1
            if depth == 0:
                return token.end()
    return None


def _split_definitions(text: str, start: int) -> Split | None:
    position = start
    while _DEFINITION_LINE.match(text, position) and position - start < MAX_HEAD:
        position = _next_line(text, position)
    if position == start:
        return None
    return Split("definitions", text[start:position], _line_at(text, start), text[position:])


def _split_header(text: str, start: int) -> Split | None:
    """Takes `Key: value` lines with no fence above them, up to a fence or a blank line, if they name a title or a date."""
    second, position = _next_line(text, start), start
    is_head = False
    while position < len(text) and position - start < MAX_HEAD:
        found = _KEY_LINE.match(text, position)
        if is_head and position > second and (end := _YAML_END.match(text, position)):  # one line above a rule is a heading
            return Split("yaml", text[start:position], _line_at(text, start), text[end.end() + 1 :])
        if found:
            is_head = is_head or found[1].lower() in _TITLE_OR_DATE
        elif _is_blank(text, position):
            break
        elif not _is_continuation(text, position, start):
            return None
        position = _next_line(text, position)
    if not is_head:
        return None
    return Split("header", text[start:position], _line_at(text, start), text[position:])


def _next_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end + 1


def _is_blank(text: str, position: int) -> bool:
    end = text.find("\n", position)
    return not text[position : len(text) if end < 0 else end].strip()


def _is_continuation(text: str, position: int, start: int) -> bool:
    """Whether the line goes on with the value of the line above: indented, or an item of a list."""
    return position > start and text[position : position + 1] in (" ", "\t", "-") and not _is_blank(text, position)
