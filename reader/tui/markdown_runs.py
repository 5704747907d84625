"""The running text of a Markdown block: its inline tokens as styled runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from markdown_it.token import Token

from reader.clean import clean_line
from reader.model import Mention
from reader.tui.lines import Role, Run, Runs
from reader.tui.links import LinkBook
from reader.tui.running_text import MENTION_ROLES, tidy, with_links
from reader.tui.wrap import cut, text_of

_STYLES: dict[str, Role] = {"strong_open": "strong", "em_open": "emphasis", "s_open": "strike"}
_STYLE_ENDS = {"strong_close", "em_close", "s_close"}
_WITHOUT_BLANKS = re.compile("[\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f]")
"""A line end between two of these stands for nothing, elsewhere for a blank."""
_SHOWN_OF_TARGET = 60


class RunWriter:
    """Turns inline tokens into runs, numbering links and footnotes as it meets them."""

    def __init__(self, links: LinkBook) -> None:
        self._links = links
        self._notes: dict[str, int] = {}

    def note_number(self, label: str) -> int:
        """The number of a footnote, given when it is first asked for."""
        return self._notes.setdefault(label, len(self._notes) + 1)

    def runs(self, tokens: Sequence[Token] | None) -> Runs:
        """The tidy runs of one `inline` token's children."""
        return tidy(_Paragraph(self, self._links).read(tokens or ()))


class _Paragraph:
    """The state while one paragraph is read: which styles, link and mention are open."""

    def __init__(self, writer: RunWriter, links: LinkBook) -> None:
        self._writer = writer
        self._links = links
        self._runs: list[Run] = []
        self._styles: list[Role] = []
        self._mention: Mention | None = None
        self._target: str | None = None
        self._url: str | None = None
        self._link_start = 0

    def read(self, tokens: Sequence[Token]) -> list[Run]:
        for index, token in enumerate(tokens):
            match token.type:
                case "text" | "text_special":
                    self._add_text(token.content)
                case "code_inline":
                    self._add(token.content, "code")
                case "softbreak":
                    following = tokens[index + 1].content if index + 1 < len(tokens) else ""
                    self._add_soft_break(following)
                case "hardbreak":
                    self._add("\n")
                case "image":
                    self._add(image_words(token), "image")
                case "footnote_ref":
                    self._add(superscript(self._writer.note_number(token.meta["label"])), "footnote")
                case "mention_open":
                    self._mention = token.meta["mention"]
                case "mention_close":
                    self._mention = None
                case "link_open":
                    self._open_link(str(token.attrGet("href") or ""))
                case "link_close":
                    self._close_link()
                case _ if token.type in _STYLES:
                    self._styles.append(_STYLES[token.type])
                case _ if token.type in _STYLE_ENDS:
                    self._styles.pop()
                case _:
                    self._add(token.content)
        return self._runs

    def _add(self, text: str, *roles: Role) -> None:
        entity = None
        marks: tuple[Role, ...] = ()
        if self._mention:
            entity, marks = self._mention.entity, (MENTION_ROLES[self._mention.kind],)
        if self._url:
            marks = (*marks, "link")
        if text:
            self._runs.append(Run(text, (*self._styles, *roles, *marks), self._url, entity))

    def _add_text(self, text: str) -> None:
        self._add(text)
        if self._target is None and text:
            self._runs.extend(with_links(self._runs.pop(), self._links))

    def _add_soft_break(self, following: str) -> None:
        before = self._runs[-1].text[-1:] if self._runs else ""
        if not (_WITHOUT_BLANKS.match(before) and _WITHOUT_BLANKS.match(following)):
            self._add(" ")

    def _open_link(self, target: str) -> None:
        self._target = target
        self._url = self._links.resolve(target)
        self._link_start = len(self._runs)

    def _close_link(self) -> None:
        target, url = self._target or "", self._url
        shown = text_of(tuple(self._runs[self._link_start :]))
        self._target = self._url = None
        if url:
            self._runs.extend(self._links.mark(url, shown))
        elif not target.startswith("#"):
            self._add(f" ({cut(clean_line(unquote(target)), _SHOWN_OF_TARGET)})", "dim")


def image_words(token: Token) -> str:
    """`[image: …]` with the image's alternative text, else the name of its file."""
    words = clean_line(alternative(token)) or _file_name(str(token.attrGet("src") or ""))
    return f"[image: {words}]" if words else "[image]"


def alternative(token: Token) -> str:
    """The alternative text of an image, its own marks left out."""
    return "".join(" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or ())


def superscript(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _file_name(source: str) -> str:
    try:
        return clean_line(unquote(urlsplit(source).path).rpartition("/")[2])
    except ValueError:
        return ""
