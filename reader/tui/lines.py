"""The values an article is laid out in, from runs of styled text to the lines on the screen.

    Article ──blocks──▶ Block(Text | Code | Table …) ──lay out at a width──▶ Line(Run, Run, …) ──the pane──▶ strips

All text in these values is clean, and none of it is markup. Colours are not known here: a run names its roles, the pane's style
sheet says what they look like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from rich.cells import cell_len

Role = Literal[
    "headline",
    "published",
    "category",
    "dim",
    "warning",
    "standfirst",
    "heading-1",
    "heading-2",
    "heading-3",
    "strong",
    "emphasis",
    "strike",
    "code",
    "code-block",
    "quote",
    "marker",
    "rule",
    "image",
    "link",
    "link-number",
    "link-host",
    "footnote",
    "table-head",
    "mention-person",
    "mention-org",
    "mention-place",
    "mention-other",
    "own-note",
    "tag-1",
    "tag-2",
    "tag-3",
    "tag-4",
    "tag-5",
    "tag-6",
    "hit",
    "hit-current",
    "selection",
]
ROLES: tuple[Role, ...] = get_args(Role)

BREAK_HERE = "\u200b"
"""In the text of a run, never in a line: here a line may end, though no blank stands here."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters that look and behave alike."""

    text: str
    roles: tuple[Role, ...] = ()
    """Later ones win."""
    url: str | None = None
    """Where it leads: an address that `safe_url` has passed."""
    entity: str | None = None
    """The entity that it names."""

    def saying(self, text: str) -> Run:
        """The same run with other words."""
        return Run(text, self.roles, self.url, self.entity)

    def under(self, *roles: Role) -> Run:
        """The same run with `roles` beneath its own."""
        return Run(self.text, roles + self.roles, self.url, self.entity)


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen."""

    runs: Runs
    block: int
    """Which block of the article it belongs to, counted from 0."""
    gutter: int = 0
    """How many leading characters are quote bars, list marks and indents rather than the article's words."""
    at: int = 0
    """Where in its block's text the line starts; -1 for the blank line above a block."""
    joint: str | None = None
    """What stood between this line and the next in running text, a blank or nothing; None where a paragraph ends."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the article at any width; ascends from line to line."""
        return self.block, self.at

    def run_at(self, cell: int) -> Run | None:
        """The run under a cell of the line, counted from 0."""
        for run in self.runs:
            cell -= cell_len(run.text)
            if cell < 0:
                return run
        return None


Overlay = tuple[int, int, Role]
"""Characters of a line, from and to, that look different for now: a hit, the selection."""


def overlaid(runs: Runs, overlays: Sequence[Overlay]) -> Runs:
    """`runs` cut at the ends of the overlays, with the roles of these on top."""
    for start, end, role in overlays:
        parts: list[Run] = []
        before = 0
        for run in runs:
            low, high = max(start - before, 0), max(end - before, 0)
            covered = Run(run.text[low:high], (*run.roles, role), run.url, run.entity)
            parts += (run.saying(run.text[:low]), covered, run.saying(run.text[high:]))
            before += len(run.text)
        runs = tuple(part for part in parts if part.text)
    return runs


@dataclass(frozen=True, slots=True)
class Link:
    """One address of the article and the number the reader types to follow it."""

    number: int
    url: str


@dataclass(frozen=True, slots=True)
class ArticleLines:
    """An article, laid out."""

    lines: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    width: int = 0
    is_cut: bool = False
    """Some of the body is left out; its last line says so."""


# What stands between the article and its lines.


@dataclass(frozen=True, slots=True)
class Text:
    """Running text, wrapped at the width; `\\n` in its runs ends a line."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class OneLine:
    """Words that are cut with an ellipsis where they and what follows them don't fit on one line."""

    words: Run
    tail: Runs = ()


@dataclass(frozen=True, slots=True)
class Code:
    """Lines kept as they are, folded where they don't fit."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Names:
    """A label and names behind it, as many as fit on two lines; then how many more there are."""

    label: str
    names: Runs


Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first row the head; every row has as many cells as `aligns`."""

    aligns: tuple[Align, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an article with what stands to the left of it."""

    content: Text | OneLine | Code | Rule | Names | Table
    first: Runs = ()
    """The gutter of its first line: a list mark, a quote's bar."""
    rest: Runs = ()
    """The gutter of its other lines, as wide."""
    gap: Runs | None = ()
    """The gutter of the blank line above it; None where there is none."""
