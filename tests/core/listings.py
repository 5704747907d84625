"""What an archive holds, found the plain way, and what is known of one, kept in plain dictionaries: both to measure `intake.folder` by."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reader.intake import files
from reader.intake.folder import FolderDiff, Stamp, changes

NOTHING_IS_READ = "folder not read"


@dataclass
class Listed:
    """The articles of an archive by their paths, and what is wrong with others."""

    stamps: dict[str, Stamp] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def listed(root: str) -> Listed:
    """Every file looked at by itself, with nothing known before."""
    found = Listed()
    root = os.path.realpath(root)
    if not os.path.isdir(root):
        found.stamps[os.path.basename(root)] = stamp(root)
        return found
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in (*names, *(each for each in folders if os.path.islink(os.path.join(folder, each)))):
            _look_at(root, os.path.relpath(os.path.join(folder, name), root), found)
    return found


def stamp(full_path: str) -> Stamp:
    looked_at = os.stat(full_path)
    return looked_at.st_size, looked_at.st_mtime_ns


def _look_at(root: str, path: str, found: Listed) -> None:
    full_path = os.path.join(root, path)
    mode = os.lstat(full_path).st_mode
    is_sure = files.is_article(path)
    if files.is_hidden(path):
        return
    if stat.S_ISLNK(mode):
        real = os.path.realpath(full_path)
        if not os.path.exists(real):
            trouble = files.LEADS_NOWHERE if is_sure else ""
        elif not f"{real}/".startswith(f"{root}/"):
            trouble = files.LEADS_OUT if is_sure or os.path.isdir(real) else ""
        else:
            trouble = ""
            if is_sure and os.path.isfile(real) and not files.is_article(os.path.relpath(real, root)):
                found.stamps[path] = stamp(real)
    elif stat.S_ISREG(mode):
        trouble = ""
        if is_sure or (files.may_be_article(path) and files.opens_with_front_matter(full_path)):
            found.stamps[path] = stamp(full_path)
    else:
        trouble = files.NOT_A_FILE if is_sure else ""
    if trouble:
        found.problems[path] = trouble


class Remembered:
    """What is known of an archive, as `reader.intake.folder.Known`."""

    def __init__(self, known: dict[str, Stamp] | None = None) -> None:
        self.known = known or {}
        self.fingerprints: dict[str, bytes] = {}

    def fingerprint(self, folder: str) -> bytes | None:
        return self.fingerprints.get(folder)

    def stamps(self, paths: Sequence[str]) -> dict[str, Stamp]:
        return {path: self.known[path] for path in paths if path in self.known}

    def at(self, path: str) -> dict[str, Stamp]:
        return {known: stamp for known, stamp in self.known.items() if not path or known == path or known.startswith(f"{path}/")}

    def in_folder(self, folder: str) -> tuple[dict[str, Stamp], set[str]]:
        prefix = f"{folder}/" if folder else ""
        below = {path[len(prefix) :]: path for path in self.known if path.startswith(prefix)}
        return {path: self.known[path] for name, path in below.items() if "/" not in name}, {
            name.split("/")[0] for name in below if "/" in name
        }

    def learn(self, differences: Iterable[FolderDiff]) -> None:
        """Makes good what differs."""
        for each in differences:
            self.known = {path: stamp for path, stamp in self.known.items() if path not in each.gone} | each.found
            for path in (*each.found, *each.gone):
                while path:
                    path = path.rpartition("/")[0]
                    self.fingerprints.pop(path, None)
        for each in differences:
            if each.fingerprint is not None:
                self.fingerprints[each.folder] = each.fingerprint


def scanned(root: str, known: Remembered | None = None) -> FolderDiff:
    """All that `changes` tells, as one."""
    return summed(changes(root, known or Remembered()))


def summed(differences: Iterable[FolderDiff]) -> FolderDiff:
    """All that was told of the folders of an archive, as of one."""
    found: dict[str, Stamp] = {}
    gone: dict[str, Stamp] = {}
    problems = []
    for each in differences:
        found |= each.found
        gone |= each.gone
        problems += each.problems
    return FolderDiff("", found, gone, tuple(problems))
