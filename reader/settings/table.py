"""THE table of settings: each field of `Settings` has its default, its check, its help and a sample.

Whatever reads, tells or writes a setting takes them from here: the settings file, `dateline config`, README.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TypeVar, cast

from reader.sending.citations import FIELD_NAMES
from reader.settings import checks
from reader.settings.bindings import Bindings, bindings
from reader.settings.checks import Check
from reader.settings.presets import PRESETS
from reader.settings.yaml_text import written

T = TypeVar("T")

COLUMNS = ("marks", "time", "category", "headline", "source", "author", "language", "tags", "words")
"""The columns that the list can have."""
ROW_COLOURS = ("primary", "secondary", "accent", "success", "warning", "error", "muted")
"""What a row can be coloured with: names that every theme gives a colour of its own."""
DEFAULT_COLUMNS = ("marks", "time", "category", "headline", "source")


def setting(default: object, check: Check[T], help: str, sample: str, *, nothing: str = "''") -> T:
    """A field of `Settings`; `nothing` is how None is written."""
    about = {"check": check, "help": help, "sample": sample, "nothing": nothing}
    # What is written of the default must read as the default: a test holds the two together.
    return cast(T, field(default_factory=lambda: default, metadata=about))


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a person can set, in the order in which it is told."""

    archive: tuple[str, ...] = setting((), checks.paths, "the folder or folders to open when none is named", "[~/news, /srv/wire]")
    index: str = setting(
        "", checks.folder,
        "a folder in which one index is kept for all who read the archive: whoever may write there keeps it (`dateline index --watch`), "
        "all others only read it; each has marks of their own", "/srv/wire-index",
    )  # fmt: skip
    mark_read_after: float | None = setting(
        2.0, checks.seconds, "seconds an opened article stays on screen before it is marked read; 0 for at once, never for by hand only",
        "never", nothing="never",
    )  # fmt: skip
    advance: bool = setting(
        False, checks.yes_or_no, "true to go on to the next unread after every verdict on one article, as after dismissing", "true"
    )
    layout: str = setting(
        "auto", checks.one_of("auto", "side", "stack", "single"),
        "auto, side (list beside article), stack (list above article) or single (one at a time)", "stack",
    )  # fmt: skip
    columns: tuple[str, ...] = setting(
        DEFAULT_COLUMNS, checks.some_of(*COLUMNS, needed="headline"),
        "the columns of the list from left to right, as far as there is room: " + ", ".join(COLUMNS),
        "[marks, headline, tags, words, time]",
    )  # fmt: skip
    highlight: Mapping[str, str] = setting(
        {}, checks.queries_to(*ROW_COLOURS),
        "colours of rows by filter, the first that fits; a colour is one of " + ", ".join(ROW_COLOURS),
        """{'person:"Li Qiang"': warning, 'tag:later -is:read': accent}""",
    )  # fmt: skip
    theme: str = setting(
        "textual-dark", checks.name,
        "a colour theme: one of Textual's or of Dateline's, your own (themes/NAME.yaml beside this file), or ansi-dark or ansi-light for "
        "the terminal's own colours; `dateline config` lists them all", "high-contrast-light",
    )  # fmt: skip
    ascii: bool | None = setting(
        None, checks.yes_no_or_auto, "true to use only ASCII characters for marks and lines; auto for where the locale has no UTF-8",
        "true", nothing="auto",
    )  # fmt: skip
    low_bandwidth: bool | None = setting(
        None, checks.yes_no_or_auto, "true to send less: sixteen colours, fewer repaints; auto for sixteen colours where a terminal "
        "reached by SSH takes long to answer", "true", nothing="auto",
    )  # fmt: skip
    preset: str = setting(
        "default", checks.one_of(*PRESETS), "whose keys to begin with: default, newsboat or mutt", "newsboat",
    )  # fmt: skip
    keys: Mapping[str, tuple[str, ...]] = setting(
        {}, checks.texts_of, "your own keys: an action's name and its key or keys, one after the other as in `g s`; [] for none",
        "{star: [s, f], rescan: ctrl+r, redo: []}",
    )  # fmt: skip
    macros: Mapping[str, tuple[str, ...]] = setting(
        {}, checks.texts_of, "keys that do several actions, one after the other", "{ctrl+t: [star, next-unread]}",
    )  # fmt: skip
    browser: tuple[str, ...] = setting(
        (), checks.command, "the program that opens links, '%u' standing for the link, also over SSH; none for the desktop's own, and over "
        "SSH a copy on the clipboard", "[firefox, --new-tab, '%u']",
    )  # fmt: skip
    clipboard: tuple[str, ...] = setting(
        (), checks.command, "the program that takes what is copied on its standard input; none for the terminal itself (OSC 52); within "
        "tmux as it comes this works: [tmux, load-buffer, -w, '-']", "[xclip, -selection, clipboard]",
    )  # fmt: skip
    searches: Mapping[str, str] = setting(
        {}, checks.searches, "kept searches, each a name and a filter; @name in any filter stands for it",
        "{morning: 'is:unread since:24h -category:sport', flagged: '@morning is:starred'}",
    )  # fmt: skip
    search_letters: Mapping[str, str] = setting(
        {}, checks.letters, "the letter behind `g` that opens a kept search; without one it is the first of its name that is free",
        "{morning: m}",
    )  # fmt: skip
    watch: Mapping[str, str] = setting(
        {}, checks.queries_to("status", "bell", "notify"),
        "filters that ring once when something new fits them while the reader is open: status in the status line alone, bell with the "
        "terminal's bell, notify with a notification by the terminal (OSC 9)",
        """{'@morning': status, 'person:"Li Qiang"': bell}""",
    )  # fmt: skip
    citation: str = setting("plain", checks.name, "the first style of citation: plain, markdown, ap, bibtex, or one of yours", "markdown")
    citations: Mapping[str, str] = setting(
        {}, checks.templates, "your own styles of citation; fields are " + ", ".join(f"${name}" for name in FIELD_NAMES),
        "{short: '$headline ($source, $day)'}",
    )  # fmt: skip
    unbind_all: bool = setting(False, checks.yes_or_no, "true to have no keys but those under `keys` and `macros`", "true")

    @property
    def bindings(self) -> Bindings:
        """The keys in force."""
        return bindings(self.preset, self.keys, self.macros, only_own=self.unbind_all)


@dataclass(frozen=True, slots=True)
class Entry:
    """What there is to tell about one setting."""

    name: str
    value: str
    """As it would be written in the file."""
    help: str
    sample: str


def entries(settings: Settings | None = None) -> tuple[Entry, ...]:
    """Every setting in its order, with its value in `settings`, or its default."""
    told = settings or Settings()
    return tuple(
        Entry(each.name, written(getattr(told, each.name), each.metadata["nothing"]), each.metadata["help"], each.metadata["sample"])
        for each in fields(Settings)
    )


def template() -> str:
    """A settings file with every setting at its default, and what each is for."""
    head = "# Dateline's settings. What stands behind a # is for you; `dateline config --check` says what is wrong in here.\n"
    return head + "".join(f"\n# {each.help}\n# for example: {each.name}: {each.sample}\n{each.name}: {each.value}\n" for each in entries())
