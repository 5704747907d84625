"""Searches kept under a name: keeping the filter that is in the bar, the list of all that are kept, and watching them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from reader.clean import clean_line
from reader.errors import UsageError
from reader.library import Library
from reader.query.refine import settled
from reader.query.saved import expand, is_name, problems_of
from reader.query.tree import Node, Query, SavedRef, Term, Text, all_of, walk
from reader.settings import settings_file
from reader.settings.edits import change, with_entry, without_entry
from reader.tui import watches
from reader.tui.desk import Deed, Desk
from reader.tui.prompt import Prompt
from reader.tui.searches_sheet import Kept, SearchesSheet, SearchWishes

_UNREAD, _NEW = (Term("is", (Text(name),)) for name in ("unread", "new"))


class Keeping:
    """Keeping, listing and watching searches."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._done: list[Callable[[], object]] = []
        """What takes each thing done on the sheet back, the last one last."""

    def table(self) -> Mapping[str, Deed]:
        """What each action of keeping does."""
        return {
            "keep-search": lambda _: self._ask_name(),
            "searches": lambda _: self._list(),
            "watch": lambda _: self._watch_filter(),
        }

    # -- keeping ---------------------------------------------------------------------------------------------------

    def _filter(self) -> str | None:
        """The filter of the bar, where it can be kept; else that is said."""
        text = " ".join(self._desk.session.filter.split())
        if text and not self._desk.session.query.error:
            return text
        self._desk.say("there is no filter to keep: type one first, / begins it")
        return None

    def _ask_name(self) -> None:
        if text := self._filter():
            self._desk.open_drawer(Prompt("keep as @", lambda name: self._keep(name.strip().removeprefix("@"), text), said=text))

    def _keep(self, name: str, text: str) -> str | None:
        """Writes the filter into the settings file; what is wrong with the name, or with the file."""
        saved = self._desk.session.saved
        if not is_name(name):
            return "a name has letters, digits, - and _ only"
        if problem := problems_of({**saved, name: text}).get(name):
            return problem
        was_there = saved.get(name) not in (None, text)
        try:
            self._set(name, text)
        except UsageError as error:
            return str(error)
        key = self._desk.keymap.label_of_search(name)
        opens = f" · {key} opens it" if key else ""
        self._desk.say(clean_line(f"{'changed' if was_there else 'kept'}: @{name} stands for {text}{opens}"))
        return None

    def _set(self, name: str, text: str | None) -> None:
        """Keeps a search, or forgets it, here and in the settings file. Raises UsageError where the file can't be changed."""
        if text is None:
            change(settings_file(), partial(without_entry, setting="searches", name=name))
            del self._desk.session.saved[name]
        else:
            change(settings_file(), partial(with_entry, setting="searches", name=name, value=text))
            self._desk.session.saved[name] = text
        self._desk.keymap.open_searches(self._desk.session.saved, self._desk.settings.search_letters)

    def _watch_filter(self) -> None:
        if text := self._filter():
            self._desk.say(clean_line(f"{text}: {watches.turn(self._desk, text)}"))

    # -- the list --------------------------------------------------------------------------------------------------

    def _list(self) -> None:
        if not self._kept():
            key = next(iter(self._desk.keymap.labels_of("keep-search")), ":keep-search")
            self._desk.say(f"no search is kept yet; {key} keeps the filter")
            return
        wishes = SearchWishes(
            kept=self._kept,
            count=lambda text: self._count(sheet, text),
            open=lambda text: self._open(sheet, text),
            watch=self._watch,
            forget=self._forget,
            undo=self._undo,
        )
        sheet = SearchesSheet(wishes, ascii_only=bool(self._desk.settings.ascii))
        self._desk.screen.app.push_screen(sheet)

    def _kept(self) -> Sequence[Kept]:
        session, label = self._desk.session, self._desk.keymap.label_of_search
        named = [
            Kept(f"@{name}", name, text, label(name), watches.way_of(self._desk, f"@{name}"), self._mistake(f"@{name}"))
            for name, text in session.saved.items()
        ]
        opened = {kept.opens for kept in named}
        watched = [(text, way) for text, way in session.watched.items() if text not in opened]
        return [*named, *(Kept(text, text, "", "", way, self._mistake(text)) for text, way in watched)]

    def _mistake(self, text: str) -> str:
        """What is wrong with a filter, or with a kept search that it uses; empty for nothing."""
        error = self._query(text).error
        return error.message if error else ""

    def _count(self, sheet: SearchesSheet, text: str) -> None:
        query = self._query(text)

        def count(library: Library) -> tuple[int, int]:
            clock = library.clock(datetime.now().astimezone())
            unread, new = (library.count(_both(query, mark), clock) for mark in (_UNREAD, _NEW))
            return unread, new if clock.last_visit else 0

        self._desk.work.find_out(count, lambda found: sheet.post_message(SearchesSheet.Counted(text, *found)))

    def _query(self, text: str) -> Query:
        return expand(settled(text), self._desk.session.saved, final=False)

    def _open(self, sheet: SearchesSheet, text: str) -> None:
        sheet.dismiss()
        self._desk.filter_by(text)
        self._desk.go_to("list")

    # -- changing it -----------------------------------------------------------------------------------------------

    def _watch(self, text: str) -> str:
        before = watches.way_of(self._desk, text)
        said = watches.turn(self._desk, text)
        if watches.way_of(self._desk, text) != before:
            self._done.append(lambda: watches.set_way(self._desk, text, before))
        return f"{text}: {said}"

    def _forget(self, text: str) -> str:
        """Forgets a search, and no longer watches it."""
        name, way = text.removeprefix("@"), watches.way_of(self._desk, text)
        was = self._desk.session.saved.get(name) if text.startswith("@") else None
        if was is not None and (user := self._user_of(name)):
            return f"{text} stays: {user} uses it"
        try:
            if way:
                watches.set_way(self._desk, text, "")
            if was is not None:
                self._set(name, None)
        except UsageError as error:
            return str(error)
        self._done.append(partial(self._remember, text, was, way))
        return f"{text}: forgotten; u brings it back"

    def _remember(self, text: str, was: str | None, way: str) -> None:
        if was is not None:
            self._set(text.removeprefix("@"), was)
        if way:
            watches.set_way(self._desk, text, way)

    def _user_of(self, name: str) -> str | None:
        """Another kept search, or a filter that is watched, that uses the one of this name."""
        session = self._desk.session
        users = {f"@{other}": text for other, text in session.saved.items() if other != name}
        users |= {text: text for text in session.watched if text != f"@{name}"}
        return next((user for user, text in users.items() if _uses(settled(text).root, name)), None)

    def _undo(self) -> str:
        if not self._done:
            return "nothing to undo"
        try:
            self._done.pop()()
        except UsageError as error:
            return str(error)
        return "undone"


def _both(query: Query, mark: Term) -> Query:
    return Query(all_of([query.root, mark] if query.root else [mark]), limit=query.limit)


def _uses(root: Node | None, name: str) -> bool:
    return any(isinstance(node, SavedRef) and node.name.casefold() == name.casefold() for node in walk(root))
