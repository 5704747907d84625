"""`dateline entities`: what an archive names, and the reader's own word on it, which goes into the alias file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from reader.clean import clean_line
from reader.cli.output import emit, say, tsv_line
from reader.entities import alias_text
from reader.entities.lexicon import normalise
from reader.errors import UsageError
from reader.library import Library
from reader.model import Entity, Facet
from reader.sending import records

_Change = Callable[..., str]

_VERBS: Mapping[str, tuple[_Change, tuple[str, ...], str]] = {
    "merge": (alias_text.merge, ("NAME", "INTO"), "{} is one with {} from now on"),
    "rename": (alias_text.rename, ("NAME", "NEW"), "{} is called {} from now on"),
    "ignore": (alias_text.ignore, ("NAME",), "{} is no name from now on"),
}
"""Each with what changes the alias file's text, the names it needs, and what is said of it."""


def is_verb(words: Sequence[str]) -> bool:
    """Do these words ask for a change of names?"""
    return bool(words) and words[0] in _VERBS


def mend(library: Library, words: Sequence[str]) -> bool:
    """Does what the words ask; False where no article names what is to be changed, and then the file stays as it is.

    Raises UsageError for too few or too many names, and where the alias file can't be read.
    """
    verb, *names = (" ".join(word.split()) for word in words)
    change, needed, told = _VERBS[verb]
    if len(names) != len(needed):
        raise UsageError(f"{verb} needs {' and '.join(needed)}; a name of several words stands in quotes")
    if wrong := [name for name in names if not normalise(name)]:
        raise UsageError(f"{wrong[0]!r} is no name")
    if library.insight().named(names[0]) is None:
        say(f"dateline: no article names {names[0]!r}")
        return False
    library.alias_file.change(lambda text: change(text, *names))
    say(clean_line(f"{library.alias_file.path}: {told.format(*names)}"))
    return True


def tell(library: Library, found: Iterable[Facet], form: str) -> None:
    """A line for each entity: its name, its kind, how many of the articles asked about name it, and how the archive spells it."""
    tell_one = {"table": _table_line, "tsv": _tsv_line, "jsonl": _json_line}[form]
    spellings_of = partial(_spellings, library)
    for facet in found:
        emit(tell_one(facet, spellings_of(facet)))


def _spellings(library: Library, facet: Facet) -> tuple[Facet, ...]:
    return library.insight().spellings(Entity(facet.value, facet.kind or "other"))


def _table_line(facet: Facet, spellings: Sequence[Facet]) -> str:
    others = ", ".join(clean_line(one.value) for one in spellings if one.value != facet.value)
    return f"{facet.count:>7,}  {clean_line(facet.value)}  ({facet.kind})" + (f"  also {others}" if others else "")


def _tsv_line(facet: Facet, spellings: Sequence[Facet]) -> str:
    return tsv_line([facet.value, facet.kind, facet.count, " | ".join(one.value for one in spellings)])


def _json_line(facet: Facet, spellings: Sequence[Facet]) -> str:
    spelled = [{"name": one.value, "articles": one.count} for one in spellings]
    return records.json_line({"name": facet.value, "kind": facet.kind, "articles": facet.count, "spellings": spelled})
