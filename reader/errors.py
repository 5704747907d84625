"""Everything that stops a call, as one tree. `str(error)` is one line fit for a status bar and for stderr.

    ReaderError
    ├── UsageError          the call was wrong: a bad option, field or key            (exit 2)
    │   └── QueryError      the query was wrong; carries the span to point at
    └── StoreError          the archive, the index or the state can't be used         (exit 3)
        ├── ArchiveError    the folder or file of articles
        ├── IndexFileError  the index
        ├── StateError      the marks
        └── QueryInterrupted  a newer question took over; never shown
"""

from __future__ import annotations


class ReaderError(Exception):
    """The root: catch it at a face, show `str(error)`."""


class UsageError(ReaderError):
    """The call can't mean anything as it stands."""


class QueryError(UsageError):
    """A query that can't be read.

    `start` and `end` are character offsets into the text as typed, `end` exclusive.
    """

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class StoreError(ReaderError):
    """Something on disk can't be used; the message says which, and what to do."""


class ArchiveError(StoreError):
    """The archive isn't there or can't be read."""


class IndexFileError(StoreError):
    """The index can't be opened or written."""


class StateError(StoreError):
    """The user's marks can't be opened or written."""


class QueryInterrupted(StoreError):
    """The running query was told to stop because a newer one is waiting."""
