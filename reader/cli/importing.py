"""`dateline import` and `dateline import-searches`: what would be taken over, and with --write, taking it over.

Marks are one step that `dateline undo` takes back; searches go into the settings file, as text.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from reader.cli.output import emit, say, tsv_line
from reader.imports.remembered import Fact, match, new_facts, told
from reader.imports.searches import Left, SearchSource, searches_in
from reader.imports.source import source_of, stories_of
from reader.library import Library
from reader.settings.edits import change, with_entry

_ASKED_AT_ONCE = 500


def take_over(library: Library, file: str, source: str | None, star_flags: str, *, writes: bool) -> bool:
    """Matches the stories of the file with the articles; whether any mark is new.

    Each new mark is a line of the answer: field, key, archive.
    """
    path = Path(os.path.expanduser(file))
    source = source or source_of(path)
    matched = match(stories_of(path, source, star_flags), library.links())
    articles = list(matched.facts)
    marks = {}
    for start in range(0, len(articles), _ASKED_AT_ONCE):
        marks.update(library.marks.of(articles[start : start + _ASKED_AT_ONCE]))
    facts = new_facts(matched, marks)
    say(f"{source}: {matched.stories:,} stories read, starred or tagged there, {matched.found:,} of them here, by their links")
    if not facts:
        say("nothing to change")
    elif writes:
        say(library.change(facts, f"Imported from {source}:").said)
    else:
        _tell(facts)
    return bool(facts)


def take_searches(file: str, source: SearchSource | None, settings: Path, known: Mapping[str, str], *, writes: bool) -> bool:
    """Tells the searches of the file, a line each: name and filter; whether any is new.

    What can't be put into the filter language is said, as is a name that stands for another search already.
    """
    new: dict[str, str] = {}
    for found in searches_in(Path(os.path.expanduser(file)), source):
        if isinstance(found, Left):
            say(f"left out: {found.name}: {found.why}: {found.text}")
        elif found.name in known:
            is_same = known[found.name] == found.query
            say(f"{found.name}: there already" if is_same else f"left out: {found.name}: another search has that name")
        else:
            new[found.name] = found.query
            emit(tsv_line([found.name, found.query]))
    if new and writes:
        change(settings, partial(_with_searches, new))
        say(f"{settings}: {len(new):,} added under searches")
    elif new:
        say("nothing is written without --write")
    return bool(new)


def _with_searches(new: Mapping[str, str], text: str) -> str:
    for name, query in new.items():
        text = with_entry(text, "searches", name, query)
    return text


def _tell(facts: list[Fact]) -> None:
    for archive, key, name, _ in facts:
        emit(tsv_line([name, key, archive]))
    say(f"would set {', '.join(told(facts))}; nothing is written without --write")
