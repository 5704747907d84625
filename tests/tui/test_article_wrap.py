"""Where lines break."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.tui.lines import Run
from reader.tui.wrap import cut, fold, isolated, slice_runs, text_of, wrap


def wrapped(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("the quick brown fox", 10, ["the quick", "brown fox"]),
        ("  blanks   within  ", 20, ["blanks   within"]),
        ("one\ntwo three", 20, ["one", "two three"]),
        ("", 10, []),
        ("   ", 10, []),
        ("ab http://a.example/long d", 8, ["ab", "http://a", ".example", "/long d"]),
        ("said — twice—often", 8, ["said —", "twice—", "often"]),
        ("汉字处理和换行", 6, ["汉字处", "理和换", "行"]),
        ("汉字，测试。", 6, ["汉字，", "测试。"]),
        ("汉字，测试。", 4, ["汉", "字，", "测", "试。"]),
        ("他说的“你好”了", 7, ["他说的", "“你好”", "了"]),
        ("東京（日本）へ", 6, ["東京", "（日", "本）へ"]),
        ("漢字 with words", 9, ["漢字 with", "words"]),
        ("한국어 문장은 띄어 씁니다", 8, ["한국어", "문장은", "띄어", "씁니다"]),
        ("สวัสดีชาวโลก", 6, ["สวัสดีชา", "วโลก"]),
        ("ខ្មែរ\u200bភាសា\u200bល្អ", 4, ["ខ្មែរ", "ភាសា\u200bល្អ"]),
        ("👩‍🚀👩‍🚀👩‍🚀", 4, ["👩‍🚀👩‍🚀", "👩‍🚀"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("1\u00a0000 men", 5, ["1\u00a0000", "men"]),
    ],
)
def test_lines_break_where_the_script_lets_them(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


TELLING = "ab -—\n“”()，。漢字あァー한กำ\u0301\u200b\u00a0👩\u200d🚀é"
any_text = st.text(st.sampled_from(TELLING) | st.characters(categories=["L", "P", "Zs"]), max_size=80)


@given(any_text, st.integers(2, 30))
@settings(max_examples=300)
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(any_text, st.integers(2, 30), st.integers(0, 80), st.integers(0, 80))
def test_styled_runs_are_cut_where_the_text_is(text: str, width: int, first: int, second: int) -> None:
    runs = (Run(text[:first]), Run(text[first : first + second], ("strong",)), Run(text[first + second :]))
    ranges = wrap(text, width)
    assert [text_of(line) for line in slice_runs(runs, ranges)] == [line.replace("\u200b", "") for line in wrapped(text, width)]


def test_fold_keeps_blanks_and_cut_says_that_something_is_missing() -> None:
    assert fold("  a  b  ", 3) == ["  a", "  b", "  "]
    assert fold("", 3) == [""]
    assert cut("short", 5) == "short"
    assert cut("longer", 5) == "long…"
    assert cut("漢字漢字", 5) == "漢字…"


def test_only_right_to_left_words_are_isolated() -> None:
    assert isolated((Run("abc"),)) == (Run("abc"),)
    assert text_of(isolated((Run("سلام", ("strong",)),))) == "\u2068سلام\u2069"
