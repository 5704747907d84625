"""A plain text as blocks: paragraphs between blank lines, and the few lines that stand as subheads. No Markdown rule applies."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reader.model import Mention
from reader.tui.lines import Block, Role, Run, Runs, Text
from reader.tui.links import LinkBook
from reader.tui.running_text import MENTION_ROLES, tidy, with_links

Range = tuple[int, int]

_QUOTES = {"‘": "’", "“": "”", '"': '"', "'": "'", "«": "»", "„": "“", "「": "」", "『": "』"}
_SENTENCE_ENDS = ".!?,;:…。！？"
_SUBHEAD_LENGTH = 80
_WHOLE_PARAGRAPH = 120
"""A line as long as this was not broken at a margin: it is a paragraph of its own."""
_HARD_WRAPPED = 50
"""Lines all as long as this were broken at a margin: they run on."""


def plain_blocks(body: str, mentions: Sequence[Mention], links: LinkBook) -> list[Block]:
    """The blocks of `body`."""
    source = _Source(body, mentions, links)
    paragraphs = [part for lines in _groups_of_lines(body) for part in _paragraphs(lines)]
    blocks: list[Block] = []
    for index, lines in enumerate(paragraphs):
        joint = " " if _runs_on(lines) else "\n"
        is_subhead = len(lines) == 1 and index + 1 < len(paragraphs) and _is_subhead(body[slice(*lines[0])].strip())
        runs = source.runs(lines, joint, ("heading-2",) if is_subhead else ())
        if runs:
            blocks.append(Block(Text(runs)))
    return blocks


def _groups_of_lines(body: str) -> Iterator[list[Range]]:
    """The lines between blank lines."""
    group: list[Range] = []
    start = 0
    for line in body.split("\n"):
        if line.strip():
            group.append((start, start + len(line)))
        elif group:
            yield group
            group = []
        start += len(line) + 1
    if group:
        yield group


def _paragraphs(lines: list[Range]) -> list[list[Range]]:
    if any(end - start >= _WHOLE_PARAGRAPH for start, end in lines):
        return [[line] for line in lines]
    return [lines]


def _runs_on(lines: list[Range]) -> bool:
    """Whether the lines were broken at a margin, rather than where their writer wanted."""
    return all(end - start >= _HARD_WRAPPED for start, end in lines[:-1])


def _is_subhead(line: str) -> bool:
    """A short line in quotation marks or in capitals, alone between blank lines and without the stop of a sentence."""
    if len(line) > _SUBHEAD_LENGTH or len(line) < 3:
        return False
    if _QUOTES.get(line[0]) == line[-1]:
        return line[-2] not in _SENTENCE_ENDS and line[-1] not in line[1:-1]
    return line.isupper() and line[-1] not in _SENTENCE_ENDS and sum(map(str.isalpha, line)) > 2


class _Source:
    """Cuts runs out of the body, with the mentions in them marked."""

    def __init__(self, body: str, mentions: Sequence[Mention], links: LinkBook) -> None:
        self._body = body
        self._links = links
        placed = [(mention.start, mention.end, mention) for mention in mentions if mention.start is not None and mention.end is not None]
        placed.sort(key=lambda place: place[:2])
        self._mentions = placed
        self._starts = [start for start, _, _ in placed]

    def runs(self, lines: list[Range], joint: str, roles: tuple[Role, ...]) -> Runs:
        """The tidy runs of some lines that follow one another."""
        runs: list[Run] = []
        for line, following in pairwise([*lines, None]):
            if line is None:
                continue
            for run in self._line(*line, roles):
                runs.extend(with_links(run, self._links) if run.entity is None else [run])
            if following is not None:
                runs.append(Run(joint, roles))
        return tidy(runs)

    def _line(self, start: int, end: int, roles: tuple[Role, ...]) -> Iterator[Run]:
        first = bisect_left(self._starts, start)
        for mention_start, mention_end, mention in self._mentions[first:]:
            if mention_start >= end:
                break
            if mention_start < start or mention_end > end:
                continue
            yield Run(self._body[start:mention_start], roles)
            yield Run(self._body[mention_start:mention_end], (*roles, MENTION_ROLES[mention.kind]), entity=mention.entity)
            start = mention_end
        yield Run(self._body[start:end], roles)
