"""How an article is cited: four styles of ours, and the reader's own templates.

    plain      Premier vows support. Bangkok Post, by Ann Lee, 2024-11-07. https://…
    markdown   [Premier vows support](https://…). Bangkok Post, by Ann Lee, 2024-11-07
    ap         Ann Lee, “Premier vows support,” Bangkok Post, Nov. 7, 2024, https://…
    bibtex     @misc{premier-vows-support-2024, …}

A template names fields by `$headline` or `${headline}`. Only these names are filled in, once: a dollar sign in an article's words
stays a dollar sign, and no template reaches anything but the texts of `fields`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from string import Template
from types import MappingProxyType

from reader.clean import clean, clean_line, safe_url
from reader.model import HeadlineRow

Fields = Mapping[str, str]
"""What a template may name, all on one line each, empty where the article doesn't say."""

FIELD_NAMES = (
    "headline", "source", "byline", "published", "day", "year", "link", "category", "language", "description", "key", "path",
)  # fmt: skip

_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_LONGEST_TEMPLATE = 2_000
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>])")
_LINK_SIGNS = str.maketrans({"(": "%28", ")": "%29"})
_TEX_WORDS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def fields(row: HeadlineRow) -> Fields:
    """What may be cited of an article, made harmless."""
    published = row.published
    raw = {
        "headline": row.headline,
        "source": row.source or "",
        "byline": row.byline or "",
        "published": published.written.replace("T", " ") if published else "",
        "day": published.day.isoformat() if published else "",
        "year": str(published.day.year) if published else "",
        "link": (safe_url(row.origin_url) if row.origin_url else None) or "",
        "category": row.categories[0] if row.categories else "",
        "language": row.language or "",
        "description": row.description or "",
        "key": row.key,
        "path": row.path,
    }
    return {name: clean_line(value) for name, value in raw.items()}


def cite(row: HeadlineRow, style: str, own: Mapping[str, str] = MappingProxyType({})) -> str:
    """The citation of an article in one of `styles(own)`."""
    found = fields(row)
    if style in own:
        return clean(Template(own[style]).substitute(found)).strip()
    return STYLES[style](found, row)


def quote(passage: str, citation: str) -> str:
    """A passage of an article with where it is from."""
    return f"“{clean(passage).strip()}”\n— {citation}"


def styles(own: Mapping[str, str], first: str) -> tuple[str, ...]:
    """Every style there is, each once: `first` if it is one, then the reader's own, then ours."""
    known = (*own, *STYLES)
    return tuple(dict.fromkeys((first, *known) if first in known else known))


def check(template: str) -> str:
    """A template that can be filled in. Raises ValueError that says what is wrong with it."""
    if not template.strip() or len(template) > _LONGEST_TEMPLATE:
        raise ValueError(f"a template of up to {_LONGEST_TEMPLATE:,} characters, such as '$headline, $source, $day'")
    shape = Template(template)
    if not shape.is_valid():
        raise ValueError("a field is written $headline or ${headline}, a dollar sign $$")
    for name in shape.get_identifiers():
        if name not in FIELD_NAMES:
            near = get_close_matches(name, FIELD_NAMES, 1)
            raise ValueError(f"no field ${name}" + (f"; did you mean ${near[0]}?" if near else f"; there are {', '.join(FIELD_NAMES)}"))
    return template


def _plain(found: Fields, _: HeadlineRow) -> str:
    said = ". ".join(part.rstrip(".") for part in (found["headline"], _about(found)) if part)
    return f"{said}. {found['link']}".rstrip()


def _markdown(found: Fields, _: HeadlineRow) -> str:
    return ". ".join(part for part in (markdown_link(found["headline"], found["link"]), markdown_words(_about(found))) if part)


def _ap(found: Fields, row: HeadlineRow) -> str:
    day = row.published.day if row.published else None
    when = f"{_MONTHS[day.month - 1]} {day.day}, {day.year}" if day else ""
    rest = ", ".join(part for part in (found["source"], when, found["link"]) if part)
    headline = f"“{found['headline']}{',' if rest else ''}”"
    return " ".join(part for part in (f"{found['byline']}," if found["byline"] else "", headline, rest) if part)


def _bibtex(found: Fields, row: HeadlineRow) -> str:
    day = row.published.day if row.published else None
    values = {
        "title": f"{{{_tex(found['headline'])}}}",
        "author": f"{{{_tex(found['byline'])}}}" if found["byline"] else "",
        "howpublished": _tex(found["source"]),
        "date": found["day"],
        "year": found["year"],
        "month": str(day.month) if day else "",
        "url": found["link"].replace("{", "%7B").replace("}", "%7D"),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in values.items() if value]
    return f"@misc{{{_bibtex_key(found)},\n" + ",\n".join(lines) + "\n}"


def _bibtex_key(found: Fields) -> str:
    words = re.findall(r"[a-z0-9]+", found["headline"].lower())[:4]
    return "-".join([*(words or ["article"]), *([found["year"]] if found["year"] else [])])


def _about(found: Fields) -> str:
    by = f"by {found['byline']}" if found["byline"] else ""
    return ", ".join(part for part in (found["source"], by, found["day"]) if part)


def markdown_words(text: str) -> str:
    """Words that Markdown takes for words: nothing in them is bold, a link or HTML."""
    return _MARKDOWN_SIGNS.sub(r"\\\1", text)


def markdown_link(words: str, url: str | None) -> str:
    """Words that lead to `url`, where there is one."""
    shown = markdown_words(words)
    return f"[{shown}]({url.translate(_LINK_SIGNS)})" if url else shown


def _tex(text: str) -> str:
    return "".join(_TEX_WORDS.get(character, character) for character in text)


STYLES: Mapping[str, Callable[[Fields, HeadlineRow], str]] = MappingProxyType(
    {"plain": _plain, "markdown": _markdown, "ap": _ap, "bibtex": _bibtex}
)
