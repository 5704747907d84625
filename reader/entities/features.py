"""What can be said of a word, for the tagger to weigh: its form, the lists it is on, and the clues these give it and its neighbours.

A clue is a short text, and is stored by its `code`. Codes of two clues joined by `^` are the code of both at once.
"""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from zlib import crc32

from reader.entities import cues
from reader.entities.lexicon import lexicon

_CACHE_LIMIT = 20_000
_CODE_MASK = 0xFFFFFF


def code(clue: str, opening: int = 0) -> int:
    """24 bits by which a clue is stored; one in some hundreds of unseen clues meets a stranger's weights.

    With the `opening_of` what a clue begins with, only the rest of it need be given.
    """
    return crc32(clue.encode(), opening) & _CODE_MASK


def opening_of(clues: str) -> int:
    """What clues that begin alike have in common."""
    return crc32(clues.encode())


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
    ("n", frozenset(cues.DEMONYMS).union(f"{demonym}s" for demonym in cues.DEMONYMS)),
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
    found = _FLAGS_OF.get(lower, "")
    if not word[0].isalpha():
        return found
    lists = lexicon()
    known = lists.known.get(word)
    if known is not None and known.also is not None and known.name == word:
        return f"{found}{known.also}{known.rank}"
    if word == lower:
        found += "c"
    else:
        listed = lists.words.of(lower)
        if lower[-1] == "s" and "c" not in listed and "c" in lists.words.of(lower[:-1]):
            found += "c"
        found += listed
    if known is not None:
        found += known.rank or f"{known.kind[0].upper()}*"
    return found


def face(word: str) -> str:
    """What a word shows its neighbours: its lists and its shape. Few are different, and each of these is one object."""
    return intern(f"{classes(word)}/{shape(word)}")


def face_clues(place: str, shown: str) -> list[str]:
    """What the face of a word in some place says."""
    listed, _, form = shown.partition("/")
    return [f"{place}s={form}", f"{place}c={listed}", f"{place}f={shown}", *(f"{place}c:{letter}" for letter in listed)]


_BEGINS, _ENDS = opening_of("p="), opening_of("e=")


def affixes(lower: str) -> list[int]:
    """The codes of what the beginning and the end of a word say."""
    found = []
    if len(lower) > 3:
        found += [code(lower[:3], _BEGINS), code(lower[-3:], _ENDS)]
    if len(lower) > 4:
        found += [code(lower[:4], _BEGINS), code(lower[-4:], _ENDS)]
    return found
