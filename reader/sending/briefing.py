"""A briefing: stories gathered by day, category or name, each with its summary, what was said, and the reader's note.

    rows ──gather──▶ Group(title, rows) ──Entry.of──▶ Entry(summary, quotes) ──▶ Markdown | HTML
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Literal, TypeVar

from reader.clean import clean, clean_line
from reader.model import Entity, HeadlineRow, OpenedArticle
from reader.sending import quotes, whole
from reader.sending.citations import markdown_link, markdown_words

Grouping = Literal["day", "category", "entity"]
Heading = TypeVar("Heading", str, Entity)

_MOST_QUOTES = 2
_FEWEST_OF_A_NAME = 2
"""Stories that a name must be in to have a group: a name of one story gathers nothing."""
_LONGEST_SUMMARY = 500


@dataclass(frozen=True, slots=True)
class Group:
    """Stories under one heading."""

    title: str
    rows: tuple[HeadlineRow, ...]
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a briefing says of one story."""

    row: HeadlineRow
    summary: str
    quotes: tuple[str, ...]

    @classmethod
    def of(cls, opened: OpenedArticle, entity: Entity | None) -> Entry:
        """The summary as the article gives it, else its first paragraph; what it says of `entity`, else what people said in it."""
        words = whole.body_words(opened)
        paragraphs = (paragraph for paragraph in words.split("\n\n") if not paragraph.startswith("[image"))
        summary = clean_line(opened.row.description or next(paragraphs, ""))
        if entity is None:
            quoted = quotes.speech(words, _MOST_QUOTES)
        else:
            spelled = {each.text for each in opened.mentions if (each.entity, each.kind) == (entity.name, entity.kind)}
            quoted = quotes.naming(words, spelled, _MOST_QUOTES)
        return cls(opened.row, _cut(summary), tuple(line for each in quoted if (line := clean_line(each)) not in summary))


def gather(rows: Iterable[HeadlineRow], by: Grouping) -> list[Group]:
    """The stories by heading, those with none last. Days newest first, else the largest group first; a story may be in several."""
    rows = tuple(rows)
    if by == "day":
        return _by_day(rows)
    if by == "category":
        labelled = _gathered(rows, lambda row: row.categories, fewest=1)
        return _ordered([Group(label, some) for label, some in labelled.items()], rows, "Without a category")
    named = _gathered(rows, lambda row: row.entities, fewest=_FEWEST_OF_A_NAME)
    times = Counter(entity.name for entity in named)
    titles = {entity: entity.name if times[entity.name] == 1 else f"{entity.name} ({entity.kind})" for entity in named}
    return _ordered([Group(titles[entity], some, entity) for entity, some in named.items()], rows, "Other stories")


def _by_day(rows: Sequence[HeadlineRow]) -> list[Group]:
    days: dict[date | None, list[HeadlineRow]] = {}
    for row in rows:
        days.setdefault(row.published.day if row.published else None, []).append(row)
    order = sorted(days, key=lambda day: day or date.min, reverse=True)
    return [Group(day_in_words(day) if day else "Undated", tuple(days[day])) for day in order]


def _gathered(
    rows: Sequence[HeadlineRow], headings_of: Callable[[HeadlineRow], Iterable[Heading]], *, fewest: int
) -> dict[Heading, tuple[HeadlineRow, ...]]:
    """The stories under each heading that has at least so many."""
    found: dict[Heading, list[HeadlineRow]] = {}
    for row in rows:
        for heading in dict.fromkeys(headings_of(row)):
            found.setdefault(heading, []).append(row)
    return {heading: tuple(some) for heading, some in found.items() if len(some) >= fewest}


def _ordered(groups: list[Group], rows: Sequence[HeadlineRow], rest: str) -> list[Group]:
    """The largest group first, and last, under `rest`, the stories that are in none."""
    gathered = {row.id for group in groups for row in group.rows}
    others = tuple(row for row in rows if row.id not in gathered)
    groups.sort(key=lambda group: (-len(group.rows), group.title))
    return groups + ([Group(rest, others)] if others else [])


def day_in_words(day: date) -> str:
    """`Thursday 7 November 2024`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def markdown_entry(entry: Entry) -> str:
    """A story as a part of a Markdown briefing."""
    row = entry.row
    parts = [f"### {markdown_link(clean_line(row.headline), whole.link_of(row))}", markdown_words(whole.about(row))]
    parts += [markdown_words(entry.summary)] if entry.summary else []
    parts += [f"> {markdown_words(each)}" for each in entry.quotes]
    parts += [f"**Note:** {clean(row.mark.note).strip()}"] if row.mark.note else []
    return "\n\n".join(parts) + "\n"


def html_entry(entry: Entry, render: Callable[[str], str]) -> str:
    """A story as a part of a page; `render` makes HTML of the note, which is Markdown."""
    row = entry.row
    parts = [f"<article{whole.lang_of(row)}>", f'<h3 dir="auto">{escape(clean_line(row.headline))}</h3>', whole.html_about(row)]
    parts += [f'<p dir="auto">{escape(entry.summary)}</p>'] if entry.summary else []
    parts += [f'<blockquote dir="auto">{escape(each)}</blockquote>' for each in entry.quotes]
    parts += [f'<aside dir="auto">{render(clean(row.mark.note))}</aside>'] if row.mark.note else []
    return "\n".join([*parts, "</article>"])


def _cut(words: str) -> str:
    """The beginning of a long summary, up to a word's end."""
    return words if len(words) <= _LONGEST_SUMMARY else words[:_LONGEST_SUMMARY].rsplit(" ", 1)[0] + " …"
