"""Keys: one spelling, what they do where, sequences and counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key

from reader.actions import ACTIONS
from reader.keys import PLACES, Place, label, normalise, places, table
from reader.tui.keymap import Command, Keymap, Pending, spelling


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("j", "j"),
        ("G", "G"),
        ("/", "/"),
        ("+", "+"),
        ("é", "é"),
        ("PgDn", "pgdn"),
        ("PageUp", "pgup"),
        ("Esc", "escape"),
        ("Return", "enter"),
        ("SPACE", "space"),
        ("F5", "f5"),
        ("slash", "/"),
        ("ctrl+d", "ctrl+d"),
        ("Ctrl+D", "ctrl+d"),
        ("control+d", "ctrl+d"),
        ("ctrl++", "ctrl++"),
        ("meta+x", "alt+x"),
        ("alt+X", "alt+X"),
        ("shift+g", "G"),
        ("shift+Tab", "shift+tab"),
        ("shift+ctrl+up", "ctrl+shift+up"),
        ("ctrl+i", "tab"),
        ("ctrl+m", "enter"),
        ("g g", "g g"),
        ("  g   Home ", "g home"),
    ],
)
def test_a_key_has_one_spelling(written: str, spelled: str) -> None:
    assert normalise(written) == spelled


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("pgdwn", "'pgdown'"),
        ("escpe", "'escape'"),
        ("crtl+d", "'ctrl+d'"),
        ("C-d", "'ctrl+d'"),
        ("^d", "'ctrl+d'"),
        ("gg", "'g g'"),
        ("shift+/", "`?`"),
        ("", "`space`"),
        ("   ", "`space`"),
        ("ctrl+", "unknown key"),
        ("hyper+x", "unknown key"),
        ("f25", "unknown key"),
        ("g pgdwn", "'pgdown'"),
        ("\x1b", "unknown key"),
    ],
)
def test_a_key_that_does_not_exist_is_refused_with_the_nearest_right_one(written: str, advice: str) -> None:
    with pytest.raises(ValueError) as refused:
        normalise(written)
    assert advice in str(refused.value)


@given(st.text(max_size=12))
def test_normalising_twice_is_normalising_once(written: str) -> None:
    try:
        spelled = normalise(written)
    except ValueError:
        return
    assert normalise(spelled) == spelled


@pytest.mark.parametrize(
    ("key", "shown", "in_ascii"),
    [
        ("pgdn", "PgDn", "PgDn"),
        ("down", "↓", "Down"),
        ("escape", "Esc", "Esc"),
        ("ctrl+d", "ctrl+d", "ctrl+d"),
        ("g g", "g g", "g g"),
        ("f5", "F5", "F5"),
    ],
)
def test_keys_are_shown_as_people_read_them(key: str, shown: str, in_ascii: str) -> None:
    assert label(key) == shown
    assert label(key, ascii_only=True) == in_ascii


def test_every_action_is_reached_by_each_of_its_keys_wherever_it_works() -> None:
    for action in ACTIONS:
        for key in action.keys:
            for place in places(action):
                keymap = Keymap()
                answers = [keymap.feed(pressed, place) for pressed in normalise(key).split(" ")]
                if place == "filter" and len(key) == 1:
                    assert answers == [None], "a letter is text there"
                else:
                    assert isinstance(answers[-1], Command), (action.id, key, place)
                    assert answers[-1].action == action.id, (key, place)


def test_own_keys_stand_in_stead_of_the_defaults() -> None:
    keymap = Keymap({"star": ("f", "ctrl+t"), "redo": ()})
    assert keymap.feed("f", "list") == Command("star")
    assert keymap.feed("s", "list") is None
    assert keymap.feed("U", "list") is None
    assert keymap.labels_of("star") == ("f", "ctrl+t")
    assert keymap.labels_of("redo") == ()


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"star": ("j",)}, "'next'"),
        ({"star": ("Shift+j",)}, "'scroll-down'"),
        ({"star": ("g",)}, "beginning"),
        ({"star": ("j j",)}, "beginning"),
        ({"start": ("f",)}, "did you mean 'star'"),
        ({"star": ("pgdwn",)}, "did you mean 'pgdown'"),
    ],
)
def test_keys_that_cannot_be_meant_are_refused(own: dict[str, tuple[str, ...]], said: str) -> None:
    with pytest.raises(ValueError) as refused:
        table(own)
    assert said in str(refused.value)


def test_the_same_key_may_mean_one_thing_in_the_list_and_another_in_the_article() -> None:
    keymap = Keymap()
    assert keymap.feed("j", "list") == Command("next")
    assert keymap.feed("j", "article") == Command("line-down")


def feed(keymap: Keymap, typed: str, place: Place = "list") -> list[Command | Pending | None]:
    return [keymap.feed(key, place) for key in typed.split()]


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("g g", [Pending("g"), Command("first")]),
        ("5 j", [Pending("5"), Command("next", 5)]),
        ("1 0 G", [Pending("1"), Pending("10"), Command("last", 10)]),
        ("3 g g", [Pending("3"), Pending("3 g"), Command("first", 3)]),
        ("0", [None]),
        ("g % j", [Pending("g"), Pending(""), Command("next")]),
        ("5 escape j", [Pending("5"), Pending(""), Command("next")]),
        ("5 %", [Pending("5"), Pending("")]),
        ("%", [None]),
    ],
)
def test_sequences_and_counts(typed: str, answers: list[Command | Pending | None]) -> None:
    assert feed(Keymap(), typed) == answers


def test_a_count_has_an_end() -> None:
    keymap = Keymap()
    answer = feed(keymap, "9 " * 400 + "j")[-1]
    assert isinstance(answer, Command)
    assert answer.count == 1_000_000


def test_going_elsewhere_gives_up_what_was_begun() -> None:
    keymap = Keymap()
    keymap.feed("g", "list")
    assert keymap.feed("g", "article") == Pending("g")
    assert keymap.feed("g", "article") == Command("first")


def test_in_the_filter_only_what_works_anywhere_is_a_key() -> None:
    keymap = Keymap()
    assert feed(keymap, "j 5 g / Q", "filter") == [None] * 5
    assert keymap.feed("ctrl+q", "filter") == Command("quit")


keys_pressed = st.sampled_from([*"jkgG059/sx", "escape", "pgdn", "ctrl+d"])


@given(st.lists(st.tuples(keys_pressed, st.sampled_from(PLACES)), max_size=30))
def test_no_typing_gets_a_keymap_stuck(typed: list[tuple[str, Place]]) -> None:
    keymap = Keymap()
    for key, place in typed:
        keymap.feed(key, place)
    keymap.reset()
    assert keymap.feed("j", "list") == Command("next")


@pytest.mark.parametrize(
    ("key", "character", "spelled"),
    [
        ("j", "j", "j"),
        ("G", "G", "G"),
        ("slash", "/", "/"),
        ("question_mark", "?", "?"),
        ("space", " ", "space"),
        ("enter", "\r", "enter"),
        ("escape", "\x1b", "escape"),
        ("tab", "\t", "tab"),
        ("pagedown", None, "pgdn"),
        ("pageup", None, "pgup"),
        ("ctrl+d", "\x04", "ctrl+d"),
        ("ctrl+right_square_bracket", "\x1d", "ctrl+]"),
        ("ctrl+circumflex_accent", "\x1e", "ctrl+^"),
        ("ctrl+backslash", "\x1c", "ctrl+\\"),
        ("shift+tab", None, "shift+tab"),
        ("ctrl+pageup", None, "ctrl+pgup"),
        ("f12", None, "f12"),
        ("<unknown>", None, "<unknown>"),
        ("ф", "ф", "ф"),
    ],
)
def test_key_presses_come_in_the_same_spelling(key: str, character: str | None, spelled: str) -> None:
    event = Key(key, character)
    assert spelling(event.key, event.character) == spelled
