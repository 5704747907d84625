"""One line of plain text from a value that may hold HTML, Markdown marks, entities or line breaks."""

from __future__ import annotations

import html
import re

_HTML = """
a abbr acronym address applet area article aside audio b base bdi bdo big blink blockquote body br button canvas caption center
cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form
frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee
menu meta meter nav nobr noframes noscript object ol optgroup option output p param picture pre progress q rb rp rt rtc ruby s
samp script section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot
th thead time title tr track tt u ul var video wbr path g circle rect math
"""
HTML_NAMES = frozenset(_HTML.split())
"""Names that make `<name>` a tag; `<antirez>` is something somebody wrote."""

_MARKED = re.compile(r"[<&*_`~\[\\]")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>")
_COMMENT = re.compile(r"<!--(?:(?!-->)[^<])*-->")
_ELEMENT = re.compile(r"<([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?>([^<>]*)</\1>", re.IGNORECASE)
_MOST_NESTED = 3
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:\s\"[^\"()]{0,500}\")?\)")
_CODE = re.compile(r"(?<!`)(`++)([^`]+)\1(?!`)")
_STRONG = re.compile(r"(\*\*|__)(?=[^\s*_])([^*_\n]*[^\s*_])\1")
_EMPHASIS = re.compile(r"(?<![\w*])(\*)(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])|(?<![\w_])(_)(?=[^\s_])([^_\n]*[^\s_])_(?![\w_])")
_STRIKE = re.compile(r"~~(?=[^\s~])([^~\n]*)~~")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain_line(text: str) -> str:
    """`text` on one line, white space collapsed, without tags and Markdown marks, entities decoded once."""
    if _MARKED.search(text):
        text = _without_marks(_without_tags(text))
        if "&" in text:
            text = html.unescape(text)
    return " ".join(text.split())


def plain_title(text: str) -> str:
    """`plain_line` without the elements that entities spell, too, as feeds have them: `&lt;i&gt;Sea&lt;/i&gt;`.

    A tag that no other closes stays, as does what is no tag: they are what the title is about.
    """
    title = plain_line(text)
    for _ in range(_MOST_NESTED if "</" in title and "&" in text else 0):
        title = _ELEMENT.sub(lambda found: found[2] if found[1].lower() in HTML_NAMES else found[0], title)
    return " ".join(title.split())


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    return _TAG.sub(lambda tag: "" if tag[1].lower() in HTML_NAMES else tag[0], _COMMENT.sub("", text))


def _without_marks(text: str) -> str:
    """The text without Markdown's links, emphasis, code marks and escapes; `snake_case` and `5 * 3` stay as they are."""
    text = _IMAGE_OR_LINK.sub(r"\1", text)
    text = _CODE.sub(r"\2", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(lambda found: found[2] or found[4], text)
    text = _STRIKE.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text)
