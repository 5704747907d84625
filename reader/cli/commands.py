"""What each command does: ask the library, write the answer to stdout, say the rest to stderr."""

from __future__ import annotations

import argparse
import atexit
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from reader.clean import clean, clean_line
from reader.cli import importing, naming, output
from reader.cli.opening import archives_of
from reader.cli.output import emit, say
from reader.cli.progress import Bar
from reader.entities.alias_file import AliasFile
from reader.errors import IndexFileError, QueryError, UsageError
from reader.library import Library
from reader.model import ArticleId, ArticleKey, HeadlineRow, OpenedArticle, Problem
from reader.query.saved import expand
from reader.query.syntax import parse
from reader.query.tree import Query
from reader.sending import exports, records, whole
from reader.settings import Settings, entries, folders, folders_of, load, settings_file, theme_file, theme_files, write_template
from reader.settings.themes import TEXTUAL_THEMES
from reader.triage.marks import MarksChanged
from reader.triage.verbs import verdict

Answer = TypeVar("Answer")

DONE, NOTHING = 0, 1
_PAGE = 500


def list_articles(arguments: argparse.Namespace) -> int:
    library, query = _asked(arguments)
    width = output.terminal_width()
    count = 0
    for row in _found(library, query, arguments, with_entities=arguments.format == "jsonl"):
        count += 1
        if arguments.format == "jsonl":
            emit(records.json_line(records.record(row)))
        elif arguments.format == "tsv":
            emit(output.tsv_line(output.columns(row)))
        else:
            emit(output.list_line(row, width))
    return DONE if count else NOTHING


def show(arguments: argparse.Namespace) -> int:
    if not arguments.key:
        raise UsageError("show needs the KEY of an article (see dateline list --format tsv)")
    library = _library(arguments)
    _bring_up_to_date(library, arguments)
    row = _mended(library, lambda: library.row_of(arguments.key))
    if row is None:
        say(f"dateline: no article has the key {arguments.key!r}")
        return NOTHING
    opened = library.open(row)
    if isinstance(opened, Problem):
        say(output.problem_line(opened))
        return NOTHING
    for problem in opened.article.problems:
        say(output.problem_line(problem))
    if arguments.format == "json":
        emit(records.json_line(records.full_record(opened)))
    else:
        emit(whole.markdown(opened) if arguments.format == "markdown" else whole.text(opened))
    return DONE


def facets(arguments: argparse.Namespace) -> int:
    library, query = _asked(arguments)
    _bring_up_to_date(library, arguments)
    found = _mended(library, lambda: library.facets(arguments.field, query, library.clock(_now()), arguments.limit))
    for facet in found:
        if arguments.format == "jsonl":
            emit(records.json_line(records.facet_record(facet)))
        elif arguments.format == "tsv":
            emit(output.tsv_line([facet.value, facet.count, *([facet.kind] if facet.kind else [])]))
        else:
            emit(f"{facet.count:>7,}  {clean_line(facet.value)}" + (f"  ({facet.kind})" if facet.kind else ""))
    return DONE if found else NOTHING


def entities(arguments: argparse.Namespace) -> int:
    if naming.is_verb(arguments.words):
        library = _library(arguments)
        _bring_up_to_date(library, arguments)
        return DONE if naming.mend(library, arguments.words) else NOTHING
    arguments.query = arguments.words + arguments.query
    library, query = _asked(arguments)
    _bring_up_to_date(library, arguments)
    found = _mended(library, lambda: library.facets("entity", query, library.clock(_now()), arguments.limit))
    naming.tell(library, found, arguments.format)
    return DONE if found else NOTHING


def index(arguments: argparse.Namespace) -> int:
    library = _library(arguments)
    library.require_index()
    if arguments.rebuild:
        library.discard_index()
    with Bar(sys.stderr) as bar:
        for progress in library.refresh():
            bar.show(progress)
    library.prepare()
    articles, problems = library.counts().articles, len(library.problems())
    say(f"{articles:,} article{'' if articles == 1 else 's'}, {problems:,} problem{'' if problems == 1 else 's'}")
    if arguments.watch:
        from reader.cli.watching import watch

        watch(library)
    return DONE


def mark(arguments: argparse.Namespace) -> int:
    given = verdict(arguments.verb)
    library, query = _asked(arguments)
    if query.root is None and query.limit is None:
        raise UsageError("mark needs a QUERY that says which articles (date:1800.. for all that have a date)")
    rows = [(row.archive, row.key) for row in _found(library, query, arguments)]
    say(_told(library.give(given, rows)))
    return DONE


def undo(arguments: argparse.Namespace) -> int:
    changed = _library(arguments).undo()
    say(f"undone: {_told(changed)}" if changed else "nothing to undo")
    return DONE


def redo(arguments: argparse.Namespace) -> int:
    changed = _library(arguments).redo()
    say(f"done again: {_told(changed)}" if changed else "nothing to redo")
    return DONE


def export(arguments: argparse.Namespace) -> int:
    library, query = _asked(arguments)
    rows = _found(library, query, arguments, with_entities=True)
    count = 0
    opening = library.open if exports.needs_mentions(arguments.format, arguments.group) else library.read
    for line in exports.lines(arguments.format, rows, lambda row: _told_opened(opening(row)), arguments.group):
        count += 1
        emit(line)
    return DONE if count else NOTHING


def problems(arguments: argparse.Namespace) -> int:
    library = _library(arguments)
    _bring_up_to_date(library, arguments)
    for problem in _mended(library, library.problems):
        emit(records.json_line(records.problem_record(problem)) if arguments.format == "jsonl" else output.problem_line(problem))
    return DONE


def import_marks(arguments: argparse.Namespace) -> int:
    library = _library(arguments)
    _bring_up_to_date(library, arguments)
    found = importing.take_over(library, arguments.file, arguments.source, arguments.star, writes=arguments.write)
    return DONE if found else NOTHING


def import_searches(arguments: argparse.Namespace) -> int:
    known = settings_in_force().searches
    found = importing.take_searches(arguments.file, arguments.source, settings_file(), known, writes=arguments.write)
    return DONE if found else NOTHING


def config(arguments: argparse.Namespace) -> int:
    path = settings_file()
    if arguments.init:
        return _write_settings(path)
    settings, problems = load()
    names = AliasFile.of(folders().settings)
    wrong = dict.fromkeys((*problems, *(problem for name in theme_files() for problem in theme_file(name)[1]), *names.problems()))
    for problem in wrong:
        say(output.problem_line(problem))
    if arguments.check:
        if not wrong:
            say(f"{path}: nothing wrong" if path.exists() else f"{path}: not there; defaults are used")
        return 2 if wrong else DONE
    places = folders_of(settings)
    emit(f"settings  {clean(str(path))}{'' if path.exists() else '  (not there: defaults are used)'}")
    emit(f"index     {clean(str(places.index or places.cache))}")
    emit(f"names     {clean(str(names.path))}{'' if names.path.exists() else '  (not there: names are as the articles have them)'}")
    emit(f"marks     {clean(str(places.state / 'state.db'))}")
    emit(f"archive   {clean(', '.join(archives_of([], settings)))}")
    emit("")
    for entry in entries(settings):
        emit(clean_line(f"{entry.name}: {entry.value}  # {entry.help}"))
    emit("")
    emit(clean_line(f"# themes: {', '.join(sorted((*TEXTUAL_THEMES, *theme_files())))}"))
    return DONE


def _write_settings(path: Path) -> int:
    """Writes a settings file where there is none."""
    try:
        write_template(path)
    except FileExistsError as error:
        raise UsageError(f"{path}: there already, and left as it is") from error
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror}") from error
    say(f"{path}: written; every setting is at its default")
    return DONE


# -- shared by the commands ----------------------------------------------------------------------------------------


def settings_in_force() -> Settings:
    """The settings; what is wrong with them goes to the person, and stops nothing."""
    settings, wrong = load()
    for problem in wrong:
        say(output.problem_line(problem))
    return settings


def understood(text: str, settings: Settings) -> Query:
    """What a query asks for. Raises QueryError, which points at the place, where it can't be read."""
    try:
        return expand(parse(text, final=True), settings.searches)
    except QueryError as error:
        raise QueryError(f"{error}\n{output.pointed(text, error.start, error.end)}", error.start, error.end) from error


def _library(arguments: argparse.Namespace) -> Library:
    settings = settings_in_force()
    return open_library(archives_of(arguments.archives, settings), settings)


def open_library(archives: Sequence[str], settings: Settings) -> Library:
    """A library that tells stderr what has become of its files, and is closed when the program ends."""
    library = Library(archives, folders_of(settings))
    library.say = lambda words: say(f"dateline: {words}")
    atexit.register(library.close)
    return library


def _asked(arguments: argparse.Namespace) -> tuple[Library, Query]:
    """What is asked about, and what is asked."""
    settings = settings_in_force()
    return open_library(archives_of(arguments.archives, settings), settings), _query(arguments, settings)


def _query(arguments: argparse.Namespace, settings: Settings) -> Query:
    """What is asked; what was read otherwise than it looks goes to the person."""
    query = understood(" ".join(arguments.query), settings)
    for hint in query.hints:
        say(f"dateline: {clean_line(hint.message)}")
    return query


def _bring_up_to_date(library: Library, arguments: argparse.Namespace) -> None:
    if arguments.no_scan and library.has_index():
        return
    _index(library)


def _index(library: Library) -> None:
    with Bar(sys.stderr, quiet_seconds=1.0) as bar:
        for progress in library.refresh():
            bar.show(progress)


def _mended(library: Library, ask: Callable[[], Answer]) -> Answer:
    """The answer; asked again of an index made anew where the one that there was is damaged."""
    try:
        return ask()
    except IndexFileError as error:
        if error.trouble != "damaged":
            raise
    library.spoil_index()
    _index(library)
    return ask()


def _found(library: Library, query: Query, arguments: argparse.Namespace, *, with_entities: bool = False) -> Iterator[HeadlineRow]:
    """The rows of the query's answer, in its order."""
    _bring_up_to_date(library, arguments)
    ids = _mended(library, lambda: library.all_ids(query, library.clock(_now())))
    limit = getattr(arguments, "limit", None)
    wanted = ids if limit is None else ids[:limit]
    for start in range(0, len(wanted), _PAGE):
        yield from library.rows([ArticleId(number) for number in wanted[start : start + _PAGE]], with_entities=with_entities)


def _told_opened(opened: OpenedArticle | Problem) -> OpenedArticle | None:
    """An article that could be read; what is wrong with one that couldn't goes to the person."""
    if isinstance(opened, Problem):
        say(output.problem_line(opened))
        return None
    return opened


def _told(changed: MarksChanged) -> str:
    if not changed.skipped:
        return changed.said
    keys = ", ".join(sorted({ArticleKey(spot.key) for spot in changed.skipped})[:5])
    return f"{changed.said}; left alone, because changed since: {keys}"


def _now() -> datetime:
    return datetime.now().astimezone()


ACTIONS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "list": list_articles,
    "show": show,
    "facets": facets,
    "entities": entities,
    "index": index,
    "mark": mark,
    "undo": undo,
    "redo": redo,
    "export": export,
    "problems": problems,
    "import": import_marks,
    "import-searches": import_searches,
    "config": config,
}
"""By the name of each command."""
