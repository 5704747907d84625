"""`dateline` with one fault built in: `python tests/faults/faulty.py PLACE ARGUMENTS…` raises where PLACE names a method of Dateline.

The error's message and the variables around it hold SECRET, as an article's text would be held.
"""

from __future__ import annotations

import sys
from importlib import import_module

SECRET = "words of an article"

PLACES = {
    "asking": ("reader.library", "Library", "first_window"),
    "reading": ("reader.library", "Library", "open"),
    "indexing": ("reader.index.indexing", "Indexing", "refresh"),
    "following": ("reader.library", "Library", "follow"),
    "key": ("reader.tui.headline_list", "HeadlineList", "move"),
    "painting": ("reader.tui.status_line", "StatusLine", "render_line"),
    "list": ("reader.library", "Library", "all_ids"),
}


def main(place: str, arguments: list[str]) -> int:
    module, owner, method = PLACES[place]

    def fail(*_: object, **__: object) -> object:
        body = SECRET
        raise LookupError(body)

    setattr(getattr(import_module(module), owner), method, fail)
    from reader.cli.main import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
