"""Bytes to text, whatever wrote them: UTF-8, UTF-16 with a byte order mark, or Windows-1252.

Line ends come out as `\\n`; nothing else is altered, because text is stored raw and made harmless where it is shown.
"""

from __future__ import annotations

import codecs

from reader.model import Problem

MAX_BYTES = 8 * 1024 * 1024
"""What is read of one file; the rest is left unread, and the article says so."""

_SNIFFED_BYTES = 8192
_RICH_TEXT = b"{\\rtf"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(content: bytes, path: str) -> tuple[str, tuple[Problem, ...]] | Problem:
    """The text of a file and what was wrong with its bytes, or the problem that makes it no text at all."""
    problems = []
    if len(content) > MAX_BYTES:
        content = content[:MAX_BYTES]
        problems.append(Problem(path, None, f"longer than {MAX_BYTES >> 20} MiB; the rest was left out", "read in part"))
    if content.startswith(_UTF16_MARKS):
        text = content.decode("utf-16", "replace")
    elif content.lstrip()[: len(_RICH_TEXT)].lower() == _RICH_TEXT:
        return Problem(path, None, "not text: a rich text document", "skipped")
    elif b"\0" in content[:_SNIFFED_BYTES]:
        return Problem(path, None, "not text: it holds NUL bytes", "skipped")
    else:
        text, encoding_problem = _decode_single_bytes(content, is_cut=bool(problems))
        if encoding_problem:
            problems.append(Problem(path, None, encoding_problem, "changed"))
    text = text.lstrip("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    return text, tuple(problems)


def _decode_single_bytes(content: bytes, is_cut: bool) -> tuple[str, str | None]:
    """Text from UTF-8, else from Windows-1252, with what was wrong in words.

    A file that is UTF-8 but for a few bytes stays UTF-8: reading all of it as Windows-1252 would spoil every accent to save one.
    """
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if is_cut and broken == 1 and text.endswith("\ufffd"):
        return text[:-1], None
    sound = sum(1 for byte in content if byte >= 0xC2) - broken
    if sound > broken:
        return text, "not all of it is UTF-8; the broken bytes are shown as \ufffd"
    return content.decode("cp1252", "replace"), "not UTF-8; read as Windows-1252"
