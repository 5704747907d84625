"""What is in an archive, and how it differs from what was known of it. Nothing here reads an article.

    scan(root) --> Listing --diff(known, listing)--> FolderDiff     all of it, as it is
    changes(root, known) --------------------------> FolderDiff     all of it, holding nothing but the differences
    changes_at(root, paths, known) ----------------> FolderDiff     the places that the system says have changed
    watch(root, stop_event, say) --> those places                   (in `watch`)

Written for archives of a million files: a file costs one directory entry and one `stat`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reader.errors import ArchiveError
from reader.intake import files
from reader.intake.files import is_article, read_bytes
from reader.intake.names import ARTICLE_ENDINGS
from reader.intake.watch import watch
from reader.model import Problem

__all__ = ["FolderDiff", "Listing", "Stamp", "changes", "changes_at", "diff", "is_article", "read_bytes", "scan", "watch"]

Stamp = tuple[int, int]
"""A file's size in bytes and the time of its last change in nanoseconds; while they stay, the file is taken to be as it was."""

ShouldStop = Callable[[], bool]

_PLAIN_ENDINGS = frozenset(f".{ending}" for ending in ARTICLE_ENDINGS)
_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_STOP_CHECKED_EVERY = 64
"""Folders between two looks at `should_stop`."""


@dataclass(slots=True)
class Listing:
    """The articles of an archive."""

    stamps: dict[str, Stamp] = field(default_factory=dict)
    """By path relative to the archive, with `/`; bytes of a name that are not UTF-8 are surrogate escapes."""
    problems: list[Problem] = field(default_factory=list)
    """Folders that can't be listed, and what bears an article's name but is no file, or a link that leads out."""


@dataclass(frozen=True, slots=True)
class FolderDiff:
    """How an archive differs from what was known of it; paths sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    """The new stamps of what was added or changed."""
    problems: tuple[Problem, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)


def scan(root: str, should_stop: ShouldStop | None = None) -> Listing | None:
    """Every article below `root`, or `root` itself where it is a file; None if told to stop before the end.

    Hidden files and folders are left out. Raises ArchiveError when `root` isn't there or can't be listed.
    """
    listing = Listing()
    return listing if _Walk(root, listing.stamps.__setitem__, listing.problems).all(should_stop) else None


def diff(known: Mapping[str, Stamp], listing: Listing) -> FolderDiff:
    """What to do so that `known` becomes `listing`."""
    found = listing.stamps
    added = sorted(path for path in found if path not in known)
    changed = sorted(path for path, stamp in found.items() if known.get(path, stamp) != stamp)
    removed = sorted(path for path in known if path not in found)
    stamps = {path: found[path] for path in (*added, *changed)}
    return FolderDiff(tuple(added), tuple(changed), tuple(removed), stamps, tuple(listing.problems))


def changes(root: str, known: Mapping[str, Stamp], should_stop: ShouldStop | None = None) -> FolderDiff | None:
    """What `diff` would say of a scan, without holding one: an unchanged archive costs no memory. None if told to stop.

    Only where files are gone is the archive walked again, to learn which. Raises ArchiveError like `scan`.
    """
    differing = Listing()
    unchanged = 0

    def compare(path: str, stamp: Stamp) -> None:
        nonlocal unchanged
        if known.get(path) == stamp:
            unchanged += 1
        else:
            differing.stamps[path] = stamp

    if not _Walk(root, compare, differing.problems).all(should_stop):
        return None
    before = {path: known[path] for path in differing.stamps if path in known}
    if unchanged + len(before) < len(known):
        listing = scan(root, should_stop)
        return diff(known, listing) if listing else None
    return diff(before, differing)


def changes_at(root: str, paths: Iterable[str], known: Mapping[str, Stamp]) -> FolderDiff:
    """The difference at `paths` alone, be they files or folders, there or gone.

    A path that is not a known file may be a folder, so then the known paths are gone through for what lay below it.
    """
    listing = Listing()
    walk = _Walk(root, listing.stamps.__setitem__, listing.problems)
    before: dict[str, Stamp] = {}
    folders = []
    for path in set(paths):
        if path in known:
            before[path] = known[path]
        else:
            folders.append(f"{path}/")
        walk.at(path)
    if folders:
        below = tuple(folders)
        before.update((path, stamp) for path, stamp in known.items() if path.startswith(below))
    return diff(before, listing)


class _Walk:
    """Finds the articles of one archive. Links to folders are never entered, so nothing can loop."""

    def __init__(self, root: str, found: Callable[[str, Stamp], None], problems: list[Problem]) -> None:
        """`found` is told of each article; `problems` collects the rest. Raises ArchiveError."""
        self._archive = _real_archive(root)
        self._found = found
        self._problems = problems
        self._only_name = None if os.path.isdir(self._archive) else os.path.basename(os.path.abspath(root))
        """The archive's name where it is one file, which is an article whatever it is called."""

    def all(self, should_stop: ShouldStop | None) -> bool:
        """Goes through everything; False if told to stop."""
        if self._only_name is not None:
            self._found(self._only_name, _stamp(os.stat(self._archive)))
            return True
        return self._below("", should_stop)

    def at(self, path: str) -> None:
        """Looks at one path, and at all below it if it is a folder; finds nothing where it is gone or hidden."""
        if self._only_name is not None:
            if path == self._only_name:
                self.all(None)
            return
        full_path = os.path.join(self._archive, path)
        parent = os.path.dirname(full_path)
        if files.is_hidden(path) or os.path.realpath(parent) != parent:
            return
        try:
            looked_at = os.lstat(full_path)
        except OSError:
            return
        if stat.S_ISDIR(looked_at.st_mode):
            self._below(path, None)
        else:
            self._file(path, looked_at)

    def _below(self, folder: str, should_stop: ShouldStop | None) -> bool:
        waiting = [folder]
        visited = 0
        while waiting:
            folder = waiting.pop()
            visited += 1
            if should_stop and visited % _STOP_CHECKED_EVERY == 0 and should_stop():
                return False
            try:
                waiting.extend(self._folders_in(folder))
            except FileNotFoundError:
                continue  # gone since the folder around it was listed
            except OSError as error:
                self._problems.append(Problem(folder, None, f"folder not read: {files.in_words(error)}", "skipped"))
        return True

    def _folders_in(self, folder: str) -> list[str]:
        """Finds the articles of one folder, and gives the folders in it. By descriptor, so that the system looks up no path twice."""
        descriptor = os.open(os.path.join(self._archive, folder), _FOLDER_FLAGS)
        try:
            with os.scandir(descriptor) as entries:
                return list(self._entries(f"{folder}/" if folder else "", entries))
        finally:
            os.close(descriptor)

    def _entries(self, prefix: str, entries: Iterable[os.DirEntry[str]]) -> Iterator[str]:
        """This loop is the speed of a scan."""
        found = self._found
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            is_plain = name[name.rfind(".") :] in _PLAIN_ENDINGS
            if not is_plain and entry.is_dir(follow_symlinks=False):
                yield prefix + name
                continue
            if not (is_plain or entry.is_symlink() or is_article(name) or files.may_be_article(name)):
                continue
            try:
                looked_at = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # gone since the folder was listed
            if is_plain and stat.S_ISREG(looked_at.st_mode):
                found(prefix + name, (looked_at.st_size, looked_at.st_mtime_ns))
            elif stat.S_ISDIR(looked_at.st_mode):
                yield prefix + name
            else:
                self._file(prefix + name, looked_at)

    def _file(self, path: str, looked_at: os.stat_result) -> None:
        """Finds an article at `path`, or says why what is there can't be one."""
        is_sure = is_article(path)
        if stat.S_ISLNK(looked_at.st_mode):
            self._link(path, is_sure)
        elif stat.S_ISREG(looked_at.st_mode):
            if is_sure or (files.may_be_article(path) and files.opens_with_front_matter(os.path.join(self._archive, path))):
                self._found(path, _stamp(looked_at))
        elif is_sure:
            self._problems.append(Problem(path, None, files.NOT_A_FILE, "skipped"))

    def _link(self, path: str, is_sure: bool) -> None:
        """Follows a link to a file of this archive that isn't found under its own name; says so of one that leads out."""
        real = os.path.realpath(os.path.join(self._archive, path))
        try:
            looked_at = os.stat(real)
        except OSError:
            if is_sure:
                self._problems.append(Problem(path, None, files.LEADS_NOWHERE, "skipped"))
            return
        is_folder = stat.S_ISDIR(looked_at.st_mode)
        if real != self._archive and not files.is_inside(self._archive, real):
            if is_sure or is_folder:
                self._problems.append(Problem(path, None, files.LEADS_OUT, "skipped"))
        elif is_sure and stat.S_ISREG(looked_at.st_mode) and not is_article(real[len(self._archive) + 1 :]):
            self._found(path, _stamp(looked_at))


def _stamp(looked_at: os.stat_result) -> Stamp:
    return looked_at.st_size, looked_at.st_mtime_ns


def _real_archive(root: str) -> str:
    """The archive's path without links."""
    try:
        archive = os.path.realpath(root, strict=True)
        if os.path.isdir(archive):
            os.scandir(archive).close()
        elif not stat.S_ISREG(os.stat(archive).st_mode):
            raise ArchiveError(f"{root}: not a folder or a regular file; name a folder of articles, or one article")
    except OSError as error:
        raise ArchiveError(f"{root}: {files.in_words(error)}; name a folder of articles, or one article") from error
    return archive
