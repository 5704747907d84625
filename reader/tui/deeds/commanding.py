"""The command line: every action by name, and verdicts on all that fits a query, counted before they are given."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from reader.errors import QueryError, UsageError
from reader.query.saved import expand
from reader.query.syntax import parse
from reader.query.tree import Query
from reader.tui.command_words import (
    Act,
    Command,
    GoToDate,
    Judge,
    RenameTag,
    Select,
    command_offers,
    parse_command,
    scope_offers,
    scope_start,
)
from reader.tui.deeds.jumping import Jumping
from reader.tui.desk import Deed, Desk
from reader.tui.prompt import Offer, Prompt


class Commanding:
    """Opening the command line."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self) -> Mapping[str, Deed]:
        """What each action of the command line does."""
        return {"command": lambda _: CommandLine(self._desk).open()}


class CommandLine:
    """One command line, from its opening to the command that is done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tags = desk.library.tags()
        self._prompt = Prompt(":", self._answer, offers=self._offers, edited=self._preview)
        self._counted: tuple[str, array[int]] | None = None
        """The last line whose articles are known, and which they are."""
        self._is_wanted = False
        """Whether the line was answered before its articles were known."""

    def open(self) -> None:
        """Shows it."""
        self._desk.open_drawer(self._prompt)

    def _key_of(self, action: str) -> str:
        return next(iter(self._desk.keymap.labels_of(action)), "")

    def _offers(self, text: str) -> list[Offer] | None:
        """How the line could go on; None for a filter, whose values are looked up in the archive."""
        start = scope_start(text)
        if start is None:
            return command_offers(text, self._key_of, self._tags)
        scope, saved = text[start:], self._desk.session.saved
        self._desk.work.find_completion(
            scope, len(scope), saved, lambda found: self._prompt.offer(text, scope_offers(text, start, found))
        )
        return None

    def _preview(self, text: str) -> None:
        """Has the articles counted that the command would be about."""
        self._counted, self._is_wanted = None, False
        try:
            command = parse_command(text)
            query = _scope(command, self._desk.session.saved)
        except QueryError as error:
            self._prompt.say(str(error), is_wrong=True)
        except UsageError:
            return
        else:
            if query is not None:
                self._desk.work.find(query, lambda ids: self._know(text, command, ids))

    def _know(self, text: str, command: Command, ids: array[int]) -> None:
        if text != self._prompt.text or not (self._prompt.is_open or self._is_wanted):
            return
        if isinstance(command, Select):
            listed = set(self._desk.session.answer.ids)
            ids = array("q", (number for number in ids if number in listed))
        self._counted = (text, ids)
        self._prompt.say(f"{len(ids):,} article{'' if len(ids) == 1 else 's'}")
        if self._is_wanted:
            self._is_wanted = False
            self._desk.has_come(self)
            self._finish(command, ids)

    def _answer(self, text: str) -> str | None:
        try:
            command = parse_command(text)
            query = _scope(command, self._desk.session.saved)
        except (UsageError, QueryError) as error:
            return str(error)
        if query is None:
            return self._do(command)
        if self._counted is None:
            self._is_wanted = True
            self._desk.awaited = self
            self._desk.say("counting…")
        else:
            self._finish(command, self._counted[1])
        return None

    def _do(self, command: Command) -> str | None:
        """Does what needs no counting."""
        if isinstance(command, Act):
            self._desk.do(command.action, None)
        elif isinstance(command, GoToDate):
            return Jumping(self._desk).go_to_words(command.words)
        elif isinstance(command, RenameTag):
            self._desk.work.mark("mark", lambda marks: marks.rename_tag(command.old, command.new))
        elif isinstance(command, Judge):
            self._desk.judge(command.job)
        else:
            return "select takes a query, as in select is:unread"
        return None

    def _finish(self, command: Command, ids: array[int]) -> None:
        """Does the command on exactly the articles that were counted."""
        if isinstance(command, Select):
            self._desk.session.selection.pick(ids)
            self._desk.show_selection()
        elif isinstance(command, Judge):
            self._desk.judge(command.job, ids)
        if not ids:
            self._desk.say("no article fits that")


def _scope(command: Command, saved: Mapping[str, str]) -> Query | None:
    """The query of a command; None for one without. Raises QueryError."""
    if isinstance(command, Judge | Select) and command.scope:
        return expand(parse(command.scope, final=True), saved)
    return None
