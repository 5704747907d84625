"""An article's Markdown as blocks: what each piece says, and what stands to the left of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from markdown_it.token import Token

from reader.clean import clean
from reader.model import Mention
from reader.tui.budget import Budget
from reader.tui.lines import Align, Block, Code, OneLine, Role, Rule, Run, Runs, Table, Text
from reader.tui.links import LinkBook
from reader.tui.markdown import MAX_NESTING, Parsed, parse
from reader.tui.markdown_runs import RunWriter, alternative, superscript
from reader.tui.running_text import tidy
from reader.tui.wrap import text_of

_BULLETS = "•◦▪"
_QUOTE_BAR = Run("▌ ", ("marker",))
_TASK = re.compile(r"\[([ xX])\] ")
_NESTING_MARKS = re.compile(r"\s*(?:(?:>|[*+-]\s|\d{1,9}[.)]\s)\s*)*")
_HEADINGS: dict[str, Role] = {"h1": "heading-1", "h2": "heading-2"}


def markdown_blocks(body: str, mentions: Sequence[Mention], links: LinkBook, budget: Budget) -> tuple[list[Block], bool]:
    """The blocks of `body`, its footnotes last, and whether the time ran out before its end.

    Raises Unreadable when there is nothing to show but the body as it is written.
    """
    parsed = parse(body, mentions, budget)
    writer = _BlockWriter(parsed, RunWriter(links))
    is_whole = writer.read_all(budget.again())
    return writer.blocks(), parsed.is_cut or not is_whole


@dataclass(slots=True)
class _Container:
    """A quote, a list item or a footnote: what it puts before the lines within it."""

    first: Run
    rest: Run
    takes_task: bool = False
    """Its mark is a bullet, which a task's box may replace."""
    is_begun: bool = False

    def gutter(self) -> Run:
        """What stands before its next line."""
        return self.rest if self.is_begun else self.first


@dataclass(slots=True)
class _Flow:
    """Blocks that follow one another: those of the body, of a list or of a quote."""

    is_tight: bool = False
    is_begun: bool = False
    next_number: int | None = None
    """Of the next item; None for a list without numbers."""


@dataclass(slots=True)
class _Rows:
    """A table while it is read."""

    aligns: list[Align] = field(default_factory=list)
    rows: list[list[Runs]] = field(default_factory=list)


class _BlockWriter:
    def __init__(self, parsed: Parsed, writer: RunWriter) -> None:
        self._parsed = parsed
        self._writer = writer
        self._blocks: list[Block] = []
        self._outer: list[list[Block]] = []
        """The lists of blocks set aside while a footnote is read."""
        self._notes: dict[int, list[Block]] = {}
        self._containers: list[_Container] = []
        self._flows = [_Flow()]
        self._bullet_depth = 0
        self._styles: list[Role] = []
        self._rows: _Rows | None = None
        self._caption: str | None = None
        """The words of the image just shown: a paragraph that repeats them is left out."""

    def read_all(self, budget: Budget) -> bool:
        """Read the tokens; False when the time ran out before the last of them, between two blocks of the body."""
        for index, token in enumerate(self._parsed.tokens):
            if self._blocks and token.level == 0 and token.nesting >= 0 and budget.is_spent():
                return False
            self._read(token, index)
        return True

    def blocks(self) -> list[Block]:
        """What has been read, the footnotes last."""
        if self._notes:
            self._blocks.append(Block(Text((Run("Notes", ("heading-3",)),))))
        for _, blocks in sorted(self._notes.items()):
            self._blocks.extend(replace(block, gap=None if block is blocks[0] else block.gap) for block in blocks)
        return self._blocks

    def _read(self, token: Token, index: int) -> None:
        match token.type:
            case "inline":
                self._add_running_text(token, index)
            case "fence" | "code_block":
                self._add(Code(clean(token.content.rstrip("\n"))))
            case "hr":
                self._add(Rule())
            case "heading_open":
                self._styles.append(_HEADINGS.get(token.tag, "heading-3"))
            case "heading_close":
                self._styles.pop()
            case "blockquote_open":
                self._styles.append("quote")
                self._open(_Container(_QUOTE_BAR, _QUOTE_BAR), _Flow())
                self._add_if_too_deep(token, index)
            case "blockquote_close":
                self._styles.pop()
                self._close()
            case "bullet_list_open" | "ordered_list_open":
                self._open_list(token, index)
            case "bullet_list_close" | "ordered_list_close":
                self._flows.pop()
                self._bullet_depth -= token.type.startswith("bullet")
            case "list_item_open":
                self._containers.append(self._item())
                self._add_if_too_deep(token, index)
            case "list_item_close":
                self._close_item()
            case "footnote_reference_open":
                self._open_note(token)
            case "footnote_reference_close":
                self._close_note()
            case "table_open":
                self._rows = _Rows()
            case "tr_open" if self._rows is not None:
                self._rows.rows.append([])
            case "th_open" if self._rows is not None:
                self._rows.aligns.append(_align(token))
            case "table_close":
                self._add_table()

    # Text

    def _add_running_text(self, token: Token, index: int) -> None:
        runs = self._writer.runs(token.children)
        if self._rows is not None:
            self._rows.rows[-1].append(runs)
            return
        if self._parsed.tokens[index - 1].type == "paragraph_open":
            if self._caption and self._caption == _bare_words(text_of(runs)):
                self._caption = None
                return
            if images := _only_images(token):
                self._add_images(runs)
                self._caption = _bare_words(alternative(images[-1]))
                return
            runs = self._with_task(runs)
        if runs:
            self._add(Text(tuple(run.under(*self._styles) for run in runs)))

    def _add_images(self, runs: Runs) -> None:
        """Each on a line of its own, its link's number behind it."""
        marks = [index for index, run in enumerate(runs) if "image" in run.roles]
        for start, end in pairwise([*marks, len(runs)]):
            image, *others = runs[start:end]
            tail = (image.saying("]"), *(run for run in others if run.url))
            self._add(OneLine(image.saying(image.text.removesuffix("]")), tail))

    def _with_task(self, runs: Runs) -> Runs:
        task = _TASK.match(runs[0].text) if runs else None
        container = self._containers[-1] if self._containers else None
        if task is None or container is None or container.is_begun or not container.takes_task:
            return runs
        container.first = container.first.saying("☐ " if task[1] == " " else "☑ ")
        return (runs[0].saying(runs[0].text[task.end() :]), *runs[1:])

    def _add_table(self) -> None:
        read, self._rows = self._rows, None
        if read is not None and read.rows:
            width = len(read.aligns)
            rows = tuple((*row[:width], *((),) * (width - len(row))) for row in read.rows)
            self._add(Table(tuple(read.aligns), rows))

    def _add_if_too_deep(self, token: Token, index: int) -> None:
        """The parser says nothing of what is nested deeper than it will go: show that as it is written."""
        if token.level < MAX_NESTING - 1 or token.map is None or not self._parsed.tokens[index + 1].type.endswith("_close"):
            return
        for line in self._parsed.lines[token.map[0] : token.map[1]]:
            runs = tidy([Run(_NESTING_MARKS.sub("", line, count=1))])
            if runs:
                self._add(Text(runs))

    # Containers

    def _open(self, container: _Container, flow: _Flow) -> None:
        self._containers.append(container)
        self._flows.append(flow)

    def _close(self) -> None:
        self._containers.pop()
        self._flows.pop()

    def _open_list(self, token: Token, index: int) -> None:
        number = None
        if token.type == "ordered_list_open":
            start = token.attrGet("start")
            number = 1 if start is None else int(start)
        else:
            self._bullet_depth += 1
        self._flows.append(_Flow(_is_tight(self._parsed.tokens, index), next_number=number))

    def _item(self) -> _Container:
        flow = self._flows[-1]
        if flow.next_number is None:
            mark = _BULLETS[min(self._bullet_depth, len(_BULLETS)) - 1] + " "
        else:
            mark = f"{flow.next_number}. "
            flow.next_number += 1
        return _Container(Run(mark, ("marker",)), Run(" " * len(mark)), takes_task=flow.next_number is None)

    def _close_item(self) -> None:
        if not self._containers[-1].is_begun:
            self._add(Text(()))
        self._containers.pop()

    def _open_note(self, token: Token) -> None:
        number = self._writer.note_number(token.meta["label"])
        mark = superscript(number) + " "
        self._notes.setdefault(number, [])
        self._open(_Container(Run(mark, ("footnote",)), Run(" " * len(mark))), _Flow())
        self._outer.append(self._blocks)
        self._blocks = self._notes[number]

    def _close_note(self) -> None:
        self._close()
        self._blocks = self._outer.pop()

    # Blocks

    def _add(self, content: Text | OneLine | Code | Rule | Table) -> None:
        self._caption = None
        gap = self._gap()
        first = tuple(container.gutter() for container in self._containers)
        for container in self._containers:
            container.is_begun = True
        for flow in self._flows:
            flow.is_begun = True
        rest = tuple(container.rest for container in self._containers)
        self._blocks.append(Block(content, first, rest, gap))

    def _gap(self) -> Runs | None:
        """The gutter of the blank line above the next block; None for none."""
        begun = next((flow for flow in reversed(self._flows) if flow.is_begun), None)
        if begun is None or begun.is_tight:
            return None
        return tuple(container.rest for container in self._containers if container.is_begun)


def _is_tight(tokens: Sequence[Token], index: int) -> bool:
    """A list's paragraphs are hidden where no blank line stands between its items."""
    level = tokens[index].level
    for token in tokens[index + 1 :]:
        if token.level <= level:
            break
        if token.type == "paragraph_open" and token.level == level + 2:
            return bool(token.hidden)
    return True


def _only_images(token: Token) -> list[Token]:
    """The images of a paragraph that shows nothing else, but for links around them."""
    shown = [child for child in token.children or () if child.type == "image" or child.content.strip()]
    return shown if all(child.type == "image" for child in shown) else []


def _bare_words(text: str) -> str:
    """For telling whether two texts say the same: letters and figures alone."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _align(token: Token) -> Align:
    match token.attrGet("style"):
        case "text-align:right":
            return "right"
        case "text-align:center":
            return "center"
        case _:
            return "left"
