"""An article's Markdown as tokens: bounded in nesting and in time, with the mentions of entities among them.

CommonMark with tables, strikethrough and footnotes. HTML is not read (it has been turned into Markdown before) and addresses in
running text are found later, by a bounded pattern: the usual recogniser takes 29 s for 90 KB of `http://a.`.

A mention is given by its place in the body, and the parser forgets places. So each piece of running text is traced back to the
lines it came from, and the rule that reads text puts a `mention_open` or `mention_close` token where a mention starts or ends.
The text itself is never touched, so a mention can't break a link or an emphasis that it crosses.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, text
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from reader.model import Mention
from reader.tui.budget import Budget, OverBudget
from reader.tui.web_addresses import address_spans

MAX_NESTING = 24
_RULES_BETWEEN_CHECKS = 16
"""One rule may look through the whole paragraph."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tokens of a body, in order; `inline` tokens have children."""

    tokens: list[Token]
    lines: list[str]
    """The body's lines, as the tokens' `map` counts them."""
    is_cut: bool
    """The time ran out: the last block may be empty in part, and others are missing behind it."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """A mention's start or end, at an offset of the text being read."""

    offset: int
    opens: bool
    mention: Mention


@dataclass(slots=True)
class _Trace:
    """What the parser's rules share while they read one body."""

    budget: Budget
    mentions: Sequence[Mention]
    is_cut: bool = False
    rules_run: int = 0
    content: str = ""
    edges: deque[_Edge] = field(default_factory=deque)
    """Of `content`, ascending, those not yet passed."""


class Unreadable(Exception):
    """The Markdown can't be read: show it as it is written."""


def parse(body: str, mentions: Sequence[Mention], budget: Budget) -> Parsed:
    """The tokens of `body`.

    Raises Unreadable when not even its blocks could be told apart in time, or when the parser fails on it: whatever an article
    holds, it may cost its own layout and not the session.
    """
    body = body.replace("\r", " ").replace("\0", "\ufffd")
    placed = sorted((mention for mention in mentions if mention.start is not None), key=_start)
    trace = _Trace(budget, placed)
    try:
        tokens = _parser().parse(body, {"trace": trace})
    except (OverBudget, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise Unreadable from error
    return Parsed(tokens, body.split("\n"), trace.is_cut)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"]).disable(["html_block", "html_inline"])
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.core.ruler.at("inline", _read_running_text)
    parser.block.ruler.before("code", "budget", _check_block)
    parser.inline.ruler.at("text", _read_text)
    parser.inline.ruler.before("text", "budget", _check_inline)
    return parser


def _check_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    trace: _Trace = state.env["trace"]
    trace.budget.check()
    return False


def _check_inline(state: StateInline, silent: bool) -> bool:
    trace: _Trace = state.env["trace"]
    trace.rules_run += 1
    if trace.rules_run % _RULES_BETWEEN_CHECKS == 0:
        trace.budget.check()
    return False


def _read_running_text(state: StateCore) -> None:
    """Parse every `inline` token, in place of the parser's own rule.

    The one that outlasts the budget is left as it was written, and what follows its block is left out.
    """
    trace: _Trace = state.env["trace"]
    places = _Places(state.src) if trace.mentions else None
    for index, token in enumerate(state.tokens):
        if token.type != "inline":
            continue
        in_cell = state.tokens[index - 1].type in ("th_open", "td_open")
        trace.content = token.content
        trace.edges = deque(places.edges(token, trace.mentions, in_cell) if places else ())
        try:
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])
        except OverBudget:
            trace.is_cut = True
            token.children = [Token("text", "", 0, content=token.content)]
            del state.tokens[_end_of_block(state.tokens, index) :]
            return


def _end_of_block(tokens: Sequence[Token], index: int) -> int:
    """Where the outermost block around token `index` ends; the pieces in it that were not read stay empty."""
    while index < len(tokens) and tokens[index].level > 0:
        index += 1
    return index + 1


def _read_text(state: StateInline, silent: bool) -> bool:
    """The parser's rule for plain text, stopping at each edge of a mention on the way."""
    trace: _Trace = state.env["trace"]
    if silent or not trace.edges or state.src is not trace.content:
        return text(state, silent)
    start = state.pos
    if not text(state, True):
        return False
    end = state.pos
    while trace.edges and (trace.edges[0].offset < end or (trace.edges[0].offset == end and not trace.edges[0].opens)):
        edge = trace.edges.popleft()
        if edge.opens and edge.offset < start:
            continue  # it starts in the middle of a mark, such as a backslash and its letter
        if edge.offset > start:
            state.pending += state.src[start : edge.offset]
            start = edge.offset
        token = state.push("mention_open" if edge.opens else "mention_close", "", 0)
        token.meta = {"mention": edge.mention}
    state.pending += state.src[start:end]
    return True


def _start(mention: Mention) -> int:
    return -1 if mention.start is None else mention.start


class _Places:
    """Traces running text back to the body."""

    def __init__(self, source: str) -> None:
        self._lines = source.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._row = -1
        self._row_column = 0
        """How far the cells of table row `_row` have been found."""

    def edges(self, token: Token, mentions: Sequence[Mention], in_cell: bool) -> list[_Edge]:
        """The starts and ends of the mentions that lie in an `inline` token, by their offsets in its content."""
        if token.map is None:
            return []
        first, last = token.map
        low = bisect_left(mentions, self._starts[first], key=_start)
        high = bisect_left(mentions, self._starts[min(last, len(self._lines))], key=_start)
        if low == high and not in_cell:
            return []
        stretches = self._cell(token.content, first) if in_cell else self._paragraph(token.content, first)
        addresses = list(address_spans(token.content))
        edges: list[_Edge] = []
        for mention in mentions[low:high]:
            start, end = _offset_in(stretches, mention.start), _offset_in(stretches, mention.end)
            if start is None or end is None or any(begin < end and start < stop for begin, stop in addresses):
                continue
            if start < end and (not edges or edges[-1].offset <= start):
                edges += [_Edge(start, True, mention), _Edge(end, False, mention)]
        return edges

    def _paragraph(self, content: str, line: int) -> list[_Stretch]:
        """Each line of the content is the end of a line of the body, but for white space and closing marks."""
        stretches: list[_Stretch] = []
        offset = 0
        for content_line in content.split("\n"):
            words = content_line.strip()
            column = self._lines[line].rfind(words) if line < len(self._lines) else -1
            if words and column >= 0:
                indent = content_line.index(words)
                stretches.append(_Stretch(self._starts[line] + column, offset + indent, len(words)))
            offset += len(content_line) + 1
            line += 1
        return stretches

    def _cell(self, content: str, line: int) -> list[_Stretch]:
        """Cells stand in their row one after the other."""
        if line != self._row:
            self._row, self._row_column = line, 0
        column = self._lines[line].find(content, self._row_column)
        if column < 0:
            return []
        self._row_column = column + len(content)
        return [_Stretch(self._starts[line] + column, 0, len(content))]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """So many characters that are the same in the body and in a token's content."""

    in_body: int
    in_content: int
    length: int


def _offset_in(stretches: list[_Stretch], place: int | None) -> int | None:
    if place is None:
        return None
    for stretch in stretches:
        if stretch.in_body <= place <= stretch.in_body + stretch.length:
            return stretch.in_content + place - stretch.in_body
    return None
