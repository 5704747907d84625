"""The words that the articles have, as the full-text index lists them."""

from __future__ import annotations

from reader.database import Database

_MOST = 200
"""More words than these are not sought one by one: to put their articles together is as quick."""


class WordList:
    """The words of the full-text index that a connection reads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.run("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, instance)")

    def beginning_with(self, letters: str) -> tuple[str, ...]:
        """All words that begin so; none where there are too many."""
        found: list[str] = []
        after = letters
        # One step a word: a range would go over each place where it stands.
        while row := self._database.row("SELECT term FROM temp.words WHERE term >= ? LIMIT 1", (after,)):
            if not row[0].startswith(letters):
                return tuple(found)
            if len(found) == _MOST:
                return ()
            found.append(row[0])
            after = row[0] + "\0"
        return tuple(found)
