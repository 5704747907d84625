"""Where an archive changes while it is open: told by the system, or found by looking again and again where it can't tell.

It can't on a network file system, where others write unseen, nor once its limits are reached. Systems other than Linux are asked
through a notifier that follows links to folders, out of the archive and round in circles: where there are any, it isn't asked.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import PurePosixPath

from reader.intake import inotify
from reader.mounts import is_on_network

_POLL_SECONDS = 1.0
_POLLING_SHARE = 0.2
"""At most this share of the time goes into looking through a polled archive."""
_GATHER_MILLISECONDS = 400
"""How long changes are gathered before they are told: a copied folder is one change, not a thousand."""
_STEP_MILLISECONDS = 50
_MEANWHILE_SECONDS = 0.5
"""Between two looks at what has changed while somebody is at work."""
_WAKE_MILLISECONDS = 250
"""How soon the stop event is seen."""


class _CannotWatch(Exception):
    """Why the system isn't asked to watch, in words."""


class Watch:
    """What the system says of one archive; belongs to one thread.

    Gone through, it tells where something was added, changed or removed: paths relative to the archive, or None for anywhere. The
    first is None, once watching has begun, so that nothing that came before is missed. Paths may be folders, or no articles:
    `changes_at` looks at them, and `changes` at everything. Blocks in between, and ends when the stop event is set.
    """

    def __init__(self, root: str, stop_event: threading.Event, say: Callable[[str], None]) -> None:
        """`say` is told in words when the archive has to be polled; from then on every value is None."""
        self._archive = os.path.realpath(root)
        self._stop_event = stop_event
        self._say = say
        self._linux: inotify.Inotify | None = None
        self._seen: set[str] = set()
        """What `meanwhile` has told."""
        self._trouble: OSError | None = None
        """Why the system can tell no more, as `meanwhile` met it."""
        self._asked = 0.0

    def __iter__(self) -> Iterator[frozenset[str] | None]:
        try:
            if is_on_network(self._archive):
                raise _CannotWatch("the archive is on a network file system")
            yield from self._told_by_linux() if inotify.is_available() else _notified(self._archive, self._stop_event)
        except (_CannotWatch, OSError, RuntimeError) as error:
            self._linux = None
            self._say(f"changes are looked for every few seconds, because {getattr(error, 'strerror', None) or error}")
            yield from _polled(self._stop_event)

    def meanwhile(self) -> frozenset[str]:
        """Where something has changed by now, for one who is at work on the value told last; the next value tells of it once more.

        Nothing where that may be anywhere, where this was asked a moment ago, or where the system can't be asked so.
        """
        now = time.monotonic()
        if self._linux is None or self._trouble or now - self._asked < _MEANWHILE_SECONDS:
            return frozenset()
        self._asked = now
        try:
            places = self._gathered(self._linux) if self._linux.wait(0) else set()
        except OSError as error:
            self._trouble = error
            return frozenset()
        self._seen |= places
        return frozenset() if "" in places else frozenset(places)

    def _told_by_linux(self) -> Iterator[frozenset[str] | None]:
        """What the system says of each folder. Raises OSError when it can't, or can no longer."""
        is_folder = os.path.isdir(self._archive)
        folder = self._archive if is_folder else os.path.dirname(self._archive)
        with closing(inotify.Inotify(folder, with_folders_below=is_folder)) as self._linux:
            yield None
            while not self._stop_event.is_set():
                if self._trouble:
                    raise self._trouble
                if self._seen or self._linux.wait(_WAKE_MILLISECONDS):
                    places, self._seen = self._seen | self._gathered(self._linux), set()
                    if places:
                        yield None if "" in places else frozenset(places)

    def _gathered(self, linux: inotify.Inotify) -> set[str]:
        """All that changes until there is a pause, or it has gone on for long enough."""
        end = time.monotonic() + _GATHER_MILLISECONDS / 1000
        places = linux.places()
        while time.monotonic() < end and linux.wait(_STEP_MILLISECONDS):
            places |= linux.places()
        return places if os.path.isdir(self._archive) else places & {"", os.path.basename(self._archive)}


def _notified(archive: str, stop_event: threading.Event) -> Iterator[frozenset[str] | None]:
    """What other systems say. Raises when they can't or shouldn't."""
    is_folder = os.path.isdir(archive)
    if is_folder and _holds_linked_folder(archive):
        raise _CannotWatch("the archive holds links to folders")
    folder = archive if is_folder else os.path.dirname(archive)
    has_begun = False
    import watchfiles

    for seen in watchfiles.watch(
        folder,
        watch_filter=None,
        debounce=_GATHER_MILLISECONDS,
        step=_STEP_MILLISECONDS,
        rust_timeout=_WAKE_MILLISECONDS,
        stop_event=stop_event,
        yield_on_timeout=True,
        raise_interrupt=False,
        recursive=is_folder,
        ignore_permission_denied=True,
    ):
        if not has_begun:
            has_begun = True
            yield None
        paths = [path for _, path in seen]
        if is_folder and any(os.path.islink(path) and os.path.isdir(path) for path in paths):
            raise _CannotWatch("a link to a folder was added to the archive")
        if places := _places(archive, folder, paths):
            yield places if "" not in places else None


def _places(archive: str, folder: str, paths: list[str]) -> frozenset[str]:
    """Full paths as paths relative to `folder`, hidden ones left out; `` is all of it.

    The notifier spells bytes that aren't UTF-8 as U+FFFD, so for such a name the folder stands in.
    """
    places = set()
    for path in paths:
        place = path[len(folder) + 1 :] if path != folder else ""
        if archive != folder and path != archive:
            continue
        while "\ufffd" in place:
            place = str(PurePosixPath(place).parent).removeprefix(".")
        if not place.startswith(".") and "/." not in place:
            places.add(place)
    return frozenset(places)


def _polled(stop_event: threading.Event) -> Iterator[None]:
    """None again and again; seldom enough that looking stays a small share of the time, however large the archive."""
    while not stop_event.is_set():
        began = time.monotonic()
        yield None
        took = time.monotonic() - began
        stop_event.wait(max(_POLL_SECONDS, took / _POLLING_SHARE - took))


def _holds_linked_folder(archive: str) -> bool:
    waiting = [archive]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.is_symlink() and entry.is_dir():
                        return True
        except OSError:
            continue
    return False
