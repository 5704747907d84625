"""What the page shows of the index: how far it is, what came in, and that it broke."""

from __future__ import annotations

from reader.errors import IndexFileError, ReaderError
from reader.model import Progress
from reader.tui.desk import Desk
from reader.tui.listing import Listing


class IndexNews:
    """Brings them to one desk and its list."""

    def __init__(self, desk: Desk, listing: Listing) -> None:
        self._desk = desk
        self._listing = listing

    def take_step(self, progress: Progress) -> None:
        """Shows one step of indexing, the list with what came in by it."""
        if self._listing.total:
            self._desk.session.index_changed(progress.change)
        is_long = progress.total > 1 and progress.done < progress.total
        self._desk.status.tell_progress(f"{progress.stage} {progress.done:,} of {progress.total:,}" if is_long else "")
        self._listing.ask_soon()

    def take_rest(self) -> None:
        """The index is in step with the archive."""
        self._listing.is_indexing = False
        self._listing.look_for_arrivals()
        self._desk.status.tell_progress("")
        if not self._desk.headlines.count:
            self._listing.ask_soon()

    def take_failure(self, error: ReaderError) -> None:
        """Has a damaged index made anew; says anything else that went wrong."""
        words = str(error)
        if isinstance(error, IndexFileError) and error.trouble == "damaged":
            if self._desk.work.rebuild():
                self._listing.is_indexing = True
                return
            words += ", again and again; check the disk that it is on"
        self._listing.is_indexing = False
        self._desk.complain(words)
