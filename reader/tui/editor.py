"""The person's own editor, on the whole terminal, for a text of ours."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual.app import App

from reader.errors import SendingError
from reader.sending import commands
from reader.tui.lending import lend_terminal

_LARGEST_TEXT = 1_000_000


def edited(app: App[Any], text: str, environ: Mapping[str, str] = os.environ) -> str:
    """What the editor makes of `text`; blocks until it is left.

    Raises SendingError, in words for the person, where there is no terminal for it, it can't be run, it fails, or there is no
    file for it or after it: then the text counts as it was.
    """
    command = commands.editor(environ)
    try:
        with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
            path = Path(folder) / "note.md"
            path.write_text(text, encoding="utf-8", errors="replace")
            code = lend_terminal(app, [*command, str(path)])
            if code:
                raise SendingError(f"{command[0]} {commands.ended(code)}; the note is as it was")
            return path.read_bytes()[:_LARGEST_TEXT].decode("utf-8", "replace")
    except OSError as error:
        raise SendingError(f"{command[0]}: {error.strerror or error}; the note is as it was") from error
