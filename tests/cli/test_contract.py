"""What others rely on: commands, streams, exit codes and records."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import article_text, environment, folder
from tests.cli.run import dateline

LIST_FIELDS = {
    "key", "path", "archive", "published", "headline", "categories", "language", "source", "origin_url", "byline",
    "description", "words", "entities", "read", "starred", "skipped", "queued", "tags",
}  # fmt: skip


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    return folder(
        tmp_path / "wire",
        {
            "2024/11/premier.md": article_text(
                "Premier vows support",
                "# Premier vows support\n\nKUNMING - Premier Li Qiang met Min Aung Hlaing in Kunming. Li said so.\n",
                code="ART1",
                date="2024-11-07T03:40:41.985Z",
                category="WORLD",
                language="en",
                origin_url="https://www.bangkokpost.com/world/1",
            ),
            "2024/11/cup.md": article_text("Cup final", "A 3-2 win for the harbour side.\n", date="2024-11-06", category="Sport"),
            "2024/11/late.md": article_text("Late cup", "Extra time.\n", date="2024-11-06T21:00:00Z", category="sport"),
            "note.txt": "A note without a date\n\nIt names nobody.\n",
        },
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_record_has_every_promised_field(home: Path, wire: Path) -> None:
    found = dateline(home, "list", "-a", wire, "--format", "jsonl", "category:world").records
    assert len(found) == 1
    record = found[0]
    assert set(record) >= LIST_FIELDS
    assert record["key"] == "ART1"
    assert record["path"] == "2024/11/premier.md"
    assert record["archive"] == str(wire)
    assert record["published"] == "2024-11-07T03:40:41.985+00:00"
    assert record["source"] == "bangkokpost.com"
    assert (record["read"], record["starred"], record["skipped"], record["queued"], record["tags"]) == (False,) * 4 + ([],)
    assert {"name": "Li Qiang", "kind": "person"} in record["entities"]


def test_rows_are_newest_first_a_bare_date_below_the_times_of_its_day_undated_last(home: Path, wire: Path) -> None:
    headlines = [record["headline"] for record in dateline(home, "list", "-a", wire, "--format", "jsonl").records]
    assert headlines == ["Premier vows support", "Late cup", "Cup final", "A note without a date"]


def test_show_gives_the_body_and_every_mention_as_it_is_spelled(home: Path, wire: Path) -> None:
    ran = dateline(home, "show", "ART1", "-a", wire, "--format", "json")
    record = json.loads(ran.out)
    assert set(record) >= LIST_FIELDS | {"body", "mentions"}
    for mention in record["mentions"]:
        if mention["start"] is not None:
            assert record["body"][mention["start"] : mention["end"]] == mention["text"]
    assert {"Li Qiang", "Li"} <= {mention["text"] for mention in record["mentions"] if mention["entity"] == "Li Qiang"}


def test_show_takes_a_path_too(home: Path, wire: Path) -> None:
    assert "Premier vows support" in dateline(home, "show", "2024/11/premier.md", "-a", wire).out


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_show_prints_the_headline_once(home: Path, wire: Path, form: str) -> None:
    assert dateline(home, "show", "ART1", "-a", wire, "--format", form).out.count("Premier vows support") == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["list", "nothinglikeit"], 1),
        (["show", "nokey"], 1),
        (["facets", "category", "nothinglikeit"], 1),
        (["export", "nothinglikeit"], 1),
        (["list", "is:wrong"], 2),
        (["list", "date:2024-13"], 2),
        (["list", "--format", "xml"], 2),
        (["facets", "nofield"], 2),
        (["mark", "frobnicate", "cup"], 2),
        (["list"], 0),
        (["problems"], 0),
        (["undo"], 0),
    ],
)
def test_exit_codes(home: Path, wire: Path, arguments: list[str], code: int) -> None:
    ran = dateline(home, *arguments, "-a", str(wire))
    assert ran.code == code
    assert "Traceback" not in ran.err


def test_an_archive_that_is_not_there_is_3(home: Path, tmp_path: Path) -> None:
    ran = dateline(home, "list", "-a", tmp_path / "nowhere")
    assert (ran.code, ran.out) == (3, "")
    assert "nowhere" in ran.err


def test_a_bad_query_is_pointed_at(home: Path, wire: Path) -> None:
    lines = dateline(home, "list", "cup", "is:wrong", "-a", wire).err.splitlines()
    assert lines[1].index("is:wrong") <= lines[2].index("^")


@pytest.mark.parametrize(
    ("query", "code", "said"),
    [
        ("persn:zed", 1, "no field persn; searched literally (did you mean person:…?)"),
        ("🙂", 0, "nothing to search for in 🙂"),
        ("\u2603\x1b", 0, "nothing to search for in ☃␛"),
        ("cup", 0, ""),
    ],
)
def test_what_is_read_otherwise_than_it_looks_is_said(home: Path, wire: Path, query: str, code: int, said: str) -> None:
    ran = dateline(home, "list", "-a", wire, query)
    assert (ran.code, ran.err) == (code, f"dateline: {said}\n" if said else "")


def test_facets_merge_what_a_person_would_call_the_same(home: Path, wire: Path) -> None:
    records = dateline(home, "facets", "category", "-a", wire, "--format", "jsonl").records
    assert {record["value"].casefold(): record["count"] for record in records} == {"sport": 2, "world": 1}


def test_entity_facets_have_a_kind(home: Path, wire: Path) -> None:
    found = dateline(home, "facets", "entity", "-a", wire, "--format", "jsonl").records
    assert {"value": "Li Qiang", "count": 1, "kind": "person"} in found


def test_day_facets_are_of_the_day_as_written(home: Path, wire: Path) -> None:
    found = {record["value"]: record["count"] for record in dateline(home, "facets", "day", "-a", wire, "--format", "jsonl").records}
    assert found == {"2024-11-07": 1, "2024-11-06": 2, "undated": 1}


def test_marks_are_kept_undone_and_done_again(home: Path, wire: Path) -> None:
    assert dateline(home, "mark", "star", "category:sport", "-a", wire).code == 0
    starred = ["list", "is:starred", "-a", str(wire), "--format", "jsonl"]
    assert len(dateline(home, *starred).records) == 2
    dateline(home, "undo", "-a", wire)
    assert dateline(home, *starred).code == 1
    dateline(home, "redo", "-a", wire)
    assert len(dateline(home, *starred).records) == 2


@pytest.mark.parametrize("command", ["undo", "redo"])
def test_a_file_of_marks_that_can_t_be_written_is_no_success(home: Path, wire: Path, command: str) -> None:
    dateline(home, "mark", "star", "category:sport", "-a", wire)
    (path,) = home.rglob("state.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    ran = dateline(home, command, "-a", wire)
    assert ran.code == 3
    assert "a newer Dateline wrote it" in ran.err
    assert "undone" not in ran.err
    assert "nothing to" not in ran.err


def test_of_two_archives_each_undoes_its_part_of_a_step(home: Path, wire: Path, tmp_path: Path) -> None:
    other = folder(tmp_path / "other", {"cup.md": article_text("Cup replay", category="sport")})
    dateline(home, "mark", "star", "category:sport", "-a", wire, "-a", other)
    assert dateline(home, "undo", "-a", wire).err == "undone: Starred 3 articles (2 of them, in the archives that are open)\n"
    assert dateline(home, "list", "is:starred", "-a", wire).code == 1
    assert len(dateline(home, "list", "is:starred", "-a", other, "--format", "jsonl").records) == 1
    assert dateline(home, "undo", "-a", wire).err == "nothing to undo\n"
    dateline(home, "undo", "-a", other)
    assert dateline(home, "list", "is:starred", "-a", other).code == 1
    dateline(home, "redo", "-a", wire, "-a", other)
    assert len(dateline(home, "list", "is:starred", "-a", wire, "-a", other, "--format", "jsonl").records) == 3


def test_tags_are_marked_listed_and_searched(home: Path, wire: Path) -> None:
    dateline(home, "mark", "tag:budget", "premier", "-a", wire)
    found = dateline(home, "list", "tag:budget", "-a", wire, "--format", "jsonl").records
    assert [record["tags"] for record in found] == [["budget"]]


def test_a_query_that_begins_with_a_minus_follows_two(home: Path, wire: Path) -> None:
    found = dateline(home, "list", "-a", wire, "--format", "jsonl", "--", "-category:sport").records
    assert {record["headline"] for record in found} == {"Premier vows support", "A note without a date"}


def test_limit_and_single_file(home: Path, wire: Path) -> None:
    assert len(dateline(home, "list", "-a", wire, "--limit", "2").out.splitlines()) == 2
    assert dateline(home, "list", "-a", wire / "2024/11/cup.md", "--format", "jsonl").records[0]["headline"] == "Cup final"


def test_a_draft_is_called_one(home: Path, tmp_path: Path) -> None:
    archive = folder(tmp_path / "wire", {"a.md": article_text("Not yet", draft="true"), "b.md": article_text("Out", draft="false")})
    lines = dateline(home, "list", "-a", archive).out.splitlines()
    assert [line.split()[-3:] for line in lines if "Not yet" in line] == [["draft:", "Not", "yet"]]
    assert "draft" not in next(line for line in lines if "Out" in line)


def test_two_archives_are_one_list(home: Path, wire: Path, tmp_path: Path) -> None:
    other = folder(tmp_path / "other", {"new.md": article_text("Newest", date="2024-11-09")})
    found = dateline(home, "list", "-a", wire, "-a", other, "--format", "jsonl").records
    assert found[0]["headline"] == "Newest"
    assert {record["archive"] for record in found} == {str(wire), str(other)}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, "0 articles, 0 problems"),
        ({"a.md": "---\ntitle: A\n"}, "1 article, 1 problem"),
        ({"a.md": "---\ntitle: A\n", "b.md": "---\ntitle: B\n"}, "2 articles, 2 problems"),
    ],
)
def test_indexing_ends_with_what_there_is(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    ran = dateline(tmp_path / "home", "index", "-a", folder(tmp_path / "few", files))
    assert ran.err.splitlines()[-1].endswith(expected)


def test_an_index_that_can_t_be_kept_is_3_and_stops_no_other_command(home: Path, wire: Path, tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    cache = str(tmp_path / "a-file")
    for options in ([], ["--rebuild"]):
        ran = dateline(home, "index", "-a", wire, *options, XDG_CACHE_HOME=cache)
        assert (ran.code, ran.err.startswith(f"dateline: {cache}/dateline/")) == (3, True)
    ran = dateline(home, "list", "cup", "-a", wire, XDG_CACHE_HOME=cache)
    assert (ran.code, "only until you leave" in ran.err) == (0, True)


def test_an_index_that_can_t_be_deleted_is_3(home: Path, wire: Path) -> None:
    dateline(home, "index", "-a", wire)
    (index,) = home.glob("cache/dateline/*/index.db")
    # Not even root can unlink a folder.
    index.with_name("index.db-journal").mkdir()
    ran = dateline(home, "index", "--rebuild", "-a", wire)
    assert (ran.code, ran.err.count("\n"), str(index) in ran.err) == (3, 1, True)


def test_an_index_that_can_t_be_kept_up_to_date_any_longer_ends_watching_with_3(home: Path, wire: Path) -> None:
    command = [sys.executable, "-m", "reader", "index", "--watch", "-a", str(wire)]
    with subprocess.Popen(command, env=environment(home), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as watching:
        assert watching.stderr is not None
        next(line for line in watching.stderr if line.startswith(b"watching"))
        (index,) = home.glob("cache/dateline/*/index.db")
        for path in index.parent.glob("index.db*"):
            path.unlink()
        index.mkdir()
        (wire / "new.md").write_text(article_text("New one"))
        _, rest = watching.communicate(timeout=60)
    assert (watching.returncode, rest.count(b"\n")) == (3, 1)
    assert rest.startswith(f"dateline: {index}: ".encode())


def test_no_scan_lists_what_is_indexed(home: Path, wire: Path) -> None:
    dateline(home, "index", "-a", wire)
    (wire / "new.md").write_text(article_text("New one"))
    count = ["list", "-a", str(wire), "--format", "tsv"]
    assert len(dateline(home, *count, "--no-scan").out.splitlines()) == 4
    assert len(dateline(home, *count).out.splitlines()) == 5


def test_a_changed_and_a_removed_file_are_taken_in(home: Path, wire: Path) -> None:
    dateline(home, "index", "-a", wire)
    (wire / "note.txt").unlink()
    (wire / "2024/11/cup.md").write_text(article_text("Cup replay", "The replay.\n", date="2024-11-08"))
    headlines = [record["headline"] for record in dateline(home, "list", "-a", wire, "--format", "jsonl").records]
    assert headlines == ["Cup replay", "Premier vows support", "Late cup"]
    assert dateline(home, "list", "harbour", "-a", wire).code == 1


def test_a_moved_file_keeps_its_marks(home: Path, wire: Path) -> None:
    dateline(home, "mark", "star", "headline", "OR", "cup", "-a", wire)
    (wire / "moved").mkdir()
    (wire / "2024/11/cup.md").rename(wire / "moved/cup.md")
    found = dateline(home, "list", "is:starred", "-a", wire, "--format", "jsonl").records
    assert "moved/cup.md" in {record["path"] for record in found}


def test_two_files_with_one_id_are_told_apart_by_their_paths(home: Path, wire: Path) -> None:
    (wire / "copy.md").write_text(article_text("Another", code="ART1"))
    keys = dateline(home, "list", "-a", wire, "--format", "jsonl").keys
    assert "ART1" not in keys
    assert {"copy.md", "2024/11/premier.md"} <= set(keys)


def test_a_broken_file_is_shown_and_named(home: Path, wire: Path) -> None:
    (wire / "broken.md").write_text("---\ntitle: A: B: C\ndate: 2024-11-01\n---\n\nBody.\n")
    assert "broken.md" in [record["path"] for record in dateline(home, "list", "-a", wire, "--format", "jsonl").records]
    problems = dateline(home, "problems", "-a", wire, "--format", "jsonl").records
    assert problems[0]["path"] == "broken.md"
    assert set(problems[0]) == {"path", "line", "what", "effect"}
    ran = dateline(home, "show", "broken.md", "-a", wire)
    assert (ran.code, ran.err) == (0, dateline(home, "problems", "-a", wire).out)


def test_control_characters_never_reach_the_answer(home: Path, wire: Path) -> None:
    evil = article_text("x", "\x1b]0;owned\x07 \x9b31m \u202e body\n", date="2024-11-08")
    (wire / "evil.md").write_text(evil.replace("title: x", 'title: "\\e[31mRed\\a"'))
    for form in ("table", "tsv", "jsonl"):
        out = dateline(home, "list", "-a", wire, "--format", form).out
        assert not set("\x1b\x07\x9b\u202e") & set(out)
    for form in ("markdown", "text", "json"):
        out = dateline(home, "show", "evil.md", "-a", wire, "--format", form).out
        assert not set("\x1b\x07\x9b\u202e") & set(out)


def test_output_closed_early_ends_quietly(home: Path, wire: Path) -> None:
    for number in range(300):
        (wire / f"many-{number}.md").write_text(article_text(f"Story {number} " + "long " * 50, date="2024-11-01"))
    command = f"{sys.executable} -m reader list -a {wire} | head -n 1"
    ran = subprocess.run(["bash", "-c", command], env=environment(home), capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr, len(ran.stdout.splitlines())) == (0, b"", 1)


def test_a_wrong_word_in_the_settings_is_named_with_its_line(home: Path) -> None:
    (home / "config/dateline").mkdir(parents=True)
    (home / "config/dateline/settings.yaml").write_text("theme: nord\nkeyss:\n  star: s\n")
    ran = dateline(home, "config", "--check")
    assert ran.code == 2
    assert "settings.yaml:2" in ran.err
    assert "'keys'" in ran.err


@pytest.mark.parametrize("form", ["markdown", "jsonl", "csv", "html"])
def test_exports_hold_every_article_once(home: Path, wire: Path, form: str) -> None:
    out = dateline(home, "export", "-a", wire, "--format", form).out
    for words in ("Premier vows support", "Cup final", "Late cup", "A note without a date"):
        assert words in out


def test_the_command_line_never_imports_textual(home: Path, wire: Path) -> None:
    check = f"""
import sys
from reader.cli.main import run
for arguments in (["list"], ["show", "ART1"], ["facets", "category"], ["mark", "star", "cup"], ["undo"], ["problems"], ["export"]):
    run([*arguments, "-a", {str(wire)!r}])
assert not [name for name in sys.modules if name.split(".")[0] == "textual"], "textual was imported"
"""
    ran = subprocess.run([sys.executable, "-c", check], env=environment(home), capture_output=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
