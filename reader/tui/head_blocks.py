"""What stands above an article's body: headline, when, what, whose, how long, and who and where is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reader.clean import clean_line, isolate, safe_url
from reader.model import KINDS, Article, Kind, Mention, Problem, Published
from reader.triage.reading import minutes
from reader.tui.lines import Block, Names, Role, Rule, Run, Runs, Text
from reader.tui.running_text import MENTION_ROLES
from reader.tui.tag_colours import role_of

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LABELS: dict[Kind, str] = {"person": "People", "org": "Orgs", "place": "Places", "other": "Other"}
_LABEL_WIDTH = 1 + max(map(len, _LABELS.values()))
_PROBLEMS_SHOWN = 3
_OPENING = 2_000
"""How much of the body is searched for words that repeat the description."""


def head_blocks(article: Article, mentions: Sequence[Mention], note: str | None, tags: Sequence[str] = ()) -> list[Block]:
    """The head of `article`; `note` is one more line for what the reader should know of it, `tags` are the reader's own."""
    blocks = [
        Block(Text((Run(clean_line(article.headline), ("headline",)),)), gap=None),
        Block(Text((Run(published_in_words(article.published), ("published",)),))),
        Block(Text(_particulars(article)), gap=None),
        *_own_tags(tags),
        *_entity_blocks(mentions),
        *_notices(article, note),
        Block(Rule(), gap=None),
    ]
    return blocks + _standfirst(article)


def published_in_words(published: Published | None) -> str:
    """`Thursday 7 November 2024, 03:40 +00:00`: day, time and offset as they were written; `Undated` for none."""
    if published is None:
        return "Undated"
    day = published.day
    words = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
    if not published.has_time:
        return words
    time = published.written[len("2024-11-07T") :]
    offset = next((time[place:] for place, mark in enumerate(time) if mark in "+-Z"), "")
    offset = "+00:00" if offset == "Z" else offset
    return f"{words}, {clean_line(f'{time[:5]} {offset}')}"


def _particulars(article: Article) -> Runs:
    """Category, source, byline and reading time, on one line where they fit."""
    source_link = safe_url(article.origin_url) if article.origin_url else None
    fields = [Run(isolate(clean_line(category)), ("category",)) for category in article.categories]
    if article.source:
        fields.append(Run(isolate(clean_line(article.source)), ("link",) if source_link else ("dim",), source_link))
    if article.byline:
        fields.append(Run(isolate(clean_line(article.byline)), ("dim",)))
    if article.words:
        fields.append(Run(f"{minutes(article.words)} min", ("dim",)))
    runs: list[Run] = []
    for field in fields:
        if runs:
            runs.append(Run(" · ", ("dim",)))
        runs.append(field)
    return tuple(runs)


def _own_tags(tags: Sequence[str]) -> list[Block]:
    names = tuple(Run(isolate(f"#{clean_line(tag)}"), (role_of(tag),)) for tag in tags)
    return [Block(Names("Tags".ljust(_LABEL_WIDTH), names), gap=None)] if names else []


def _entity_blocks(mentions: Sequence[Mention]) -> list[Block]:
    """The entities of each kind, those named most often first."""
    counts = Counter((mention.kind, mention.entity) for mention in mentions)
    blocks: list[Block] = []
    for kind in KINDS:
        names = [name for (of_kind, name), _ in counts.most_common() if of_kind == kind]
        if names:
            runs = tuple(Run(isolate(clean_line(name)), (MENTION_ROLES[kind],), entity=name) for name in names)
            blocks.append(Block(Names(_LABELS[kind].ljust(_LABEL_WIDTH), runs), gap=None if blocks else ()))
    return blocks


def _notices(article: Article, note: str | None) -> list[Block]:
    said: list[tuple[str, Role]] = []
    if article.is_draft:
        said.append(("Draft: marked as not published.", "warning"))
    said.extend((_problem_in_words(problem), "warning") for problem in article.problems[:_PROBLEMS_SHOWN])
    if (more := len(article.problems) - _PROBLEMS_SHOWN) > 0:
        said.append((f"… and {more} more problems with this file", "warning"))
    if note:
        said.append((clean_line(note), "dim"))
    return [Block(Text((Run(words, (role,)),)), gap=None if index else ()) for index, (words, role) in enumerate(said)]


def _problem_in_words(problem: Problem) -> str:
    place = f"line {problem.line}: " if problem.line else ""
    return clean_line(f"! {place}{problem.what} ({problem.effect})")


def _standfirst(article: Article) -> list[Block]:
    """The description, unless the body opens with it; the source's address where there is no body to read."""
    blocks: list[Block] = []
    words = clean_line(article.description or "")
    if words and _bare(words) not in _bare(article.body[: _OPENING + len(words)]):
        blocks.append(Block(Text((Run(words, ("standfirst",)),))))
    if not article.body.strip():
        url = safe_url(article.origin_url) if article.origin_url else None
        blocks.append(Block(Text((Run("This file has no text below its head.", ("dim",)),))))
        if url:
            blocks.append(Block(Text((Run("Read it at ", ("dim",)), Run(url, ("link",), url)))))
    return blocks


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
