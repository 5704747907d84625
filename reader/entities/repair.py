"""Mend what the tagger found: titles off, glued names apart, kinds by what is certain, ordinary words dropped.

Every rule is a function from spans to spans over the words of one text; `repaired` runs them in order. A rule stands
here because it raised the scores of the development set or answers a fault that readers see.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from reader.entities import cues
from reader.entities.features import classes
from reader.entities.joining import is_state_body
from reader.entities.kinds import with_right_kinds
from reader.entities.lexicon import country_of, lexicon
from reader.entities.memory import Memory
from reader.entities.tagger import Span
from reader.entities.tokens import Tokens
from reader.entities.whole import grown, is_firm, rejoined, with_firms
from reader.model import Kind

_JOINERS = cues.CONNECTORS | cues.BODY_CONNECTORS | cues.GLUE | {"'s", "’s", '"', "“", ","}
_POSSESSIVES = ("'s", "’s", "'S", "’S")
_AND = ("and", "&")
_QUOTES = ('"', "“", "'", "‘", "the")
_LONGEST_LABEL = 4
_LONGEST_NAME = 50
"""Words. What capitals, `of` and `&` make longer names nothing, and to look for the names in it would take ever longer."""
_MINISTERS = ("minister", "ministers", "secretary")
_REMEMBERED = 10_000
_SUFFIXES = frozenset(["jr", "sr", "inc", "ltd", "co", "corp", "d.c", "u.s", "st", "no"])


def repaired(tokens: Tokens, spans: list[Span]) -> list[Span]:
    """The same names, mended; in order, none overlapping."""
    pieces: list[Span] = []
    for span in with_firms(tokens, spans):
        if span[1] == span[0] + 1:
            pieces.append(_whole_word(tokens, span))
        elif span[1] - span[0] <= _LONGEST_NAME:
            pieces += filter(None, (_trimmed(tokens, piece) for piece in _cut(tokens, span)))
    people = {word for first, last, kind in pieces if kind == "person" and last - first > 1 for word in tokens.words[first:last]}
    capitals = map(tokens.words.__getitem__, tokens.capitals)
    plain = acronyms_of_laws(tokens) | {word[:-1] for word in capitals if word[-1] == "s" and _is_plural(word)}
    pieces = [
        span
        for span in pieces
        if tokens.words[span[0]] in people or not (tokens.words[span[0]] in plain or _is_no_name(tokens, span))
    ]
    ends = {span[1] for span in pieces}
    return with_right_kinds(tokens, rejoined(tokens, [grown(tokens, span, ends) for span in pieces]))


def _whole_word(tokens: Tokens, span: Span) -> Span:
    """A single word with the small end that belongs to it: `Tedros`, `Kai-shek`."""
    first, last, kind = span
    if tokens.words[last : last + 1] == ["-"] and (kind == "person" or tokens.name(first, last + 2) in lexicon().known):
        return first, _with_small_syllables(tokens, last), kind
    return span


def acronyms_of_laws(tokens: Tokens) -> set[str]:
    """What is defined in brackets behind an act, a code, a treaty: `the Legal Profession Act (“LPA”)`."""
    found: set[str] = set()
    words = tokens.words
    if "(" not in tokens.text:
        return found
    for index in tokens.capitals:
        before = index - 1
        while before > 0 and words[before] in _QUOTES:
            before -= 1
        if before > 0 and words[before] == "(" and words[index].isupper() and _behind_year(tokens, before) in cues.NO_NAME_HEADS:
            found.add(words[index])
    return found


def _behind_year(tokens: Tokens, index: int) -> str:
    """The word before, or the one before that where it is a number: `Act 1966 (`."""
    return tokens.lowers[index - 2] if tokens.words[index - 1].isdigit() and index > 1 else tokens.lowers[index - 1]


def _is_of_law(tokens: Tokens, span: Span) -> bool:
    """Is it the town that a treaty or a battle is called after: `Treaty of` Versailles?"""
    first, last, _ = span
    if first < 2 or tokens.lowers[first - 1] != "of" or tokens.lowers[first - 2] not in cues.NO_NAME_HEADS:
        return False
    known = lexicon().known.get(tokens.name(first, last))
    return tokens.words[first - 2].istitle() and (known is None or known.rank != "C")


def _is_on_law(tokens: Tokens, first: int) -> bool:
    """Is what begins here what a law is on: `Model Law on` Cross-Border Insolvency?"""
    if first < 2 or tokens.lowers[first - 1] != "on":
        return False
    return tokens.words[first - 2].istitle() and tokens.lowers[first - 2] in cues.NO_NAME_HEADS


def is_in_law(tokens: Tokens, span: Span) -> bool:
    """Is it the court that an act is on: `Supreme Court` of Judicature Act?"""
    last = span[1]
    if tokens.lowers[last : last + 1] != ["of"]:
        return False
    following = takewhile(str.istitle, tokens.words[last + 1 : last + 6])
    return any(word.lower() in cues.LAWS for word in following)


def _is_label(tokens: Tokens, span: Span) -> bool:
    """Is it who speaks, in front of a line: `AB:`, `(AB)`?"""
    first, last, _ = span
    word = tokens.words[first]
    if last - first > 1 or not word.isupper() or len(word) > _LONGEST_LABEL or word in lexicon().known:
        return False
    opener = first
    while opener > 0 and tokens.words[opener - 1] in ("(", "["):
        opener -= 1
    return (opener == 0 or tokens.words[opener - 1] == "\n") and (opener < first or tokens.words[last : last + 1] == [":"])


def _cut(tokens: Tokens, span: Span) -> Iterator[Span]:
    """Split at a possessive after a place or an acronym, and at `and` between two names."""
    first, last, kind = span
    is_glued = tokens.words[first - 1 : first] == ["-"] and tokens.end(first - 1) == tokens.starts[first]
    if is_glued and _is_known_place(tokens, (first, first + 1, kind)):
        yield (first, first + 1, "place")
        first += 1
    for index in range(first + 1, last - 1):
        word = tokens.lowers[index]
        left: Span = (first, index, kind)
        right: Span = (index + 1, last, kind)
        owner: Kind | None = _owner(tokens, left) if tokens.words[index] in _POSSESSIVES else None
        if owner is not None:
            yield (first, index, owner)
            yield from _cut(tokens, (index + 1, last, "org" if kind == "place" else kind))
            return
        if word == "of" and _is_person_of(tokens, left):
            yield (first, index, "person")
            yield from _cut(tokens, (index + 1, last, _kind_alone(tokens, right)))
            return
        if word in _AND and _is_two_names(tokens, left, right):
            yield from _cut(tokens, left)
            yield from _cut(tokens, right)
            return
    yield first, last, kind


def _owner(tokens: Tokens, span: Span) -> Kind | None:
    """What a name of its own is before a possessive: `China's` Ministry of Commerce, `GSA's` Privacy Office; not `Lloyd's` of London."""
    if _is_known_place(tokens, span):
        return "place"
    word = tokens.words[span[0]]
    return "org" if span[1] == span[0] + 1 and word.isupper() and len(word) > 2 else None


def _is_person_of(tokens: Tokens, left: Span) -> bool:
    """Is what stands before `of` a person's full name, as in `Mary Jones of Nexus Ltd`?"""
    faces = [classes(word) for word in tokens.words[left[0] : left[1]]]
    if left[2] == "person":
        return "t" not in faces[-1]
    return len(faces) > 1 and "f" in faces[0] and not any(set(face) & set("cogtnkd") for face in faces)


def _kind_alone(tokens: Tokens, span: Span) -> Kind:
    known = lexicon().known.get(tokens.name(span[0], span[1]))
    if known is not None:
        return known.kind
    return "org" if _ends_like_body(tokens, span) else "place"


def _is_known_place(tokens: Tokens, span: Span) -> bool:
    known = lexicon().known.get(tokens.name(span[0], span[1]))
    return known is not None and known.kind == "place"


def _is_two_names(tokens: Tokens, left: Span, right: Span) -> bool:
    kind = left[2]
    whole = tokens.name(left[0], right[1])
    if whole in lexicon().known or "p" in lexicon().words.of(whole.lower()):
        return False
    if kind != "org":
        return tokens.words[left[1]] != "&" or not is_firm(left, right)
    opener = right[0] + (tokens.lowers[right[0]] == "the")
    if tokens.lowers[opener] in cues.SURE_ORG_OPENERS and opener + 2 < right[1]:
        return True
    if right[1] - opener > 2 and _head(tokens, *left[:2]) in cues.ORG_HEADS and _head(tokens, opener, right[1]) in cues.SURE_ORG_HEADS:
        return True
    return _ends_like_body(tokens, left) and (_ends_like_body(tokens, right) or tokens.lowers[opener] in cues.ORG_OPENERS)


def _ends_like_body(tokens: Tokens, span: Span) -> bool:
    last = tokens.words[span[1] - 1]
    return last.lower() in cues.ORG_HEADS or (last.isupper() and len(last) > 1)


def _trimmed(tokens: Tokens, span: Span) -> Span | None:
    """Joining words off both ends, titles off a person's front, roles off `Mayor of X`."""
    first, last, kind = span
    if last - first == 2 and tokens.lowers[first] in cues.TITLES and tokens.lowers[first + 1] in cues.ASIAN_SYLLABLES:
        return first + 1, last, "person"
    first, last = _between_joiners(tokens, span)
    if first >= last:
        return None
    last = _whole_word(tokens, (first, last, kind))[1]
    if kind == "person":
        first = _after_titles(tokens, _after_portfolio(tokens, first, last), last)
        while last - first > 2 and tokens.lowers[last - 1].strip(".") in cues.POSTNOMINALS:
            last -= 1
    elif last - first > 2 and "." in tokens.words[last - 1] and tokens.lowers[last - 1].strip(".") in cues.POSTNOMINALS:
        return first, last - 1, "person"
    elif kind == "place":
        first = _after_role(tokens, first, last)
    elif country_of(tokens.words[first]) and is_state_body(tokens.name(first + 1, last)):
        first += 1
    return first, last, kind


def _between_joiners(tokens: Tokens, span: Span) -> tuple[int, int]:
    """The words of a span without those that only join at its ends, nor the article of a sentence."""
    first, last, kind = span
    lowers = tokens.lowers
    while first < last and lowers[first] in _JOINERS and lowers[first] not in cues.PARTICLES:
        first += 1
    if last - first > 2 and tokens.words[first] in ("A", "An") and tokens.opens[first] and kind != "person":
        first += 1
    while first < last and lowers[last - 1] in _JOINERS and not (lowers[last - 1] == "." and lowers[last - 2] in _SUFFIXES):
        last -= 1
    return first, last


def _is_portfolio(tokens: Tokens, first: int) -> bool:
    """Is what begins here what a minister is for, and no body: `Minister for` Home Affairs?"""
    return first > 1 and tokens.lowers[first - 1] in ("for", "of") and tokens.lowers[first - 2] in _MINISTERS


def _after_portfolio(tokens: Tokens, first: int, last: int) -> int:
    """Where the name begins behind what its bearer is minister of: `Minister for Law` K Shanmugam."""
    if _is_portfolio(tokens, first):
        while last - first > 2 and len(tokens.words[first]) > 1 and "c" in classes(tokens.words[first]):
            first += 1
    return first


def _after_titles(tokens: Tokens, first: int, last: int) -> int:
    """Where the name begins behind all its titles; `first` where it has none, or would be nothing else."""
    while last - first > 1:
        index = first
        while index < last and _is_title_part(tokens.lowers[index]):
            index += 1
        if index >= last or not _is_title(tokens, index, last):
            break
        index += 1
        while index < last and tokens.lowers[index] in (".", "-"):
            index += 1
        if index >= last:
            break
        first = index
    return first


def _is_title_part(lower: str) -> bool:
    """Is it a word that leads up to a title: `Pol` Col, `Chinese` Premier, `Deputy` Minister?"""
    if lower in cues.TITLES:
        return False
    return lower in cues.RANK_STARTS or lower in cues.TITLE_LINKS or lower in (".", "-") or country_of(lower) is not None


def _is_title(tokens: Tokens, index: int, last: int) -> bool:
    """Short titles are syllables of names, too: `Ko`, `Tan`, `U` count before two more words only, and `Ko Ko` is a name."""
    lower = tokens.lowers[index]
    after = tokens.lowers[index + 1] if index + 1 < len(tokens.lowers) else ""
    if len(lower) < 4 and (after == lower or (index + 2 == last and after in cues.BURMESE_SYLLABLES)):
        return False
    if (lower == "tan" and after != "sri") or (lower == "ma" and "-" in tokens.words[index:last]):
        return False
    return lower in cues.TITLES and (len(lower) > 3 or last - index > 2 or lower in cues.HONORIFICS)


def _with_small_syllables(tokens: Tokens, last: int) -> int:
    """The small end of `Moon Jae-in`, `Chiang Kai-shek`, `Prayut Chan-o-cha` belongs to the name; that of `Trump-backed` does not."""
    while last + 1 < len(tokens.words) and tokens.words[last] == "-" and tokens.starts[last + 1] == tokens.end(last - 1) + 1:
        word, before = tokens.words[last + 1], tokens.lowers[last - 1]
        is_listed = word in cues.ASIAN_SYLLABLES or before in cues.ASIAN_SYLLABLES
        is_syllable = is_listed or len(word) == 1 or "c" not in lexicon().words.of(word)
        if not (word.islower() and word.isalpha() and is_syllable):
            break
        last += 2
    return last


def _after_role(tokens: Tokens, first: int, last: int) -> int:
    lowers = tokens.lowers
    for index in range(first + 1, last - 1):
        if lowers[index] == "of":
            return index + 1 if all(word in cues.TITLES or word in cues.TITLE_LINKS for word in lowers[first:index]) else first
    return first


def _is_ordinary(tokens: Tokens, span: Span) -> bool:
    """Is it no name: a day, a people, a role, a common noun written large, a law or an event?"""
    first, last, kind = span
    if last - first > 1:
        if kind == "person" and all(_is_title_part(word) or word in cues.TITLES for word in tokens.lowers[first:last]):
            return True
        is_law = tokens.lowers[last - 1] in cues.LAWS or _head(tokens, first, last) in cues.NO_NAME_HEADS
        return kind != "person" and is_law and tokens.name(first, last) not in lexicon().known
    use = _use(tokens.words[first])
    return use == _NO_NAME or (use == _PERSON_ONLY and kind != "person") or (use == _NO_OPENER and tokens.opens[first])


_NAME, _NO_NAME, _PERSON_ONLY, _NO_OPENER = range(4)


def _find_use(word: str) -> int:
    """What a word on its own may name: anything, nothing, a person at most, nothing where it opens a sentence."""
    lower = word.lower()
    if not any(character.isalpha() for character in word) or len(word) == 1 or word[0].isdigit() or lower in cues.PLAIN_ACRONYMS:
        return _NO_NAME
    if (lower in cues.GENERIC and not word.isupper()) or _is_plural(word):
        return _NO_NAME
    if word in lexicon().known:
        return _NAME
    if lower in cues.DAYS or country_of(lower):
        return _NO_NAME
    if lower in cues.MONTHS or lower in cues.PEOPLES or (lower in cues.TITLES and not word.isupper()):
        return _PERSON_ONLY
    return _NO_OPENER if lower in cues.SENTENCE_OPENERS else _NAME


def _is_plural(word: str) -> bool:
    """Is it more than one of what letters stand for: `LLPs`? That is a common noun."""
    return word[-1] == "s" and len(word) > 2 and word[:-1].isupper() and word[:-1].isalpha()


_use = Memory(_find_use, _REMEMBERED).__getitem__


def _head(tokens: Tokens, first: int, last: int) -> str:
    """The word that says what a name of several is: the one before `of`, else the last."""
    lowers = tokens.lowers[first:last]
    return lowers[lowers.index("of", 1) - 1] if "of" in lowers[1:] else lowers[-1]


def _is_no_name(tokens: Tokens, span: Span) -> bool:
    if _is_ordinary(tokens, span) or _is_label(tokens, span):
        return True
    if span[2] == "org":
        return is_in_law(tokens, span) or _is_on_law(tokens, span[0]) or _is_portfolio(tokens, span[0])
    return span[2] == "place" and _is_of_law(tokens, span)
