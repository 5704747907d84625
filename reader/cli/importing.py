"""`dateline import`: says what would change; with --write, changes it in one step that `dateline undo` takes back."""

from __future__ import annotations

from pathlib import Path

from reader.cli.output import emit, say, tsv_line
from reader.imports.remembered import Fact, match, new_facts, told
from reader.imports.source import source_of, stories_of
from reader.library import Library

_ASKED_AT_ONCE = 500


def take_over(library: Library, file: str, source: str | None, star_flags: str, *, writes: bool) -> bool:
    """Matches the stories of the file with the articles; whether any mark is new.

    Each new mark is a line of the answer: field, key, archive.
    """
    path = Path(file).expanduser()
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


def _tell(facts: list[Fact]) -> None:
    for archive, key, name, _ in facts:
        emit(tsv_line([name, key, archive]))
    say(f"would set {', '.join(told(facts))}; nothing is written without --write")
