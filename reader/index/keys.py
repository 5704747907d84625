"""Which key an article gets: the wanted one where nobody has it, else a longer one.

Another file of the same archive has it where that file stood at this path before it moved, or declares the path as its id. It keeps
the key, as its marks are kept by it; this one's begins with `./` and the file's number in the index. What a file of another archive
has is told from it by its archive, which marks leave out (`reader.paths`).
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.database import Database, batches, placeholders
from reader.paths import long_key


class Keys:
    """Gives keys to files of one archive, `root` being its number and path; the files must be in the database.

    Those `wanted` are looked up together beforehand, others one by one.
    """

    def __init__(self, database: Database, root: tuple[int, str], wanted: Sequence[str] = ()) -> None:
        self._database = database
        self._root, self._archive = root
        self._has_neighbours = database.row("SELECT 1 FROM roots LIMIT 1 OFFSET 1") is not None
        if self._has_neighbours:
            wanted = [*wanted, *(long_key(self._archive, key) for key in wanted)]
        self._holders: dict[str, int | None] = dict.fromkeys(wanted)
        for some in batches(wanted):
            self._holders.update(database.rows(f"SELECT key, file FROM articles WHERE key IN ({placeholders(some)})", some))

    def give(self, wanted: str, file: int, had: str = "") -> str:
        """The key for a file; what it gives is held from then on, and what the file `had` is free."""
        key = wanted
        while self._is_held_here(key, file):
            key = f"./{file}/{key}"
        if self._holder(key) not in (None, file):
            key = long_key(self._archive, key)
        if had != key and self._holders.get(had) == file:
            self._holders[had] = None
        self._holders[key] = file
        return key

    def _is_held_here(self, key: str, file: int) -> bool:
        """Whether another file of this archive has the key, with its archive before it or without."""
        holder = self._holder(key)
        if holder not in (None, file) and self._database.row("SELECT 1 FROM files WHERE id = ? AND root = ?", (holder, self._root)):
            return True
        return self._has_neighbours and self._holder(long_key(self._archive, key)) not in (None, file)

    def _holder(self, key: str) -> int | None:
        if key not in self._holders:
            found = self._database.row("SELECT file FROM articles WHERE key = ?", (key,))
            self._holders[key] = found[0] if found else None
        return self._holders[key]
