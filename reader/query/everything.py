"""All articles of an index, newest first: fetched once, then kept up with what came and went. A million take most of a second."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Set
from operator import neg

from reader.database import Database
from reader.index.lately import Index, differing
from reader.query.conditions import EVERYWHERE

_AT_ONCE = 16_384
_SOME = "SELECT json_group_array(id) FROM (SELECT id FROM timeline WHERE id < ? ORDER BY id DESC LIMIT ?)"
"""Many in one row: with each row Python's lock is let go and waited for again, beside a busy thread for a thousand times as long as the
row takes."""
_STILL = "SELECT id FROM timeline WHERE id IN (SELECT value FROM json_each(?))"


class Everything:
    """What one connection knows of it. Belongs to its thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: tuple[Index, array[int]] | None = None

    def ids(self, index: Index, go_on: Callable[[], None]) -> array[int]:
        """The ids, descending, for this state of the index or a later one; not to be changed, as others hold them.

        Between its steps calls `go_on`, which may raise.
        """
        changed = differing(self._database, self._known[0], index) if self._known is not None else None
        if self._known is None or changed is None:
            ids = self._all(go_on)
        elif changed:
            still = {row[0] for row in self._database.rows(_STILL, (json.dumps(changed),))}
            ids = _brought_up_to_date(self._known[1], changed, still)
        else:
            ids = self._known[1]
        # Noted with the state from before they were asked for: what has changed since then is asked about once more.
        self._known = (index, ids)
        return ids

    def _all(self, go_on: Callable[[], None]) -> array[int]:
        ids: array[int] = array("q")
        below = EVERYWHERE.high
        while some := self._some(below):
            go_on()
            ids.extend(some)
            below = some[-1]
        return ids

    def _some(self, below: int) -> list[int]:
        row = self._database.row(_SOME, (below, _AT_ONCE))
        return json.loads(row[0]) if row else []


def _brought_up_to_date(ids: array[int], changed: Iterable[int], still: Set[int]) -> array[int]:
    """Ids that descend, with those of the changed ones that are still there, and without the others."""
    merged: array[int] = array("q")
    start = 0
    # A slice of an array is a copy of it, eight megabytes of a million ids.
    with memoryview(ids) as known:
        for one in sorted(set(changed), reverse=True):
            at = bisect_left(ids, -one, start, key=neg)
            merged.frombytes(known[start:at].cast("B"))
            if one in still:
                merged.append(one)
            start = at + (at < len(ids) and ids[at] == one)
        merged.frombytes(known[start:].cast("B"))
    return merged
