"""Small repairs to Markdown that need no grammar: empty headings go, `##x` is a heading, a caption that repeats its image goes."""

from __future__ import annotations

import re
from collections.abc import Callable

from reader.intake.code import code_blocks
from reader.intake.inline import plain_line

_ODD_MARK = re.compile(r"#(?:[ \t]*(?:\n|\Z)|[^#\s])")
"""In every heading that is empty or not spaced, and found in a tenth of the time."""
_EMPTY_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t]+#*)?[ \t]*(?:\n|\Z)", re.MULTILINE)
_UNSPACED_HEADING = re.compile(r"^( {0,3}#{2,6}+)(?=[^#\s])", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\[\]\n]{3,5000})\]\([^()\n]{0,5000}\)(?:\]\([^()\n]{0,5000}\))?[ \t]*\n(?:[ \t]*\n)*")
_LINE_WITH_TEXT = re.compile(r"[ \t]*\S[^\n]*(?:\n|\Z)")


def tidy(body: str) -> str:
    """The body without empty headings and repeated captions, every heading spaced."""
    if _ODD_MARK.search(body) and (_EMPTY_HEADING.search(body) or _UNSPACED_HEADING.search(body)):
        body = _outside_code(body, _tidy_headings)
    if "![" in body:
        body = _drop_repeated_captions(body)
    return body


def _tidy_headings(text: str) -> str:
    return _UNSPACED_HEADING.sub(r"\1 ", _EMPTY_HEADING.sub("", text))


def _outside_code(body: str, repair: Callable[[str], str]) -> str:
    """`body` with all but its code blocks repaired."""
    pieces = []
    at = 0
    for start, end in code_blocks(body):
        pieces += [repair(body[at:start]), body[start:end]]
        at = end
    return "".join([*pieces, repair(body[at:])])


def _drop_repeated_captions(body: str) -> str:
    """`body` without the paragraphs that say again what the image above them says."""
    pieces = []
    at = 0
    for image in _IMAGE.finditer(body):
        if body[body.rfind("\n", at, image.start()) + 1 : image.start()].strip(" \t["):
            continue
        end = image.end()
        while line := _LINE_WITH_TEXT.match(body, end):
            end = line.end()
            if end - image.end() > 2 * len(image[1]) + 100:
                break
        if plain_line(body[image.end() : end]) == plain_line(image[1]):
            pieces.append(body[at : image.end()])
            at = end + body.startswith("\n", end)
    return "".join([*pieces, body[at:]])
