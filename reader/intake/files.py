"""Opening one file of an archive safely: regular files inside the archive alone, never more than so many bytes.

An archive may hold what its owner did not put there. A FIFO would block for ever, a device has no end, a link may lead to a
file of someone else's: none of them is opened for reading.
"""

from __future__ import annotations

import errno
import os
import stat
from functools import lru_cache

from reader.intake.decode import decode
from reader.intake.names import ARTICLE_ENDINGS, TEXT_ENDINGS, ending
from reader.intake.split import has_front_matter
from reader.model import Problem

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_SNIFFED_BYTES = 4096

NOT_A_FILE = "not a regular file"
LEADS_OUT = "a link that leads out of the archive"
LEADS_NOWHERE = "a link that leads nowhere"


class NotReadable(Exception):
    """A file that isn't opened or read; the message says why, in a few words."""


def is_article(name: str) -> bool:
    """Whether a file of this name is an article whatever it holds."""
    return ending(name) in ARTICLE_ENDINGS and not is_hidden(name)


def may_be_article(name: str) -> bool:
    """Whether a file of this name is an article if it opens with front matter."""
    return ending(name) in TEXT_ENDINGS and not is_hidden(name)


def is_hidden(path: str) -> bool:
    """Whether the file, or a folder on the way to it, has a name that begins with a dot."""
    return path.startswith(".") or "/." in path


def opens_with_front_matter(full_path: str) -> bool | None:
    """Whether a regular file begins with front matter; None for one that can't be read."""
    try:
        decoded = decode(_read(full_path, _SNIFFED_BYTES), full_path)
    except NotReadable:
        return None
    return not isinstance(decoded, Problem) and has_front_matter(decoded[0])


def read_bytes(root: str, path: str, limit: int) -> bytes | Problem:
    """The first `limit` bytes of a file of the archive, and one more where there are more, so that the reader can tell.

    `root` is the archive's folder, or its only file; `path` is relative to it.
    """
    try:
        return _read_inside(root, path, limit + 1)
    except NotReadable as error:
        return Problem(path, None, str(error), "skipped")


def _read_inside(root: str, path: str, at_most: int) -> bytes:
    """Reads a file once it is sure that what was opened lies in the archive, whatever links lead there."""
    try:
        looked_at = os.stat(root)
    except OSError as error:
        raise NotReadable(in_words(error)) from error
    archive = _real_archive(root, looked_at.st_dev, looked_at.st_ino)
    if not stat.S_ISDIR(looked_at.st_mode):
        return _read(archive, at_most)
    full_path = f"{archive}/{path}"
    try:
        descriptor = os.open(full_path, _FLAGS)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise NotReadable(_why_not_opened(error)) from error
        real_path = os.path.realpath(full_path)
        if not is_inside(archive, real_path):
            raise NotReadable(LEADS_OUT) from error
        return _read(real_path, at_most)
    try:
        if not is_inside(archive, _real_path(descriptor, full_path)):
            raise NotReadable(LEADS_OUT)
        return _read_regular(descriptor, at_most)
    finally:
        os.close(descriptor)


@lru_cache(maxsize=16)
def _real_archive(root: str, _device: int, _inode: int) -> str:
    """The archive without links; as long as it is the same folder, looked up once."""
    return os.path.realpath(root)


def _real_path(descriptor: int, full_path: str) -> str:
    """Where an open file lies. Linux knows; elsewhere the folders on the way are looked at, at five times the cost."""
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        return os.path.realpath(full_path)


def is_inside(folder: str, real_path: str) -> bool:
    """Whether a path without links lies below a folder without links."""
    return real_path.startswith(folder.rstrip("/") + "/")


def _read(full_path: str, at_most: int) -> bytes:
    try:
        descriptor = os.open(full_path, _FLAGS)
    except OSError as error:
        raise NotReadable(_why_not_opened(error)) from error
    try:
        return _read_regular(descriptor, at_most)
    finally:
        os.close(descriptor)


def _read_regular(descriptor: int, at_most: int) -> bytes:
    try:
        looked_at = os.fstat(descriptor)
        if not stat.S_ISREG(looked_at.st_mode):
            raise NotReadable(NOT_A_FILE)
        wanted = min(looked_at.st_size + 1, at_most)
        content = os.read(descriptor, wanted)
        if len(content) < wanted - 1 or len(content) == wanted < at_most:
            return content + _rest(descriptor, at_most - len(content))
        return content
    except OSError as error:
        raise NotReadable(in_words(error)) from error


def _rest(descriptor: int, at_most: int) -> bytes:
    """What follows, of a file that grew meanwhile or that the system hands out in pieces."""
    with open(descriptor, "rb", closefd=False) as file:
        return file.read(at_most)


def _why_not_opened(error: OSError) -> str:
    return NOT_A_FILE if error.errno in (errno.ELOOP, errno.ENXIO) else in_words(error)


def in_words(error: OSError) -> str:
    """What the system said, without the path, which may hold anything."""
    return (error.strerror or "it can't be read").lower()
