"""The user's own tags, as pairs with the articles that the index has for them."""

from __future__ import annotations

from reader.database import Database
from reader.triage.verbs import TAG

_SQL = f"""SELECT substr(m.field, {len(TAG) + 1}), a.id FROM state.marks m JOIN state.archives x ON x.id = m.archive
           JOIN main.roots r ON r.path = x.path JOIN main.articles a ON a.key = m.key
           JOIN main.files f ON f.id = a.file AND f.root = r.id WHERE m.field LIKE '{TAG}%'"""


def own_tags(database: Database) -> list[tuple[str, int]]:
    """(tag, article) for each tag that the user gave, through a connection to which their state is attached as `state`."""
    return [(tag, article) for tag, article in database.rows(_SQL)]
