"""`dateline entities`: what an archive names, and the reader's word on it, kept in the alias file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import article_text, folder
from tests.cli.run import dateline

ALIASES = Path("config/dateline/aliases.yaml")


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    return folder(
        tmp_path / "wire",
        {
            "one.md": article_text(
                "Premier in Kunming", "Premier Li Qiang met President Joe Biden in Kunming. Li said so.\n", date="2024-11-07"
            ),
            "two.md": article_text("President in Rome", "President Biden spoke in Rome.\n", date="2024-11-06", category="World"),
            "three.md": article_text("Rain", "It rained all day.\n", date="2024-11-05"),
        },
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def named(home: Path, wire: Path, *query: str) -> dict[str, int]:
    found = dateline(home, "entities", *query, "-a", wire, "--format", "jsonl").records
    return {record["name"]: record["articles"] for record in found}


def test_each_name_comes_with_its_kind_its_articles_and_its_spellings(home: Path, wire: Path) -> None:
    ran = dateline(home, "entities", "-a", wire, "--format", "jsonl")
    assert ran.code == 0
    assert {record["name"]: (record["kind"], record["articles"]) for record in ran.records} == {
        "Li Qiang": ("person", 1),
        "Joe Biden": ("person", 1),
        "Biden": ("person", 1),
        "Kunming": ("place", 1),
        "Rome": ("place", 1),
    }
    assert all({"name", "articles"} == set(spelling) for record in ran.records for spelling in record["spellings"])


def test_a_query_says_of_which_articles_and_nothing_found_is_1(home: Path, wire: Path) -> None:
    assert named(home, wire, "category:world") == {"Biden": 1, "Rome": 1}
    assert dateline(home, "entities", "rained", "-a", wire).code == 1
    assert dateline(home, "entities", "-a", wire, "--", "-category:world").out.count("\n") == 3


def test_merged_names_are_one_from_the_next_call_on_without_reading_again(home: Path, wire: Path) -> None:
    assert named(home, wire)["Joe Biden"] == 1
    ran = dateline(home, "entities", "merge", "Biden", "Joe Biden", "-a", wire)
    assert (ran.code, ran.out) == (0, "")
    assert "Biden is one with Joe Biden from now on" in ran.err
    assert named(home, wire, "--no-scan") == {"Joe Biden": 2, "Li Qiang": 1, "Kunming": 1, "Rome": 1}
    line = dateline(home, "entities", "-a", wire, "--limit", "1").out
    assert line == "      2  Joe Biden  (person)  also Biden\n"
    assert dateline(home, "list", "-a", wire, "--format", "tsv", 'person:"Joe Biden"').out.count("\n") == 2


def test_a_renamed_and_an_ignored_name(home: Path, wire: Path) -> None:
    assert dateline(home, "entities", "rename", "Rome", "Roma", "-a", wire).code == 0
    assert dateline(home, "entities", "ignore", "Kunming", "-a", wire).code == 0
    assert set(named(home, wire)) == {"Li Qiang", "Joe Biden", "Biden", "Roma"}
    tsv = dateline(home, "entities", "-a", wire, "--format", "tsv", "roma").out
    assert tsv == ""
    assert "Roma\tplace\t1\tRome\n" in dateline(home, "entities", "-a", wire, "--format", "tsv").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("merge", "Biden"), 2, "merge needs NAME and INTO"),
        (("rename", "a", "b", "c"), 2, "rename needs NAME and NEW"),
        (("ignore",), 2, "ignore needs NAME"),
        (("ignore", "..."), 2, "'...' is no name"),
        (("merge", "Nobody Known", "Joe Biden"), 1, "no article names 'Nobody Known'"),
    ],
)
def test_a_wrong_call_says_why_and_writes_nothing(home: Path, wire: Path, words: tuple[str, ...], code: int, said: str) -> None:
    ran = dateline(home, "entities", *words, "-a", wire)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert not (home / ALIASES).exists()


def test_a_file_that_is_no_yaml_is_left_as_it_is(home: Path, wire: Path) -> None:
    (home / ALIASES).parent.mkdir(parents=True)
    (home / ALIASES).write_text("Joe Biden: [Biden\n")
    ran = dateline(home, "entities", "ignore", "Kunming", "-a", wire)
    assert ran.code == 2
    assert "mend it first" in ran.err
    assert (home / ALIASES).read_text() == "Joe Biden: [Biden\n"


def test_an_answer_can_hold_no_escape_sequence(home: Path, tmp_path: Path) -> None:
    evil = folder(tmp_path / "evil", {"a.md": "---\ntitle: x\npeople: [\"Ann \\e[31mRed\"]\n---\nText.\n"})
    for form in ("table", "tsv", "jsonl"):
        assert "\x1b" not in dateline(home, "entities", "-a", evil, "--format", form).out
