"""Going through the folders of an archive, each told with what bears on which articles there are. Nothing here opens a file.

Written for archives of a million files: a file costs one directory entry, one `stat` and its share of a fingerprint.
"""

from __future__ import annotations

import marshal
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import heappop, heappush

from reader.errors import ArchiveError
from reader.intake import files
from reader.intake.likely_days import latest_day
from reader.intake.names import ARTICLE_ENDINGS
from reader.model import Problem

ShouldStop = Callable[[], bool]
Entry = tuple[str, int, int]
"""A file's name in its folder, its size in bytes and the time of its last change in nanoseconds."""

_PLAIN_ENDINGS = tuple(f".{ending}" for ending in ARTICLE_ENDINGS)
_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_STOP_CHECKED_EVERY = 64
"""Folders between two looks at `should_stop`."""
_FINGERPRINT_BYTES = 8
_FIRST_MARSHAL = 0
"""The version of `marshal` that spells equal values alike; later ones depend on who else holds them."""


@dataclass(slots=True)
class FolderContents:
    """What lies in one folder; nothing for one that is gone or can't be listed."""

    path: str
    """Relative to the archive, with `/`; bytes of a name that are not UTF-8 are surrogate escapes."""
    articles: list[Entry] = field(default_factory=list)
    doubtful: list[Entry] = field(default_factory=list)
    """Files that are articles if they open with front matter."""
    folders: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """What the paths of all that lies in the folder begin with."""
        return f"{self.path}/" if self.path else ""

    def fingerprint(self) -> bytes:
        """The same for as long as no file is added, changed or removed here, and no folder added or removed."""
        told = (sorted(self.articles), sorted(self.doubtful), sorted(self.folders))
        return blake2b(marshal.dumps(told, _FIRST_MARSHAL), digest_size=_FINGERPRINT_BYTES).digest()


class Walk:
    """One archive's folders. Hidden files and folders are left out; links to folders are never entered, so nothing can loop."""

    def __init__(self, root: str) -> None:
        """Raises ArchiveError when `root` isn't there, or is neither a folder that can be listed nor a file."""
        self._archive = _real_archive(root)
        self._only_name = None if os.path.isdir(self._archive) else os.path.basename(os.path.abspath(root))
        """The archive's name where it is one file, which is an article whatever it is called."""

    def all(self, should_stop: ShouldStop | None = None) -> Iterator[FolderContents]:
        """Every folder, the archive itself first; ends early when told to stop."""
        if self._only_name is not None:
            yield self.file(self._only_name)
        else:
            yield from self.below("", should_stop)

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder of the archive at a path; False where it is gone or hidden."""
        looked_at = self._look(path)
        return looked_at is not None and stat.S_ISDIR(looked_at.st_mode)

    def below(self, folder: str, should_stop: ShouldStop | None = None) -> Iterator[FolderContents]:
        """A folder and all folders in it; ends early when told to stop.

        Those come first that may hold the latest days by their paths: their `latest_day` only ever falls.
        """
        waiting = [(0, 0, folder)]
        met = visited = 0
        while waiting:
            visited += 1
            if should_stop and visited % _STOP_CHECKED_EVERY == 0 and should_stop():
                return
            contents = self._contents(heappop(waiting)[2])
            for name in contents.folders:
                met += 1
                path = contents.prefix + name
                heappush(waiting, (-int(latest_day(path)), -met, path))
            yield contents

    def file(self, path: str) -> FolderContents:
        """What lies at a path, as if it were alone in its folder; nothing where it is gone or hidden."""
        contents = FolderContents(os.path.dirname(path))
        if path == self._only_name:
            with suppress(OSError):
                contents.articles.append(_entry(path, os.stat(self._archive)))
        elif looked_at := self._look(path):
            self._file(os.path.basename(path), looked_at, contents)
        return contents

    def opens_with_front_matter(self, path: str) -> bool | None:
        """Whether a doubtful file is an article; None where it can't be read."""
        return files.opens_with_front_matter(os.path.join(self._archive, path))

    def _look(self, path: str) -> os.stat_result | None:
        """What is at a path that no link leads to."""
        full_path = os.path.join(self._archive, path)
        parent = os.path.dirname(full_path)
        if self._only_name is not None or files.is_hidden(path) or os.path.realpath(parent) != parent:
            return None
        try:
            return os.lstat(full_path)
        except OSError:
            return None

    def _contents(self, folder: str) -> FolderContents:
        """What lies in one folder. By descriptor, so that the system looks up no path twice."""
        contents = FolderContents(folder)
        try:
            descriptor = os.open(os.path.join(self._archive, folder), _FOLDER_FLAGS)
            try:
                with os.scandir(descriptor) as entries:
                    self._sort_out(entries, contents)
            finally:
                os.close(descriptor)
        except FileNotFoundError:
            pass  # gone since the folder around it was listed
        except OSError as error:
            contents.problems.append(Problem(folder, None, f"folder not read: {files.in_words(error)}", "skipped"))
        return contents

    def _sort_out(self, entries: Iterable[os.DirEntry[str]], contents: FolderContents) -> None:
        """This loop is the speed of a scan."""
        add_article = contents.articles.append
        for entry in entries:
            name = entry.name
            if name.endswith(_PLAIN_ENDINGS) and entry.is_file(follow_symlinks=False) and name[0] != ".":
                try:
                    looked_at = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue  # gone since the folder was listed
                add_article((name, looked_at.st_size, looked_at.st_mtime_ns))
            elif name[0] == ".":
                continue
            elif entry.is_dir(follow_symlinks=False):
                contents.folders.append(name)
            elif entry.is_symlink() or files.is_article(name) or files.may_be_article(name):
                with suppress(FileNotFoundError):
                    self._file(name, entry.stat(follow_symlinks=False), contents)

    def _file(self, name: str, looked_at: os.stat_result, contents: FolderContents) -> None:
        """Sorts in what is no folder, or says why it can't be an article."""
        is_sure = files.is_article(name)
        if stat.S_ISLNK(looked_at.st_mode):
            self._link(name, is_sure, contents)
        elif stat.S_ISREG(looked_at.st_mode):
            if is_sure:
                contents.articles.append(_entry(name, looked_at))
            elif files.may_be_article(name):
                contents.doubtful.append(_entry(name, looked_at))
        elif is_sure:
            contents.problems.append(Problem(contents.prefix + name, None, files.NOT_A_FILE, "skipped"))

    def _link(self, name: str, is_sure: bool, contents: FolderContents) -> None:
        """Follows a link to a file of this archive that isn't found under its own name; says so of one that leads out."""
        path = contents.prefix + name
        real = os.path.realpath(os.path.join(self._archive, path))
        try:
            looked_at = os.stat(real)
        except OSError:
            if is_sure:
                contents.problems.append(Problem(path, None, files.LEADS_NOWHERE, "skipped"))
            return
        is_folder = stat.S_ISDIR(looked_at.st_mode)
        if real != self._archive and not files.is_inside(self._archive, real):
            if is_sure or is_folder:
                contents.problems.append(Problem(path, None, files.LEADS_OUT, "skipped"))
        elif is_sure and stat.S_ISREG(looked_at.st_mode) and not files.is_article(real[len(self._archive) + 1 :]):
            contents.articles.append(_entry(name, looked_at))


def _entry(name: str, looked_at: os.stat_result) -> Entry:
    return name, looked_at.st_size, looked_at.st_mtime_ns


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
