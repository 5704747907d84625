"""The two articles of ../shared/seeds, read where they are: every person and body right, typed and joined."""

from __future__ import annotations

import pytest

from reader.entities.cues import words_of
from reader.entities.mentions import load
from reader.intake.parse import parse
from reader.model import Article
from tests.shared import SHARED

SEEDS = SHARED / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the sample articles are not beside this checkout")

EXPECTED = {
    "000_a29b0e7298bb679e.txt": {
        ("Min Aung Hlaing", "person"): {"Min Aung Hlaing"},
        ("Aung San Suu Kyi", "person"): {"Aung San Suu Kyi"},
        ("Vladimir Putin", "person"): {"Vladimir Putin"},
        ("MRTV", "org"): {"MRTV"},
        ("National League for Democracy", "org"): {"National League for Democracy"},
        ("Greater Mekong Subregion", "org"): {"Greater Mekong Subregion", "GMS"},
        ("Ministry of Foreign Affairs (China)", "org"): {"Ministry of Foreign Affairs"},
    },
    "002_861cc380af745f43.txt": {
        ("Li Qiang", "person"): {"Li Qiang", "Li"},
        ("Min Aung Hlaing", "person"): {"Min Aung Hlaing"},
        ("Aung San Suu Kyi", "person"): {"Aung San Suu Kyi"},
        ("Joe Biden", "person"): {"Joe Biden"},
        ("Bamar People's Liberation Army", "org"): {"Bamar People's Liberation Army", "BPLA"},
        ("Karen National Liberation Army", "org"): {"Karen National Liberation Army", "KNLA"},
        ("Xinhua News Agency", "org"): {"Xinhua News Agency"},
        ("State Administration Council", "org"): {"State Administration Council"},
    },
}
PLACES = {
    "000_a29b0e7298bb679e.txt": words_of("Myanmar China Naypyidaw Beijing Russia Kunming Thailand Laos Vietnam Cambodia"),
    "002_861cc380af745f43.txt": words_of("Myanmar Yangon Beijing China Kunming Mandalay Bangladesh") | {"Karen State", "United States"},
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_article_names_these_under_one_name_each(name: str) -> None:
    article = parse((SEEDS / name).read_bytes(), name)
    assert isinstance(article, Article)
    spelled: dict[tuple[str, str], set[str]] = {}
    for mention in load().find(article):
        spelled.setdefault((mention.entity, mention.kind), set()).add(mention.text)
    assert {entity: texts for entity, texts in spelled.items() if entity[1] != "place"} == EXPECTED[name]
    assert {entity for entity, kind in spelled if kind == "place"} == PLACES[name]
