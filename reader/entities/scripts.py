"""Names in scripts other than Latin, by list alone: countries, capitals, large towns, well-known people and bodies.

The tagger learned English and never reads these. A list finds only what it holds, so recognition here is basic, and
`is_basic` lets the screen say so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from reader.entities.cues import ORG_HEADS, SENTENCE_OPENERS, words_of
from reader.entities.features import classes
from reader.entities.lexicon import lexicon
from reader.model import Article, Kind

_FOREIGN = (
    "\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\u0e00-\u0e7f\u0e80-\u0eff"
    "\u1000-\u109f\u10a0-\u10ff\u1100-\u11ff\u1200-\u137f\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
_LATIN_LETTERS = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]+")
_LATIN_RUN = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’.-]*(?:[ ](?:(?:of|the|de|al|bin|van|von|and) )?[A-ZÀ-ÖØ-Þ][\w'’.-]*)*", re.ASCII)
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")
_SYLLABIC = re.compile("[\u0e00-\u0eff\u1780-\u17ff]")
_SHORTEST_SYLLABIC = 5
"""Thai, Lao and Khmer write no spaces, and shorter names turn up within words."""
_TELLING = 4000
"""Characters of a body that tell its language."""
_SURELY = 8
"""So often no other language has an English word."""
_FEW = 20
"""Small words, below which they tell nothing."""
_SHARE = 0.12
"""Of the small words of English text at least a fifth are of these, of other languages hardly one in twelve."""
_MARKS = ".,;:!?()\"“”‘’*_"
_ENGLISH = words_of("the of and to in a is that for on was with as by it at from his are be this have an were said has")


@cache
def _one_of(characters: str) -> re.Pattern[str]:
    """A run of characters of these ranges: compiled when it is first met, for classes this wide take milliseconds."""
    return re.compile(f"[{characters}]+")


def has_foreign(text: str) -> bool:
    """Is any of the text in another script than Latin?"""
    return not text.isascii() and _one_of(_FOREIGN).search(text) is not None


def is_foreign(text: str) -> bool:
    """Is the text mostly in another script than Latin?"""
    if text.isascii():
        return False
    foreign = sum(map(len, _one_of(_FOREIGN).findall(text)))
    return foreign > 0 and foreign * 2 > sum(map(len, _LATIN_LETTERS.findall(text)))


def is_basic(article: Article) -> bool:
    """Is recognition in this article only basic: another script than Latin, or another language than English?"""
    return is_foreign(article.body or article.headline) or not is_english(article)


def is_english(article: Article) -> bool:
    """Is the text English, as far as its small words tell? What the article says of itself counts where they are too few."""
    if article.body.count(" the ", 0, _TELLING) >= _SURELY:
        return True
    words = [word.strip(_MARKS) for word in article.body[:_TELLING].split()]
    small = [word for word in words if word.islower() and word.isalpha()]
    if len(small) >= _FEW:
        return sum(word in _ENGLISH for word in small) >= _SHARE * len(small)
    return not article.language or article.language.lower().replace("_", "-").split("-")[0] in ("en", "eng", "english")


def find(text: str) -> list[tuple[int, int, Kind]]:
    """The listed names of a text in other scripts, in order, longest first where two begin together."""
    found: list[tuple[int, int, Kind]] = []
    end = 0
    names_of = _by_opening().get
    for run in _one_of(_FOREIGN).finditer(text):
        for start in range(run.start(), run.end()):
            if start < end:
                continue
            for name, kind in names_of(text[start : start + 2], ()):
                if text.startswith(name, start) and _stands_alone(text, start, start + len(name)):
                    end = start + len(name)
                    found.append((start, end, kind))
                    break
    return found


def find_latin(text: str) -> list[tuple[int, int, Kind]]:
    """The Latin names within a text of another script: its runs of capitalised words, each of the kind its words tell."""
    found: list[tuple[int, int, Kind]] = []
    for match in _LATIN_RUN.finditer(text):
        name = match[0].rstrip(".'’-")
        if len(name) > 1 and name.lower() not in SENTENCE_OPENERS:
            found.append((match.start(), match.start() + len(name), _latin_kind(name)))
    return found


def _latin_kind(name: str) -> Kind:
    known = lexicon().known.get(name)
    if known is not None:
        return known.kind
    words = name.split()
    if words[-1].lower() in ORG_HEADS or (len(words) == 1 and name.isupper()):
        return "org"
    if len(words) > 1 and "f" in classes(words[0]):
        return "person"
    return "place" if "p" in lexicon().words.of(name.lower()) else "other"


@cache
def _by_opening() -> dict[str, list[tuple[str, Kind]]]:
    """The listed names by their first two characters, the longest first."""
    openings: dict[str, list[tuple[str, Kind]]] = {}
    starts_foreign, starts_syllabic = _one_of(_FOREIGN).match, _SYLLABIC.match
    for name, known in lexicon().known.items():
        if not name.isascii() and len(name) > 1 and starts_foreign(name) and (len(name) >= _SHORTEST_SYLLABIC or not starts_syllabic(name)):
            openings.setdefault(name[:2], []).append((name, known.kind))
    for names in openings.values():
        if len(names) > 1:
            names.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    return openings


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Does nothing before or after make the name part of a longer word, as far as its script shows that?"""
    before, after = text[start - 1 : start], text[end : end + 1]
    if _KATAKANA.match(text[start]):
        return not (_KATAKANA.match(before) or _KATAKANA.match(after))
    if _one_of(_UNSPACED).match(text[start]):
        return not (after and unicodedata.category(after) in ("Mn", "Mc"))
    if "\uac00" <= text[start] <= "\ud7af":
        return not before.isalpha()
    return not (before.isalpha() or after.isalpha() or (after and unicodedata.category(after) in ("Mn", "Mc")))
