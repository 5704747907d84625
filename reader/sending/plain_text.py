"""Markdown as plain lines, for `show --format text` and for quotes: what a reader sees, without the marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_MAX_NESTING = 40


def plain_text(markdown: str) -> str:
    """The words of a Markdown text, a blank line between its blocks; an image is its alt text in brackets."""
    # Needed by few commands, and as long to import as all the rest of them.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING, "html": False}).enable(["table", "strikethrough"])
    return "\n\n".join(_blocks(parser.parse(markdown)))


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    prefix = ""
    row: list[str] | None = None
    for token in tokens:
        if token.type == "list_item_open":
            prefix = f"{token.info or ''}{token.markup} " if token.info else "- "
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield "\t".join(row)
            row = None
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n")
        elif token.type == "inline":
            words = _words(token.children or ())
            if row is not None:
                row.append(words)
            elif words:
                yield prefix + words
                prefix = ""


def _words(tokens: Sequence[Token]) -> str:
    return "".join(_word(token) for token in tokens).strip()


def _word(token: Token) -> str:
    if token.type in ("softbreak",):
        return " "
    if token.type == "hardbreak":
        return "\n"
    if token.type == "image":
        return f"[image: {token.content}]" if token.content else ""
    return token.content if token.type in ("text", "code_inline") else ""
