"""How a link leaves the reader: by which program, or by none.

Only an address that `safe_url` passes is ever handed to a program: as one argument, never through a shell. On a server a browser
would open where nobody sees it, so over SSH there is a program only where the settings name one.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from reader.clean import safe_url
from reader.errors import SendingError

PLACE_OF_LINK = "%u"
"""In the command of the settings: where the link goes. Without it, the link is the last argument."""

HINT_LETTERS = "asdfjklgheiruwo"
"""The easiest keys first."""

_OPENERS = {"darwin": "open"}
_OPENER = "xdg-open"

Which = Callable[[str], str | None]


def browser(named: Sequence[str], environ: Mapping[str, str], platform: str = sys.platform, which: Which = shutil.which) -> tuple[str, ...]:
    """The command that opens links here; empty where none would show the person anything.

    `named` is what the settings say, which always holds. Else it is the desktop's own opener, on a desktop only.
    """
    if named:
        return tuple(named)
    if is_remote(environ) or not (platform == "darwin" or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return ()
    opener = _OPENERS.get(platform, _OPENER)
    return (opener,) if which(opener) else ()


def is_remote(environ: Mapping[str, str]) -> bool:
    """Whether the person sits at another machine."""
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def opening(command: Sequence[str], url: str) -> list[str]:
    """The arguments that have `command` open `url`. Raises SendingError for an address that no program may have."""
    address = checked(url)
    if not any(PLACE_OF_LINK in word for word in command[1:]):
        return [*command, address]
    return [command[0], *(word.replace(PLACE_OF_LINK, address) for word in command[1:])]


def checked(url: str) -> str:
    """The address as it may be handed on. Raises SendingError where it isn't one of the web or of mail."""
    address = safe_url(url)
    if address is None:
        raise SendingError(f"not a web or mail address: {url[:80]}")
    return address


def hints(count: int) -> list[str]:
    """`count` labels to type, as short as can be, all of one length, so that none is the beginning of another."""
    length = 1
    while len(HINT_LETTERS) ** length < count:
        length += 1
    return [label for label, _ in zip(_labels(length), range(count), strict=False)]


def _labels(length: int) -> Iterator[str]:
    return ("".join(letters) for letters in product(HINT_LETTERS, repeat=length))
