"""The clues of each word that may be part of a name, added up.

`Summing` is told what clues are worth: the tagger's are packed sums of weights, the training script's tuples of the clues' codes. Both
are joined with `+`, so that the two see the same clues by construction. What depends on one word alone is summed once and kept;
what depends on two is looked up by the codes of both, joined by `^`, so that nothing has to be kept for pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from reader.entities.features import affixes, code, face, face_clues, opening_of
from reader.entities.memory import Memory
from reader.entities.tokens import Tokens

_STATES = [code(f"A={state}") for state in range(8)]
"""By whether a sentence opens with the word, it is seen in lower case, it is seen capitalised within a sentence."""
_LONGEST_RUN: Final = 5
_PLACES = [[code(f"P={place}{size}") for size in range(_LONGEST_RUN + 1)] for place in "BME"]
"""First, midst or last of a run of capitals; each by itself and with the length of the run."""
_EDGE = "⊢"
_REMEMBERED = 20_000
_REMEMBERED_ENDS = 10_000
"""Words at the ends of runs of capitals and beside them: there are fewer, and most are names, new in every article."""


class _Word:
    """What a word says of the words beside it and of itself, and the codes by which two of them are looked up.

    Each part is found when it is first asked: many words are only ever on one side of others. Several threads may ask for one: of a
    part, what tells that it is found (`left`, `right`, `own`) is set last.
    """

    __slots__ = ("left", "left_shown", "lower", "own", "right", "right_shown", "right_word", "seen", "shown", "states")

    def __init__(self, word: str) -> None:
        self.seen, self.lower = face(word), word.lower()
        self.left: Any = None
        self.right: Any = None
        self.own: Any = None
        self.shown = self.left_shown = self.right_shown = self.right_word = 0
        self.states: list[Any] = []
        """By state: what a word of such a face says in it."""


class Summing:
    """Adds up the clues of the words of a text."""

    def __init__(self, worth: Callable[[list[int]], Any], worth_of_one: Callable[[int, Any], Any], nothing: Any) -> None:
        self._worth, self._one, self._nothing = worth, worth_of_one, nothing
        self._own, self._left, self._right = map(self._sayer, ("", "l", "r"))
        self._word = Memory(_Word, _REMEMBERED).__getitem__
        self._first, self._last, self._before, self._after = map(self._kept, "ftba")
        self._states_of = Memory(self._find_states, _REMEMBERED).__getitem__
        self._places = [[worth([place[0], sized]) for sized in place] for place in _PLACES]

    def _kept(self, place: str) -> Callable[[str], tuple[Any, int, int]]:
        """By a word, what one of its kind says in some place."""

        def of_word(word: str) -> tuple[Any, int, int]:
            return says(face(word), word.lower())

        says = self._sayer(place)
        return Memory(of_word, _REMEMBERED_ENDS).__getitem__

    def _sayer(self, place: str) -> Callable[[str, str], tuple[Any, int, int]]:
        """By face and small letters of a word in some place: the worth of what both say, the code of its face there, and its own."""

        def of_face(shown: str) -> tuple[Any, int]:
            return self._worth([code(clue) for clue in face_clues(place, shown)]), code(f"{place}f={shown}")

        def says(shown: str, lower: str) -> tuple[Any, int, int]:
            by_face, shown_code = faces(shown)
            word_code = code(lower, opening)
            by_word = one(word_code, nothing)
            # Of most words nothing was ever learned: what their face says is then one object for all of them.
            return by_face + by_word if by_word else by_face, shown_code, word_code

        one, nothing, opening = self._one, self._nothing, opening_of(f"{place}=")
        faces = Memory(of_face, _REMEMBERED).__getitem__
        return says

    def _find_left(self, word: _Word) -> None:
        left, word.left_shown, _ = self._left(word.seen, word.lower)
        word.left = left

    def _find_right(self, word: _Word) -> None:
        right, word.right_shown, word.right_word = self._right(word.seen, word.lower)
        word.right = right

    def _find_own(self, word: _Word) -> None:
        by_itself, word.shown, _ = self._own(word.seen, word.lower)
        word.states = self._states_of(word.shown)
        word.own = by_itself + self._worth(affixes(word.lower))

    def _find_states(self, shown: int) -> list[Any]:
        return [self._worth([state]) + self._one(state ^ shown, self._nothing) for state in _STATES]

    def of(self, tokens: Tokens, spans: list[tuple[int, int]]) -> list[Any]:
        """A sum for each word of the stretches `spans`, in order."""
        word_of, one, nothing = self._word, self._one, self._nothing
        words, lowers, opens = [_EDGE, *tokens.words, _EDGE], tokens.lowers, tokens.opens
        seen_lower, seen_capital = set(tokens.words), _capital_words(tokens)
        sums: list[Any] = []
        for start, end in spans:
            before = len(sums)
            left, word = word_of(words[start]), word_of(words[start + 1])
            for index in range(start, end):
                right = word_of(words[index + 2])
                if word.own is None:
                    self._find_own(word)
                if left.left is None:
                    self._find_left(left)
                if right.right is None:
                    self._find_right(right)
                lower, shown = lowers[index], word.shown
                sums.append(
                    word.own
                    + word.states[(4 if opens[index] else 0) + (2 if lower in seen_lower else 0) + (lower in seen_capital)]
                    + left.left
                    + right.right
                    + one(left.left_shown ^ shown, nothing)
                    + one(shown ^ right.right_shown, nothing)
                    + one(shown ^ right.right_word, nothing)
                )
                left, word = word, right
            if end - start > 1:
                self._add_runs(sums, before - start, words, tokens, start, end)
        return sums

    def _add_runs(self, sums: list[Any], shift: int, words: list[str], tokens: Tokens, start: int, end: int) -> None:
        """Adds what the unbroken runs of capitalised words in a stretch say.

        The sum of the word `index` is at `index + shift`; `words` have an edge before the first.
        """
        one, nothing = self._one, self._nothing
        for run_start, run_end in _runs(tokens, start, end):
            by_first, first_shown, _ = self._first(words[run_start + 1])
            by_last, last_shown, _ = self._last(words[run_end])
            around = by_first + by_last + self._before(words[run_start])[0] + self._after(words[run_end + 1])[0]
            around += one(first_shown ^ last_shown, nothing)
            size = min(run_end - run_start, _LONGEST_RUN)
            for index in range(run_start, run_end):
                place = 0 if index == run_start else 2 if index == run_end - 1 else 1
                sums[index + shift] += around + self._places[place][size] + one(_PLACES[place][0] ^ first_shown, nothing)


def _capital_words(tokens: Tokens) -> set[str]:
    """What is seen capitalised within a sentence of prose, in small letters."""
    return {tokens.lowers[index] for index in tokens.capitals if not tokens.opens[index] and index not in tokens.zones}


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
