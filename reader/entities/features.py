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

_CUE_WORDS_BEFORE = {word: 1 << bit for bit, word in enumerate(
    "in at from near of mr mrs president minister said by with between across to and general former group company".split())}
_CUE_WORDS_AFTER = {word: 1 << (bit + 32) for bit, word in enumerate(
    "said says told 's ’s has is was ( , who which and - province state city region government party police officials".split())}
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
    ("t", cues.TITLES), ("h", cues.HONORIFICS), ("o", cues.ORG_HEADS), ("g", cues.PLACE_HEADS), ("d", cues.DIRECTIONS), ("m", cues.MONTHS | cues.DAYS),
    ("s", cues.ASIAN_SYLLABLES), ("e", cues.PEOPLES), ("k", cues.TITLE_LINKS), ("q", cues.SPEECH), ("a", cues.SENTENCE_OPENERS), ("v", cues.PARTICLES),
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
    if f"c:{lower}" in listed or (lower.endswith("s") and f"c:{lower[:-1]}" in listed):
        found += "c"
    if word != lower:
        found += "".join(letter for letter in "flp" if f"{letter}:{lower}" in listed)
        known = lexicon().known.get(word)
        if known is not None:
            found += {"C": "C", "K": "K", "T": "T", None: known.kind[0].upper() + "*"}[known.rank]
    return found


def _word(word: str) -> list[str]:
    lower, face, kind = word.lower(), classes(word), shape(word)
    found = [f"w={lower}", f"s={kind}", f"c={face}", f"cs={face}{kind}", f"n={min(len(word), 8)}"]
    found += [f"c:{letter}" for letter in face]
    if word[0].isalpha():
        found += [f"p{size}={lower[:size]}" for size in (2, 3, 4) if len(lower) > size]
        found += [f"e{size}={lower[-size:]}" for size in (2, 3, 4) if len(lower) > size]
    return found


def _neighbour(place: str) -> Callable[[str], list[str]]:
    def clues(word: str) -> list[str]:
        face = classes(word)
        found = [f"{place}w={word.lower()}", f"{place}c={face}", f"{place}s={shape(word)}"]
        if len(word) > 4:
            found.append(f"{place}e={word[-3:].lower()}")
        return found + [f"{place}c:{letter}" for letter in face]

    return clues


def _far(place: str) -> Callable[[str], list[str]]:
    def clues(word: str) -> list[str]:
        return [f"{place}w={word.lower()}", f"{place}c={classes(word)}", f"{place}s={shape(word)}"]

    return clues


def _faces(key: tuple[str, str, str]) -> list[str]:
    left, mid, right = (f"{classes(word)}/{shape(word)}" for word in key)
    return [f"lm={left}_{mid}", f"mr={mid}_{right}", f"lmr={left}_{mid}_{right}", f"lr={left}_{right}"]


def _left_pair(key: tuple[str, str]) -> list[str]:
    return [f"lW={key[0].lower()}_{classes(key[1])}", f"lS={key[0].lower()}_{shape(key[1])}"]


def _right_pair(key: tuple[str, str]) -> list[str]:
    return [f"rW={key[0].lower()}_{classes(key[1])}", f"rS={key[0].lower()}_{shape(key[1])}"]


def _around(key: tuple[str, str]) -> list[str]:
    return [f"lr={key[0].lower()}_{key[1].lower()}"]


def _run(key: tuple[str, str, str, str, int]) -> list[str]:
    before, first, last, after, size = key
    found = [f"rb={before}", f"rf={first}", f"rl={last}", f"ra={after}", f"rn={size}", f"rbc={classes(before)}", f"rac={classes(after)}"]
    found += [f"rfc={classes(first)}", f"rlc={classes(last)}"]
    if size > 1:
        found += [f"rfl={classes(first)}_{classes(last)}", f"rlo={classes(last)}_{size}"]
    return found


def _place_in_run(key: tuple[str, str, str]) -> list[str]:
    position, first, last = key
    return [f"P={position}", f"Pl={position}{classes(last)}", f"Pf={position}{classes(first)}", f"Plw={position}{last.lower()}"]


def _article(key: tuple[bool, bool, bool, str]) -> list[str]:
    opens, seen_lower, seen_capital, face = key
    state = f"{opens:d}{seen_lower:d}{seen_capital:d}"
    return [f"A={state}", f"Ac={state}{face}"]


def _heard(bits: int) -> list[str]:
    return [f"h={bit}" for bit in range(64) if bits >> bit & 1]


def _phrase(label: str) -> list[str]:
    return [f"G={label}"]


SLOTS: tuple[Callable[[Any], list[str]], ...] = (
    _word, _neighbour("l"), _neighbour("r"), _far("ll"), _far("rr"), _faces, _left_pair, _right_pair, _run, _place_in_run, _article, _heard, _phrase,
    _far("lll"), _far("rrr"),
)


class _Slot(dict[Any, Any]):
    """What the clues of one slot are worth, worked out on first meeting."""

    def __init__(self, clues: Callable[[Any], list[str]], worth: Callable[[list[str]], Any]) -> None:
        super().__init__()
        self._clues, self._worth = clues, worth

    def __missing__(self, key: Any) -> Any:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        found = self[key] = self._worth(self._clues(key))
        return found


class Clues:
    """The clues of each word of a segment, as sums of whatever `worth` gives for a list of them."""

    def __init__(self, worth: Callable[[list[str]], Any]) -> None:
        self._slots = [_Slot(clues, worth) for clues in SLOTS]

    def of(self, tokens: Tokens, spans: list[tuple[int, int]]) -> list[list[Any]]:
        """One list a segment, one sum a word."""
        (word_slot, left, right, left2, right2, faces, left_pair, right_pair, run_slot, place, article, heard, phrase, left3, right3) = self._slots
        words = [_EDGE, _EDGE, _EDGE, *tokens.words, _EDGE, _EDGE, _EDGE]
        lower_words, capital_words, cue_bits = _article_facts(tokens)
        phrases = _listed_phrases(tokens, spans)
        sums = []
        for start, end in spans:
            segment_sums = []
            for index, run_start, run_end in _runs(tokens, start, end):
                far3, far, before, word, after, beyond, beyond3 = words[index : index + 7]
                first, last = tokens.words[run_start], tokens.words[run_end - 1]
                size = run_end - run_start
                position = "S" if size == 1 else "B" if index == run_start else "E" if index == run_end - 1 else "M"
                lower = tokens.lowers[index]
                segment_sums.append(
                    word_slot[word] + left[before] + right[after] + left2[far] + right2[beyond] + left3[far3] + right3[beyond3]
                    + faces[before, word, after] + left_pair[before, word] + right_pair[after, word]
                    + run_slot[words[run_start + 2].lower(), first, last, words[run_end + 3].lower(), min(size, 5)]
                    + place[position, first, last]
                    + article[tokens.opens[index], lower in lower_words, lower in capital_words, classes(word)]
                    + heard[cue_bits.get(word, 0)] + phrase[phrases.get(index, "")]
                )
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
        bits = _CUE_WORDS_BEFORE.get(lowers[index - 1], 0) if index else 0
        if index < last:
            bits |= _CUE_WORDS_AFTER.get(lowers[index + 1], 0)
        if bits:
            cue_bits[word] = cue_bits.get(word, 0) | bits
    return lower_words, capital_words, cue_bits


def _listed_phrases(tokens: Tokens, spans: list[tuple[int, int]]) -> dict[int, str]:
    """The words of listed names of two to four words, labelled by place in the name and kind of list."""
    listed = lexicon()
    found: dict[int, str] = {}
    words = tokens.words
    for start, end in spans:
        if end - start < 2:
            continue
        index = start
        while index < end - 1:
            for size in range(min(4, end - index), 1, -1):
                name = " ".join(words[index : index + size])
                known = listed.known.get(name)
                label = (known.rank or known.kind) if known else "p" if f"p:{name.lower()}" in listed.words else ""
                if label:
                    found[index] = "B" + label
                    found.update((inner, "I" + label) for inner in range(index + 1, index + size))
                    index += size - 1
                    break
            index += 1
    return found
