"""The article pane: has an article laid out and paints the lines that show.

The latest article wins. A key press is answered from the lines at hand, so scrolling costs the lines of the screen whatever the
article's length.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.selection import Selection
from textual.strip import Strip

from reader.model import UNMARKED, Article, Mark, Mention
from reader.tui.article_find import Hit, Hits, find_hits, phrase_pattern, words_pattern
from reader.tui.article_layouts import ArticleLayouts, Subject
from reader.tui.article_painting import COMPONENTS, ArticlePainting
from reader.tui.article_scroll import ArticleScroll
from reader.tui.lines import ArticleLines, Line, Overlay
from reader.tui.thumb import line_at, thumb

WIDEST = 92
"""Lines longer than this tire the eye."""
_AFTER = 2
"""Cells behind the text: a blank and the thumb."""


class ArticleView(ArticleScroll, can_focus=True):
    """One article, to be read."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)

    DEFAULT_CSS = """
    ArticleView {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 0;
    }
    """

    has_edge: reactive[bool] = reactive(False)
    """Whether a line on the left sets it apart from what stands beside it."""

    class LinkRequested(Message):
        """The reader wants to follow a link."""

        def __init__(self, url: str) -> None:
            super().__init__()
            self.url = url
            """An address that `safe_url` has passed."""

    class MentionRequested(Message):
        """The reader wants to know of an entity named here."""

        def __init__(self, entity: str) -> None:
            super().__init__()
            self.entity = entity

    class LaidOut(Message):
        """The article asked for is on the screen."""

        def __init__(self, lines: ArticleLines) -> None:
            super().__init__()
            self.lines = lines

    def __init__(self, *, hyperlinks: bool = False, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._painting = ArticlePainting(self, hyperlinks=hyperlinks)
        self._layouts = ArticleLayouts(self._begin_layout, lambda: self.text_width, self._show_lines)
        self._laid_out = ArticleLines()
        self._is_expected = False
        """Whether another article is being read from its file."""
        self._keeps_place = False
        self._begins_at: tuple[int, int] | None = None
        """The place that the article asked for is to be shown from."""
        self._anchor: tuple[int, int] | None = None
        """The place that the person went to, be it that the pane is too high now to show it at the top; None for the very top."""
        self._anchor_line = 0
        """The line of it."""
        self._is_at_hit = False
        """Whether the hit gone to was in sight there."""
        self._sized = Size(0, 0)
        """The size that the article was scrolled in."""
        self._words: tuple[str, ...] = ()
        self._sought = ""
        self._hits = Hits()

    # What is shown

    @property
    def place(self) -> tuple[int, int]:
        """What stands at the top, the same at any width."""
        return self._anchor or (0, 0)

    def expect(self) -> None:
        """Know that another article is on its way: until it is shown, or `clear` is called, nothing here is settled."""
        self._is_expected = True

    def show(
        self,
        article: Article,
        mentions: Sequence[Mention] = (),
        note: str | None = None,
        *,
        mark: Mark = UNMARKED,
        keeps_place: bool = False,
        at: tuple[int, int] | None = None,
        lines: ArticleLines | None = None,
    ) -> None:
        """Show `article`, its mentions marked, `note` among the remarks above the text, and what the person has said of it.

        From its top, from a place as `place` gave it, or where the reader is when `keeps_place`: for an article that was changed
        while it is read. Shown once it is laid out, at once where `lines` are all that at the `text_width`: LaidOut follows, unless
        another article is asked for before.
        """
        self._is_expected = False
        subject = Subject(article, mentions, note, mark)
        self._begins_at = at
        if not keeps_place:
            self._sought = ""
        if lines is not None and lines.width == self.text_width:
            self._keeps_place = keeps_place
            self._layouts.settle(subject)
            self._show_lines(lines)
        else:
            self._ask(subject, keeps_place=keeps_place)

    def clear(self) -> None:
        """Show nothing."""
        self._is_expected = False
        self._layouts.settle(None)
        self._accept(ArticleLines())

    def show_mark(self, mark: Mark) -> None:
        """Show what the person has now said of the article, keeping the place."""
        subject = self._layouts.subject
        if subject and (mark.tags, mark.note) != (subject.mark.tags, subject.mark.note):
            self._ask(replace(subject, mark=mark), keeps_place=True)

    @property
    def article(self) -> Article | None:
        """The article asked for last."""
        return self._layouts.subject.article if self._layouts.subject else None

    @property
    def lines(self) -> ArticleLines:
        """What is on the screen, in full."""
        return self._laid_out

    @property
    def is_settled(self) -> bool:
        """The article asked for last is the one on the screen, and no other is on its way."""
        return self._layouts.is_settled and not self._is_expected

    @property
    def at_end(self) -> bool:
        """The last line can be seen; never so while an article is still to come."""
        return self.is_settled and self.scroll_offset.y >= self.max_scroll_y

    # Links

    def link(self, number: int) -> str | None:
        """The address that carries `number` in the text; None for none."""
        links = self._laid_out.links
        return links[number - 1].url if 0 < number <= len(links) else None

    def links_in_sight(self) -> list[tuple[Offset, str]]:
        """Where on the screen each link that shows begins, once for each of its lines, and its address."""
        region, top = self.content_region, self.scroll_offset.y
        found: dict[tuple[int, str], Offset] = {}
        for y, line in enumerate(self._laid_out.lines[top : top + region.height]):
            cell = self._before
            for run in line.runs:
                if run.url:
                    found.setdefault((y, run.url), Offset(region.x + cell, region.y + y))
                cell += cell_len(run.text)
        return [(at, url) for (_, url), at in found.items()]

    def on_click(self, event: events.Click) -> None:
        if self.text_selection:
            return
        if event.x == self.size.width - 1:
            self._go_to(line_at(event.y, self.size.height, len(self._laid_out.lines)))
            return
        offset = event.get_content_offset(self)
        line = self._line(offset.y + self.scroll_offset.y) if offset else None
        run = line.run_at(offset.x - self._before) if line and offset else None
        if run and run.url:
            self.post_message(self.LinkRequested(run.url))
        elif run and run.entity:
            self.post_message(self.MentionRequested(run.entity))

    # Finding

    def mark_words(self, phrases: Iterable[str]) -> None:
        """Mark these words, those of the filter, wherever they stand as whole words; `*` at the end for any ending."""
        self._words = tuple(phrases)
        before = self._hits.lines
        self._find_hits()
        for line in before | self._hits.lines:
            self.refresh_line(line)

    def find(self, text: str) -> int:
        """Mark `text` instead, go to its first place from here on, and say how many there are; none for no text."""
        self._sought = text
        self._mark_hits()
        if text:
            self._step(1)
        return len(self._hits)

    def next_hit(self) -> bool:
        """Go to the next hit, from the last one to the first; False when there is none."""
        return self._step(1)

    def previous_hit(self) -> bool:
        """Go to the hit before, from the first one to the last; False when there is none."""
        return self._step(-1)

    @property
    def hit_position(self) -> tuple[int, int]:
        """Which hit is gone to, counted from 1 (0 for none yet), and how many there are."""
        return self._hits.number, len(self._hits)

    def _step(self, step: int) -> bool:
        hit = self._hits.step(step, self.scroll_offset.y)
        if hit is None:
            return False
        self._show_hit(hit)
        self._is_at_hit = True
        self.refresh()
        return True

    def _show_hit(self, hit: Hit) -> None:
        if not self._is_in_sight(hit):
            self._go_to(hit.line - self.size.height // 3)

    def _is_in_sight(self, hit: Hit) -> bool:
        top = self.scroll_offset.y
        return top <= hit.line < top + self.size.height

    def _mark_hits(self) -> None:
        self._find_hits()
        self.refresh()

    def _find_hits(self) -> None:
        pattern = phrase_pattern(self._sought) or words_pattern(self._words)
        self._hits = Hits(find_hits(self._laid_out.lines, pattern) if pattern else ())

    # Laying out

    def on_resize(self) -> None:
        self._sized = self.outer_size
        subject = self._layouts.subject
        if subject and self.text_width != self._laid_out.width:
            self._ask(subject, keeps_place=self.is_settled or self._keeps_place)
        else:
            self._go_back()

    def on_unmount(self) -> None:
        self._layouts.abandon()

    @property
    def _before(self) -> int:
        """Cells before the text."""
        return 2 if self.has_edge else 1

    @property
    def text_width(self) -> int:
        """Cells that the text is laid out in; none while the pane isn't seen."""
        return min(self.size.width - self._before - _AFTER, WIDEST)

    def _ask(self, subject: Subject, *, keeps_place: bool) -> None:
        self._keeps_place = keeps_place
        self._layouts.ask(subject)

    def _begin_layout(self, layout: Coroutine[None, None, None]) -> None:
        self.run_worker(layout, group="article")

    def _show_lines(self, lines: ArticleLines) -> None:
        self._accept(lines)
        self.post_message(self.LaidOut(lines))

    def _accept(self, lines: ArticleLines) -> None:
        place, number = (self._anchor, self._hits.number) if self._keeps_place else (None, 0)
        self._anchor, self._begins_at = self._begins_at or place, None
        self._laid_out = lines
        # Set without the layout that follows a change of it: nothing around the article depends on how long it is.
        self.set_reactive(ArticleView.virtual_size, Size(lines.width, len(lines.lines)))
        self._anchor_line = max(bisect_right(lines.lines, self._anchor, key=lambda line: line.place) - 1, 0) if self._anchor else 0
        self._mark_hits()
        self._hits.go(number)
        self._go_back()

    def _go_back(self) -> None:
        """Shows what the person went to, as near the top as it can be; a hit that was in sight there is so in any size."""
        place, line, is_at_hit, hit = self._anchor, self._anchor_line, self._is_at_hit, self._hits.current
        self.scroll_to(y=line, animate=False, force=True, immediate=True)
        if hit is not None and is_at_hit:
            self._show_hit(hit)
        self._anchor, self._anchor_line, self._is_at_hit = place, line, is_at_hit

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        # Textual itself scrolls what has become higher than the rest of the article, before anybody is told of the new size.
        if self.outer_size == self._sized:
            self._note_place()

    def _note_place(self) -> None:
        """The person has gone to what stands at the top now."""
        self._anchor_line = self.scroll_offset.y
        line, hit = self._line(self._anchor_line), self._hits.current
        self._anchor = line.place if line and self._anchor_line else None
        self._is_at_hit = hit is not None and self._is_in_sight(hit)

    # Painting

    def line(self, y: int) -> Strip:
        """A line of the screen."""
        top, (width, height) = self.scroll_offset.y, self.size
        line = self._line(y + top)
        is_thumb = y in thumb(top, height, len(self._laid_out.lines))
        overlays = self._line_overlays(y + top, line) if line else ()
        return self._painting.line(line, overlays, width, has_edge=self.has_edge, has_thumb=is_thumb)

    def render_line(self, y: int) -> Strip:
        """A line in which Textual finds what the mouse selects; to paint it so would take twice as long."""
        before, text, after = super().render_line(y).divide([self._before, self.size.width - 1, self.size.width])
        return Strip.join([before, text.apply_offsets(0, y + self.scroll_offset.y), after])

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._painting.forget_styles()

    def _line(self, index: int) -> Line | None:
        lines = self._laid_out.lines
        return lines[index] if 0 <= index < len(lines) else None

    def _line_overlays(self, index: int, line: Line) -> list[Overlay]:
        overlays: list[Overlay] = self._hits.on_line(index)
        selected = self.text_selection.get_span(index) if self.text_selection else None
        if selected:
            start, end = selected
            overlays.append((start, len(line.text) if end == -1 else end, "selection"))
        return overlays

    # Selecting with the mouse

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        words: list[str] = []
        for index, line in enumerate(self._laid_out.lines):
            span = selection.get_span(index)
            if span is not None:
                start, end = span
                words.append(line.text[max(start, line.gutter) : None if end == -1 else end])
                words.append("\n" if line.joint is None else line.joint)
        return "".join(words).rstrip("\n"), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()
