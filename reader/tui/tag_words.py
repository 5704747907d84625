"""Tags as they are typed: several with commas between them, completed from those there are. No toolkit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.triage.verbs import tag_name
from reader.tui.prompt import Offer


def tag_names(text: str) -> tuple[str, ...]:
    """The tags in `later, law and order`. Raises UsageError for none, and for one that can't be a tag."""
    names = [tag_name(part) for part in text.split(",") if part.strip()]
    return tuple(dict.fromkeys(names)) or (tag_name(text.replace(",", "")),)


def offers(text: str, known: Mapping[str, int]) -> Sequence[Offer]:
    """How the last tag of `text` could go on: those that begin so, then those that have it within, the commonest first."""
    before, comma, begun = text.rpartition(",")
    head = f"{before}{comma} " if comma else ""
    wanted, taken = begun.strip().casefold(), {part.strip() for part in before.split(",")}
    fitting = [tag for tag in known if wanted in tag.casefold() and tag not in taken]
    fitting.sort(key=lambda tag: (not tag.casefold().startswith(wanted), -known[tag], tag.casefold()))
    return [Offer(head + tag, tag, f"{known[tag]:,} article{'' if known[tag] == 1 else 's'}") for tag in fitting]
