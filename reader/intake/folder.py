"""How an archive differs from what is known of it, folder by folder. No article is read.

    changes(root, known) -----------> FolderDiff, ...    all of the archive
    changes_at(root, paths, known) -> FolderDiff, ...    the places that the system says have changed
    Watch(root, stop_event, say) ---> those places       (in `watch`)

A folder whose fingerprint is as it was costs nothing but looking at it; only of the others is asked what is known of each file.
A folder's own time of change would not do for that: it stays when a file is written in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from reader.intake.files import is_article, read_bytes
from reader.intake.walk import FolderContents, ShouldStop, Walk
from reader.intake.watch import Watch
from reader.model import Problem

__all__ = ["FolderDiff", "Known", "Stamp", "Watch", "changes", "changes_at", "is_article", "read_bytes"]

Stamp = tuple[int, int]
"""A file's size in bytes and the time of its last change in nanoseconds; while they stay, the file is taken to be as it was."""

_LATEST = 2**63 - 1
"""A file may claim a time that no database can hold."""


class Known(Protocol):
    """What is known of the articles of an archive. Paths are relative to it, with `/`; the archive itself is the empty one."""

    def fingerprint(self, folder: str) -> bytes | None:
        """The folder's fingerprint when it held just what is known of it; None where nobody knows."""

    def stamps(self, paths: Sequence[str]) -> dict[str, Stamp]:
        """Those of the paths that are articles."""

    def in_folder(self, folder: str) -> tuple[dict[str, Stamp], set[str]]:
        """The articles directly in a folder, by their paths, and the names of the folders there that any lie in."""

    def at(self, path: str) -> dict[str, Stamp]:
        """The article at a path, and all articles below it."""


@dataclass(frozen=True, slots=True)
class FolderDiff:
    """How one folder of an archive differs from what was known of it."""

    folder: str
    found: dict[str, Stamp] = field(default_factory=dict)
    """The articles that were added or changed, by path; bytes of a name that are not UTF-8 are surrogate escapes."""
    gone: dict[str, Stamp] = field(default_factory=dict)
    """The articles that were removed, with what was known of them."""
    problems: tuple[Problem, ...] = ()
    """A folder that can't be listed, and what bears an article's name but is no file, or a link that leads out."""
    fingerprint: bytes | None = None
    """To be known from when the difference is made good; None where that would not say enough."""


def changes(root: str, known: Known, should_stop: ShouldStop | None = None) -> Iterator[FolderDiff]:
    """Every folder, those that may hold the latest days first; ends early when told to stop. Of one that is as it was it says nothing.

    `root` may be a single file. Raises ArchiveError when it isn't there or can't be listed.
    """
    walk = Walk(root)
    for contents in walk.all(should_stop):
        yield _compared(walk, contents, known)


def changes_at(root: str, paths: Iterable[str], known: Known) -> Iterator[FolderDiff]:
    """The differences at `paths` alone, be they files or folders, there or gone. Raises ArchiveError like `changes`."""
    walk = Walk(root)
    places = set(paths)
    folders = {path for path in places if walk.is_folder(path)}
    for path in places:
        if any(around in folders for around in _folders_around(path)):
            continue
        if path in folders:
            if was_file := known.stamps([path]):
                yield FolderDiff(path, gone=was_file)
            for contents in walk.below(path):
                yield _compared(walk, contents, known)
        else:
            contents = walk.file(path)
            articles, _ = _articles(walk, contents)
            yield _difference(contents, articles, known.at(path))


def _folders_around(path: str) -> Iterator[str]:
    """The folder that a path lies in, the one around that, and so on to the archive."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _compared(walk: Walk, contents: FolderContents, known: Known) -> FolderDiff:
    """The difference of a whole folder."""
    fingerprint = contents.fingerprint()
    if known.fingerprint(contents.path) == fingerprint:
        return FolderDiff(contents.path, problems=tuple(contents.problems))
    articles, is_sure = _articles(walk, contents)
    before, folders_before = known.in_folder(contents.path)
    folders = folders_before.intersection(contents.folders)
    for name in folders_before - folders:
        before.update(known.at(contents.prefix + name))
    # A folder that no article is left in or below is soon forgotten, so there is nobody to remember its fingerprint.
    return _difference(contents, articles, before, fingerprint if is_sure and (articles or folders) else None)


def _difference(
    contents: FolderContents, articles: dict[str, Stamp], before: dict[str, Stamp], fingerprint: bytes | None = None
) -> FolderDiff:
    found = {path: stamp for path, stamp in articles.items() if before.get(path) != stamp}
    gone = {path: stamp for path, stamp in before.items() if path not in articles}
    return FolderDiff(contents.path, found, gone, tuple(contents.problems), fingerprint)


def _articles(walk: Walk, contents: FolderContents) -> tuple[dict[str, Stamp], bool]:
    """A folder's articles, and whether that is sure: it isn't where a file could not be looked into."""
    prefix = contents.prefix
    articles = {prefix + name: (size, changed if abs(changed) <= _LATEST else _LATEST) for name, size, changed in contents.articles}
    is_sure = True
    for name, size, changed in contents.doubtful:
        is_article_too = walk.opens_with_front_matter(prefix + name)
        if is_article_too:
            articles[prefix + name] = (size, changed if abs(changed) <= _LATEST else _LATEST)
        elif is_article_too is None:
            is_sure = False
    return articles, is_sure
