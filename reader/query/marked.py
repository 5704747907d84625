"""The user's marks as tables of article ids, beside the index: the state file knows keys, the index ids.

    temp.marked   (field, article): read, starred, skipped, queued, note, and `tag:NAME` for each of the user's tags
    temp.notes    the words of the notes, as full-text search has those of the articles

Both live in the memory of one connection. They are brought up to date when asked, from what was journalled since. Where there
are many verdicts, those on the newest articles come first: all of half a million take more than a second.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from operator import not_

from reader.database import Database, Params, Row, placeholders
from reader.index.lately import Index, differing
from reader.query.fold import TOKENIZE, index_text
from reader.triage.verbs import TAG

_MARKED = "CREATE TEMP TABLE marked (field TEXT, article INTEGER, PRIMARY KEY (field, article)) WITHOUT ROWID"
_NOTES = f"CREATE VIRTUAL TABLE temp.notes USING fts5 (note, content='', tokenize=\"{TOKENIZE}\")"
IN_INDEX = """CROSS JOIN main.roots r ON r.path = x.path CROSS JOIN main.articles a ON a.key IN (m.key, r.path || '/' || m.key)
              CROSS JOIN main.files f ON f.id = a.file AND f.root = r.id"""
"""From marks `m` of archives `x` to their articles `a`: few beside all articles, which SQLite would go over if it had the choice.

A mark has the article's own key, the index maybe a longer one (`reader.paths`)."""
_OWN_KEY = "iif(instr(a.key, r.path || '/') = 1, substr(a.key, length(r.path) + 2), a.key)"
_MARKS = "state.archives x CROSS JOIN state.marks m ON m.archive = x.id"
ALL_MARKS = f"SELECT m.field, a.id FROM {_MARKS} {IN_INDEX}"
ALL_MARKS_OF_ONE = f"""SELECT m.field, a.id FROM {_MARKS} CROSS JOIN main.roots r ON r.path = x.path
                       CROSS JOIN main.articles a ON a.key = m.key"""
"""The same of an index of one archive, from the list of its keys alone: in half the time."""
_MARKS_OF = f"""SELECT m.field, a.id FROM main.articles a CROSS JOIN main.files f ON f.id = a.file CROSS JOIN main.roots r ON r.id = f.root
                 CROSS JOIN state.archives x ON x.path = r.path CROSS JOIN state.marks m ON m.archive = x.id AND m.key = {_OWN_KEY}"""
_NEAR_MARKS = f"{_MARKS_OF} WHERE a.id >= ? AND a.id < ?"
_MARKS_OF_SOME = f"{_MARKS_OF} WHERE a.id IN (SELECT value FROM json_each(?))"
_DELETE_SOME = """WITH RECURSIVE fields (field) AS (
                      SELECT min(field) FROM temp.marked
                      UNION ALL SELECT (SELECT min(field) FROM temp.marked WHERE field > f.field) FROM fields f WHERE f.field IS NOT NULL
                  ) DELETE FROM temp.marked WHERE field IN (SELECT field FROM fields) AND article IN (SELECT value FROM json_each(?))"""
"""From each field to the next, of which there are few: to find them all SQLite would go over every mark."""
_OTHER_MARKS = " UNION ALL ".join(
    f"SELECT m.field, a.id FROM {_MARKS} AND {between} {IN_INDEX}"
    for between in ("m.field < 'read'", "m.field > 'read' AND m.field < 'skipped'", "m.field > 'skipped'")
)
"""All but the verdicts, which most articles may have: there are few."""
_MANY = 5_000
"""Of fewer marks all are taken at once."""
_AROUND = 2
"""So many times as many verdicts as there are articles to be looked at are fetched with those on others between them, at most."""
_BETWEEN = """SELECT json_group_array(article) FROM
              (SELECT article FROM temp.marked WHERE field = ? AND article BETWEEN ? AND ? LIMIT ?)"""
_JUDGED = """SELECT json_group_array(value) FROM json_each(?) WHERE EXISTS
             (SELECT 1 FROM temp.marked WHERE field IN ('read', 'skipped') AND article = value)"""
_BEYOND = 1 << 62
"""Above every id."""
WRITTEN_NOTES = f"SELECT a.id, m.value FROM {_MARKS} AND m.field = 'note' {IN_INDEX} ORDER BY a.id"
_SINCE = """WITH touched AS (SELECT DISTINCT j.archive, j.key, j.field
            FROM state.steps s JOIN state.journal j ON j.step = s.id WHERE s.turned > ?)"""
_TOUCHED = f"{_SINCE} SELECT m.field, a.id FROM touched m CROSS JOIN state.archives x ON x.id = m.archive {IN_INDEX}"
_STILL = f"""{_TOUCHED} WHERE EXISTS
             (SELECT 1 FROM state.marks n WHERE n.archive = m.archive AND n.key = m.key AND n.field = m.field)"""


class Marked:
    """The tables of one connection, to which the state file is attached as `state` unless there is none."""

    def __init__(self, database: Database, *, has_state: bool) -> None:
        self._database = database
        self._has_state = has_state
        self._marks_of: tuple[Index, int] | None = None
        self._known_from = _BEYOND
        """The verdicts on all articles from this id on are in `marked`."""
        self._notes_of: tuple[Index, int] | None = None
        self._notes: list[Row] = []
        database.run(_MARKED)
        database.run(_NOTES)

    def turn(self) -> int:
        """A number that grows with every step, undo and redo of any session."""
        found = self._database.row("SELECT max(turned) FROM state.steps") if self._has_state else None
        return (found[0] or 0) if found else 0

    def refresh_marks(self, index: Index, turn: int, low: int = 0) -> None:
        """Brings `marked` up to this state of the index and this turn of the marks; what is read and skipped from the id `low` on."""
        if not self._has_state:
            return
        if self._marks_of != (index, turn):
            self._renew(index, turn)
        if low < self._known_from:
            self._reach(low)

    def is_whole(self) -> bool:
        """Whether `marked` has the verdicts on all articles, as of when it was refreshed last."""
        return not self._has_state or self._known_from == 0

    def _renew(self, index: Index, turn: int) -> None:
        known, self._marks_of = self._marks_of, None
        articles = None if known is None or known[1] > turn else differing(self._database, known[0], index)
        if known is None or articles is None:
            self._database.run("DELETE FROM temp.marked")
            self._database.run(f"INSERT OR IGNORE INTO temp.marked (field, article) {_OTHER_MARKS}")
            self._known_from = _BEYOND
        else:
            self._renew_articles(articles)
            self._database.run(f"DELETE FROM temp.marked WHERE (field, article) IN ({_TOUCHED})", (known[1],))
            self._database.run(f"INSERT OR IGNORE INTO temp.marked (field, article) {_STILL}", (known[1],))
        self._marks_of = (index, turn)

    def _renew_articles(self, articles: Sequence[int]) -> None:
        """Asks again for all marks of some articles, which may be gone."""
        if articles:
            some = json.dumps(articles)
            self._database.run(_DELETE_SOME, (some,))
            self._database.run(f"INSERT OR IGNORE INTO temp.marked (field, article) {_MARKS_OF_SOME}", (some,))

    def _reach(self, low: int) -> None:
        if low > 0 and self._database.row("SELECT 1 FROM state.marks LIMIT 1 OFFSET ?", (_MANY,)):
            self._database.run(f"INSERT OR IGNORE INTO temp.marked (field, article) {_NEAR_MARKS}", (low, self._known_from))
            self._known_from = low
        else:
            all_marks = ALL_MARKS if self._database.row("SELECT 1 FROM main.roots LIMIT 1 OFFSET 1") else ALL_MARKS_OF_ONE
            self._database.run(f"INSERT OR IGNORE INTO temp.marked (field, article) {all_marks}")
            self._known_from = 0

    def refresh_notes(self, index: Index, turn: int) -> None:
        """Brings `notes` up to this state of the index and this turn of the marks."""
        if not self._has_state or self._notes_of == (index, turn):
            return
        notes = self._database.rows(WRITTEN_NOTES)
        if notes != self._notes:
            self._notes_of = None
            self._database.run("INSERT INTO temp.notes (notes) VALUES ('delete-all')")
            self._database.run_many("INSERT INTO temp.notes (rowid, note) VALUES (?, ?)", [(row[0], index_text(row[1])) for row in notes])
            self._notes = notes
        self._notes_of = (index, turn)

    def is_noted(self, expression: str) -> bool:
        """Whether any note fits a full-text expression."""
        return bool(self._notes) and self._database.row("SELECT 1 FROM temp.notes WHERE notes MATCH ? LIMIT 1", (expression,)) is not None

    def count(self, fields: Sequence[str]) -> int:
        """How many marks of these fields there are."""
        found = self._database.row(f"SELECT count(*) FROM temp.marked WHERE field IN ({placeholders(fields)})", fields)
        return found[0] if found else 0

    def unjudged(self, articles: Sequence[int]) -> bytes:
        """For each of these few articles 1 where it is neither read nor skipped, else 0; as of when the verdicts on them were refreshed."""
        low, high, most = min(articles), max(articles), _AROUND * len(articles)
        read, skipped = (self._ids(_BETWEEN, (field, low, high, most)) for field in ("read", "skipped"))
        if max(len(read), len(skipped)) < most:
            judged = {*read, *skipped}
        else:
            # They lie far apart, with many others between them.
            judged = set(self._ids(_JUDGED, (json.dumps(list(articles)),)))
        return bytes(map(not_, map(judged.__contains__, articles)))

    def _ids(self, sql: str, params: Params) -> list[int]:
        row = self._database.row(sql, params)
        found: list[int] = json.loads(row[0]) if row else []
        return found

    def tags(self) -> list[str]:
        """The fields of the user's own tags, as in `tag:budget`."""
        low, high = TAG, TAG[:-1] + chr(ord(TAG[-1]) + 1)
        return [row[0] for row in self._database.rows("SELECT DISTINCT field FROM temp.marked WHERE field >= ? AND field < ?", (low, high))]
