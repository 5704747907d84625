"""The clues of each word that may be part of a name, added up.

`Summing` is told what clues are worth: the tagger's are packed sums of weights, the training script's tuples of the clues' codes. Both
are joined with `+`, so that the two see the same clues by construction. What depends on one word alone is summed once and kept;
what depends on two is looked up by the codes of both, joined by `^`, so that nothing has to be kept for pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from reader.entities.features import affixes, code, face, face_clues
from reader.entities.memory import Memory
from reader.entities.tokens import Tokens

_CUES_BEFORE = "in at from near of mr mrs president minister said by with between across to and general former group company"
_CUES_AFTER = "said says told 's ’s has is was ( , who which and - province state city region government party police officials"
_HEARD_BEFORE = {word: 1 << bit for bit, word in enumerate(_CUES_BEFORE.split(" "))}
_HEARD_AFTER = {word: 1 << (bit + 32) for bit, word in enumerate(_CUES_AFTER.split(" "))}
_HEARD = [code(f"h={bit}") for bit in range(64)]
_STATES = [code(f"A={state}") for state in range(8)]
"""By whether a sentence opens with the word, it is seen in lower case, it is seen capitalised within a sentence."""
_LONGEST_RUN: Final = 5
_PLACES = [[code(f"P={place}{size}") for size in range(_LONGEST_RUN + 1)] for place in "BME"]
"""First, midst or last of a run of capitals; each by itself and with the length of the run."""
_EDGE = "⊢"
_REMEMBERED = 20_000


class Summing:
    """Adds up the clues of the words of a text."""

    def __init__(self, worth: Callable[[list[int]], Any], worth_of_one: Callable[[int, Any], Any], nothing: Any) -> None:
        self._worth, self._one, self._nothing = worth, worth_of_one, nothing
        self._own = self._kept("", affixes)
        self._left, self._right = self._kept("l"), self._kept("r")
        self._before, self._first, self._last, self._after = map(self._kept, "bfta")
        self._states = [worth([state]) for state in _STATES]
        self._heard = Memory(self._find_heard, _REMEMBERED).__getitem__
        self._places = [[worth([place[0], sized]) for sized in place] for place in _PLACES]

    def _kept(self, place: str, more: Callable[[str], list[str]] | None = None) -> Callable[[str], tuple[Any, int, int]]:
        """By a word that stands in some place: the worth of all it says, the code of its face there, its own code there."""

        def of_face(shown: str) -> tuple[Any, int]:
            return self._worth([code(clue) for clue in face_clues(place, shown)]), code(f"{place}f={shown}")

        def of_word(word: str) -> tuple[Any, int, int]:
            by_face, shown = faces[face(word)]
            word_code = code(f"{place}={word.lower()}")
            codes = [word_code, *map(code, more(word))] if more else [word_code]
            return by_face + self._worth(codes), shown, word_code

        faces = Memory(of_face, _REMEMBERED)
        return Memory(of_word, _REMEMBERED).__getitem__

    def of(self, tokens: Tokens, spans: list[tuple[int, int]]) -> list[list[Any]]:
        """For each stretch of words one sum a word."""
        own, left, right, one, nothing, states = self._own, self._left, self._right, self._one, self._nothing, self._states
        words, lowers, opens = [_EDGE, *tokens.words, _EDGE], tokens.lowers, tokens.opens
        seen_lower, seen_capital, heard = self._article_facts(tokens)
        sums = []
        for start, end in spans:
            stretch = []
            word = words[start + 1]
            by_left, left_shown, left_word = left(words[start])
            for index in range(start, end):
                after = words[index + 2]
                by_right, right_shown, right_word = right(after)
                total, shown, _ = own(word)
                lower = lowers[index]
                state = (4 if opens[index] else 0) + (2 if lower in seen_lower else 0) + (lower in seen_capital)
                total += (
                    by_left
                    + by_right
                    + states[state]
                    + one(_STATES[state] ^ shown, nothing)
                    + one(left_shown ^ shown, nothing)
                    + one(shown ^ right_shown, nothing)
                    + one(left_word ^ shown, nothing)
                    + one(shown ^ right_word, nothing)
                )
                if word in heard:
                    total += heard[word]
                stretch.append(total)
                by_left, left_shown, left_word = left(word)
                word = after
            if end - start > 1:
                self._add_runs(stretch, words, tokens, start, end)
            sums.append(stretch)
        return sums

    def _add_runs(self, sums: list[Any], words: list[str], tokens: Tokens, start: int, end: int) -> None:
        """Adds what the unbroken runs of capitalised words in a stretch say; `words` have an edge before the first."""
        one, nothing = self._one, self._nothing
        for run_start, run_end in _runs(tokens, start, end):
            by_first, first_shown, _ = self._first(words[run_start + 1])
            by_last, last_shown, last_word = self._last(words[run_end])
            around = by_first + by_last + self._before(words[run_start])[0] + self._after(words[run_end + 1])[0]
            around += one(first_shown ^ last_shown, nothing)
            size = min(run_end - run_start, _LONGEST_RUN)
            for index in range(run_start, run_end):
                place = 0 if index == run_start else 2 if index == run_end - 1 else 1
                placed = _PLACES[place][0]
                sums[index - start] += (
                    around
                    + self._places[place][size]
                    + one(placed ^ first_shown, nothing)
                    + one(placed ^ last_shown, nothing)
                    + one(placed ^ last_word, nothing)
                )

    def _article_facts(self, tokens: Tokens) -> tuple[set[str], set[str], dict[str, Any]]:
        """Words seen in lower case; words seen capitalised within a sentence; by capitalised word what stood beside it anywhere."""
        words, lowers, opens, zones, seen = tokens.words, tokens.lowers, tokens.opens, tokens.zones, tokens.seen
        capital_words: set[str] = set()
        heard: dict[str, int] = {}
        heard_before, heard_after = _HEARD_BEFORE.get, _HEARD_AFTER.get
        before, after = ["", *lowers], [*lowers[1:], ""]
        for index in tokens.capitals:
            if not opens[index] and index not in zones:
                capital_words.add(lowers[index])
            bits = heard_before(before[index], 0) | heard_after(after[index], 0)
            if bits:
                word = words[index]
                heard[word] = heard.get(word, 0) | bits
        distinct = {lowers[index] for index in tokens.capitals}
        lower_words = {lower for lower in distinct if lower in seen or f"{lower}," in seen or f"{lower}." in seen}
        return lower_words, capital_words, {word: self._heard(bits) for word, bits in heard.items()}

    def _find_heard(self, bits: int) -> Any:
        total = self._nothing
        while bits:
            lowest = bits & -bits
            total += self._one(_HEARD[lowest.bit_length() - 1], self._nothing)
            bits ^= lowest
        return total


def _runs(tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The unbroken runs of two and more capitalised words in a stretch."""
    words, lowers = tokens.words, tokens.lowers
    index = start
    while index < end:
        stop = index
        while stop < end and words[stop] != lowers[stop]:
            stop += 1
        if stop > index + 1:
            yield index, stop
        index = stop + 1
