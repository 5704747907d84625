"""What an article names and is about: its names, their cards, the stories related to it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from reader.entities.alias_text import ignore, rename
from reader.errors import ReaderError
from reader.index.insight import Insight
from reader.index.tallies import IsStale
from reader.model import ArticleId, Entity, HeadlineRow, Problem
from reader.query.contexts import contexts, words_in
from reader.query.phrases import Sought, hits
from reader.query.refine import toggled
from reader.tui.concordance_sheet import ConcordanceSheet, Quote
from reader.tui.desk import Deed, Desk
from reader.tui.entity_card import CardWishes, EntityCard
from reader.tui.names_sheet import NamesSheet, NameWishes
from reader.tui.related_sheet import RelatedSheet, RelatedWishes
from reader.tui.sheet import Sheet
from reader.tui.timeline_panel import stories
from reader.tui.watches import turn

_BARS_ON_A_CARD = 48
_QUOTED_AT_A_TIME = 20
"""Stories of the answer that are read for words in context before what they say is shown."""
_REACH = 160
"""Characters on either side of a hit: more than a wide terminal shows."""

Find = Callable[[Insight], Entity]
"""Finds the entity that a card is of."""


class Knowing:
    """Looks closer at one article."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ascii = bool(desk.settings.ascii)
        desk.on_mention.append(self._open_named)

    def table(self) -> Mapping[str, Deed]:
        """What each action of knowing does."""
        return {
            "entities": lambda _: self._name_all(),
            "related": lambda _: self._relate(),
            "concordance": lambda _: self._quote(),
        }

    # -- names and cards -------------------------------------------------------------------------------------------

    def _name_all(self) -> None:
        row = self._desk.row_or_say()
        if row is None:
            return
        sheet = NamesSheet(row.headline, NameWishes(open_card=self._open_card, filter_by=self._filter_by_entity), ascii_only=self._ascii)
        self._push(sheet, "names")
        self._desk.work.look("names", lambda insight, _: sheet.post_message(NamesSheet.Named(insight.cast(row.id))))

    def _open_named(self, name: str) -> None:
        """Opens the card of a name in the open article."""
        row = self._desk.open_row

        def find(insight: Insight) -> Entity:
            among = [Entity(facet.value, facet.kind or "other") for facet in insight.cast(row.id)] if row else []
            return insight.named(name, among) or Entity(name, "other")

        self._push_card(name, find)

    def _open_card(self, entity: Entity) -> None:
        """Opens the card of an entity, over what is open."""
        self._push_card(entity.name, lambda _: entity)

    def _push_card(self, name: str, find: Find) -> None:
        wishes = CardWishes(
            rows=self._desk.library.rows,
            open_card=self._open_card,
            open_story=self._open_story,
            filter_by=self._filter_by_entity,
            watch=lambda entity: turn(self._desk, _term_of(entity)),
            rename=lambda entity, new: self._change_names(card, entity, lambda text: rename(text, entity.name, new), new),
            ignore=lambda entity: self._change_names(card, entity, lambda text: ignore(text, entity.name), entity.name),
            undo=lambda: self._undo_names(card),
        )
        card = EntityCard(name, wishes, ascii_only=self._ascii)
        self._push(card, "card")
        self._fill(card, find)

    def _fill(self, card: EntityCard, find: Find) -> None:
        def look(insight: Insight, is_stale: IsStale) -> None:
            entity = find(insight)
            found = insight.card(entity, is_stale)
            times = insight.timeline(found.articles if found else array("q"), _BARS_ON_A_CARD, None, is_stale)
            card.post_message(EntityCard.Known(entity, found, times))

        self._desk.work.look("card", look)

    def _change_names(self, card: EntityCard, entity: Entity, how: Callable[[str], str], name: str) -> None:
        """Changes the alias file, and fills the card in for what the entity is called then."""
        try:
            self._desk.library.alias_file.change(how, entity)
        except ReaderError as error:
            card.tell(str(error))
            return
        self._desk.ask_again()
        self._fill(card, lambda insight: insight.named(name) or Entity(name, entity.kind))

    def _undo_names(self, card: EntityCard) -> None:
        """Takes the last change to a name back, and shows the card of the entity it was made to."""
        names = self._desk.library.alias_file
        entity = names.last_changed
        try:
            is_undone = names.undo()
        except ReaderError as error:
            card.tell(str(error))
            return
        if is_undone and entity is not None:
            self._desk.ask_again()
            self._fill(card, lambda _: entity)

    def _filter_by_entity(self, entity: Entity) -> None:
        self._leave_sheets()
        self._desk.filter_by(_term_of(entity))

    # -- stories ---------------------------------------------------------------------------------------------------

    def _relate(self) -> None:
        row = self._desk.row_or_say()
        if row is None:
            return
        wishes = RelatedWishes(rows=self._desk.library.rows, open_story=self._open_story)
        sheet = RelatedSheet(row.headline, wishes, ascii_only=self._ascii)
        self._push(sheet, "related")
        self._desk.work.look("related", lambda insight, is_stale: sheet.post_message(RelatedSheet.Found(insight.related(row.id, is_stale))))

    def _quote(self) -> None:
        """Shows the words of the filter as they stand in the articles of the answer, as far down as the person goes."""
        wanted = words_in(self._desk.session.query)
        if not wanted:
            self._desk.say("filter by a word first: its places are shown in their context")
            return
        self._desk.when_known(lambda: self._quote_all(wanted))

    def _quote_all(self, wanted: Sequence[Sought]) -> None:
        ids = self._desk.session.answer.ids
        starts = iter(range(0, len(ids), _QUOTED_AT_A_TIME))

        def read_on() -> None:
            start = next(starts, len(ids))
            rows = self._desk.library.rows([ArticleId(number) for number in ids[start : start + _QUOTED_AT_A_TIME]])
            done = min(start + _QUOTED_AT_A_TIME, len(ids))
            title = f"Words in context, {stories(done)} of {len(ids):,} read"
            self._desk.work.look(
                "concordance",
                lambda _, __: sheet.post_message(ConcordanceSheet.Quoted(tuple(_quotes(rows, wanted)), title, done == len(ids))),
            )

        sheet = ConcordanceSheet("Words in context", read_on, self._open_story, ascii_only=self._ascii)
        self._push(sheet, "concordance")

    def _open_story(self, article: ArticleId) -> None:
        """Goes to a story: to its row where the list has it, else to a list of it alone."""
        self._leave_sheets()
        row = self._desk.row_of(article)
        if row is None:
            return
        try:
            self._desk.headlines.go(self._desk.session.answer.ids.index(article))
        except ValueError:
            self._list_alone(row)
        self._desk.go_to("article")

    def _list_alone(self, row: HeadlineRow) -> None:
        before = self._desk.session.filter
        self._desk.filter_by(toggled("", "path", row.path))
        self._desk.say(f"not among what was listed; the filter was {before}")

    def _push(self, sheet: Sheet[Any], topic: str) -> None:
        """Shows a sheet over the page; once it is left, what it was to tell is not looked for any more."""
        app = self._desk.screen.app

        def left(_: None) -> None:
            # The next one of its kind may be open by now, and wait for what it is to tell.
            if not any(isinstance(other, type(sheet)) for other in app.screen_stack if other is not sheet):
                self._desk.work.look_away(topic)

        app.push_screen(sheet, left)

    def _leave_sheets(self) -> None:
        """Takes away every sheet over the page."""
        app = self._desk.screen.app
        while app.screen is not self._desk.screen:
            app.pop_screen()


def _term_of(entity: Entity) -> str:
    """The filter for stories that name it."""
    return toggled("", "entity" if entity.kind == "other" else entity.kind, entity.name)


def _quotes(rows: Sequence[HeadlineRow], wanted: Sequence[Sought]) -> Iterator[Quote]:
    """The hits in the headlines, descriptions and bodies of these stories."""
    # What reads articles is slow to import, and most sessions never ask for this.
    from reader.index.reading import load
    from reader.sending.plain_text import plain_text

    for row in rows:
        found = load(row.archive, row.path)
        if isinstance(found, Problem) or isinstance(found[1], Problem):
            continue
        article = found[1]
        body = plain_text(article.body) if hits(article.body, wanted) else ""
        day = row.published.day.isoformat() if row.published else ""
        text = "\n\n".join((article.headline, article.description or "", body))
        yield from (Quote(row.id, day, context) for context in contexts(text, wanted, _REACH))
