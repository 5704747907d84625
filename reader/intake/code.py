"""Where a Markdown text is code, so that nothing in it is taken for markup. One pass over the lines, linear in their length."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
"""Start and end in the text, the end excluded."""

_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}+(?=[^`]*$)|~{3,}+)")
_LIST_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_TAG_START = re.compile(r"[ \t]*</?[A-Za-z][A-Za-z0-9-]*[\s/>]")
_TICKS_OR_BLANK_LINE = re.compile(r"`+|\n[ \t]*\n")
_TICKS = re.compile(r"`+")
_LANGUAGE = re.compile(r"[\w+#.-]{1,30}")


def code_blocks(text: str) -> Iterator[Span]:
    """The fenced and the indented code blocks of `text`, in order; an indented one line by line."""
    if "```" in text or "~~~" in text or "\n    " in text or "\n\t" in text or text.startswith(("    ", "\t")):
        yield from _CodeLines().spans(text)


class _CodeLines:
    """What the lines so far say of the next: whether an indented one is code, or part of a list or of HTML."""

    def __init__(self) -> None:
        self._after_blank = True
        self._in_code = False
        self._in_list = False
        self._in_html = False

    def spans(self, text: str) -> Iterator[Span]:
        position = 0
        fence = ""
        fence_start = 0
        for line in text.split("\n"):
            end = min(position + len(line) + 1, len(text))
            if fence:
                if _closes(line, fence):
                    yield fence_start, end
                    fence = ""
            elif opening := _FENCE.match(line):
                fence = opening[1]
                fence_start = position
            elif self._is_indented_code(line):
                yield position, end
            position = end
        if fence:
            yield fence_start, len(text)

    def _is_indented_code(self, line: str) -> bool:
        """Whether `line`, outside of fences, is code; keeps what the next line needs to know."""
        if not line.strip():
            self._after_blank = True
            return False
        is_indented = line.startswith(("    ", "\t"))
        if not is_indented:
            if _TAG_START.match(line):
                self._in_html = True
            elif self._after_blank:
                self._in_html = False
            if _LIST_ITEM.match(line):
                self._in_list = True
            elif self._after_blank and line[0] not in " \t":
                self._in_list = False
        is_inside_other = self._in_list or (self._in_html and not self._in_code)
        self._in_code = is_indented and (self._after_blank or self._in_code) and not is_inside_other
        self._after_blank = False
        return self._in_code


def _closes(line: str, fence: str) -> bool:
    """Whether `line` ends the block that `fence` began: the same mark, at least as often, and nothing else."""
    mark = line.strip(" \t>")
    return len(mark) >= len(fence) and not mark.strip(fence[0])


def code_spans(text: str, start: int, end: int) -> dict[int, int]:
    """Start to end of each `` `code` `` within one paragraph between `start` and `end`."""
    runs = list(_TICKS_OR_BLANK_LINE.finditer(text, start, end))
    closing: dict[int, int] = {}
    next_of_length: dict[int, int] = {}
    for run in reversed(runs):
        if run[0][0] != "`":
            next_of_length.clear()
            continue
        length = run.end() - run.start()
        if length in next_of_length:
            closing[run.start()] = next_of_length[length]
        next_of_length[length] = run.end()
    return closing


def without_code(text: str) -> str:
    """`text` without its code blocks and code spans."""
    pieces = []
    at = 0
    for start, end in (*code_blocks(text), (len(text), len(text))):
        pieces.append(_without_spans(text[at:start]))
        at = end
    return "".join(pieces)


def _without_spans(text: str) -> str:
    if "`" not in text:
        return text
    pieces = []
    at = 0
    for start, end in sorted(code_spans(text, 0, len(text)).items()):
        if start >= at and text[start - 1 : start] != "\\":
            pieces.append(text[at:start])
            at = end
    return "".join([*pieces, text[at:]])


def fenced(code: str, language: str = "") -> str:
    """`code` as a fenced block, the fence longer than any row of backticks inside."""
    longest = max((len(run) for run in _TICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    named = _LANGUAGE.match(language)
    return f"{fence}{named[0] if named else ''}\n{code.strip(chr(10)).rstrip()}\n{fence}"


def spanned(code: str) -> str:
    """`code` as an inline span, the marks longer than any row of backticks inside."""
    code = " ".join(code.split())
    if not code:
        return ""
    longest = max((len(run) for run in _TICKS.findall(code)), default=0)
    marks = "`" * (longest + 1)
    return f"{marks} {code} {marks}" if longest else f"`{code}`"
