"""Where Linux says that an archive changes: one watch a folder, set before anything in it is looked at.

Links to folders are not followed, hidden folders not watched, and names are what they are, UTF-8 or not. Nothing here reads a file.
"""

from __future__ import annotations

import ctypes
import errno
import os
import select
import struct
import sys
from collections.abc import Iterator

_EVENT = struct.Struct("iIII")
"""Watch, mask, cookie, length of the name that follows."""
_CHANGED = 0x2 | 0x4 | 0x8 | 0x40 | 0x80 | 0x100 | 0x200
"""Modified, attributes changed, closed after writing, moved from and to, created, deleted."""
_APPEARED = 0x4 | 0x80 | 0x100
"""What a folder that is to be watched from now on may have met: it may not have been readable before."""
_SELF_GONE = 0x400 | 0x800 | 0x2000
"""Deleted, moved or unmounted itself."""
_OVERFLOWED = 0x4000
_IGNORED = 0x8000
_IS_FOLDER = 0x40000000
_ONLY_FOLDERS_NO_LINKS = 0x1000000 | 0x2000000
_READ_BYTES = 1 << 16
_UNSEEN = (errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.ELOOP)
"""Why a folder can't be watched and need not be: gone, replaced or unreadable."""


class TooManyWatches(OSError):
    """The system watches no more; the message says so in words, and by which setting."""


def is_available() -> bool:
    """Whether this system tells in this way."""
    return sys.platform == "linux"


class Inotify:
    """Watches an archive's folders, or one folder alone. Close it when done."""

    def __init__(self, archive: str, *, with_folders_below: bool = True) -> None:
        """Watching has begun when this returns. `archive` is a folder's real path. Raises OSError."""
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._archive = archive
        self._is_deep = with_folders_below
        self._folders: dict[int, str] = {}
        """The watched folders, relative to the archive, by what the system calls their watches."""
        self._descriptor = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._descriptor < 0:
            number = ctypes.get_errno()
            if number == errno.EMFILE:
                raise TooManyWatches(number, "too many programs watch folders already (fs.inotify.max_user_instances)")
            raise OSError(number, os.strerror(number))
        try:
            self._watch("")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        os.close(self._descriptor)

    def wait(self, milliseconds: int) -> bool:
        """Whether there is anything to tell, now or soon."""
        waiting = select.poll()
        waiting.register(self._descriptor, select.POLLIN)
        return bool(waiting.poll(milliseconds))

    def places(self) -> set[str]:
        """What has changed: paths relative to the archive, an empty one for anything anywhere. There may be more to tell.

        Raises TooManyWatches when a new folder can't be watched, too.
        """
        try:
            told = os.read(self._descriptor, _READ_BYTES)
        except BlockingIOError:
            return set()
        places = (self._place(*event) for event in _events(told))
        return {place for place in places if place is not None}

    def _place(self, watch: int, mask: int, name: str) -> str | None:
        """Where one event was, None where it says nothing; a folder that has appeared is watched first."""
        if mask & _OVERFLOWED:
            self._watch("")
            return ""
        folder = self._folders.get(watch)
        if mask & _IGNORED:
            self._folders.pop(watch, None)
            return None
        if folder is None or name.startswith("."):
            return None
        if not name:
            return "" if not folder and mask & _SELF_GONE else None
        place = f"{folder}/{name}" if folder else name
        if mask & _IS_FOLDER and mask & _APPEARED and self._is_deep:
            self._watch(place)
        return place

    def _watch(self, folder: str) -> None:
        """Watches a folder and, in a deep watch, all folders below."""
        waiting = [folder]
        counting_device: int | None = None
        while waiting:
            folder = waiting.pop()
            full_path = os.path.join(self._archive, folder)
            if not self._set_watch(full_path, folder) or not self._is_deep:
                continue
            try:
                looked_at = os.stat(full_path, follow_symlinks=False)
                if counting_device == looked_at.st_dev and looked_at.st_nlink == 2:
                    continue  # each folder in a folder is a link to it: there is none, and nothing to list
                names = _folders_in(full_path)
            except OSError:
                continue
            if names and looked_at.st_nlink == 2 + len(names):
                counting_device = looked_at.st_dev
            waiting += (f"{folder}/{name}" if folder else name for name in names if not name.startswith("."))

    def _set_watch(self, full_path: str, folder: str) -> bool:
        mask = _CHANGED | _SELF_GONE | _ONLY_FOLDERS_NO_LINKS
        watch = self._libc.inotify_add_watch(self._descriptor, os.fsencode(full_path), mask)
        if watch >= 0:
            self._folders[watch] = folder
            return True
        number = ctypes.get_errno()
        if number == errno.ENOSPC:
            raise TooManyWatches(number, "there are more folders than the system watches (fs.inotify.max_user_watches)")
        if number not in _UNSEEN:
            raise OSError(number, os.strerror(number))
        return False


def _events(told: bytes) -> Iterator[tuple[int, int, str]]:
    """Each event's watch, mask and name, which is empty where it is about the watched folder itself."""
    at = 0
    while at < len(told):
        watch, mask, _, length = _EVENT.unpack_from(told, at)
        at += _EVENT.size + length
        yield watch, mask, os.fsdecode(told[at - length : at].rstrip(b"\0"))


def _folders_in(full_path: str) -> list[str]:
    with os.scandir(full_path) as entries:
        return [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
