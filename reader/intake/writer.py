"""HTML tags and text in, Markdown out.

Tags that hold others open a frame; when it closes, what was written in it is turned into Markdown and goes to the frame around it.
Nothing has to be closed: the end closes all. Frames are bounded in depth, so the work is bounded too.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from reader.intake.code import spanned
from reader.intake.liquid import image, link
from reader.intake.tables import Row, one_line, render_table

_MAX_DEPTH = 16

_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "dfn": "*", "var": "*", "del": "~~", "s": "~~", "strike": "~~"}
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_CELLS = frozenset({"td", "th"})
_INLINE_FRAMES = frozenset({*_EMPHASIS, *_CODE, "a", "sup", "sub", "rt", "rp", "q"})
_BLOCK_FRAMES = frozenset({*_HEADINGS, *_LISTS, *_CELLS, "li", "blockquote", "table", "tr", "dt", "summary"})
_CONTAINERS = frozenset(
    {"div", "section", "article", "aside", "main", "header", "footer", "nav", "figure", "details", "center", "form", "fieldset", "body",
     "html", "dl", "thead", "tbody", "tfoot", "object", "noscript", "picture"}
)  # fmt: skip
_BLOCKS = frozenset({*_CONTAINERS, "p", "dd", "figcaption", "caption", "address", "hgroup", "legend", "dialog", "search"})
_PLAYED = {"iframe": "video", "video": "video", "embed": "video", "frame": "video", "audio": "audio"}
_CLOSED_BY = {
    "li": (frozenset({"li"}), _LISTS),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (_CELLS, frozenset({"tr", "table"})),
    "th": (_CELLS, frozenset({"tr", "table"})),
    "dt": (frozenset({"dt"}), frozenset[str]()),
    "rt": (frozenset({"rt", "rp"}), frozenset[str]()),
    "rp": (frozenset({"rt", "rp"}), frozenset[str]()),
}
"""Tags that may be left open: which frames a new one of the name closes, and beyond which it does not look."""

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_ONLY_MARKER = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?$")
_INDENTATION = re.compile(r"\n[ \t]{4,}(?![-*+\d \t])")
_LINE_WITH_TEXT = re.compile(r"\n(?=[^\n])")
_ANY_INDENTATION = re.compile(r"\n[ \t]+")
_LEFT_ENCODED = frozenset("<>*_`[]\\#|~^$!+=-{}()")
"""Characters that would mean something to Markdown: their entities stay, for Markdown to decode."""
_LINE_KEPT = 200


@dataclass(slots=True)
class _Frame:
    """An open tag and what was written since."""

    name: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    """Of a table its rows; of a row its cells, as one row."""
    items: int = 0
    """Of a list, those closed so far."""
    line: str = ""
    """The line that was being written outside."""
    was_at_break: bool = False


class MarkdownWriter:
    """Puts Markdown together from text and tags in the order in which they come."""

    def __init__(self, is_html: bool) -> None:
        """`is_html` where all of the text is HTML, so that indentation means nothing."""
        self._is_html = is_html
        self._frames = [_Frame("", {})]
        self._line = ""
        """The beginning of the line being written, to tell a list's marker and a table's row."""
        self._at_break = False
        """A block ended or began here: white space is dropped, and text begins a new paragraph."""
        self._drops_line_end = False
        self._containers = 0
        self._figures = 0
        """How many are open, of the tags that indent what they hold, and of figures, in which an image stands alone."""

    def result(self) -> str:
        while len(self._frames) > 1:
            self._pop()
        return "".join(self._frames[0].parts)

    def text(self, text: str) -> None:
        """Markdown as it stands."""
        if not text:
            return
        if "\n" in text and (self._is_html or self._containers or len(self._frames) > 1):
            text = (_ANY_INDENTATION if self._is_html else _INDENTATION).sub("\n", text)
        if self._drops_line_end:
            text = text.lstrip(" \t").removeprefix("\n")
            self._drops_line_end = False
        if self._at_break:
            text = text.lstrip()
            if not text:
                return
            self._separate()
        self._emit(text)

    def code(self, text: str) -> None:
        """A code block or span that stays as it is."""
        if self._at_break:
            self._separate()
        self._drops_line_end = False
        self._emit(text)

    def entity(self, written: str, is_followed: bool) -> None:
        """An HTML entity: its character, unless Markdown would take that for a mark. `is_followed` by what `&` makes another of."""
        decoded = html.unescape(written)
        if self._is_in_code():
            self._emit(decoded)
        elif (decoded == "&" and is_followed) or decoded in _LEFT_ENCODED:
            self.text(written)
        else:
            self.text(decoded)

    def block(self, text: str) -> None:
        """A block of Markdown of its own."""
        if not text:
            return
        if self._is_in_row():
            self._emit(f"{one_line(text)} ")
            return
        self._break()
        self.code(text)
        self._at_break = True

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """An opening tag of HTML."""
        if closed_by := _CLOSED_BY.get(name):
            self._close_within(*closed_by)
        if name in _INLINE_FRAMES:
            self._push(name, attributes, is_block=False)
        elif name in _BLOCK_FRAMES:
            self._break()
            self._push(name, attributes, is_block=True)
        elif name in _BLOCKS:
            self._containers += name in _CONTAINERS
            self._figures += name == "figure"
            self._break()
        elif name in _PLAYED or name == "source":
            self._play(_PLAYED.get(name, "video"), attributes)
        elif name == "img" and attributes.get("src"):
            write = self.block if self._figures else self.text
            write(image(attributes["src"], attributes.get("alt", "")))
        elif name == "br":
            self._break_line()
        elif name == "hr":
            self.block("* * *")

    def close(self, name: str) -> None:
        """A closing tag of HTML; ignored where nothing of the name is open."""
        if name in _INLINE_FRAMES or name in _BLOCK_FRAMES:
            if any(frame.name == name for frame in self._frames):
                while self._frames[-1].name != name:
                    self._pop()
                self._pop()
        elif name in _BLOCKS:
            self._containers = max(0, self._containers - (name in _CONTAINERS))
            self._figures = max(0, self._figures - (name == "figure"))
            self._break()

    # -- writing

    def _emit(self, text: str) -> None:
        self._frames[-1].parts.append(text)
        line_start = text.rfind("\n") + 1
        if line_start:
            self._line = text[line_start : line_start + _LINE_KEPT]
        elif len(self._line) < _LINE_KEPT:
            self._line += text[:_LINE_KEPT]

    def _break(self) -> None:
        """Ends a block, except in a row of a Markdown table and after the marker of a list's item."""
        if self._is_in_row():
            self._emit(" ")
        elif not (self._line and _ONLY_MARKER.match(self._line)):
            self._at_break = True

    def _separate(self) -> None:
        """Puts a blank line between what is written and what comes."""
        self._at_break = False
        if self._drop_space():
            self._emit("\n\n")

    def _drop_space(self) -> bool:
        """Takes white space off the end of what is written; False where nothing is left."""
        parts = self._frames[-1].parts
        while parts and not parts[-1].strip():
            parts.pop()
        if parts:
            parts[-1] = parts[-1].rstrip()
        return bool(parts)

    def _break_line(self) -> None:
        if self._at_break:
            return
        if self._is_in_cell() or self._line.lstrip().startswith(("|", "#")):
            self._emit(" ")
        elif not self._line.strip():
            self._at_break = True
        elif not _ONLY_MARKER.match(self._line):
            self._emit("  \n")
            self._drops_line_end = True

    def _play(self, kind: str, attributes: dict[str, str]) -> None:
        if source := attributes.get("src"):
            if source.startswith("//"):
                source = f"https:{source}"
            self.block(link(f"{kind}: {source}", source))

    # -- frames

    def _push(self, name: str, attributes: dict[str, str], is_block: bool) -> None:
        if len(self._frames) > _MAX_DEPTH:
            return
        self._frames.append(_Frame(name, attributes, line=self._line, was_at_break=self._at_break))
        self._at_break = is_block
        self._line = ""

    def _close_within(self, names: frozenset[str], beyond: frozenset[str]) -> None:
        """Closes the innermost open frame of `names` unless one of `beyond` is open inside it."""
        for frame in reversed(self._frames[1:]):
            if frame.name in beyond:
                return
            if frame.name in names:
                self.close(frame.name)
                return

    def _pop(self) -> None:
        """Closes the innermost frame."""
        frame = self._frames.pop()
        ended_in_break = self._at_break
        self._at_break = frame.was_at_break
        self._line = frame.line
        content = "".join(frame.parts)
        if frame.name in _INLINE_FRAMES:
            self._pop_inline(frame, content)
            self._at_break = self._at_break or ended_in_break
        else:
            self._pop_block(frame, content.strip("\n").rstrip())

    def _pop_inline(self, frame: _Frame, content: str) -> None:
        inner = content.strip()
        if frame.name == "rp" or not inner:
            self.text(" " if content and frame.name != "rp" else "")
            return
        before = " " if content[0].isspace() else ""
        after = " " if content[-1].isspace() else ""
        self.text(f"{before}{_marked(frame, inner)}{after}")

    def _pop_block(self, frame: _Frame, content: str) -> None:
        outer = self._frames[-1]
        if frame.name in _CELLS:
            if outer.name == "tr":
                outer.rows = outer.rows or [[]]
                outer.rows[0].append(content)
                span = frame.attributes.get("colspan", "1")
                outer.rows[0].extend([""] * (min(int(span), 20) - 1 if span.isdecimal() and len(span) < 4 else 0))
            else:
                self.block(content)
        elif frame.name == "tr":
            if outer.name == "table":
                outer.rows.extend(frame.rows)
            else:
                self.block(" | ".join(cell for row in frame.rows for cell in row))
        elif frame.name == "li":
            self._list_item(outer, content)
        elif frame.name == "table":
            self.block(content)
            self.block(render_table(frame.rows))
        elif frame.name in _LISTS and outer.name == "li" and content:
            self._close_up(content)
        elif content:
            self.block(_block(frame.name, content))

    def _list_item(self, outer: _Frame, content: str) -> None:
        """Writes one item with its marker, tight under the one before."""
        marker = "- "
        if outer.name == "ol":
            first = outer.attributes.get("start", "1")
            marker = f"{outer.items + (int(first) if first.isdecimal() and len(first) < 9 else 1)}. "
        item = marker + _LINE_WITH_TEXT.sub("\n" + " " * len(marker), content)
        if outer.name in _LISTS and outer.items:
            self._close_up(item)
        else:
            self.block(item)
        outer.items += 1

    def _close_up(self, block: str) -> None:
        """Writes a block right under what is written, without a blank line."""
        self._emit(f"\n{block}" if self._drop_space() else block)
        self._at_break = True

    def _is_in_code(self) -> bool:
        return any(frame.name in _CODE for frame in self._frames)

    def _is_in_row(self) -> bool:
        """Whether the line being written is a row of a Markdown table, which must stay one line."""
        return self._line.lstrip().startswith("|") and not self._is_in_cell()

    def _is_in_cell(self) -> bool:
        return any(frame.name in _CELLS or frame.name in _HEADINGS for frame in self._frames)


def _marked(frame: _Frame, inner: str) -> str:
    """The text of an inline frame with Markdown's marks; without where it holds whole paragraphs."""
    name = frame.name
    if name == "rt":
        return f" ({inner})"
    if name == "sup":
        return inner.translate(_RAISED) if inner.lstrip("+-").isdigit() or inner == "n" else inner
    if name == "sub":
        return inner.translate(_LOWERED) if inner.isdigit() else inner
    if "\n\n" in inner:
        return inner
    if name in _CODE:
        return spanned(inner)
    if name == "q":
        return f"“{inner}”"
    if name == "a":
        target = frame.attributes.get("href", "")
        return link(" ".join(inner.split()), target) if target and not target.lower().startswith("javascript:") else inner
    return f"{_EMPHASIS[name]}{inner}{_EMPHASIS[name]}"


def _block(name: str, content: str) -> str:
    if name in _HEADINGS:
        return f"{_HEADINGS[name]} {' '.join(content.split())}"
    if name == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in content.split("\n"))
    if name in ("dt", "summary"):
        return content if "**" in content else f"**{' '.join(content.split())}**"
    return content
