"""Liquid, shortcodes and HTML in a body to plain Markdown."""

from __future__ import annotations

from reader.intake.values import Head


def to_markdown(text: str, values: Head, is_html: bool) -> str:
    return text


def summary_before_more(text: str) -> str | None:
    return None
