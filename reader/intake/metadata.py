"""From the front matter's mapping to an article's fields, in the orders of preference that real archives taught."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from reader.clean import clean_line
from reader.intake import names
from reader.intake.dates import bare, parse_published
from reader.intake.inline import plain_line
from reader.intake.values import Head, Value, as_text, first_text, texts, unique
from reader.model import DeclaredName, Kind, Published

_DATE_KEYS = ("date", "published", "publishedat", "published_at", "pubdate", "post_date", "created", "date_text")
_DAY_ADDRESS_KEYS = ("path", "permalink", "url")
_ADDRESS_KEYS = ("origin_url", "canonical_url", "canonical", "link", "url", "source_url", "original_url", "via", "source", "permalink")
_SOURCE_KEYS = ("source", "publisher", "site", "site_name")
_BYLINE_KEYS = ("byline", "author", "authors", "creator", "writer")
_DESCRIPTION_KEYS = ("description", "summary", "excerpt", "dek", "deck", "standfirst", "subtitle", "abstract")
_LANGUAGE_KEYS = ("lang", "language", "locale")
_TAG_KEYS = ("tags", "tag", "topics", "topic")
_KEY_KEYS = ("code", "id", "guid", "uuid")
_NAME_KEYS: dict[str, Kind | None] = {
    "people": "person", "persons": "person", "person": "person",
    "places": "place", "place": "place", "locations": "place", "location": "place", "countries": "place", "country": "place",
    "organisations": "org", "organizations": "org", "organisation": "org", "organization": "org", "orgs": "org", "org": "org",
    "companies": "org", "company": "org",
    "entities": None, "keywords": None,
}  # fmt: skip
"""Fields that name what an article is about, and the kind of what they name."""
_KINDS: dict[str, Kind] = {
    "person": "person", "per": "person", "place": "place", "location": "place", "loc": "place", "gpe": "place",
    "org": "org", "organisation": "org", "organization": "org", "company": "org", "other": "other", "misc": "other",
}  # fmt: skip
_LANGUAGE_NAMES = {
    "arabic": "ar", "chinese": "zh", "czech": "cs", "dutch": "nl", "english": "en", "french": "fr", "german": "de", "hindi": "hi",
    "italian": "it", "japanese": "ja", "korean": "ko", "polish": "pl", "portuguese": "pt", "russian": "ru", "spanish": "es",
    "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip

_MAX_KEY_CHARACTERS = 200
_MAX_NAMES = 200
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
_ADDRESS = re.compile(r"(?:https?:)?//(?:[^/?#@\s]*@)?([^/?#:\s@]+)[^\s\x00-\x1f\x7f]*$", re.IGNORECASE)
_TRAILING_ADDRESS = re.compile(r"\s*[(<]?https?://\S+$")
_FALSE = frozenset({"false", "no", "off", "0"})
_TRUE = frozenset({"true", "yes", "on", "1"})
_UNPUBLISHED = frozenset({"draft", "private", "unpublished", "pending"})


def published(head: Head, path: str, dated_line: str | None, first_address: str | None) -> Published | None:
    """When the article was published: its own word first, then its file's name, its first line, its address.

    `dated_line` is the date of a text that opens with `date 2024-11-05`; `first_address` a URL alone in the first line.
    """
    for key in _DATE_KEYS:
        if key in head and (found := _first_published(head[key])):
            return found
    if day := names.date_in_stem(path):
        return bare(day)
    if dated_line and (found := parse_published(dated_line)):
        return found
    addresses = [as_text(head.get(key)) for key in _DAY_ADDRESS_KEYS]
    for address in (*addresses, first_address or "", path):
        if day := names.date_in_address(address):
            return bare(day)
    return bare(names.worded_date_in_stem(path))


def _first_published(value: Value) -> Published | None:
    return next((found for text in texts(value) if (found := parse_published(text))), None)


def categories(head: Head, path: str) -> tuple[str, ...]:
    """The editor's labels, first spelling kept where two differ only in case."""
    found: list[str] = list(texts(head.get("category")))
    if not found:
        found = list(_listed(head.get("categories")))
    if not found:
        found = list(texts(head.get("section")))
    if not found and (folder := names.category(path)):
        found = [folder]
    return unique(_labels(found))


def tags(head: Head) -> tuple[str, ...]:
    """The file's own tags and topics."""
    return unique(_labels(text for key in _TAG_KEYS for text in _listed(head.get(key))))


def _listed(value: Value) -> Iterator[str]:
    """A list's texts; a text's parts between commas."""
    if isinstance(value, str):
        yield from (part for piece in value.split(",") if (part := piece.strip()))
    else:
        yield from texts(value)


def _labels(found: Iterator[str] | list[str]) -> Iterator[str]:
    return (label for text in found if (label := plain_line(text)))


def language(head: Head, path: str) -> str | None:
    """The language's code as written, with `-`; what the path says where the front matter says nothing."""
    written = (first_text(head, _LANGUAGE_KEYS) or "").partition(".")[0].replace("_", "-")
    if code := _LANGUAGE_NAMES.get(written.casefold()):
        return code
    return written if _LANGUAGE_CODE.match(written) else names.language(path)


def origin_url(head: Head, first_address: str | None) -> str | None:
    """Where the article came from: the first http or https address; `//host` is completed with https."""
    for address in (*(as_text(head.get(key)) for key in _ADDRESS_KEYS), first_address or ""):
        if len(address) <= 2048 and _ADDRESS.match(address):
            return f"https:{address}" if address.startswith("//") else address
    return None


def source(head: Head, origin: str | None) -> str | None:
    """Who published it: what the front matter calls the source, else the host that it came from, without `www.`."""
    for key in _SOURCE_KEYS:
        if written := as_text(head.get(key)):
            return _host(written) or plain_line(written) or None
    return _host(origin) if origin else None


def _host(address: str) -> str | None:
    found = _ADDRESS.match(address)
    return found[1].lower().removeprefix("www.") if found else None


def byline(head: Head) -> str | None:
    """Who wrote it, as one line; several names with commas."""
    for key in _BYLINE_KEYS:
        found = unique(name for text in texts(head.get(key)) for part in text.split(" / ") if (name := _name(part)))
        if found:
            return ", ".join(found)
    return None


def _name(text: str) -> str:
    name = plain_line(_TRAILING_ADDRESS.sub("", text))
    return name[3:].lstrip() if name[:3].lower() == "by " else name


def description(head: Head) -> str | None:
    """The article in a sentence or two, on one line."""
    written = first_text(head, _DESCRIPTION_KEYS)
    return (plain_line(written) or None) if written else None


def declared_names(head: Head) -> tuple[DeclaredName, ...]:
    """People, organisations and places that the front matter lists; keywords only where they look like names."""
    found: dict[tuple[str, Kind | None], DeclaredName] = {}
    for key, kind in _NAME_KEYS.items():
        if key in head:
            for name, own_kind in _named(head[key], kind):
                if key != "keywords" or name[0].isupper():
                    found.setdefault((name.casefold(), own_kind), DeclaredName(name, own_kind))
    return tuple(found.values())[:_MAX_NAMES]


def _named(value: Value, kind: Kind | None) -> Iterator[tuple[str, Kind | None]]:
    """Names with their kinds: a list, a text with commas, a mapping `{name: …, kind: …}`, or a mapping from kinds to names."""
    if isinstance(value, list):
        for item in value:
            yield from _named(item, kind) if isinstance(item, dict) else _names_of(item, kind)
    elif isinstance(value, dict):
        own_kind = _KINDS.get(as_text(value.get("kind") or value.get("type")).casefold(), kind)
        if name := plain_line(as_text(value.get("name"))):
            yield name, own_kind
        else:
            for key, item in value.items():
                if key in _NAME_KEYS or key in _KINDS:
                    yield from _named(item, _KINDS.get(key) or _NAME_KEYS.get(key))
    else:
        for text in _listed(value):
            yield from _names_of(text, kind)


def _names_of(value: Value, kind: Kind | None) -> Iterator[tuple[str, Kind | None]]:
    # What hides must not make two of one name.
    return ((name, kind) for text in texts(value) if (name := clean_line(plain_line(text))))


def declared_key(head: Head) -> str | None:
    """The article's own id, if it has one of a length that can be typed."""
    for key in _KEY_KEYS:
        value = head.get(key)
        if isinstance(value, str) and 0 < len(value.strip()) <= _MAX_KEY_CHARACTERS:
            return html.unescape(value.strip())
    return None


def is_draft(head: Head, path: str) -> bool:
    """Whether the file says that it isn't published."""
    return (
        as_text(head.get("draft")).lower() in _TRUE
        or as_text(head.get("published")).lower() in _FALSE
        or as_text(head.get("status")).lower() in _UNPUBLISHED
        or names.is_draft(path)
    )
