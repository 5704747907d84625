"""The tables of a state file, as the steps that made them: a file of version n has had the first n.

    archives  the folders that marks were made in
    marks     every fact that holds now
    steps     what one key press or one command did, in order; `turned` grows with each step, undo and redo
    journal   what each step changed, before and after
    apart     in which of a step's archives it is undone, done again or dropped, where that isn't so in all of them
    visits    when this person looked, and when before
    places    where this person was
"""

from __future__ import annotations

from collections.abc import Sequence

STEPS: Sequence[str] = (
    """
CREATE TABLE archives (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE marks (
    archive INTEGER NOT NULL, key TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (archive, key, field)
) WITHOUT ROWID;
CREATE INDEX marks_field ON marks (archive, field);
CREATE TABLE steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, said TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'done', turned INTEGER NOT NULL
);
CREATE INDEX steps_turned ON steps (turned);
CREATE TABLE journal (
    step INTEGER NOT NULL, archive INTEGER NOT NULL, key TEXT NOT NULL, field TEXT NOT NULL, before TEXT, after TEXT,
    PRIMARY KEY (step, archive, key, field)
) WITHOUT ROWID;
CREATE TABLE visits (archive INTEGER PRIMARY KEY, last TEXT, this TEXT);
CREATE TABLE places (archive INTEGER PRIMARY KEY, place TEXT NOT NULL);
""",
    """
CREATE TABLE apart (
    step INTEGER NOT NULL, archive INTEGER NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (step, archive)
) WITHOUT ROWID;
""",
)

_FIRST_TABLES = ("archives", "steps", "journal", "marks", "visits", "places")
TABLES = (*_FIRST_TABLES, "apart")


def tables_of(version: int) -> Sequence[str]:
    """The tables of a file of that version."""
    return _FIRST_TABLES if version == 1 else TABLES
