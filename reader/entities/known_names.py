"""Find names that are already known again: elsewhere in the article, in lines that shout, in datelines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

from reader.entities import cues
from reader.entities.features import classes
from reader.entities.lexicon import Known, lexicon
from reader.entities.memory import Memory
from reader.entities.repair import acronyms_of_laws, is_in_law
from reader.entities.tagger import Span
from reader.entities.tokens import SHOUTED, Tokens, tokenise
from reader.model import Kind

_DOUBTFUL = frozenset("cflmn")
"""Lists that a listed place may be on and be something else: words, first and last names, months, demonyms."""
_REMEMBERED = 5_000
_DASHES = ("-", "–", "—")
_LONGEST_DATELINE = 12
"""Words from the place to the dash."""
_LONGEST_CITY = 6
_LONGEST_REGION = 4
_NOT_OF_NAMES = cues.TITLES | {"the"}
_BODIES = cues.ORG_HEADS | cues.ORG_OPENERS
_BETWEEN_INITIALS = cues.CONNECTORS | cues.BODY_CONNECTORS | {"of", "the", "and", "for", "&", "'s", "’s", "-", "in", "on", "to"}
_BETWEEN_CITIES = (["/"], ["and"], [","], ["&"])
_DATES = cues.MONTHS | cues.DAYS
_NO_CITIES = cues.ORG_HEADS | cues.NO_NAME_HEADS
_BEHIND_REGION = ([","], ["("], [":"], *([dash] for dash in _DASHES))
_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z0-9&-]{1,8}|[A-Z][a-z]{1,4}[A-Z][a-z]{1,5}")


def with_echoes(tokens: Tokens, spans: list[Span], believed: Iterable[tuple[str, Kind]] = ()) -> list[Span]:
    """`spans` with the datelines, and every further place where a found or `believed` name or a listed place stands."""
    words = tokens.words
    believed = tuple(believed)
    spans = _with_places_of(tokens, spans)
    laws = acronyms_of_laws(tokens)
    if sure := [*_sure(tokens, spans, laws), *_believed_wholes(tokens, believed)]:
        spans = _preferring(sure, spans)
    named = [(tuple(words[first:last]), kind) for first, last, kind in (*spans, *sure)]
    kinds = dict((*named, *((tuple(name.split()), kind) for name, kind in believed)))
    found = [(first, last, kinds[name]) for (first, last, _), (name, _) in zip(spans, named, strict=False)]
    names = _Names(kinds)
    taken = {index for first, last, _ in spans for index in range(first, last)}
    bodies = {first for first, _, kind in found if kind == "org"}
    for index in tokens.capitals:
        if index in taken or not (tokens.lowers[index] in names.sizes or index in tokens.zones or _may_name(words[index])):
            continue
        span = _echo(tokens, index, names) or _body_by_noun(tokens, index, bodies, laws) or _the_west(tokens, index)
        if span and taken.isdisjoint(range(span[0], span[1])):
            found.append(span)
            taken.update(range(span[0], span[1]))
    return sorted(found)


class _Names:
    """The names of a text, by which they are found again."""

    def __init__(self, kinds: Mapping[tuple[str, ...], Kind]) -> None:
        self._kinds = kinds
        self.sizes: dict[str, list[int]] = {}
        """First word in small letters → how many words the names have that begin with it, most first."""
        for name in kinds:
            sizes = self.sizes.setdefault(name[0].lower(), [])
            if len(name) not in sizes:
                sizes.append(len(name))
        for sizes in self.sizes.values():
            sizes.sort(reverse=True)

    @cached_property
    def _small(self) -> dict[tuple[str, ...], Kind]:
        """The same in small letters; of several the first."""
        small: dict[tuple[str, ...], Kind] = {}
        for name, kind in self._kinds.items():
            small.setdefault(tuple(word.lower() for word in name), kind)
        return small

    def at(self, tokens: Tokens, index: int) -> Span | None:
        """The longest of them that stands at a word."""
        zone = tokens.zones.get(index)
        kinds, words = (self._small, tokens.lowers) if zone == SHOUTED else (self._kinds, tokens.words)
        for size in self.sizes.get(tokens.lowers[index], ()):
            name = tuple(words[index : index + size])
            if name in kinds and (len(name) > 1 or zone is not None or "c" not in classes(name[0])) and name[0].lower() not in cues.MONTHS:
                return index, index + len(name), kinds[name]
        return None


def _sure(tokens: Tokens, spans: list[Span], laws: Collection[str]) -> list[Span]:
    """What goes before what the tagger found: places of datelines, names listed as a whole, bodies that their acronym spells."""
    found = {span[:2] for span in spans}
    spelt_out = (span for span in _spelt_out(tokens, laws) if span[:2] not in found)
    return [*_datelines(tokens, spans), *_listed_wholes(tokens), *spelt_out]


def _with_places_of(tokens: Tokens, spans: list[Span]) -> list[Span]:
    """`spans` with a body and the place it is of in one: `Supreme Court of India`; `Land Office of Xan (LOX)`."""
    found: list[Span] = []
    end = 0
    for first, last, kind in spans:
        if first >= end:
            end = _end_of_place(tokens, first, last) if kind == "org" else last
            found.append((first, end, kind))
    return found


def _end_of_place(tokens: Tokens, first: int, last: int) -> int:
    """Where the body ends, the place behind it and `of` included."""
    words, lowers = tokens.words, tokens.lowers
    if lowers[last : last + 1] != ["of"]:
        return last
    place = last + 2 if lowers[last + 1 : last + 2] == ["the"] else last + 1
    if lowers[last - 1] in cues.ORG_HEADS:
        for size in (3, 2, 1):
            known = lexicon().known.get(tokens.name(place, place + size))
            if known is not None and known.rank == "C":
                return place + size
    for end in range(place + 1, min(place + 4, len(words) - 2)):
        initials = "".join(word[0] for word in words[first:end] if word[0].isupper())
        if words[end : end + 3] == ["(", initials, ")"]:
            return end
    return last


def _preferring(sure: list[Span], spans: list[Span]) -> list[Span]:
    """`spans` with each sure one in the place of what it overlaps, unless that is longer."""
    owner = {index: span for span in spans for index in range(span[0], span[1])}
    for one in sure:
        overlapping = {owner[index] for index in range(one[0], one[1]) if index in owner}
        if all(span[1] - span[0] <= one[1] - one[0] for span in overlapping):
            for span in overlapping:
                for index in range(span[0], span[1]):
                    owner.pop(index, None)
            owner.update(dict.fromkeys(range(one[0], one[1]), one))
    return sorted(set(owner.values()))


def _listed_wholes(tokens: Tokens) -> list[Span]:
    """Countries of three to five words and names listed by hand, which the tagger may have cut: `Bosnia and Herzegovina`, `Ban Ki-moon`."""
    found: list[Span] = []
    words, openers = tokens.words, lexicon().sure_openers
    for index in tokens.capitals:
        if words[index] not in openers or (found and index < found[-1][1]) or tokens.lowers[index] in _NOT_OF_NAMES:
            continue
        for size in (5, 4, 3, 2):
            known = lexicon().known.get(_name_ending_in_word(tokens, index, index + size))
            if known is not None and (known.rank is None or (known.rank == "C" and size > 2)):
                span = (index, index + size, known.kind)
                found += [] if is_in_law(tokens, span) else [span]
                break
    return found


def _believed_wholes(tokens: Tokens, believed: Iterable[tuple[str, Kind]]) -> Iterator[Span]:
    """Names of several words that are believed, which the tagger may have cut: `Harbour and Quay Workers’ Union`."""
    kinds: dict[tuple[str, ...], Kind] = {}
    for written, kind in believed:
        name = _bare(written)
        kinds.pop(name, None)  # Of two as long that overlap, the one declared last is found.
        kinds[name] = kind
    places: dict[tuple[str, ...], list[int]] = {name: [] for name in kinds if len(name) > 1}
    if not places:
        return
    sizes: dict[str, set[int]] = {}
    for name in places:
        sizes.setdefault(name[0], set()).add(len(name))
    words = [_straight(word) for word in tokens.words]
    for first in tokens.capitals:
        for size in sizes.get(words[first], ()):
            if (name := tuple(words[first : first + size])) in places:
                places[name].append(first)
    for name, firsts in places.items():
        yield from ((first, first + len(name), kinds[name]) for first in firsts)


def _bare(name: str) -> tuple[str, ...]:
    """The words of a name as it is looked up in a text: without an article, with straight apostrophes."""
    return tuple(tokenise(_straight(name.removeprefix("The ").removeprefix("the "))).words)


def _straight(text: str) -> str:
    return text.replace("’", "'")


def _spelt_out(tokens: Tokens, laws: Collection[str]) -> Iterator[Span]:
    """Bodies that the acronym in brackets behind them spells: `Intellectual Property Office of Singapore (IPOS)`."""
    if "(" not in tokens.text:
        return
    for index in tokens.capitals:
        acronym = tokens.words[index]
        if not (acronym.isupper() and acronym.isalpha() and len(acronym) > 2) or tokens.words[index - 1 : index + 2 : 2] != ["(", ")"]:
            continue
        first = _start_of_spelt(tokens, acronym, index - 1)
        if first < 0 or _BODIES.isdisjoint(tokens.lowers[first : index - 1]):
            continue
        if acronym not in laws and acronym.lower() not in cues.PLAIN_ACRONYMS:
            yield first, index - 1, "org"


def _start_of_spelt(tokens: Tokens, acronym: str, end: int) -> int:
    """Where the words begin that end before `end` and whose capitals spell an acronym, small words between them left out; -1 for none."""
    index = end
    for letter in reversed(acronym):
        index -= 1
        while index >= 0 and tokens.lowers[index] in _BETWEEN_INITIALS:
            index -= 1
        if index < 0 or not tokens.words[index].startswith(letter):
            return -1
    if not tokens.words[end - 1][0].isalnum() or tokens.lowers[end - 1] in cues.NO_NAME_HEADS:
        return -1
    return -1 if tokens.name(index, end) in lexicon().known else index


def _name_ending_in_word(tokens: Tokens, first: int, last: int) -> str:
    """The words as one name; empty where the last is a break or what was left out, which a name would be read without."""
    return tokens.name(first, last) if tokens.words[last - 1 : last] and tokens.words[last - 1][0].isalnum() else ""


def _echo(tokens: Tokens, index: int, names: _Names) -> Span | None:
    """What stands at a word that is in no found name: one of the `names` again, or a listed place."""
    if span := names.at(tokens, index):
        return span
    zone = tokens.zones.get(index)
    if zone is None and tokens.words[index] not in lexicon().first_words:
        known = _listed(tokens.words[index])
        return (index, index + 1, known.kind) if known else None
    for size in (4, 3, 2, 1):
        name = _name_ending_in_word(tokens, index, index + size)
        known = lexicon().known.get(name.title() if zone == SHOUTED and len(name) > 3 else name)
        if known is not None and (_is_sure(name, known) or (zone is not None and not (known.rank == "T" and "c" in classes(name)))):
            return index, index + size, known.kind
    return None


def _body_by_noun(tokens: Tokens, index: int, bodies: Collection[int], laws: Collection[str]) -> Span | None:
    """An acronym that is a body by the noun behind it or the article before it, or beside another: `MRTV television`, `the NDF said`.

    `bodies` says where names of bodies begin, `laws` which acronyms are those of laws.
    """
    word = tokens.words[index]
    if not (word.isupper() and 2 < len(word) < 7 and word.isalpha()) or tokens.lowers[index] in cues.PLAIN_ACRONYMS:
        return None
    after = tokens.lowers[index + 1] if index + 1 < len(tokens.words) else "."
    is_whole = index > 0 and tokens.lowers[index - 1] == "the" and (not after.isalpha() or after in cues.AFTER_BODIES)
    is_beside = after == "and" and (index + 2 in bodies or (tokens.lowers[index + 2 : index + 3] == ["the"] and index + 3 in bodies))
    if not (is_whole or is_beside or after in cues.BODY_NOUNS) or index in tokens.zones or word in laws:
        return None
    return index, index + 1, "org"


def _the_west(tokens: Tokens, index: int) -> Span | None:
    """`the West`, by itself: the countries called so."""
    if tokens.words[index] != "West" or index == 0 or tokens.lowers[index - 1] != "the" or index in tokens.zones:
        return None
    after = tokens.words[index + 1] if index + 1 < len(tokens.words) else "."
    return None if after == "-" or after[0].isupper() else (index, index + 1, "place")


def _is_sure(name: str, known: Known) -> bool:
    """Is it a listed place, and its name on no list of words or people?"""
    return known.rank is not None and _DOUBTFUL.isdisjoint(classes(name))


def _find_listed(word: str) -> Known | None:
    known = lexicon().known.get(word)
    return known if known is not None and _is_sure(word, known) else None


_listed = Memory(_find_listed, _REMEMBERED).__getitem__
"""The place that a word on its own is sure to name, if any."""


def _find_may_name(word: str) -> bool:
    return word.isupper() or word in lexicon().first_words or _listed(word) is not None


_may_name = Memory(_find_may_name, _REMEMBERED).__getitem__
"""Could a word that is in no found name, and begins none, be a name or begin one?"""


def _datelines(tokens: Tokens, spans: Sequence[Span]) -> list[Span]:
    """`YANGON - `, `AUSTIN, Texas, Nov 5 (Reuters) - `: the places that open a paragraph in capitals before a dash, with their region."""
    openers = [
        start
        for start in (0, *(index + 1 for index in tokens.breaks))
        if tokens.zones.get(start) != SHOUTED and (cities := _cities(tokens, start)) and _dateline_end(tokens, cities[-1][1])
    ]
    if not openers:
        return []
    kinds = {span[:2]: span[2] for span in spans}
    uses = Counter(tokens.words)
    return [place for start in openers for place in _dateline(tokens, start, kinds, uses)]


def _cities(tokens: Tokens, start: int) -> list[tuple[int, int]]:
    """The places in capitals that stand one after the other from a word on: `MANILA/TOKYO`."""
    cities: list[tuple[int, int]] = []
    end = start
    while (last := _end_of_city(tokens, end)) > end:
        cities.append((end, last))
        end = last + 1 if tokens.words[last : last + 1] in _BETWEEN_CITIES else last
    return cities


def _dateline(tokens: Tokens, start: int, kinds: Mapping[tuple[int, int], Kind], uses: Mapping[str, int]) -> list[Span]:
    """The places of a dateline that begins with a word; none where there is no dateline.

    `kinds` are those that the tagger gave, `uses` how often each word stands in the text.
    """
    words = tokens.words
    cities = _cities(tokens, start)
    last = cities[-1][1]
    ending = _dateline_end(tokens, last)
    region = _end_of_region(tokens, last + 1) if words[last : last + 1] == [","] else 0
    is_sure = _is_listed_place(tokens.name(last + 1, region)) if region else ending == "dated" and last - start > 1
    if ending is None or (ending == "colon" and (start or not _is_nothing_else(tokens, *cities[0]))):
        return []
    if not is_sure and not any(_may_be_city(tokens, *city, kinds.get(city), uses) for city in cities):
        return []
    is_region = region and (is_sure or "c" not in classes(words[last + 1]))
    return [(*city, "place") for city in (*cities, *([(last + 1, region)] if is_region else []))]


def _end_of_city(tokens: Tokens, start: int) -> int:
    """Where a place in capitals ends: `LA PAZ`, `PORT-AU-PRINCE`; `start` where there is none."""
    words, end = tokens.words, start
    while end < len(words) and end - start < _LONGEST_CITY and words[end].isupper() and words[end].replace("'", "").isalpha():
        is_glued = words[end + 1 : end + 2] == ["-"] and tokens.end(end) == tokens.starts[end + 1] == tokens.end(end + 1) - 1
        end += 1
        if is_glued and end + 1 < len(words) and words[end + 1].isupper() and tokens.starts[end + 1] == tokens.end(end):
            end += 1
    return end if any(len(word) > 2 for word in words[start:end]) else start


def _may_be_city(tokens: Tokens, first: int, last: int, tagged: Kind | None, uses: Mapping[str, int]) -> bool:
    """Is it a listed place, or neither ordinary words nor the name of anything else? `EDITOR'S NOTE - `, `XI JINPING - `, `TTAA - `."""
    name, lowers = tokens.name(first, last), tokens.lowers[first:last]
    if _is_listed_place(name.title()):
        return True
    if tagged in ("person", "org") or name in lexicon().known or name.title() in lexicon().known:
        return False
    if lowers[-1] in _NO_CITIES or not cues.PLAIN_ACRONYMS.isdisjoint(lowers):
        return False
    faces = [classes(word.title()) for word in tokens.words[first:last] if word[0].isalpha()]
    if last == first + 1:
        return "c" not in faces[0] and uses[tokens.words[first]] == 1
    return "f" not in faces[0] and not all("c" in face for face in faces)


def _is_nothing_else(tokens: Tokens, first: int, last: int) -> bool:
    """Is it a listed place that is no word and no first name?"""
    is_plain = last - first > 1 or {"c", "f"}.isdisjoint(classes(tokens.words[first].title()))
    return is_plain and _is_listed_place(tokens.name(first, last).title())


def _is_listed_place(name: str) -> bool:
    known = lexicon().known.get(name)
    return known is not None and known.kind == "place"


def _end_of_region(tokens: Tokens, start: int) -> int:
    """Where the region behind the city ends: `Texas`, `Papua New Guinea`; 0 for a date, an abbreviation, anything else."""
    end = start
    while end < len(tokens.words) and tokens.words[end].istitle() and tokens.words[end].isalpha():
        end += 1
    is_region = start < end <= start + _LONGEST_REGION and tokens.lowers[start] not in _DATES
    return end if is_region and tokens.words[end : end + 1] in _BEHIND_REGION else 0


def _dateline_end(tokens: Tokens, index: int) -> Literal["dash", "dated", "colon"] | None:
    """What follows, after no more than a date, a region or an agency: a dash, one behind a date, also a colon then, or a bare colon."""
    is_dated = False
    for step in range(index, min(index + _LONGEST_DATELINE, len(tokens.words))):
        word = tokens.words[step]
        if word in _DASHES:
            end = tokens.end(step)
            is_end = word == "—" or tokens.starts[step] > tokens.end(step - 1) or tokens.text[end : end + 1].isspace()
            return None if not is_end else "dated" if is_dated else "dash"
        if word == ":":
            end = tokens.end(step)
            is_end = tokens.text[end : end + 1].isspace()
            return None if not is_end else "dated" if is_dated else "colon"
        if not (word in (",", "(", ")", ".", "/") or word.isdigit() or word[0].isupper()):
            return None
        is_dated |= tokens.lowers[step] in _DATES
    return None


def bracketed(tokens: Tokens, spans: list[Span]) -> dict[int, Span]:
    """First word of each acronym in brackets → the name it stands directly behind: `National League for Democracy (NLD)`."""
    words = tokens.words
    return {
        last + 1: (first, last, kind)
        for first, last, kind in spans
        if last - first > 1 and kind != "person" and words[last : last + 3 : 2] == ["(", ")"] and _ACRONYM.fullmatch(words[last + 1])
    }
