"""One entity, one name: group the spellings of an article and choose what to call each group.

Only what stands in the article decides, with the lexicon's countries and towns; so the same article gives the same
entities whatever its neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from reader.entities.cues import COMPANY_ENDS, words_of
from reader.entities.lexicon import country_of, lexicon, normalise
from reader.entities.memory import Memory
from reader.model import Kind

_MARKDOWN = str.maketrans("", "", "*_`\\")
_MANY = 40
"""Names that share a word, beyond which they are a list and not the people of a story."""
_REMEMBERED = 4_000
_NEVER = -2
"""Before every place in an article; -1 is the front matter's."""
_ORDER = itemgetter(0)
_VOWEL = re.compile("[AEIOUYÀ-ÿ]")
_SMALL = words_of("of the and for in on to at & de la del et des du")
_STATE_BODY = re.compile(
    r"(?:(?:prime )?minist(?:ry|er)|(?:state )?department|(?:supreme|constitutional|high) court|parliament|senate|congress|cabinet"
    r"|central bank|national assembly|house of representatives|(?:central )?elect(?:ion|oral) commission"
    r"|(?:foreign|defen[cs]e|interior|health|finance|justice) ministry)\b",
    re.IGNORECASE,
)


class Name(NamedTuple):
    """One naming: the spelling as `shown_form` gives it, its kind, its place in reading order and what the words round it say."""

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
    entities = [_entity(name, spellings, people, long_forms) for name in names]
    return _with_countries(names, entities)


def _entity(name: Name, spellings: dict[str, str], people: _People, long_forms: dict[str, str]) -> tuple[str, Kind]:
    listed = lexicon().known
    known = listed.get(name.text) or listed.get(_plain(name.text))
    if known is not None and known.kind == name.kind:
        return known.name, name.kind
    key = normalise(name.text)
    whole = spellings[people.full_key(key, name.order) if name.kind == "person" else long_forms.get(key, key)]
    known = listed.get(whole) if whole != name.text else None
    if known is not None and known.kind == name.kind:
        return known.name, name.kind
    return _lowered(whole) if name.kind == "place" else whole, name.kind


def _with_countries(names: Sequence[Name], entities: list[tuple[str, Kind]]) -> list[tuple[str, Kind]]:
    """The entities with the country of each body that every state has, where it is told or all others of its name are of one country."""
    told: dict[int, tuple[str, str | None]] = {}
    countries: defaultdict[str, set[str | None]] = defaultdict(set)
    for index, (entity, kind) in enumerate(entities):
        body, own_country = _state_body(entity) if kind == "org" else (entity, None)
        if kind == "org" and is_state_body(body):
            told[index] = body, own_country or names[index].country
            countries[body].update({told[index][1]} - {None})
    found = entities.copy()
    for index, (body, country) in told.items():
        if country is None and len(countries[body]) == 1:
            (country,) = countries[body]
        found[index] = f"{body} ({country})" if country else body, "org"
    return found


@lru_cache(maxsize=_REMEMBERED)
def _plain(text: str) -> str:
    """A name as the lexicon spells it: straight marks, no article, a shouted town in small letters."""
    text = text.replace("’", "'").removeprefix("the ").removeprefix("The ")
    return text.title() if text.isupper() and len(text) > 3 else text


def _spellings(names: Iterable[Name]) -> dict[str, str]:
    """The commonest spelling of each key; one in capitals only where there is no other."""
    counts: dict[str, dict[str, int]] = {}
    for name in names:
        forms = counts.setdefault(normalise(name.text), {})
        forms[name.text] = forms.get(name.text, 0) + 1
    return {key: _commonest(forms) for key, forms in counts.items()}


def _commonest(forms: dict[str, int]) -> str:
    if len(forms) == 1:
        return next(iter(forms))
    return min(forms, key=lambda form: (_is_shouted(form), -forms[form], form))


def _lowered(place: str) -> str:
    """A place as it is written where nobody shouts, for one that only a dateline names: `KOUROU` → `Kourou`. Initials have no vowel."""
    words = place.split()
    if not place.isupper() or len(place) < 4 or not all(_VOWEL.search(word) for word in words):
        return place
    return " ".join(word.lower() if word.lower() in _SMALL else word.title() for word in words)


@lru_cache(maxsize=_REMEMBERED)
def shown_form(text: str) -> str:
    """A spelling fit to be shown: single spaces, no Markdown marks."""
    return " ".join(text.translate(_MARKDOWN).split())


def _is_shouted(form: str) -> bool:
    return form.isupper() and (len(form) > 5 or " " in form)


class _People:
    """The full names of an article's people, and where each is written."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._orders: defaultdict[str, list[int]] = defaultdict(list)
        for name in names:
            if name.kind == "person":
                self._orders[normalise(name.text)].append(name.order)
        longer: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._orders:
            for short in _shorter_forms(key):
                if short in self._orders:
                    longer[short].append(key)
        self._places = {short: self._places_of(_longest(names)) for short, names in longer.items()}

    def _places_of(self, names: list[str]) -> list[tuple[int, int, str]]:
        """Where each of some names is written, in order, with its length; before all of it the longest, for what stands before them."""
        first = max((_NEVER, len(name), name) for name in names)
        return [first, *sorted((order, len(name), name) for name in names for order in self._orders[name])]

    def full_key(self, key: str, order: int) -> str:
        """The longest name that this one shortens: of several, the one written nearest before it."""
        places = self._places.get(key)
        return places[bisect_right(places, order, key=_ORDER) - 1][2] if places else key


def _shorter_forms(key: str) -> set[str]:
    """What a person may be called for short: the first names or the last, or the first and the last, as `Elijah Cummings`."""
    parts = key.split()
    if len(parts) < 3:
        return set(parts) if len(parts) > 1 else set()
    inner = range(1, len(parts))
    ends = [" ".join(parts[place:]) for place in inner]
    return {*(" ".join(parts[:place]) for place in inner), *ends, *(f"{parts[0]} {end}" for end in ends[1:])}


def _longest(names: list[str]) -> list[str]:
    """The names without those that shorten another of them."""
    if len(names) == 1 or len(names) >= _MANY:
        return names
    return [name for name in names if not any(_shortens(name, other) for other in names)]


def _shortens(short: str, long: str) -> bool:
    """Is `short` the first or the last part of `long`?"""
    return len(short) < len(long) and (long.startswith(short + " ") or long.endswith(" " + short))


def _long_forms(names: Sequence[Name]) -> dict[str, str]:
    """Key of a body's short form → key of its long form, where only one fits."""
    bodies = dict.fromkeys(normalise(name.text) for name in names if name.kind == "org")
    fitting: defaultdict[str, set[str]] = defaultdict(set)
    for long in bodies:
        for short in _shorts(long):
            fitting[short].add(long)
    found = {short: next(iter(longs)) for short, longs in fitting.items() if len(longs) == 1 and short in bodies}
    found.update((normalise(name.text), normalise(name.long_form)) for name in names if name.kind != "person" and name.long_form)
    return {short: found.get(long, long) for short, long in found.items()}


def _find_shorts(long: str) -> tuple[str, ...]:
    """What a body may be called for short.

    By its first letters; without `Ltd`, `Corporation`, `Company` and the like at its end; by what stands before `of`.
    """
    head, of, _ = long.partition(" of ")
    return *_acronyms(long), *_without_heads(long), *((head,) if of else ())


_shorts = Memory(_find_shorts, _REMEMBERED).__getitem__


def _acronyms(long: str) -> set[str]:
    words = [word for word in re.split(r"[\s\-/]+", long) if word]
    formed = {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL)}
    return {acronym for acronym in formed if 2 <= len(acronym) <= 8} if len(words) > 1 else set()


def _without_heads(long: str) -> Iterator[str]:
    words = long.split()
    while len(words) > 1 and words[-1].strip(".") in COMPANY_ENDS:
        words.pop()
        yield " ".join(words)


@lru_cache(maxsize=_REMEMBERED)
def _state_body(name: str) -> tuple[str, str | None]:
    """A body's name without the country at its front or its end, and that country: `US Senate` → `Senate`, `United States`."""
    front, of, place = name.rpartition(" of ")
    known = lexicon().known.get(place.removeprefix("the ")) if of and is_state_body(front) else None
    if known is not None and known.rank == "C":
        return front, known.name
    words = name.split()
    for size in range(1, min(4, len(words))):
        known = lexicon().known.get(" ".join(words[:size]))
        body = " ".join(words[size:])
        if known is not None and known.rank == "C" and is_state_body(body):
            return body, known.name
    return name, None


def is_state_body(name: str) -> bool:
    """Is it a body that every state has, so that only its country tells which?"""
    return _STATE_BODY.match(name) is not None


def country_told_by(word: str) -> str | None:
    """The country that a name or demonym means: `China`, `Chinese` → `China`."""
    known = lexicon().known.get(word)
    return known.name if known is not None and known.rank == "C" else country_of(word)
