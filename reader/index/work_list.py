"""What is to be read and what is gone, gathered while archives are looked through: lists that may be long, and so lie on disk.

They are temporary tables of the connection that writes the index, and end with it. Files found are put down by the handful, packed:
putting each down by itself would take longer than looking at it.

    add ...  ─▶  found, gone, looked  ─ settle ─▶  what may have moved first, then the newest
                   └─ newest ─▶  of an archive of which nothing is known, while it is looked through: nothing can have moved
"""

from __future__ import annotations

import json
import marshal
from array import array
from collections.abc import Iterable, Iterator, Mapping

from reader.database import Database, Row, batches, placeholders
from reader.index.reading import Reading
from reader.index.stamps import folders_around
from reader.index.workers import File
from reader.intake.folder import FolderDiff, Stamp
from reader.intake.likely_days import day_of_folder, likely_day
from reader.paths import shown_path, stored_path

_HANDFUL = 512
"""Files packed together at most."""
_MOST_GONE = 2048
"""Files that are gone taken out together."""
_TABLES = """
DROP TABLE IF EXISTS temp.found;
DROP TABLE IF EXISTS temp.gone;
DROP TABLE IF EXISTS temp.looked;
CREATE TEMP TABLE found (place INTEGER PRIMARY KEY, root INTEGER, may_have_moved INTEGER, day TEXT, files INTEGER, packed BLOB);
CREATE TEMP TABLE gone (
    place INTEGER PRIMARY KEY, root INTEGER, may_have_moved INTEGER, path, size INTEGER, digest BLOB, UNIQUE (root, path)
);
CREATE INDEX temp.gone_digest ON gone (digest) WHERE digest IS NOT NULL;
CREATE TEMP TABLE looked (root INTEGER, path, fingerprint BLOB);
"""

_Found = tuple[str, Stamp]


class WorkList:
    """The work on all archives of one index. Archives go by their numbers in it."""

    def __init__(self, database: Database) -> None:
        """Empty; there is one at a time on a connection."""
        self._database = database
        self.done = 0
        """Files that were among the work and have been read already."""
        database.script(_TABLES)

    def add(self, root: int, difference: FolderDiff) -> None:
        """Takes in what is to be done so that the index knows a folder as it is. No file may be found twice."""
        if difference.found:
            for day, found in _by_day(difference.folder, difference.found).items():
                self._put_down(root, day, found)
        if difference.gone:
            gone = [(root, stored_path(path), size) for path, (size, _) in difference.gone.items()]
            self._database.run_many("INSERT OR IGNORE INTO temp.gone (root, may_have_moved, path, size) VALUES (?, 0, ?, ?)", gone)
        if difference.fingerprint is not None:
            looked = (root, stored_path(difference.folder), difference.fingerprint)
            self._database.run("INSERT INTO temp.looked VALUES (?, ?, ?)", looked)

    def newest(self, root: int, archive: str, day: str, least: int) -> FoundFiles | None:
        """The newest of what was found so far, of that day or a later one; None where that isn't so many yet. Let `finish` know of them."""
        sql = "SELECT place, files FROM temp.found WHERE root = ? AND day >= ? ORDER BY day DESC, place"
        places: list[Row] = []
        for row in self._database.rows(sql, (root, day)):
            places.append(row)
            least -= row[1]
            if least <= 0:
                return FoundFiles(self._database, archive, places)
        return None

    def finish(self, files: FoundFiles) -> None:
        """Takes files off the list that were read."""
        self.done += len(files)
        self._database.run_many("DELETE FROM temp.found WHERE place = ?", ((place,) for place in files.places))

    def overtake(self, root: int, paths: Iterable[str]) -> None:
        """Files that have been seen to since: the fingerprints of the folders they lie in tell of how these were before."""
        rows = ((root, stored_path(folder)) for folder in folders_around(paths))
        self._database.run_many("DELETE FROM temp.looked WHERE root = ? AND path = ?", rows)

    def settle(self) -> int:
        """Puts the work in order, when all of it is there; gives how many files it is about."""
        for (root,) in self._database.rows("SELECT DISTINCT root FROM temp.gone"):
            self._sort_out_moved(root)
        found = self._database.row("SELECT (SELECT ifnull(sum(files), 0) FROM temp.found) + (SELECT count(*) FROM temp.gone)")
        return int(found[0]) if found else 0

    def of(self, root: int, archive: str) -> ArchiveWork:
        """The work on one archive, when it is in order."""
        return ArchiveWork(self._database, root, archive)

    def _put_down(self, root: int, day: str, found: list[_Found], *, may_have_moved: bool = False) -> None:
        sql = "INSERT INTO temp.found (root, may_have_moved, day, files, packed) VALUES (?, ?, ?, ?, ?)"
        for some in batches(found, _HANDFUL):
            self._database.run(sql, (root, may_have_moved, day, len(some), marshal.dumps(list(some))))

    def _sort_out_moved(self, root: int) -> None:
        """Tells the files that may be gone ones in another place, being of their size, from the others."""
        gone = {size for (size,) in self._database.rows("SELECT DISTINCT size FROM temp.gone WHERE root = ?", (root,))}
        moved: set[int] = set()
        for place, day in self._database.rows("SELECT place, day FROM temp.found WHERE root = ?", (root,)):
            found = _unpacked(self._database, place)
            maybe = [each for each in found if each[1][0] in gone]
            if maybe:
                moved.update(stamp[0] for _, stamp in maybe)
                self._database.run("DELETE FROM temp.found WHERE place = ?", (place,))
                self._put_down(root, day, maybe, may_have_moved=True)
                self._put_down(root, day, [each for each in found if each[1][0] not in gone])
        # Their digests are looked up when they are asked for: an index of all files by their digests takes a hundredth of an archive.
        sql = """UPDATE temp.gone SET may_have_moved = 1,
                     digest = (SELECT f.digest FROM files f WHERE f.root = gone.root AND f.path = gone.path)
                 WHERE root = ? AND size IN (SELECT value FROM json_each(?))"""
        self._database.run(sql, (root, json.dumps(list(moved))))


class ArchiveWork:
    """What is to be done so that the index knows one archive as it is."""

    def __init__(self, database: Database, root: int, archive: str) -> None:
        self._database = database
        self._root = root
        self.maybe_moved = self._found(archive, may_have_moved=True)
        """The files to be read first: they may be gone ones in another place."""
        self.others = self._found(archive, may_have_moved=False)
        """The files to be read then."""

    def gone_for_good(self) -> Iterator[list[str]]:
        """The files that are gone and have not moved: no file that was found is of their size. A batch at a time."""
        return self._gone(may_have_moved=False)

    def gone_after_all(self) -> Iterator[list[str]]:
        """The files that are gone and were not said to have moved. Ask when all that may have moved was read."""
        return self._gone(may_have_moved=True)

    def moved(self, readings: Iterable[Reading]) -> list[str]:
        """The files that are gone and of which the readings have the same bytes. None is said twice."""
        digests = list({reading.digest for reading in readings if reading.digest})
        moved: list[Row] = []
        for some in batches(digests):
            sql = f"SELECT place, path FROM temp.gone WHERE digest IN ({placeholders(some)}) AND root = ?"
            moved += self._database.rows(sql, (*some, self._root))
        self._database.run_many("DELETE FROM temp.gone WHERE place = ?", ((place,) for place, _ in moved))
        return [shown_path(path) for _, path in moved]

    def keep_fingerprints(self) -> None:
        """Has the index know the folders' fingerprints, now that it says what they hold."""
        if self._database.row("SELECT 1 FROM temp.looked WHERE root = ? LIMIT 1", (self._root,)):
            with self._database.transaction():
                self._database.run("INSERT OR REPLACE INTO folders SELECT * FROM temp.looked WHERE root = ?", (self._root,))

    def _found(self, archive: str, *, may_have_moved: bool) -> FoundFiles:
        sql = "SELECT place, files FROM temp.found WHERE root = ? AND may_have_moved = ? ORDER BY day DESC, place"
        return FoundFiles(self._database, archive, self._database.rows(sql, (self._root, may_have_moved)))

    def _gone(self, *, may_have_moved: bool) -> Iterator[list[str]]:
        sql = "SELECT place, path FROM temp.gone WHERE root = ? AND may_have_moved = ? AND place > ? ORDER BY place LIMIT ?"
        last = 0
        while rows := self._database.rows(sql, (self._root, may_have_moved, last, _MOST_GONE)):
            last = rows[-1][0]
            yield [shown_path(path) for _, path in rows]


class FoundFiles:
    """Files of one archive to be read, those of the latest days first; a handful in memory at a time."""

    def __init__(self, database: Database, archive: str, places: Iterable[Row]) -> None:
        """`places` are where they are put down, each with how many."""
        self._database = database
        self._archive = archive
        self.places = array("q")
        self._length = 0
        for place, files in places:
            self.places.append(place)
            self._length += files

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[File]:
        for place in self.places:
            for path, stamp in _unpacked(self._database, place):
                yield self._archive, path, stamp


def _unpacked(database: Database, place: int) -> list[_Found]:
    found: list[_Found] = marshal.loads(database.rows("SELECT packed FROM temp.found WHERE place = ?", (place,))[0][0])
    return found


def _by_day(folder: str, found: Mapping[str, Stamp]) -> dict[str, list[_Found]]:
    """The files by the day that they are likely to be from; those of a day by their paths, whatever the order on the disk."""
    if day := day_of_folder(folder):
        return {day: sorted(found.items())}
    days: dict[str, list[_Found]] = {}
    for path, stamp in sorted(found.items()):
        days.setdefault(likely_day(path, stamp[1]), []).append((path, stamp))
    return days
