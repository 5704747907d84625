"""One headline in cells: what stands where, and that it always fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.model import ArticleId, ArticleKey, HeadlineRow, Mark, Published
from reader.settings.table import COLUMNS
from reader.tui.cells import fit
from reader.tui.headline_rows import ASCII, UNICODE, Part, Standing, columns, lay_out, lay_out_missing, lay_out_rule, lay_out_snippet

ROW = HeadlineRow(
    id=ArticleId(1),
    key=ArticleKey("premier"),
    path="premier.md",
    archive="/news",
    headline="China’s premier vows support for Myanmar",
    published=Published("2024-11-07T03:40:00+07:00", date(2024, 11, 7), 0, has_time=True),
    categories=("WORLD", "Asia"),
    source="bangkokpost.com",
)


def text_of(row: HeadlineRow, width: int, *, ascii_only: bool = False, is_dated: bool = False) -> str:
    return "".join(piece.text for piece in lay_out(row, columns(width, is_dated=is_dated), ASCII if ascii_only else UNICODE))


def part(row: HeadlineRow, wanted: Part, width: int = 120) -> str:
    return "".join(piece.text for piece in lay_out(row, columns(width)) if piece.part == wanted).strip()


nasty = st.text(max_size=40) | st.text("a é中ا\u200d\ufe0f\u0301👩🏽👍🇩🇪ก\u0e33\u1100\u1161क\u094d\u200c⚠ \u2068\u202e\x1b", max_size=60)


@given(nasty, nasty, nasty, st.integers(1, 210), st.booleans(), st.booleans())
def test_a_row_fills_its_width_exactly_whatever_the_text(
    headline: str, category: str, source: str, width: int, is_dated: bool, ascii_only: bool
) -> None:
    row = replace(ROW, headline=headline, categories=(category,), source=source, is_draft=True, has_problem=True)
    pieces = lay_out(row, columns(width, is_dated=is_dated), ASCII if ascii_only else UNICODE)
    assert sum(cell_len(piece.text) for piece in pieces) == width
    assert not any(character in piece.text for piece in pieces for character in "\x1b\n\r\u202e")


@given(nasty, st.integers(0, 30))
def test_what_is_fitted_is_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


@pytest.mark.parametrize(
    ("mark", "unicode", "in_ascii"),
    [
        (Mark(), "●   ", "o   "),
        (Mark(is_read=True), "    ", "    "),
        (Mark(is_starred=True), "●★  ", "o*  "),
        (Mark(is_read=True, is_starred=True), " ★  ", " *  "),
        (Mark(is_skipped=True), "✗   ", "x   "),
        (Mark(is_skipped=True, is_read=True, is_starred=True), "✗★  ", "x*  "),
    ],
)
def test_marks_are_told_by_their_shape(mark: Mark, unicode: str, in_ascii: str) -> None:
    row = replace(ROW, mark=mark)
    assert text_of(row, 80).startswith(unicode + "03:40 ")
    assert text_of(row, 80, ascii_only=True).startswith(in_ascii + "03:40 ")


@pytest.mark.parametrize(
    ("width", "shown", "left_out"),
    [
        (30, ["China’s premier"], ["03:40", "WORLD", "bangkokpost"]),
        (40, ["03:40", "China’s premier"], ["WORLD", "bangkokpost"]),
        (60, ["03:40", "WORLD", "China’s premier"], ["bangkokpost"]),
        (100, ["03:40", "WORLD", ROW.headline, "bangkokpost.com"], []),
        (200, ["03:40", "WORLD, Asia", ROW.headline, "bangkokpost.com"], []),
    ],
)
def test_columns_appear_as_there_is_room(width: int, shown: list[str], left_out: list[str]) -> None:
    text = text_of(ROW, width)
    assert all(words in text for words in shown)
    assert not any(words in text for words in left_out)


orders = st.permutations(COLUMNS).flatmap(lambda order: st.integers(1, len(order)).map(lambda count: tuple(order[:count])))


@given(orders.filter(lambda order: "headline" in order), st.integers(1, 210), st.booleans())
@example(("tags", "time", "author", "source", "category", "words", "headline", "language", "marks"), 60, True)
def test_columns_in_any_order_fill_the_width_and_leave_room_for_the_headline(order: tuple[str, ...], width: int, is_dated: bool) -> None:
    row = replace(ROW, byline="Kofi Aung", mark=Mark(tags=("later",)), words=1204, language="en")
    pieces = lay_out(row, columns(width, is_dated=is_dated, order=order))
    assert sum(cell_len(piece.text) for piece in pieces) == width
    assert sum(cell_len(piece.text) for piece in pieces if piece.part == "headline") >= min(20, width - 5)


def test_columns_stand_in_the_order_asked_for() -> None:
    row = replace(ROW, byline="Kofi Aung", mark=Mark(is_starred=True, tags=("later",)), words=1204, language="en")
    order = ("language", "headline", "words", "tags", "author", "marks")
    text = "".join(piece.text for piece in lay_out(row, columns(140, order=order)))
    shown = [text.index(words) for words in ("en ", ROW.headline, "1,204", "later", "Kofi Aung", "●★")]
    assert shown == sorted(shown)
    assert text.endswith("  ●★ ")
    assert "WORLD" not in text


def test_the_time_is_as_written_and_blank_where_there_is_none() -> None:
    assert part(ROW, "time") == "03:40"
    assert part(replace(ROW, published=Published("2024-11-07", date(2024, 11, 7), 0, has_time=False)), "time") == ""
    assert part(replace(ROW, published=None), "time") == ""


def test_without_day_headings_a_row_says_its_date() -> None:
    assert "2024-11-07" in text_of(ROW, 80, is_dated=True)
    assert "03:40" not in text_of(ROW, 80, is_dated=True)


def test_what_is_odd_about_a_file_stands_before_its_headline() -> None:
    assert part(replace(ROW, is_draft=True), "draft") == "draft"
    assert part(replace(ROW, has_problem=True), "problem") == "!"
    assert part(ROW, "draft") == part(ROW, "problem") == ""


@pytest.mark.parametrize(
    ("headline", "width", "shown"),
    [
        ("Flood waters recede", 10, "Flood wat…"),
        ("Flood waters", 7, "Flood…"),
        ("日本語の見出し", 7, "日本語…"),
        ("日本語の見出し", 8, "日本語…"),
        ("👩🏽‍🚒👩🏽‍🚒👩🏽‍🚒", 5, "👩🏽‍🚒👩🏽‍🚒…"),
        ("cafe\u0301 au lait", 5, "cafe\u0301…"),
        ("[bold]x[/bold]", 20, "[bold]x[/bold]"),
        ("two\nlines\tof  it", 20, "two lines of it"),
    ],
)
def test_a_cut_never_splits_a_character(headline: str, width: int, shown: str) -> None:
    assert fit(headline, width).rstrip() == shown


def test_right_to_left_text_is_kept_to_its_column() -> None:
    fitted = fit("القاهرة 12:30", 20)
    assert fitted.startswith("\u2068")
    assert fitted.rstrip().endswith("\u2069")


def test_a_headline_of_a_megabyte_costs_no_more_than_a_line() -> None:
    assert cell_len(fit("é" * 1_000_000, 80)) == 80


def test_a_row_whose_article_is_gone_says_so() -> None:
    assert "no longer here" in "".join(piece.text for piece in lay_out_missing(columns(80)))


@pytest.mark.parametrize(
    ("width", "rule"),
    [
        (46, "──── new since yesterday 18:42 (37) ──────────"),
        (40, "──── new since yesterday 18:42 (37) ────"),
        (34, "─ new since yesterday 18:42 (37) ─"),
        (20, "─ new since yeste… ─"),
    ],
)
def test_the_line_below_what_is_new_says_most_where_there_is_little_room(width: int, rule: str) -> None:
    assert lay_out_rule("new since yesterday 18:42 (37)", width).text == rule


@given(nasty, st.integers(20, 120), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=3))
def test_a_sentence_fills_its_line_and_only_its_hits_are_marked(text: str, width: int, spans: list[tuple[int, int]]) -> None:
    hits = sorted({(min(span), max(span)) for span in spans})
    hits = [hit for at, hit in enumerate(hits) if hit[0] < hit[1] <= len(text) and (not at or hits[at - 1][1] <= hit[0])]
    pieces = lay_out_snippet(text, hits, columns(width))
    assert cell_len("".join(piece.text for piece in pieces)) == width
    assert {piece.text for piece in pieces if piece.part == "hit"} <= {text[start:end] for start, end in hits}


def test_what_is_new_and_what_is_watched_is_said_without_colour() -> None:
    standing = Standing(is_new=True, is_watched=True)
    assert "◉ new China" in "".join(piece.text for piece in lay_out(ROW, columns(80), UNICODE, standing))
    assert "@ new China" in "".join(piece.text for piece in lay_out(ROW, columns(80), ASCII, standing))
