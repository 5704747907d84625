"""One entity, one name: group the spellings of an article and choose what to call each group.

Only what stands in the article decides, with the lexicon's countries and towns; so the same article gives the same
entities whatever its neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.entities.cues import ORG_HEADS
from reader.entities.lexicon import country_of, lexicon, normalise
from reader.model import Kind

_MARKDOWN = str.maketrans("", "", "*_`\\")
_SMALL = frozenset(["of", "the", "and", "for", "in", "on", "to", "at", "&", "de", "la", "del", "et", "des", "du"])
_STATE_BODY = re.compile(
    r"(?:(?:prime )?minist(?:ry|er)|department|supreme court|parliament|senate|congress|central bank|national assembly|house of representatives"
    r"|election commission|constitutional court|foreign ministry|defen[cs]e ministry|interior ministry|health ministry|finance ministry"
    r"|justice ministry|state department|cabinet|high court|electoral commission|central election commission)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """One naming: the spelling, its kind, its place in reading order and what the words round it say."""

    text: str
    kind: Kind
    order: int
    country: str | None = None
    """The country named directly before it, as `China's` or `Chinese`."""
    long_form: str | None = None
    """What it stands for, where it is an acronym in brackets behind the full name."""


def entities_of(names: Sequence[Name]) -> list[tuple[str, Kind]]:
    """For each name the canonical name and kind of its entity, in the order given."""
    spellings = _spellings(names)
    people = _People(names)
    long_forms = _long_forms(names)
    return [_entity(name, spellings, people, long_forms) for name in names]


def _entity(name: Name, spellings: dict[str, str], people: _People, long_forms: dict[str, str]) -> tuple[str, Kind]:
    known = lexicon().known.get(name.text) or lexicon().known.get(_plain(name.text))
    if known is not None and known.kind == name.kind:
        shown = known.name
    elif name.kind == "person":
        shown = spellings[people.full_key(normalise(name.text), name.order)]
    else:
        key = normalise(name.text)
        shown = spellings[long_forms.get(key, key)]
    if name.country and name.kind == "org" and _STATE_BODY.match(shown):
        shown = f"{shown} ({name.country})"
    return shown, name.kind


def _plain(text: str) -> str:
    """A name as the lexicon spells it: straight marks, no article, a shouted town in small letters."""
    text = re.sub(r"^[Tt]he ", "", text.replace("’", "'"))
    return text.title() if text.isupper() and len(text) > 3 else text


def _spellings(names: Iterable[Name]) -> dict[str, str]:
    """The commonest spelling of each key; one in capitals only where there is no other."""
    counts: dict[str, Counter[str]] = {}
    for name in names:
        counts.setdefault(normalise(name.text), Counter())[shown_form(name.text)] += 1
    return {key: min(forms, key=lambda form: (_is_shouted(form), -forms[form], form)) for key, forms in counts.items()}


def shown_form(text: str) -> str:
    """A spelling fit to be shown: single spaces, no Markdown marks."""
    return " ".join(text.translate(_MARKDOWN).split())


def _is_shouted(form: str) -> bool:
    return form.isupper() and (len(form) > 5 or " " in form)


class _People:
    """The full names of an article's people, and when each was first and last written."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._orders: dict[str, list[int]] = {}
        for name in names:
            if name.kind == "person":
                self._orders.setdefault(normalise(name.text), []).append(name.order)
        self._longer = {key: self._candidates(key.split()) for key in self._orders}

    def _candidates(self, parts: list[str]) -> list[str]:
        size = len(parts)
        return [key for key in self._orders if len(whole := key.split()) > size and (whole[:size] == parts or whole[-size:] == parts)]

    def full_key(self, key: str, order: int) -> str:
        """The longest name that this one shortens: of several, the one written nearest before it."""
        candidates = self._longer.get(key)
        if not candidates:
            return key
        longest = [one for one in candidates if not any(one != other and _shortens(one, other) for other in candidates)]
        return max(longest, key=lambda one: (max((seen for seen in self._orders[one] if seen <= order), default=-1), len(one), one))


def _shortens(short: str, long: str) -> bool:
    return len(short) < len(long) and (long.startswith(short + " ") or long.endswith(" " + short))


def _long_forms(names: Sequence[Name]) -> dict[str, str]:
    """Key of an organisation's short form → key of its long form."""
    found: dict[str, str] = {}
    bodies = dict.fromkeys(normalise(name.text) for name in names if name.kind == "org")
    for name in names:
        if name.kind != "person" and name.long_form:
            found[normalise(name.text)] = normalise(name.long_form)
    for short in bodies:
        if short in found:
            continue
        longer = [long for long in bodies if _is_acronym(short, long) or _drops_heads(short, long)]
        if len(longer) == 1:
            found[short] = longer[0]
    return {short: found.get(long, long) for short, long in found.items()}


def _is_acronym(short: str, long: str) -> bool:
    if " " not in long or not 2 <= len(short) <= 8 or not short.isalnum():
        return False
    words = [word for word in re.split(r"[\s\-/]+", long) if word]
    return short in ("".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL))


def _drops_heads(short: str, long: str) -> bool:
    """Is `long` the same body with `Ltd`, `Corporation`, `Company` and the like behind it?"""
    return long.startswith(short + " ") and all(word.strip(".") in ORG_HEADS for word in long[len(short) + 1 :].split())


def country_told_by(word: str) -> str | None:
    """The country that a name or demonym means: `China`, `Chinese` → `China`."""
    known = lexicon().known.get(word)
    return known.name if known is not None and known.rank == "C" else country_of(word)
