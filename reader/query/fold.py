"""How text is compared and cut into searchable tokens: one rule for the index, the query and the marked hits.

    "The U.S.-China talks, l’Élysée, COVID-19"   the article
    the us china talks l elysee covid 19         its tokens, in order
    covid19                                      added at the end: the joined form of the hyphenated word

- **Folding** takes away case, accents (Latin, Greek, Cyrillic, and the optional points of Hebrew and Arabic), the
  difference between curly and straight quotes, and characters without width. Vowel signs stay: they are letters.
- **Words** are cut at everything that is neither letter nor digit, so a word with `-` `'` `/` or `.` inside is a run of
  neighbouring tokens: each part is found alone, the whole is found as a phrase, and a phrase goes on through it
  (`the covid-19 vaccine` is `the covid 19 vaccine` on both sides). Letters between dots are one word: `U.S.` is `us`.
- **Joined forms** of hyphenated words (`covid19`, `email` for *e-mail*) and of `O'Brien` follow after the last token, each
  behind a `GAP` that no query can contain, so they are found alone and never disturb a phrase.
- **Scripts without spaces**, and Korean with its endings, become overlapping pairs of characters and, where the run ends, its
  last character alone: 中国人 is `中国 国人 人`. A word of two characters or more is the phrase of its own pairs.

Nothing here knows about SQLite but `TOKENIZE`, under which FTS5 cuts `index_text` exactly at its spaces: its `ascii`
tokenizer takes every character beyond ASCII for a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter
from unicodedata import category, normalize

TOKENIZE = "ascii"
"""The `tokenize=` of every FTS5 table that holds `index_text`."""

GAP = "\u241e"
"""Stands before each joined form, so that no phrase runs into one."""

LONGEST_BEGINNING = 2
"""Characters of a word's beginning that the table of beginnings knows."""
IN_HEADLINE, IN_BODY, IN_NAMES = "hbn"
"""What stands before a beginning to say where the word is: in the headline, in description or body, in names and labels."""

_SPACELESS = (
    "\u0e01-\u0e3e\u0e40-\u0e5b"  # Thai
    "\u0e81-\u0edf"  # Lao
    "\u1000-\u1049\u1050-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17d3\u17d7\u17dc-\u17ff"  # Khmer
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff"  # kana, bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\uac00-\ud7a3"  # Hangul
)
_SIGNS = (
    "\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3"  # Syriac, Thaana, N'Ko
    "\u0900-\u0963\u0966-\u0df3"  # the Brahmic blocks of India and Sri Lanka, their dandas left out
    "\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e\u0f3f\u0f71-\u0f84\u0f86-\u0fbc"  # Tibetan
    "\u135d-\u135f\u1712-\u1714\u1732-\u1734\u18a9\u1a17-\u1a1b\u1b00-\u1b44\u1b80-\u1baa\ua980-\ua9c0"
)
"""Vowel signs and other marks that Python's `\\w` leaves out and that belong to words."""

TOKEN = re.compile(f"[{_SPACELESS}]+|(?:[^\\W_{_SPACELESS}]|[{_SIGNS}])+")
"""One word, or one run of a script without spaces, of folded text without the dots of acronyms."""
_IS_SPACELESS = re.compile(f"[{_SPACELESS}]")

_DROPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # accents
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # points of Hebrew
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"  # points of Arabic
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+"  # no width
)
_REPLACEMENTS = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "ʹ": "'", "′": "'", "`": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "−": "-",
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
}  # fmt: skip
"""Quotes, hyphens, and the letters that a keyboard without them spells otherwise, which Unicode leaves whole."""
_ASCII = bytes(range(128))
_first_two = itemgetter(slice(LONGEST_BEGINNING))
# It begins with what is rare in a text, which keeps the search cheap.
ACRONYM_DOT = re.compile(r"\.(?<=(?<![^\W_])[^\W\d_]\.)(?=[^\W\d_](?![^\W_]))")
"""A dot to leave out: `u.s.` → `us.`."""
_JOINABLE = re.compile(r"(?<![\w'.-])(?:[^\W_]+(?:-[^\W_]+){1,2}|o'[^\W\d_]{2,})(?![\w-])")
_ASCII_SEPARATORS = {code: " " for code in range(128) if not chr(code).isalnum()}


def fold(text: str) -> str:
    """`text` as it is compared: without case, accents, curly quotes and characters of no width."""
    if not text.isascii():
        for char in _beyond_ascii(text):
            folded = _folded_alone(char)
            if folded is None:
                return _folded(text)
            text = text.replace(char, folded)
    return text.lower().replace("`", "'")


def _folded(text: str) -> str:
    """`fold` of any text, at ten times what it takes to replace a few characters."""
    bare = _DROPPED.sub("", normalize("NFKD", text).casefold())
    for written, plain in _REPLACEMENTS.items():
        bare = bare.replace(written, plain)
    # Composing again restores Hangul, kana and the vowel signs that are written as one character.
    return normalize("NFC", bare)


@lru_cache(maxsize=4096)
def _folded_alone(char: str) -> str | None:
    """What a character beyond ASCII is folded to whatever stands beside it; None where that counts.

    What becomes ASCII, or is left out, neither composes with a neighbour nor is moved behind one; nor do punctuation and symbols.
    """
    folded = _folded(char)
    return folded if folded.isascii() or (folded == char and category(char)[0] in "PSZ") else None


def _beyond_ascii(text: str) -> set[str]:
    """The characters of `text` that aren't ASCII. Deleting bytes takes a third of the time of looking for them."""
    return set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))


def tokens(text: str) -> list[str]:
    """The tokens of `text` in order, without the joined forms."""
    return _tokens(fold(text))


def joined_forms(text: str) -> list[str]:
    """The hyphenated words of `text`, and names such as O'Brien, each written as one token."""
    return _joined_forms(fold(text))


def index_text(text: str) -> str:
    """What to store in an FTS5 column with `TOKENIZE`: `index_words`, a space between them."""
    return " ".join(index_words(text))


def index_words(text: str) -> list[str]:
    """The tokens, then each joined form behind a `GAP`."""
    folded = fold(text)
    words = _tokens(folded)
    for joined in _joined_forms(folded):
        words += (GAP, joined)
    return words


def beginnings(place: str, words: Iterable[str]) -> Iterator[str]:
    """The first letter, and the first two, of each of `index_words`, behind one of `IN_HEADLINE`, `IN_BODY` and `IN_NAMES`.

    Full text finds a word by its beginning among all words that begin so: few where three letters are known, a tenth of the
    archive where it is one. These are found as fast as a word.
    """
    twos = set(map(_first_two, words))
    twos.discard(GAP)
    return map(place.__add__, twos | {letters[0] for letters in twos})


def joined_in(word: str) -> Iterator[tuple[str, int, int]]:
    """The joined forms in one folded word, each with where it stands in `word`."""
    for match in _JOINABLE.finditer(word):
        joined = match.group().replace("-", "").replace("'", "")
        # A range such as 2019-2020 is no word, and pairs need no help.
        if not joined.isdecimal() and not _IS_SPACELESS.search(joined):
            yield joined, match.start(), match.end()


def pairs(run: str) -> list[str]:
    """The tokens of a run of a script without spaces: `abc` → `ab`, `bc`, `c`."""
    return [run[at : at + 2] for at in range(len(run))]


def is_spaceless(token: str) -> bool:
    """Whether `token` is a pair, or the last character, of a script that is cut into pairs."""
    return _IS_SPACELESS.match(token) is not None


def _tokens(folded: str) -> list[str]:
    if not folded.isascii():
        beyond = _beyond_ascii(folded)
        if not any(map(TOKEN.match, beyond)):
            for char in beyond:
                folded = folded.replace(char, " ")
    if folded.isascii():
        return _without_dots(folded).translate(_ASCII_SEPARATORS).split()
    found: list[str] = TOKEN.findall(_without_dots(folded))
    if _IS_SPACELESS.search(folded) is None:
        return found
    return [token for run in found for token in (pairs(run) if is_spaceless(run) else [run])]


def _without_dots(folded: str) -> str:
    """`folded` with the dots inside acronyms taken out: `u.s.` → `us.`."""
    return ACRONYM_DOT.sub("", folded)


def _joined_forms(folded: str) -> list[str]:
    # Most lines of a text have nothing to join, and needn't be cut into words.
    lines = (line for line in folded.split("\n") if "-" in line or "o'" in line)
    return [joined for line in lines for word in line.split() if "-" in word or "o'" in word for joined, _, _ in joined_in(word)]
