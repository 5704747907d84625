"""What the tagger looks at: for each word that may be part of a name, the clues in and around it.

The clues come in slots: all clues that depend on the same few words share one, so that their weights can be summed
once and kept. `Clues` is told what a slot's entry is worth: the tagger gives it packed sums of weights, the training
script tuples of feature numbers, and both are joined with `+`, so the two see the same clues by construction.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from reader.entities import cues
from reader.entities.lexicon import lexicon
from reader.entities.tokens import Tokens

_CUES_BEFORE = "in at from near of mr mrs president minister said by with between across to and general former group company"
_CUES_AFTER = "said says told 's ’s has is was ( , who which and - province state city region government party police officials"
_BIT_BEFORE = {word: 1 << bit for bit, word in enumerate(_CUES_BEFORE.split(" "))}
_BIT_AFTER = {word: 1 << (bit + 32) for bit, word in enumerate(_CUES_AFTER.split(" "))}
_EDGE = "⊢"
_CACHE_LIMIT = 60_000


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


@lru_cache(maxsize=_CACHE_LIMIT)
def classes(word: str) -> str:
    """One letter for each list the word is on: the word's face to its neighbours."""
    lower = word.lower()
    listed = lexicon().words
    found = "".join(letter for letter, members in _FLAGS if lower in members)
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
    return [f"h={bit}" for bit in range(64) if bits >> bit & 1]


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


class _Memory(dict[Any, Any]):
    """What a function gave for each key it was asked; a dict, because a look-up in one costs a third of a cached call."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: Any) -> Any:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        found = self[key] = self._function(key)
        return found


def _worth_of(clues: Callable[[Any], list[str]], worth: Callable[[list[str]], Any]) -> Callable[[Any], Any]:
    return lambda key: worth(clues(key))


class Clues:
    """The clues of each word of a segment, as sums of whatever `worth` gives for a list of them."""

    def __init__(self, worth: Callable[[list[str]], Any]) -> None:
        self._slots = [_Memory(_worth_of(clues, worth)) for clues in SLOTS]
        self._faces = _Memory(face)

    def of(self, tokens: Tokens, spans: list[tuple[int, int]]) -> list[list[Any]]:
        """One list a segment, one sum a word."""
        (own, left, right, left2, right2, faces, left_pair, right_pair, article, heard, phrase, *runs) = self._slots
        run_before, run_after, run_first, run_last, run_shape, run_pair = runs
        words = [_EDGE, _EDGE, *tokens.words, _EDGE, _EDGE]
        lowers = ["", "", *tokens.lowers, "", ""]
        faces_of = self._faces
        lower_words, capital_words, cue_bits = _article_facts(tokens)
        phrases = _listed_phrases(tokens, spans)
        sums = []
        for start, end in spans:
            segment_sums = []
            for index, run_start, run_end in _runs(tokens, start, end):
                far, before, word, after, beyond = words[index : index + 5]
                lower, shown = lowers[index + 2], faces_of[word]
                total = (
                    own[word]
                    + left[before]
                    + right[after]
                    + left2[far]
                    + right2[beyond]
                    + faces[faces_of[before], shown, faces_of[after]]
                    + left_pair[lowers[index + 1], shown]
                    + right_pair[lowers[index + 3], shown]
                    + article[tokens.opens[index], lower in lower_words, lower in capital_words, shown]
                )
                if word in cue_bits:
                    total += heard[cue_bits[word]]
                if index in phrases:
                    total += phrase[phrases[index]]
                if run_end - run_start > 1:
                    first, last = tokens.words[run_start], tokens.words[run_end - 1]
                    position = "B" if index == run_start else "E" if index == run_end - 1 else "M"
                    total += (
                        run_before[words[run_start + 1]]
                        + run_after[words[run_end + 2]]
                        + run_first[first]
                        + run_last[last]
                        + run_shape[position, faces_of[first], faces_of[last], min(run_end - run_start, 5)]
                        + run_pair[position, last.lower()]
                    )
                segment_sums.append(total)
            sums.append(segment_sums)
        return sums


def _runs(tokens: Tokens, start: int, end: int) -> list[tuple[int, int, int]]:
    """Each word of a segment with the unbroken run of capitalised words it stands in (itself, for a joining word)."""
    found: list[tuple[int, int, int]] = []
    words, lowers = tokens.words, tokens.lowers
    index = start
    while index < end:
        stop = index + 1
        if words[index] != lowers[index]:
            while stop < end and words[stop] != lowers[stop]:
                stop += 1
        found.extend((inner, index, stop) for inner in range(index, stop))
        index = stop
    return found


def _article_facts(tokens: Tokens) -> tuple[set[str], set[str], dict[str, int]]:
    """Words seen in lower case; words seen capitalised within a sentence; what stood beside each capitalised word."""
    words, lowers, opens = tokens.words, tokens.lowers, tokens.opens
    lower_words = set(words)
    capital_words: set[str] = set()
    cue_bits: dict[str, int] = {}
    last = len(words) - 1
    for index in tokens.capitals:
        word = words[index]
        if not opens[index] and index not in tokens.zones:
            capital_words.add(lowers[index])
        bits = _BIT_BEFORE.get(lowers[index - 1], 0) if index else 0
        if index < last:
            bits |= _BIT_AFTER.get(lowers[index + 1], 0)
        if bits:
            cue_bits[word] = cue_bits.get(word, 0) | bits
    return lower_words, capital_words, cue_bits


def _listed_phrases(tokens: Tokens, spans: list[tuple[int, int]]) -> dict[int, str]:
    """The words of listed names of two to four words, labelled by place in the name and kind of list."""
    found: dict[int, str] = {}
    capitals = set(tokens.capitals)
    for start, end in spans:
        if end - start < 2:
            continue
        index = start
        while index < end - 1:
            for size in range(min(4, end - index), 1, -1):
                if index + size - 1 not in capitals:
                    continue
                label = _list_of(tokens.name(index, index + size))
                if label:
                    found[index] = "B" + label
                    found.update((inner, "I" + label) for inner in range(index + 1, index + size))
                    index += size - 1
                    break
            index += 1
    return found


@lru_cache(maxsize=_CACHE_LIMIT)
def _list_of(name: str) -> str:
    """Which list holds a name of several words: a place's rank, a kind, `p` for the long list of places, or nothing."""
    known = lexicon().known.get(name)
    if known is not None:
        return known.rank or known.kind
    return "p" if f"p:{name.lower()}" in lexicon().words else ""
