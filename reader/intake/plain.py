"""Plain text as paragraphs: no mark in it means anything, a blank line ends a paragraph, runs of spaces are one."""

from __future__ import annotations

import html
import re

_BLANK_LINES = re.compile(r"\n(?:[ \t\f]*\n)+")
_WRAPPED_AT_MOST = 100
"""Lines longer than this weren't broken by whoever wrapped the text."""
_WRAPPED_AT_LEAST = 40


def paragraphs(text: str) -> str:
    """`text` with one blank line between paragraphs, the lines of a hard-wrapped paragraph joined, entities decoded once."""
    if "&" in text:
        text = html.unescape(text)
    blocks = (_paragraph(block) for block in _BLANK_LINES.split(text))
    return "\n\n".join(block for block in blocks if block)


def _paragraph(block: str) -> str:
    lines = [" ".join(line.split()) for line in block.split("\n")]
    lines = [line for line in lines if line]
    return (" " if _is_wrapped(lines) else "\n").join(lines)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines end where a margin was, so that only the last may be short; verses and addresses aren't wrapped."""
    return len(lines) > 1 and max(map(len, lines)) <= _WRAPPED_AT_MOST and min(map(len, lines[:-1])) >= _WRAPPED_AT_LEAST
