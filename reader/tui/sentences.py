"""The sentence of an article that says most of what is sought, as a reader sees it: without the marks of its Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.model import Article
from reader.query.phrases import Sought, hits
from reader.query.snippets import LOOKED_THROUGH, Snippet, snippet
from reader.sending.plain_text import plain_text


def sentence(article: Article, wanted: Sequence[Sought], width: int) -> Snippet | None:
    """The snippet of an article, in at most `width` characters; None where nothing sought stands below the headline."""
    # Only what may be shown is read as Markdown, which takes many times as long as looking for words.
    paragraphs = [each for each in article.body[:LOOKED_THROUGH].split("\n\n") if hits(each, wanted)]
    return snippet(replace(article, body=plain_text("\n\n".join(paragraphs))), wanted, width)
