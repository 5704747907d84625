"""HTML in a body: tags, comments and entities, read at the cursor and handed to its writer."""

from __future__ import annotations

import html
import re

from reader.intake import liquid
from reader.intake.code import fenced
from reader.intake.cursor import Cursor
from reader.intake.inline import HTML_NAMES

_TEMPLATE = r"\{\{[^{}]*+\}\}|\{%[^{}]*+%\}"
_VALUE = rf"\"(?:{_TEMPLATE}|[^\"<])*+\"?|'(?:{_TEMPLATE}|[^'<])*+'?"
"""One that is not closed ends at a `<` or with the text, where no tag can end: it may not fail, as Python up to 3.11.4 goes on in the
midst of what has failed in a group that is repeated with `*+`."""
_TAG = re.compile(rf"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[\s/](?:{_TEMPLATE}|{_VALUE}|[^<>\"'])*+)?|[\s/][^<>]*+)>")
"""A tag whose values may hold templates, and through them `<`, `>` and quotes."""
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]{1,200}@[^\s<>@]{1,200})>")
_DECLARATION = re.compile(r"<[!?][A-Za-z\[][^<>]*>")
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w:-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ENTITY_REST = re.compile(r"#?\w{1,32};")
_CODE_LANGUAGE = re.compile(r"(?:language|lang|brush:)-?\s*([\w+#-]{1,30})")

_DROPPED_WITH_CONTENT = frozenset({"script", "style", "svg", "template", "head", "textarea", "select"})


def read_angle(cursor: Cursor) -> bool:
    """A comment, tag, autolink or declaration; False where `<` is only a sign."""
    if cursor.text.startswith("<!--", cursor.at):
        return cursor.skip_past("-->")
    if found := _TAG.match(cursor.text, cursor.at):
        cursor.at = found.end()
        _read_tag(cursor, found[0], found[2].lower(), found[3], is_closing=bool(found[1]))
    elif found := _AUTOLINK.match(cursor.text, cursor.at):
        cursor.write_to(found.end())
    elif found := _DECLARATION.match(cursor.text, cursor.at):
        cursor.at = found.end()
    return found is not None


def read_entity(cursor: Cursor) -> bool:
    """`&amp;` and its like."""
    found = _ENTITY.match(cursor.text, cursor.at)
    if not found:
        return False
    cursor.at = found.end()
    cursor.writer.entity(found[0], is_followed=bool(_ENTITY_REST.match(cursor.text, cursor.at)))
    return True


def _read_tag(cursor: Cursor, written: str, name: str, rest: str, is_closing: bool) -> None:
    """Hands on a tag that HTML knows. A name that it doesn't know is text, unless it comes with more, or is closed somewhere."""
    if name not in HTML_NAMES:
        is_text = not rest.strip() and not is_closing and "-" not in name and name not in cursor.closed
        cursor.writer.text(f"\\{written}" if is_text else "")
    elif is_closing:
        cursor.writer.close(name)
    elif name in _DROPPED_WITH_CONTENT:
        if not rest.endswith("/") and cursor.skip_past(f"</{name}"):
            cursor.skip_past(">")
    elif name == "pre":
        _read_preformatted(cursor, rest)
    else:
        cursor.writer.open(name, _attributes(liquid.render_inside(rest, cursor.values) if "{" in rest else rest))


def _read_preformatted(cursor: Cursor, rest: str) -> None:
    start, end = cursor.at, cursor.find("</pre")
    if end < 0:
        return
    cursor.skip_past("</pre")
    cursor.skip_past(">")
    content = cursor.text[start:end]
    language = _CODE_LANGUAGE.search(rest + content[:200])
    cursor.writer.block(fenced(html.unescape(_TAG.sub("", content)), language[1] if language else ""))


def _attributes(text: str) -> dict[str, str]:
    if "=" not in text:
        return {}
    return {found[1].lower(): html.unescape(found[2].strip("\"'")) for found in _ATTRIBUTE.finditer(text)}
