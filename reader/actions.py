"""THE action table: everything a person can do by key, once, in words.

Footer, help screen, command palette, README and the user's own keymap are read from here; nothing can be pressed that it
doesn't name. A key is written as in `ctrl+d`, `g g` (one after the other), `G`, `space`, `PgDn`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal["list", "article", "both", "anywhere"]
"""Where a key works: in the list, in the article, in both, or also in the filter bar."""

Group = Literal["Move", "Find", "Judge", "Select", "Look", "Send", "Leave"]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do."""

    id: str
    keys: tuple[str, ...]
    scope: Scope
    group: Group
    title: str
    """As short as a footer needs."""
    help: str
    """What it does, as a sentence without a full stop."""
    footer: int = 0
    """Its place in the footer, counted from 1; 0 for not there."""


ACTIONS: tuple[Action, ...] = (
    Action("next", ("j", "down"), "list", "Move", "next", "go to the next headline"),
    Action("previous", ("k", "up"), "list", "Move", "previous", "go to the previous headline"),
    Action("line-down", ("j", "down"), "article", "Move", "line down", "scroll the article one line down"),
    Action("line-up", ("k", "up"), "article", "Move", "line up", "scroll the article one line up"),
    Action("first", ("g g", "home"), "both", "Move", "first", "go to the first headline, or to the top of the article"),
    Action("last", ("G", "end"), "both", "Move", "last", "go to the last headline, or to the end of the article"),
    Action("go-to-date", ("g d",), "both", "Move", "to a date", "go to a day, month or year in the list, without filtering"),
    Action(
        "page-on", ("space",), "both", "Move", "read on", "page the article down; at its end mark it read and go to the next unread", 2
    ),
    Action("page-back", ("b",), "both", "Move", "page back", "page the article up"),
    Action("page-down", ("pgdn",), "both", "Move", "page down", "go one screen down, in the list or in the article"),
    Action("page-up", ("pgup",), "both", "Move", "page up", "go one screen up, in the list or in the article"),
    Action("half-down", ("ctrl+d",), "both", "Move", "half a page down", "go half a screen down"),
    Action("half-up", ("ctrl+u",), "both", "Move", "half a page up", "go half a screen up"),
    Action("next-unread", ("n",), "both", "Move", "next unread", "go to the next unread headline"),
    Action("previous-unread", ("p",), "both", "Move", "previous unread", "go to the previous unread headline"),
    Action("scroll-down", ("J",), "list", "Move", "scroll article down", "scroll the article from the list, one line down"),
    Action("scroll-up", ("K",), "list", "Move", "scroll article up", "scroll the article from the list, one line up"),
    Action("open", ("enter", "l", "right"), "list", "Look", "open", "go into the article", footer=1),
    Action("back", ("escape", "h", "left"), "both", "Look", "back", "drop the selection, else go back to the list, the filter kept"),
    Action("filter", ("/",), "both", "Find", "filter", "type a filter: words, category:, person:, place:, date: and more", footer=3),
    Action("clear-filter", ("c",), "both", "Find", "clear filter", "show everything again"),
    Action("sort", ("O",), "both", "Find", "order", "choose the order of the list, or turn it round"),
    Action("find", ("ctrl+f",), "both", "Find", "find in article", "find words in the article; n and N go on, Esc ends it"),
    Action("searches", ("'",), "both", "Find", "kept searches", "list the kept searches: what is unread and new in each, open, watch"),
    Action("keep-search", ("g k",), "both", "Find", "keep search", "keep the filter in the settings, under a name; @name stands for it"),
    Action(
        "watch", ("W",), "both", "Find", "watch", "ring when a new story fits the filter; again for the bell, for a notification, for none"
    ),
    Action("toggle-read", ("m",), "both", "Judge", "read", "mark read, or unread where it is read", footer=6),
    Action("star", ("s",), "both", "Judge", "star", "star, or take the star away", footer=4),
    Action("dismiss", ("d",), "both", "Judge", "dismiss", "dismiss and go to the next unread: skipped and read, never deleted", footer=5),
    Action("tag", ("t", "+"), "both", "Judge", "tag", "give tags of your own, several with commas between them"),
    Action("untag", ("-",), "both", "Judge", "untag", "take tags of your own away"),
    Action("rename-tag", (), "both", "Judge", "rename tag", "rename a tag everywhere, or merge it into another"),
    Action("note", ("N",), "both", "Judge", "note", "write a note in Markdown, here or in your $EDITOR"),
    Action("queue", ("a",), "both", "Judge", "queue", "add to the reading queue, or take out of it"),
    Action("read-listed", ("A",), "list", "Judge", "all read", "mark everything listed read, as one step"),
    Action("read-above", ("M",), "list", "Judge", "read to here", "mark this and everything above it read, as one step"),
    Action("undo", ("u",), "both", "Judge", "undo", "undo the last step, for ever back", footer=7),
    Action("redo", ("U",), "both", "Judge", "redo", "do again what was undone"),
    Action("history", ("g h",), "both", "Judge", "history", "show the past steps; choose one to go back to it"),
    Action("select", ("x",), "list", "Select", "select", "select this headline for the next verdict, or leave it out again"),
    Action("select-range", ("v",), "list", "Select", "range", "begin a selection that grows with the cursor, or end it"),
    Action("select-all", ("*",), "list", "Select", "select all", "select everything listed"),
    Action("invert-selection", ("g x",), "list", "Select", "invert", "select what is listed and not selected, and nothing else"),
    Action("show-queue", ("g q",), "both", "Look", "reading queue", "show the reading queue: minutes, order, what fits the time you have"),
    Action("command", (":", "ctrl+p"), "both", "Look", "command", "type any action by name, or a verdict on all that fits a filter"),
    Action("facets", ("g e",), "both", "Look", "who, where", "count who, where and what the list is about, and filter by it"),
    Action("timeline", ("g t",), "both", "Look", "when", "show when the list was published, and filter by a period of it"),
    Action("sparkline", ("T",), "both", "Look", "timeline line", "keep the timeline of the list on screen, on one line, or take it away"),
    Action("entities", ("e",), "both", "Look", "names", "show who and what the article names, and the card of each"),
    Action("related", ("g r",), "both", "Look", "related", "show earlier and later stories like this one, and those in other languages"),
    Action("concordance", ("g w",), "both", "Look", "in context", "show the words of the filter in their context, a line for each place"),
    Action("rescan", ("r",), "both", "Look", "rescan", "look for new, changed and removed files now"),
    Action("layout", ("z",), "both", "Look", "layout", "side by side, list above article, or one at a time"),
    Action("help", ("?",), "both", "Look", "keys", "show every key", footer=8),
    Action("open-link", ("o",), "both", "Send", "open outside", "open the article's own link in a browser; where there is none, copy it"),
    Action("follow-link", tuple("123456789"), "article", "Send", "follow", "follow the link with that number"),
    Action("hint-link", (";",), "both", "Send", "links in sight", "lay letters over the links in sight, and follow the one that is typed"),
    Action("copy-link", ("y",), "both", "Send", "copy link", "copy the article's link, or the passage selected with the mouse"),
    Action("copy-citation", ("Y",), "both", "Send", "cite", "copy a citation, or the selected passage with one; again for another style"),
    Action("pipe", ("|",), "both", "Send", "pipe", "give the article as Markdown to a command, and show what it says"),
    Action("save", ("S",), "both", "Send", "save", "save the article in a file: .md, .txt or .html"),
    Action("pager", ("V",), "both", "Send", "pager", "view the article's text in $PAGER"),
    Action("editor", ("ctrl+e",), "both", "Send", "editor", "view a copy of the article in $EDITOR; the archive is never written to"),
    Action("export", ("E",), "both", "Send", "export", "write what is listed to a file: whole, or as a briefing by day, category or name"),
    Action("close", ("q",), "both", "Leave", "quit", "quit from the list; from the article go back to the list", footer=9),
    Action("suspend", ("ctrl+z",), "anywhere", "Leave", "suspend", "leave the terminal to the shell; `fg` comes back"),
    Action("quit", ("Q", "ctrl+q"), "anywhere", "Leave", "quit at once", "quit from anywhere, while typing by ctrl+q; all marks are saved"),
)

BY_ID = {action.id: action for action in ACTIONS}
