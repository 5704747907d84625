"""The user's own tags, as pairs with the articles that the index has for them."""

from __future__ import annotations

from reader.database import Database
from reader.query.marked import IN_INDEX
from reader.triage.verbs import TAG

SQL = f"""SELECT substr(m.field, {len(TAG) + 1}), a.id FROM state.archives x
          CROSS JOIN state.marks m ON m.archive = x.id AND m.field >= '{TAG}' AND m.field < '{TAG[:-1]}{chr(ord(TAG[-1]) + 1)}'
          {IN_INDEX}"""
"""Tags are found by their field: there may be a hundred times as many other marks."""


def own_tags(database: Database) -> list[tuple[str, int]]:
    """(tag, article) for each tag that the user gave, through a connection to which their state is attached as `state`."""
    return [(tag, article) for tag, article in database.rows(SQL)]
