"""The command line: what was asked, exit codes, and every error as one line.

    0  done    1  ran and found nothing    2  the call was wrong
    3  archive, index or state can't be used    70  a fault of the program's own    130  Ctrl-C
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn

from reader import __version__, crash
from reader.cli.output import OutputError, answering, finish, say
from reader.errors import QueryTooLong, ReaderError, UsageError
from reader.settings import folders

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_DESCRIPTION = "A news reader for the terminal: open a folder of articles, filter, read, star, move on."
_ARCHIVE_HELP = "a folder of articles, or one article; none: the one in the settings, else the samples"

_EPILOG = """commands: list, show, facets, entities, index, mark, undo, redo, export, problems,
          import, import-searches, config
  dateline COMMAND --help tells more of each. An archive that is named like a command is written ./list.

the filter language: words, category:world, person:"Li Qiang", place:Kunming, date:2024-11, since:7d, is:unread, -word, a OR b
keys: / filter, j k move, Enter open, s star, m read, u undo, ? every key, q quit"""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""What Python makes of a byte that is no letter in the locale's encoding."""
_LONGEST_NUMBER = 18
_UNKNOWN = "unrecognized arguments: -"
"""How argparse begins to tell of options that it doesn't know."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and leaves with 2."""

    def error(self, message: str) -> NoReturn:
        hint = "; a QUERY that begins with - follows --" if message.startswith(_UNKNOWN) and self._takes_query() else ""
        say(f"{self.prog}: {message}{hint} (see {self.prog} --help)")
        raise SystemExit(2)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Leaves once the help is written. Raises OutputError where it can't be."""
        finish()
        super().exit(status, message)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        # argparse's own is silent where the help, or the version, can't be written.
        with answering():
            (file or sys.stderr).write(message)

    def refuse_terms(self, words: Sequence[str]) -> None:
        """Leaves with 2 where a word is a term of a query that would be read as options: `-has:link` as `-h` and `-a s:link`."""
        if self._takes_query() and (terms := [word for word in words if _is_term(word)]):
            self.error(f"{_UNKNOWN}{terms[0].removeprefix('-')}")

    def _takes_query(self) -> bool:
        """Whether words of a query may stand among the arguments."""
        return any(action.metavar == "QUERY" and not action.option_strings for action in self._actions)


def run(argv: Sequence[str]) -> int:
    """Does what the arguments ask; gives the exit code. Never a traceback: a fault of the program's own leaves a report."""
    _fill_streams()
    try:
        return _run(list(argv))
    except (UsageError, QueryTooLong) as error:
        say(f"dateline: {error}")
        return 2
    except ReaderError as error:
        say(f"dateline: {error}")
        if isinstance(error, OutputError):
            _write_no_more()
        return 3
    except BrokenPipeError:
        # Whoever read the answer has had enough.
        _write_no_more()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  # the last place where a fault can be told in one line
        say(crash.in_one_line(crash.write_report(error, folders().state)))
        return crash.EXIT


def _fill_streams() -> None:
    """Puts nothing in the place of a stream that was closed: a file opened later would get its number, and what is meant for it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            if descriptor != number:
                os.dup2(descriptor, number)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))


def _write_no_more() -> None:
    """What waits to be written is dropped, so that nothing is said of it at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(argv: list[str]) -> int:
    action: Callable[[argparse.Namespace], int]
    if argv and argv[0] in COMMANDS:
        from reader.cli.commands import ACTIONS

        parser = _Parser(prog=f"dateline {argv[0]}")
        COMMANDS[argv[0]](parser)
        words, tail = _split_tail(argv[1:])
        parser.refuse_terms(words)
        arguments = parser.parse_intermixed_args(words)
        _take_tail(parser, arguments, tail)
        action = ACTIONS[argv[0]]
    else:
        from reader.cli.opening import read_news

        words, tail = _split_tail(argv)
        arguments = _reader_parser().parse_intermixed_args(words)
        arguments.archives += tail
        action = read_news
    code = action(arguments)
    finish()
    return code


def _is_term(word: str) -> bool:
    """Whether a word is `-field:value`, or such as argparse would take apart and read as a wish for help."""
    from reader.query.fields import find_field

    name, colon, _ = word[1:].partition(":")
    return word.startswith("-") and ((bool(colon) and find_field(name) is not None) or (word.startswith("-h") and word != "-h"))


def _split_tail(argv: list[str]) -> tuple[list[str], list[str]]:
    """What stands before and after `--`."""
    if "--" not in argv:
        return argv, []
    at = argv.index("--")
    return argv[:at], argv[at + 1 :]


def _take_tail(parser: argparse.ArgumentParser, arguments: argparse.Namespace, tail: list[str]) -> None:
    """Words after `--` belong to the query, or to the key where there is none."""
    if not tail:
        return
    if hasattr(arguments, "query"):
        arguments.query += map(_text, tail)
    elif getattr(arguments, "key", False) is None and len(tail) == 1:
        arguments.key = tail[0]
    else:
        parser.error(f"unexpected {tail[0]!r}")


def _reader_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="dateline", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archives", nargs="*", metavar="ARCHIVE", help=_ARCHIVE_HELP)
    parser.add_argument("-q", "--query", type=_text, default="", dest="filter", metavar="QUERY", help="the filter to begin with")
    parser.add_argument("--plain", action="store_true", help="line by line: for screen readers, dumb terminals and scripts")
    parser.add_argument("--low-bandwidth", action="store_true", help="send less: sixteen colours, fewer repaints")
    parser.add_argument("--version", action="version", version=f"dateline {__version__}")
    return parser


def _common(parser: argparse.ArgumentParser, *, query: bool = True, scan: bool = True) -> None:
    parser.add_argument(
        "-a", "--archive", action="append", default=[], dest="archives", metavar="ARCHIVE", help="a folder or an article; may be repeated"
    )
    if query:
        told = "what to find, in the filter language; one that begins with - follows --"
        parser.add_argument("query", nargs="*", type=_text, default=[], metavar="QUERY", help=told)
    if scan:
        parser.add_argument("--no-scan", action="store_true", help="don't look for new and changed files first")


def _format(parser: argparse.ArgumentParser, *names: str) -> None:
    parser.add_argument("--format", choices=names, default=names[0], help=f"default: {names[0]}")


def _limit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=_count, metavar="N", help="at most so many")


def _count(text: str) -> int:
    if not text.isdecimal() or len(text) > _LONGEST_NUMBER:
        raise argparse.ArgumentTypeError(f"{text[:_LONGEST_NUMBER]!r} is no number of articles")
    return int(text)


def _text(argument: str) -> str:
    """An argument as UTF-8, whatever the locale says; what isn't is replaced, so that it can be asked for and kept."""
    return os.fsencode(argument).decode("utf-8", "replace") if _LONE_SURROGATE.search(argument) else argument


def _list(parser: argparse.ArgumentParser) -> None:
    parser.description = "List the headlines that fit a query, newest first."
    _common(parser)
    _format(parser, "table", "tsv", "jsonl")
    _limit(parser)


def _show(parser: argparse.ArgumentParser) -> None:
    parser.description = "Show one article."
    parser.add_argument("key", nargs="?", metavar="KEY", help="its key, as `dateline list` gives it, or its path")
    _common(parser, query=False)
    _format(parser, "markdown", "text", "json")


def _facets(parser: argparse.ArgumentParser) -> None:
    parser.description = "Count the articles that fit a query by one field."
    parser.add_argument("field", type=_text, metavar="FIELD", help="category entity person org place source language day, also tag")
    _common(parser)
    _format(parser, "table", "tsv", "jsonl")
    _limit(parser)


def _entities(parser: argparse.ArgumentParser) -> None:
    parser.description = "List whom and what articles name; or mend names, for good, in the alias file beside the settings."
    parser.usage = "%(prog)s [QUERY ...] | merge NAME INTO | rename NAME NEW | ignore NAME   [options]"
    told = "of which articles, in the filter language; or merge, rename or ignore and names, those of several words in quotes"
    parser.add_argument("words", nargs="*", type=_text, default=[], metavar="QUERY", help=told)
    parser.set_defaults(query=[])
    _common(parser, query=False)
    _format(parser, "table", "tsv", "jsonl")
    _limit(parser)


def _index(parser: argparse.ArgumentParser) -> None:
    parser.description = "Bring the index up to date."
    _common(parser, query=False, scan=False)
    parser.add_argument("--rebuild", action="store_true", help="begin anew")
    parser.add_argument("--watch", action="store_true", help="go on until stopped, and say what changes")


def _mark(parser: argparse.ArgumentParser) -> None:
    parser.description = "Mark every article that fits a query, as one step that `dateline undo` takes back."
    parser.add_argument("verb", type=_text, metavar="VERB", help="read unread star unstar skip unskip tag:NAME untag:NAME queue unqueue")
    _common(parser)


def _turn(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.prog.rsplit(maxsplit=1)[-1].capitalize()} the last step of marking."
    _common(parser, query=False, scan=False)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.description = "Write the articles that fit a query: whole, or with --group as a briefing of summaries, quotes and notes."
    _common(parser)
    _format(parser, "markdown", "jsonl", "csv", "html")
    parser.add_argument("--group", choices=("day", "category", "entity"), help="gather the stories under days, categories or names")


def _problems(parser: argparse.ArgumentParser) -> None:
    parser.description = "The files that could not be read, or only in part, and why."
    _common(parser, query=False)
    _format(parser, "table", "jsonl")


def _source_names() -> Sequence[str]:
    from reader.imports.source import SOURCES

    return tuple(SOURCES)


def _import(parser: argparse.ArgumentParser) -> None:
    parser.description = "Take over what was read, flagged and tagged in another reader. Says what would change; --write changes it."
    parser.add_argument("file", metavar="FILE", help="newsboat's cache.db or elfeed's index")
    _common(parser, query=False)
    parser.add_argument("--from", choices=_source_names(), dest="source", help="whose file it is; without it, by its content")
    parser.add_argument("--star", default="", metavar="LETTERS", help="newsboat flags that mean a star; the others become tags (flag-x)")
    parser.add_argument("--write", action="store_true", help="write the marks, as one step that `dateline undo` takes back")


def _import_searches(parser: argparse.ArgumentParser) -> None:
    parser.description = "Take over the searches kept in newsboat or elfeed, as far as they can be put into the filter language."
    parser.add_argument("file", metavar="FILE", help="newsboat's urls file, with its query feeds, or Emacs's bookmarks file")
    parser.add_argument("--from", choices=_source_names(), dest="source", help="whose file it is; without it, by its content")
    parser.add_argument("--write", action="store_true", help="write them into the settings file, which keeps its comments and order")


def _config(parser: argparse.ArgumentParser) -> None:
    parser.description = "Where the settings come from, what they are, and what is wrong in them."
    parser.add_argument("--check", action="store_true", help="only what is wrong; leaves with 2 where something is")
    parser.add_argument("--init", action="store_true", help="write a settings file with every setting at its default, where there is none")


COMMANDS: Mapping[str, Callable[[argparse.ArgumentParser], None]] = {
    "list": _list,
    "show": _show,
    "facets": _facets,
    "entities": _entities,
    "index": _index,
    "mark": _mark,
    "undo": _turn,
    "redo": _turn,
    "export": _export,
    "problems": _problems,
    "import": _import,
    "import-searches": _import_searches,
    "config": _config,
}
"""What each command understands; `reader.cli.commands` does it."""
