"""The filter bar: what is typed, how it was read, how many that is, and what could come next.

    / (place:Lyon,Marseille) is:un       unread ∧ (place=Lyon ∨ Marseille)   41 of 18,204
      └ completion ─────────────┐

It neither parses nor asks: it says what was typed, and shows what it is told of it. On a narrow screen the echo stands on a line
of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantBlur, DescendantFocus, Key, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, Static

from reader.clean import clean_line, isolate
from reader.query.tree import Hint
from reader.tui.completion_popup import CompletionPopup
from reader.tui.typed_line import TypedLine

if TYPE_CHECKING:
    from reader.query.complete import Completion, Option

PLACEHOLDER = "words, category:, person:, place:, since:7d"
_WIDE = 90
"""Cells of the bar from which on the echo stands beside the text."""
_BETWEEN_WORDS = (" ", "(", ")")
_ASCII = str.maketrans({"∧": "&", "∨": "|", "¬": "-", "≥": ">=", "≤": "<=", "“": '"', "”": '"', "—": "-"})


Outcome = Literal["taken", "submitted", "left", "unknown"]
"""What a key has done: it was the bar's, it led to the list, it led back, or it means nothing here."""


class _Underline(Highlighter):
    """Underlines the part of the text that can't be read."""

    def __init__(self) -> None:
        self.span: tuple[int, int] | None = None
        self.style = Style(underline=True)

    def highlight(self, text: Text) -> None:
        if self.span:
            text.stylize(self.style, *self.span)


class _Line(TypedLine):
    """The line of the filter."""

    @dataclass
    class CursorMoved(Message):
        """The cursor stands elsewhere in the text."""

    def watch_selection(self) -> None:
        """Tell where completion looks next."""
        self.post_message(self.CursorMoved())

    def on_resize(self) -> None:
        """Show the cursor still: the words beside the line have taken of its room, or given some back."""
        self.show_part()

    def show_part(self) -> None:
        """Show the part of the text where the cursor stands; its beginning, where nobody types."""
        at = self._cursor_offset if self.has_focus else 0
        self.scroll_to_region(Region(at, 0, 1, 1), force=True, animate=False)

    def render_line(self, y: int) -> Strip:
        """The text; with a sign where more of it follows, unless it is typed into."""
        strip, width = super().render_line(y), self.size.width
        if y or self.has_focus or cell_len(self.value) <= width:
            return strip
        return Strip.join([strip.crop(0, width - 1), Strip([Segment("…", self.rich_style)])])


class _Words(Static):
    """Words beside the line."""

    _said = ""

    @property
    def width(self) -> int:
        """The cells that they take."""
        return cell_len(self._said)

    def say(self, words: str) -> None:
        """Show these words; the page is laid out anew, and so sent anew in part, only where their width changes."""
        if words != self._said:
            self.update(words, layout=cell_len(words) != self.width)
            self._said = words


class FilterBar(Vertical):
    """One line to type a filter in."""

    COMPONENT_CLASSES = {"filter-bar--error"}  # noqa: RUF012 (Textual's own declaration)
    DEFAULT_CSS = """
    FilterBar {
        height: auto;
        & > .filter-bar--error { text-style: underline; }
        Horizontal { height: 1; }
        #filter-prompt { width: 2; }
        #filter-count { width: auto; padding-left: 2; }
        .filter-echo { height: 1; text-wrap: nowrap; text-overflow: ellipsis; display: none; }
        #filter-beside { width: auto; max-width: 50%; padding-left: 2; }
        #filter-beneath { padding-left: 2; }
        &.-wide #filter-beside { display: block; }
        &.-narrow.-echoing.-typing #filter-beneath, &.-narrow.-echoing.-wrong #filter-beneath { display: block; }
    }
    """

    @dataclass
    class Edited(Message):
        """The text has changed."""

        text: str

    class Submitted(Message):
        """The filter is as it should be: on to the list."""

    class Left(Message):
        """Back to the list, the filter kept."""

    @dataclass
    class CompletionRequested(Message):
        """What could stand at the cursor is wanted; answer with `offer`."""

        text: str
        cursor: int
        serial: int
        is_awaited: bool = False
        """Whether a key waits for it: it must be answered, whatever else is asked meanwhile."""

        def can_replace(self, message: Message) -> bool:
            """Only the latest matters."""
            return isinstance(message, FilterBar.CompletionRequested)

    def __init__(self, *, ascii_only: bool = False, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._ascii_only = ascii_only
        self._underline = _Underline()
        self._serial = 0
        self._asked: tuple[str, int] | None = None
        """The text and the cursor that completions were asked for last; they can be taken only where both are still so."""
        self._answered: tuple[str, int] | None = None
        """Those that they have come for."""
        self._late_key: str | None = None
        """A key that is about completions which are still to come."""
        self._is_echoing = False
        self._line = _Line(placeholder=PLACEHOLDER, highlighter=self._underline, id="filter-line")
        self._popup = CompletionPopup()

    def compose(self) -> ComposeResult:
        """The line, the echo in both its places, and the popup."""
        with Horizontal():
            yield Static("/", id="filter-prompt")
            yield self._line
            yield _Words(id="filter-beside", classes="filter-echo", markup=False)
            yield _Words(id="filter-count", markup=False)
        yield _Words(id="filter-beneath", classes="filter-echo", markup=False)
        yield self._popup

    # What the owner says

    @property
    def text(self) -> str:
        """The filter as typed."""
        return self._line.value

    @property
    def is_typing(self) -> bool:
        """Whether keys go into the text."""
        return self._line.has_focus

    @property
    def is_waiting(self) -> bool:
        """Whether the keys that follow must wait: the one before is about completions that are still to come."""
        return self._late_key is not None

    def wait_no_longer(self) -> None:
        """Let go of the key that waits."""
        self._late_key = None

    def begin(self) -> None:
        """Let the person type, at the end of what is there."""
        self.screen.set_focus(self._line)
        self._line.cursor_position = len(self.text)
        self._answered = self._late_key = None

    def set_text(self, text: str) -> None:
        """Show another filter, one that nobody typed: Edited does not follow."""
        with self.prevent(Input.Changed):
            self._line.value = clean_line(text)
        self._line.cursor_position = len(self.text)
        self._line.show_part()
        self._popup.close()

    def show_parse(self, chips: Sequence[str], hint: Hint | None = None) -> None:
        """Echo how the text was read, or what is wrong with it and where."""
        is_error = hint is not None and hint.is_error
        self._underline.span = (hint.start, max(hint.end, hint.start + 1)) if hint and is_error else None
        self._underline.style = self.get_component_rich_style("filter-bar--error", partial=True)
        said = clean_line(hint.message) if hint else " ∧ ".join(isolate(clean_line(chip)) for chip in chips)
        if self._ascii_only:
            said = said.translate(_ASCII)
        for place in self.query(".filter-echo").results(_Words):
            place.say(said)
            place.set_class(is_error, "-error")
        self._is_echoing = bool(said)
        self.set_class(is_error, "-wrong")
        self._make_room()
        self._line.refresh()

    def show_count(self, count: str) -> None:
        """Say how many there are: `41 of 18,204`. Fewer digits take the room of more, so that the page need not be laid out anew."""
        words = self.query_one("#filter-count", _Words)
        words.say(count.rjust(words.width) if count else "")

    def offer(self, serial: int, completion: Completion) -> None:
        """Offer completions, unless the text has changed since they were asked for."""
        if serial != self._serial:
            return
        late_key, self._late_key = self._late_key, None
        if self._now != self._asked or not self.is_typing:
            return
        self._answered = self._asked
        before = self._line.value[: completion.start]
        at = self._line.gutter.left + cell_len(before) - round(self._line.scroll_x)
        self._popup.styles.offset = (max(at, 0) + 1, 0)
        self._popup.offer(completion)
        if late_key is not None:
            self.press(late_key, None)

    # What the person does

    @on(Input.Changed)
    def _tell_edited(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Edited(event.value))
        self._request_completion()

    @on(_Line.CursorMoved)
    def _cursor_moved(self, event: _Line.CursorMoved) -> None:
        event.stop()
        self._request_completion()

    def _request_completion(self) -> None:
        """Ask for completions of a word that is begun; between words they come on Tab only, not to cover the list."""
        if not self.is_typing or self._now == self._asked:
            return
        if self._is_between_words:
            self._asked = self._now
            self._serial += 1
            self._late_key = None
            self._popup.close()
        else:
            self._ask()

    def _ask(self, *, late_key: str | None = None) -> None:
        self._asked = self._now
        self._serial += 1
        self._late_key = late_key
        self.post_message(self.CompletionRequested(*self._asked, self._serial, late_key is not None))

    @property
    def _now(self) -> tuple[str, int]:
        return self._line.value, self._line.cursor_position

    @property
    def _is_answered(self) -> bool:
        """Whether what is offered is for the text as it is."""
        return self._answered == self._now

    @property
    def _is_between_words(self) -> bool:
        text, cursor = self._now
        return not cursor or text[:cursor].endswith(_BETWEEN_WORDS)

    def press(self, key: str, character: str | None) -> Outcome:
        """Does what a key means in the popup, in the bar or in the text, at once."""
        self._late_key = None
        if key in ("enter", "escape"):
            return self._enter() if key == "enter" else self._escape()
        act = {"tab": self._tab, "down": self._down, "up": self._up}.get(key)
        if act is None:
            return "taken" if self._line.type_key(key, character) else "unknown"
        if self._is_answered or self._is_between_words:
            act()
        else:
            self._ask(late_key=key)
        return "taken"

    def on_key(self, event: Key) -> None:
        """A key that has come here by itself."""
        outcome = self.press(event.key, event.character)
        if outcome == "unknown":
            return
        event.stop()
        event.prevent_default()
        if outcome != "taken":
            self.post_message(self.Submitted() if outcome == "submitted" else self.Left())

    def _enter(self) -> Outcome:
        if (option := self._popup.chosen) and self._is_answered:
            self._take(option)
            return "taken"
        return "submitted"

    def _escape(self) -> Outcome:
        if self._popup.chosen:
            self._popup.close()
            return "taken"
        return "left"

    def _tab(self) -> None:
        """Take the option moved to, or the first; with none in sight, ask for some."""
        if self._popup.completion and self._is_answered:
            self._take(self._popup.chosen or self._popup.completion.options[0])
        else:
            self._ask()

    def _down(self) -> None:
        self._popup.move(1)

    def _up(self) -> None:
        self._popup.move(-1)

    @on(CompletionPopup.Clicked)
    def _clicked(self, event: CompletionPopup.Clicked) -> None:
        event.stop()
        self._line.focus()
        self._take(event.option)

    def _take(self, option: Option) -> None:
        """Put the option into the text; a value is finished, so a blank follows it."""
        completion = self._popup.completion
        if completion is None or not self._is_answered:
            return
        self._popup.close()
        text = clean_line(option.text)
        is_open_ended = text.endswith(":")
        rest = self._line.value[completion.end :]
        self._line.replace(text if is_open_ended or rest else f"{text} ", completion.start, completion.end)

    # How it looks

    def on_resize(self, event: Resize) -> None:
        """The echo stands where there is room for it."""
        self.set_class(event.size.width >= _WIDE, "-wide")
        self.set_class(event.size.width < _WIDE, "-narrow")
        self._make_room()

    def _make_room(self) -> None:
        """A line for the echo, where it has none to stand on. Anywhere else nothing is styled anew for it."""
        self.set_class(self._is_echoing and self.has_class("-narrow"), "-echoing")

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        """The bar is in use."""
        self.add_class("-typing")
        self._line.show_part()
        if self._late_key is None:
            self._asked = None
            self._request_completion()

    def on_descendant_blur(self, _: DescendantBlur) -> None:
        """The bar is left as it is."""
        self.remove_class("-typing")
        if self.screen.focused is not self._line:
            # Of a bar that was left and come back to at once, the late key is one typed since.
            self._late_key = None
        self._line.show_part()
        self._popup.close()
