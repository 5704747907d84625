"""Everything that stops a call, as one tree. `str(error)` is one line fit for a status bar and for stderr.

    ReaderError
    ├── UsageError          the call was wrong: a bad option, field or key            (exit 2)
    │   └── QueryError      the query was wrong; carries the span to point at
    ├── SendingError        a program, the clipboard or a file that text was sent to said no
    └── StoreError          the archive, the index or the state can't be used         (exit 3)
        ├── ArchiveError    the folder or file of articles
        ├── IndexFileError  the index
        ├── StateError      the marks
        ├── QueryTooLong    the query has more terms than can be asked at once            (exit 2)
        └── QueryInterrupted  a newer question took over; never shown
"""

from __future__ import annotations

from typing import Literal

Trouble = Literal["", "damaged", "replaced"]
"""What is wrong with a file itself: only a new one will do, or another session has put a new one in its place."""


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


class SendingError(ReaderError):
    """Text could not be handed on; the message says to what, and why."""


class StoreError(ReaderError):
    """Something on disk can't be used; the message says which, and what to do."""

    trouble: Trouble = ""


class ArchiveError(StoreError):
    """The archive isn't there or can't be read."""


class IndexFileError(StoreError):
    """The index can't be opened or written."""


class StateError(StoreError):
    """The user's marks can't be opened or written."""


class QueryTooLong(StoreError):
    """A query that can be read has more terms than SQLite takes in one question."""


class QueryInterrupted(StoreError):
    """The running query was told to stop because a newer one is waiting."""
