"""The tables of the index, and the number that says which shape they have.

    timeline   every listed article, as narrow as can be: what scans go over; headline and source are numbers to sort by
    articles   the rest of what the list and the machine output show, fetched a page at a time
    files      every file that was looked at, with the stamp it had: an unchanged file is never read again
    folders    the fingerprints of folders that hold just what `files` says: of an unchanged folder no file is asked about
    search     full text, without the text itself: bodies stay in the archive
    beginnings with what one and two letters an article's words begin: what is found while the first of a word is typed
    paths      the words of the files' paths
    labels     categories, sources, languages, tags and authors, each with its articles in `labelled`
    entities   names, each with its spellings, its articles in `named`, and in `entity_words` what it is found by; one that is
               `joined` to another counts there, among those that name any of them `together`
    meta       among others the `revision`, one more with each change, and which articles the last few were about (`lately`)
    ghosts     ids that must not be used again, because the full-text index still knows them

Instants are milliseconds since 1970 in UTC; `arrived` is when the file was written, so that it survives a rebuild.
The index can be deleted at any time. A version that differs is not migrated but rebuilt.
"""

from __future__ import annotations

from reader.query.fold import TOKENIZE

VERSION = 3

_GATHERED = 16 << 20
"""Bytes that full-text search gathers at most before it writes: a transaction's, where its own megabyte makes three pieces of it."""

SCHEMA = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE roots (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE files (
    id INTEGER PRIMARY KEY, root INTEGER NOT NULL, path TEXT NOT NULL,
    size INTEGER NOT NULL, mtime INTEGER NOT NULL, digest BLOB, article INTEGER,
    UNIQUE (root, path)
);
CREATE INDEX files_unreadable ON files (root) WHERE size < 0;
CREATE TABLE folders (root INTEGER NOT NULL, path TEXT NOT NULL, fingerprint BLOB NOT NULL, PRIMARY KEY (root, path)) WITHOUT ROWID;
CREATE TABLE problems (file INTEGER NOT NULL, line INTEGER, what TEXT NOT NULL, effect TEXT NOT NULL);
CREATE INDEX problems_file ON problems (file);
CREATE TABLE timeline (
    id INTEGER PRIMARY KEY, instant INTEGER, arrived INTEGER NOT NULL, words INTEGER NOT NULL, flags INTEGER NOT NULL,
    headline INTEGER NOT NULL, source INTEGER
);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, file INTEGER NOT NULL, key TEXT NOT NULL, declared_key TEXT,
    written TEXT, headline TEXT NOT NULL, categories TEXT, file_tags TEXT, language TEXT, source TEXT,
    origin_url TEXT, byline TEXT, description TEXT, spellings BLOB
);
CREATE INDEX articles_key ON articles (key);
CREATE INDEX articles_declared_key ON articles (declared_key) WHERE declared_key IS NOT NULL;
CREATE INDEX articles_pending ON articles (id) WHERE spellings IS NULL;
CREATE TABLE labels (
    id INTEGER PRIMARY KEY, field TEXT NOT NULL, folded TEXT NOT NULL, name TEXT NOT NULL, articles INTEGER NOT NULL,
    UNIQUE (field, folded)
);
CREATE TABLE labelled (label INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (label, article)) WITHOUT ROWID;
CREATE TABLE entities (
    id INTEGER PRIMARY KEY, folded TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, articles INTEGER NOT NULL,
    joined INTEGER, together INTEGER NOT NULL,
    UNIQUE (folded, kind)
);
CREATE INDEX entities_common ON entities (together);
CREATE INDEX entities_joined ON entities (joined) WHERE joined IS NOT NULL;
CREATE TABLE entity_words (word TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (word, entity)) WITHOUT ROWID;
CREATE TABLE spellings (
    id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, name TEXT NOT NULL, short TEXT, articles INTEGER NOT NULL,
    UNIQUE (entity, name)
);
CREATE INDEX spellings_short ON spellings (short) WHERE short IS NOT NULL;
CREATE TABLE named (entity INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (entity, article)) WITHOUT ROWID;
CREATE TABLE ghosts (id INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE search USING fts5 (
    headline, dek, body, names, content='', tokenize="{TOKENIZE}"
);
INSERT INTO search (search, rank) VALUES ('hashsize', {_GATHERED});
CREATE VIRTUAL TABLE beginnings USING fts5 (letters, content='', tokenize="{TOKENIZE}", detail=none, columnsize=0);
CREATE VIRTUAL TABLE paths USING fts5 (path, content='', tokenize="{TOKENIZE}", columnsize=0);
"""

LAST_FILE = "last_file"
"""In `meta`, the number of the file taken in last. No number is used again, so that what comes later has a higher one."""

# Bits of timeline.flags.
HAS_TIME = 1
IS_DRAFT = 2
HAS_PROBLEM = 4
HAS_LINK = 8
HAS_IMAGE = 16
HAS_TABLE = 32
