"""Notifications by the terminal: what is sent, through what stands between, and that no text can end it early."""

from __future__ import annotations

import pytest

from reader.sending.alerts import notification


@pytest.mark.parametrize(
    ("environ", "sent"),
    [
        ({"TERM": "xterm-kitty"}, "\x1b]9;Dateline: Flood\x07"),
        ({"TERM": "tmux-256color"}, "\x1bPtmux;\x1b\x1b]9;Dateline: Flood\x07\x1b\\"),
        ({"TERM": "screen", "STY": "1.x"}, "\x1bP\x1b]9;Dateline: Flood\x07\x1b\\"),
    ],
)
def test_it_reaches_the_terminal(environ: dict[str, str], sent: str) -> None:
    assert notification("Flood", environ) == sent


@pytest.mark.parametrize("text", ["a\x07b", "a\x1b\\b", "a\x1b]52;c;eA==\x07", "a\x9cb", "a\nb", "x" * 9999, "4;1;50"])
def test_nothing_in_an_article_ends_it_early_or_makes_it_another(text: str) -> None:
    sent = notification(text, {"TERM": "xterm"})
    within = sent.removeprefix("\x1b]9;Dateline: ").removesuffix("\x07")
    assert len(within) <= 200
    assert within.isprintable()
