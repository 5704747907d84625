"""The alias file on disk: read when it changes, written whole, put back as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from reader import own_files
from reader.entities.alias_file import AliasFile
from reader.entities.alias_text import ignore, merge, rename
from reader.errors import StoreError, UsageError
from reader.locks import held
from reader.model import Entity
from tests.builders import article_text, folder
from tests.cli.run import dateline


def test_no_file_says_nothing_and_undo_takes_the_file_away_again(tmp_path: Path) -> None:
    file = AliasFile(tmp_path / "new" / "aliases.yaml")
    assert file.aliases().apply(Entity("Biden", "person")) == Entity("Biden", "person")
    assert not file.undo()
    file.change(lambda text: merge(text, "Biden", "Joe Biden"))
    assert file.aliases().apply(Entity("Biden", "person")) == Entity("Joe Biden", "person")
    assert file.undo()
    assert not file.path.exists()
    assert file.aliases().apply(Entity("Biden", "person")) == Entity("Biden", "person")


def test_what_a_person_wrote_comes_back_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "aliases.yaml"
    written = "# mine\nJoe Biden: [Biden]   # him\n\nPhoto: ignore\n"
    path.write_text(written)
    file = AliasFile(path)
    file.change(lambda text: ignore(text, "Kunming"))
    file.change(lambda text: rename(text, "Joe Biden", "Joseph Biden"))
    assert file.aliases().apply(Entity("Kunming", "place")) is None
    assert file.undo()
    assert file.undo()
    assert path.read_text() == written
    assert {entry.name for entry in tmp_path.iterdir()} == {"aliases.yaml", "aliases.lock"}


def test_a_change_made_elsewhere_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "aliases.yaml"
    path.write_text("Photo: ignore\n")
    file = AliasFile(path)
    assert file.aliases().apply(Entity("Photo", "other")) is None
    path.write_text("Photo: person\n")
    os.utime(path, ns=(1, 1))
    assert file.aliases().apply(Entity("Photo", "other")) == Entity("Photo", "person")


def test_what_was_changed_elsewhere_since_is_not_undone(tmp_path: Path) -> None:
    file = AliasFile(tmp_path / "aliases.yaml")
    file.change(lambda text: ignore(text, "Photo"), Entity("Photo", "other"))
    AliasFile(file.path).change(lambda text: ignore(text, "Kunming"))
    with pytest.raises(UsageError, match="left alone"):
        file.undo()
    assert file.last_changed == Entity("Photo", "other")
    assert {"Photo", "Kunming"} <= set(file.path.read_text().replace(":", " ").split())


def test_a_file_that_cannot_be_read_as_yaml_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "aliases.yaml"
    path.write_text("a: [\n")
    file = AliasFile(path)
    assert len(file.problems()) == 1
    with pytest.raises(UsageError):
        file.change(lambda text: merge(text, "a", "b"))
    assert path.read_text() == "a: [\n"
    assert not file.undo()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError, match=r"can't be (written|read)"):
        AliasFile(tmp_path / "taken" / "aliases.yaml").change(lambda text: ignore(text, "x"))


def test_config_names_what_is_wrong_in_it(tmp_path: Path) -> None:
    (tmp_path / "config" / "dateline").mkdir(parents=True)
    (tmp_path / "config" / "dateline" / "aliases.yaml").write_text("Joe Biden: nobody\n")
    found = dateline(tmp_path, "config", "--check")
    assert found.code == 2
    assert "aliases.yaml:1: `Joe Biden`: nobody is no kind" in found.err


def test_without_a_file_yaml_is_not_even_imported(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from reader.entities.alias_file import AliasFile
from reader.entities.mentions import load
AliasFile(Path(sys.argv[1])).aliases()
load()
sys.exit("yaml" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path / "none.yaml")], timeout=60, check=False).returncode == 0


@pytest.mark.parametrize(
    ("content", "words"), [(b"# caf\xe9\nPhoto: ignore\n", "not UTF-8"), (b"# long\n" * 150_000 + b"A: org\n", "larger than")]
)
def test_what_could_not_be_written_back_to_the_letter_is_left_alone(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "aliases.yaml"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        AliasFile(path).change(lambda text: ignore(text, "Kunming"))
    assert path.read_bytes() == content


def test_a_link_stays_one_and_what_it_leads_to_keeps_its_mode(tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "names.yaml"
    kept.parent.mkdir()
    kept.write_text("Photo: ignore\n")
    kept.chmod(0o600)
    path = tmp_path / "aliases.yaml"
    path.symlink_to(kept)
    file = AliasFile(path)
    file.change(lambda text: ignore(text, "Kunming"))
    assert path.readlink() == kept
    assert kept.read_text() == "Photo: ignore\nKunming: ignore\n"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert file.undo()
    assert (path.readlink(), kept.read_text()) == (kept, "Photo: ignore\n")


def test_what_cannot_be_taken_away_again_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(1, "not permitted", str(path))

    file = AliasFile(tmp_path / "aliases.yaml")
    file.change(lambda text: ignore(text, "Photo"))
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(StoreError, match="can't be written: not permitted"):
        file.undo()


def test_a_change_made_by_another_session_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "aliases.yaml"
    other = Thread(target=lambda: AliasFile(path).change(lambda text: ignore(text, "Kunming")))

    def slowly(text: str) -> str:
        other.start()
        other.join(0.2)
        return ignore(text, "Photo")

    file = AliasFile(path)
    file.change(slowly)
    other.join()
    assert file.aliases().ignored == {"photo", "kunming"}


def test_a_change_waits_for_no_session_that_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_files, "_PATIENCE_SECONDS", 0.1)
    with held(tmp_path / "aliases.lock"), pytest.raises(StoreError, match="another session"):
        AliasFile(tmp_path / "aliases.yaml").change(lambda text: ignore(text, "Photo"))


@pytest.mark.parametrize("content", [None, b"[" * 5000, b"# long\n" * 150_000])
def test_what_cannot_be_read_is_named_and_keeps_nothing_from_being_listed(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "config" / "dateline" / "aliases.yaml"
    if content is None:
        path.mkdir(parents=True)
    else:
        folder(path.parent, {path.name: content})
    archive = folder(tmp_path / "wire", {"a.md": article_text("Rain", date="2024-11-07")})
    listed = dateline(tmp_path, "list", "rain", "-a", archive)
    assert (listed.code, len(listed.out.splitlines())) == (0, 1)
    checked = dateline(tmp_path, "config", "--check")
    assert checked.code == 2
    assert checked.err.startswith(f"{path}:")
    assert checked.err.count("aliases.yaml") == 1
