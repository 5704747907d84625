"""What each kind of setting takes: from the texts of the file to a typed value, or a ValueError that says what to write.

A check that refuses one part of a value (one key of many) tells `wrong` and leaves that part out; one that refuses the value
raises.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

from reader.errors import QueryError
from reader.query.saved import is_name, problems_of
from reader.query.syntax import parse
from reader.sending import citations
from reader.settings.yaml_text import Value

T = TypeVar("T")

Wrong = Callable[[str, tuple[str, ...]], None]
"""Takes what is wrong with a part of a value, and the names that lead to the part."""

Check = Callable[[Value, Wrong], T]


def nearest(name: str, known: Sequence[str]) -> str:
    """`; did you mean 'nord'?`, or nothing where no known name is near."""
    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def paths(value: Value, _: Wrong) -> tuple[str, ...]:
    """A folder, or several, each named from its root or from the home: the settings hold wherever the reader is started."""
    values = value if isinstance(value, list) else [value]
    found = tuple(os.path.expanduser(one) if isinstance(one, str) else "" for one in values)
    if not all(map(os.path.isabs, found)):
        raise ValueError("a folder by its whole path, or a list of folders")
    return found


def folder(value: Value, _: Wrong) -> str:
    """A folder, named from its root or from the home; empty for none."""
    found = os.path.expanduser(value) if isinstance(value, str) else "?"
    if found and not os.path.isabs(found):
        raise ValueError("a folder by its whole path")
    return found


def seconds(value: Value, _: Wrong) -> float | None:
    """Seconds; None for never."""
    if value == "never":
        return None
    try:
        found = float(value) if isinstance(value, str) else -1.0
    except ValueError:
        found = -1.0
    if not 0 <= found <= 3600:
        raise ValueError("a number of seconds from 0 to 3600, or never")
    return found


def name(value: Value, _: Wrong) -> str:
    """Any one name."""
    if not isinstance(value, str) or not value:
        raise ValueError("a name")
    return value


def yes_or_no(value: Value, _: Wrong) -> bool:
    """True or false."""
    found = _SWITCH.get(value.casefold()) if isinstance(value, str) else None
    if found is None:
        raise ValueError("true or false")
    return found


def yes_no_or_auto(value: Value, wrong: Wrong) -> bool | None:
    """True or false; None for auto."""
    if value == "auto":
        return None
    try:
        return yes_or_no(value, wrong)
    except ValueError:
        raise ValueError("true, false or auto") from None


def one_of(*names: str) -> Check[str]:
    """One of these names."""

    def check(value: Value, _: Wrong) -> str:
        if value not in names:
            raise ValueError(f"one of {', '.join(names)}{nearest(str(value), names)}")
        return str(value)

    return check


def some_of(*names: str, needed: str) -> Check[tuple[str, ...]]:
    """Some of these names in any order, `needed` among them."""

    def check(value: Value, wrong: Wrong) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise ValueError(f"a list of {', '.join(names)}")
        kept: list[str] = []
        for number, each in enumerate(value):
            if each not in names:
                wrong(f"{each!r} is none of {', '.join(names)}{nearest(str(each), names)}", (str(number),))
            elif each not in kept:
                kept.append(str(each))
        if needed not in kept:
            raise ValueError(f"{needed} must be one of them")
        return tuple(kept)

    return check


def command(value: Value, _: Wrong) -> tuple[str, ...]:
    """A program and its arguments, each a text of its own: nothing is left to a shell to take apart."""
    words = value if isinstance(value, list) else [value] if value else []
    if not all(isinstance(word, str) and word and "\0" not in word for word in words):
        raise ValueError("a program and its arguments as a list, as in `[firefox, --new-tab, '%u']`")
    if words and (str(words[0]).startswith("-") or (" " in str(words[0]) and "/" not in str(words[0]))):
        raise ValueError(f"{words[0]!r} is no program; a program and its arguments are a list, as in `[firefox, --new-tab, '%u']`")
    return tuple(map(str, words))


def templates(value: Value, wrong: Wrong) -> Mapping[str, str]:
    """Names, each with a template for citations."""
    if not isinstance(value, dict):
        raise ValueError("names and their templates, as in `short: '$headline, $source'`")
    found = {}
    for each, text in value.items():
        try:
            found[each] = citations.check(text if isinstance(text, str) else "")
        except ValueError as error:
            wrong(f"{each}: {error}", (each,))
    return found


def texts_of(value: Value, wrong: Wrong) -> Mapping[str, tuple[str, ...]]:
    """Names, each with a text or a list of texts; with nothing behind it, with an empty list."""
    if not isinstance(value, dict):
        raise ValueError("names and their values, as in `star: [s, f]`")
    found = {}
    for each, wanted in value.items():
        some = wanted if isinstance(wanted, list) else [wanted] if wanted else []
        if all(isinstance(one, str) for one in some):
            found[each] = tuple(map(str, some))
        else:
            wrong(f"{each}: one value, or a list of them", (each,))
    return found


def queries_to(*names: str) -> Check[Mapping[str, str]]:
    """Filters, each with one of these names."""

    def check(value: Value, wrong: Wrong) -> Mapping[str, str]:
        if not isinstance(value, dict):
            raise ValueError("filters and their values, as in `'is:starred': warning`")
        found = {}
        for query, wanted in value.items():
            try:
                parse(query, final=True)
            except QueryError as error:
                wrong(f"{query}: {error}", (query,))
                continue
            if wanted in names:
                found[query] = str(wanted)
            else:
                wrong(f"{query}: one of {', '.join(names)}{nearest(str(wanted), names)}", (query,))
        return found

    return check


def searches(value: Value, wrong: Wrong) -> Mapping[str, str]:
    """Names, each with a filter, which may use others as @name.

    One with a mistake stays, that of no filter as an empty text: left out, its @name would be sought as a word, in silence.
    """
    if not isinstance(value, dict):
        raise ValueError("names and their filters, as in `morning: is:unread since:24h`")
    found = {each: text if isinstance(text, str) else "" for each, text in value.items() if _may_be_kept(each, wrong)}
    for each, problem in problems_of(found).items():
        wrong(f"{each}: {problem}", (each,))
    return found


def letters(value: Value, wrong: Wrong) -> Mapping[str, str]:
    """Names, each with a letter."""
    if not isinstance(value, dict):
        raise ValueError("names and their letters, as in `morning: m`")
    found = {}
    for each, letter in value.items():
        if isinstance(letter, str) and len(letter) == 1 and letter.isprintable() and letter != " ":
            found[each] = letter
        else:
            wrong(f"{each}: one letter", (each,))
    return found


def _may_be_kept(name: str, wrong: Wrong) -> bool:
    if is_name(name):
        return True
    wrong(f"{name!r} can't be written as @name: letters, digits, - and _ only", (name,))
    return False


_SWITCH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
