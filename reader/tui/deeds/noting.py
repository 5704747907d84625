"""The person's own words about articles: tags and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.errors import SendingError, UsageError
from reader.model import ArticleId, HeadlineRow
from reader.triage.jobs import noting, tagging
from reader.triage.verbs import tag_name
from reader.tui.desk import NO_ARTICLE, Deed, Desk
from reader.tui.editor import edited
from reader.tui.note_drawer import NoteDrawer
from reader.tui.prompt import Offer, Prompt
from reader.tui.tag_words import offers, tag_names

_MOST_LOOKED_AT = 500
"""Articles whose tags are looked through for what could be taken away."""


class Noting:
    """Tagging, untagging, renaming tags, and notes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def table(self) -> Mapping[str, Deed]:
        """What each action of tagging and noting does."""
        return {
            "tag": lambda count: self._ask_tags("tag: ", count),
            "untag": lambda count: self._desk.when_marked(lambda: self._ask_tags("untag: ", count, take_away=True)),
            "rename-tag": lambda _: self._ask_rename(),
            "note": lambda _: self._desk.when_marked(self._write_note),
        }

    def _ask_tags(self, label: str, count: int | None, *, take_away: bool = False) -> None:
        ids = self._desk.targets(count)
        if not ids:
            self._desk.say(NO_ARTICLE)
            return
        known = self._given(ids) if take_away else self._desk.library.tags()

        def answer(text: str) -> str | None:
            try:
                names = tag_names(text)
            except UsageError as error:
                return str(error)
            self._desk.judge(tagging(names, take_away=take_away), ids if count is not None else None)
            return None

        said = f"{len(ids):,} article{'s' if len(ids) > 1 else ''}"
        self._desk.open_drawer(Prompt(label, answer, offers=lambda text: offers(text, known), said=said))

    def _given(self, ids: Sequence[int]) -> dict[str, int]:
        """The tags of these articles, and how many of them have each."""
        counted: dict[str, int] = {}
        for row in self._desk.library.rows([ArticleId(number) for number in ids[:_MOST_LOOKED_AT]]):
            for tag in row.mark.tags:
                counted[tag] = counted.get(tag, 0) + 1
        return counted

    def _ask_rename(self) -> None:
        known = self._desk.library.tags()

        def choose(text: str) -> str | None:
            old = text.strip()
            if old not in known:
                return f"there is no tag {old!r}" if old else "which tag?"
            self._ask_new_name(old, known)
            return None

        self._desk.open_drawer(Prompt("rename tag: ", choose, offers=lambda text: offers(text, known)))

    def _ask_new_name(self, old: str, known: Mapping[str, int]) -> None:
        def rename(text: str) -> str | None:
            try:
                new = tag_name(text)
            except UsageError as error:
                return str(error)
            self._desk.work.mark("mark", lambda marks: marks.rename_tag(old, new))
            return None

        said = "a tag that is there already is merged into"
        self._desk.open_drawer(Prompt(f"rename {old} to: ", rename, offers=lambda text: _others(text, old, known), said=said))

    def _write_note(self) -> None:
        row = self._desk.row_or_say()
        if row is not None:
            drawer = NoteDrawer(row.headline, row.mark.note or "", keep=lambda text: self._keep(row, text), edit_outside=self._edit_outside)
            self._desk.open_drawer(drawer)

    def _keep(self, row: HeadlineRow, text: str) -> None:
        self._desk.judge(noting(text), [row.id])

    def _edit_outside(self, text: str) -> str | None:
        try:
            return edited(self._desk.screen.app, text)
        except SendingError as error:
            self._desk.complain(str(error))
            return None


def _others(text: str, old: str, known: Mapping[str, int]) -> Sequence[Offer]:
    return [offer for offer in offers(text, known) if offer.label != old]
