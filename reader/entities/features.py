"""What the tagger looks at: for each word that may be part of a name, the clues in and around it.

The clues come in slots: all clues that depend on the same few words share one, so that their weights can be summed
once and kept. `Clues` is told what a slot's entry is worth: the tagger gives it packed sums of weights, the training
script tuples of feature numbers, and both are joined with `+`, so the two see the same clues by construction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from reader.entities import cues
from reader.entities.lexicon import lexicon
from reader.entities.memory import Memory
from reader.entities.tokens import Tokens, one_line

_CUES_BEFORE = "in at from near of mr mrs president minister said by with between across to and general former group company"
_CUES_AFTER = "said says told 's ’s has is was ( , who which and - province state city region government party police officials"
_BIT_BEFORE = {word: 1 << bit for bit, word in enumerate(_CUES_BEFORE.split(" "))}
_BIT_AFTER = {word: 1 << (bit + 32) for bit, word in enumerate(_CUES_AFTER.split(" "))}
_EDGE = "⊢"
_CACHE_LIMIT = 40_000


@lru_cache(maxsize=_CACHE_LIMIT)
def shape(word: str) -> str:
    """`Xx`, `XX`, `X.`, `xx`, `9`, `X9` … or the mark itself."""
    if word.isalpha():
        if word.islower():
            return "x"
        if word.isupper():
            return "X" if len(word) == 1 else "XX" if len(word) <= 5 else "XXX"
        return "Xx" if word[1:].islower() else "xX" if word[0].islower() else "XxX"
    if word.isdigit():
        return "9"
    if word[0].isalnum():
        return ("X" if word[0].isupper() else "x") + "".join(sorted({"9" if c.isdigit() else c for c in word if not c.isalpha()}))
    return word


_FLAGS: tuple[tuple[str, frozenset[str]], ...] = (
    ("t", cues.TITLES),
    ("h", cues.HONORIFICS),
    ("o", cues.ORG_HEADS),
    ("g", cues.PLACE_HEADS),
    ("d", cues.DIRECTIONS),
    ("m", cues.MONTHS | cues.DAYS),
    ("s", cues.ASIAN_SYLLABLES),
    ("e", cues.PEOPLES),
    ("k", cues.TITLE_LINKS),
    ("q", cues.SPEECH),
    ("a", cues.SENTENCE_OPENERS),
    ("v", cues.PARTICLES),
)
_FLAGS_OF: dict[str, str] = {}
"""Word → one letter for each of the lists above that it is on."""
for _letter, _members in _FLAGS:
    for _member in _members:
        _FLAGS_OF[_member] = _FLAGS_OF.get(_member, "") + _letter


@lru_cache(maxsize=_CACHE_LIMIT)
def classes(word: str) -> str:
    """One letter for each list the word is on: the word's face to its neighbours."""
    lower = word.lower()
    listed = lexicon().words
    found = _FLAGS_OF.get(lower, "")
    if not word[0].isalpha():
        return found
    if lower in cues.DEMONYMS or lower.removesuffix("s") in cues.DEMONYMS:
        found += "n"
    known = lexicon().known.get(word)
    if known is not None and known.also is not None and known.name == word:
        return f"{found}{known.also}{known.rank}"
    if f"c:{lower}" in listed or (lower.endswith("s") and f"c:{lower[:-1]}" in listed):
        found += "c"
    if word != lower:
        found += "".join(letter for letter in "flp" if f"{letter}:{lower}" in listed)
    if known is not None:
        found += known.rank or f"{known.kind[0].upper()}*"
    return found


@lru_cache(maxsize=_CACHE_LIMIT)
def face(word: str) -> str:
    """What a word shows its neighbours: its lists and its shape."""
    return f"{classes(word)}/{shape(word)}"


def _word(word: str) -> list[str]:
    lower, listed, form = word.lower(), classes(word), shape(word)
    found = [f"w={lower}", f"s={form}", f"c={listed}", f"cs={listed}/{form}", f"n={min(len(word), 8)}"]
    found += [f"c:{letter}" for letter in listed]
    if word[0].isalpha():
        found += [f"p{size}={lower[:size]}" for size in (2, 3, 4) if len(lower) > size]
        found += [f"e{size}={lower[-size:]}" for size in (2, 3, 4) if len(lower) > size]
    return found


def _beside(place: str) -> Callable[[str], list[str]]:
    """Clues of the word directly before or after."""

    def clues(word: str) -> list[str]:
        listed = classes(word)
        found = [f"{place}w={word.lower()}", f"{place}c={listed}", f"{place}s={shape(word)}"]
        if len(word) > 4:
            found.append(f"{place}e={word[-3:].lower()}")
        return found + [f"{place}c:{letter}" for letter in listed]

    return clues


def _near(place: str) -> Callable[[str], list[str]]:
    """Clues of a word further off, or at an end of the run of capitals."""

    def clues(word: str) -> list[str]:
        return [f"{place}w={word.lower()}", f"{place}f={face(word)}"]

    return clues


def _faces(key: tuple[str, str, str]) -> list[str]:
    left, mid, right = key
    return [f"lm={left}_{mid}", f"mr={mid}_{right}", f"lmr={left}_{mid}_{right}", f"lr={left}_{right}"]


def _pair(place: str) -> Callable[[tuple[str, str]], list[str]]:
    def clues(key: tuple[str, str]) -> list[str]:
        return [f"{place}={key[0]}_{key[1]}"]

    return clues


def _run_shape(key: tuple[str, str, str, int]) -> list[str]:
    position, first, last, size = key
    return [f"P={position}", f"Pn={position}{size}", f"Pl={position}{last}", f"Pf={position}{first}", f"Pfl={first}_{last}"]


def _article(key: tuple[bool, bool, bool, str]) -> list[str]:
    opens, seen_lower, seen_capital, own = key
    state = f"{opens:d}{seen_lower:d}{seen_capital:d}"
    return [f"A={state}", f"Ac={state}{own}"]


def _heard(bits: int) -> list[str]:
    found = []
    while bits:
        lowest = bits & -bits
        found.append(f"h={lowest.bit_length() - 1}")
        bits ^= lowest
    return found


def _phrase(label: str) -> list[str]:
    return [f"G={label}"]


SLOTS: tuple[Callable[[Any], list[str]], ...] = (
    _word,
    _beside("l"),
    _beside("r"),
    _near("ll"),
    _near("rr"),
    _faces,
    _pair("lp"),
    _pair("rp"),
    _article,
    _heard,
    _phrase,
    _near("b"),
    _near("a"),
    _near("f"),
    _near("t"),
    _run_shape,
    _pair("tp"),
)


def _worth_of(clues: Callable[[Any], list[str]], worth: Callable[[list[str]], Any]) -> Callable[[Any], Any]:
    return lambda key: worth(clues(key))


class Clues:
    """The clues of each word of a segment, as sums of whatever `worth` gives for a list of them."""

    def __init__(self, worth: Callable[[list[str]], Any]) -> None:
        self._slots = [Memory(_worth_of(clues, worth), _CACHE_LIMIT).__getitem__ for clues in SLOTS]
        self._face = Memory(face, _CACHE_LIMIT).__getitem__

    def of(self, tokens: Tokens, spans: list[tuple[int, int]]) -> list[list[Any]]:
        """One list a segment, one sum a word."""
        (own, left, right, left2, right2, faces, left_pair, right_pair, article, heard, phrase, *_) = self._slots
        words = [_EDGE, _EDGE, *tokens.words, _EDGE, _EDGE]
        lowers = ["", "", *tokens.lowers, "", ""]
        opens, face_of = tokens.opens, self._face
        lower_words, capital_words, cue_bits = _article_facts(tokens)
        phrases = _listed_phrases(tokens, spans)
        sums = []
        for start, end in spans:
            segment_sums = []
            for index in range(start, end):
                far, before, word, after, beyond = words[index : index + 5]
                lower_before, lower, lower_after = lowers[index + 1 : index + 4]
                shown = face_of(word)
                total = (
                    own(word)
                    + left(before)
                    + right(after)
                    + left2(far)
                    + right2(beyond)
                    + faces((face_of(before), shown, face_of(after)))
                    + left_pair((lower_before, shown))
                    + right_pair((lower_after, shown))
                    + article((opens[index], lower in lower_words, lower in capital_words, shown))
                )
                if word in cue_bits:
                    total += heard(cue_bits[word])
                if index in phrases:
                    total += phrase(phrases[index])
                segment_sums.append(total)
            if end - start > 1:
                self._add_runs(segment_sums, words, lowers, start, end)
            sums.append(segment_sums)
        return sums

    def _add_runs(self, sums: list[Any], words: list[str], lowers: list[str], start: int, end: int) -> None:
        """Adds what the unbroken runs of capitalised words in a segment say; `words` and `lowers` have an edge of two before."""
        run_before, run_after, run_first, run_last, run_shape, run_pair = self._slots[-6:]
        face_of = self._face
        for run_start, run_end in _runs(words, lowers, start + 2, end + 2):
            first, last, lower = words[run_start], words[run_end - 1], lowers[run_end - 1]
            around = run_before(words[run_start - 1]) + run_after(words[run_end]) + run_first(first) + run_last(last)
            face_first, face_last, size = face_of(first), face_of(last), min(run_end - run_start, 5)
            for index in range(run_start, run_end):
                position = "B" if index == run_start else "E" if index == run_end - 1 else "M"
                sums[index - start - 2] += around + run_shape((position, face_first, face_last, size)) + run_pair((position, lower))


def _runs(words: list[str], lowers: list[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The unbroken runs of two and more capitalised words in a stretch."""
    index = start
    while index < end:
        stop = index
        while stop < end and words[stop] != lowers[stop]:
            stop += 1
        if stop > index + 1:
            yield index, stop
        index = stop + 1


def _article_facts(tokens: Tokens) -> tuple[set[str], set[str], dict[str, int]]:
    """Words seen in lower case; words seen capitalised within a sentence; what stood beside each capitalised word."""
    words, lowers, opens, zones = tokens.words, tokens.lowers, tokens.opens, tokens.zones
    lower_words = set(words)
    capital_words: set[str] = set()
    cue_bits: dict[str, int] = {}
    bits_before, bits_after = _BIT_BEFORE.get, _BIT_AFTER.get
    before, after = ["", *lowers], [*lowers[1:], ""]
    for index in tokens.capitals:
        if not opens[index] and index not in zones:
            capital_words.add(lowers[index])
        bits = bits_before(before[index], 0) | bits_after(after[index], 0)
        if bits:
            word = words[index]
            cue_bits[word] = cue_bits.get(word, 0) | bits
    return lower_words, capital_words, cue_bits


def _listed_phrases(tokens: Tokens, spans: list[tuple[int, int]]) -> dict[int, str]:
    """The words of listed names of two to four words, labelled by place in the name and kind of list."""
    found: dict[int, str] = {}
    text, words, lowers, starts, list_of = tokens.text, tokens.words, tokens.lowers, tokens.starts, _LIST_OF.__getitem__
    for start, end in spans:
        if end - start < 2:
            continue
        index = start
        while index < end - 1:
            for last in range(min(index + 3, end - 1), index, -1):
                if words[last] == lowers[last]:
                    continue
                label = list_of(text[starts[index] : starts[last] + len(words[last])])
                if label:
                    found[index] = "B" + label
                    found.update((inner, "I" + label) for inner in range(index + 1, last + 1))
                    index = last
                    break
            index += 1
    return found


def _list_of(written: str) -> str:
    """Which list holds a name of several words: a place's rank, a kind, `p` for the long list of places, or nothing."""
    name = one_line(written)
    known = lexicon().known.get(name)
    if known is not None:
        return known.rank or known.kind
    return "p" if f"p:{name.lower()}" in lexicon().words else ""


_LIST_OF = Memory(_list_of, _CACHE_LIMIT)
