"""Exports and briefings, from the command line."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.builders import article_text, folder
from tests.cli.run import dateline
from tests.shared import SHARED

ARCHIVES = [Path(__file__).resolve().parents[2] / "seeds", SHARED / "seeds", *sorted((SHARED / "corpora").glob("*/files"))]
"""The sample archive, and those that are beside this checkout."""

SPEECH = "Talks went on. “We will not leave before there is a treaty,” Li Qiang said in Kunming. Rain fell."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    return folder(
        tmp_path / "wire",
        {
            "a.md": article_text(
                "Premier vows support", f"{SPEECH}\n\nMore.\n", date="2024-11-07T09:00:00Z", category="WORLD", byline="Ann Lee",
                origin_url="https://wire.example/a", description="The premier spoke.",
            ),
            "b.md": article_text("Envoy meets Li Qiang", "Li Qiang met the envoy.\n", date="2024-11-07", categories=["WORLD", "BUSINESS"]),
            "c.md": article_text("Cup final", "The Rovers won in Tessel.\n", date="2024-11-05", category="SPORT"),
            "d.txt": "Nothing known of this one.\n",
        },
    )  # fmt: skip


def headings(out: str) -> list[str]:
    return re.findall(r"^#{1,3} .*", out, re.M)


def test_a_briefing_by_day(home: Path, wire: Path) -> None:
    out = dateline(home, "export", "-a", wire, "--group", "day").out
    assert headings(out) == [
        "# Briefing",
        "## Thursday 7 November 2024",
        "### [Premier vows support](https://wire.example/a)",
        "### Envoy meets Li Qiang",
        "## Tuesday 5 November 2024",
        "### Cup final",
        "## Undated",
        "### d",
    ]
    assert "4 stories, 2024-11-05 to 2024-11-07" in out
    assert "The premier spoke." in out
    assert "> “We will not leave before there is a treaty,” Li Qiang said in Kunming.\n" in out
    assert "2024-11-07 09:00:00+00:00 · WORLD · wire.example · Ann Lee" in out


def test_a_briefing_by_category_has_a_story_under_each_of_its_own(home: Path, wire: Path) -> None:
    out = dateline(home, "export", "-a", wire, "--group", "category").out
    assert [line for line in headings(out) if line.startswith("## ")] == ["## WORLD", "## BUSINESS", "## SPORT", "## Without a category"]
    assert out.count("### Envoy meets Li Qiang") == 2


def test_a_briefing_by_name_quotes_what_names_it(home: Path, wire: Path) -> None:
    out = dateline(home, "export", "-a", wire, "--group", "entity").out
    groups = [line for line in headings(out) if line.startswith("## ")]
    assert groups[0] == "## Li Qiang"
    assert groups[-1] == "## Other stories"
    of_li, others = out.split("## Other stories")
    assert "Li Qiang said in Kunming." in of_li
    assert "### Cup final" in others


def test_the_selection_is_the_query(home: Path, wire: Path) -> None:
    out = dateline(home, "export", "-a", wire, "--group", "day", "category:sport").out
    assert headings(out) == ["# Briefing", "## Tuesday 5 November 2024", "### Cup final"]
    assert "1 story, 2024-11-05" in out
    none = dateline(home, "export", "-a", wire, "--group", "day", "category:none")
    assert (none.code, none.out) == (1, "")


def test_records_are_those_of_list_and_show(home: Path, wire: Path) -> None:
    whole = dateline(home, "export", "-a", wire, "--format", "jsonl").records
    assert whole[0] == json.loads(dateline(home, "show", whole[0]["key"], "-a", wire, "--format", "json").out)
    grouped = dateline(home, "export", "-a", wire, "--format", "jsonl", "--group", "category").records
    assert [(record["group"], record["headline"]) for record in grouped][:3] == [
        ("WORLD", "Premier vows support"),
        ("WORLD", "Envoy meets Li Qiang"),
        ("BUSINESS", "Envoy meets Li Qiang"),
    ]
    assert {key: value for key, value in grouped[0].items() if key != "group"} == whole[0]


@pytest.mark.parametrize("archive", ARCHIVES, ids=[f"{archive.parent.name}/{archive.name}" for archive in ARCHIVES])
def test_mentions_and_entities_of_a_record_have_the_same_names(home: Path, archive: Path) -> None:
    if not archive.is_dir():
        pytest.skip(f"there is no {archive}")
    for record in dateline(home, "export", "-a", archive, "--format", "jsonl").records:
        entities = {(entity["name"], entity["kind"]) for entity in record["entities"]}
        assert {(mention["entity"], mention["kind"]) for mention in record["mentions"]} == entities, record["key"]


def test_csv_is_one_line_an_article_and_no_formula(home: Path, wire: Path) -> None:
    (wire / "formula.md").write_text(article_text('=HYPERLINK("http://x")', "x\n", date="2024-11-08", byline="@SUM(A1)"))
    rows = list(csv.DictReader(io.StringIO(dateline(home, "export", "-a", wire, "--format", "csv").out)))
    assert len(rows) == 5
    assert (rows[0]["headline"], rows[0]["byline"]) == ("'=HYPERLINK(\"http://x\")", "'@SUM(A1)")
    grouped = list(csv.DictReader(io.StringIO(dateline(home, "export", "-a", wire, "--format", "csv", "--group", "day").out)))
    assert grouped[0]["group"] == "Friday 8 November 2024"


def test_marks_and_tags_come_along(home: Path, wire: Path) -> None:
    dateline(home, "mark", "star", "cup", "-a", wire)
    dateline(home, "mark", "tag:later", "cup", "-a", wire)
    row = next(csv.DictReader(io.StringIO(dateline(home, "export", "-a", wire, "--format", "csv", "cup").out)))
    assert (row["starred"], row["tags"]) == ("True", "later")


def test_an_unknown_grouping_is_refused(home: Path, wire: Path) -> None:
    ran = dateline(home, "export", "-a", wire, "--group", "mood")
    assert ran.code == 2
    assert "day" in ran.err
