"""The benchmarks run to their end on a tiny archive and print what they promise; no time is judged here."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from reader.query.fields import FIELDS
from reader.query.syntax import parse
from tests.bench import compare, entities, glance, index_costs, measure, pauses, peers, query, users
from tests.bench.figures import Figure, load, summary, table
from tests.bench.ground import Ground


def test_measure_prints_a_table_and_keeps_its_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "figures.json"
    little = ["--held", "0", "--starts", "1", "--keys", "2", "--idle", "0.5", "--typed", "go"]
    assert measure.main(["40", "--in", str(tmp_path), "--json", str(kept), "--half-read", *little]) == 0
    shown = capsys.readouterr().out
    figures = load(kept)
    assert all(f"| {figure.what} |" in shown for figure in figures)
    assert {figure.articles for figure in figures} == {40}
    assert compare.main([str(kept), str(kept)]) == 0
    assert capsys.readouterr().out.count("| same |") == len(figures)


def test_query_times_every_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert query.main(["40", "--in", str(tmp_path), "--runs", "1"]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[0] == "|  | first rows: 40 | all ids: 40 |"
    assert all(f"| `{question}` |" in shown for question in query.QUESTIONS if question)


def test_glance_times_every_look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert glance.main(["40", "--in", str(tmp_path), "--runs", "1"]) == 0
    shown = capsys.readouterr().out
    assert "facets of everything" in shown
    assert "related stories" in shown


def test_pauses_are_found_in_each_piece_of_work(tmp_path: Path) -> None:
    ground = Ground(tmp_path, 40)
    ground.prepare()
    index_costs.index(ground)
    assert [what for what, _ in islice(pauses.watch(ground, 0.2), 2)] == ["start", "j held"]


def test_users_are_timed_alone_and_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert users.main(["2", "40", "--in", str(tmp_path), "--seconds", "0.1", "--thinks", "0.05"]) == 0
    shown = capsys.readouterr().out
    assert "| list: one of 2 beside one alone |" in shown
    assert "| filter: one of 2 beside one alone |" in shown
    assert not (tmp_path / "users-40").exists()


def test_other_readers_are_timed_where_they_are_and_named_where_they_are_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peers, "PEERS", peers.PEERS[1:])
    assert peers.main(["40", "--in", str(tmp_path), "--runs", "1"]) == 0
    shown = capsys.readouterr().out
    for peer in peers.PEERS:
        assert f"| {peer.name}: {peers.MEMORY} |" in shown if peer.is_there() else f"- {peer.name}: not installed." in shown


def test_the_recogniser_is_timed_in_one_process_and_in_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "figures.json"
    assert entities.main(["6", "--processes", "2", "--json", str(kept)]) == 0
    shown = capsys.readouterr().out
    figures = load(kept)
    assert [figure.what for figure in figures if figure.unit == "/s"][-1] == "names: 2 processes"
    assert all(f"| {figure.what} |" in shown and figure.articles == 6 for figure in figures)


def test_articles_are_cut_to_length_wherever_their_text_comes_from() -> None:
    for stories in (entities.texts(), entities.made_up()):
        cut = [article.body.split() for article in islice(entities.cut(stories, 470), 3)]
        assert [len(words) for words in cut] == [470, 470, 470]


def test_there_is_a_question_for_every_field() -> None:
    asked = " ".join(query.QUESTIONS)
    assert [field.name for field in FIELDS if f"{field.name}:" not in asked] == []


@pytest.mark.parametrize("question", query.QUESTIONS)
def test_every_question_can_be_asked(question: str) -> None:
    parse(question, final=True)


@pytest.mark.parametrize(
    ("was", "now", "unit", "said"),
    [
        (100, 100, "ms", "same"),
        (100, 110, "ms", "same"),
        (100, 150, "ms", "worse, 1.50 ×"),
        (100, 50, "ms", "better, 0.50 ×"),
        (100, 200, "/s", "better, 2.00 ×"),
        (0, 40, "bytes", "worse"),
    ],
)
def test_a_change_is_judged_by_what_is_measured(was: float, now: float, unit: str, said: str) -> None:
    assert compare.verdict(Figure("x", 1, unit, was), Figure("x", 1, unit, now)) == said


def test_the_table_has_a_column_for_each_size() -> None:
    few, many = summary("start", 100, "ms", [3.0, 1.0, 2.0], "50 ms"), summary("start", 10_000, "ms", [float(n) for n in range(20)])
    assert table([few, many]).splitlines() == [
        "|  | 100 | 10,000 | aim |",
        "| --- | ---: | ---: | --- |",
        "| start | 2.0 ms | 9.5 ms (p95 18.1) | 50 ms |",
    ]
