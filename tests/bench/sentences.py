"""Made-up news: headlines and bodies whose words and names come as often, and as rarely, as real ones do.

Names are drawn by rank so that the n-th comes about 1/n as often as the first (Zipf). Sentences are put together once and kept;
an article joins some at random and fills in its own cast of people, organisations and places, so that the same few recur in one
article and a famous few in many. That makes an article in some tens of microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from tests.bench import vocabulary as words

T = TypeVar("T")

_PEOPLE = 12_000
_ORGANISATIONS = 5_000
_FAME = 2
_DRAWS = 30_000
"""How many names an urn holds, each as often as it is famous: drawing from it is one multiplication."""
_CLAUSES = 1_000
_SENTENCES = 8_000
"""Kept for each category: clauses, each joined with one ending or another."""
_SHARE_WITH_TAIL = 0.6
_SHARE_ENDING_PARAGRAPH = 0.45
_SHARE_RARE = 0.05
_FLATNESS = 40
"""With lists of several hundred words, leaves the commonest noun in about a fifth of the articles, as in real news."""
_SLOT = re.compile(r"\{(\w+)\}")
_WRONG_ARTICLE = re.compile(r"\ba(?= [aeiou])")
_WORD_LISTS = {
    "noun": words.NOUNS,
    "verb": words.VERBS,
    "present": words.PRESENT_VERBS,
    "adjective": words.ADJECTIVES,
    "adverb": words.ADVERBS,
}

Cast = Mapping[str, str | int]
"""What an article's patterns are filled with: see `vocabulary`."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Patterns ready for a cast. Every sentence ends with its full stop and a blank, or with a paragraph's end."""

    headlines: Sequence[str]
    ledes: Sequence[str]
    """Sentences that name someone, fit to be the first."""
    sentences: Sequence[str]
    words_each: float
    """How many words a sentence has on average; two East Asian characters count as one."""


@dataclass(frozen=True, slots=True)
class Names:
    """Urns of everyone and everything that can be in the news in one language."""

    people: Sequence[tuple[str, str]]
    """Each as full name and surname."""
    organisations: Sequence[str]
    places: Sequence[str]


class Writer:
    """Writes headlines and bodies; the same seed gives the same stock of sentences and names."""

    def __init__(self, seed: int) -> None:
        draw = Random(f"{seed}/words")
        self._names = {"en": _names(draw), **{language: _east_asian_names(draw, language) for language in words.EAST_ASIAN_PEOPLE}}
        self._phrases = {category: _english(draw, category) for category in words.CATEGORY_NOUNS}
        self._foreign = {language: _foreign(draw, language, patterns) for language, patterns in words.PHRASES.items()}

    def phrases(self, language: str, category: str) -> Phrases:
        return self._foreign.get(language) or self._phrases[category]

    def cast(self, draw: Random, language: str) -> Cast:
        """A new article's people, organisations, places and numbers."""
        names = self._names.get(language) or self._names["en"]
        (p1, s1), (p2, s2) = pick(draw, names.people), pick(draw, names.people)
        place = pick(draw, names.places)
        return {
            "p1": p1,
            "s1": s1,
            "p2": p2,
            "s2": s2,
            "o1": pick(draw, names.organisations),
            "o2": pick(draw, names.organisations),
            "l1": place,
            "l2": pick(draw, names.places),
            "n1": 1 + int(5000 ** draw.random()),
            "n2": 1 + int(900 ** draw.random()),
            "x1": _invented(draw),
        }


def body(draw: Random, phrases: Phrases, cast: Cast, length: int) -> str:
    """Paragraphs of about `length` words in all, with no line end after the last."""
    sentences, count, random = phrases.sentences, len(phrases.sentences), draw.random
    chosen = [sentences[int(count * random())] for _ in range(round(length / phrases.words_each) - 1)]
    return (pick(draw, phrases.ledes) + "".join(chosen)).rstrip() % cast


def pick(draw: Random, choices: Sequence[T]) -> T:
    """One of them, each as likely; several times faster than `Random.choice`."""
    return choices[int(len(choices) * draw.random())]


def zipf(draw: Random, choices: Sequence[T], flatness: int = 2) -> T:
    """One of them, the n-th about 1 / (n + `flatness`) as likely as the first (Mandelbrot's form of Zipf's law)."""
    first, last = flatness + 1, flatness + 1 + len(choices)
    return choices[int(first * (last / first) ** draw.random()) - first]


# Names


def _names(draw: Random) -> Names:
    people = [_person(draw) for _ in range(_PEOPLE)]
    organisations = [_organisation(draw) for _ in range(_ORGANISATIONS)]
    return Names(_urn(draw, people), _urn(draw, organisations), _urn(draw, words.PLACES))


def _urn(draw: Random, ranked: Sequence[T]) -> list[T]:
    return draw.choices(ranked, weights=[1 / (rank + _FAME) for rank in range(1, len(ranked) + 1)], k=_DRAWS)


def _person(draw: Random) -> tuple[str, str]:
    surname = pick(draw, words.NAME_PARTICLES) + pick(draw, words.SURNAMES)
    if draw.random() < 0.25:
        surname += "-" + pick(draw, words.SURNAMES)
    return f"{pick(draw, words.OFFICES)}{pick(draw, words.GIVEN_NAMES)} {surname}", surname


def _organisation(draw: Random) -> str:
    def fill(slot: re.Match[str]) -> str:
        return pick(draw, {"place": words.PLACES, "surname": words.SURNAMES, "field": words.ORG_FIELDS}[slot[1]])

    return _SLOT.sub(fill, pick(draw, words.ORG_PATTERNS))


def _east_asian_names(draw: Random, language: str) -> Names:
    surnames, given_names = (names.split() for names in words.EAST_ASIAN_PEOPLE[language])
    people = [(surname + given, surname) for given in given_names for surname in surnames]
    places = words.EAST_ASIAN_PLACES[language]
    return Names(_urn(draw, people), _urn(draw, places), _urn(draw, places))


def _invented(draw: Random) -> str:
    """Three syllables or four: one and a half million names, so that the vocabulary grows as long as the archive does."""
    syllables = words.SYLLABLES
    length = 3 if draw.random() < 0.5 else 4
    return "".join([syllables[int(len(syllables) * draw.random())] for _ in range(length)]).capitalize()


# Phrases


def _english(draw: Random, category: str) -> Phrases:
    def fill(pattern: str) -> str:
        text = _SLOT.sub(lambda slot: _word(draw, slot[1], category), pattern)
        return _sentence_case(_WRONG_ARTICLE.sub("an", text))

    clauses = [fill(pick(draw, words.CLAUSES)) for _ in range(_CLAUSES)]
    tails = [fill(pick(draw, words.TAILS)) for _ in range(_CLAUSES)]
    headlines = [fill(pick(draw, words.HEADLINES)) for _ in range(_CLAUSES)]
    sentences = [_sentence(draw, clauses, tails, ".", " ") for _ in range(_SENTENCES)]
    return Phrases(headlines, _ledes(sentences), sentences, _mean_words(sentences))


def _foreign(draw: Random, language: str, patterns: Mapping[str, tuple[str, ...]]) -> Phrases:
    is_east_asian = language in words.EAST_ASIAN_PEOPLE
    stop, blank = ("。", "") if is_east_asian else (".", " ")
    clauses = [_sentence_case(clause) for clause in patterns["clauses"]]
    sentences = [_sentence(draw, clauses, patterns["tails"], stop, blank) for _ in range(_SENTENCES // 10)]
    return Phrases(patterns["headlines"], _ledes(sentences), sentences, 10.0 if is_east_asian else _mean_words(sentences))


def _sentence(draw: Random, clauses: Sequence[str], tails: Sequence[str], stop: str, blank: str) -> str:
    tail = pick(draw, tails) if draw.random() < _SHARE_WITH_TAIL else ""
    return pick(draw, clauses) + tail + stop + ("\n\n" if draw.random() < _SHARE_ENDING_PARAGRAPH else blank)


def _ledes(sentences: Sequence[str]) -> list[str]:
    return [sentence for sentence in sentences if "%(p1)s" in sentence or "%(o1)s" in sentence]


def _word(draw: Random, slot: str, category: str) -> str:
    if slot == "rare" or (slot in ("noun", "adjective") and draw.random() < _SHARE_RARE):
        return pick(draw, words.RARE_STARTS) + zipf(draw, words.RARE_STEMS) + pick(draw, words.RARE_ENDS)
    if slot in ("topic", "when"):
        return zipf(draw, words.CATEGORY_NOUNS[category] if slot == "topic" else words.WHEN)
    return zipf(draw, _WORD_LISTS[slot], _FLATNESS)


def _sentence_case(text: str) -> str:
    return text[0].upper() + text[1:]


def _mean_words(sentences: Sequence[str]) -> float:
    """Judged by a thousand of them; a slot for a full name or an organisation counts as three words."""
    sample = "".join(sentences[:1000])
    return (len(sample.split()) + 2 * (sample.count("%(p") + sample.count("%(o"))) / min(1000, len(sentences))
