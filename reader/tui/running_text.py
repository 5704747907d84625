"""Running text made ready to be wrapped: clean, with single blanks, its addresses made links."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.clean import clean, safe_url
from reader.model import Kind
from reader.tui.lines import BREAK_HERE, Role, Run, Runs
from reader.tui.links import LinkBook
from reader.tui.web_addresses import address_spans

MENTION_ROLES: dict[Kind, Role] = {"person": "mention-person", "org": "mention-org", "place": "mention-place", "other": "mention-other"}

_BLANKS = re.compile(r"[ \t\r\f\v]+")
_BLANKS_AT_BREAK = re.compile(r" ?\n ?")


def clean_words(text: str) -> str:
    """`clean`, but for the zero-width spaces by which Khmer, Thai and Burmese texts say where a line may break."""
    if BREAK_HERE not in text:
        return clean(text)
    return BREAK_HERE.join(clean(part) for part in text.split(BREAK_HERE))


def tidy(runs: Iterable[Run]) -> Runs:
    """The runs cleaned, white space between words made one blank, none beside a line end; empty runs dropped."""
    tidied: list[Run] = []
    before = "\n"
    for run in runs:
        text = _BLANKS_AT_BREAK.sub("\n", _BLANKS.sub(" ", clean_words(run.text)))
        if before in " \n":
            text = text.lstrip(" ")
        if text:
            before = text[-1]
            tidied.append(run if text == run.text else run.saying(text))
    return tuple(tidied)


def with_links(run: Run, links: LinkBook) -> list[Run]:
    """`run` cut at the addresses written out in it, each of them a link with its number; as it is once the book is full."""
    parts: list[Run] = []
    done = 0
    for start, end in address_spans(run.text):
        if links.is_full:
            links.left_out += 1
            continue
        address = run.text[start:end]
        url = safe_url(address)
        if url is None:
            continue
        parts.append(run.saying(run.text[done:start]))
        parts.append(Run(address, (*run.roles, "link"), url))
        parts.extend(links.mark(url, address))
        done = end
    parts.append(run.saying(run.text[done:]))
    return parts
