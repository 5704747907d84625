"""What counts as the same word: folding, tokens, and what full-text search finds by them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.query.fold import GAP, TOKENIZE, fold, index_text, joined_forms, tokens
from reader.query.phrases import hits, match_expr, says, sought


class Searcher:
    """A full-text table of one article, in two columns."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute(f"CREATE VIRTUAL TABLE search USING fts5 (headline, body, tokenize=\"{TOKENIZE}\")")

    def finds(self, text: str, query: str, *, is_prefix: bool = False, columns: tuple[str, ...] = ()) -> bool:
        self.connection.execute("DELETE FROM search")
        self.connection.execute("INSERT INTO search VALUES ('', ?)", (index_text(text),))
        expression = match_expr(sought(query, is_prefix=is_prefix), columns)
        return self.connection.execute("SELECT 1 FROM search WHERE search MATCH ?", (expression,)).fetchone() is not None


@pytest.fixture(scope="module")
def searcher() -> Iterator[Searcher]:
    made = Searcher()
    yield made
    made.connection.close()


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Élysée", "elysee"),
        ("MÜNCHEN", "munchen"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("ısı", "isi"),
        ("œuvre", "OEUVRE"),
        ("Ærø", "aero"),
        ("Αθήνα", "αθηνα"),
        ("ΟΔΟΣ", "οδος"),
        ("Ёлка", "елка"),
        ("Їжак", "іжак"),
        ("Đà Nẵng", "da nang"),
        ("O’Brien", "o'brien"),
        ("“no”", '"no"'),
        ("ﬁnance", "finance"),
        ("Ｎａｔｏ", "nato"),
        ("co\u00adopera\u200btion", "cooperation"),
        ("a\u00a0b", "a b"),
        ("e\u0301te\u0301", "été"),
        ("مُحَمَّد", "محمد"),
        ("שָׁלוֹם", "שלום"),
        ("أحمد", "احمد"),
        ("か\u3099", "が"),
        ("ｶﾞ", "ガ"),
        ("각", "\u1100\u1161\u11a8"),
    ],
)
def test_spellings_of_one_word_fold_alike(written: str, same: str) -> None:
    assert fold(written) == fold(same)


@given(st.text(st.sampled_from("aB`'-’‘“”\u00a0…–—. é中"), max_size=12))
def test_usual_punctuation_folds_the_same_in_any_company(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))
    assert tokens(text) == tokens(f"{text} 中")[:-1]


@pytest.mark.parametrize(("one", "other"), [("が", "か"), ("ကို", "ကိ"), ("ที่", "ที"), ("कि", "क"), ("கா", "க"), ("각", "가")])
def test_vowel_signs_are_letters(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@settings(max_examples=300)
@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("The U.S. army, e.g. in D.C.", "the us army eg in dc"),
        ("COVID-19", "covid 19"),
        ("O'Brien’s", "o brien s"),
        ("l’Élysée", "l elysee"),
        ("AFP/Reuters", "afp reuters"),
        ("end.Next 3.5% bangkokpost.com", "end next 3 5 bangkokpost com"),
        ("J.K. Rowling and J.R.R.T.", "jk rowling and jrrt"),
        ("snake_case *bold*", "snake case bold"),
        ("हिन्दी में समाचार।", "हिन्दी में समाचार"),
        ("தமிழ் செய்தி", "தமிழ் செய்தி"),
        ("中国人", "中国 国人 人"),
        ("新型iPhone发布", "新型 型 iphone 发布 布"),
        ("人", "人"),
        ("\ud800a", "a"),
        ("🔥 —", ""),
    ],
)
def test_text_is_cut_into_tokens(text: str, cut: str) -> None:
    assert tokens(text) == cut.split()


def test_joined_forms_stand_behind_gaps() -> None:
    assert index_text("An e-mail by O’Brien, aged 12-13, U.S.-born") == f"an e mail by o brien aged 12 13 us born {GAP} email {GAP} obrien"
    assert joined_forms("中国-日本 state-of-the-art e-mail") == ["email"]


FINDS = [
    # hyphens, apostrophes, dots, slashes
    ("The COVID-19 vaccine", "covid-19"),
    ("The COVID-19 vaccine", "covid"),
    ("The COVID-19 vaccine", "covid19"),
    ("The COVID-19 vaccine", "the covid-19 vaccine"),
    ("The COVID-19 vaccine", "covid 19 vaccine"),
    ("The COVID-19 vaccine", "19 vaccine"),
    ("an email", "e-mail"),
    ("an e-mail", "email"),
    ("The U.S. said", "U.S."),
    ("The U.S. said", "US"),
    ("The US said", "U.S."),
    ("The U.S. said", "the us said"),
    ("Pat O’Brien's plan", "O'Brien"),
    ("Pat O’Brien's plan", "OBrien"),
    ("Pat O'Brien", "brien"),
    ("Biden's plan", "biden"),
    ("Biden’s plan", "biden's plan"),
    ("à l’Élysée hier", "elysee"),
    ("AFP/Reuters", "reuters"),
    ("AFP/Reuters", "AFP/Reuters"),
    ("GRÈVE GÉNÉRALE", "greve generale"),
    ("a 1,000 people", "1,000"),
    # scripts without spaces: words of two characters and more, inside running text
    ("国务院总理李强在昆明会见缅甸领导人敏昂莱", "昆明"),
    ("国务院总理李强在昆明会见缅甸领导人敏昂莱", "敏昂莱"),
    ("国务院总理李强在昆明会见缅甸领导人敏昂莱", "李强在昆明会见"),
    ("国务院总理李强在昆明会见缅甸领导人敏昂莱", "莱"),
    ("国务院总理李强在昆明会见缅甸领导人敏昂莱", "国"),
    ("首相は昨日、東京で新しい予算案を発表した。", "予算"),
    ("首相は昨日、東京で新しい予算案を発表した。", "東京で"),
    ("首相は昨日、東京で新しい予算案を発表した。", "昨日、東京"),
    ("トヨタはエンジン工場を閉鎖する", "エンジン"),
    ("トヨタはエンジン工場を閉鎖する", "ｴﾝｼﾞﾝ"),
    ("รัฐบาลไทยประกาศวันเลือกตั้งใหม่เมื่อวานนี้", "เลือกตั้ง"),
    ("รัฐบาลไทยประกาศวันเลือกตั้งใหม่เมื่อวานนี้", "ไทย"),
    ("ฝนตกหนักทำให้น้ำท่วมกรุงเทพฯ", "น้ำท่วม"),
    ("မြန်မာနိုင်ငံတွင် ရွေးကောက်ပွဲကျင်းပမည်", "ရွေးကောက်ပွဲ"),
    ("မြန်မာနိုင်ငံတွင် ရွေးကောက်ပွဲကျင်းပမည်", "နိုင်ငံ"),
    ("រដ្ឋាភិបាលកម្ពុជាបានប្រកាសថវិកាថ្មី", "កម្ពុជា"),
    ("រដ្ឋាភិបាល\u200bកម្ពុជា\u200bបាន\u200bប្រកាស", "កម្ពុជាបាន"),
    ("ລັດຖະບານລາວປະກາດແຜນການໃໝ່", "ລາວ"),
    ("ລັດຖະບານລາວປະກາດແຜນການໃໝ່", "ແຜນການ"),
    ("대통령이 서울에서 기자회견을 열었다", "서울"),
    ("新型iPhoneを発表", "新型iPhone"),
    ("新型iPhoneを発表", "iphoneを"),
]


@pytest.mark.parametrize(("text", "query"), FINDS)
def test_a_word_is_found_however_it_is_written(searcher: Searcher, text: str, query: str) -> None:
    assert searcher.finds(text, query)
    assert says(text, sought(query))
    assert hits(text, [sought(query)])


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("elections", "election"),
        ("Lyonnais", "lyon"),
        ("the covid vaccine 19", "covid-19"),
        ("rate of cut", "rate cut"),
        ("email obrien", "e-mail o'brien x"),
        ("an e-mail and a re-run", "email rerun"),
        ("东京都", "京东"),
        ("中国。国人", "中国国人"),
        ("北京 大学", "北京大学"),
        ("a", "🔥"),
    ],
)
def test_what_only_resembles_is_not_found(searcher: Searcher, text: str, query: str) -> None:
    assert not searcher.finds(text, query)
    assert not says(text, sought(query))
    assert not hits(text, [sought(query)])


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("elections", "elect"),
        ("Electoral-roll", "elect"),
        ("the covid-19", "covid-1"),
        ("the COVID-19", "covid-"),
        ("e-mails", "emai"),
        ("中国人", "中"),
    ],
)
def test_a_beginning_is_found_when_asked_for(searcher: Searcher, text: str, query: str) -> None:
    assert searcher.finds(text, query, is_prefix=True)
    assert says(text, sought(query, is_prefix=True))
    assert hits(text, [sought(query, is_prefix=True)])


def test_a_column_can_be_named(searcher: Searcher) -> None:
    assert searcher.finds("flood", "flood", columns=("body",))
    assert searcher.finds("flood", "flood", columns=("headline", "body"))
    assert not searcher.finds("flood", "flood", columns=("headline",))


HOSTILE = ['" OR "1', "a* NOT b", "body : x", "NEAR(a b)", "^a", "a AND b", "')--", "{headline}:a", "\x00", "\ud800", "-a +b"]


@pytest.mark.parametrize("query", HOSTILE)
def test_nothing_typed_becomes_syntax_of_the_engine(searcher: Searcher, query: str) -> None:
    assert searcher.finds(f"x {query} y", query) == bool(tokens(query))
    assert not searcher.finds("quite other words", query)


MIXED = st.text(st.sampled_from(list("ab .-'’é中国人กาか가ß½\u1100\u1161\u3099\u0301\u200bOo1")), max_size=14)


@settings(max_examples=400)
@given(MIXED, MIXED, st.booleans())
def test_the_engine_the_plain_matcher_and_the_marks_agree(searcher: Searcher, text: str, query: str, is_prefix: bool) -> None:
    wanted = sought(query, is_prefix=is_prefix)
    found = searcher.finds(text, query, is_prefix=is_prefix)
    assert says(text, wanted) == found
    assert bool(hits(text, [wanted])) == found


@settings(max_examples=200)
@given(MIXED, st.integers(0, 14), st.integers(0, 14))
def test_any_part_between_spaces_is_found_in_its_text(text: str, start: int, length: int) -> None:
    words = text.split()
    part = " ".join(words[start : start + length])
    assert says(text, sought(part)) == bool(tokens(part))


@settings(max_examples=500)
@given(st.text(max_size=8) | st.text(alphabet="éÄßﬁİ…–—€½ⓐ\u0301\u0345\u200b≯A=. 'ς", max_size=8))
def test_characters_are_folded_alike_beside_those_that_take_the_longer_way(text: str) -> None:
    assert fold(f"{text} 中") == f"{fold(text)} 中"
    assert tokens(f"{text} 中") == [*tokens(text), "中"]


@settings(max_examples=300)
@given(st.text(max_size=30))
def test_the_index_text_splits_exactly_at_its_spaces(text: str) -> None:
    stored = index_text(text)
    assert stored.split(" ") == [*tokens(text), *(part for form in joined_forms(text) for part in (GAP, form))] or stored == ""
    assert all(character.isalnum() or not character.isascii() for character in stored.replace(" ", ""))


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("The U.S. and us", "us", ["U.S", "us"]),
        ("L’Élysée, l'Elysee", "elysee", ["Élysée", "Elysee"]),
        ("COVID-19 vaccine; covid 19", "covid-19", ["COVID-19", "covid 19"]),
        ("e-mail or email", "email", ["e-mail", "email"]),
        ("e\u0301te\u0301 x", "ete", ["e\u0301te\u0301"]),
        ("中国人民 人", "人", ["人", "人"]),
        ("中国人民", "国人民", ["国人民"]),
        ("co\u00adoperation", "cooperation", ["co\u00adoperation"]),
        ("ニュースか\u3099ある", "が", ["か\u3099"]),
        ("x가\u1100\u1161나", "가", ["가", "\u1100\u1161"]),
        ("กรุงเทพฯน้ำท่วม", "น้ำ", ["น้ำ"]),
        ("Łódź – LODZ", "łódź", ["Łódź", "LODZ"]),
        ("rate cut, rate rise", "rate cut", ["rate cut"]),
    ],
)
def test_hits_are_the_characters_of_the_text(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in hits(text, [sought(query)])] == marked


def test_hits_of_several_words_are_in_order_and_apart() -> None:
    text = "rate cut, then a cut of the rate"
    spans = hits(text, [sought("cut"), sought("rate cut"), sought("rate")])
    assert [text[start:end] for start, end in spans] == ["rate cut", "cut", "rate"]


def test_marking_a_long_text_without_spaces_takes_no_longer_than_one_with() -> None:
    text = "中国人民银行" * 3000
    started = time.monotonic()
    assert len(hits(text, [sought("银行")])) == 3000
    assert time.monotonic() - started < 5
