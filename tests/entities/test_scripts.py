"""Names in other scripts: by list, never by the English model; and what is said of how well that works."""

from __future__ import annotations

import pytest

from reader.entities.mentions import is_basic, load
from reader.model import Article


def article(body: str, language: str | None = None) -> Article:
    return Article("a.md", "…", body, "markdown", language=language)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "中国国务院总理李强在昆明会见缅甸领导人敏昂莱。美国总统Joe Biden表示，东盟将在曼谷开会。",
            ["China", "Li Qiang", "Kunming", "Myanmar", "Min Aung Hlaing", "United States", "Joe Biden", "ASEAN", "Bangkok"],
        ),
        ("แพทองธาร ชินวัตร เดินทางไปพบ สี จิ้นผิง ที่กรุงปักกิ่ง", ["Paetongtarn Shinawatra", "Xi Jinping", "Beijing"]),
        ("ဗိုလ်ချုပ်မှူးကြီး မင်းအောင်လှိုင်သည် ရန်ကုန်သို့ သွားသည်။", ["Min Aung Hlaing", "Yangon"]),
        ("Президент Владимир Путин прибыл в Пекин.", ["Vladimir Putin", "Beijing"]),
        ("الرئيس الصيني شي جين بينغ يزور روسيا", ["Xi Jinping", "Russia"]),
        ("インド首相モディはインドネシアを訪問した。", ["India", "Narendra Modi", "Indonesia"]),
        ("윤석열 대통령은 미국을 방문했다.", ["Yoon Suk Yeol", "United States"]),
        ("Индийский океан и Мальта.", ["Malta"]),
        ("マリアさんは元気です。", []),
        ("ไทยรัฐรายงานข่าว", []),
    ],
)
def test_listed_names_are_found(body: str, expected: list[str]) -> None:
    assert [mention.entity for mention in load().find(article(body))] == expected


def test_a_foreign_name_within_english_is_found_too() -> None:
    body = "The general, known at home as မင်းအောင်လှိုင်, flew to China on Tuesday with his staff."
    assert {mention.entity for mention in load().find(article(body))} == {"Min Aung Hlaing", "China"}


@pytest.mark.parametrize(
    ("body", "language", "expected"),
    [
        ("The minister said on Tuesday that it was over. " * 5, None, False),
        ("The minister said on Tuesday.", "en-GB", False),
        ("Le ministre a dit mardi que tout était fini pour les élus. " * 5, None, True),
        ("Der Minister sagte.", "de", True),
        ("国务院总理李强", None, True),
        ("国务院总理李强", "en", True),
        ("", None, False),
    ],
)
def test_recognition_is_called_basic_where_it_is(body: str, language: str | None, expected: bool) -> None:
    assert is_basic(article(body, language)) is expected
