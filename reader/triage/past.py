"""The past steps of one person, however many: all are known by number, and read a page at a time where they are looked at."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from reader.database import Database, placeholders
from reader.errors import StateError

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history."""

    id: int
    at: datetime | None
    """None where the step can't be read now."""
    said: str
    is_undone: bool


class Past:
    """Steps, newest first, as they were when this was made. One thread at a time."""

    def __init__(self, database: Database, ids: Sequence[int], undone: Set[int]) -> None:
        """`undone` are those of them that were taken back."""
        self._database = database
        self._ids = ids
        self._undone = undone
        self._pages: dict[int, tuple[Step, ...]] = {}

    @property
    def here(self) -> int:
        """The place of the newest step that holds; behind the last where none does."""
        return next((at for at, step in enumerate(self._ids) if step not in self._undone), len(self._ids))

    @property
    def undone(self) -> Set[int]:
        """The places of those that were taken back."""
        return {at for at, step in enumerate(self._ids) if step in self._undone}

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, at: int) -> Step:
        page, within = divmod(at, _PAGE)
        if page not in self._pages:
            self._pages[page] = self._read(self._ids[page * _PAGE : (page + 1) * _PAGE])
        return self._pages[page][within]

    def _read(self, ids: Sequence[int]) -> tuple[Step, ...]:
        sql = f"SELECT id, at, said FROM steps WHERE id IN ({placeholders(ids)}) ORDER BY id DESC"
        try:
            rows = self._database.rows(sql, ids)
        except StateError as error:
            # Whoever paints them can't be stopped by an error.
            return tuple(Step(number, None, str(error), number in self._undone) for number in ids)
        return tuple(Step(row[0], datetime.fromisoformat(row[1]), row[2], row[0] in self._undone) for row in rows)
