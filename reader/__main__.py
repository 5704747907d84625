"""`dateline` and `python -m reader`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def main() -> int:
    """Runs the command line; gives the exit code."""
    try:
        _see_to_utf_8()
        from reader.cli.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        # Ctrl-C while all of this was still being imported.
        return 130


def _see_to_utf_8() -> None:
    """Begins once more in Python's UTF-8 mode where the locale has another encoding: names of files, and answers, are UTF-8 everywhere.

    The environment stays as it is: what the terminal can show is read from it, and other programs are given it.
    """
    is_frozen = getattr(sys, "frozen", False)  # such a program has no interpreter to begin again with
    if sys.getfilesystemencoding() == "utf-8" or sys.flags.utf8_mode or is_frozen or not sys.executable:
        return
    # What was asked for can be done with the names that are ASCII.
    with suppress(OSError):
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
