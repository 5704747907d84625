"""Opening one file of an archive safely: regular files inside the archive alone, never more than so many bytes.

An archive may hold what its owner did not put there. A FIFO would block for ever, a device has no end, a link may lead to a
file of someone else's: none of them is opened for reading.
"""

from __future__ import annotations

import errno
import os
import stat

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


def opens_with_front_matter(full_path: str) -> bool:
    """Whether a regular file begins with front matter; False for one that can't be read."""
    try:
        decoded = decode(_read(full_path, _SNIFFED_BYTES), full_path)
    except NotReadable:
        return False
    return not isinstance(decoded, Problem) and has_front_matter(decoded[0])


def read_bytes(root: str, path: str, limit: int) -> bytes | Problem:
    """The first `limit` bytes of a file of the archive, and one more where there are more, so that the reader can tell.

    `root` is the archive's folder, or its only file; `path` is relative to it.
    """
    try:
        return _read(_resolve(root, path), limit + 1)
    except NotReadable as error:
        return Problem(path, None, str(error), "skipped")


def _resolve(root: str, path: str) -> str:
    """The file's real place, which must lie inside the archive."""
    archive = os.path.realpath(root)
    if not os.path.isdir(archive):
        return archive
    real = os.path.realpath(os.path.join(archive, path))
    if not is_inside(archive, real):
        raise NotReadable(LEADS_OUT)
    return real


def is_inside(folder: str, real_path: str) -> bool:
    """Whether a path without links lies below a folder without links."""
    return real_path.startswith(folder.rstrip("/") + "/")


def _read(full_path: str, at_most: int) -> bytes:
    try:
        descriptor = os.open(full_path, _FLAGS)
    except OSError as error:
        raise NotReadable(NOT_A_FILE if error.errno in (errno.ELOOP, errno.ENXIO) else in_words(error)) from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotReadable(NOT_A_FILE)
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(at_most)
    except OSError as error:
        raise NotReadable(in_words(error)) from error
    finally:
        os.close(descriptor)


def in_words(error: OSError) -> str:
    """What the system said, without the path, which may hold anything."""
    return (error.strerror or "it can't be read").lower()
