"""An article laid out at a width: a pure function of what is known of it, to be called off the UI thread.

    head ┐                       gutters, wrapping,
    body ├─ blocks ───────────▶  folding of tables   ───────▶ ArticleLines
    links┘
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rich.cells import cell_len

from reader.model import UNMARKED, Article, Mark, Mention
from reader.tui.budget import UNLIMITED, Budget, Limits, OverBudget
from reader.tui.head_blocks import head_blocks
from reader.tui.lines import ArticleLines, Block, Code, Line, Names, OneLine, Rule, Run, Runs, Table, Text
from reader.tui.links import LinkBook
from reader.tui.markdown import Unreadable
from reader.tui.plain_blocks import plain_blocks
from reader.tui.table_lines import table_lines
from reader.tui.wrap import cut, fold, isolated, slice_runs, text_of, wrap

NARROWEST = 12
"""Nothing is laid out narrower than this: what doesn't fit is cut by the pane's edge."""
_TAB = 4
_LONGEST_NOTE = 20_000
_ROOMY = 60
"""From this width on the names of a kind may take two lines, below it one."""


def render(
    article: Article,
    mentions: Sequence[Mention],
    width: int,
    *,
    note: str | None = None,
    mark: Mark = UNMARKED,
    limits: Limits | None = None,
    is_abandoned: Callable[[], bool] = lambda: False,
) -> ArticleLines:
    """`article` on lines of at most `width` cells, its `mentions` marked.

    Takes at most a little over `limits.seconds`; what is left out is said in a line of its own. `is_abandoned` is asked now and
    then, from this thread; once it says yes, Abandoned is raised.
    """
    limits = limits or Limits()
    width = max(width, NARROWEST)
    links = LinkBook(article.origin_url, limits.links)
    body = _within(article.body, limits)
    budget = Budget(limits.seconds / 3, is_abandoned)
    blocks, is_cut = _body_blocks(replace(article, body=body), mentions, links, budget)
    is_cut = is_cut or bool(article.body[len(body) :].strip())
    lines = _Lines(width)
    for block in (*head_blocks(article, mentions, note, mark.tags), *_own_note(mark.note, budget)):
        lines.add(block)
    budget = budget.again()
    try:
        for block in _set_off(blocks):
            budget.check()
            lines.add(block, budget)
    except OverBudget:
        is_cut = True
    for block in (*_cut_notice(is_cut), *links.blocks()):
        lines.add(block)
    return ArticleLines(tuple(lines.lines), links.links(), width, is_cut)


def _within(body: str, limits: Limits) -> str:
    """As much of `body` as the limits let through, whole lines where it has any."""
    end = min(len(body), limits.characters)
    place = -1
    for _ in range(limits.lines):
        place = body.find("\n", place + 1, end)
        if place < 0:
            break
    else:
        return body[:place]
    if end == len(body):
        return body
    return body[: body.rfind("\n", 0, end)] if "\n" in body[:end] else body[:end]


def _body_blocks(article: Article, mentions: Sequence[Mention], links: LinkBook, budget: Budget) -> tuple[list[Block], bool]:
    if article.body_form == "plain":
        return plain_blocks(article.body, mentions, links), False
    try:
        # The parser takes longer to import than most articles to lay out, and the first screen doesn't need it.
        from reader.tui.markdown_blocks import markdown_blocks

        return markdown_blocks(article.body, mentions, links, budget)
    except Unreadable:
        notice = Run("Shown as it is written: its Markdown can't be read.", ("warning",))
        return [Block(Text((notice,))), *plain_blocks(article.body, mentions, links)], False


def _own_note(note: str | None, budget: Budget) -> list[Block]:
    """The person's own note, above the body; its links have no numbers, those are the article's."""
    if not note:
        return []
    own = Article(path="", headline="", body=note[:_LONGEST_NOTE], body_form="markdown")
    blocks, _ = _body_blocks(own, (), LinkBook(None, 0), budget.again())
    return [Block(Text((Run("Your note", ("own-note",)),))), *_set_off(blocks), Block(Rule())]


def _set_off(blocks: list[Block]) -> list[Block]:
    """The blocks of the body with a blank line above the first."""
    return [replace(blocks[0], gap=()), *blocks[1:]] if blocks else []


def _cut_notice(is_cut: bool) -> list[Block]:
    words = "✂ Cut here: the article is longer or more intricate than is shown here; :pager shows all of it."
    return [Block(Text((Run(words, ("warning",)),)))] if is_cut else []


class _Lines:
    """The lines so far."""

    def __init__(self, width: int) -> None:
        self.lines: list[Line] = []
        self._width = width
        self._blocks = 0

    def add(self, block: Block, budget: Budget = UNLIMITED) -> None:
        """Lay out one block below the others. Raises OverBudget or Abandoned, its lines so far kept."""
        if block.gap is not None and self.lines:
            self.lines.append(Line(_without_end_blanks(self._narrowed(block.gap)), self._blocks, at=-1))
        gutter, rest = self._narrowed(block.first), self._narrowed(block.rest)
        gutter_length = len(text_of(gutter))
        for runs, at, joint in _content_lines(block, self._width - cell_len(text_of(gutter)), budget):
            shown = isolated(runs) if gutter else runs
            self.lines.append(Line((*gutter, *shown), self._blocks, gutter_length, at, joint))
            gutter, gutter_length = rest, len(text_of(rest))
        self._blocks += 1

    def _narrowed(self, gutter: Runs) -> Runs:
        """At most half of the width; the innermost marks stay."""
        room = self._width // 2
        kept: list[Run] = []
        for run in reversed(gutter):
            room -= cell_len(run.text)
            if room < 0:
                break
            kept.append(run)
        return tuple(reversed(kept))


def _without_end_blanks(gutter: Runs) -> Runs:
    runs = list(gutter)
    while runs and not runs[-1].text.strip():
        runs.pop()
    return tuple(runs)


def _content_lines(block: Block, width: int, budget: Budget) -> Iterator[tuple[Runs, int, str | None]]:
    """The lines of a block's content: runs, place in the block's text, joint to the next line."""
    match block.content:
        case Text(runs):
            yield from _text_lines(runs, width)
        case OneLine(words, tail):
            room = max(width - cell_len(text_of(tail)), 1)
            yield (words.saying(cut(words.text, room)), *tail), 0, None
        case Code(text):
            yield from _code_lines(text, width, budget)
        case Rule():
            yield (Run("─" * width, ("rule",)),), 0, None
        case Names(label, names):
            yield from _name_lines(label, names, width)
        case Table():
            for at, runs in enumerate(table_lines(block.content, width, budget)):
                yield runs, at, None


def _text_lines(runs: Runs, width: int) -> Iterator[tuple[Runs, int, str | None]]:
    text = text_of(runs)
    ranges = wrap(text, width) or [(0, 0)]
    for index, (line, (start, end)) in enumerate(zip(slice_runs(runs, ranges), ranges, strict=True)):
        between = text[end : ranges[index + 1][0]] if index + 1 < len(ranges) else None
        joint = None if between is None else " " if between else ""
        yield line, start, joint


def _code_lines(text: str, width: int, budget: Budget) -> Iterator[tuple[Runs, int, str | None]]:
    at = 0
    for line in text.split("\n"):
        budget.check()
        parts = fold(line.expandtabs(_TAB), width)
        for index, part in enumerate(parts):
            filled = part + " " * (width - cell_len(part))
            yield (Run(filled, ("code-block",)),), at, "" if index + 1 < len(parts) else None
            at += len(part)
        at += 1


def _name_lines(label: str, names: Runs, width: int) -> Iterator[tuple[Runs, int, str | None]]:
    """The label and what fits of the names behind it."""
    room = width - len(label)
    most_lines = 2 if width >= _ROOMY else 1
    lines: list[list[Run]] = [[]]
    used = shown = 0
    for index, name in enumerate(names):
        more = f" +{len(names) - index - 1}" if index + 1 < len(names) else ""
        cells = cell_len(name.text) + (2 if used else 0)
        if used and used + cells + (len(more) if len(lines) == most_lines else len(",")) > room:
            if len(lines) == most_lines:
                break
            lines[-1].append(Run(",", ("dim",)))
            lines.append([])
            used, cells = 0, cell_len(name.text)
        if used:
            lines[-1].append(Run(", ", ("dim",)))
        lines[-1].append(name if cells <= room else name.saying(cut(name.text, room)))
        used += min(cells, room)
        shown += 1
    if shown < len(names):
        lines[-1].append(Run(f" +{len(names) - shown}", ("dim",)))
    for index, line in enumerate(lines):
        yield (Run(label if index == 0 else " " * len(label), ("dim",)), *line), index, None
