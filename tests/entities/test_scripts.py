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
        ("Thanks to Ann Lee, Bob Roe, Carl Smith, Dana Fox, Eve Stone, Finn Gray, Gus Hill, Hal Moon, Ida Snow, " * 5, None, False),
        ("- [x](https://a.example/b) `code_of` Ann Lee\n" * 30 + "It is with thanks to all that we go on to the rest. " * 2, None, False),
        ("The minister said on Tuesday that it was over and that all of them had left for the sea. " * 2, "hr", False),
        ("Der Minister sagte am Dienstag, dass alles vorbei sei und die anderen nach Hause gehen. " * 3, "en", True),
        ("国务院总理李强", None, True),
        ("国务院总理李强", "en", True),
        ("", None, False),
    ],
)
def test_recognition_is_called_basic_where_it_is(body: str, language: str | None, expected: bool) -> None:
    assert is_basic(article(body, language)) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Gestern hat ein Verlag in Leipzig ein Buch von Maria Schneider gezeigt, und der Zug nach Paris ist am Abend nicht gefahren. "
            "Viele haben gewartet, weil die Bank nichts gesagt hat.",
            {"Leipzig": "place", "Maria Schneider": "person", "Paris": "place"},
        ),
        (
            "La ville de Nantes attend le vaccin depuis une semaine, et le docteur Corinne Aubry dit que tout ira bien. "
            "Les élus de la Chine et des États-Unis sont venus; selon Aubry, ils partiront demain.",
            {"Nantes": "place", "Corinne Aubry": "person", "China": "place", "United States": "place"},
        ),
    ],
)
def test_in_other_languages_lists_bear_names_out(body: str, expected: dict[str, str]) -> None:
    assert {mention.entity: mention.kind for mention in load().find(article(body))} == expected
