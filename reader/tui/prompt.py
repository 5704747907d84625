"""One line to answer in, with what could be answered above it.

    ┌ later            41 articles
    │ law and order     3 articles
    tag: la▏                                    12 articles get it

Tab takes what is offered, the arrows choose, Enter answers, Esc leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.clean import clean_line
from reader.tui.cells import fit
from reader.tui.drawer import Drawer
from reader.tui.typed_line import TypedLine

_MOST_SHOWN = 10
_CHOOSING = ("tab", "down", "up", "ctrl+n", "ctrl+p")


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to go on."""

    text: str
    """The whole line, once this is taken."""
    label: str
    says: str = ""
    key: str = ""
    """What stands at the right end."""
    is_answer: bool = True
    """Whether the line can be answered with as it is then."""


class OfferLines(Widget):
    """The offers, one a line, the chosen one told from the others."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"offer-lines--chosen", "offer-lines--says"}
    DEFAULT_CSS = """
    OfferLines {
        height: auto;
        & > .offer-lines--chosen { text-style: reverse; }
    }
    """

    @dataclass
    class Clicked(Message):
        """An offer was clicked."""

        offer: Offer

    def __init__(self) -> None:
        super().__init__()
        self.offers: Sequence[Offer] = ()
        self._chosen = -1

    @property
    def chosen(self) -> Offer | None:
        """The offer that was moved to."""
        return self.offers[self._chosen] if self._chosen >= 0 else None

    def show(self, offers: Sequence[Offer]) -> None:
        """Offers these, none of them chosen."""
        is_other_height = self._lines(offers) != self._lines(self.offers)
        self.offers, self._chosen = offers, -1
        self.refresh(layout=is_other_height)

    def move(self, lines: int) -> None:
        """Chooses the offer so many further on, or back; before the first none is chosen."""
        self._chosen = min(max(self._chosen + lines, -1), len(self.offers) - 1)
        self.refresh()

    def choose_none(self) -> None:
        """Leaves the offers as they are, none of them chosen."""
        if self._chosen >= 0:
            self._chosen = -1
            self.refresh()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """A line for each offer, up to a few."""
        return self._lines(self.offers)

    def _lines(self, offers: Sequence[Offer]) -> int:
        return min(len(offers), max(min(_MOST_SHOWN, self.app.size.height // 2 - 2), 1))

    @property
    def _first(self) -> int:
        return max(self._chosen - self.size.height + 1, 0)

    def render_line(self, y: int) -> Strip:
        """One offer: what it is, what it does, its key."""
        width, at = self.size.width, self._first + y
        if at >= len(self.offers):
            return Strip.blank(width, self.rich_style)
        offer, is_chosen = self.offers[at], at == self._chosen
        style = self.get_component_rich_style("offer-lines--chosen") if is_chosen else self.rich_style
        says = style if is_chosen else self.get_component_rich_style("offer-lines--says")
        label, key = min(24, width // 2), f" {offer.key} " if offer.key and width > 50 else ""
        rest = max(width - label - 2 - len(key), 0)
        return Strip([Segment(f" {fit(offer.label, label)} ", style), Segment(fit(offer.says, rest) + key, says)]).crop(0, width)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Chooses the next one."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Chooses the one before."""
        event.stop()
        self.move(-1)

    def on_click(self, event: Click) -> None:
        """Takes the offer under the pointer."""
        event.stop()
        if self._first + event.y < len(self.offers):
            self.post_message(self.Clicked(self.offers[self._first + event.y]))


class Prompt(Drawer):
    """A question with one line of answer."""

    DEFAULT_CSS = """
    Prompt {
        Horizontal { height: 1; }
        .prompt-label { width: auto; padding-left: 1; }
        .prompt-said { width: auto; max-width: 60%; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(
        self,
        label: str,
        answer: Callable[[str], str | None],
        *,
        offers: Callable[[str], Sequence[Offer] | None] = lambda _: (),
        edited: Callable[[str], None] = lambda _: None,
        text: str = "",
        said: str = "",
    ) -> None:
        """`answer` takes the line and gives what is wrong with it, or None; `offers` and `edited` are called with each change of it.

        Where `offers` gives None they come later, by `offer`, and those for the line before stay until then.
        """
        super().__init__()
        self._label = label
        self._answer = answer
        self._offers_for = offers
        self._edited = edited
        self._said = Static(clean_line(said), classes="prompt-said", markup=False)
        self._line = TypedLine(text)
        self._lines = OfferLines()
        self._lines.offers = offers(text) or ()
        self._followed = text
        """The line that was offered for last."""
        self._are_offers_late = False
        self._late_key: str | None = None
        """A key that is about offers which are still to come."""

    def compose(self) -> ComposeResult:
        """The offers above the line."""
        yield self._lines
        with Horizontal():
            yield Static(self._label, classes="prompt-label", markup=False)
            yield self._line
            yield self._said

    @property
    def place_to_type(self) -> Widget:
        return self._line

    @property
    def is_waiting(self) -> bool:
        return self._late_key is not None

    @property
    def text(self) -> str:
        """The line as it is."""
        return self._line.value

    @property
    def offers(self) -> Sequence[Offer]:
        """What is offered."""
        return self._lines.offers

    @property
    def said(self) -> str:
        """What is said beside the line."""
        return str(self._said.content)

    def say(self, words: str, *, is_wrong: bool = False) -> None:
        """Says something beside the line."""
        self._said.update(clean_line(words))
        self._said.set_class(is_wrong, "-wrong")

    def offer(self, text: str, offers: Sequence[Offer]) -> None:
        """Offers what has come for a line, unless it is another one by now."""
        if text != self.text:
            return
        self._are_offers_late = False
        self._lines.show(offers)
        if self._late_key is not None:
            key, self._late_key = self._late_key, None
            self.press(key, None)

    def press(self, key: str, character: str | None) -> None:
        """Edits, chooses, answers or leaves."""
        if key == "enter":
            self._enter()
        elif key == "escape":
            self.close()
        elif key in _CHOOSING and self._are_offers_late:
            self._late_key = key
        elif key in ("down", "up", "ctrl+n", "ctrl+p"):
            self._lines.move(1 if key in ("down", "ctrl+n") else -1)
        elif key == "tab":
            self._take(self._lines.chosen or next(iter(self._lines.offers), None))
        else:
            self._line.type_key(key, character)
            if self.text != self._followed:
                self._follow()

    def _enter(self) -> None:
        chosen = self._lines.chosen
        self._take(chosen)
        if chosen is None or chosen.is_answer:
            wrong = self._answer(self.text)
            if wrong is None:
                self.close()
            else:
                self.say(wrong, is_wrong=True)

    def _take(self, offer: Offer | None) -> None:
        if offer is not None:
            text = clean_line(offer.text)
            self._line.value = text if offer.is_answer or text.endswith(":") else f"{text} "
            self._line.cursor_position = len(self.text)
            self._follow()

    def _follow(self) -> None:
        """Offers and says what fits the line as it is now."""
        self._followed = self.text
        self.say("")
        offers = self._offers_for(self.text)
        self._are_offers_late = offers is None
        if offers is None:
            self._lines.choose_none()
        else:
            self._lines.show(offers)
        self._edited(self.text)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """What was pasted changes the line without a key."""
        event.stop()
        if self.text != self._followed:
            self._follow()

    @on(OfferLines.Clicked)
    def _clicked(self, event: OfferLines.Clicked) -> None:
        event.stop()
        self._take(event.offer)
        if event.offer.is_answer:
            self._enter()
