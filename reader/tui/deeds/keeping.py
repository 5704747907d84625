"""Searches kept under a name: keeping the filter that is in the bar, and opening one that was kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from reader.clean import clean_line
from reader.errors import UsageError
from reader.query.fold import fold
from reader.query.saved import is_name, problems_of
from reader.settings import settings_file
from reader.settings.edits import change, with_entry
from reader.tui.desk import Deed, Desk
from reader.tui.prompt import Offer, Prompt


class Keeping:
    """Keeping and opening searches."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self) -> Mapping[str, Deed]:
        """What each action of keeping does."""
        return {"keep-search": lambda _: self._ask_name(), "searches": lambda _: self._ask_which()}

    def _ask_name(self) -> None:
        text = " ".join(self._desk.session.text.split())
        if not text or self._desk.session.query.error:
            self._desk.say("there is no filter to keep: type one first, / begins it")
            return
        self._desk.open_drawer(Prompt("keep as @", lambda name: self._keep(name.strip().removeprefix("@"), text), said=text))

    def _keep(self, name: str, text: str) -> str | None:
        """Writes the filter into the settings file; what is wrong with the name, or with the file."""
        saved = self._desk.session.saved
        if not is_name(name):
            return "a name has letters, digits, - and _ only"
        if problem := problems_of({**saved, name: text}).get(name):
            return problem
        try:
            change(settings_file(), partial(with_entry, setting="searches", name=name, value=text))
        except UsageError as error:
            return str(error)
        was_there = saved.get(name) not in (None, text)
        saved[name] = text
        self._desk.say(clean_line(f"{'changed' if was_there else 'kept'}: @{name} stands for {text}"))
        return None

    def _ask_which(self) -> None:
        if not self._desk.session.saved:
            key = next(iter(self._desk.keymap.labels_of("keep-search")), ":keep-search")
            self._desk.say(f"no search is kept yet; {key} keeps the filter")
            return
        self._desk.open_drawer(Prompt("open @", self._open, offers=self._offers))

    def _offers(self, begun: str) -> Sequence[Offer]:
        wanted = fold(begun.strip().removeprefix("@"))
        return [Offer(name, name, text) for name, text in self._desk.session.saved.items() if wanted in fold(name)]

    def _open(self, written: str) -> str | None:
        fitting = self._offers(written)
        exact = [offer for offer in fitting if fold(offer.text) == fold(written.strip().removeprefix("@"))]
        if not (exact or fitting):
            return "no search is kept under that name"
        self._desk.filter_by(f"@{(exact or fitting)[0].text}")
        return None
