"""What site generators put between braces, read at the cursor: Liquid, Hugo shortcodes, kramdown's attribute lists."""

from __future__ import annotations

import re

from reader.intake import liquid
from reader.intake.code import fenced
from reader.intake.cursor import Cursor

_LIQUID_TAG = re.compile(r"\{%-?\s*([\w-]+)(.*?)-?%\}", re.DOTALL)
_SHORTCODE = re.compile(r"\{\{([<%])(.*?)[>%]\}\}", re.DOTALL)
_SHORTCODE_PARTS = re.compile(r"\s*(/?)\s*([\w./-]+)(.*)", re.DOTALL)
_OUTPUT = re.compile(r"\{\{-?(.*?)-?\}\}", re.DOTALL)
_KRAMDOWN = re.compile(r"\{:{1,2}[^{}\n]{0,500}\}")
_LIST_START = re.compile(r"start\s*=\s*[\"']?(\d{1,9})")
_FIRST_ITEM = re.compile(r"([ ]{0,3})\d{1,9}([.)][ \t])")
_ATTRIBUTE_LIST = re.compile(r"\{[#.][A-Za-z][^{}\n]{0,300}\}")


def read_brace(cursor: Cursor) -> bool:
    """A template's tag, output or shortcode, or a list of attributes; False where `{` is only a sign."""
    if cursor.at < cursor.liquid_is_off_until:
        return False
    after = cursor.text[cursor.at + 1 : cursor.at + 3]
    if after.startswith("%"):
        return _read_liquid_tag(cursor)
    if after.startswith("{"):
        return _read_shortcode(cursor) or _read_output(cursor)
    if after.startswith(":"):
        return _read_kramdown(cursor)
    if after == "/*":
        return cursor.skip_past("*/}")
    return _read_attribute_list(cursor)


def _read_liquid_tag(cursor: Cursor) -> bool:
    found = cursor.match_until(_LIQUID_TAG, "%}")
    if not found:
        return False
    name, arguments = found[1].lower(), found[2]
    start, cursor.at = cursor.at, found.end()
    if name == "raw":
        end = cursor.find("endraw")
        cursor.liquid_is_off_until = len(cursor.text) if end < 0 else cursor.text.rfind("{%", cursor.at, end)
    elif name == "comment":
        if cursor.skip_past("endcomment"):
            cursor.skip_past("%}")
    elif name == "highlight" and cursor.find("endhighlight") >= 0:
        _read_highlighted(cursor, arguments, "endhighlight", "{%", "%}")
        return True
    elif not _read_quoting(cursor, name.removeprefix("end"), is_closing=name.startswith("end")):
        _render(cursor, start, name, arguments)
        return True
    cursor.skip_line_end(start)
    return True


def _read_shortcode(cursor: Cursor) -> bool:
    if cursor.text.startswith("{{/*", cursor.at):
        return cursor.skip_past("*/}}")
    mark = cursor.text[cursor.at + 2 : cursor.at + 3]
    closing = {"<": ">}}", "%": "%}}"}.get(mark)
    found = cursor.match_until(_SHORTCODE, closing) if closing else None
    parts = _SHORTCODE_PARTS.match(found[2]) if found else None
    if not found or not parts:
        return False
    start, cursor.at = cursor.at, found.end()
    if found[2].startswith("/*"):
        cursor.writer.code(f"{{{{{mark}{found[2][2:].removesuffix('*/')}{closing}")
        return True
    is_closing, name = bool(parts[1]), parts[2].lower()
    if name == "highlight" and not is_closing and cursor.find("/highlight") >= 0:
        _read_highlighted(cursor, parts[3], "/highlight", "{{", "}}")
    elif _read_quoting(cursor, name, is_closing) or is_closing:
        cursor.skip_line_end(start)
    else:
        _render(cursor, start, name, parts[3].removesuffix("/"))
    return True


def _read_output(cursor: Cursor) -> bool:
    found = cursor.match_until(_OUTPUT, "}}")
    if not found:
        return False
    rendered = liquid.render_output(found[1], cursor.values)
    cursor.at = found.end()
    cursor.writer.text(found[0] if rendered is None else rendered)
    return True


def _read_kramdown(cursor: Cursor) -> bool:
    if cursor.text.startswith("{::comment}", cursor.at):
        return cursor.skip_past("{:/comment}")
    found = _KRAMDOWN.match(cursor.text, cursor.at)
    if not found:
        return False
    start, cursor.at = cursor.at, found.end()
    cursor.skip_line_end(start)
    first = _LIST_START.search(found[0])
    item = _FIRST_ITEM.match(cursor.text, cursor.at) if first else None
    if first and item:
        cursor.writer.text(f"{item[1]}{first[1]}{item[2]}")
        cursor.at = item.end()
    return True


def _read_attribute_list(cursor: Cursor) -> bool:
    found = _ATTRIBUTE_LIST.match(cursor.text, cursor.at)
    if not found:
        return False
    start, cursor.at = cursor.at, found.end()
    cursor.skip_line_end(start)
    return True


def _read_quoting(cursor: Cursor, name: str, is_closing: bool) -> bool:
    """Sets the text of a note apart; False where `name` is no note, or is never closed."""
    if name not in liquid.QUOTING or name not in cursor.closed:
        return False
    if is_closing:
        cursor.writer.close("blockquote")
    else:
        cursor.writer.open("blockquote", {})
    return True


def _read_highlighted(cursor: Cursor, arguments: str, name: str, opening: str, closing: str) -> None:
    """Writes what lies before the tag that closes `name` as code."""
    start, end = cursor.at, cursor.find(name)
    code = cursor.text[start:end]
    words = arguments.split()
    cursor.writer.block(fenced(code[: max(code.rfind(opening), 0)], words[0] if words else ""))
    cursor.at = end
    cursor.skip_past(closing)


def _render(cursor: Cursor, start: int, name: str, arguments: str) -> None:
    rendered = liquid.render_tag(name, arguments, cursor.is_alone(start))
    cursor.writer.text(rendered)
    if not rendered:
        cursor.skip_line_end(start)
