"""A page of HTML that reads and prints well, fetches nothing, and writes out where its links lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from reader.clean import safe_url

if TYPE_CHECKING:
    from markdown_it.token import Token

_MAX_NESTING = 40

HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Dateline</title>
<style>
body { font: 12pt/1.5 Georgia, serif; max-width: 40em; margin: 2em auto; padding: 0 1em; color: #111; background: #fff; }
article { margin-bottom: 3em; }
section article { margin-bottom: 2em; }
h1, h2, h3 { line-height: 1.2; margin-bottom: 0.2em; break-after: avoid; }
h1 { font-size: 1.6em; }
h2 { border-bottom: 1px solid #999; }
.about { color: #555; font-size: 0.9em; }
blockquote { margin: 0.5em 0 0.5em 1em; padding-left: 1em; border-left: 3px solid #bbb; }
aside { background: #f4f0e0; padding: 0.2em 1em; }
pre { white-space: pre-wrap; }
table { border-collapse: collapse; }
td, th { border: 1px solid #999; padding: 0.2em 0.5em; }
@page { margin: 2cm; }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 11pt; }
  body > article { break-after: page; }
  section article, blockquote, aside, tr { break-inside: avoid; }
  a { color: inherit; }
  a::after { content: " (" attr(href) ")"; font-size: 0.8em; overflow-wrap: anywhere; }
}
</style>"""


def renderer() -> Callable[[str], str]:
    """Makes HTML of Markdown: no HTML of the text's own, no picture but its words, no link but to the web or to mail."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING, "html": False}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: safe_url(url) is not None  # type: ignore[method-assign]  # as its documentation has it
    parser.add_render_rule("image", _picture)
    return parser.render


def _picture(_: Any, tokens: Sequence[Token], at: int, __: Any, ___: Any) -> str:
    """A picture as its words with a link: the page is read without asking anybody's server for anything."""
    words = f"[image: {tokens[at].content}]" if tokens[at].content else "[image]"
    url = safe_url(str(tokens[at].attrGet("src") or ""))
    return f'<a href="{escape(url)}">{escape(words)}</a>' if url else escape(words)
