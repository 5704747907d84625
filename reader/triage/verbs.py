"""The verdicts a person can give, in one table: the command line, the keys and the undo list read it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from reader.errors import UsageError

TAG = "tag:"
"""Marks fields that hold one of the user's tags: `tag:budget`."""

QUEUED = "queued"
"""The marks field of the reading queue; what it holds is the article's place in it, a number in decimal."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Sets one field of a mark to one value."""

    name: str
    field: str
    value: str | None
    past: str
    """`Starred`, as in "Starred 3 articles"."""


_VERDICTS = (
    Verdict("read", "read", "1", "Marked read"),
    Verdict("unread", "read", None, "Marked unread"),
    Verdict("star", "starred", "1", "Starred"),
    Verdict("unstar", "starred", None, "Unstarred"),
    Verdict("skip", "skipped", "1", "Dismissed"),
    Verdict("unskip", "skipped", None, "Took back"),
    Verdict("queue", QUEUED, "1", "Queued"),
    Verdict("unqueue", QUEUED, None, "Unqueued"),
)
VERDICTS = {verdict.name: verdict for verdict in _VERDICTS}
VERB_NAMES = (*VERDICTS, "tag:NAME", "untag:NAME")

_LONGEST_TAG = 100


def verdict(verb: str) -> Verdict:
    """The verdict of a verb as typed. Raises UsageError with the nearest right one."""
    known = VERDICTS.get(verb)
    if known is not None:
        return known
    for prefix, value, past in (("tag:", "1", "Tagged"), ("untag:", None, "Untagged")):
        if verb.startswith(prefix):
            name = tag_name(verb.removeprefix(prefix))
            return Verdict(verb, TAG + name, value, f"{past} {name}:")
    near = get_close_matches(verb, VERDICTS, 1)
    hint = f"; did you mean {near[0]}?" if near else f"; it is one of {', '.join(VERB_NAMES)}"
    raise UsageError(f"unknown verb {verb!r}{hint}")


def tag_name(text: str) -> str:
    """A tag as it is kept: trimmed, one space between words. Raises UsageError for none, for too long a one and for several."""
    name = " ".join(text.split())
    if not name:
        raise UsageError("a tag needs a name, as in tag:budget")
    if "," in name:
        raise UsageError("a tag has no comma; in a filter tag:a,b is either of two")
    if len(name) > _LONGEST_TAG:
        raise UsageError(f"a tag has at most {_LONGEST_TAG} characters")
    return name


def said(past: str, count: int) -> str:
    """`Starred 1 article`."""
    return f"{past} {count:,} article{'' if count == 1 else 's'}"
