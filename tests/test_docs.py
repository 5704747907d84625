"""What can be pressed or typed is told: README, help and palette name every action, field and setting, and no other."""

from __future__ import annotations

import re
from unittest.mock import MagicMock

import pytest

from reader.actions import ACTIONS
from reader.cli.main import COMMANDS, run
from reader.query.fields import FIELDS
from reader.settings import entries
from reader.settings.presets import PRESETS
from reader.tui.command_words import VERBS, command_offers
from reader.tui.deeds.later import LATER
from reader.tui.deeds.moving import Moving
from reader.tui.help_screen import found
from reader.tui.keymap import Keymap
from tests.write_readme import README, filled

TEXT = README.read_text(encoding="utf-8")


def part(name: str) -> str:
    return TEXT.split(f"<!-- {name} -->\n")[1].split(f"<!-- /{name} -->")[0]


def test_the_readme_is_as_the_tables_are() -> None:
    assert filled(TEXT) == TEXT, "run python -m tests.write_readme"


def test_the_readme_names_every_action_and_no_other() -> None:
    assert re.findall(r"\| `([a-z-]+)` \|$", part("keys"), re.MULTILINE) == _in_groups()


def test_the_readme_names_every_field_and_every_setting() -> None:
    assert [line.split("`")[1].split(":")[0] for line in part("fields").splitlines()[2:]] == [field.name for field in FIELDS]
    assert [line.split("`")[1] for line in part("settings").splitlines()[2:]] == [entry.name for entry in entries()]


def test_the_help_names_every_action_and_no_other() -> None:
    named = [re.search(r" \(([a-z-]+)\)$", entry.says) for entry in found(Keymap(), "")]
    assert [name[1] for name in named if name] == _in_groups()


def test_the_palette_names_every_action_and_no_other() -> None:
    assert [offer.label for offer in command_offers("", lambda _: "", {})] == [action.id for action in ACTIONS]


def test_the_palette_finds_an_action_by_its_name_its_title_and_its_help() -> None:
    for action in ACTIONS:
        for words in (action.id, action.title.split()[0], action.help.split()[0]):
            assert action.id in [offer.label for offer in command_offers(words, lambda _: "", {})], words


def test_every_action_is_done_by_one_deed_and_no_deed_is_without_its_action() -> None:
    done = [action for kind in (Moving, *LATER) for action in kind(MagicMock()).table()]
    assert sorted(done) == sorted(action.id for action in ACTIONS)


def test_every_action_is_told_in_words() -> None:
    assert [action.id for action in ACTIONS if not action.title or not action.help or action.help.endswith(".")] == []


def test_every_command_of_the_command_line_is_in_the_readme() -> None:
    assert [line.split("`")[1] for line in part("commands").splitlines()[2:]] == [f"dateline {name}" for name in COMMANDS]


def test_presets_name_actions_that_there_are() -> None:
    known = {action.id for action in ACTIONS}
    assert {action for preset in PRESETS.values() for action in preset} <= known


def test_a_verb_says_what_it_takes() -> None:
    assert all(verb.usage.split()[0] == name for name, verb in VERBS.items())


def _in_groups() -> list[str]:
    groups = list(dict.fromkeys(action.group for action in ACTIONS))
    return [action.id for group in groups for action in ACTIONS if action.group == group]


def test_the_help_of_the_command_line_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["--help"])
    named = capsys.readouterr().out.partition("commands: ")[2].partition("dateline COMMAND")[0]
    assert {name.strip() for name in named.replace("\n", " ").split(",")} == set(COMMANDS)
