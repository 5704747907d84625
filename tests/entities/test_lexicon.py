"""The lists: how names are compared, what else a name is called, what the shipped files hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reader.entities
from reader.entities.cues import DEMONYMS
from reader.entities.lexicon import country_of, lexicon, normalise, synonyms
from reader.entities.word_lists import WordLists, packed_lists
from reader.model import KINDS

DATA = Path(reader.entities.__file__).parent / "data"


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("The  U.S.’s", "us"),
        ("J. K. Rowling", "j k rowling"),
        ("A. Smith", "a smith"),
        ("The White House", "white house"),
        ("“Myanmar's”", "myanmar"),
        ("the States'", "states"),
        ("**Min** Aung\nHlaing", "min aung hlaing"),
        ("Ｔｏｙｏｔａ", "toyota"),
        ("Al - Qaeda", "al-qaeda"),
        ("Türkiye", "türkiye"),
        ("中国", "中国"),
        ("A", "a"),
        ("...", ""),
    ],
)
def test_spellings_share_a_key(spelling: str, key: str) -> None:
    assert normalise(spelling) == key


@given(st.text(max_size=30))
def test_normalising_never_raises_and_leaves_no_edges(name: str) -> None:
    assert normalise(name) == normalise(name).strip()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("US", "United States"),
        ("U.S.", "United States"),
        ("america", "United States"),
        ("Burma", "Myanmar"),
        ("缅甸", "Myanmar"),
        ("พม่า", "Myanmar"),
        ("မြန်မာ", "Myanmar"),
        ("Chinese", "China"),
        ("Thais", "Thailand"),
        ("Britain", "United Kingdom"),
        ("Türkiye", "Turkey"),
        ("DPRK", "North Korea"),
        ("Peking", "Beijing"),
        ("北京", "Beijing"),
        ("Rangoon", "Yangon"),
        ("Kiev", "Kyiv"),
        ("WHO", "World Health Organization"),
        ("習近平", "Xi Jinping"),
        ("Россия", "Russia"),
    ],
)
def test_a_name_is_found_by_its_other_names(asked: str, expected: str) -> None:
    assert expected in synonyms(asked)
    assert asked.casefold() in {name.casefold() for name in synonyms(expected)} or country_of(asked)


def test_a_name_that_is_not_listed_has_no_synonyms() -> None:
    assert synonyms("Nobody Atall") == frozenset()
    assert synonyms("") == frozenset()


def test_every_demonym_leads_to_a_listed_country() -> None:
    unknown = {country for country in DEMONYMS.values() if not synonyms(country)}
    assert unknown == set()


def test_every_listed_name_has_a_kind_and_is_no_plain_word() -> None:
    for spelling, known in lexicon().known.items():
        assert known.kind in KINDS
        assert spelling.strip() == spelling != ""


def test_the_shipped_data_is_small() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) <= 600 * 1024


def test_words_are_told_the_lists_they_are_on_and_strangers_hardly_any() -> None:
    members = {f"word{number}": ("c", "f", "l", "p", "cf", "lp", "cflp")[number % 7] for number in range(5000)}
    packed = packed_lists(members)
    words = WordLists(packed)
    assert all(set(letters) <= set(words.of(word)) for word, letters in members.items())
    assert sum(words.of(word) == letters for word, letters in members.items()) > 4900
    assert sum(words.of(f"other{number}") != "" for number in range(5000)) < 150
    assert packed_lists(dict(sorted(members.items(), reverse=True))) == packed


def test_no_words_are_no_lists() -> None:
    assert WordLists(packed_lists({})).of("word") == ""
