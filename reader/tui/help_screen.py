"""Every key, every command and every field of the filter language, made from the tables that the program itself reads; type to search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key, Resize
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets import Input, Static

from reader.actions import ACTIONS, BY_ID
from reader.query.fields import FIELDS
from reader.tui.cells import fit_clean
from reader.tui.command_words import VERBS
from reader.tui.keymap import FILTER_KEYS, GLANCE_KEYS, Keymap
from reader.tui.line_pane import LinePane
from reader.tui.modal import Modal
from reader.tui.wrap import wrap

_WRITING = (
    ("flood dam", "both words, in the headline, the text, the names or the category"),
    ('"rate cut"', "a phrase"),
    ("elect*", "words that begin so"),
    ("-sport", "not this; -category:sport as well"),
    ("a OR b", "either; group with brackets"),
    ("place:Lyon,Marseille", "any of several values"),
)
"""How terms are put together; what a field is for stands in the field table."""

_COUNTED = (
    ("next", "5", "so many headlines down; likewise up, and by pages"),
    ("dismiss", "3", "so many from the cursor on, as one step; likewise with other verdicts, tags and the queue"),
)
"""What a number before a key of the list does, by an action that takes one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of help: a heading where `says` is empty."""

    name: str
    says: str = ""

    def matches(self, words: list[str]) -> bool:
        """Whether all the words occur in it."""
        text = f"{self.name} {self.says}".casefold()
        return all(word in text for word in words)


def entries(keymap: Keymap) -> Iterator[Entry]:
    """All there is to tell, each group under its heading."""
    for group in dict.fromkeys(action.group for action in ACTIONS):
        yield Entry(group)
        for action in ACTIONS:
            if action.group == group:
                yield Entry("  ".join(keymap.labels_of(action.id)) or "no key", f"{action.help} ({action.id})")
    if counted := [(f"{number} {keys[0]}", says) for action, number, says in _COUNTED if (keys := keymap.labels_of(action))]:
        yield Entry("A number first, in the list")
        yield from (Entry(key, says) for key, says in counted)
    if macros := keymap.macros():
        yield Entry("Your own")
        yield from (Entry(key, ", then ".join(BY_ID[action].title for action in actions)) for key, actions in macros)
    if searches := keymap.searches():
        yield Entry("Kept searches")
        yield from (Entry(key, f"open {name}") for key, name in searches)
    yield Entry("After :, beside every action")
    yield from (Entry(f":{verb.usage}", verb.help) for verb in VERBS.values())
    yield Entry("In the filter bar")
    yield from (Entry(key, title) for key, title in FILTER_KEYS)
    yield Entry("In who, where, when; in cards and related stories")
    yield from (Entry(key, says) for key, says in GLANCE_KEYS)
    yield Entry("Filters")
    yield from (Entry(sample, says) for sample, says in _WRITING)
    for field in FIELDS:
        values = f": {', '.join(choice.name for choice in field.choices)}" if field.choices else ""
        also = f"; also {', '.join(f'{alias}:' for alias in field.aliases)}" if field.aliases else ""
        yield Entry(field.sample, f"{field.help}{values}{also}")


def found(keymap: Keymap, text: str) -> list[Entry]:
    """The entries with all words of `text`, headings only where something is left under them."""
    words = text.casefold().split()
    kept: list[Entry] = []
    for entry in entries(keymap):
        if not entry.says:
            if kept and not kept[-1].says:
                kept.pop()
            kept.append(entry)
        elif entry.matches(words):
            kept.append(entry)
    if kept and not kept[-1].says:
        kept.pop()
    return kept


class HelpLines(LinePane, can_focus=False):
    """Entries in two columns, the second folded to fit."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"help-lines--heading", "help-lines--name", "help-lines--says"}
    DEFAULT_CSS = """
    HelpLines {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        & > .help-lines--heading { text-style: bold underline; }
        & > .help-lines--name { text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._lines: list[tuple[str, str]] = []

    def show(self, some: list[Entry]) -> None:
        """Show these entries, from the first."""
        self._entries = some
        self._fold()
        self.scroll_to(y=0, animate=False)

    def on_resize(self, _: Resize) -> None:
        """Fold anew."""
        self._fold()

    def _fold(self) -> None:
        width = self.scrollable_content_region.width
        if width:
            self._lines = list(_folded(self._entries, width))
            self.virtual_size = Size(width, len(self._lines))
            self.refresh()

    def line(self, y: int) -> Strip:
        """One line of the two columns."""
        width, at = self.scrollable_content_region.width, self.scroll_offset.y + y
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        name, says = self._lines[at]
        name_style = self.get_component_rich_style(f"help-lines--{'heading' if not says and not name.startswith(' ') else 'name'}")
        says_style = self.get_component_rich_style("help-lines--says")
        return Strip([Segment(name, name_style), Segment(says, says_style)]).adjust_cell_length(width, self.rich_style)


def _folded(some: list[Entry], width: int) -> Iterator[tuple[str, str]]:
    """(first column, second column) of each line; a heading has no second one."""
    column = min(max(width // 3, 12), 24)
    for number, entry in enumerate(some):
        if not entry.says:
            if number:
                yield ("", "")
            yield (entry.name, "")
            continue
        says = [entry.says[start:end] for start, end in wrap(entry.says, max(width - column - 2, 8))]
        names = [entry.name[start:end] for start, end in wrap(entry.name, column)]
        for at in range(max(len(says), len(names))):
            name = names[at] if at < len(names) else ""
            yield (" " + fit_clean(name, column) + " ", says[at] if at < len(says) else "")


class HelpScreen(Modal[None]):
    """The help, over the page; any text searches it."""

    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        #help { width: 100%; max-width: 96; height: 100%; max-height: 40; }
        #help-search { height: 1; border: none; padding: 0 1; }
        #help-title { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        HelpLines { height: 1fr; }
    }
    """

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self._search = Input(placeholder="type to search", compact=True, id="help-search")
        self._search.cursor_blink = False
        self._lines = HelpLines()

    def compose(self) -> ComposeResult:
        """What it is, how to leave, the search, the help."""
        with Vertical(id="help"):
            yield Static("Keys, commands, filters. Esc closes.", id="help-title", markup=False)
            yield self._search
            yield self._lines

    def on_mount(self) -> None:
        """Show all."""
        self._lines.show(found(self._keymap, ""))

    @on(Input.Changed)
    def _search_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._lines.show(found(self._keymap, event.value) or [Entry("", "nothing here has all these words")])

    def on_key(self, event: Key) -> None:
        """Scroll and leave; everything else searches."""
        page = max(self._lines.size.height - 1, 1)
        steps = {"down": 1, "up": -1, "pagedown": page, "pageup": -page, "enter": page}
        if event.key == "escape":
            self.dismiss()
        elif event.key in steps:
            self._lines.scroll_relative(y=steps[event.key], animate=False)
        else:
            return
        event.stop()
        event.prevent_default()
