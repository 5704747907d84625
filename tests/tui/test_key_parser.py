"""Keys from bytes: nothing that is typed is lost for having come in one lump."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from textual.events import Key, Paste
from textual.message import Message

from reader.tui.key_parser import KeyParser
from reader.tui.keymap import spelling
from tests.builders import environment, folder, numbered_articles
from tests.pty_session import PtySession

KEYS = {"escape": "\x1b", "down": "\x1b[B", "enter": "\r", "tab": "\t", "space": " ", "f5": "\x1b[15~", "ctrl+d": "\x04"}
"""What is typed, and what a terminal sends for it."""


def typed(*lumps: str, bound: tuple[str, ...] = ()) -> list[str]:
    """The keys that lumps of bytes are. The terminal falls silent behind the last one, and for an empty one."""
    parser = KeyParser(lambda key: key in bound)
    events: list[Message] = []
    for lump in (*lumps, ""):
        if lump:
            events += parser.feed(lump)
        while not lump and parser.patience is not None:
            events += parser.tick()
    return [spelling(event.key, event.character) for event in events if isinstance(event, Key)]


@pytest.mark.parametrize("key", [*"jcQ/1-=", "enter", "tab", "space", "down", "escape"])
def test_esc_and_a_key_in_one_lump_are_both(key: str) -> None:
    assert typed("\x1b" + KEYS.get(key, key)) == ["escape", key]
    assert typed("\x1b", KEYS.get(key, key)) == ["escape", key]
    assert typed("\x1b", "", KEYS.get(key, key)) == ["escape", key]


@given(st.lists(st.sampled_from([*"jkq/:5", *KEYS]), max_size=12), st.data())
def test_keys_are_the_same_however_they_are_cut_into_lumps(keys: list[str], data: st.DataObject) -> None:
    sent = "".join(KEYS.get(key, key) for key in keys)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(sent)), max_size=4)))
    lumps = [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True) if start < end]
    assert typed(*lumps) == keys


@pytest.mark.parametrize("key", ["alt+j", "alt+X", "alt+/", "alt+5"])
def test_a_key_with_alt_that_is_bound_stays_one(key: str) -> None:
    assert typed(f"\x1b{key[-1]}j", bound=(key,)) == [key, "j"]


@pytest.mark.parametrize(("sent", "key"), [("\x1bb", "ctrl+left"), ("\x1bf", "ctrl+right"), ("\x1b\x7f", "ctrl+w")])
def test_the_keys_of_a_line_s_words_stay(sent: str, key: str) -> None:
    assert typed(sent) == [key]


@given(st.text(st.sampled_from("\x1b[0O201~;mAQ\x07é"), max_size=30), st.data())
def test_nothing_that_is_pasted_is_a_key(text: str, data: st.DataObject) -> None:
    assume("\x1b[201~" not in text)
    sent = f"k\x1b[200~{text}\x1b[201~j"
    cuts = sorted(data.draw(st.sets(st.integers(1, len(sent) - 1), max_size=4)))
    parser = KeyParser(lambda _: False)
    events: list[Message] = []
    for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True):
        events += parser.feed(sent[start:end])
    told = [event.text if isinstance(event, Paste) else event.key for event in events if isinstance(event, Key | Paste)]
    assert told == ["k", text.replace("\x1b", "␛"), "j"]


@given(st.text(max_size=40))
def test_no_text_stops_the_parser(text: str) -> None:
    parser = KeyParser(lambda _: False)
    list(parser.feed(text or " "))
    while parser.patience is not None:
        list(parser.tick())
    list(parser.feed("\x1b[201~"))
    assert [event.key for event in parser.feed("j") if isinstance(event, Key)] == ["j"]


def test_bytes_that_are_no_text_and_an_esc_close_before_a_key(tmp_path: Path) -> None:
    wire = folder(tmp_path / "wire", numbered_articles(30))
    with PtySession([sys.executable, "-m", "reader", str(wire)], env=environment(tmp_path / "home")) as session:
        session.wait_for(lambda screen: "1 of 30" in screen.text, timeout=30)
        session.send(b"\xe9\xff\xc3j")
        session.wait_for(lambda screen: "2 of 30" in screen.text)
        session.send("\r")
        session.send("\x1bj")
        session.wait_for(lambda screen: "3 of 30" in screen.text)
        session.send("q")
        assert session.wait_exit() == 0
