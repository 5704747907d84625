"""The reader line by line: a prompt, a word, an answer. For screen readers, for terminals that can't be drawn on, and for scripts.

What is said goes to stdout in the order in which it happens, nothing is ever taken back or drawn over, and the prompt is where
the cursor is. The commands are one table, which `help` tells.
"""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from reader.clean import clean
from reader.cli.output import answering, problem_line
from reader.cli.spoken import listed, row_line
from reader.errors import QueryError, ReaderError, UsageError
from reader.library import Library
from reader.model import ArticleId, HeadlineRow, Problem
from reader.query.saved import expand
from reader.query.syntax import parse
from reader.query.tree import Query
from reader.sending import whole
from reader.settings import Settings
from reader.triage.jobs import giving
from reader.triage.marks import MarksChanged
from reader.triage.verbs import VERB_NAMES, VERDICTS, verdict

_PAGE = 20
"""Headlines told at a time."""
_NUMBERS = re.compile(r"(\d+)(?:-(\d+))?")
_LONGEST_NUMBER = 18
"""Digits; no list is that long, and Python refuses to read thousands of them."""


class Leave(Exception):
    """The person has had enough."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to type."""

    words: tuple[str, ...]
    """The word, then shorter ones."""
    argument: str
    help: str
    do: Callable[[str], None]


class PlainReader:
    """One session at a prompt."""

    def __init__(self, library: Library, settings: Settings, *, is_watched: bool) -> None:
        """`is_watched` where a person sits at a terminal: then there is a prompt, and an article comes a page at a time."""
        self._library = library
        self._settings = settings
        self._is_watched = is_watched
        self._filter = ""
        self._query = Query()
        self._ids: array[int] = array("q")
        self._told = 0
        """How many headlines have been told of the list."""
        self._at: int | None = None
        """The number of the article that was read last."""
        self._commands = (
            Command(("list", "l"), "", "tell the headlines from the first", lambda _: self._list(0)),
            Command(("next", "n"), "", "tell the next headlines; an empty line does the same", lambda _: self._list(self._told)),
            Command(("back", "b"), "", "tell the headlines before", lambda _: self._back()),
            Command(("filter", "f", "/"), "QUERY", "list what fits; without a query, everything", self._filter_by),
            Command(("undo", "u"), "", "undo the last step, for ever back", lambda _: self._turn(self._library.undo(), "undone", "undo")),
            Command(("redo",), "", "do again what was undone", lambda _: self._turn(self._library.redo(), "done again", "redo")),
            Command(("rescan",), "", "look for new and changed files", lambda _: self._rescan()),
            Command(("help", "h", "?"), "", "tell all this", lambda _: self._help()),
            Command(("quit", "q"), "", "leave; every mark is already saved", lambda _: self._leave()),
        )
        self._by_word = {word: command for command in self._commands for word in command.words}

    def run(self, first_filter: str) -> None:
        """Reads commands until told to leave, or until there are no more."""
        self._library.say = self._tell
        self._refresh()
        self._library.visit(_now())
        self._tell("Dateline, line by line. Type help for the commands, quit to leave.")
        self._ask_anew()
        line = f"/{first_filter}"
        with suppress(EOFError, Leave):
            while True:
                self._try(line)
                line = self._ask("> ")

    def do(self, line: str) -> None:
        """Does what one line says. Raises ReaderError with what is wrong with it."""
        word, _, rest = line.strip().partition(" ")
        if not word:
            self._list(self._told)
        elif word.isdecimal():
            self._read(self._number(word))
        elif word.startswith("/"):
            self._filter_by(line.strip()[1:])
        elif command := self._by_word.get(word):
            command.do(rest.strip())
        elif word in VERDICTS or word.startswith(("tag:", "untag:")):
            self._judge(word, rest)
        else:
            near = get_close_matches(word, [*self._by_word, *VERDICTS], 1)
            raise UsageError(f"no command {clean(word)!r}" + (f"; did you mean {near[0]!r}?" if near else "; type help for all of them"))

    # -- the list --------------------------------------------------------------------------------------------------

    def _filter_by(self, text: str) -> None:
        self._query = expand(parse(text.strip(), final=True), self._settings.searches)
        self._filter = text.strip()
        for hint in self._query.hints:
            self._tell(f"{hint.message}.")
        self._ask_anew()
        self._list(0)

    def _ask_anew(self) -> None:
        self._ids = self._library.all_ids(self._query, self._library.clock(_now()))
        self._at = None

    def _list(self, start: int) -> None:
        """Tells a page of headlines from the place `start` on."""
        if start and start >= len(self._ids):
            self._tell(f"That was all of {len(self._ids):,}.")
            return
        some = self._ids[start : start + _PAGE]
        for offset, row in enumerate(self._rows(some)):
            number = start + offset + 1
            self._tell(row_line(number, row) if row else f"{number}. (no longer here)")
        self._told = start + len(some)
        self._tell(listed(start + 1, self._told, len(self._ids), self._filter))

    def _back(self) -> None:
        page = (max(self._told - 1, 0) // _PAGE) * _PAGE
        self._list(max(page - _PAGE, 0))

    def _rows(self, ids: Sequence[int]) -> Iterator[HeadlineRow | None]:
        """The rows of these ids; None for an article that has gone."""
        found = {row.id: row for row in self._library.rows([ArticleId(number) for number in ids])}
        return (found.get(ArticleId(number)) for number in ids)

    def _number(self, digits: str) -> int:
        """A number of the list. Raises UsageError for any other."""
        number = int(digits) if len(digits) <= _LONGEST_NUMBER else 0
        if not 1 <= number <= len(self._ids):
            cut = "…" if len(digits) > _LONGEST_NUMBER else ""
            raise UsageError(f"no article {digits[:_LONGEST_NUMBER]}{cut}; the list has {len(self._ids):,}")
        return number

    # -- articles --------------------------------------------------------------------------------------------------

    def _read(self, number: int) -> None:
        row = next(self._rows([self._ids[number - 1]]))
        if row is None:
            raise _gone(number)
        opened = self._library.open(row)
        if isinstance(opened, Problem):
            raise UsageError(f"{opened.path}: {opened.what}")
        self._at = number
        marks_read = self._settings.mark_read_after is not None and not row.mark.is_read
        wrong = "".join(f"{problem_line(problem)}\n" for problem in opened.article.problems)
        if self._page(wrong + whole.text(opened)) and marks_read:
            self._library.give(verdict("read"), [(row.archive, row.key)])

    def _page(self, text: str) -> bool:
        """Tells a text, a screen at a time where somebody watches; whether all of it was told."""
        size = shutil.get_terminal_size()
        lines = list(_folded(text, size.columns)) if self._is_watched else text.rstrip("\n").split("\n")
        room = max(size.lines - 2, 4) if self._is_watched else len(lines)
        for start in range(0, len(lines), room):
            for line in lines[start : start + room]:
                self._tell(line)
            if start + room < len(lines) and self._ask("Enter goes on, q stops: ").strip():
                return False
        return True

    # -- marks -----------------------------------------------------------------------------------------------------

    def _judge(self, verb: str, rest: str) -> None:
        """Gives a verdict on the articles named by number, else on the one read last; one step to undo."""
        given = verdict(verb)
        numbers = {number: self._ids[number - 1] for number in self._numbers(rest)}
        there = self._library.still_there(list(numbers.values()))
        if gone := [number for number, article in numbers.items() if article not in there]:
            raise _gone(gone[0])
        self._tell_of(self._library.judge(list(numbers.values()), giving(given)), "")

    def _numbers(self, text: str) -> list[int]:
        """`3 5-8` as numbers."""
        words = text.replace(",", " ").split()
        if not words:
            if self._at is None:
                raise UsageError("which? Give numbers as in `star 3 5-8`, or read an article first")
            return [self._at]
        found: list[int] = []
        for word in words:
            span = _NUMBERS.fullmatch(word)
            if span is None:
                raise UsageError(f"{clean(word)!r} is no number; as in `star 3 5-8`")
            first, last = self._number(span[1]), self._number(span[2] or span[1])
            if first > last:
                raise UsageError(f"{word} names none; the smaller number comes first, as in `star {last}-{first}`")
            found += range(first, last + 1)
        return found

    def _turn(self, changed: MarksChanged | None, past: str, verb: str) -> None:
        if changed is None:
            self._tell(f"Nothing to {verb}.")
        else:
            self._tell_of(changed, f"{past}: ")

    def _tell_of(self, changed: MarksChanged, before: str) -> None:
        left = f"; {len(changed.skipped)} left alone, changed since" if changed.skipped else ""
        self._tell(f"{before}{changed.said}{left}.")

    # -- the archive and the rest -----------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Brings the index up to date, with a word where it takes long."""
        stage = ""
        for progress in self._library.refresh():
            if progress.stage != stage and progress.done < progress.total:
                stage = progress.stage
                self._tell(f"{stage} {progress.total:,} articles…")
        self._library.prepare()

    def _rescan(self) -> None:
        self._refresh()
        self._ask_anew()
        self._list(0)

    def _help(self) -> None:
        self._tell("A number reads that article, and at its end marks it read.")
        for command in self._commands:
            words = ", ".join(command.words) + (f" {command.argument}" if command.argument else "")
            self._tell(f"{words}: {command.help}.")
        self._tell(f"{', '.join(VERB_NAMES)}: mark articles, as in `star 3 5-8`; without numbers, the article read last.")

    def _leave(self) -> None:
        raise Leave

    def _try(self, line: str) -> None:
        """Does what a line says; what is wrong with it is told, and stops nothing."""
        try:
            self.do(line)
        except QueryError as error:
            self._tell(f"{error} (at character {error.start + 1}); the list is as it was")
        except ReaderError as error:
            self._tell(str(error))

    def _ask(self, prompt: str) -> str:
        return input(prompt if self._is_watched else "")

    def _tell(self, line: str) -> None:
        with answering():
            print(clean(line), flush=self._is_watched)


def start(library: Library, settings: Settings, first_filter: str) -> None:
    """Runs the line reader on standard input and output. Raises ReaderError where archive, index or marks can't be used."""
    for stream in (sys.stdin, sys.stdout):
        if hasattr(stream, "reconfigure"):
            # Where a stream is not UTF-8 (PYTHONIOENCODING), what it can't say becomes a question mark, and so does a byte typed
            # that is no letter in it.
            stream.reconfigure(errors="replace")
    PlainReader(library, settings, is_watched=sys.stdin.isatty() and sys.stdout.isatty()).run(first_filter)


def _gone(number: int) -> UsageError:
    return UsageError(f"article {number} is no longer here")


def _folded(text: str, width: int) -> Iterator[str]:
    """The lines of a text, none wider than the terminal where its letters are of common width."""
    for paragraph in text.rstrip("\n").split("\n"):
        yield from textwrap.wrap(paragraph, max(width - 1, 20), break_on_hyphens=False) or [""]


def _now() -> datetime:
    return datetime.now().astimezone()
