"""What is typed after `:`, as what it means: any action by its name, or a verdict on all that fits a query.

    star                            the action
    read category:sport since:7d    every article that fits
    tag later person:"Li Qiang"     likewise
    tag later                       what any verdict would be about
    select is:unread                those listed that fit
    rename-tag budget money         a tag, everywhere
    go-to-date 2024-03              the row where those days begin

Plain Python; nothing here asks or writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from reader.actions import ACTIONS, BY_ID
from reader.errors import UsageError
from reader.query.complete import Completion
from reader.triage.jobs import Job, dismiss, giving, tagging
from reader.triage.verbs import tag_name, verdict
from reader.tui.prompt import Offer
from reader.tui.tag_words import offers, tag_names

_WORD = re.compile(r'\s*(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True)
class Act:
    """Does an action as its key would."""

    action: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Gives a verdict on all that fits `scope`; on what any verdict would be about where that is empty."""

    job: Job
    scope: str


@dataclass(frozen=True, slots=True)
class Select:
    """Selects those listed that fit `scope`."""

    scope: str


@dataclass(frozen=True, slots=True)
class RenameTag:
    """Renames a tag, or merges it into another."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class GoToDate:
    """Goes to a date in the list."""

    words: str


Command = Act | Judge | Select | RenameTag | GoToDate


@dataclass(frozen=True, slots=True)
class Verb:
    """A word that something follows."""

    usage: str
    help: str
    takes_tag: bool = False
    takes_query: bool = True


VERBS: Mapping[str, Verb] = {
    "read": Verb("read QUERY", "mark all that fits read"),
    "unread": Verb("unread QUERY", "mark all that fits unread"),
    "star": Verb("star QUERY", "star all that fits"),
    "unstar": Verb("unstar QUERY", "take the star from all that fits"),
    "dismiss": Verb("dismiss QUERY", "dismiss all that fits"),
    "skip": Verb("skip QUERY", "skip all that fits, unread as it is"),
    "unskip": Verb("unskip QUERY", "take all that fits back"),
    "queue": Verb("queue QUERY", "add all that fits to the reading queue"),
    "unqueue": Verb("unqueue QUERY", "take all that fits out of the reading queue"),
    "tag": Verb("tag NAME QUERY", "give all that fits a tag", takes_tag=True),
    "untag": Verb("untag NAME QUERY", "take a tag from all that fits", takes_tag=True),
    "rename-tag": Verb("rename-tag OLD NEW", "rename a tag everywhere, or merge it into another", takes_tag=True, takes_query=False),
    "select": Verb("select QUERY", "select those listed that fit"),
    "go-to-date": Verb("go-to-date DATE", "go to a day, month or year in the list", takes_query=False),
}
"""Every verb; one that is also an action does that action where nothing follows it."""


def parse_command(text: str) -> Command:
    """What `text` asks for. Raises UsageError, with the nearest right name, for what is no command."""
    name, _, rest = text.strip().removeprefix(":").strip().partition(" ")
    rest = rest.strip()
    if name in BY_ID and not rest:
        return Act(name)
    if name not in VERBS:
        raise UsageError(f"{name} takes nothing after it" if name in BY_ID else _unknown(name))
    if name == "select":
        return Select(rest)
    if name == "rename-tag":
        return _rename(rest)
    if name == "go-to-date":
        return GoToDate(rest)
    if name in ("tag", "untag"):
        tag, scope = _word(rest)
        return Judge(tagging(tag_names(tag), take_away=name == "untag"), scope)
    return Judge(dismiss if name == "dismiss" else giving(verdict(name)), rest)


def command_offers(text: str, key_of: Callable[[str], str], tags: Mapping[str, int]) -> list[Offer]:
    """How `text` could go on, as far as no filter is being typed: actions and verbs for its first word, then tags."""
    name, blank, rest = text.lstrip().partition(" ")
    if not blank:
        return [*_actions(name, key_of), *_verbs(name)]
    verb = VERBS.get(name)
    if verb is None or not verb.takes_tag:
        return []
    before, begun = _last_word(rest) if name == "rename-tag" else ("", rest)
    others = {tag: count for tag, count in tags.items() if tag != _word(before)[0]}
    fitting = offers(begun.strip().lstrip('"'), others)
    return [replace(offer, text=f"{name} {before}{_quoted(offer.text)}", is_answer=False) for offer in fitting]


def scope_start(text: str) -> int | None:
    """Where in `text` the filter begins that is being typed; None where that is something else."""
    name = text.lstrip().partition(" ")[0]
    verb = VERBS.get(name)
    start = len(text) - len(text.lstrip()) + len(name) + 1
    if verb is None or start > len(text) or not verb.takes_query:
        return None
    tag = _WORD.match(text, start) if verb.takes_tag else None
    if tag is None:
        return None if verb.takes_tag else start
    return tag.end() if tag.end() < len(text) else None


def scope_offers(text: str, start: int, completion: Completion) -> list[Offer]:
    """How the filter in `text` could go on, that begins at `start` and has this completion."""
    before = text[: start + completion.start]
    return [
        Offer(before + option.text, option.label, option.help, "" if option.count is None else f"{option.count:,}", is_answer=False)
        for option in completion.options
    ]


def _actions(beginning: str, key_of: Callable[[str], str]) -> list[Offer]:
    """The actions that are named so, then those that say so."""
    wanted = beginning.casefold()
    fitting = [action for action in ACTIONS if wanted in f"{action.id} {action.title} {action.help}".casefold()]
    fitting.sort(key=lambda action: (not action.id.startswith(wanted), wanted not in action.id))
    return [Offer(action.id, action.id, action.help, key_of(action.id)) for action in fitting]


def _verbs(beginning: str) -> list[Offer]:
    if not beginning:
        return []
    return [Offer(name, verb.usage, verb.help, is_answer=False) for name, verb in VERBS.items() if name.startswith(beginning.casefold())]


def _rename(rest: str) -> RenameTag:
    old, rest = _word(rest)
    new, rest = _word(rest)
    if not old or not new or rest:
        raise UsageError("rename-tag takes the old name and the new one, in quotes where they have blanks")
    return RenameTag(tag_name(old), tag_name(new))


def _word(text: str) -> tuple[str, str]:
    """The first word of `text`, or what stands in its first quotes, and the rest."""
    found = _WORD.match(text)
    return (found[1] if found[1] is not None else found[2], text[found.end() :].strip()) if found else ("", "")


def _last_word(text: str) -> tuple[str, str]:
    """What stands before the last word of two, and that word; a first word that is still being typed is the last."""
    found = _WORD.match(text)
    return (text[: found.end() + 1], text[found.end() + 1 :]) if found and found.end() < len(text) else ("", text)


def _quoted(tag: str) -> str:
    return f'"{tag}"' if " " in tag else tag


def _unknown(name: str) -> str:
    near = get_close_matches(name, [*BY_ID, *VERBS], 1)
    return f"no action {name!r}" + (f"; did you mean {near[0]}?" if near else "") if name else "type the name of an action"
